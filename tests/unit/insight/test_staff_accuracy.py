"""What the pages of staff say of earlier misses is what the back-test gives."""

from pathlib import Path

import pytest
from django.utils.translation import override

from samspill.analysis.packs import read_municipal_nurses
from samspill.analysis.workforce import backtest_staff
from samspill.insight.accuracy.staff import (
    FIRST,
    HORIZON,
    LAST,
    MUNICIPALITIES,
    backtest_rows,
    of_need,
    of_staff,
)


def test_the_rows_are_those_of_the_back_test(data_pack: Path) -> None:
    if not list(data_pack.glob("care_users_*")):
        pytest.skip(f"NOT TESTED: nurses of municipalities; there is no data pack with them at {data_pack}")
    nurses = read_municipal_nurses(data_pack)
    scores = backtest_staff(nurses.years, nurses.fte, horizon=HORIZON, jump_offs=range(FIRST, LAST + 1))
    found = [[round(one.error, 1), round(one.bias, 1)] for one in scores]
    assert [row[1:] for row in backtest_rows()] == found
    assert scores[0].units == MUNICIPALITIES


def test_no_change_stands_beside_the_trend() -> None:
    with override("nb"):
        assert "«så mange som nå» bommet med 9,1 prosent, trenden i regionen med 8,7" in of_staff()


@pytest.mark.parametrize(
    ("profession", "told"),
    [
        ("nurse", "Liggedøgn på sykehuset: 5 år fram bommet kurven med"),
        ("midwife", "Tallet på fødsler: ikke prøvd mot det som kom."),
        ("general_practitioner", "Innbyggertallet: ikke prøvd mot det som kom."),
    ],
)
def test_every_need_says_how_it_has_done(profession: str, told: str) -> None:
    with override("nb"):
        assert of_need(profession, ("hospital", "municipality"))[0].startswith(told)
