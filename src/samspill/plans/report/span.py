"""The time a report looks back on: the last half year, the last year, or from one day to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.plans.rules.dates import months_before
from samspill.refusal import Refused

MONTHS = {"halvar": 6, "ar": 12}
"""What `periode` may say in an address -> months it looks back."""
USUAL = "halvar"


@dataclass(frozen=True)
class Span:
    """Both days are part of it. `period` is "halvar", "ar", or "" for days somebody chose."""

    since: date
    until: date
    period: str = ""

    @property
    def query(self) -> str:
        """The same span in an address."""
        if self.period:
            return f"periode={self.period}"
        return f"fra={self.since.isoformat()}&til={self.until.isoformat()}"

    @property
    def slug(self) -> str:
        """The same span in the name of a file; `from_slug` reads it."""
        return self.period or f"{self.since.isoformat()}-{self.until.isoformat()}"

    @property
    def title(self) -> str:
        """What a report of it is called, with a place for the plan's name."""
        titles = {
            "halvar": pgettext("title of a report", "Half-year report: %(plan)s"),
            "ar": pgettext("title of a report", "Yearly report: %(plan)s"),
        }
        return titles.get(self.period, _("Report: %(plan)s"))


def span_of(said: Mapping[str, str], today: date) -> Span:
    """From what an address says: `periode`, or `fra` and `til` (`siden` is an older word for `fra`).

    Days that have not come are cut off at today. Refuses what is no day, and an end before its beginning.
    """
    first = _day(said, "fra", today) or _day(said, "siden", today)
    last = _day(said, "til", today) or today
    period = said.get("periode", "").strip()
    if first is None and last == today:
        period = period if period in MONTHS else USUAL
        return Span(months_before(today, MONTHS[period]), today, period)
    last = min(last, today)
    first = first or months_before(last, MONTHS[USUAL])
    if first > last:
        raise Refused(
            "report.span",
            _("The report would end before it begins. Choose a first day before the last."),
            field="til",
        )
    return Span(first, last)


def from_slug(slug: str, today: date) -> Span | None:
    """The span a `slug` says; None when it says none."""
    if slug in MONTHS:
        return span_of({"periode": slug}, today)
    try:
        return span_of({"fra": slug[:10], "til": slug[11:]}, today)
    except Refused:
        return None


def _day(said: Mapping[str, str], name: str, today: date) -> date | None:
    """The first day must have come, since nothing can be said of days to come."""
    written = said.get(name, "").strip()
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = date.max
    if day == date.max or (day > today and name != "til"):
        raise Refused(
            "report.since",
            _("«%(day)s» is not a day before today. Write the first day as year, month and day: 2026-01-31.")
            % {"day": written[:40]},
            field=name,
        )
    return day
