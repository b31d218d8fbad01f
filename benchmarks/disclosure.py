"""How fast a table of 1,700 cells is hidden and audited: 13 municipalities in 5 districts, sex, age, years.

The baseline is the rank test alone, by floating-point least squares over the same cells: the plain way, which
hides nothing, knows no bounds and proves nothing.
"""

from itertools import pairwise, product

import numpy as np

from benchmarks import Case
from samspill.analysis.disclosure import Flag, Rules, Suppressed, audit, suppress

AREAS = [f"municipality {number}" for number in range(13)]
CUTS = (0, 3, 5, 8, 11, 13)
DISTRICTS = {f"district {place}": AREAS[low:high] for place, (low, high) in enumerate(pairwise(CUTS))}
AGES = [f"{low}-{low + 17}" for low in range(0, 90, 18)]
YEARS = [str(year) for year in range(2021, 2025)]
DIMENSIONS = {
    "area": {"Østfold": list(DISTRICTS), **DISTRICTS},
    "sex": {"both": ["men", "women"]},
    "age": {"all": AGES},
    "year": {"2021-2024": YEARS},
}
RULES = {"zeros shown": Rules(zeros_shown=True), "zeros hidden": Rules(), "exact only": Rules(protection=0)}
MEANS = (60, 6)  # persons in an inner cell on average
MOST_SECONDS = 3.0
Row = dict[str, object]


def cases() -> list[Case]:
    found: list[Case] = []
    for mean, (name, rules) in product(MEANS, RULES.items()):
        rows = table(mean)
        out = suppress(rows, dimensions=DIMENSIONS, rules=rules)
        found.append(_whole(f"{name}, mean {mean}", rows, rules, out))
    return [*found, _leaking()]


def _whole(name: str, rows: list[Row], rules: Rules, out: Suppressed) -> Case:
    def run() -> None:
        report = audit(suppress(rows, dimensions=DIMENSIONS, rules=rules))
        if not report.ok:
            raise AssertionError("something hidden can be computed")

    return {
        "name": f"disclosure: {name}",
        "run": run,
        "baseline": lambda: least_squares(out),
        "work": f"suppress and audit of {len(rows)} cells, {len(out.hidden)} hidden; "
        "baseline: the rank test alone, least squares",
        "runs": 7,
        "most_seconds": MOST_SECONDS,
    }


def _leaking() -> Case:
    """The worst case of the audit: the small cells alone are hidden; each has its computation shown."""
    rows = [{**row, "count": None if row["count"] < 5 else row["count"]} for row in table(MEANS[1])]  # type: ignore[operator]
    report = audit(rows, dimensions=DIMENSIONS)
    return {
        "name": "disclosure: audit of a table that leaks",
        "run": lambda: audit(rows, dimensions=DIMENSIONS),
        "baseline": None,
        "work": f"{len(rows)} cells, {report.hidden} hidden, {len(report.recoverable)} computed, "
        f"{len(report.narrow)} nearly",
        "runs": 5,
    }


def table(mean: float) -> list[Row]:
    """All cells with all totals of an invented table; small municipalities and the young have few."""
    chance = np.random.default_rng(1)
    size = chance.gamma(1.0, 1.0, len(AREAS))
    by_age = np.arange(1, len(AGES) + 1) / 3
    means = mean * size[:, None, None, None] * by_age[None, None, :, None]
    inner = chance.poisson(np.broadcast_to(means, (len(AREAS), 2, len(AGES), len(YEARS))))
    parts = [_parts(hierarchy) for hierarchy in DIMENSIONS.values()]
    return [
        {
            **dict(zip(DIMENSIONS, codes, strict=True)),
            "count": int(inner[np.ix_(*(of[code] for of, code in zip(parts, codes, strict=True)))].sum()),
        }
        for codes in product(*parts)
    ]


def _parts(hierarchy: dict[str, list[str]]) -> dict[str, list[int]]:
    """Places of the leaves of each code."""
    leaves = [part for under in hierarchy.values() for part in under if part not in hierarchy]
    found = {leaf: [place] for place, leaf in enumerate(leaves)}
    for parent in reversed(hierarchy):
        found[parent] = [place for part in hierarchy[parent] for place in found[part]]
    return found


def least_squares(out: Suppressed) -> int:
    """How many hidden cells are in the row space of the shown ones, to the accuracy of floating point."""
    parts = [_parts(hierarchy) for hierarchy in DIMENSIONS.values()]
    shape = [max(max(places) for places in of.values()) + 1 for of in parts]
    rows = np.zeros((len(out), *shape))
    for number, cell in enumerate(out.cells):
        rows[(number, *np.ix_(*(of[code] for of, code in zip(parts, cell.where.values(), strict=True))))] = 1
    rows = rows.reshape(len(out), -1)
    shown = np.array([cell.flag is Flag.SHOWN for cell in out.cells])
    _, values, space = np.linalg.svd(rows[shown], full_matrices=False)
    space = space[values > 1e-9]
    left = rows[~shown] - rows[~shown] @ space.T @ space
    return int((np.abs(left).max(axis=1, initial=0) < 1e-9).sum())
