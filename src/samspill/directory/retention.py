"""How long personal data beyond name and role is kept: the periods of `register/retention.yaml`.

Here: the periods and their words. Not here: what is erased (`registries.ERASURES`) and the erasing
(`actions.erasing`).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import ngettext

from samspill.directory.registries import ERASURES

FILE = Path(__file__).resolve().parent / "register" / "retention.yaml"


@dataclass(frozen=True)
class Period:
    """Either months or days; the other is 0."""

    months: int
    days: int
    ground: str

    def __str__(self) -> str:
        count = self.months or self.days
        said = (
            ngettext("%(count)s month", "%(count)s months", count)
            if self.months
            else ngettext("%(count)s day", "%(count)s days", count)
        )
        return said % {"count": count}


@dataclass(frozen=True)
class Kept:
    """What is kept for a time, and how long, in the language that is active."""

    what: str
    until: str


@cache
def periods() -> dict[str, Period]:
    """Key of ERASURES -> its period. Raises ValueError for an entry that has not exactly one of both."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))["periods"]
    return {key: _period(key, entry) for key, entry in read.items()}


def _period(key: str, entry: dict[str, object]) -> Period:
    months, days = int(str(entry.get("months", 0))), int(str(entry.get("days", 0)))
    if (months > 0) == (days > 0):
        raise ValueError(f"«{key}» in {FILE.name} needs either months or days.")
    return Period(months, days, str(entry["ground"]))


def kept_for_a_time() -> list[Kept]:
    """What the page about privacy says, in the order the apps registered it."""
    return [Kept(str(one.label), str(one.until) % {"period": periods()[one.key]}) for one in ERASURES.all()]
