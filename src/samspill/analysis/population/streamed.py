"""Write a run too large for memory: area by area, every cell with its percentiles, and draws if asked.

The file is the same as `rows.write` makes, but with draws kept its rows stand by area before year.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import numpy as np

from samspill.analysis.population.age_groups import AGE_GROUPS
from samspill.analysis.population.draws import Plan
from samspill.analysis.population.futures import Block, Futures, Map, blocks, check_fits
from samspill.analysis.population.history import AGES, SEXES
from samspill.analysis.population.percentiles import PERCENTILES
from samspill.analysis.population.projecting import Projection
from samspill.analysis.population.rows import FORMATS, Columns
from samspill.refusal import Refused


def write_streamed(
    run: Projection,
    plan: Plan,
    path: Path,
    *,
    keep_draws: bool = False,
    ages: Mapping[str, tuple[int, int]] = AGE_GROUPS,
    processes: int | None = None,
    map: Map | None = None,
) -> Futures:
    """Draw `plan` and write year, area, sex, age, persons, p10, p50, p90 (and draw_1 …) to `path`.

    Returns the sums, as `simulate`. An existing file is replaced when all is written; what is unfinished is
    taken away. Memory as `simulate`; on disk, beside `path`, room for the file twice is needed.
    """
    if path.suffix not in FORMATS:
        raise Refused("file_kind", f"{path.name} must end in .csv or .parquet.", field="out")
    check_fits(plan, ages)
    unfinished, store = (path.with_name(f".{path.name}.{end}") for end in ("unfinished", "store"))
    shape = (len(plan.areas), plan.years + 1, len(ages), len(SEXES), plan.draws)
    sums = np.empty(shape, dtype=np.float32)
    try:
        with duckdb.connect(str(store)) as connection:
            for block in blocks(plan, ages, percentiles=True, cells=keep_draws, processes=processes, map=map):
                sums[list(block.rows)] = block.sums
                _keep(connection, _columns(run, block))
            order = "" if keep_draws else "ORDER BY year, area, sex, age"
            target = str(unfinished).replace("'", "''")
            connection.execute(
                f"COPY (SELECT * FROM cells {order}) TO '{target}' ({FORMATS[path.suffix]})"  # noqa: S608
            )
        unfinished.replace(path)
    except (OSError, duckdb.Error) as problem:
        raise Refused(
            "cannot_write", f"{path} cannot be written: {problem}. Choose a folder that exists and has room."
        ) from problem
    finally:
        for left in (unfinished, store, store.with_name(f"{store.name}.wal")):
            left.unlink(missing_ok=True)
    return Futures(run, dict(ages), sums)


def _keep(connection: duckdb.DuckDBPyConnection, columns: Columns) -> None:
    connection.register("block", columns)
    # texts of one block look like a closed list to DuckDB; the next block has others
    rows = "SELECT * REPLACE (area::VARCHAR AS area, sex::VARCHAR AS sex) FROM block"
    known = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'cells'").fetchone()
    if known and known[0]:
        connection.execute(f"INSERT INTO cells {rows}")
    else:
        connection.execute(f"CREATE TABLE cells AS {rows}")
    connection.unregister("block")


def _columns(run: Projection, block: Block) -> Columns:
    """The rows of a block by area, year, sex, age."""
    if block.percentiles is None:
        raise ValueError("a block without percentiles cannot be written")
    years, areas = np.asarray(run.years, dtype=np.int16), np.asarray(run.areas)[list(block.rows)]
    cells = len(SEXES) * AGES
    columns: Columns = {
        "year": np.tile(np.repeat(years, cells), len(areas)),
        "area": np.repeat(areas, len(years) * cells),
        "sex": np.tile(np.repeat(np.asarray(SEXES), AGES), len(years) * len(areas)),
        "age": np.tile(np.arange(AGES, dtype=np.int16), len(years) * len(areas) * len(SEXES)),
        "persons": run.persons[:, list(block.rows)].swapaxes(0, 1).ravel(),
    }
    bands = block.percentiles.reshape(-1, len(PERCENTILES))
    columns |= {f"p{point}": np.ascontiguousarray(bands[:, i]) for i, point in enumerate(PERCENTILES)}
    if block.cells is not None:
        draws = block.cells.reshape(-1, block.cells.shape[-1])
        columns |= {f"draw_{number}": np.ascontiguousarray(draw) for number, draw in enumerate(draws.T, 1)}
    return columns
