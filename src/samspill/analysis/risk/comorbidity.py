"""Charlson's comorbidity index, coded as Quan et al. 2005. Codes and weights are in `charlson.yaml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samspill.analysis.risk.codes import plain_codes
from samspill.analysis.risk.conditions import Reason, conditions, reasons, table
from samspill.refusal import Refused

TABLE = "charlson.yaml"


@dataclass(frozen=True)
class Charlson:
    """`total` is of the comorbidities alone; `age_adjusted` adds `age_points`, both None without an age."""

    version: str
    total: int
    age_points: int | None
    age_adjusted: int | None
    because: tuple[Reason, ...]
    source: str


def charlson(codes: Iterable[str], *, version: str = "1987", age: int | None = None) -> Charlson:
    """The index of the diagnoses of a person.

    `version` is the weights: `1987` the original ones, `2011` those of Quan et al. The milder of two degrees
    of liver disease, diabetes and malignancy does not count beside the graver. `age` in whole years. Refuses
    `unknown_version`, `age_out_of_range`, and as `plain_codes`.
    """
    told = reasons(plain_codes(codes), conditions(TABLE), weights(version), table(TABLE).values["hidden"])
    total = int(sum(one.points for one in told))
    points = None if age is None else _age_points(age)
    adjusted = None if points is None else total + points
    source = table(TABLE).part("versions").part(version).text("source")
    return Charlson(version, total, points, adjusted, told, f"{table(TABLE).text('source')}; {source}")


def weights(version: str) -> Mapping[str, int]:
    """Points by condition. Refuses `unknown_version`."""
    known = table(TABLE).parts("versions")
    if version not in known:
        listed = " and ".join(known)
        raise Refused("unknown_version", f"There are the weights of {listed}.", field="version")
    part = known[version].only("source", "weights").part("weights")
    return {condition: part.whole(condition) for condition in part.values}


def _age_points(age: int) -> int:
    if isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 130:
        raise Refused("age_out_of_range", "The age must be whole years from 0 to 130.", field="age")
    starts: Mapping[int, int] = table(TABLE).part("age").values["from"]
    return max((points for start, points in starts.items() if age >= start), default=0)
