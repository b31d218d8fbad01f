"""No shared text holds somebody's fødselsnummer. Every number here is made up from its own check digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.bodies import Bodies
from samspill.governance.actions.briefs import save_part
from samspill.governance.actions.cases import CaseWords, report_case, save_draft
from samspill.governance.models import Case
from samspill.governance.rules.identity import (
    FIRST_WEIGHTS,
    SECOND_WEIGHTS,
    identity_numbers,
    is_identity_number,
)
from samspill.refusal import Refused


def number(date: str, individual: int = 0) -> str:
    """The first number from `individual` on with right check digits for the six digits of a date."""
    for tried in range(individual, 1000):
        digits = [int(one) for one in f"{date}{tried:03d}"]
        first = -sum(weight * one for weight, one in zip(FIRST_WEIGHTS, digits, strict=True)) % 11
        second = -sum(weight * one for weight, one in zip(SECOND_WEIGHTS, [*digits, first], strict=True)) % 11
        if first < 10 and second < 10:
            return f"{date}{tried:03d}{first}{second}"
    raise AssertionError(date)


@pytest.mark.parametrize(
    "date",
    ["010190", "410190", "014190", "016690", "018190", "311299", "290200", "718199"],
    ids=[
        "ordinary",
        "D-number",
        "H-number",
        "synthetic NHN",
        "synthetic tax",
        "last day",
        "leap",
        "D synthetic",
    ],
)
def test_a_number_of_each_series_is_found(date: str) -> None:
    digits = number(date)
    assert identity_numbers(f"Gjelder {digits}.") == [digits]


@pytest.mark.parametrize("pattern", ["{}{}", "{} {}", "{}-{}", "{}\u00a0{}", "{}.{}"])
def test_a_number_is_found_however_it_is_written(pattern: str) -> None:
    digits = number("010190")
    assert identity_numbers("Pasient (" + pattern.format(digits[:6], digits[6:]) + ")") == [digits]


@pytest.mark.parametrize(
    "text",
    ["12 345 678 901 kroner", "69 00 00 01, 69 00 00 02", "2025-2026-2027", "01019012345", "990 12 345"],
)
def test_what_only_looks_alike_is_let_through(text: str) -> None:
    assert identity_numbers(text) == []


def test_digits_of_other_scripts_are_no_number() -> None:
    arabic = "".join(chr(0x660 + int(one)) for one in number("010190"))
    assert identity_numbers(arabic) == []


@given(st.integers(1, 31), st.integers(1, 12), st.integers(0, 99), st.integers(0, 500))
def test_one_wrong_digit_is_never_a_number(day: int, month: int, year: int, individual: int) -> None:
    digits = number(f"{day:02d}{month:02d}{year:02d}", individual)
    wrong = digits[:8] + str((int(digits[8]) + 1) % 10) + digits[9:]
    assert not is_identity_number(wrong)


def test_invariant_21_no_shared_text_of_a_case_is_saved_with_a_fodselsnummer(bodies: Bodies) -> None:
    digits = number("010190")
    for words in (CaseWords(digits, "b"), CaseWords("a", digits), CaseWords("a", "b", digits)):
        with pytest.raises(Refused) as refused:
            save_draft(words, by=bodies.by)
        assert refused.value.code == "text.identity"
    assert not Case.objects.exists()
    case = report_case(CaseWords("Sak", "Noe"), by=bodies.by)
    with pytest.raises(Refused, match="fødselsnummer"):
        save_part(case, "background", f"Om {digits[:6]} {digits[6:]}", based_on=None, by=bodies.by)
    assert not case.texts.exists()
