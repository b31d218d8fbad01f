"""How counts of the same things lie to each other, from their definitions alone."""

import numpy as np
import pytest

from samspill.analysis.indicators import all_definitions
from samspill.analysis.indicators.counts import parts_of
from samspill.analysis.indicators.families import Family, counting_of, families_of

COUNT, POPULATION = "count", "population"


def family_of(*parts: tuple[str, str]) -> list[Family]:
    return families_of(counting_of(parts_of(all_definitions()[code])[what]) for code, what in parts)


def test_all_ages_are_those_up_to_79_and_those_of_80_and_older() -> None:
    (found,) = family_of(("acute-stays", COUNT), ("acute-stays-0-79", COUNT), ("acute-stays-80-plus", COUNT))
    assert found.holds.sum(axis=1).tolist() == [2, 1, 1]
    assert not len(found.rests)


def test_those_who_came_back_are_some_of_those_who_left_and_the_others_are_a_rest() -> None:
    (found,) = family_of(("readmissions-67-plus", COUNT), ("readmissions-67-plus", POPULATION))
    assert sorted(found.holds.sum(axis=1).tolist()) == [1, 2]
    assert found.rests.tolist() == [[not one for one in found.holds[found.holds.sum(axis=1) == 1][0]]]


def test_ages_that_overlap_are_pieces_when_every_piece_is_a_difference() -> None:
    frail, acute = ("frail-share", POPULATION), ("acute-stays", COUNT)
    (found,) = family_of(acute, ("acute-stays-0-79", COUNT), ("child-acute-stays", COUNT), frail)
    assert found.holds.shape == (4, 4)  # 0-17, 18-74, 75-79, 80 and older


def test_sets_that_lie_across_each_other_are_apart() -> None:
    found = family_of(
        ("copd-stays", COUNT), ("avoidable-stays", COUNT), ("deviations-per-1000-stays", POPULATION)
    )
    assert sorted(len(one.sets) for one in found) == [2, 2]


def test_discharges_are_some_of_the_stays_and_no_two_ways_to_write_the_same_differ() -> None:
    (found,) = family_of(("readmissions-copd", POPULATION), ("copd-stays", COUNT))
    assert len(found.sets) == 2
    stays = [("length-of-stay-80-plus", POPULATION), ("deaths-in-hospital-80-plus", POPULATION)]
    assert [len(one.sets) for one in family_of(*stays)] == [1]


def test_users_of_one_service_are_rows_and_different_persons_of_two_are_not() -> None:
    definitions = all_definitions()
    one, two = (counting_of(definitions[code].numerator) for code in ("dho-users", "fact-users"))
    assert one.adds_up and not two.adds_up


def test_days_and_stays_are_never_together() -> None:
    assert len(family_of(("bed-days", COUNT), ("acute-stays", COUNT))) == 2


@pytest.fixture(scope="module")
def every_family() -> list[Family]:
    everything = [part for one in all_definitions().values() for part in parts_of(one).values()]
    return families_of(map(counting_of, everything))


@pytest.mark.parametrize("code", sorted(all_definitions()))
def test_every_count_of_persons_is_in_a_family(code: str, every_family: list[Family]) -> None:
    for part in parts_of(all_definitions()[code]).values():
        assert any(counting_of(part) in family.sets for family in every_family)


def test_every_family_tells_its_sets_apart(every_family: list[Family]) -> None:
    for family in every_family:
        assert np.linalg.matrix_rank(family.holds.astype(float)) == family.holds.shape[1]
        assert family.holds.any(axis=0).all()
