"""Tables that other tools wrote, as CSV: strategies with mean cost and effect, or with one row per draw."""

import csv
from collections.abc import Sequence
from math import isfinite
from pathlib import Path

import numpy as np

from samspill.analysis.appraisal.icer import Strategy
from samspill.analysis.appraisal.outcomes import Outcomes
from samspill.refusal import Refused

LARGEST = 200_000_000  # bytes


def read_strategies(path: Path) -> tuple[Strategy, ...]:
    """Columns strategy, cost, effect. Refuses missing columns and cells, with the line."""
    return tuple(
        Strategy(row["strategy"], _number(row["cost"], path, line), _number(row["effect"], path, line))
        for line, row in _rows(path, ("strategy", "cost", "effect"))
    )


def read_draws(path: Path) -> Outcomes:
    """Columns draw, strategy, cost, effect: every draw once for each strategy, in any order.

    Strategies keep the order in which they are first named. Refuses a draw that lacks one (`draw_missing`) or
    has it twice (`draw_twice`).
    """
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for line, row in _rows(path, ("draw", "strategy", "cost", "effect")):
        draws = found.setdefault(row["strategy"], {})
        if row["draw"] in draws:
            raise Refused(
                "draw_twice",
                f"{path.name}, line {line}: draw {row['draw']} of {row['strategy']} is there twice.",
                field="file",
            )
        draws[row["draw"]] = (_number(row["cost"], path, line), _number(row["effect"], path, line))
    order = list(next(iter(found.values())))
    for strategy, draws in found.items():
        if draws.keys() != set(order):
            odd = sorted(draws.keys() ^ set(order))[0]
            raise Refused(
                "draw_missing",
                f"{path.name}: draw {odd} is not there for all strategies; look at {strategy}. "
                "A missing draw is not 0.",
                field="file",
            )
    values = np.array([[draws[draw] for draws in found.values()] for draw in order])
    return Outcomes(tuple(found), values[:, :, 0], values[:, :, 1])


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    if not path.is_file() or path.stat().st_size > LARGEST:
        raise Refused("no_file", f"There is no table {path} of at most 200 MB.", field="file")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or [])]
            if missing:
                raise Refused(
                    "columns",
                    f"{path.name} lacks the column {missing[0]}. The first line names {', '.join(columns)}, "
                    "with commas between.",
                    field="file",
                )
            rows = [(reader.line_num, row) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused("columns", f"{path.name} is not a table in UTF-8 with commas.", field="file") from error
    if not rows:
        raise Refused("columns", f"{path.name} has no rows.", field="file")
    for line, row in rows:
        if any(not (row.get(column) or "").strip() for column in columns):
            raise Refused(
                "cell_missing",
                f"{path.name}, line {line}: a cell is empty. A missing figure is not 0.",
                field="file",
            )
    return rows


def _number(text: str, path: Path, line: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise Refused(
            "not_a_number",
            f"{path.name}, line {line}: «{text}» is not a number. Write it with a point and no spaces.",
            field="file",
        )
    return value
