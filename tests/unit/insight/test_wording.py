"""Numbers as people say them."""

import pytest
from django.utils.translation import override

from samspill.insight.wording import about, decimal, growth, of_ten, rounded, signed


@pytest.mark.parametrize(
    ("value", "expected"), [(30_218.4, 30_200), (4_867, 4_870), (738.2, 740), (96.4, 96), (0.2, 0)]
)
def test_an_expected_number_is_no_finer_than_it_is_known(value: float, expected: int) -> None:
    assert rounded(value) == expected


def test_growth_from_nobody_is_not_told() -> None:
    assert growth(0, 12) is None
    assert signed(None) == "–"


@pytest.mark.parametrize(("percent", "told"), [(65, "+65 %"), (-3, "−3 %"), (0, "0 %")])
def test_growth_has_its_sign(percent: int, told: str) -> None:
    assert signed(percent).replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("after", "nb", "nn"),
    [
        (167, "nesten 17", "nesten 17"),
        (170.5, "om lag 17", "om lag 17"),
        (173, "vel 17", "vel 17"),
    ],
)
def test_ten_today_become_so_many(after: float, nb: str, nn: str) -> None:
    with override("nb"):
        assert nb in of_ten(100, after, 2040)
    with override("nn"):
        assert nn in of_ten(100, after, 2040)


def test_a_number_is_written_as_the_language_writes_it() -> None:
    with override("nb"):
        assert about(30_218) == "30\u00a0200"
    with override("en"):
        assert about(30_218) == "30,200"


def test_a_number_with_decimals_is_rounded_and_not_cut() -> None:
    with override("nb"):
        assert [decimal(one, 1) for one in (10.96, 10.94, 0.05, 7)] == ["11,0", "10,9", "0,1", "7,0"]
