"""Whom to call at an hour of a day: windows on the wall clock, and who answers outside them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from samspill.refusal import Refused
from samspill.rulebook.safety_net.roles import hour_words, role
from samspill.rulebook.triage.schedules import DAYS
from samspill.rulebook.wall_clock import OSLO, shown

WEEKDAYS, WEEKEND, ALL = DAYS[:5], DAYS[5:], DAYS
NAMED = {"weekdays": WEEKDAYS, "weekend": WEEKEND, "all": ALL}
_MONDAY = date(2026, 11, 23)
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call.

    role       of `roles`; name and phone are those of this plan, the role's own when they are ""
    days       of `DAYS`; a day that is closed (a public holiday) counts as a Sunday
    start      and `end` on the wall clock, `end` not included; an end that is not after the start is on the
               next day. Both None: at all hours of its days
    otherwise  answers when none of the others of its level does
    """

    role: str
    days: tuple[str, ...] = ALL
    start: time | None = None
    end: time | None = None
    otherwise: bool = False
    phone: str = ""
    name: str = ""

    @property
    def number(self) -> str:
        """What to dial; "" when nobody has said it."""
        return self.phone or role(self.role).phone

    def said(self, language: str) -> str:
        """Who it is, in words."""
        return self.name or role(self.role).name[language]


def contacts_at(
    contacts: Sequence[Contact], now: datetime, *, closed_days: Collection[date] = (), zone: str = OSLO
) -> tuple[Contact, ...]:
    """Those who answer at `now`, in the plan's order. Refuses (`time.no_zone`) a time without a zone."""
    return _answering(contacts, shown(now, zone=zone).replace(tzinfo=None), closed_days)


def gaps(contacts: Sequence[Contact]) -> tuple[tuple[str, time], ...]:
    """The (day, time) from which nobody answers; empty when somebody always does.

    An ordinary week is looked at, and one with its Thursday closed, which is told as "closed".
    """
    found = []
    for closed in ((), (_MONDAY + timedelta(days=3),)):
        for day in range(7):
            for at in sorted({_MIDNIGHT, *(one.end for one in contacts if one.end is not None)}):
                moment = datetime.combine(_MONDAY + timedelta(days=day), at)
                if not _answering(contacts, moment, closed):
                    found.append(("closed" if moment.date() in closed else DAYS[day], at))
    return tuple(dict.fromkeys(found))


def hours_said(one: Contact, language: str) -> str:
    """When somebody answers, in words: «hverdager kl. 8–15.30», «hele døgnet»."""
    words = {name: texts[language] for name, texts in hour_words().items()}
    if one.otherwise:
        return words["always"] if role(one.role).always else words["otherwise"]
    days = _days_said(one, words)
    if one.start is None or one.end is None or one.start == one.end:
        return words["always"] if set(one.days) == set(ALL) else days
    between = words["between"].format(start=_clock(one.start, language), end=_clock(one.end, language))
    return f"{days} {between}"


def check_contacts(contacts: Sequence[Contact]) -> None:
    """Refuses contacts that cannot be.

    Codes: `safety_net.unknown_role`; `safety_net.days` a day that is none; `safety_net.hours` only one of
    start and end, or hours for one who answers otherwise.
    """
    for one in contacts:
        role(one.role)
        if not one.days or not set(one.days) <= set(DAYS):
            raise Refused(
                "safety_net.days", f"{one.role} answers on {one.days}. Say some of {', '.join(DAYS)}."
            )
        has_hours = one.start is not None or one.end is not None
        if has_hours and (one.start is None or one.end is None or one.otherwise):
            raise Refused(
                "safety_net.hours",
                f"{one.role} needs both a start and an end, or neither; one who answers otherwise has "
                "neither.",
            )


def as_contact(given: Mapping[str, object]) -> Contact:
    """Of a row of a template: role, days (a list, or weekdays, weekend, all), from, to, otherwise."""
    days = given.get("days", "all")
    made = Contact(
        role=str(given["role"]),
        days=NAMED.get(days, (days,)) if isinstance(days, str) else tuple(days),  # type: ignore[arg-type]
        start=_time(given.get("from")),
        end=_time(given.get("to")),
        otherwise=given.get("otherwise", False) is True,
    )
    check_contacts([made])
    return made


def _days_said(one: Contact, words: Mapping[str, str]) -> str:
    named = next((name for name, days in NAMED.items() if set(days) == set(one.days)), "")
    return words[named] if named else ", ".join(words[day] for day in DAYS if day in one.days)


def _clock(at: time, language: str) -> str:
    if language == "en":
        return f"{at.hour}:{at.minute:02}"
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)


def _time(given: object) -> time | None:
    return None if given is None else time.fromisoformat(str(given))


def _answering(
    contacts: Sequence[Contact], moment: datetime, closed_days: Collection[date]
) -> tuple[Contact, ...]:
    found = tuple(one for one in contacts if not one.otherwise and _is_open(one, moment, closed_days))
    if found:
        return found
    today = _weekday(moment.date(), closed_days)
    return tuple(one for one in contacts if one.otherwise and today in one.days)


def _is_open(one: Contact, moment: datetime, closed_days: Collection[date]) -> bool:
    at, day = moment.time(), moment.date()
    today = _weekday(day, closed_days) in one.days
    if one.start is None or one.end is None:
        return today
    if one.start < one.end:
        return today and one.start <= at < one.end
    yesterday = _weekday(day - timedelta(days=1), closed_days) in one.days
    return (today and at >= one.start) or (yesterday and at < one.end)


def _weekday(day: date, closed_days: Collection[date]) -> str:
    return DAYS[6] if day in closed_days else DAYS[day.weekday()]
