"""The embedded figures: whole, sourced, and equal to the open data they were typed from."""

import numpy as np

from samspill.analysis.figures import embedded, names
from samspill.analysis.packs import Pack
from samspill.analysis.population import project


def test_ostfold_has_thirteen_municipalities_and_three_years() -> None:
    history, rates, _ = embedded()
    assert history.years == (2016, 2021, 2026)
    assert len(history.areas) == 13
    assert set(names()) == set(history.areas)
    assert history.on(2026).sum() == 336615
    assert history.on(2026)[..., 80:].sum() == 18306
    assert rates.population.on(2026).sum() == 5627400
    assert max(rates.mortality.last) == 2023


def test_the_figures_say_where_they_are_from() -> None:
    _, _, source = embedded()
    assert len(source.files) == 4
    assert len(source.version) == 64
    for part in ("Statistisk sentralbyrå (SSB), tabell 07459", "Human Mortality Database", "CC BY 4.0"):
        assert part in source.credit


def test_the_embedded_figures_equal_the_open_data(real_pack: Pack) -> None:
    history, rates, _ = embedded()
    for year in history.years:
        assert np.array_equal(history.on(year), real_pack.history(history.areas).on(year))
        assert np.array_equal(rates.population.on(year), real_pack.rates().population.on(year))
    assert {one.code: one.name for one in real_pack.municipalities if one.code in names()} == names()


def test_the_pack_and_the_embedded_figures_give_nearly_the_same_2040(real_pack: Pack) -> None:
    history, rates, _ = embedded()
    few = project(history, rates, jump_off=2026, to=2040)
    many = project(real_pack.history(history.areas), real_pack.rates(), jump_off=2026, to=2040)
    assert many.total(80)[0] == few.total(80)[0]
    assert abs(many.total(80)[-1] / few.total(80)[-1] - 1) < 0.01
