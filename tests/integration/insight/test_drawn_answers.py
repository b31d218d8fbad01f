"""What scenarios are compared by: the draws of a kind are those that its main answers are told of."""

import numpy as np
import pytest

from factories.people import actor
from samspill.directory.public import scope
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.flow_models import question_of
from samspill.insight.public import DataPack, calculate
from samspill.insight.queries.figures import figures_of, municipalities_of
from samspill.insight.retelling import tell

pytestmark = pytest.mark.django_db
LIKELY = (10, 50, 90)
SHORT = {"days": 56, "warm_up_days": 28, "replications": 10}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("people", {"low": 80}),
        ("demand", {"services": ["hospital_bed_days"], "sizes": {"length_of_stay": 100}}),
        ("demand", {}),
        ("beds", {"shorter": 10}),
        ("staff", {"profession": "nurse", "levers": {"retention": 0.05}}),
        ("staff", {}),
        ("appraisal", {"model": "midwifery", "draws": 500}),
        ("appraisal", {"model": "integrated_team", "draws": 500}),
        ("flow", {**question_of({"try_kad": 8}), **SHORT}),
        ("flow", {"model": question_of({})["model"], **SHORT}),
    ],
)
def test_each_main_answer_lies_where_its_draws_lie(
    figures: DataPack, kind: str, asked: dict[str, object]
) -> None:
    by = actor("ostfold", "analyst")
    with scope(by):
        one = calculate(kind, asked, by=by)
        told, how = tell(one), CALCULATIONS[kind]
        read = figures_of(one.pack.version)
        drawn = (how.draws or dict)(read, municipalities_of(read, one.community), one.asked)
    compared = [answer for answer in told.answers if answer.key in drawn]
    assert compared
    for answer in compared:
        low, middle, high = np.percentile(drawn[answer.key], LIKELY)
        assert answer.low == pytest.approx(low, rel=0.01, abs=0.6)
        assert answer.high == pytest.approx(high, rel=0.01, abs=0.6)
        assert low <= middle <= high
        assert low <= answer.value <= high
