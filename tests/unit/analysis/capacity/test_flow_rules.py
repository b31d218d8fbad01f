"""The rules of the simulation: days of leaving, beds kept, who is sent where; and that a run can go on."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from samspill.analysis.capacity import (
    Exponential,
    Fixed,
    Group,
    LogNormal,
    Measure,
    Model,
    Step,
    Unit,
    WhenFull,
    difference,
    model_from,
    simulate,
)
from samspill.refusal import Refused

STARTS = date(2026, 1, 5)  # a Monday
HOSPITAL = Unit("hospital", 30)
HOME = Unit("nursing home", 12)
STEPS = (
    Step("hospital", LogNormal(4.0, 1.0), (("nursing home", 0.25),)),
    Step("nursing home", Exponential(8.0)),
)


def chain(home: Unit = HOME, hospital: Unit = HOSPITAL, arrivals: float = 6.0) -> Model:
    return Model("chain", STARTS, (hospital, home), (Group("old", "hospital", arrivals, STEPS),))


def run(model: Model, **more: object):
    return simulate(model, **{"days": 140, "warm_up_days": 28, "replications": 4, "seed": 3, **more})


def test_nobody_leaves_on_a_sunday() -> None:
    """Fixed stays of one day from midnight: those of Saturday go on Monday, with Sunday's."""
    ward = Unit("ward", None, leaves=(1, 1, 1, 1, 1, 1, 0))
    flow = run(Model("m", STARTS, (ward,), (Group("all", "ward", 5.0, (Step("ward", Fixed(1.0)),)),)))
    held = flow.by_weekday(Measure.HELD)[:, 0]
    assert held[:5] == pytest.approx(np.r_[held[0], 0, 0, 0, 0])
    assert held[6] == pytest.approx(2.5, rel=0.25)
    assert held[[0, 6]].sum() == pytest.approx(5.0, rel=0.15)


def test_half_leave_on_saturdays_when_half_may() -> None:
    ward = Unit("ward", None, leaves=(1, 1, 1, 1, 1, 0.5, 1))
    flow = run(Model("m", STARTS, (ward,), (Group("all", "ward", 40.0, (Step("ward", Fixed(1.0)),)),)))
    assert flow.by_weekday(Measure.HELD)[5:, 0].sum() == pytest.approx(20.0, rel=0.1)


def test_a_holiday_is_as_a_sunday() -> None:
    """Thursday and Friday of the tenth week: nobody leaves, and the home takes nobody."""
    holidays = (date(2026, 3, 12), date(2026, 3, 13))
    ward = Unit("ward", None, leaves=(1, 1, 1, 1, 1, 1, 0))
    home = Unit("home", 90, admits=(True,) * 6 + (False,))
    steps = (Step("ward", Fixed(1.0), (("home", 0.5),)), Step("home", Fixed(1.0)))
    weekday = (1.0,) * 6 + (0.0,)
    model = Model("m", STARTS, (ward, home), (Group("all", "ward", 9.0, steps, weekday=weekday),), holidays)
    flow = run(model, days=70, warm_up_days=28)
    first = (holidays[0] - STARTS).days - 28
    for measure, unit in ((Measure.CAME, 0), (Measure.ADMITTED, 1)):
        daily = flow.daily(measure)[..., unit].sum(axis=0)
        assert daily[first] == daily[first + 1] == 0 < daily[first - 1]
    assert flow.daily(Measure.HELD)[:, first, 0].sum() > 0


def test_a_home_that_takes_nobody_at_weekends_is_awaited_from_saturday() -> None:
    closed = Unit("nursing home", 60, admits=(True,) * 5 + (False,) * 2)
    flow = run(chain(closed), replications=10)
    awaited = flow.by_weekday(Measure.AWAITED)[:, 1]
    assert awaited[:5] == pytest.approx(np.zeros(5))
    assert 0 < awaited[5] < awaited[6]
    admitted = flow.by_weekday(Measure.ADMITTED)[:, 1]
    assert admitted[5:].sum() == 0


def test_beds_closed_in_july_are_missed_in_july() -> None:
    months = tuple(6 if month == 7 else 14 for month in range(1, 13))
    summer = Unit("nursing home", 14, beds_by_month=months)
    flow = run(chain(summer), days=337, replications=6)
    ready = flow.daily(Measure.READY)[..., 0].mean(axis=0)
    days = [date.fromordinal(STARTS.toordinal() + 28 + day).month for day in range(337)]
    july = np.array(days) == 7
    assert ready[july].mean() > 3 * ready[np.array(days) == 6].mean()


def test_reserved_beds_are_for_priority_0_alone() -> None:
    def refused(reserved: int) -> tuple[float, float]:
        kad = Unit("kad", 6, when_full=WhenFull.REFUSE, reserved=reserved)
        steps = (Step("kad", Exponential(3.0)),)
        groups = (Group("acute", "kad", 1.0, steps, priority=0), Group("other", "kad", 1.0, steps))
        both = run(Model("m", STARTS, (kad,), groups), days=700)
        alone = run(Model("m", STARTS, (kad,), groups[:1]), days=700)
        return both.estimate(Measure.REFUSED, "kad").mean, alone.estimate(Measure.REFUSED, "kad").mean

    (none, _), (all_kept, alone) = refused(0), refused(6)
    assert all_kept == pytest.approx(alone + 1.0, rel=0.1)  # all of the others are turned away
    assert none < all_kept


def test_who_is_refused_goes_to_the_other_place() -> None:
    units = (Unit("kad", 3, when_full=WhenFull.REFUSE, refused_to="hospital"), Unit("hospital", None))
    steps = (Step("kad", Exponential(2.0)), Step("hospital", Exponential(3.0)))
    flow = run(Model("m", STARTS, units, (Group("acute", "kad", 2.0, steps),)))
    refused, came = flow.daily(Measure.REFUSED), flow.daily(Measure.CAME)
    assert refused[..., 0].sum() > 0
    assert np.array_equal(refused[..., 0], came[..., 1])


def test_bed_days_of_the_states_are_the_bed_days_in_use() -> None:
    """C6 in the simulation: nobody is in two beds, and peaks are not below means."""
    hospital = Unit("hospital", 26, when_full=WhenFull.OVERFLOW, leaves=(1, 1, 1, 1, 1, 0.4, 0.1))
    flow = run(chain(Unit("nursing home", 10), hospital), replications=3)
    in_use = flow.daily(Measure.IN_USE)
    assert (flow.daily(Measure.PEAK) >= in_use - 1e-9).all()
    assert (in_use[..., 1] <= 10 + 1e-9).all()
    assert (flow.daily(Measure.READY) + flow.daily(Measure.HELD) <= in_use + 1e-9).all()
    assert flow.daily(Measure.OVERFLOW)[..., 0].sum() > 0
    assert np.allclose(in_use[..., 0] - flow.daily(Measure.OVERFLOW)[..., 0] <= 26 + 1e-9, True)


def test_more_places_in_the_home_never_mean_more_waiting_for_the_same_patients() -> None:
    base, more = run(chain(), replications=12), run(chain(Unit("nursing home", 16)), replications=12)
    gain = difference(more, base, Measure.READY, "hospital")
    assert gain.high is not None and gain.high < 0
    apart = [flow.estimate(Measure.READY, "hospital") for flow in (base, more)]
    width = sum((one.high or 0) - (one.low or 0) for one in apart)
    assert gain.high - (gain.low or 0) < width


def test_two_like_scenarios_differ_by_nothing_and_seeds_are_kept_apart() -> None:
    assert difference(run(chain()), run(chain()), Measure.IN_USE, "hospital").mean == 0
    with pytest.raises(Refused, match="not the same seed"):
        difference(run(chain()), run(chain(), seed=4), Measure.IN_USE, "hospital")


def test_another_group_does_not_change_the_patients_of_the_first() -> None:
    """With room for all, adding a group leaves the first as it was: the same chance by name."""
    one = Unit("ward", None), Unit("other", None)
    first = Group("first", "ward", 5.0, (Step("ward", LogNormal(3.0, 1.0)),))
    second = Group("second", "other", 9.0, (Step("other", Exponential(2.0)),))
    alone = run(Model("m", STARTS, one, (first,))).daily(Measure.IN_USE)[..., 0]
    both = run(Model("m", STARTS, one, (second, first))).daily(Measure.IN_USE)[..., 0]
    assert np.allclose(alone, both, atol=1e-9)


def test_the_number_of_workers_changes_nothing() -> None:
    with ThreadPoolExecutor(3) as pool:
        side_by_side = run(chain(), each=pool.map)
    assert np.array_equal(run(chain()).daily(Measure.READY), side_by_side.daily(Measure.READY))


def test_a_run_that_stopped_is_not_read_and_can_go_on(tmp_path: Path) -> None:
    part = run(chain(), at_most=1, keep=tmp_path)
    assert part.done == (0,) and not part.whole
    with pytest.raises(Refused, match="1 of 4 replications are done"):
        part.results()
    (tmp_path / "00001.part").write_bytes(b"half of a file")
    heard: list[tuple[int, int]] = []
    whole = run(chain(), keep=tmp_path, progress=lambda done, wanted: heard.append((done, wanted)))
    assert heard == [(2, 4), (3, 4), (4, 4)]
    assert np.array_equal(whole.daily(Measure.PEAK), run(chain()).daily(Measure.PEAK))
    assert json.loads((tmp_path / "run.json").read_text())["seed"] == 3
    with pytest.raises(Refused, match="holds another simulation"):
        run(chain(arrivals=5.0), keep=tmp_path)


def test_patients_who_could_wait_for_each_other_for_ever_are_refused() -> None:
    steps = (
        Step("hospital", Exponential(1.0), (("nursing home", 0.5),)),
        Step("nursing home", Exponential(5.0), (("hospital", 0.2),)),
    )
    with pytest.raises(Refused, match="wait for each other's beds for ever") as refused:
        Model("m", STARTS, (HOSPITAL, HOME), (Group("old", "hospital", 3.0, steps),))
    assert refused.value.code == "circular_blocking"


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        (lambda: Group("g", "nowhere", 1.0, STEPS), "goes to nowhere, which is no unit"),
        (lambda: Group("g", "hospital", -1.0, STEPS), "arrivals_per_day of g is -1.0"),
        (lambda: Group("g", "hospital", 1.0, STEPS[:1]), "may come to nursing home, but has no step there"),
        (lambda: Group("g", "hospital", 1.0, STEPS, weekday=(1.0,) * 6), "must be 7 numbers"),
        (lambda: Step("a", Exponential(1.0), (("b", 0.7), ("c", 0.5))), "sum to more than 1"),
        (lambda: Group("g", "hospital", 60_000.0, STEPS), "do not fit in memory"),
    ],
)
def test_a_model_that_cannot_be_is_refused(group, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        run(Model("m", STARTS, (HOSPITAL, HOME), (group(),)))


PLAIN = {
    "name": "Østfold",
    "starts": STARTS,
    "units": {
        "hospital": {"beds": 30},
        "nursing home": {"beds": 12, "level": "municipality", "admits": [1, 1, 1, 1, 1, 0, 0]},
    },
    "groups": {
        "old": {
            "enters": "hospital",
            "arrivals_per_day": 6,
            "steps": {
                "hospital": {
                    "stay": {"shape": "lognormal", "mean": 4, "cv": 1},
                    "then": {"nursing home": 0.25},
                },
                "nursing home": {"stay": {"mean": 8}},
            },
        }
    },
}


def test_a_model_is_read_from_plain_values() -> None:
    model = model_from(PLAIN)
    assert model.units[1].admits[5:] == (0, 0)
    assert model.groups[0].steps == STEPS


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"units": {"hospital": {"bed": 3}}}, "unit hospital has the unknown word bed"),
        ({"starts": "soon"}, "starts must be a date"),
        ({"groups": {"old": {"enters": "hospital"}}}, "group old lacks arrivals_per_day, steps"),
        ({"units": {"hospital": {"when_full": "explode"}}}, "when_full of hospital is explode"),
        ({"holidays": ["Easter"]}, "holidays must be a row of dates"),
        ({"units": {"hospital": {"beds_by_month": [3] * 12}}}, "leave its beds_by_month out"),
        ({"units": {"hospital": {"beds": 3, "admits": [0.5] * 7}}}, "must be 1 or 0"),
        ({"units": 3}, "units must be names with values"),
    ],
)
def test_a_file_that_says_something_unknown_is_refused(change: dict, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        model_from({**PLAIN, **change})
