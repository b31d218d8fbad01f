"""What the real plans name is found as often as the page on reading plans says; counted, never quoted."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from inventory import GROUPS, KINDS
from scripts.reading_scores import REAL

from samspill.documents.public import read_here
from samspill.plans.reading import read_plan, to_json

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


@cache
def named(number: str) -> dict[str, list[str]]:
    """What a reading names of each kind, in small letters; of numbers their sentences."""
    found = sorted(SEEDS.glob(f"{number}*.txt"))
    if not found:
        pytest.skip(f"the plan {number} is not in {SEEDS}")
    plain = to_json(read_plan(read_here(found[0])))
    lists = {kind: plain[kind] for kind in (*KINDS, "patient_groups")}
    return {kind: [_text(one).casefold() for one in _each(values)] for kind, values in lists.items()}


def _each(values: object) -> Iterator[object]:
    assert isinstance(values, list)
    yield from values


def _text(one: object) -> str:
    return str(one["sentence"] if isinstance(one, dict) else one)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_as_much_is_found_as_the_page_says(number: str, kind: str) -> None:
    own = [thing for thing in KINDS[kind] if number in thing.seeds]
    found = [thing for thing in own if any(re.search(thing.pattern, name) for name in named(number)[kind])]
    assert (len(found), len(own)) == REAL[kind][number]


@pytest.mark.parametrize("number", GROUPS)
def test_every_patient_group_of_a_real_plan_is_found(number: str) -> None:
    assert len(named(number)["patient_groups"]) == GROUPS[number]


def test_most_of_what_the_real_plans_name_is_found() -> None:
    for kind, counts in REAL.items():
        found, there = (sum(pair[place] for pair in counts.values()) for place in (0, 1))
        assert found >= 0.6 * there, kind
