"""The real open data: the published figures to the person, and how wrong the projection would have been."""

import pytest

from samspill.analysis.packs import Pack
from samspill.analysis.population import Score, backtest, project
from samspill.analysis.population.backtesting import CONSTANT_RATIOS, NO_CHANGE, OURS


@pytest.fixture(scope="module")
def pack(real_pack: Pack) -> Pack:
    return real_pack


@pytest.fixture(scope="module")
def scores(pack: Pack) -> dict[tuple[str, int, str, str], Score]:
    table = backtest(pack.history(), pack.rates(), jump_off=2016, horizons=(5, 10), draws=100)
    return {(score.method, score.horizon, score.level, score.ages): score for score in table}


def test_ostfold_had_16179_people_over_80_in_2024(pack: Pack) -> None:
    """The figure the health community itself publishes."""
    ostfold = pack.history(pack.of_community("HF01"))
    assert len(ostfold.areas) == 13
    assert ostfold.on(2024)[..., 80:].sum() == 16179


def test_the_pack_holds_357_municipalities_in_19_communities(pack: Pack) -> None:
    assert len(pack.municipalities) == 357
    assert len({one.community for one in pack.municipalities}) == 19


def test_all_municipalities_are_held_to_the_nation_with_small_corrections(pack: Pack) -> None:
    run = project(pack.history(), pack.rates(), jump_off=2026, to=2040)
    assert run.provenance.to_nation
    low, high = run.correction
    assert 0.9 < low <= 1 <= high < 1.1


@pytest.mark.parametrize(
    ("horizon", "level", "ages", "error"),
    [
        (10, "municipality", "80+", 5.3),
        (10, "community", "80+", 1.2),
        (10, "municipality", "all", 3.7),
        (5, "municipality", "80+", 3.7),
        (5, "community", "80+", 1.0),
    ],
)
def test_accuracy_from_2016_holds(scores: dict, horizon: int, level: str, ages: str, error: float) -> None:
    assert scores[OURS, horizon, level, ages].error <= error


@pytest.mark.parametrize("naive", [NO_CHANGE, CONSTANT_RATIOS])
@pytest.mark.parametrize("ages", ["all", "67-79", "80+"])
def test_the_projection_beats_what_needs_no_model(scores: dict, naive: str, ages: str) -> None:
    for horizon in (5, 10):
        for level in ("municipality", "community"):
            ours, theirs = (scores[method, horizon, level, ages].error for method in (OURS, naive))
            assert ours < theirs, (horizon, level)


@pytest.mark.parametrize("horizon", [5, 10])
@pytest.mark.parametrize("ages", ["67-79", "80-89", "90+", "80+"])
def test_eight_of_ten_municipalities_fell_within_the_interval(scores: dict, horizon: int, ages: str) -> None:
    assert 75 <= scores[OURS, horizon, "municipality", ages].covered <= 85
