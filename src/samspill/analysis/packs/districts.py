"""Read a pack's table of city districts, when it has one: Oslo, Bergen, Stavanger and Trondheim."""

from collections.abc import Mapping
from pathlib import Path

from samspill.analysis.packs.reading import connect, find_file, load, read_table
from samspill.analysis.packs.tables import DISTRICTS, SUFFIXES
from samspill.analysis.population import PopulationHistory
from samspill.refusal import Refused


def open_districts(folder: Path) -> PopulationHistory | None:
    """Persons by district on each 1 January, grouped by municipality; None when the pack has no such table.

    A district's code is its municipality's four digits and two more. Refuses what `open_pack` refuses of a
    table of figures.
    """
    if not any(path.name.endswith(SUFFIXES) for path in Path(folder).glob(f"{DISTRICTS.stem}*")):
        return None
    with connect() as connection:
        cells = read_table(connection, find_file(Path(folder), DISTRICTS.stem), DISTRICTS)
    return PopulationHistory(cells.years, cells.codes, cells.values, tuple(code[:4] for code in cells.codes))


def district_names(folder: Path) -> Mapping[str, str]:
    """What each district is called, by code; none when the table does not say."""
    try:
        with connect() as connection:
            load(connection, find_file(Path(folder), DISTRICTS.stem), ("bydel_nr", "bydel_navn"), "named")
            rows = connection.execute(
                "SELECT CAST(bydel_nr AS VARCHAR), max(bydel_navn) FROM named "
                "WHERE bydel_navn IS NOT NULL GROUP BY ALL ORDER BY ALL"
            ).fetchall()
    except Refused as refused:
        if refused.code not in ("missing_column", "missing_file"):
            raise
        return {}
    return {code.zfill(6): name for code, name in rows}
