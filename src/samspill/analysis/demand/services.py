"""The services that demand is told for: what is measured, who uses it, from when and by whom it is known.

Read from `services.yaml` and the tables beside it. A service is one or more `Part`s (hospital chapters); each
part has a profile, use per person and year by sex and age.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from samspill.analysis.demand.change import Recipe
from samspill.analysis.demand.use import Floats, by_age, check_profile
from samspill.analysis.figures import embedded
from samspill.analysis.population import AGES, SEXES
from samspill.refusal import Refused

HERE = Path(__file__).parent
SIDES = ("hospital", "municipality")
KEYS = {
    *("code", "name", "side", "unit", "table", "rates", "women", "men", "of", "share", "times", "fertility"),
    *("from", "source", "licence", "note", "assumption", "level", "series", "recipe", "follows"),
}
PER = 1000.0


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a service: `code` is the chapter, empty where the service is whole; `profile` (2, 106)."""

    code: str
    profile: Floats


@dataclass(frozen=True, eq=False)
class Service:
    """One service. `since` is the year of the rates; `level` the 80 % interval of a factor on all of them.

    `assumption`, where it is not empty, must be shown wherever a figure of the service is. `series` names the
    published use it is calibrated by and tested on; `follows` the service whose change in use it shares.
    """

    code: str
    name: str
    side: str
    unit: str
    parts: tuple[Part, ...]
    since: int
    source: str
    licence: str
    note: str = ""
    assumption: str = ""
    level: tuple[float, float] = (1.0, 1.0)
    series: tuple[str, ...] = ()
    recipe: Recipe = field(default_factory=Recipe)
    follows: str = ""

    @property
    def profile(self) -> Floats:
        """Use per person and year of all parts together, (2, 106)."""
        return np.asarray(sum(part.profile for part in self.parts))


@cache
def catalogue() -> dict[str, Service]:
    """All services by code, in the order they are shown."""
    return read_services((HERE / "services.yaml").read_text("utf-8"))


def choose(codes: tuple[str, ...] | None = None) -> tuple[Service, ...]:
    """The services of `codes`, all when None. Refuses one there is not (`unknown_service`)."""
    known = catalogue()
    if codes is None:
        return tuple(known.values())
    unknown = [code for code in codes if code not in known]
    if unknown or not codes:
        raise Refused(
            "unknown_service",
            f"There is no service {', '.join(unknown) or 'without a code'}. There are {', '.join(known)}.",
            field="services",
        )
    return tuple(known[code] for code in dict.fromkeys(codes))


def read_services(text: str) -> dict[str, Service]:
    """Services as written in YAML.

    Refuses a key nobody reads (`unknown_key`), what lacks (`missing`), ages with a gap (`ages_gap`), and a
    share above one (`not_a_share`).
    """
    found: dict[str, Service] = {}
    for row in yaml.safe_load(text):
        place = f"services.yaml, {row.get('code', 'a service without a code')}"
        lacking = [
            key for key in ("code", "name", "side", "unit", "from", "source", "licence") if key not in row
        ]
        if lacking:
            raise Refused("missing", f"{place}: {', '.join(lacking)} is missing. A rate has its source.")
        if set(row) - KEYS or row["side"] not in SIDES:
            wrong = sorted(set(row) - KEYS)
            raise Refused("unknown_key", f"{place}: nobody reads {', '.join(wrong) or row['side']}.")
        found[row["code"]] = _service(row, found, place)
    return found


def _service(row: Mapping[str, Any], known: Mapping[str, Service], place: str) -> Service:
    base = known.get(row.get("of", ""))
    series = row.get("series", ())
    followed = known.get(row.get("follows", row.get("of", "")))
    recipe = row.get("recipe")
    return Service(
        code=row["code"],
        name=row["name"],
        side=row["side"],
        unit=row["unit"],
        parts=_parts(row, base, place),
        since=row["from"],
        source=row["source"],
        licence=row["licence"],
        note=row.get("note", ""),
        assumption=row.get("assumption", ""),
        level=interval(row.get("level", (1.0, 1.0)), place),
        series=(series,) if isinstance(series, str) else tuple(series),
        recipe=Recipe(**{**recipe, "lines": tuple(recipe["lines"])}) if recipe else Recipe(),
        follows=followed.code if followed else "",
    )


def _parts(row: Mapping[str, Any], base: Service | None, place: str) -> tuple[Part, ...]:
    if "table" in row:
        return _chapters(HERE / row["table"])
    if row.get("fertility"):
        profile = np.zeros((len(SEXES), AGES))
        profile[0] = embedded()[1].fertility.values[-1]
    elif base is not None:
        share = by_age(row.get("share", {0: 1.0}), place)
        if np.any(share > 1):
            raise Refused("not_a_share", f"{place}: a share of {base.code} is above one. Give 0 to 1.")
        profile = base.profile * share * row.get("times", 1.0)
    else:
        sexes = [row.get("women", row.get("rates", {})), row.get("men", row.get("rates", {}))]
        profile = np.stack([by_age(rates, place) for rates in sexes]) / PER
    check_profile(profile)
    return (Part("", profile),)


def _chapters(path: Path) -> tuple[Part, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    starts = [key for key in rows[0] if key.isdigit()]
    return tuple(
        Part(
            row["chapter"],
            np.tile(by_age({int(age): float(row[age]) for age in starts}, path.name) / PER, (len(SEXES), 1)),
        )
        for row in rows
    )


def interval(values: Any, place: str) -> tuple[float, float]:
    """An 80 % interval as written: two numbers, the lower first. Refuses others (`interval`)."""
    numbers = isinstance(values, list | tuple) and all(isinstance(one, int | float) for one in values)
    if not numbers or len(values) != 2 or not 0 <= values[0] <= values[1]:
        raise Refused("interval", f"{place}: an interval is two numbers, not negative, the lower first.")
    return float(values[0]), float(values[1])
