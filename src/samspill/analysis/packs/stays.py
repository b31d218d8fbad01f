"""Stays of a ward from a file of one's own: columns came, left and, if there are groups, group.

Times are what the clock showed (2026-11-20 08:15); `left` is empty for those who are still there. The file
holds no names and no numbers of persons, and nothing of it is kept.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.packs.reading import connect, load
from samspill.refusal import Refused

ALL = "all"


@dataclass(frozen=True, eq=False)
class StayRows:
    """`came` and `left` (n,) are local `datetime64[s]` (NaT: still there); `group` (n,) indexes `groups`."""

    came: NDArray[np.datetime64]
    left: NDArray[np.datetime64]
    group: NDArray[np.int64]
    groups: tuple[str, ...]


def read_stays(path: Path) -> StayRows:
    """Read a .csv, .csv.gz or .parquet file of stays.

    Refuses (code) `missing_file`, `unreadable_file`, `missing_column`, `bad_value` (by row), `no_stays`.
    """
    if not path.is_file():
        raise Refused("missing_file", f"There is no file {path}. Check the path.", field="stays")
    with connect() as connection:
        load(connection, path, ("came", "left"), "stays")
        held = [row[0] for row in connection.execute("DESCRIBE stays").fetchall()]
        group = 'CAST("group" AS VARCHAR)' if "group" in held else f"'{ALL}'"
        times = ", ".join(
            f'TRY_CAST("{name}" AS TIMESTAMP) AS "{name}", '
            f"nullif(trim(CAST(\"{name}\" AS VARCHAR)), '') AS {name}_written"
            for name in ("came", "left")
        )
        connection.execute(
            f"CREATE TABLE known AS SELECT row_number() OVER () AS row, {times}, {group} AS grouped "  # noqa: S608
            "FROM stays"
        )
        wrong = connection.execute(
            "SELECT row, came_written, left_written, grouped FROM known WHERE came IS NULL "
            'OR grouped IS NULL OR ("left" IS NULL AND left_written IS NOT NULL) ORDER BY row LIMIT 1'
        ).fetchone()
        if wrong:
            raise Refused(
                "bad_value",
                f"{path.name}, row {wrong[0]}: came is {wrong[1] or 'empty'}, left {wrong[2] or 'empty'}, "
                f"group {wrong[3] or 'empty'}. Times must be like 2026-11-20 08:15; only left may be empty.",
                facts=dict(zip(("row", "came", "left", "group"), wrong, strict=True)),
            )
        columns = connection.execute('SELECT came, "left", grouped FROM known ORDER BY row').fetchnumpy()
    if not len(columns["came"]):
        raise Refused("no_stays", f"{path.name} holds no stays.", field="stays")
    groups, places = np.unique(columns["grouped"].astype(str), return_inverse=True)
    came, left = (
        np.ma.filled(columns[name], np.datetime64("NaT")).astype("datetime64[s]") for name in ("came", "left")
    )
    return StayRows(came, left, places.astype(np.int64), tuple(str(name) for name in groups))
