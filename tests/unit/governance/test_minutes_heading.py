"""The heading of minutes is what the meeting came to."""

import pytest
from django.utils import translation

from samspill.governance.wording_minutes import minutes_heading


def content(*outcomes: str) -> dict[str, object]:
    items = [{"outcome": one, "decision": {"points": []}} for one in outcomes]
    return {"title": "Referat fra SSU, 1. mai", "items": items}


@pytest.mark.parametrize(
    ("outcomes", "nb", "nn"),
    [
        (
            ["decided"] * 6 + ["postponed"] * 2,
            "Seks vedtak, to saker utsatt",
            "Seks vedtak, to saker utsette",
        ),
        (
            ["recommended", "escalated"],
            "Én tilråding, én sak sendt videre",
            "Éi tilråding, éi sak send vidare",
        ),
        (["noted"], "Én sak til orientering", "Éi sak til orientering"),
        (["decided"] * 13, "13 vedtak", "13 vedtak"),
        ([], "Referat fra SSU, 1. mai", "Referat fra SSU, 1. mai"),
    ],
)
def test_what_was_decided_is_counted(outcomes: list[str], nb: str, nn: str) -> None:
    for language, said in (("nb", nb), ("nn", nn)):
        with translation.override(language):
            assert minutes_heading(content(*outcomes)) == said


def test_that_earlier_minutes_were_approved_is_no_decision() -> None:
    approval = {"outcome": "decided", "decision": None, "closed": False}
    with translation.override("nb"):
        assert minutes_heading({"title": "Referat", "items": [approval]}) == "Referat"
