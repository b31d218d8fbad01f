"""Instruments as clinicians read them: the cases in the YAML files beside, and what no case shows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from samspill.refusal import Refused
from samspill.rulebook.instruments import instruments, score

ON = date(2026, 11, 23)
CASE = {"svar", "sum", "kalles", "mangler", "varsler", "ikke_relevant", "nektes", "ved"}


def _cases() -> Iterator[Any]:
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        read = yaml.safe_load(path.read_text("utf-8"))
        for one in read if isinstance(read, list) else [read]:
            for sentence, case in one["tilfeller"].items():
                name = one["instrument"]
                yield pytest.param(name, one["ellers"], case, id=f"{name}: {sentence}")


CASES = list(_cases())


@pytest.mark.parametrize(("name", "otherwise", "case"), CASES)
def test_an_instrument_comes_to_what_the_case_says(
    name: str, otherwise: dict[str, object], case: dict[str, Any]
) -> None:
    assert set(case) <= CASE
    answers = otherwise | case["svar"]
    if "nektes" in case:
        with pytest.raises(Refused) as refused:
            score(name, answers, on=ON)
        assert refused.value.code == case["nektes"]
        assert not case.get("ved") or case["ved"] in refused.value.sentence
        return
    came_to = score(name, answers, on=ON)
    assert came_to.total == case["sum"]
    assert came_to.band == case["kalles"]
    assert list(came_to.missing) == case.get("mangler", [])
    assert [one.part for one in came_to.safety] == case.get("varsler", [])
    assert list(came_to.not_relevant) == case.get("ikke_relevant", [])


def test_every_instrument_has_a_case() -> None:
    assert {case.values[0] for case in CASES} == set(instruments())
