"""Lines of a medication list as they are written: plain values, and what is missing before a signature."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.care.medication_states import NEEDS_REASON, TAKEN, Decision, MedicationSource

LONGEST: Mapping[str, int] = {
    "name": 160, "strength": 80, "form": 80, "dose": 300, "purpose": 200, "reason": 300, "atc": 10,
    "from_day": 10, "to_day": 10, "decision": 10, "said_by": 16,
}  # fmt: skip
MOST_LINES = 60
ATC = re.compile(r"[A-Z][0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?")
"""A code of the Anatomical Therapeutic Chemical classification, at any of its levels (WHO, whocc.no)."""
SHAPES: Mapping[str, object] = {
    "day": gettext_lazy("Write the day as 2026-01-31."),
    "atc": gettext_lazy("Write the ATC code as C03CA01, or leave it empty."),
    "turned": gettext_lazy("The last day is before the first. Mend one of them."),
}


@dataclass(frozen=True)
class Line:
    """One medicine, all of it text as it is written; "" where nothing is said. Days are year-month-day."""

    name: str = ""
    strength: str = ""
    form: str = ""
    dose: str = ""
    purpose: str = ""
    from_day: str = ""
    to_day: str = ""
    decision: str = ""
    reason: str = ""
    said_by: str = ""
    atc: str = ""

    @property
    def title(self) -> str:
        """«Furosemid 40 mg tablett»."""
        return " ".join(filter(None, (self.name, self.strength, self.form)))


NAMES = tuple(one.name for one in fields(Line))


@dataclass(frozen=True)
class Lack:
    """What stands in the way of signing: `field` as the page calls it, "" for the whole list."""

    field: str
    sentence: str


def to_plain(lines: Iterable[Line]) -> list[dict[str, str]]:
    """As a draft keeps them: what says nothing is left out."""
    return [{name: said for name, said in asdict(one).items() if said} for one in lines]


def from_plain(kept: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(**{name: str(one[name]) for name in NAMES if name in one}) for one in kept)


def cut(line: Line) -> Line:
    """No longer than there is room for, on one line, with a known source, and a code in capitals."""
    said = {name: " ".join(getattr(line, name).replace("\x00", "").split()) for name in NAMES}
    said["atc"] = said["atc"].upper().replace(" ", "")
    if said["said_by"] not in MedicationSource.values:
        said["said_by"] = ""
    return Line(**{name: text[: LONGEST[name]] for name, text in said.items()})


def rest_continues(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Every medicine nobody has decided anything of goes on as before."""
    return tuple(one if one.decision else replace(one, decision=str(Decision.CONTINUED)) for one in lines)


def to_decide_again(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What is taken by a former list, to be gone through anew: what was stopped then is not there."""
    return tuple(
        replace(one, decision="", reason="", said_by="") for one in lines if one.decision != Decision.STOPPED
    )


def lacks(lines: Sequence[Line], *, uses_none: bool, sources: Sequence[str]) -> list[Lack]:
    """Every reason why the list cannot be signed, in the order of the page; empty when it can."""
    return [*_of_list(lines, uses_none, sources), *_of_lines(lines)]


def _of_list(lines: Sequence[Line], uses_none: bool, sources: Sequence[str]) -> Iterator[Lack]:
    if not sources:
        yield Lack("sources", _("Say which lists were compared."))
    if not lines and not uses_none:
        yield Lack("pasted", _("Write the medicines, or say that the patient takes none."))
    if lines and uses_none:
        yield Lack("uses_none", _("There are medicines on the list. Take them out, or take away the cross."))


def _of_lines(lines: Sequence[Line]) -> Iterator[Lack]:
    for place, one in enumerate(lines):
        for name, sentence in _of_line(one):
            yield Lack(f"{name}-{place}", f"{one.name or place + 1}: {sentence}")


def _of_line(one: Line) -> Iterator[tuple[str, str]]:
    if not one.name:
        yield "name", _("write what it is called.")
    if one.decision not in Decision.values:
        yield "decision", _("decide whether it goes on, is changed, is new, is paused or is stopped.")
    if one.decision in NEEDS_REASON and not one.reason:
        yield "reason", _("say why, in a few words.")
    if one.decision in TAKEN and not one.dose:
        yield "dose", _("write how much and when, in plain words.")
    if one.decision == Decision.NEW and not one.purpose:
        yield "purpose", _("write what it is for.")
    for name, kind in shapes(one):
        yield name, str(SHAPES[kind])


def shapes(one: Line) -> Iterator[tuple[str, str]]:
    """Fields that cannot be what they say: the field, and a key of `SHAPES`."""
    days = {name: _day(getattr(one, name)) for name in ("from_day", "to_day")}
    for name, day in days.items():
        if getattr(one, name) and day is None:
            yield name, "day"
    if days["from_day"] and days["to_day"] and days["to_day"] < days["from_day"]:
        yield "to_day", "turned"
    if one.atc and not ATC.fullmatch(one.atc):
        yield "atc", "atc"


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def day_of(said: str) -> date | None:
    """The day a line says; None for none. A signed line has no other."""
    return _day(said)
