"""LACE (van Walraven et al. 2010): early death or unplanned readmission after discharge. See `lace.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Real

from samspill.analysis.risk.codes import plain_codes
from samspill.analysis.risk.comorbidity import TABLE as CHARLSON
from samspill.analysis.risk.conditions import Reason, conditions, reasons, table
from samspill.refusal import Refused

TABLE = "lace.yaml"


@dataclass(frozen=True)
class LaceComorbidity:
    """The paper's own sum over the comorbidities; not the points it gives in LACE."""

    total: int
    because: tuple[Reason, ...]


@dataclass(frozen=True)
class Lace:
    """`total` 0–19; `parts` by letter; `band` is `low` (0–4), `moderate` (5–9) or `high` (10 and more)."""

    total: int
    band: str
    parts: Mapping[str, int]
    because: tuple[str, ...]
    source: str


def lace_comorbidity(codes: Iterable[str]) -> LaceComorbidity:
    """The sum from ICD-10 codes as Quan et al. 2005 group them. Refuses as `plain_codes`."""
    among = conditions(CHARLSON) | conditions(TABLE)
    read = table(TABLE).part("weights")
    weights = {name: read.whole(name) for name in read.values}
    told = reasons(plain_codes(codes), among, weights, table(TABLE).values["hidden"])
    return LaceComorbidity(int(sum(one.points for one in told)), told)


def lace(
    length_of_stay_days: float,
    acute: bool,
    comorbidity: int | LaceComorbidity,
    emergency_visits_6_months: int,
) -> Lace:
    """The index of one stay at its discharge.

    `length_of_stay_days` from admission to discharge, a begun day not counted (0 is less than a day).
    `comorbidity` is the sum by the paper's own weights, or `lace_comorbidity(codes)`. Visits are those to an
    emergency department in the six months before, not the one of this stay. Refuses `answer_not_a_number`,
    `answer_out_of_range` and `answer_not_yes_or_no`, by the name of what was given.
    """
    days = int(_number("length_of_stay_days", length_of_stay_days, whole=False))
    sum_ = comorbidity.total if isinstance(comorbidity, LaceComorbidity) else comorbidity
    burden = int(_number("comorbidity", sum_))
    visits = int(_number("emergency_visits_6_months", emergency_visits_6_months))
    if not isinstance(acute, bool):
        raise Refused("answer_not_yes_or_no", "«acute» must be true or false.", field="acute")
    read = table(TABLE)
    parts = {
        "L": _from(read.values["length_of_stay_days"], days),
        "A": read.whole("acute") if acute else 0,
        "C": _from(read.values["comorbidity"], burden),
        "E": _from(read.values["emergency_visits"], visits),
    }
    because = (
        f"L {parts['L']}: {days} days",
        f"A {parts['A']}: {'acute' if acute else 'planned'}",
        f"C {parts['C']}: comorbidity {burden}",
        f"E {parts['E']}: {visits} visits to an emergency department",
        *(str(one) for one in getattr(comorbidity, "because", ())),
    )
    total = sum(parts.values())
    return Lace(total, _band(total), parts, because, read.text("source"))


def _from(starts: Mapping[int, int], value: int) -> int:
    return max(points for start, points in starts.items() if value >= start)


def _band(total: int) -> str:
    rows = table(TABLE).values["bands"]
    return next(str(row["code"]) for row in rows if total <= row.get("to", total))


def _number(name: str, value: object, *, whole: bool = True) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise Refused("answer_not_a_number", f"«{name}» must be a number.", field=name)
    number = float(value)
    if not 0 <= number <= 36_525 or (whole and number != int(number)):
        kind = "a whole number, 0 or more" if whole else "0 or more"
        raise Refused("answer_out_of_range", f"«{name}» is {value}; it must be {kind}.", field=name)
    return number
