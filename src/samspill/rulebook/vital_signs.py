"""The table of measurements we take in (`norway/vital_signs.yaml`), read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml

FILE = strict_yaml.HERE / "vital_signs.yaml"
LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class VitalSign:
    """`conversions`: unit → (times, plus) into `unit`; `low` and `high` are in `unit`, both possible."""

    code: str
    names: Mapping[str, str]
    unit: str
    digits: int
    low: Decimal
    high: Decimal
    conversions: Mapping[str, tuple[Fraction, Fraction]]
    also: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        return (self.unit, *self.conversions)


def find(code: str) -> VitalSign:
    """By LOINC code. Refuses (`unit.unknown_code`) one we do not take in."""
    found = _signs().get(code) if isinstance(code, str) else None
    if found is None:
        raise Refused(
            "unit.unknown_code",
            f"The code {code} is no measurement we take in. Known: {', '.join(sorted(_signs()))}.",
            facts={"code": code},
        )
    return found


def known_codes() -> tuple[str, ...]:
    """The LOINC codes that `find` knows."""
    return tuple(_signs())


def spelled(unit: str, sign: VitalSign) -> str:
    """The unit as UCUM writes it, or unchanged. Case is forgiven when nothing is in doubt."""
    said = " ".join(unit.split())
    known = {spelling: name for name in sign.units for spelling in (name, *_table().spellings.get(name, ()))}
    if said in known:
        return known[said]
    loose = {name for spelling, name in known.items() if spelling.casefold() == said.casefold()}
    return loose.pop() if len(loose) == 1 else said


def clock_bounds() -> tuple[timedelta, timedelta]:
    """How far a measurement's time may be after, and before, when it came."""
    return _table().ahead, _table().behind


@dataclass(frozen=True, slots=True)
class _Table:
    signs: Mapping[str, VitalSign]
    spellings: Mapping[str, tuple[str, ...]]
    ahead: timedelta
    behind: timedelta


def _signs() -> Mapping[str, VitalSign]:
    return _table().signs


@cache
def _table() -> _Table:
    (row,) = strict_yaml.check_list(strict_yaml.read(FILE), where=FILE.name)
    keys = ("applies_from", "sources", "measurements", "spellings", "clock")
    strict_yaml.check_keys(row, must=keys, where=FILE.name)
    strict_yaml.check_day(row["applies_from"], where=FILE.name)
    for source in strict_yaml.check_list(row["sources"], where=f"sources in {FILE.name}"):
        strict_yaml.check_text(source, where=f"A source in {FILE.name}")
    read = [_sign(one) for one in strict_yaml.check_list(row["measurements"], where=FILE.name)]
    clock = strict_yaml.check_keys(
        row["clock"], must=("ahead", "behind", "unit", "source"), where=f"The clock in {FILE.name}"
    )
    strict_yaml.check_one_of(clock["unit"], ("min",), where=f"The unit of the clock in {FILE.name}")
    return _Table(
        {code: sign for sign in read for code in (sign.code, *sign.also)},
        {name: tuple(map(str, many)) for name, many in row["spellings"].items()},
        timedelta(minutes=clock["ahead"]),
        timedelta(minutes=clock["behind"]),
    )


def _sign(row: Any) -> VitalSign:
    must = ("code", "names", "unit", "digits", "low", "high", "from")
    strict_yaml.check_keys(row, must=must, may=("also",), where=f"A measurement in {FILE.name}")
    where = f"{row['code']} in {FILE.name}"
    strict_yaml.check_keys(row["names"], must=LANGUAGES, where=f"The names of {where}")
    conversions = {}
    for unit, said in row["from"].items():
        strict_yaml.check_keys(said, must=("times",), may=("plus",), where=f"{unit} of {where}")
        conversions[unit] = (_fraction(said["times"]), _fraction(said.get("plus", "0")))
    low, high = Decimal(row["low"]), Decimal(row["high"])
    if low >= high:
        raise Refused("table.bounds", f"{where} goes from {low} to {high}; the first must be lower.")
    return VitalSign(
        row["code"],
        row["names"],
        row["unit"],
        row["digits"],
        low,
        high,
        conversions,
        tuple(row.get("also", ())),
    )


def _fraction(said: str) -> Fraction:
    """«5/9» and «1000/133.322387415» exactly."""
    above, _, below = said.partition("/")
    return Fraction(above) / Fraction(below or "1")
