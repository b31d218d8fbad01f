"""What will be needed, and what something one tries makes of it: as a question with its answer."""

from typing import Any

import pytest

from factories.people import TODAY, actor
from samspill.analysis.demand import (
    Assumptions,
    embedded_use,
    freeze,
    measured,
    what_if,
)
from samspill.analysis.figures import embedded
from samspill.analysis.population import project
from samspill.directory.public import Actor, Community, scope
from samspill.insight.calculations.demand import LINES
from samspill.insight.public import DataPack, answer_to, calculate, calculate_again
from samspill.insight.queries.demand import use_of
from samspill.insight.shown.demand import answered
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
BED_DAYS = {"services": ["hospital_bed_days"], "to": 2034, "draws": 32}
TRIED = {**BED_DAYS, "sizes": {"length_of_stay": 100, "ready_for_discharge": 50}}
MEDIAN = 3


def analyst() -> Actor:
    return actor("ostfold", "analyst")


def answer(asked: dict[str, Any]) -> Any:
    return answer_to("demand", asked, of=Community.objects.get(slug="ostfold"))[1]


def test_the_answer_is_that_of_the_analysis(figures: DataPack) -> None:
    history, rates, _ = embedded()
    people = project(history, rates, jump_off=2026, to=2034, draws=32, seed=2026)
    baseline = freeze(people, history, actual=embedded_use(), skills=measured())
    outcome = what_if(baseline, Assumptions({"length_of_stay": 1.0, "ready_for_discharge": 0.5}))
    found = answer(TRIED)
    service = found["services"]["hospital_bed_days"]
    for key, source in (("bands", baseline), ("tried", outcome)):
        low, middle, high = source.band("hospital_bed_days")[-1]
        assert service[key][-1][1] == pytest.approx(low, abs=0.01)
        assert service[key][-1][MEDIAN] == pytest.approx(middle, abs=0.01)
        assert service[key][-1][5] == pytest.approx(high, abs=0.01)
    assert found["sides"]["home_care_hours"]["units"][1] == pytest.approx(
        outcome.difference_band("home_care_hours")[-1][1], abs=0.01
    )


def test_a_size_of_nothing_gives_the_very_same_answer(figures: DataPack) -> None:
    nothing = answer({**BED_DAYS, "sizes": {"length_of_stay": 0}})
    assert nothing == answer(BED_DAYS)
    assert nothing["sides"] == {}
    assert nothing["moved"] == []


def test_the_steps_lead_from_the_first_number_to_the_last(figures: DataPack) -> None:
    focus = answer(TRIED)["focus"]
    reached = focus["start"] + sum(change for _key, change, _low, _high in focus["steps"])
    assert reached == pytest.approx(focus["end"], abs=0.1)
    assert [step[0] for step in focus["steps"]] == [
        "population",
        "change_in_use",
        "length_of_stay",
        "ready_for_discharge",
    ]


def test_every_day_that_leaves_the_hospital_is_found_again_or_falls_away(figures: DataPack) -> None:
    for one in answer(TRIED)["moved"]:
        assert sum(one["shares"].values()) + one["saved"] == pytest.approx(one["avoided"], abs=0.05)


def test_the_municipalities_have_in_sum_what_the_community_has(figures: DataPack) -> None:
    """Steps are means, so they add up over places; percentiles do not."""
    codes = [
        "3101",
        "3103",
        "3105",
        "3107",
        "3110",
        "3112",
        "3114",
        "3116",
        "3118",
        "3120",
        "3122",
        "3124",
        "3216",
    ]
    each = sum(answer({**TRIED, "areas": [code]})["focus"]["end"] for code in codes)
    assert each == pytest.approx(answer(TRIED)["focus"]["end"], rel=1e-5)


def test_counted_years_come_before_the_expected_and_a_municipality_has_its_own_level(
    figures: DataPack,
) -> None:
    found = answer({**BED_DAYS, "services": ["home_care_users"], "areas": ["3110"]})
    known = found["services"]["home_care_users"]["known"]
    assert known == [[2021, 211], [2022, 220], [2023, 205], [2024, 254], [2025, 198]]
    assert list(found["focus"]["levels"]) == ["3110"]
    assert answer(BED_DAYS)["services"]["hospital_bed_days"]["known"] == []


def test_every_curve_has_the_other_ways_and_its_back_test_beside_it(figures: DataPack) -> None:
    found = answer(BED_DAYS)
    assert set(found["focus"]["lines"]) == set(LINES)
    skill = found["services"]["hospital_bed_days"]["skill"]
    assert skill["errors"]["ours"][0] < skill["errors"]["no_change"][0]


def test_where_the_past_shows_no_skill_the_flat_line_is_drawn_and_it_is_said(figures: DataPack) -> None:
    here = Community.objects.get(slug="ostfold")
    told = answered({**BED_DAYS, "services": ["institution_long_stay"]}, here, analyst()).told
    words = " ".join(sentence for passage in told.passages for sentence in passage.told)
    assert "Derfor tegner vi den flate linjen." in words


def test_a_kept_answer_is_calculated_again_to_the_last_figure(figures: DataPack) -> None:
    by = analyst()
    with scope(by):
        kept = calculate("demand", TRIED, by=by)
        assert calculate_again(kept).is_same
        assert calculate("demand", {**TRIED, "areas": []}, by=by).pk == kept.pk
        assert calculate("demand", BED_DAYS, by=by).key != kept.key


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"services": ["dentist"]}, "calculation.service"),
        ({"sizes": {"magic": 100}}, "calculation.mitigator"),
        ({"sizes": {"length_of_stay": 1.5}}, "calculation.size"),
        ({"to": 2026}, "calculation.to"),
        ({"to": 2057}, "calculation.to"),
        ({"areas": ["0301"]}, "unknown_area"),
        ({"draws": 1}, "calculation.number"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    figures: DataPack, asked: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        answer({**BED_DAYS, **asked})
    assert refusal.value.code == code


def test_without_files_of_a_pack_the_use_is_that_which_comes_with_samspill(figures: DataPack) -> None:
    assert set(use_of(figures.version, ())) == set(embedded_use())
    assert TODAY.year == embedded()[0].years[-1]
