"""Days, numbers and headlines in words, in the written form of the moment. Plain values in, text out.

Here: what several pages and the mail say in the same way. Not here: sentences that one page says.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

NBSP = "\xa0"
TITLE_FITS = 60  # a longer title would make the headline three lines at 1280 px


def number_in_words(count: int) -> str:
    """«three» up to twelve, figures above: as one writes it in a sentence."""
    return str(_NUMBERS[count] if count < len(_NUMBERS) else count)


_NUMBERS = (
    pgettext_lazy("number", "zero"), pgettext_lazy("number", "one"), pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"), pgettext_lazy("number", "four"), pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"), pgettext_lazy("number", "seven"), pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"), pgettext_lazy("number", "ten"), pgettext_lazy("number", "eleven"),
    pgettext_lazy("number", "twelve"),
)  # fmt: skip


def _format(day: date, pattern: str) -> str:
    """Day and month do not part at the end of a line."""
    return _formatted(day, pattern, get_language())


@lru_cache(maxsize=2000)
def _formatted(day: date, pattern: str, _language: str | None) -> str:
    """Kept, since a page of tasks says the same few days a hundred times; names of months have a language."""
    before, _space, month = dateformat.format(day, pattern).rpartition(" ")
    return f"{before}{NBSP}{month}"


def long_day(day: date, today: date) -> str:
    """«Friday 20 November», with the year when it is another."""
    text = _format(day, pgettext("date format", "l j F"))
    return text if day.year == today.year else f"{text}{NBSP}{day.year}"


def day_of_month(day: date, today: date) -> str:
    """«20 November», with the year when it is another."""
    text = _format(day, pgettext("date format", "j F"))
    return text if day.year == today.year else f"{text}{NBSP}{day.year}"


def weekday(day: date) -> str:
    return dateformat.format(day, "l")


def weekday_and_number(day: date) -> str:
    """«Friday 13», under «Tomorrow»."""
    return _format(day, pgettext("date format", "l j"))


def day_and_week(day: date) -> str:
    """«Thursday 12 November, week 46», for the top of a page."""
    return capfirst(
        _("%(day)s, week %(week)s") % {"day": long_day(day, day), "week": f"{day.isocalendar().week}"}
    )


def near_day(day: date, today: date) -> str:
    """A day within a week of today by its weekday, others by date: for the middle of a sentence."""
    return weekday(day) if abs((day - today).days) < 7 else long_day(day, today)


def deadline(due: date | None, today: date) -> str:
    """A sentence about the deadline, "" without one."""
    return _deadline(due, today, get_language()) if due else ""


@lru_cache(maxsize=2000)
def _deadline(due: date, today: date, _language: str | None) -> str:
    """Kept as `_formatted` is."""
    if due == today:
        return _("The deadline is today.")
    if due == today + timedelta(days=1):
        return _("The deadline is tomorrow.")
    if due == today - timedelta(days=1):
        return _("The deadline was yesterday.")
    pattern = _("The deadline was %(day)s.") if due < today else _("The deadline is %(day)s.")
    return pattern % {"day": near_day(due, today)}


def dated_deadline(due: date | None, today: date) -> str:
    """«Deadline Friday 20 November», which is as true when a mail is read as when it was written."""
    return _("Deadline %(day)s") % {"day": long_day(due, today)} if due else ""


def days_late(due: date, today: date) -> str:
    """«Six days past the deadline»."""
    count = (today - due).days
    return capfirst(
        ngettext("one day past the deadline", "%(count)s days past the deadline", count)
        % {"count": number_in_words(count)}
    )


def week_span(monday: date, friday: date) -> str:
    """«16–20» of one month, or «30 November–4 December»."""
    if monday.month == friday.month:
        return pgettext("days of one month", "%(first)s–%(last)s") % {
            "first": dateformat.format(monday, pgettext("date format", "j")),
            "last": dateformat.format(friday, pgettext("date format", "j")),
        }
    return f"{day_of_month(monday, monday)}–{day_of_month(friday, monday)}"


def moment(at: date, today: date) -> str:
    """When something happened, by day: «today» is said with the hour by the caller."""
    if at == today - timedelta(days=1):
        return _("Yesterday")
    return capfirst(near_day(at, today))


def sentence(*parts: str) -> str:
    """Parts that are there, each ended by a full stop, with a space between."""
    said = [part.strip() for part in parts if part.strip()]
    return " ".join(part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in said)


@dataclass(frozen=True)
class Waits:
    """What the headline is made of.

    `late` counts; `today` and `tomorrow` are titles due then; `dated` is the first deadline after that;
    `undated` counts those without; `elsewhere` is the next deadline of what is put off or asked of others.
    """

    late: int = 0
    today: tuple[str, ...] = ()
    tomorrow: tuple[str, ...] = ()
    dated: date | None = None
    undated: int = 0
    elsewhere: date | None = None


def headline(waits: Waits, today: date) -> str:
    """What waits, as the message of the page: the most pressing first, two sentences at most."""
    urgent = [_late(waits.late), _near(waits.today, waits.tomorrow)]
    if any(urgent):
        return " ".join(part for part in urgent if part)
    if waits.dated:
        return _("Nothing is urgent. The next deadline is %(day)s.") % {"day": long_day(waits.dated, today)}
    if waits.undated:
        return capfirst(
            ngettext(
                "one thing waits for you, without a deadline.",
                "%(count)s things wait for you, none with a deadline.",
                waits.undated,
            )
            % {"count": number_in_words(waits.undated)}
        )
    if waits.elsewhere:
        return _("Nothing waits for you. The next deadline is %(day)s.") % {
            "day": long_day(waits.elsewhere, today)
        }
    return _("Nothing waits for you.")


def _late(count: int) -> str:
    if not count:
        return ""
    return capfirst(
        ngettext("one deadline has passed.", "%(count)s deadlines have passed.", count)
        % {"count": number_in_words(count)}
    )


def _near(today: tuple[str, ...], tomorrow: tuple[str, ...]) -> str:
    if len(today) == 1 and len(today[0]) <= TITLE_FITS:
        return sentence(_("Today: %(title)s") % {"title": today[0]})
    if today:
        return capfirst(
            ngettext("one thing is due today.", "%(count)s things are due today.", len(today))
            % {"count": number_in_words(len(today))}
        )
    if len(tomorrow) == 1 and len(tomorrow[0]) <= TITLE_FITS:
        return sentence(_("Tomorrow: %(title)s") % {"title": tomorrow[0]})
    if tomorrow:
        return capfirst(
            ngettext("one thing is due tomorrow.", "%(count)s things are due tomorrow.", len(tomorrow))
            % {"count": number_in_words(len(tomorrow))}
        )
    return ""
