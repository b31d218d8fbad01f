"""From people to what lacks: births of the projection, hours of a model of care, midwives there will be."""

import numpy as np
import pytest

from samspill.analysis.figures import embedded
from samspill.analysis.population import project
from samspill.analysis.workforce import (
    CareElement,
    Measure,
    demand_from,
    freeze,
    midwife_fte,
    ostfold,
    uncertainty,
)
from samspill.refusal import Refused

DRAWS, SEED = 24, 7


def test_ostfolds_births_and_a_model_of_care_give_the_midwives_that_lack_draw_by_draw() -> None:
    history, rates, _ = embedded()
    people = project(history, rates, jump_off=2026, to=2030, draws=DRAWS, seed=SEED)
    assert people.draws is not None
    births = people.draws[:, :, :, 0].sum(axis=(1, 2)).astype(np.float64)
    assert births[0] == pytest.approx(2976)
    model = [CareElement("birth", "hospital", 34), CareElement("antenatal", "municipality", 8)]
    needed = midwife_fte(births, model, 1450)
    baseline = ostfold()
    demand = demand_from(
        range(2026, 2031),
        baseline.professions,
        {("midwife", "hospital"): needed[:, 0], ("midwife", "municipality"): needed[:, 1]},
    )
    frozen = freeze(baseline, uncertainty(), demand, draws=DRAWS, seed=SEED)
    lacking = frozen.gap.of("midwife")
    assert lacking.shape == (5, DRAWS)
    by_hand = births * (34 + 8) / 1450 - frozen.staffing.of("midwife")
    assert np.allclose(lacking, by_hand)
    assert np.isnan(frozen.gap.of("nurse")).all(), "nobody has said how many nurses are needed"
    more = frozen.what_if([Measure("full_time", 0.3, "midwife")]).closed.of("midwife")
    assert (more[1:] > 0).all()


def test_demand_with_unlike_draws_or_years_is_refused() -> None:
    for arrays in (
        {("nurse", "hospital"): np.ones((2, 3)), ("midwife", "hospital"): np.ones((2, 4))},
        {("nurse", "hospital"): np.ones((3, 1))},
    ):
        with pytest.raises(Refused) as refused:
            demand_from((2026, 2027), ("nurse", "midwife"), arrays)
        assert refused.value.code == "demand_shape"
    with pytest.raises(Refused) as refused:
        demand_from((2026,), ("nurse",), {("nurse", "elsewhere"): np.ones((1, 1))})
    assert refused.value.code == "unknown_sector"
