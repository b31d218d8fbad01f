"""Hospital Frailty Risk Score (Gilbert et al. 2018). The points are in `hospital_frailty.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from samspill.analysis.appraisal.written import number
from samspill.analysis.risk.codes import plain_codes
from samspill.analysis.risk.conditions import Reason, table

TABLE = "hospital_frailty.yaml"


@dataclass(frozen=True)
class FrailtyRisk:
    """`total` with one decimal; `band` is `low` (below 5), `intermediate` (5 to 15) or `high` (above 15)."""

    total: float
    band: str
    because: tuple[Reason, ...]
    source: str


def hospital_frailty_risk_score(codes: Iterable[str]) -> FrailtyRisk:
    """The score of the diagnoses of a person of 75 or older: of this stay and the two years before.

    Codes may be of three characters or more, with or without a point; each group of three counts once. Sums
    are exact to a tenth. Refuses as `plain_codes`.
    """
    by_group: dict[str, list[str]] = {}
    for plain, written in plain_codes(codes).items():
        by_group.setdefault(plain[:3], []).append(written)
    told = [
        Reason(group, name, float(points), tuple(by_group[group]))
        for group, (points, name) in _points().items()
        if group in by_group
    ]
    total = sum((_points()[one.group][0] for one in told), Decimal(0))
    because = tuple(sorted(told, key=lambda one: (-one.points, one.group)))
    return FrailtyRisk(float(total), _band(total), because, table(TABLE).text("source"))


def _band(total: Decimal) -> str:
    for row in table(TABLE).values["bands"]:
        if total < row.get("below", total) or total <= row.get("to", total - 1):
            return str(row["code"])
    return str(table(TABLE).values["bands"][-1]["code"])


@cache
def _points() -> Mapping[str, tuple[Decimal, str]]:
    """Points and name by group. Tenths are kept exact, which floats in a sum of many are not."""
    read = table(TABLE).part("points").values
    return {
        group: (Decimal(str(number(points, f"{TABLE}: {group}"))), str(name))
        for group, (points, name) in read.items()
    }
