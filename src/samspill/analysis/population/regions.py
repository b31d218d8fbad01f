"""Any set of municipalities as a region: named on the command line, in a file, or by the geography.

A region's persons and their band are sums over its municipalities in each draw; see `Futures.band`.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samspill.analysis.population.futures import Futures
from samspill.analysis.population.history import SEXES
from samspill.analysis.population.percentiles import PERCENTILES
from samspill.analysis.population.projecting import Projection
from samspill.analysis.population.rows import Columns
from samspill.refusal import Refused

OWN = "own"
COLUMNS = ("region", "kommune_nr")
BOTH = ("", SEXES)  # women and men together are the empty sex


@dataclass(frozen=True)
class Region:
    """A named set of areas, each once. `kind` is its sort: county, helsefellesskap, legevaktsdistrikt …"""

    name: str
    areas: tuple[str, ...]
    kind: str = OWN

    def __post_init__(self) -> None:
        twice = sorted({area for area in self.areas if self.areas.count(area) > 1})
        if not self.name or not self.areas or "" in self.areas or twice:
            wrong = f"names {twice[0]} twice" if twice else "lacks a name or municipalities"
            raise Refused(
                "region",
                f"The region «{self.name}» {wrong}. Write it as NAME=3101,3103, each code once.",
                field="region",
            )


def parse_region(text: str) -> Region:
    """`NAME=3101,3103` as a region."""
    name, _, areas = text.partition("=")
    return Region(name.strip(), tuple(area.strip() for area in areas.split(",")))


def read_regions(path: Path) -> tuple[Region, ...]:
    """Regions from a CSV with the columns region, kommune_nr and perhaps kind: a row for each member.

    Refuses what cannot be read (`unreadable_file`), a missing column, and a municipality named twice in one.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            lacking = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            rows = [] if lacking else list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise Refused("unreadable_file", f"{path} cannot be read: {problem}. Check the path.") from problem
    if lacking:
        raise Refused("missing_column", f"{path.name} lacks the column {', '.join(lacking)}. Add it.")
    members: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        kind = (row.get("kind") or OWN).strip()
        members.setdefault((kind, (row["region"] or "").strip()), []).append(
            (row["kommune_nr"] or "").strip()
        )
    return tuple(Region(name, tuple(areas), kind) for (kind, name), areas in members.items())


def check_regions(regions: Sequence[Region], areas: Sequence[str]) -> None:
    """Refuse two regions of one kind and name, and a member that is not among `areas`."""
    names = [(region.kind, region.name) for region in regions]
    for region in regions:
        if names.count((region.kind, region.name)) > 1:
            raise Refused(
                "region", f"Two regions are called {region.name}. Give each its name.", field="region"
            )
        unknown = sorted(set(region.areas) - set(areas))
        if unknown:
            raise Refused(
                "unknown_area",
                f"The region {region.name} names {', '.join(unknown)}, which the figures do not hold. Check "
                "the code, or whether it ceased in a merger.",
                field="region",
            )


def to_region_columns(
    run: Projection | Futures, regions: Sequence[Region], ages: Mapping[str, tuple[int, int]]
) -> Columns:
    """year, kind, region, sex (empty: both), ages, persons and, of draws, p10, p50, p90: each an array."""
    point = run.run if isinstance(run, Futures) else run
    check_regions(regions, point.areas)
    keys: list[tuple[str, str, str, str]] = []
    persons, bands = [], []
    for region in regions:
        for sex, sexes in (BOTH, *((sex, (sex,)) for sex in SEXES)):
            for group, (low, high) in ages.items():
                keys.append((region.kind, region.name, sex, group))
                persons.append(point.total(low, high, areas=region.areas, sexes=sexes))
                if isinstance(run, Futures):
                    bands.append(run.band(group, areas=region.areas, sexes=sexes))
    years, count = np.asarray(point.years, dtype=np.int16), len(point.years)
    columns: Columns = {"year": np.tile(years, len(keys))}
    for place, name in enumerate(("kind", "region", "sex", "ages")):
        columns[name] = np.repeat(np.asarray([key[place] for key in keys], dtype=object), count)
    columns["persons"] = np.concatenate(persons)
    if bands:
        every = np.concatenate(bands)
        columns |= {f"p{point}": every[:, place].copy() for place, point in enumerate(PERCENTILES)}
    return columns
