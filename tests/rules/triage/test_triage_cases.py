"""The cases that clinicians can read: colours, limits and what is missing, each a sentence with its
answer.
"""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from samspill.refusal import Refused
from samspill.rulebook.triage import check_limits, colour, judge, missing_at

HERE = Path(__file__).parent
OSLO = ZoneInfo("Europe/Oslo")


def cases(name: str) -> list[Any]:
    rows = yaml.safe_load((HERE / name).read_text("utf-8"))
    return [pytest.param(row, id=row["sak"]) for row in rows]


def at(said: object) -> datetime:
    """YAML itself reads days with seconds only."""
    moment = said if isinstance(said, datetime) else datetime.fromisoformat(str(said))
    return moment.replace(tzinfo=OSLO)


@pytest.mark.parametrize("case", cases("farger.yaml"))
def test_colours(case: dict[str, Any]) -> None:
    assert colour(case["grenser"], case["verdi"]) == case["farge"]


@pytest.mark.parametrize("case", cases("endring.yaml"))
def test_how_fast_it_changes(case: dict[str, Any]) -> None:
    check_limits(case["grenser"])
    told = judge(case["grenser"], [(at(when), value) for when, value in case["malt"]])
    assert (told.colour, told.reason) == (case["farge"], case.get("hvorfor", "inside"))


@pytest.mark.parametrize("case", cases("rekkefolge_paa_grenser.yaml"))
def test_limits_in_order(case: dict[str, Any]) -> None:
    try:
        check_limits(case["grenser"])
    except Refused as refused:
        assert refused.code == case["feil"]
    else:
        assert not case["feil"]


@pytest.mark.parametrize("case", cases("manglende_malinger.yaml"))
def test_missing_and_unexpected(case: dict[str, Any]) -> None:
    pauses = [(at(start), None if end is None else at(end)) for start, end in case.get("pauser", ())]
    told = missing_at(case["plan"], map(at, case.get("malt", ())), pauses, at(case["klokka"]))
    assert [moment.astimezone(OSLO) for moment in told] == [at(said) for said in case["mangler"]]
    assert list(told.unexpected) == [at(said) for said in case.get("uventet", ())]
