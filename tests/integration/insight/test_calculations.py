"""A calculation is kept with its question, is found again, and gives the same answer when it is made anew."""

from collections.abc import Mapping

import pytest
from django.db import ProgrammingError, connection, transaction

from factories.answers import kept_answers
from factories.people import TODAY, actor
from samspill.directory.public import Actor, Community, nobody, scope
from samspill.insight.public import (
    Calculation,
    DataPack,
    answer_to,
    calculate,
    calculate_again,
    open_to_all,
)
from samspill.insight.queries.figures import figures_of
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
QUICK = {"draws": 20, "years": 5}


def analyst() -> Actor:
    return actor("ostfold", "analyst")


def made(asked: Mapping[str, object] = QUICK) -> Calculation:
    with scope(analyst()):
        return calculate("people", asked, by=analyst())


def test_the_same_question_is_the_same_calculation_at_the_same_address(figures: DataPack) -> None:
    first, again = made(), made({**QUICK, "areas": []})
    assert (first.pk, first.key) == (again.pk, again.key)
    assert made({**QUICK, "low": 67}).key != first.key


def test_a_calculation_keeps_the_whole_question_and_where_the_answer_comes_from(figures: DataPack) -> None:
    one = made()
    assert one.asked["seed"] == 2026
    assert (one.asked["low"], one.asked["high"]) == (80, 105)
    assert one.provenance["figures"] == figures.version
    assert one.found["persons"][2] == 18_306


def test_an_answer_can_be_calculated_again_to_the_last_figure(figures: DataPack) -> None:
    one = made()
    with scope(analyst()):
        assert calculate_again(one).is_same
        one.found["persons"][-1] += 1
        assert calculate_again(one).differs == ("persons",)


def test_some_municipalities_together_are_a_region_of_ones_own(figures: DataPack) -> None:
    alone = [made({**QUICK, "areas": [area]}).found["persons"][-1] for area in ("3110", "3101")]
    together = made({**QUICK, "areas": ["3101", "3110"]})
    assert together.found["persons"][-1] == pytest.approx(sum(alone), abs=0.02)
    assert together.found["bands"][-1][1] < together.found["persons"][-1] < together.found["bands"][-1][4]


def test_a_slider_gets_an_answer_without_anything_being_stored(figures: DataPack) -> None:
    with scope(analyst()):
        whole, found = answer_to("people", {**QUICK, "low": 90}, of=Community.objects.get(slug="ostfold"))
    assert whole["low"] == 90
    assert found["persons"]
    assert not kept_answers()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"low": 90, "high": 80}, "calculation.ages"),
        ({"low": "80"}, "calculation.number"),
        ({"years": 31}, "calculation.number"),
        ({"areas": "3101"}, "calculation.areas"),
        ({"areas": ["9999"]}, "unknown_area"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_and_nothing_is_kept(
    figures: DataPack, asked: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        made(asked)
    assert refusal.value.code == code
    assert not kept_answers()


def test_others_read_a_calculation_from_the_day_it_is_opened(figures: DataPack) -> None:
    one = made()
    visitor = nobody(TODAY)
    with transaction.atomic(), scope(visitor):
        assert not Calculation.objects.visible_to(visitor).exists()
    with scope(analyst()):
        open_to_all(one, by=analyst())
    with transaction.atomic(), scope(visitor):
        assert Calculation.objects.visible_to(visitor).get().key == one.key


def test_the_database_lets_nobody_rewrite_an_answer(figures: DataPack) -> None:
    one = made()
    rewritten = "UPDATE insight_calculation SET found = '{}' WHERE id = %s"
    with (
        scope(analyst()),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(rewritten, [one.pk])


def test_figures_that_came_with_an_earlier_samspill_are_refused_in_a_sentence(figures: DataPack) -> None:
    DataPack.objects.filter(pk=figures.pk).update(version="0" * 64)
    with pytest.raises(Refused) as refusal:
        figures_of("0" * 64)
    assert refusal.value.code == "pack.gone"
