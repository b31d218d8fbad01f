"""Stored figures of indicators: what is kept, who is told, and what pages read."""

import pytest

from factories.measured import YEARS, measured_figures
from samspill.insight.measuring import AFTER_MEASURING
from samspill.insight.queries.measured import latest_of, measured
from samspill.insight.states import Level

CODE = "readmissions-67-plus"

pytestmark = pytest.mark.django_db


def test_the_newest_run_that_stands_speaks(django_assert_num_queries):
    measured_figures(seed=1)
    run = measured_figures(seed=2)
    with django_assert_num_queries(2):
        found = measured(CODE)
    assert found is not None
    assert found.run == run
    assert tuple(found.periods) == YEARS
    assert [one.name for one in found.of_level(Level.COMMUNITY)] == ["Østfold"]
    assert len(found.of_level(Level.MUNICIPALITY)) == 13
    assert found.whole is not None
    assert found.whole.code == "ALL"


def test_a_withdrawn_run_speaks_no_more():
    first = measured_figures(seed=1)
    second = measured_figures(seed=2)
    second.withdrawn_at, second.withdrawn_because = second.made_at, "Rader manglet."
    second.save()
    found = measured(CODE)
    assert found is not None
    assert found.run == first


def test_totals_are_sums_of_what_is_shown_or_hidden_is_empty():
    measured_figures(shares={"3124": 0.01})
    found = measured(CODE)
    assert found is not None
    hidden = [one for one in found.areas["3124"].points if one.is_hidden]
    assert hidden
    assert all(one.value is None and one.count is None and one.population is None for one in hidden)


def test_every_indicator_at_once_reads_two_times(django_assert_num_queries):
    measured_figures([CODE, "readmissions-copd"])
    with django_assert_num_queries(2):
        found = latest_of(["HF01", "ALL"])
    assert [one.indicator.code for one in found] == ["readmissions-67-plus", "readmissions-copd"]
    assert set(found[0].areas) == {"HF01", "ALL"}


def test_the_spread_tells_of_the_areas_of_a_level():
    measured_figures()
    found = measured(CODE)
    assert found is not None
    spread = found.spread(Level.MUNICIPALITY, YEARS[-1])
    assert spread is not None
    values = [one.at(YEARS[-1]).value for one in found.of_level(Level.MUNICIPALITY)]
    assert spread[0] == min(values)
    assert spread[4] == max(values)
    assert spread[5] == 13


def test_who_waits_for_figures_is_told(monkeypatch):
    told = []
    monkeypatch.setitem(AFTER_MEASURING._entries, "test", told.append)
    run = measured_figures()
    assert told == [run]
