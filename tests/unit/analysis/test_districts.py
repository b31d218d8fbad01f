"""City districts: held to their municipality, in every cell and in every draw."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import population_worlds as worlds
import pytest

from samspill.analysis.packs import Pack, open_districts
from samspill.analysis.population import PopulationHistory, project, project_districts, with_rest
from samspill.refusal import Refused

RUN = {"jump_off": 2016, "to": 2021, "draws": 12, "seed": 3}


def districts() -> PopulationHistory:
    """Two districts of 9003 that hold a fifth and seven tenths of its people, and one of 9002."""
    history = worlds.history()
    persons = np.stack(
        [history.persons[:, 2] // 5, history.persons[:, 2] * 7 // 10, history.persons[:, 1]], axis=1
    )
    return PopulationHistory(history.years, ("900301", "900302", "900201"), persons, ("9003", "9003", "9002"))


def test_districts_and_the_rest_sum_to_their_municipality_in_every_cell_and_draw() -> None:
    history, rates = worlds.history(), worlds.rates()
    whole = project(history, rates, **RUN)
    parts = project_districts(districts(), history, rates, municipality="9003", **RUN)
    assert parts.areas == ("900301", "900302", "900399")
    assert np.allclose(parts.persons.sum(axis=1), whole.persons[:, 2])
    assert np.allclose(parts.draws.sum(axis=1), whole.draws[:, 2], rtol=1e-4, atol=1e-3)
    assert np.array_equal(parts.persons[0, 0], districts().on(2016)[0])
    assert parts.persons.min() >= 0


def test_the_rest_are_those_whom_no_district_holds() -> None:
    history = worlds.history()
    own = with_rest(districts(), history, "9003")
    assert np.array_equal(own.persons.sum(axis=1), history.persons[:, 2])
    assert own.groups == ("9003",) * 3


def test_later_years_change_no_district() -> None:
    history, rates = worlds.history(), worlds.rates()
    early = {**RUN, "jump_off": 2012, "to": 2016}
    full = project_districts(districts(), history, rates, municipality="9003", **early)
    cut = project_districts(
        districts().until(2012), history.until(2012), rates.until(2012), municipality="9003", **early
    )
    assert full.draws.tobytes() == cut.draws.tobytes()


def test_districts_with_more_people_than_their_city_and_a_city_without_districts_are_refused() -> None:
    history = worlds.history()
    double = replace(districts(), persons=districts().persons * 2)
    for figures, municipality, code in (
        (double, "9003", "districts_exceed"),
        (double, "9001", "no_districts"),
    ):
        with pytest.raises(Refused) as refused:
            with_rest(figures, history, municipality)
        assert refused.value.code == code
        assert municipality in refused.value.sentence


def test_a_pack_without_districts_has_none(tmp_path: Path) -> None:
    assert open_districts(tmp_path) is None


@pytest.mark.parametrize(("municipality", "count"), [("0301", 17), ("4601", 8), ("1103", 9), ("5001", 4)])
def test_the_four_cities_are_projected_by_district(
    data_pack: Path, real_pack: Pack, municipality: str, count: int
) -> None:
    found = open_districts(data_pack)
    run = project_districts(
        found, real_pack.history(), real_pack.rates(), municipality=municipality, jump_off=2026, to=2030
    )
    whole = project(real_pack.history(), real_pack.rates(), jump_off=2026, to=2030)
    assert len(run.areas) == count + 1
    assert np.allclose(run.total(80), whole.total(80, areas=[municipality]))
