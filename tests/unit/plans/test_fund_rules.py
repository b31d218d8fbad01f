"""The rules of joint money on plain values: amounts, budgets, consents, scores, awards, and the tables."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.plans.rules.funds.amounts import MOST, figures, kroner, read_amount
from samspill.plans.rules.funds.awards import check_frame, check_payments, in_two, months_after
from samspill.plans.rules.funds.budget import Line, balances, check_budget, same_share, shares, spread, total
from samspill.plans.rules.funds.calls import call_state_on, check_days, check_move
from samspill.plans.rules.funds.consents import Given, check_answer, check_consents
from samspill.plans.rules.funds.scores import Scale, rank, score, shown
from samspill.plans.states import (
    APPLICATION_TRANSITIONS,
    CALL_TRANSITIONS,
    REPORT_TRANSITIONS,
    ApplicationState,
    CallState,
)
from samspill.refusal import Refused

AMOUNTS = st.integers(min_value=0, max_value=5_000_000)
YEARS = st.integers(min_value=2027, max_value=2030)


@pytest.mark.parametrize(
    ("typed", "nok"),
    [
        ("1 250 000", 1_250_000),
        ("1250000", 1_250_000),
        ("1.250.000", 1_250_000),
        ("1\xa0250\u202f000 kr", 1_250_000),
        ("kr 1 250 000,-", 1_250_000),
        ("1 250 000,00", 1_250_000),
        ("NOK 500", 500),
        ("0", 0),
        ("", 0),
        ("   ", 0),
    ],
)
def test_amounts_are_read_as_norwegians_write_them(typed: str, nok: int) -> None:
    assert read_amount(typed) == nok


@pytest.mark.parametrize(
    "typed",
    ["1,25 mill.", "1,5", "12.50", "-500", "en million", "1e6", "=1+1", "500 USD", "1.25.0", "½", "٣"],
)
def test_what_is_no_whole_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_amount(typed, field="g-2027")
    assert refused.value.field == "g-2027"
    assert "1 250 000" in refused.value.sentence


def test_a_finger_that_stays_on_a_key_is_noticed() -> None:
    with pytest.raises(Refused):
        read_amount(str(MOST + 1))
    with pytest.raises(Refused):
        read_amount("9" * 5000)


@given(st.integers(min_value=0, max_value=MOST))
def test_what_is_shown_is_read_as_the_same_amount(nok: int) -> None:
    assert read_amount(figures(nok)) == read_amount(kroner(nok)) == nok


@st.composite
def financing(draw: st.DrawFn) -> list[Line]:
    """Who pays what in which year, some of it from the fund."""
    lines = [Line(draw(YEARS), "grant", draw(AMOUNTS) + 1)]
    for _number in range(draw(st.integers(0, 8))):
        lines.append(Line(draw(YEARS), "party", draw(AMOUNTS), party_id=draw(st.integers(1, 5))))
    for _number in range(draw(st.integers(0, 3))):
        lines.append(Line(draw(YEARS), "other", draw(AMOUNTS), label=draw(st.sampled_from("abc"))))
    return lines


@st.composite
def budgets(draw: st.DrawFn) -> list[Line]:
    """A budget whose costs are what is paid, cut into lines in any way."""
    paid = draw(financing())
    costs = []
    for balance in balances(paid, []):
        left = balance.financing
        while left:
            part = draw(st.integers(1, left))
            costs.append(Line(balance.year, "cost", part, label=f"{len(costs)}"))
            left -= part if draw(st.booleans()) else left
            if sum(one.nok for one in costs if one.year == balance.year) != balance.financing and not left:
                rest = balance.financing - sum(one.nok for one in costs if one.year == balance.year)
                costs.append(Line(balance.year, "cost", rest, label=f"{len(costs)}"))
    return draw(st.permutations([*paid, *costs]))


@given(budgets())
def test_sums_of_a_done_budget_always_agree(lines: list[Line]) -> None:
    """Per year and side, in any order: costs are what is paid, and shares are what the parties pay."""
    years = range(2027, 2031)
    check_budget(lines, years)
    assert all(one.missing == 0 for one in balances(lines, years))
    costs = total(lines, "cost")
    assert costs == sum(total(lines, source) for source in ("grant", "party", "other"))
    assert costs == sum(one.costs for one in balances(lines, years))
    assert sum(sum(one.values()) for one in shares(lines).values()) == total(lines, "party")


@given(budgets(), st.integers(1, 1_000_000), st.booleans())
def test_one_krone_too_much_anywhere_is_found(lines: list[Line], more: int, as_cost: bool) -> None:
    extra = Line(2028, "cost", more, label="feil") if as_cost else Line(2028, "party", more, party_id=1)
    with pytest.raises(Refused) as refused:
        check_budget([*lines, extra], range(2027, 2031))
    assert refused.value.code == "funds.unbalanced"
    assert kroner(more) in refused.value.sentence


@given(st.integers(0, 10_000_000), st.dictionaries(YEARS, st.integers(1, 3_000_000), min_size=1))
def test_an_award_is_spread_over_the_years_to_the_krone(amount: int, plan: dict[int, int]) -> None:
    parts = spread(amount, plan)
    assert sum(parts.values()) == amount
    whole = sum(plan.values())
    assert all(abs(Fraction(amount * plan[year], whole) - nok) < 1 for year, nok in parts.items())


@given(st.integers(1, 10_000_000))
def test_two_payments_are_the_award(awarded: int) -> None:
    first, second = in_two(awarded)
    day = date(2027, 1, 1)
    if second:
        check_payments([(day, first), (day, second)], awarded)
    with pytest.raises(Refused):
        check_payments([(day, first), (day, second + 1)], awarded)


def test_money_outside_the_period_and_a_budget_of_nothing_are_refused() -> None:
    with pytest.raises(Refused, match="2029"):
        check_budget([Line(2029, "cost", 5, label="a"), Line(2029, "grant", 5)], [2027])
    with pytest.raises(Refused, match="ingen kostnader"):
        check_budget([], [2027])
    with pytest.raises(Refused, match="ber ikke om samhandlingsmidler"):
        check_budget([Line(2027, "cost", 5, label="a"), Line(2027, "other", 5, label="b")], [2027])


def test_a_share_is_the_same_money_in_the_same_years() -> None:
    assert same_share({"2027": 5, "2028": 0}, {2027: 5})
    assert not same_share({"2027": 5}, {2028: 5})


HOSPITAL, HALDEN, MOSS = 1, 2, 3
NAMES = {HOSPITAL: "Sykehuset", HALDEN: "Halden", MOSS: "Moss"}


@pytest.mark.parametrize("hospital", ["", "yes", "remark", "no"])
@pytest.mark.parametrize("halden", ["", "yes", "remark", "no"])
@pytest.mark.parametrize("moss", ["", "yes", "no"])
def test_the_truth_table_of_consent(hospital: str, halden: str, moss: str) -> None:
    """Invariant 24: at least one municipality and the hospital, and nobody who said no."""
    answers = {HOSPITAL: hospital, HALDEN: halden, MOSS: moss}
    given = [Given(pk, NAMES[pk], pk != HOSPITAL, answer, {}) for pk, answer in answers.items()]
    yes = {pk for pk, answer in answers.items() if answer in {"yes", "remark"}}
    allowed = "no" not in answers.values() and HOSPITAL in yes and bool(yes - {HOSPITAL})
    if allowed:
        check_consents(given, {}, NAMES, municipalities_needed=1)
    else:
        with pytest.raises(Refused):
            check_consents(given, {}, NAMES, municipalities_needed=1)


def test_a_yes_to_another_amount_is_no_yes() -> None:
    given = [
        Given(HOSPITAL, "Sykehuset", False, "yes", {"2027": 100}),
        Given(HALDEN, "Halden", True, "yes", {}),
    ]
    check_consents(given, {HOSPITAL: {2027: 100}}, NAMES, municipalities_needed=1)
    for shares_now in ({HOSPITAL: {2027: 101}}, {HOSPITAL: {2028: 100}}, {MOSS: {2027: 1}}):
        with pytest.raises(Refused):
            check_consents(given, shares_now, NAMES, municipalities_needed=1)


def test_a_scheme_may_ask_for_more_municipalities() -> None:
    given = [Given(HOSPITAL, "S", False, "yes", {}), Given(HALDEN, "H", True, "yes", {})]
    with pytest.raises(Refused):
        check_consents(given, {}, NAMES, municipalities_needed=2)
    check_consents([*given, Given(MOSS, "M", True, "remark", {})], {}, NAMES, municipalities_needed=2)


@pytest.mark.parametrize(("answer", "words"), [("no", ""), ("remark", " "), ("kanskje", "x"), ("", "")])
def test_an_answer_has_its_words(answer: str, words: str) -> None:
    with pytest.raises(Refused):
        check_answer(answer, words)


@pytest.mark.parametrize(
    ("stored", "today", "closed_on", "state"),
    [
        ("draft", date(2027, 2, 1), None, "draft"),
        ("announced", date(2027, 1, 31), None, "announced"),
        ("announced", date(2027, 2, 1), None, "open"),
        ("announced", date(2027, 3, 1), None, "open"),
        ("announced", date(2027, 3, 2), None, "closed"),
        ("announced", date(2027, 2, 10), date(2027, 2, 10), "closed"),
        ("announced", date(2027, 2, 9), date(2027, 2, 10), "open"),
        ("decided", date(2027, 2, 10), None, "decided"),
    ],
)
def test_a_call_is_open_from_its_first_day_to_its_last(
    stored: str, today: date, closed_on: date | None, state: str
) -> None:
    found = call_state_on(stored, date(2027, 2, 1), date(2027, 3, 1), today, closed_on=closed_on)
    assert found == CallState(state)


def test_days_of_a_call_stand_in_order() -> None:
    with pytest.raises(Refused):
        check_days(date(2027, 2, 1), date(2027, 1, 1), date(2027, 3, 1))
    with pytest.raises(Refused):
        check_days(date(2027, 1, 1), date(2027, 2, 1), date(2027, 1, 31))


@pytest.mark.parametrize("before", ApplicationState)
@pytest.mark.parametrize("after", ApplicationState)
def test_an_application_takes_the_steps_of_the_table_and_no_others(before: str, after: str) -> None:
    if after in APPLICATION_TRANSITIONS[ApplicationState(before)]:
        check_move(before, after)
    else:
        with pytest.raises(Refused):
            check_move(before, after)


@pytest.mark.parametrize("table", [APPLICATION_TRANSITIONS, CALL_TRANSITIONS, REPORT_TRANSITIONS])
def test_every_state_is_in_its_table_and_can_be_reached(table: dict[str, frozenset[str]]) -> None:
    first = next(iter(table))
    seen, waiting = set(), [first]
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            waiting += table[state]
    assert seen == set(table) == set(type(first))


SCALES = [Scale(1, 5, 2), Scale(2, 10, 1)]


def test_a_score_is_points_times_weight_of_the_highest_possible() -> None:
    assert score({1: 5, 2: 10}, SCALES) == 100
    assert score({1: 0, 2: 0}, SCALES) == 0
    assert score({1: 4, 2: 5}, SCALES) == Fraction(100 * (Fraction(8, 5) + Fraction(1, 2)), 3)


@given(st.integers(0, 5), st.integers(0, 10))
def test_a_score_is_from_0_to_100_and_grows_with_points(first: int, second: int) -> None:
    value = score({1: first, 2: second}, SCALES)
    assert 0 <= value <= 100
    if first < 5:
        assert score({1: first + 1, 2: second}, SCALES) > value


@given(st.dictionaries(st.integers(1, 9), st.lists(st.integers(0, 100).map(Fraction), max_size=4)))
def test_a_ranking_is_by_the_mean_with_ties_and_leaves_nobody_out(scores: dict[int, list[Fraction]]) -> None:
    placed = rank(scores)
    assert {one.id for one in placed} == set(scores)
    means = [one.mean for one in placed if one.mean is not None]
    assert means == sorted(means, reverse=True)
    for one in placed:
        assert (one.place is None) == (not scores[one.id])
        if one.mean is not None and one.lowest is not None and one.highest is not None:
            assert one.place == 1 + sum(other > one.mean for other in means)
            assert one.is_tied == (means.count(one.mean) > 1)
            assert one.lowest <= one.mean <= one.highest


def test_a_score_is_shown_with_a_comma() -> None:
    assert [shown(one) for one in (None, Fraction(72), Fraction(145, 2), Fraction(200, 3))] == [
        "",
        "72,0",
        "72,5",
        "66,7",
    ]


def test_the_frame_holds_to_the_krone() -> None:
    check_frame(100, 60, 40)
    with pytest.raises(Refused):
        check_frame(100, 60, 41)


@pytest.mark.parametrize(
    ("day", "after"),
    [(date(2028, 2, 29), date(2029, 2, 28)), (date(2027, 12, 31), date(2028, 12, 31))],
)
def test_a_year_after(day: date, after: date) -> None:
    assert months_after(day, 12) == after
