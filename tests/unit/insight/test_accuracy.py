"""What we say of the method's accuracy is what it is."""

from pathlib import Path

import pytest

from samspill.analysis.packs import Pack
from samspill.analysis.population import backtest
from samspill.insight.accuracy.people import HORIZON, JUMP_OFF, errors


def test_the_errors_that_are_shown_are_those_of_the_method(data_pack: Path, real_pack: Pack) -> None:
    if not data_pack.exists():
        pytest.skip(f"NOT TESTED: {data_pack.name} is not beside the checkout")
    scores = backtest(
        real_pack.history(), real_pack.rates(), jump_off=JUMP_OFF, horizons=[HORIZON], draws=0, seed=1
    )
    ours = {(one.ages, one.level): one.error for one in scores if one.method == scores[0].method}
    for group, said in errors().items():
        assert ours[group, "community"] == pytest.approx(said.community, abs=0.05)
        assert ours[group, "municipality"] == pytest.approx(said.municipality, abs=0.05)
