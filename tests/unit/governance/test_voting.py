"""What votes come to, compared with the slow and obvious way of counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.governance.rules.voting import Ballot, check_quorum, check_votes, result
from samspill.governance.states import DecisionMethod, VoteChoice
from samspill.refusal import Refused

BLOCS = ("municipal", "hospital")
ballots = st.lists(st.builds(Ballot, st.sampled_from(BLOCS), st.sampled_from(VoteChoice.values)), max_size=20)
PER_SIDE, ALL = DecisionMethod.MAJORITY_PER_BLOC, DecisionMethod.MAJORITY


def slow(cast: list[Ballot]) -> bool:
    """More hands for than against, one by one."""
    balance = 0
    for one in cast:
        balance += {"for": 1, "against": -1, "abstains": 0}[one.choice]
    return balance > 0


@given(ballots)
def test_a_majority_is_more_for_than_against(cast: list[Ballot]) -> None:
    assert result(cast, ALL, BLOCS).carried == slow(cast)


@given(ballots)
def test_a_majority_on_each_side_is_a_majority_of_each(cast: list[Ballot]) -> None:
    sides = [slow([one for one in cast if one.bloc == bloc]) for bloc in BLOCS]
    assert result(cast, PER_SIDE, BLOCS).carried == all(sides)


@given(ballots)
def test_what_each_side_wants_all_want(cast: list[Ballot]) -> None:
    if result(cast, PER_SIDE, BLOCS).carried:
        assert result(cast, ALL, BLOCS).carried


@given(ballots, st.randoms())
def test_the_order_of_votes_changes_nothing(cast: list[Ballot], rng: object) -> None:
    mixed = list(cast)
    rng.shuffle(mixed)  # type: ignore[attr-defined]
    for method in (ALL, PER_SIDE):
        assert result(cast, method, BLOCS) == result(mixed, method, BLOCS)


@given(ballots, st.sampled_from(BLOCS))
def test_abstaining_changes_nothing_and_is_counted(cast: list[Ballot], bloc: str) -> None:
    more = [*cast, Ballot(bloc, VoteChoice.ABSTAINS)]
    for method in (ALL, PER_SIDE):
        assert result(more, method, BLOCS).carried == result(cast, method, BLOCS).carried
    assert result(more, ALL, BLOCS).total.abstains == result(cast, ALL, BLOCS).total.abstains + 1


@given(ballots)
def test_nobody_is_lost_in_the_count(cast: list[Ballot]) -> None:
    found = result(cast, ALL, BLOCS)
    for part in ("yes", "no", "abstains"):
        assert getattr(found.total, part) == sum(getattr(side, part) for side in found.sides.values())
    assert found.total.yes + found.total.no + found.total.abstains == len(cast)


@given(ballots)
def test_turned_round_votes_never_carry_what_carried(cast: list[Ballot]) -> None:
    """A tie is no majority, either way round."""
    other = {"for": "against", "against": "for", "abstains": "abstains"}
    turned = [Ballot(one.bloc, other[one.choice]) for one in cast]
    assert not (result(cast, ALL, BLOCS).carried and result(turned, ALL, BLOCS).carried)


def test_without_votes_nothing_is_carried() -> None:
    assert not result([], ALL, BLOCS).carried
    assert not result([], PER_SIDE, BLOCS).carried


@pytest.mark.parametrize(
    ("there", "is_enough"), [((2, 2), True), ((3, 2), True), ((5, 1), False), ((0, 0), False)]
)
def test_each_side_must_be_there(there: tuple[int, int], is_enough: bool) -> None:
    present = dict(zip(BLOCS, there, strict=True))
    if is_enough:
        check_quorum(present, 2, dict(zip(BLOCS, BLOCS, strict=True)))
        return
    with pytest.raises(Refused):
        check_quorum(present, 2, dict(zip(BLOCS, BLOCS, strict=True)))


@given(st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)))
def test_exactly_those_who_may_vote_do(may: set[int], do: set[int]) -> None:
    votes = dict.fromkeys(do, VoteChoice.FOR.value)
    if may == do:
        check_votes(votes, may)
        return
    with pytest.raises(Refused) as refused:
        check_votes(votes, may)
    assert refused.value.code == ("vote.not_allowed" if do - may else "vote.missing")
