"""National numbers, with the examples their owners have published."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.national_number import CheckRule, NumberKind, Sex, SyntheticSeries, check_use, parse
from samspill.rulebook.synthetic_number import synthetic_numbers

TODAY, FROM_2032 = CheckRule.TODAY, CheckRule.FROM_2032
FNR, DNR, H = NumberKind.FNR, NumberKind.DNR, NumberKind.H_NUMBER
TENOR, NAV, NHN = SyntheticSeries.TENOR, SyntheticSeries.NAV, SyntheticSeries.NHN

PUBLISHED = [
    # github.com/navikt/fnrvalidator, tests.
    ("13097248022", FNR, date(1972, 9, 13), None, TODAY),
    ("29029648784", FNR, date(1996, 2, 29), None, TODAY),
    ("29020075838", FNR, date(2000, 2, 29), None, TODAY),
    ("15021951940", FNR, date(2019, 2, 15), None, TODAY),
    ("53097248016", DNR, date(1972, 9, 13), None, TODAY),
    ("13527248013", H, date(1972, 12, 13), NAV, TODAY),
    ("10915596784", FNR, date(1955, 11, 10), TENOR, TODAY),
    ("68467038838", DNR, date(1970, 6, 28), NAV, TODAY),
    ("50846202355", DNR, date(1962, 4, 10), TENOR, TODAY),
    # Skatteetaten, «Nytt fødselsnummer fra 2032»: three examples, two of them right today too.
    ("02013299997", FNR, date(2032, 1, 2), None, TODAY),
    ("30108299920", FNR, date(1982, 10, 30), None, TODAY),
    ("30108299939", FNR, None, None, FROM_2032),
    ("70108299914", DNR, date(1982, 10, 30), None, TODAY),
    # Norsk helsenett, a test person of Pasientens måledata.
    ("13717404089", FNR, date(1974, 6, 13), NHN, TODAY),
    # Nav, familie-felles, tests.
    ("15507600333", H, date(1976, 10, 15), NAV, TODAY),
    ("55507608360", DNR, date(1976, 10, 15), NAV, TODAY),
    ("29422059278", H, date(2020, 2, 29), NAV, TODAY),
]


@pytest.mark.parametrize(("text", "kind", "born", "series", "rule"), PUBLISHED)
def test_published_numbers_tell_what_their_owners_say(
    text: str, kind: NumberKind, born: date | None, series: SyntheticSeries | None, rule: CheckRule
) -> None:
    number = parse(text)
    assert (number.kind, number.birth_date, number.synthetic, number.check_rule) == (kind, born, series, rule)


def test_the_fictive_example_of_1899_has_the_day_but_not_the_check_digits() -> None:
    """Skatteetaten's 011299 551 31, «av personvernmessige årsaker fiktivt»."""
    with pytest.raises(Refused) as refused:
        parse("01129955131")
    assert refused.value.code == "number_check_digits"
    right = _closed("011299551")
    assert right is not None
    assert parse(right).birth_date == date(1899, 12, 1)


def test_a_felles_hjelpenummer_tells_neither_day_nor_sex() -> None:
    number = parse("88888888831")
    assert number.kind == "hjelpenummer"
    assert (number.birth_date, number.birth_dates, number.sex, number.synthetic) == (None, (), None, None)


def test_month_and_40_is_told_to_be_ambiguous_but_not_in_a_d_number() -> None:
    assert parse("13527248013").ambiguous
    assert parse("13527248013").kinds == (H, FNR)
    assert not parse("68467038838").ambiguous


def test_a_number_from_2032_tells_neither_century_nor_sex() -> None:
    number = parse("30108299939")
    assert number.birth_dates == (date(1982, 10, 30), date(2082, 10, 30))
    assert number.sex is None
    assert number.born_by(date(2032, 5, 1)) == date(1982, 10, 30)
    assert number.born_by(date(2082, 12, 1)) is None


def test_sex_is_in_the_ninth_digit() -> None:
    assert parse("30108299920").sex is Sex.MALE
    assert parse("13097248022").sex is Sex.FEMALE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (13097248022, "number_not_text"),
        (None, "number_not_text"),
        ("", "number_length"),
        ("1309724802", "number_length"),
        ("130972480222", "number_length"),
        ("130972 4802", "number_length"),
        ("1309724802A", "number_not_digits"),
        ("130972-48022", "number_not_digits"),
        ("13097248022\n", "number_not_digits"),
        (" 13097248022", "number_not_digits"),
        ("130972  48022", "number_not_digits"),
        ("13 09 72 48022", "number_not_digits"),
        ("130972\u00a048022", "number_not_digits"),
        ("１３０９７２４８０２２", "number_not_digits"),
        ("١٣٠٩٧٢٤٨٠٢٢", "number_not_digits"),
        ("1309724802²", "number_not_digits"),
        ("00000000000", "number_date"),
        ("32127248022", "number_date"),
        ("13137248022", "number_date"),
        ("13207248022", "number_date"),
        ("13537248022", "number_date"),
        ("13657248022", "number_date"),
        ("13787248022", "number_date"),
        ("13937248022", "number_date"),
        ("29020112345", "number_date"),
        ("31040112345", "number_date"),
        ("72010112345", "number_date"),
        ("13097248032", "number_check_digits"),
        ("13097248023", "number_check_digits"),
        ("02013299987", "number_check_digits"),
        ("02013299996", "number_check_digits"),
        ("88888888832", "number_check_digits"),
        ("98019800546", "number_check_digits"),
    ],
)
def test_what_is_not_a_number_is_refused_without_repeating_it(text: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text)  # type: ignore[arg-type]
    assert refused.value.code == code
    if isinstance(text, str) and len(text) > 9:
        assert text.strip() not in refused.value.sentence


def test_a_space_after_the_sixth_digit_is_as_people_write_it() -> None:
    number = parse("130972 48022")
    assert number == parse("13097248022")
    assert number.formatted == "130972 48022"


def test_neither_the_number_nor_the_day_is_in_what_a_log_would_print() -> None:
    shown = f"{parse('13097248022')} {parse('13097248022')!r}"
    assert "13097248022" not in shown
    assert "1972" not in shown


@pytest.mark.parametrize("text", ["10915596784", "13527248013", "13717404089", "68467038838"])
def test_invented_persons_are_refused_in_production_only(text: str) -> None:
    check_use(parse(text), production=False)
    with pytest.raises(Refused) as refused:
        check_use(parse(text), production=True)
    assert refused.value.code == "number_synthetic"


@pytest.mark.parametrize("text", ["13097248022", "53097248016", "88888888831", "30108299939"])
def test_possible_real_persons_are_refused_in_test_data_only(text: str) -> None:
    check_use(parse(text), production=True)
    with pytest.raises(Refused) as refused:
        check_use(parse(text), production=False)
    assert refused.value.code == "number_real"


def test_an_individual_number_no_series_has_leaves_the_century_open() -> None:
    """750–899 is not given to who is born in 40–99 before 2032; from then on it may be."""
    number = next(one for one in map(_closed, (f"010150{i}" for i in range(750, 900))) if one)
    assert parse(number).birth_date is None
    assert parse(number).birth_dates == (date(1950, 1, 1), date(2050, 1, 1))


def test_the_29th_of_february_1900_did_not_exist() -> None:
    number = next(one for one in map(_closed, (f"290200{i:03d}" for i in range(499))) if one)
    assert parse(number).birth_dates == (date(2000, 2, 29),)
    assert parse(number).birth_date is None


def _closed(nine: str) -> str | None:
    """The slow obvious way: try every pair of check digits, and keep the one that is right today."""
    for pair in range(100):
        eleven = f"{nine}{pair:02d}"
        try:
            number = parse(eleven)
        except Refused:
            continue
        if number.check_rule is TODAY:
            return eleven
    return None


def _is_right(digits: str, allowed: set[int]) -> bool:
    """Skatteetaten's formula word for word: k1 = {11 …} − (sum mod 11), 11 is 0, and 10 is thrown away."""
    d = [int(one) for one in digits]
    k1 = sum(a * b for a, b in zip(d, [3, 7, 6, 1, 8, 9, 4, 5, 2], strict=False)) % 11
    k2 = sum(a * b for a, b in zip(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], strict=False)) % 11
    return d[9] in {(11 + rest - k1) % 11 for rest in allowed} and d[10] == (11 - k2) % 11


DAYS = st.dates(date(1854, 1, 1), date(2039, 12, 31))


@given(DAYS, st.integers(0, 999), st.integers(0, 99), st.sampled_from([0, 40, 65, 80]), st.booleans())
def test_check_digits_are_right_exactly_when_the_formula_says_so(
    day: date, individual: int, pair: int, added: int, dnr: bool
) -> None:
    start = f"{day.day + 40 * dnr:02d}{day.month + added:02d}{day.year % 100:02d}"
    text = f"{start}{individual:03d}{pair:02d}"
    try:
        rule = parse(text).check_rule
    except Refused as refused:
        assert refused.code == "number_check_digits"
        assert not _is_right(text, {0, 1, 2, 3})
    else:
        assert _is_right(text, {0, 1, 2, 3})
        assert (rule is TODAY) == _is_right(text, {0})


@given(DAYS, st.sampled_from(list(Sex)), st.sampled_from(list(SyntheticSeries)), st.booleans())
def test_a_made_number_tells_what_it_was_made_of(
    day: date, sex: Sex, series: SyntheticSeries, dnr: bool
) -> None:
    number = next(synthetic_numbers(day, sex=sex, series=series, dnr=dnr))
    assert (number.birth_date, number.sex, number.synthetic) == (day, sex, series)
    assert (number.kind is DNR) == dnr
    check_use(number, production=False)


@given(st.text(max_size=14))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        parse(text)
    except Refused as refused:
        assert refused.code.startswith("number_")


@given(st.integers(0, 3000), st.integers(0, 10), st.integers(0, 9))
def test_one_wrong_digit_is_never_the_same_number(days: int, place: int, digit: int) -> None:
    """By today's check digits; from 2032 the first one catches less."""
    number = next(synthetic_numbers(date(1980, 1, 1) + timedelta(days)))
    wrong = number.digits[:place] + str(digit) + number.digits[place + 1 :]
    try:
        read = parse(wrong)
    except Refused:
        return
    assert wrong == number.digits or read.check_rule is FROM_2032
