"""The real open data: how wrong demand would have been, and that the kept table is what is measured.

The bounds are those the work set itself: weighted error five years ahead with the true population.
"""

from pathlib import Path

import pytest
from scripts.demand_accuracy import PAGE, kept, page, skills_from

from samspill.analysis.demand import NONE, OURS, Skill, Use, catalogue, measure, measured, pack_use
from samspill.analysis.demand.accuracy import FILE
from samspill.analysis.packs import Pack
from samspill.analysis.population import PopulationHistory
from samspill.refusal import Refused

MUNICIPAL = ("home_care_users", "housing_and_long_stay", "nurse_fte")


@pytest.fixture(scope="module")
def skills(data_pack: Path) -> dict[str, Skill]:
    return skills_from(data_pack)


@pytest.fixture(scope="module")
def history(real_pack: Pack) -> PopulationHistory:
    return real_pack.history()


@pytest.fixture(scope="module")
def use(data_pack: Path) -> dict[str, Use]:
    return pack_use(data_pack)


@pytest.mark.parametrize(
    ("service", "error", "bias"),
    [("home_care_users", 11.0, 3.0), ("housing_and_long_stay", 8.0, 3.0), ("nurse_fte", 8.5, 3.0)],
)
def test_five_years_ahead_the_error_is_within_the_bound(
    skills: dict[str, Skill], service: str, error: float, bias: float
) -> None:
    score = skills[service].of(OURS)
    assert score.error <= error
    assert abs(score.bias) <= bias


@pytest.mark.parametrize("service", MUNICIPAL)
@pytest.mark.parametrize("jump_off", [2018, 2019, 2020, 2021, 2022])
def test_no_single_jump_off_is_much_worse_than_no_change(
    use: dict[str, Use], history: PopulationHistory, service: str, jump_off: int
) -> None:
    ahead = min(5, 2025 - jump_off)
    (skill,) = measure(use, history, jump_offs=(jump_off,), ahead=ahead, services=(service,)).values()
    assert skill.of(OURS).error <= 1.15 * skill.of("no_change").error


@pytest.mark.parametrize("service", MUNICIPAL)
@pytest.mark.parametrize("ahead", [1, 2, 3, 4, 5])
def test_no_change_is_not_better_at_any_horizon(
    use: dict[str, Use], history: PopulationHistory, service: str, ahead: int
) -> None:
    (skill,) = measure(use, history, ahead=ahead, services=(service,)).values()
    assert skill.of(OURS).error <= 1.01 * skill.of("no_change").error


@pytest.mark.parametrize("service", MUNICIPAL)
def test_demography_alone_overshoots_municipal_care(skills: dict[str, Skill], service: str) -> None:
    """Use per need has fallen for a decade."""
    assert skills[service].of("constant_use").bias > skills[service].of(OURS).bias
    assert skills[service].of("constant_use").bias > 2


def test_every_tested_service_shows_its_error_beside_no_change(skills: dict[str, Skill]) -> None:
    for code, service in catalogue().items():
        assert bool(skills[code].scores) == bool(service.series)
        if service.series:
            assert skills[code].of("no_change").error > 0


def test_where_there_is_no_skill_the_result_says_so(skills: dict[str, Skill]) -> None:
    long_stay = skills["institution_long_stay"]
    assert long_stay.verdict == NONE
    assert long_stay.of(OURS).error >= long_stay.of("no_change").error


def test_what_is_kept_beside_the_code_is_what_is_measured(skills: dict[str, Skill]) -> None:
    assert FILE.read_text("utf-8") == kept(skills), "run `python -m scripts.demand_accuracy`"
    assert PAGE.read_text("utf-8") == page(skills), "run `python -m scripts.demand_accuracy`"
    assert measured()["nurse_fte"].verdict == skills["nurse_fte"].verdict


def test_nothing_later_than_the_jump_off_is_read(use: dict[str, Use], history: PopulationHistory) -> None:
    """The last years are changed; what was forecast from before them stays, only what came is another."""
    service = ("nurse_fte",)
    (before,) = measure(use, history, jump_offs=(2018,), services=service).values()
    whole = use["nurse_fte"]
    later = whole.values.copy()
    later[[year in (2019, 2020, 2021, 2022) for year in whole.years]] *= 3
    changed = Use(whole.service, whole.years, whole.areas, later)
    (after,) = measure({"nurse_fte": changed}, history, jump_offs=(2018,), services=service).values()
    assert before == after


def test_a_jump_off_without_figures_is_refused(use: dict[str, Use], history: PopulationHistory) -> None:
    with pytest.raises(Refused, match="2028") as refused:
        measure(use, history, jump_offs=(2023,), services=("nurse_fte",))
    assert refused.value.code == "year_missing"
