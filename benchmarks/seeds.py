"""How long it takes from a plan on disk to its focus areas, measures and responsibles: `samspill plans read`.

The stated work: each of the real plans within a second. Baseline: reading the same file to blocks only, which
`documents` measures by itself.
"""

import warnings
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks import Case
from samspill.cli.plans import known_communities
from samspill.documents.public import read
from samspill.plans.reading import read_plan

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
TODAY = date(2026, 11, 22)
MOST_SECONDS = 1.0


def cases() -> list[Case]:
    """One per real plan; none, with a warning, where they are not beside the checkout."""
    if not SEEDS.is_dir():
        warnings.warn("NOT MEASURED: the real plans are not in ../shared/seeds", stacklevel=2)
    return [
        {
            "name": f"plan {path.name[:3]}",
            "run": partial(_read_plan, path),
            "baseline": partial(read, path),
            "work": f"{len(_read_plan(path))} measures, at most 1 s; baseline: to blocks only",
            "most_seconds": MOST_SECONDS,
        }
        for path in sorted(SEEDS.glob("*.txt"))
    ]


def _read_plan(path: Path) -> list[object]:
    return list(read_plan(read(path), communities=known_communities(TODAY)).measures)
