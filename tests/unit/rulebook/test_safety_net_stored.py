"""A plan kept as JSON is the same plan, and the limits of a measurement can be told in words."""

import json
from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.safety_net import Contact, from_plain, scale, templates, to_plain
from samspill.rulebook.triage import Limits, colour
from unit.rulebook.safety_net_plans import ready


@pytest.mark.parametrize("condition", sorted(templates()))
def test_a_plan_comes_back_as_it_was(condition: str) -> None:
    plan = ready(condition)
    kept = json.loads(json.dumps(to_plain(plan)))
    assert from_plain(kept) == plan
    assert from_plain(to_plain(from_plain(kept))) == plan


def test_an_unfinished_plan_can_be_kept_too() -> None:
    plan = ready()
    bare = replace(
        plan, medication=None, language_check=None, recipients=(), valid_to=None, indicators=(), levels={}
    )
    assert from_plain(json.loads(json.dumps(to_plain(bare)))) == bare
    night = Contact("home_care", ("fri",), time(22), time(7), False, "1", "Natt-teamet")
    level = replace(plan.levels["red"], contacts=(night,))
    assert from_plain(to_plain(replace(plan, levels={"red": level}))).levels["red"].contacts == (night,)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ({"levels": {"red": {"contacts": [{"role": "gp", "hours": "8"}]}}}, "table.unknown_key"),
        ({"extra": 1}, "table.unknown_key"),
        ({"valid_from": "9. november"}, "safety_net.stored"),
        ({"indicators": [{"id": "a"}]}, "safety_net.stored"),
        ({"indicators": 3}, "safety_net.stored"),
        (
            {"levels": {"red": {"title": "a", "do": "b", "contacts": [{"role": "gp", "start": "8"}]}}},
            "safety_net.stored",
        ),
        ({"medication": {"by": "x"}}, "table.unknown_key"),
        ({"language_check": "ja"}, "table.not_mapping"),
    ],
)
def test_what_cannot_be_a_plan_is_refused(spoil: dict, code: str) -> None:
    with pytest.raises(Refused) as refused:
        from_plain({**to_plain(ready()), **spoil})
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("limits", "code", "language", "told"),
    [
        (
            (86, 88, None, None), "59408-5", "nb",
            ["red under 86", "yellow 86–87", "green 88 eller mer"],
        ),
        (
            (86, 88, 92, None), "59408-5", "nb",
            ["red under 86", "yellow 86–87", "green 88–92", "yellow over 92"],
        ),
        (
            (None, None, 20, 24), "9279-1", "nn",
            ["green 20 eller mindre", "yellow 21–24", "red over 24"],
        ),
        (
            (35, 36, 38, None), "8310-5", "nb",
            ["red under 35", "yellow 35–35,9", "green 36–38", "yellow over 38"],
        ),
        ((None, None, Decimal("7.45"), None), "29463-7", "en", ["green 7.45 or less", "yellow above 7.45"]),
        ((None, 36, None, None), "8310-5", "en", ["yellow below 36", "green 36 or more"]),
        ((5, 5, 5, 5), "9279-1", "nb", ["red under 5", "green 5", "red over 5"]),
        ((86, 87, None, None), "59408-5", "en", ["red below 86", "yellow 86", "green 87 or more"]),
    ],
)  # fmt: skip
def test_limits_are_told_in_words(limits: tuple, code: str, language: str, told: list[str]) -> None:
    assert [f"{part.level} {part.text}" for part in scale(Limits(*limits), code, language)] == told


limits = st.lists(st.integers(-50, 50), min_size=4, max_size=4).map(sorted)


@given(limits, st.lists(st.booleans(), min_size=4, max_size=4).filter(any), st.integers(-60, 60))
def test_every_value_lies_in_one_part_of_its_own_colour(
    four: list[int], kept: list[bool], value: int
) -> None:
    row = Limits(*(limit if keep else None for limit, keep in zip(four, kept, strict=True)))
    parts = scale(row, "9279-1", "nb")
    inside = [
        part
        for part in parts
        if (part.low is None or part.low <= value) and (part.high is None or value <= part.high)
    ]
    assert [part.level for part in inside] == [colour(row, value)]
