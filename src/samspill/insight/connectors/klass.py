"""SSB's KLASS: which codes there were when, and what became of them; 131 are the municipalities.

Source: the guide to KLASS' API, version 1: `codes.json` and `changes.json` with `from` and `to`, the latter
not included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samspill.analysis.packs import CodeChange
from samspill.insight.connectors.json_answers import agreed_form, read_object
from samspill.insight.connectors.wire import Answer, Wire
from samspill.refusal import Refused

MUNICIPALITIES = "131"
FOR_EVER = date(9999, 1, 1)


@dataclass(frozen=True)
class Validity:
    """A code and a time it was in use: from `first` until, and not on, `end`."""

    code: str
    name: str
    first: date
    end: date

    def holds_in(self, year: int) -> bool:
        """At any day of the year."""
        return self.first <= date(year, 12, 31) and self.end > date(year, 1, 1)


@dataclass(frozen=True)
class Change:
    """On `day` the code `former` gave way to `later`, alone or with others."""

    day: date
    former: str
    later: str


@dataclass
class Klass:
    wire: Wire
    address: str

    def validities(
        self, classification: str = MUNICIPALITIES, *, first: date, end: date
    ) -> tuple[Validity, ...]:
        """When each code was in use between the days; what lay before or after is cut off."""
        told = self._ask(classification, "codes", first, end)
        with agreed_form("The codes of KLASS"):
            return tuple(
                Validity(
                    str(one["code"]),
                    str(one.get("name", "")),
                    _day(one.get("validFromInRequestedRange"), first),
                    _day(one.get("validToInRequestedRange"), FOR_EVER, end),
                )
                for one in told["codes"]
            )

    def changes(self, classification: str = MUNICIPALITIES, *, first: date, end: date) -> tuple[Change, ...]:
        """What gave way to what, oldest first. A new name for the same code is no change."""
        told = self._ask(classification, "changes", first, end)
        with agreed_form("The changes of KLASS"):
            found = [
                Change(date.fromisoformat(one["changeOccurred"]), str(one["oldCode"]), str(one["newCode"]))
                for one in told["codeChanges"]
                if one.get("oldCode") and one.get("newCode")
            ]
        return tuple(sorted(found, key=lambda one: (one.day, one.former, one.later)))

    def _ask(self, classification: str, what: str, first: date, end: date) -> dict[str, Any]:
        url = f"{self.address}/classifications/{classification}/{what}.json?from={first}&to={end}"
        return self.wire.ask("GET", url, read_object, problem=lambda answer: _problem(answer, classification))


def to_code_changes(
    changes: tuple[Change, ...],
    validities: tuple[Validity, ...],
    *,
    newest: date,
    shares: Mapping[str, Mapping[str, float]] | None = None,
) -> tuple[CodeChange, ...]:
    """Every former code counted in the codes of `newest`, as the data packs have them.

    KLASS tells that a municipality was split, not how many people went where: `shares` has, by the former
    code, the share of each newest one. Refuses a split without shares, and a code whose end leads nowhere.
    """
    current = {one.code for one in validities if one.first <= newest < one.end}
    found = []
    for one in validities:
        years = _years(one)
        if one.code in current or not years:
            continue
        ends = _ends(one.code, one.end, changes, current)
        parts = {next(iter(ends)): 1.0} if len(ends) == 1 else dict((shares or {}).get(one.code, {}))
        if not set(parts) <= ends or abs(sum(parts.values()) - 1) > 1e-6:
            raise Refused(
                "klass.split",
                f"{one.code} {one.name} was split into {', '.join(sorted(ends))}. KLASS does not tell how "
                "many people went where: give a table of code changes with their shares.",
                facts={"code": one.code, "into": tuple(sorted(ends))},
            )
        found += [CodeChange(one.code, to, share, years[0], years[1]) for to, share in parts.items()]
    return tuple(sorted(found, key=lambda one: (one.former, one.first, one.newest)))


def _ends(code: str, day: date, changes: tuple[Change, ...], current: set[str]) -> set[str]:
    """The codes of the newest day that `code` ended in, through everything that happened from `day` on."""
    ends: set[str] = set()
    after = [one for one in changes if one.former == code and one.day >= day and one.later != code]
    if not after:
        raise Refused("klass.lost", f"KLASS does not tell what became of {code} after {day}.")
    first = min(one.day for one in after)
    for one in after:
        if one.day == first:
            is_there = one.later in current and not _goes_on(one.later, one.day, changes)
            ends |= {one.later} if is_there else _ends(one.later, one.day, changes, current)
    return ends


def _goes_on(code: str, day: date, changes: tuple[Change, ...]) -> bool:
    """Whether the code gave way to others after the day."""
    return any(one.former == code and one.day > day and one.later != code for one in changes)


def _years(validity: Validity) -> tuple[int, int] | None:
    """The years on whose 1 January the code was in use."""
    first = validity.first.year + (validity.first > date(validity.first.year, 1, 1))
    last = validity.end.year - (validity.end == date(validity.end.year, 1, 1))
    return (first, last) if first <= last else None


def _day(told: object, otherwise: date, cut: date | None = None) -> date:
    """A day KLASS tells; `otherwise` where there is none, or where it is only the end of what was asked."""
    day = date.fromisoformat(str(told)) if told else otherwise
    return otherwise if day == cut else day


def _problem(answer: Answer, classification: str) -> Refused:
    if answer.status == 404:
        return Refused("source.unknown_table", f"KLASS has no classification {classification}.")
    return Refused("source.refused", f"KLASS answered {answer.status} for {classification}.")
