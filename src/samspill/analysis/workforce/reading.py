"""Make a baseline of a region's FTE and the national assumptions: both dated, sourced YAML beside the code.

What is not published by region is an assumption, and says so: `Baseline.assumptions` lists what to show.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from samspill.analysis.figures import embedded
from samspill.analysis.source import Source, SourceFile, sha256_of
from samspill.analysis.workforce.baseline import Baseline, Rates
from samspill.analysis.workforce.shocks import Spread, Uncertainty
from samspill.analysis.workforce.terms import (
    AGES,
    OLDEST,
    SECTORS,
    SEXES,
    WORKING,
    YOUNGEST,
    Floats,
    Profession,
    place_of,
)
from samspill.refusal import Refused

HERE = Path(__file__).parent
K = len(SECTORS)
FLOWS = ("places", "recruits_hospital", "recruits_municipality", "international")
Row = Mapping[str, Any]
Fte = Mapping[tuple[str, str], float]


@cache
def assumptions() -> Row:
    """How personnel come and go: `assumptions.yaml` as it stands, sources included."""
    return _yaml("assumptions.yaml")


@cache
def rules() -> Source:
    """The files that the figures rest on; `version` changes when any figure in them does."""
    names = ("assumptions.yaml", "levers.yaml", "working_time.yaml", "gp_lists.yaml")
    licence = assumptions()["licence"]
    files = tuple(SourceFile(name, sha256_of(HERE / name), "Kilder i filen", licence) for name in names)
    return Source("Samspill, bemanning", files)


@cache
def uncertainty() -> Uncertainty:
    """The spreads of `assumptions.yaml`."""
    row = assumptions()["uncertainty"]
    return Uncertainty(**{one.name: Spread(*row[one.name]) for one in fields(Uncertainty)})


@cache
def ostfold() -> Baseline:
    """The demonstration's region, 1 January 2026: published FTE, and assumptions where there are none."""
    return region_from(_yaml("ostfold.yaml"))


def read_region(path: Path) -> Baseline:
    """A region's stock and yearly flows from a YAML file like `ostfold.yaml` beside this code.

    Refuses what cannot be read, and cells without `fte`, `assumption` and `source` (`staff_file`).
    """
    if not path.is_file():
        raise Refused("missing_file", f"There is no file {path}. Check its path.", field="stock")
    try:
        row = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        reason = str(problem).splitlines()[0]
        raise Refused("staff_file", f"{path.name} cannot be read as YAML: {reason}.") from problem
    return region_from(row)


def region_from(row: Row) -> Baseline:
    """The same from what such a file holds."""
    _check_region(row)
    cells = {
        (profession, sector): cell
        for profession, sectors in row["stock"].items()
        for sector, cell in sectors.items()
    }
    notes = [f"{who}, {where}: {one['source']}" for (who, where), one in cells.items() if one["assumption"]]
    notes += [f"{who}: {one['source']}" for who, one in row["flows"].items() if one["assumption"]]
    fte = {place: float(cell["fte"]) for place, cell in cells.items()}
    return from_fte(fte, row["flows"], year=row["year"], notes=tuple(notes))


def _check_region(row: Row) -> None:
    whole = isinstance(row, Mapping) and isinstance(row.get("year"), int)
    if not whole or not isinstance(row.get("stock"), Mapping) or not isinstance(row.get("flows"), Mapping):
        raise Refused("staff_file", "The file must hold year, stock and flows. See the one of Østfold.")
    for name, sectors in row["stock"].items():
        for sector, cell in sectors.items() if isinstance(sectors, Mapping) else [("", None)]:
            given = cell if isinstance(cell, Mapping) else {}
            if lacking := [key for key in ("fte", "assumption", "source") if key not in given]:
                raise Refused(
                    "staff_file", f"The stock of {name} {sector} lacks {', '.join(lacking)}. Write it in."
                )
    for name, flows in row["flows"].items():
        if not isinstance(flows, Mapping) or not {"assumption", "source"} <= set(flows):
            raise Refused("staff_file", f"The flows of {name} lack assumption or source. Write it in.")
        unknown = set(flows) - {"assumption", "source", *FLOWS}
        if unknown or name not in row["stock"]:
            what = ", ".join(sorted(map(str, unknown))) or "people who are not in the stock"
            raise Refused("staff_file", f"The flows of {name} hold {what}. Known are {', '.join(FLOWS)}.")


def from_fte(
    fte: Fte, flows: Mapping[str, Mapping[str, float]], *, year: int, notes: tuple[str, ...] = ()
) -> Baseline:
    """A baseline of agreed FTE by (profession, sector) and yearly flows by profession.

    `flows[profession]` has `places`, `recruits_hospital`, `recruits_municipality` and `international` in
    persons a year; what is not given is 0. Ages, sexes and rates are the national assumptions'. The stock has
    exactly the FTE given; persons follow from hours. Refuses what is not a profession or a working sector.
    """
    known = [str(one) for one in Profession]
    for profession, sector in fte:
        place_of(profession, known, "profession")
        place_of(sector, WORKING, "sector")
    names = tuple(one for one in known if any(one == profession for profession, _ in fte))
    if not names or any(not np.isfinite(value) or value < 0 for value in fte.values()):
        raise Refused("fte", "Give the FTE of one profession at least, each 0 or more.", field="fte")
    rows = [assumptions()["professions"][name] for name in names]
    persons = _persons(fte, names, rows)
    rates = _rates(rows, [flows.get(name, {}) for name in names], persons)
    who = np.stack([_who(row) for row in rows])
    delay = tuple(int(row["delay"]["value"]) for row in rows)
    joining = assumptions()["joining"]
    return Baseline(
        year=year,
        professions=names,
        persons=who[..., None] * persons[:, None, None],
        rates=rates,
        delay=delay,
        begun=np.repeat(rates.places[:, None], max(delay), axis=1),
        graduates=np.stack([_sexed(row, row.get("starting", assumptions()["starting"])) for row in rows]),
        joiners=np.stack([_sexed(row, joining) for row in rows]),
        first_sector=_where(persons),
        drawn_from=tuple(row.get("drawn_from") if row.get("drawn_from") in names else None for row in rows),
        assumptions=notes,
    )


def _persons(fte: Fte, names: tuple[str, ...], rows: list[Row]) -> Floats:
    """(P, K) persons from FTE by hours; those elsewhere are a share of them all."""
    persons = np.zeros((len(names), K))
    for (profession, sector), value in fte.items():
        place = names.index(profession)
        persons[place, place_of(sector, SECTORS, "sector")] = value / rows[place]["hours"][sector]
    outside = np.array([row["elsewhere"]["value"] for row in rows])
    persons[:, -1] = persons.sum(axis=1) * outside / (1 - outside)
    return persons


def _where(persons: Floats) -> Floats:
    """(P, K) where people of the profession work; nobody at all: elsewhere."""
    whole = persons.sum(axis=1, keepdims=True)
    nobody = np.zeros_like(persons)
    nobody[:, -1] = 1.0
    return np.where(whole > 0, np.divide(persons, whole, out=nobody.copy(), where=whole > 0), nobody)


def _rates(rows: list[Row], flows: list[Mapping[str, float]], persons: Floats) -> Rates:
    shared, p = assumptions(), len(rows)
    leaving = np.stack([_by_age(shared["leaving"][one]) for one in SECTORS], axis=-1)
    hours = np.array([[row["hours"][one] for one in SECTORS] for row in rows])
    recruits = [[one.get(f"recruits_{sector}", 0.0) for sector in WORKING] + [0.0] for one in flows]
    return Rates(
        deaths=_deaths(),
        retiring=np.stack([_by_age(shared[row["retiring"]]["bands"]) for row in rows]),
        leaving=np.repeat(leaving[None], p, axis=0),
        mobility=np.stack([_mobility(one) for one in persons]),
        places=np.array([one.get("places", 0.0) for one in flows], dtype=np.float64),
        completion=np.array([row["completion"]["value"] for row in rows], dtype=np.float64),
        recruits=np.array(recruits, dtype=np.float64),
        international=np.array([one.get("international", 0.0) for one in flows], dtype=np.float64),
        participation=np.ones((p, len(SEXES), AGES)),
        hours=np.broadcast_to(hours[:, None, None], (p, len(SEXES), AGES, K)).copy(),
        sickness=np.array([[row["sickness"].get(one, 0.0) for one in SECTORS] for row in rows]),
        combined=np.zeros((p, K, K)),
        exchange=np.repeat(np.eye(K)[None], p, axis=0),
        shifted=np.zeros((p, p)),
        shift_effort=np.ones((p, p)),
        vacancy=np.zeros((p, K)),
    )


def _mobility(persons: Floats) -> Floats:
    """(K, K) by which as many go each way as come back, for `persons` (K,)."""
    row = assumptions()["mobility"]
    hospital, municipality, outside = persons
    moves = np.zeros((K, K))
    moves[0, 1] = moves[1, 0] = row["between"] * min(hospital, municipality)
    for place, there in enumerate((hospital, municipality)):
        moves[place, 2] = moves[2, place] = min(row["outside"] * there, 0.5 * outside)
    rates = np.divide(moves, persons[:, None], out=np.zeros_like(moves), where=persons[:, None] > 0)
    return np.asarray(rates + np.diag(1 - rates.sum(axis=1)))


def _deaths() -> Floats:
    """(S, A) the nation's latest death rates as yearly shares; not lower for those at work."""
    _, national, _ = embedded()
    rates = national.mortality.values[-1][:, YOUNGEST : OLDEST + 1]
    return np.asarray(-np.expm1(-rates))


def _who(row: Row) -> Floats:
    return _sexed(row, row.get("ages", assumptions()["ages"]))


def _sexed(row: Row, ages: Row) -> Floats:
    """(S, A) shares that sum to 1: bands spread evenly, sexes alike in age."""
    starts = [*sorted(ages["bands"]), ages.get("until", OLDEST + 1)]
    spread = np.zeros(AGES)
    for first, after in pairwise(starts):
        spread[first - YOUNGEST : after - YOUNGEST] = ages["bands"][first] / (after - first)
    women = row["women"]["value"]
    return np.outer([women, 1 - women], spread / spread.sum())


def _by_age(bands: Mapping[int, float]) -> Floats:
    starts = np.array(sorted(bands))
    values = np.array([bands[start] for start in sorted(bands)])
    return values[np.searchsorted(starts, np.arange(YOUNGEST, OLDEST + 1), side="right") - 1]


def _yaml(name: str) -> Row:
    row: Row = yaml.safe_load((HERE / name).read_text("utf-8"))
    return row
