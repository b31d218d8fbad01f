"""What is weighed is said in words a director uses: amounts, how often, who pays and who saves."""

import pytest
from django.utils.translation import override

from samspill.insight.wording.appraisals import (
    about_difference,
    money,
    often_in_words,
    plain,
    to_figures,
    who_bears,
)


@pytest.mark.parametrize(
    ("kroner", "said"),
    [
        (43_931.4, "43 900 kroner"),
        (-37_069_478, "37,1 millioner kroner"),
        (0, "0 kroner"),
        (412, "412 kroner"),
    ],
)
def test_an_amount_has_three_figures(kroner: float, said: str) -> None:
    with override("nb"):
        assert money(kroner).replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "nesten aldri"),
        (0.06, "én av ti ganger"),
        (0.898, "ni av ti ganger"),
        (0.94, "ni av ti ganger"),
        (0.96, "nesten alltid"),
    ],
)
def test_how_often_is_said_in_tenths(share: float, said: str) -> None:
    with override("nb"):
        assert often_in_words(share) == said


def side(payer: str, bearing: str, mean: float) -> dict[str, object]:
    return {"payer": payer, "bearing": bearing, "mean": mean}


def test_who_saves_and_who_pays_is_one_sentence() -> None:
    sides = [
        side("hospital", "gains", -37e6),
        side("municipality", "pays", 21e6),
        side("state", "untouched", 0),
    ]
    with override("nb"):
        assert who_bears(sides) == (
            "Sykehuset sparer 37,0 millioner kroner, og kommunene betaler 21,0 millioner kroner mer."
        )
        assert who_bears([side("hospital", "untouched", 0)]) == "Ingen betaler mer eller mindre."
        assert "ikke sikkert om sykehuset" in who_bears([side("hospital", "unsure", 5e6)])


def test_a_difference_that_may_go_either_way_says_so() -> None:
    with override("nb"):
        assert "mindre til" in about_difference([-17.6, 6.1, 28.9], "kr")
        assert about_difference([-3.0, -2.0, -1.0], "kr").startswith("2 kr mindre enn i dag")
        assert "mer enn i dag" in about_difference([0.23, 0.3, 0.37], "kvinner")
        assert about_difference([0.0, 0.0, 0.0], "kr") == "Som i dag."


def test_figures_are_no_finer_than_they_are_known() -> None:
    assert to_figures(43_931.4) == 43_900
    assert to_figures(-0.27631) == -0.276
    with override("nb"):
        assert plain(-0.277) == "−0,28"
        assert plain(87.0) == "87"
