"""Calculate indicators over a data set: figures with limits, small counts hidden, every question logged."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from samspill.analysis.disclosure import Flag
from samspill.analysis.indicators.definitions import Definition
from samspill.analysis.indicators.engines import Engine
from samspill.analysis.indicators.expressions import expression
from samspill.analysis.indicators.hiding import counts_persons_below, hidden
from samspill.analysis.indicators.standardising import Counted, Figures, counted, figures_of
from samspill.analysis.indicators.tables import tables
from samspill.refusal import Refused

SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("area", pa.string()),
        ("year", pa.int32()),
        ("value", pa.float64()),
        ("lower", pa.float64()),
        ("upper", pa.float64()),
        ("count", pa.int64()),
        ("population", pa.int64()),
        ("method", pa.string()),
        ("note", pa.string()),
        ("flag", pa.int8()),
    ]
)
"""Columns of an answer. `flag`: 0 shown, 1 missing (`note` says why), 3 hidden."""


@dataclass(frozen=True)
class Asked:
    """A question: who asks, when, of which areas and years (None: all), and where questions are logged."""

    by: str
    at: datetime
    log: Path
    areas: Sequence[str] | None = None
    years: Sequence[int] | None = None


def run(
    engine: Engine,
    wanted: Sequence[Definition],
    asked: Asked,
    *,
    progress: Callable[[str], None] = lambda _line: None,
) -> pa.Table:
    """The answer for all of `wanted`, with `SCHEMA`, ordered by indicator, area and year.

    What is small is hidden before it is in the answer. Every question of rows about persons is logged before
    its answer is given. An indicator whose tables the data lacks is refused (`table_missing`), as are numbers
    that cannot be (with indicator, area and year) and areas that are not there (`unknown_area`).
    """
    for definition in wanted:
        check_tables(definition, engine)
    answers = list(_answers(engine, wanted, asked, progress))
    return pa.concat_tables(answers) if answers else SCHEMA.empty_table()


def can_run(definition: Definition, engine: Engine) -> bool:
    """Whether the data has what the indicator needs."""
    return not _lacking(definition, engine)


def check_tables(definition: Definition, engine: Engine) -> None:
    lacking = _lacking(definition, engine)
    if lacking:
        raise Refused(
            "table_missing",
            f"{definition.id} needs the table {', '.join(lacking)}, which the data does not have.",
            field="data",
        )


def _lacking(definition: Definition, engine: Engine) -> list[str]:
    needed = {tables()[part.table].made_from or part.table for part in definition.parts}
    return sorted(needed - set(engine.tables))


def _answers(
    engine: Engine, wanted: Sequence[Definition], asked: Asked, progress: Callable[[str], None]
) -> Iterator[pa.Table]:
    for definition, cells in counted_of(engine, wanted, asked, progress):
        if cells.areas:
            check_areas(asked, cells.areas)
        is_hidden = hidden(definition, cells, on=asked.at.date())
        answer = _answer(definition, cells, figures_of(definition, cells), is_hidden, asked)
        log_question(engine, definition, asked, answer)
        yield answer


def counted_of(
    engine: Engine, wanted: Sequence[Definition], asked: Asked, progress: Callable[[str], None]
) -> Iterator[tuple[Definition, Counted]]:
    """What each definition counts, in all municipalities, before anything is hidden."""
    for definition in wanted:
        progress(definition.id)
        rows = engine.fetch(expression(definition, engine.tables, years=asked.years))
        yield definition, counted(definition, rows)


def check_areas(asked: Asked, there: Iterable[str]) -> None:
    unknown = sorted(set(asked.areas or ()) - set(there))
    if unknown:
        raise Refused(
            "unknown_area",
            f"The data has no area {', '.join(unknown)}.",
            field="areas",
            facts={"areas": unknown},
        )


def _answer(
    definition: Definition, cells: Counted, figures: Figures, is_hidden: np.ndarray, asked: Asked
) -> pa.Table:
    missing = np.isnan(figures.value) if len(figures.value) else np.zeros(0, dtype=bool)
    flag = np.where(is_hidden, int(Flag.HIDDEN), np.where(missing, int(Flag.MISSING), int(Flag.SHOWN)))
    below_is_public = not counts_persons_below(definition)
    columns = {
        "indicator": pa.array([definition.id] * len(cells.areas), pa.string()),
        "area": pa.array(cells.areas, pa.string()),
        "year": pa.array(cells.years, pa.int32()),
        **{name: _figures(getattr(figures, name), is_hidden) for name in ("value", "lower", "upper")},
        "count": _whole(cells.numerator.sum(axis=1), is_hidden),
        "population": _whole(
            cells.denominator.sum(axis=1),
            (is_hidden & (not below_is_public)) | (definition.denominator is None),
        ),
        "method": pa.array([str(one) for one in figures.method], pa.string()),
        "note": pa.array(
            ["" if hide else str(one) for one, hide in zip(figures.note, is_hidden, strict=True)], pa.string()
        ),
        "flag": pa.array(flag.astype(np.int8)),
    }
    answer = pa.table(columns, schema=SCHEMA)
    if asked.areas is None:
        return answer
    return answer.filter(pa.array(np.isin(np.array(cells.areas), list(asked.areas))))


def _figures(values: np.ndarray, is_hidden: np.ndarray) -> pa.Array:
    return pa.array(values, pa.float64(), mask=is_hidden | np.isnan(values))


def _whole(values: np.ndarray, is_hidden: np.ndarray) -> pa.Array:
    return pa.array(values.astype(np.int64), mask=np.broadcast_to(is_hidden, values.shape))


def log_question(engine: Engine, definition: Definition, asked: Asked, answer: pa.Table) -> None:
    """One line of JSON per question about persons; the file only grows.

    Refuses (`cannot_log`) rather than ask unseen.
    """
    if not any(tables()[part.table].persons for part in definition.parts):
        return
    line = {
        "at": asked.at.isoformat(timespec="seconds"),
        "by": asked.by,
        "indicator": definition.id,
        "reviewed": definition.reviewed.isoformat(),
        "engine": engine.name,
        "areas": list(asked.areas) if asked.areas is not None else "all",
        "years": list(asked.years) if asked.years is not None else "all",
        "rows_out": answer.num_rows,
        "hidden": int(np.sum(answer["flag"].to_numpy() == int(Flag.HIDDEN))),
    }
    try:
        with asked.log.open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise Refused(
            "cannot_log",
            f"Questions about persons are logged, and {asked.log} cannot be written ({error.strerror})."
            " Name another file with --log.",
            field="log",
        ) from error


def write_answer(answer: pa.Table, out: Path) -> None:
    """As .csv or .parquet; the file is there whole or not at all."""
    part = out.with_name(out.name + ".part")
    if out.suffix == ".csv":
        pyarrow.csv.write_csv(answer, part)
    else:
        pq.write_table(answer, part)
    part.replace(out)
