"""Read a pack's table of official projections, when it has one: Statistics Norway's vintages."""

from collections import defaultdict
from pathlib import Path

from samspill.analysis.packs.reading import connect, find_file, load
from samspill.analysis.packs.tables import SUFFIXES
from samspill.analysis.population import OfficialProjection
from samspill.analysis.population.official import NATION, check_whole
from samspill.refusal import Refused

STEM = "ssb_projections_"
PRODUCER = "SSB"
SOURCE = "Statistisk sentralbyrå (SSB), framskrivinger, CC BY 4.0"
COLUMNS = ("vintage", "alternative", "region_code", "year", "age_group", "population")
# A group of ours -> what must be published to add up to it; the first that is there is taken.
WORKING = (
    ("0", "1-5", "6-12", "13-15", "16-19", "20-66"),
    ("0", "1-5", "6-12", "13-15", "16-19", "20-44", "45-66"),
)
SUMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "all": tuple((*young, "67-79", "80-89", "90+") for young in WORKING),
    "67-79": (("67-79",),),
    "80-89": (("80-89",),),
    "90+": (("90+",),),
    "80+": (("80-89", "90+"),),
}


def open_official(folder: Path) -> tuple[OfficialProjection, ...]:
    """The official projections of the pack in `folder`, oldest vintage first; none when it has no such table.

    Counties and other sums in the table are left out: municipalities and the nation are read. Refuses
    `unreadable_file`, `missing_column`, `bad_value`, `duplicate_cell`, `missing_cell`.
    """
    if not any(path.name.endswith(SUFFIXES) for path in Path(folder).glob(f"{STEM}*")):
        return ()
    path = find_file(Path(folder), STEM)
    with connect() as connection:
        load(connection, path, COLUMNS, "official")
        rows = connection.execute(
            "SELECT TRY_CAST(vintage AS INTEGER), CAST(alternative AS VARCHAR), "
            "CAST(region_code AS VARCHAR), TRY_CAST(year AS INTEGER), CAST(age_group AS VARCHAR), "
            "TRY_CAST(population AS BIGINT) FROM official ORDER BY ALL"
        ).fetchall()
    published: dict[tuple[int, str], dict[tuple[str, int], dict[str, int]]] = defaultdict(dict)
    for row in rows:
        vintage, alternative, region, year, group, persons = row
        if None in row or persons < 0:
            raise Refused(
                "bad_value", f"{path.name}: the row {row} lacks a value or is below 0. Mend that row."
            )
        area = region if region == NATION else region.zfill(4)
        if area != NATION and len(region) < 3:
            continue  # a county
        cells = published[vintage, alternative].setdefault((area, year), {})
        if group in cells:
            raise Refused("duplicate_cell", f"{path.name} has two rows for {row[:5]}. Keep one.")
        cells[group] = persons
    return tuple(
        _projection(path, vintage, alternative, cells)
        for (vintage, alternative), cells in sorted(published.items())
    )


def _projection(
    path: Path, vintage: int, alternative: str, cells: dict[tuple[str, int], dict[str, int]]
) -> OfficialProjection:
    check_whole(cells, f"{path.name} {vintage} {alternative}")
    persons: dict[tuple[str, int], dict[str, int]] = {}
    for key, groups in cells.items():
        persons[key] = {}
        for ours, ways in SUMS.items():
            way = next((way for way in ways if set(way) <= set(groups)), None)
            if way is not None:
                persons[key][ours] = sum(groups[part] for part in way)
    return OfficialProjection(PRODUCER, vintage, alternative, persons)
