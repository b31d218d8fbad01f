"""What a run rests on, as fingerprints: the same fingerprint means the same figures."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from samspill.analysis.demand.change import Recipe
from samspill.analysis.demand.skill import Skill
from samspill.analysis.demand.use import Use

HERE = Path(__file__).parent
TABLES = ("services.yaml", "mitigators.yaml", "hospital_stays.csv", "hospital_bed_days.csv")


@cache
def rates_version() -> str:
    """sha256 over the rates and mitigators that come with the code."""
    digest = hashlib.sha256()
    for name in TABLES:
        digest.update(name.encode() + b"\0" + (HERE / name).read_bytes())
    return digest.hexdigest()


def fingerprint(
    method: str,
    population: str,
    actual: Mapping[str, Use],
    skills: Mapping[str, Skill],
    recipes: Mapping[str, Recipe],
    run: object,
) -> str:
    """sha256 over all that decides a baseline; `population` is the fingerprint of the projection's input."""
    digest = hashlib.sha256(repr((method, population, rates_version(), run)).encode())
    for name, use in sorted(actual.items()):
        digest.update(repr((name, use.years, use.areas)).encode())
        digest.update(use.values.astype("<f8").tobytes())
    for table in (skills, recipes):
        digest.update(repr(sorted(table.items())).encode())
    return digest.hexdigest()
