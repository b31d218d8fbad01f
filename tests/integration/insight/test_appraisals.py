"""Ways to do it, weighed: the worked examples as questions with answers, told and kept."""

from typing import Any

import pytest
from django.utils.translation import override

from factories.answers import kept_answers
from factories.people import actor
from factories.tried import a_few
from samspill.analysis.appraisal import EXAMPLES, example
from samspill.directory.public import Actor, Community, scope
from samspill.documents.drawing import svg
from samspill.insight.appraisals import movables
from samspill.insight.calculations.appraisals import QUICK_DRAWS, weigh, whole
from samspill.insight.public import Calculation, DataPack, answer_to, calculate, calculate_again
from samspill.insight.queries.appraisals import weighed
from samspill.insight.telling import Asked, Told
from samspill.insight.telling.appraisals import tell
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
QUICK = {"draws": 200}


def told(asked: dict[str, Any], language: str = "nb") -> Told:
    question = whole({**QUICK, **asked})
    with override(language):
        return tell(Asked(Community(name="Østfold"), question, weighed(question), {}, ""))


@a_few("language", ("nb", "nn", "en"), most=1)
@pytest.mark.parametrize("model", EXAMPLES)
def test_every_example_is_told_with_figures_that_can_be_drawn(model: str, language: str) -> None:
    one = told({"model": model}, language)
    assert len(one.passages) >= 9
    assert [passage.figure.key for passage in one.passages] == [
        str(number + 1) for number in range(len(one.passages))
    ]
    for passage in one.passages:
        assert svg(passage.figure.spec, language)
        assert passage.told
        assert all(len(row) == len(passage.figure.head) for row in passage.figure.rows)


@pytest.mark.parametrize("model", EXAMPLES)
def test_what_nobody_has_measured_is_said(model: str) -> None:
    origins = example(model).origins
    guessed = sum(one.assumption for one in origins.values())
    assert f"{guessed} av de {len(origins)} tallene" in told({"model": model}).warnings[0]


def test_the_message_names_the_cheapest_and_how_sure_that_is() -> None:
    one = told({"model": "midwifery", "draws": 2000})
    assert one.heading == "«Kommunene tar mer» koster minst ni av ti ganger"
    assert "Sykehuset sparer" in one.lede
    assert "kommunene betaler" in one.lede


def test_the_answer_is_what_the_command_line_gives() -> None:
    found: Any = weigh(whole({"model": "midwifery", "threshold": 5_000}))
    model = example("midwifery")
    band = model.compare(draws=2000).band("cost_per_birth").tolist()
    assert found["outcomes"]["cost_per_birth"]["values"] == band
    kept = [row["name"] for row in found["standings"] if row["status"] == "kept"]
    assert kept == ["stronger_municipality", "known_midwife_team"]
    assert round(found["standings"][-1]["icer"]) == 6065
    assert found["worth"][0]["key"] == "birth_hospital_ratio"


def test_parts_of_the_difference_add_up_to_it() -> None:
    found: Any = weigh(whole({**QUICK, "model": "midwifery", "focus": "known_midwife_team"}))
    parts = found["parts"]
    assert sum(change for _name, change in parts["changes"]) == pytest.approx(parts["total"])
    assert len(parts["changes"]) <= 8


def test_how_often_each_way_is_best_adds_up_to_always() -> None:
    found: Any = weigh(whole({**QUICK, "model": "integrated_team"}))
    shares = found["acceptability"]["often"].values()
    assert all(sum(row) == pytest.approx(1) for row in zip(*shares, strict=True))
    assert min(found["acceptability"]["evpi"]) >= 0


def test_moving_an_assumption_moves_the_answer_and_the_question_says_so() -> None:
    still: Any = weigh(whole({**QUICK, "model": "integrated_team"}))
    asked = {"model": "integrated_team", "means": {"stays_ratio [team]": 0.7}}
    better: Any = weigh(whole({**QUICK, **asked}))
    assert better["best"] == "team"
    assert still["best"] == "today"
    assert (
        better["outcomes"]["cost_per_candidate"]["values"][0]
        == still["outcomes"]["cost_per_candidate"]["values"][0]
    )
    question = dict(told(asked).question)
    assert question["Virkning på akutte opphold (Felles team)"] == "70 %. Eksemplet har 87"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"model": "cars"}, "appraisal.model"),
        ({"scenarios": ["today"]}, "appraisal.scenarios"),
        ({"scenarios": "today"}, "appraisal.scenarios"),
        ({"scenarios": ["today", "moon"]}, "appraisal.scenarios"),
        ({"means": {"moon": 1}}, "unknown_parameter"),
        ({"means": {"births": "many"}}, "appraisal.means"),
        ({"means": [1]}, "appraisal.means"),
        ({"means": {"caesarean_share": 2.0}}, "moved_too_far"),
        ({"draws": 10}, "calculation.number"),
        ({"threshold": -1}, "calculation.number"),
        ({"focus": "today"}, "appraisal.focus"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(asked: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        whole(asked)
    assert refusal.value.code == code


def test_an_answer_is_kept_and_gives_the_same_when_it_is_computed_again(figures: DataPack) -> None:
    by: Actor = actor("ostfold", "analyst")
    with scope(by):
        one = calculate("appraisal", {"model": "midwifery", "draws": QUICK_DRAWS}, by=by)
        again = calculate_again(one)
        assert again.is_same
        assert one.asked["seed"] == 2026
        assert Calculation.objects.filter(kind="appraisal").count() == 1


def test_asking_stores_nothing(figures: DataPack) -> None:
    _question, found = answer_to("appraisal", QUICK, of=Community.objects.get(slug="ostfold"))
    assert found["best"]
    assert not kept_answers()


@pytest.mark.parametrize("model", EXAMPLES)
def test_sliders_begin_where_the_example_is_and_stay_within_what_is_possible(model: str) -> None:
    main, others = movables(model, [one.name for one in example(model).scenarios])
    assert len(main) == 6
    for one in (*main, *others):
        assert one.least < one.value < one.most
        for end in (one.least, one.most):
            whole({"model": model, "means": {one.key: end / one.scale}})
