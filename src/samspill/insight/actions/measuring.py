"""Keep what indicators came to: a published table becomes a run, answers and series, all or nothing."""

import io
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from django.db import connection, transaction
from numpy.typing import NDArray

from samspill.analysis.disclosure import Flag
from samspill.directory.public import Actor
from samspill.insight.measuring import AFTER_MEASURING
from samspill.insight.models import Indicator, IndicatorAnswer, IndicatorRun, IndicatorSeries
from samspill.insight.states import Period

SPREAD = (0, 25, 50, 75, 100)
ARRAYS = {
    "values": "value",
    "lower": "lower",
    "upper": "upper",
    "counts": "count",
    "populations": "population",
    "flags": "flag",
    "notes": "note",
}
"""Array of a series -> column of a published table."""
WHERE_NO_ROW = {"flag": f"coalesce(one.flag, {int(Flag.MISSING)})", "note": "coalesce(one.note, '')"}
"""What stands for a period in which an area has no row: missing. Of the others: null."""
COLUMNS = {
    "answer_id": "bigint",
    "area": "text",
    "level": "text",
    "year": "int",
    "value": "float8",
    "lower": "float8",
    "upper": "float8",
    "count": "bigint",
    "population": "bigint",
    "flag": "smallint",
    "note": "text",
}


def keep_figures(
    table: pa.Table,
    run: IndicatorRun,
    *,
    by: Actor,
    period: str = Period.YEAR,
    months: pa.Table | None = None,
) -> IndicatorRun:
    """Store a published table (`publish`) under `run`, which is saved first, and tell who waits for it.

    `months` (`publish_months`) goes along with it, when it is given. Indicators that are not in
    use are left out. The run is its own record of who made it, and when.
    """
    with transaction.atomic():
        run.made_by = by.name
        run.save()
        add_figures(table, run, period=period)
        if months is not None and months.num_rows:
            add_figures(months, run, period=Period.MONTH)
        for tell in AFTER_MEASURING.all():
            tell(run)
    return run


def add_figures(table: pa.Table, run: IndicatorRun, *, period: str) -> None:
    """Answers and series of a saved run, inside a transaction."""
    known = {one.code: one for one in Indicator.objects.filter(is_in_use=True)}
    answers = [
        IndicatorAnswer(
            run=run,
            indicator=known[code],
            definition=known[code].definition,
            period=period,
            periods=sorted(set(rows["year"].to_pylist())),
            spread=spread_of(rows),
        )
        for code, rows in _by_indicator(table)
        if code in known
    ]
    IndicatorAnswer.objects.bulk_create(answers)
    _write_series(table, {one.indicator.code: one.pk for one in answers})


def _by_indicator(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    for code in pc.unique(table["indicator"]).to_pylist():
        yield code, table.filter(pc.equal(table["indicator"], code))


def spread_of(rows: pa.Table) -> dict[str, dict[str, list[float]]]:
    """By level and period: lowest, first quarter, middle, third quarter, highest, and number of areas."""
    rows = rows.filter(pc.is_valid(rows["value"]))
    levels, years, values = (rows[name].to_numpy(zero_copy_only=False) for name in ("level", "year", "value"))
    return {
        level: {str(year): _five(values[(levels == level) & (years == year)]) for year in np.unique(years)}
        for level in dict.fromkeys(levels)
    }


def _five(values: NDArray[np.float64]) -> list[float]:
    if not len(values):
        return []
    return [*(float(one) for one in np.percentile(values, SPREAD)), len(values)]


def _write_series(table: pa.Table, answers: Mapping[str, int]) -> None:
    """By way of a table that goes with the transaction: the database gathers the arrays, in bulk."""
    with connection.cursor() as cursor:
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        cursor.execute(f"CREATE TEMPORARY TABLE measured ({columns}) ON COMMIT DROP")
        with cursor.copy("COPY measured FROM STDIN (FORMAT csv)") as copy:
            copy.write(_csv(table, answers))
        cursor.execute(_gathered())
        cursor.execute("DROP TABLE measured")


def _csv(table: pa.Table, answers: Mapping[str, int]) -> bytes:
    codes = table["indicator"].combine_chunks().dictionary_encode()
    numbers = pa.array([answers.get(code) for code in codes.dictionary.to_pylist()], pa.int64())
    whole = table.append_column("answer_id", numbers.take(codes.indices))
    whole = whole.filter(pc.is_valid(whole["answer_id"])).select(list(COLUMNS))
    text = io.BytesIO()
    pyarrow.csv.write_csv(whole, text, pyarrow.csv.WriteOptions(include_header=False))
    return text.getvalue()


def _gathered() -> str:
    """Every area of an answer with all its periods, in their order."""
    series = IndicatorSeries._meta.db_table
    answers = IndicatorAnswer._meta.db_table
    gathered = ", ".join(
        f"array_agg({WHERE_NO_ROW.get(column, f'one.{column}')} ORDER BY grid.period)"
        for column in ARRAYS.values()
    )
    return f"""
        INSERT INTO {series} (answer_id, area, level, {", ".join(f'"{one}"' for one in ARRAYS)})
        SELECT grid.answer_id, grid.area, grid.level, {gathered}
        FROM (
            SELECT DISTINCT known.answer_id, known.area, known.level, part.period
            FROM measured AS known
            JOIN {answers} AS answer ON answer.id = known.answer_id
            CROSS JOIN unnest(answer.periods) AS part (period)
        ) AS grid
        LEFT JOIN measured AS one
            ON one.answer_id = grid.answer_id AND one.area = grid.area AND one.year = grid.period
        GROUP BY grid.answer_id, grid.area, grid.level"""  # noqa: S608 - names of our own tables
