"""Read `norway/instruments/*.yaml`, complete or not at all. A new instrument is a new file."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook.instruments.definitions import (
    Band,
    Context,
    Demand,
    Instrument,
    Limit,
    PartRule,
    SafetyRule,
    Table,
    Version,
    Words,
)
from samspill.rulebook.sourced import FOLDER, Part, TableFault, exact, read_table

HEAD = ("id", "title", "licence", "source", "note", "versions")
VERSION = ("from", "total", "parts")
MEASURED = ("unit", "step", "lowest", "highest")


@cache
def instruments() -> Mapping[str, Instrument]:
    """Those that come with Samspill, by code."""
    return read_instruments(FOLDER / "instruments")


def definition(name: str) -> Instrument:
    """One of them, by its code or as people write it (`PHQ-9`). Refuses `unknown_instrument`."""
    wanted = _plain(name) if isinstance(name, str) else None
    for code, one in instruments().items():
        if _plain(code) == wanted:
            return one
    known = ", ".join(instruments())
    raise Refused("unknown_instrument", f"There is no instrument «{name}». There are {known}.", field="name")


def version_on(name: str, on: date) -> Version:
    """The version of that day. Refuses `unknown_instrument`, `instrument_not_yet` before the first, and what
    is not a day (`not_a_day`): a moment is a different day in different places."""
    one = definition(name)
    if type(on) is not date:
        raise Refused("not_a_day", "Give the day of the assessment, without a time of day.", field="on")
    started = [version for version in one.versions if version.applies_from <= on]
    if not started:
        first = one.versions[0].applies_from
        raise Refused("instrument_not_yet", f"{one.code} is in use from {first}, not on {on}.", field="on")
    return started[-1]


def _plain(name: str) -> str:
    return re.sub(r"[-_ ]", "", name.lower())


def read_instruments(folder: Path) -> dict[str, Instrument]:
    """Every file of a folder, by code. Raises `TableFault` for a file that cannot be used."""
    found: dict[str, Instrument] = {}
    for path in sorted(folder.glob("*.yaml")):
        one = instrument_of(read_table(path))
        if one.code != path.stem:
            raise TableFault(f"{path.name}: the id must be the name of the file")
        found[one.code] = one
    return found


def instrument_of(read: Part) -> Instrument:
    read.only(must=HEAD, may=("codings",))
    versions = [_version(name, part) for name, part in read.parts("versions").items()]
    starts = [one.applies_from for one in versions]
    if starts != sorted(set(starts)):
        raise TableFault(f"{read.place}: versions must start on different days, the oldest first")
    licence, source, note = (read.text(key) for key in ("licence", "source", "note"))
    codings = _codings(read.part("codings")) if "codings" in read.values else {}
    return Instrument(read.text("id"), read.words("title"), licence, source, note, codings, tuple(versions))


def _codings(part: Part) -> Mapping[str, str]:
    part.only(must=(), may=("loinc", "snomed"))
    return {system: part.text(system) for system in part.values}


def _version(name: str, part: Part) -> Version:
    part.only(must=VERSION, may=("context", "demands", "bands", "safety"))
    if part.text("total") not in ("sum", "none"):
        raise TableFault(f"{part.place}: «total» must be sum or none")
    rules = {key: _part(key, one) for key, one in part.parts("parts").items()}
    context = {key: _context(key, one) for key, one in _optional_parts(part, "context").items()}
    version = Version(
        name=str(name),
        applies_from=part.day("from"),
        parts=rules,
        context=context,
        demands=tuple(_demand(row) for row in _optional_rows(part, "demands")),
        has_total=part.text("total") == "sum",
        bands=tuple(_band(row) for row in _optional_rows(part, "bands")),
        safety=tuple(_safety(row) for row in _optional_rows(part, "safety")),
    )
    _check_names(part.place, version)
    return version


def _check_names(place: str, version: Version) -> None:
    """What tables, demands and flags refer to is there, and bands go downwards to the lowest total."""
    named = {key for rule in version.parts.values() for table in rule.tables for key in table.when}
    named |= {key for demand in version.demands for key in (*demand.when, demand.answered)}
    named |= {rule.part for rule in version.safety if rule.part}
    unknown = named - version.parts.keys() - version.context.keys()
    both = version.parts.keys() & version.context.keys()
    if unknown or both:
        raise TableFault(f"{place}: refers to {sorted(unknown)}, and {sorted(both)} is both part and context")
    lowest = [band.lowest for band in version.bands]
    if (
        lowest != sorted(lowest, reverse=True)
        or (lowest and lowest[-1] != 0)
        or (lowest and not version.has_total)
    ):
        raise TableFault(f"{place}: bands are of a total, from the highest down to 0")


def _optional_parts(part: Part, key: str) -> dict[Any, Part]:
    return part.parts(key) if key in part.values else {}


def _optional_rows(part: Part, key: str) -> list[Part]:
    return part.rows(key) if key in part.values else []


def _words(part: Part, key: str) -> Words:
    return part.words(key) if key in part.values else {}


def _part(name: str, part: Part) -> PartRule:
    label = _words(part, "label")
    if "points" in part.values:
        part.only(must=("points",), may=("label", "not_relevant"))
        without = part.whole("not_relevant") if "not_relevant" in part.values else None
        return PartRule(name, label, points=part.wholes("points"), not_relevant=without)
    if "codes" in part.values:
        codes = part.only(must=("codes",), may=("label",)).part("codes")
        return PartRule(name, label, codes={_code(codes, key): codes.whole(key) for key in codes.values})
    part.only(must=("tables", *MEASURED), may=("label",))
    return PartRule(
        name,
        label,
        tables=tuple(_table(row) for row in part.rows("tables")),
        unit=part.text("unit"),
        step=part.number("step"),
        lowest=part.number("lowest"),
        highest=part.number("highest"),
    )


def _code(part: Part, key: object) -> str:
    if not isinstance(key, str):
        raise TableFault(f"{part.place}: write the code {key} in quotation marks")
    return key


def _table(row: Part) -> Table:
    row.only(must=("limits",), may=("when",))
    rows = row.rows("limits")
    limits = tuple(_limit(one, is_last=one is rows[-1]) for one in rows)
    ends = [limit.to for limit in limits if limit.to is not None]
    if ends != sorted(set(ends)):
        raise TableFault(f"{row.place}: limits must rise")
    return Table(_when(row), limits)


def _limit(row: Part, *, is_last: bool) -> Limit:
    row.only(must=("points",) if is_last else ("to", "points"))
    return Limit(None if is_last else exact(row.values["to"], row.place), row.whole("points"))


def _when(row: Part) -> Mapping[str, object]:
    return row.part("when").values if "when" in row.values else {}


def _context(name: str, part: Part) -> Context:
    part.only(must=(), may=("label", "values", "default"))
    if "values" not in part.values:
        return Context(name, _words(part, "label"), (), None)
    values, default = part.wholes("values"), part.whole("default")
    if default not in values:
        raise TableFault(f"{part.place}: the default is not among the values")
    return Context(name, _words(part, "label"), values, default)


def _demand(row: Part) -> Demand:
    row.only(must=("when", "answered", "code", "sentence"))
    return Demand(_when(row), row.text("answered"), row.text("code"), row.text("sentence"))


def _band(row: Part) -> Band:
    row.only(must=("code", "lowest"), may=("any_part", "label", "advice"))
    any_part = row.whole("any_part") if "any_part" in row.values else None
    return Band(row.text("code"), row.whole("lowest"), any_part, _words(row, "label"), _words(row, "advice"))


def _safety(row: Part) -> SafetyRule:
    row.only(must=("code", "at_least", "label"), may=("part",))
    part = row.text("part") if "part" in row.values else None
    return SafetyRule(row.text("code"), part, row.whole("at_least"), row.words("label"))
