"""A person's number as it is written: what kind, born when, of a test series or not, by which check digits.

The tables are in `norway/persons/numbers.yaml`. Written as eleven digits in a row, or six, a space and five
(`ddmmyy nnnnn`) – nothing else: other signs, other spaces and digits of other scripts are refused, and forms
take spaces away at the ends themselves. Nobody is looked up: a number that is written right may belong to
nobody.

Numbers by today's rule and by the one from 2032 are both accepted at all times; registers and test data will
have both for a lifetime. No sentence and no `repr` shows the number: it does not belong in logs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache

from samspill.refusal import Refused
from samspill.rulebook.sourced import FOLDER, Part, read_table


class NumberKind(StrEnum):
    """`fnr` fødselsnummer, `dnr` D-nummer, `hjelpenummer` felles hjelpenummer, `h_number` a hospital's."""

    FNR = "fnr"
    DNR = "dnr"
    HJELPENUMMER = "hjelpenummer"
    H_NUMBER = "h_number"


class SyntheticSeries(StrEnum):
    """Whose invented persons: Skatteetaten (month + 80), Norsk helsenett (+ 65), Nav (+ 40)."""

    TENOR = "tenor"
    NHN = "nhn"
    NAV = "nav"


class Sex(StrEnum):
    """As FHIR writes it."""

    MALE = "male"
    FEMALE = "female"


class CheckRule(StrEnum):
    """`1964`: check digits as they are today. `2032`: only right by the rule for numbers given from 2032."""

    TODAY = "1964"
    FROM_2032 = "2032"


@dataclass(frozen=True)
class NationalNumber:
    """What the eleven digits tell.

    `birth_date` is None where the number does not tell the century (a number given from 2032) or anything at
    all (felles hjelpenummer); `birth_dates` are then the days it can be, or none. `sex` is None where the
    number does not tell it, or tells it no longer. `synthetic` is the test series, None for a number that can
    be a real person's. `ambiguous` is true for month + 40 alone: Nav's test persons and hospitals' own
    H-numbers are written alike, so `kind` is `h_number` and `synthetic` is `nav`, and either may be wrong.
    """

    digits: str = field(repr=False)
    kind: NumberKind
    birth_date: date | None = field(repr=False)
    birth_dates: tuple[date, ...] = field(repr=False)
    sex: Sex | None
    synthetic: SyntheticSeries | None
    check_rule: CheckRule
    ambiguous: bool = False

    @property
    def formatted(self) -> str:
        """As people write it: `ddmmyy nnnnn`."""
        return f"{self.digits[:6]} {self.digits[6:]}"

    def born_by(self, day: date) -> date | None:
        """The birth date when only one of `birth_dates` is not after `day`: who has a number is born."""
        past = [one for one in self.birth_dates if one <= day]
        return past[0] if len(past) == 1 else None

    @property
    def kinds(self) -> tuple[NumberKind, ...]:
        """Every kind it can be, the one in `kind` first."""
        return (self.kind, NumberKind.FNR) if self.ambiguous else (self.kind,)


_WRITTEN = re.compile(r"[0-9]{6} ?[0-9]{5}", re.ASCII)


def parse(text: str) -> NationalNumber:
    """The number in `text`.

    Refuses what is not text (`number_not_text`), has other signs than 0–9 (`number_not_digits`), more or
    fewer than eleven (`number_length`), a day that is not in the calendar (`number_date`) and check digits
    that do not fit (`number_check_digits`).
    """
    _check_written(text)
    digits = text.replace(" ", "")
    if int(digits[0]) in number_tables().hjelpenummer:
        return _hjelpenummer(digits)
    is_dnr = int(digits[0]) in number_tables().dnr
    day = int(digits[:2]) - 40 * is_dnr
    month, series = _month(int(digits[2:4]))
    born = _possible_days(day, month, int(digits[4:6]))
    if not born:
        raise Refused(
            "number_date",
            "The first six digits must be a day that exists (ddmmyy). Compare with the document.",
            field="number",
        )
    rule = _check_rule(digits, tuple(CheckRule))
    told = _told(born, int(digits[6:9])) if rule is CheckRule.TODAY else None
    # Nobody born before 1900 is given a number from 2032.
    can_be = (told,) if told else tuple(one for one in born if one.year >= 1900)
    ambiguous = series is SyntheticSeries.NAV and not is_dnr
    return NationalNumber(
        digits,
        NumberKind.DNR if is_dnr else NumberKind.H_NUMBER if ambiguous else NumberKind.FNR,
        told,
        can_be,
        _sex(digits) if told else None,
        series,
        rule,
        ambiguous,
    )


def _hjelpenummer(digits: str) -> NationalNumber:
    """Drawn at random: no day, no sex, no test series. The rule from 2032 is not for it."""
    rule = _check_rule(digits, (CheckRule.TODAY,))
    return NationalNumber(digits, NumberKind.HJELPENUMMER, None, (), None, None, rule)


def check_use(number: NationalNumber, production: bool) -> None:
    """Refuses invented persons in production (`number_synthetic`) and possible real ones elsewhere
    (`number_real`). A felles hjelpenummer has no test series, so it is never test data."""
    if production and number.synthetic:
        either = ", or is an H-number that means nothing outside the hospital that gave it"
        raise Refused(
            "number_synthetic",
            f"The number is of a test series ({number.synthetic}){either if number.ambiguous else ''}; "
            "write the person's own number.",
            field="number",
        )
    if not production and not number.synthetic:
        raise Refused(
            "number_real",
            "The number can be a real person's, and this is not production; use a number of a test series "
            "(month + 80, + 65 or + 40).",
            field="number",
        )


def _check_written(text: object) -> None:
    if not isinstance(text, str):
        raise Refused(
            "number_not_text", "Give the number as text; as a number it loses zeros.", field="number"
        )
    if _WRITTEN.fullmatch(text):
        return
    if not re.fullmatch(r"[0-9 ]*", text, re.ASCII) or len(text.replace(" ", "")) == 11:
        raise Refused(
            "number_not_digits",
            "The number must be eleven digits 0–9 in a row, or six, a space and five, and no other signs.",
            field="number",
        )
    found = len(text.replace(" ", ""))
    hint = {
        10: " Did a spreadsheet take away the first 0?",
        12: " A DUF number has twelve, and is another number.",
    }
    raise Refused(
        "number_length",
        f"The number must have eleven digits; this has {found}.{hint.get(found, '')}",
        field="number",
    )


def _month(written: int) -> tuple[int, SyntheticSeries | None]:
    for series, added in number_tables().added.items():
        if 1 <= written - added <= 12:
            return written - added, series
    return written, None


def _possible_days(day: int, month: int, year: int) -> tuple[date, ...]:
    """The days it can be, the oldest first. A number cannot be older than the oldest series."""
    years = (century + year for century in (1800, 1900, 2000))
    return tuple(_days((one, month, day) for one in years if one >= number_tables().oldest))


def _days(written: Iterable[tuple[int, int, int]]) -> Iterable[date]:
    for year, month, day in written:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _told(born: tuple[date, ...], individual: int) -> date | None:
    """The day by the series of individual numbers; None for a number that no series has, given from 2032."""
    fits = (
        day
        for day in born
        for one in number_tables().series
        if one.born_from <= day.year <= one.born_to and one.lowest <= individual <= one.highest
    )
    return next(iter(fits), None)


def _sex(digits: str) -> Sex:
    return Sex.MALE if int(digits[8]) % 2 else Sex.FEMALE


def check_digits_fit(digits: str) -> bool:
    """Whether eleven digits 0–9 end as one of the rules has them, whatever the others tell."""
    try:
        _check_rule(digits, tuple(CheckRule))
    except Refused:
        return False
    return True


def _check_rule(digits: str, rules: tuple[CheckRule, ...]) -> CheckRule:
    """The oldest of `rules` the check digits are right by."""
    first = _remainder(digits[:10], number_tables().first_weights)
    second = _remainder(digits, number_tables().second_weights)
    for rule in rules:
        allowed_first, allowed_second = number_tables().remainders[rule]
        if first in allowed_first and second in allowed_second:
            return rule
    raise Refused(
        "number_check_digits",
        "The last two digits do not fit the others: a digit is wrong, or two have changed places. "
        "Compare with the document.",
        field="number",
    )


def _remainder(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, (*weights, 1), strict=True)) % 11


@dataclass(frozen=True)
class NumberSeries:
    """Individual numbers, from lowest to highest, of those born in these years."""

    born_from: int
    born_to: int
    lowest: int
    highest: int


@dataclass(frozen=True)
class NumberTables:
    """`norway/persons/numbers.yaml`, read."""

    first_weights: tuple[int, ...]
    second_weights: tuple[int, ...]
    remainders: dict[CheckRule, tuple[tuple[int, ...], tuple[int, ...]]]
    series: tuple[NumberSeries, ...]
    dnr: tuple[int, ...]
    hjelpenummer: tuple[int, ...]
    added: dict[SyntheticSeries, int]

    @property
    def oldest(self) -> int:
        return min(one.born_from for one in self.series)


@cache
def number_tables() -> NumberTables:
    """The tables, read once. Raises `TableFault` for a file that cannot be used."""
    read = read_table(FOLDER / "persons" / "numbers.yaml").only(
        must=("check_digits", "individual_numbers", "first_digit", "months_added")
    )
    check = read.part("check_digits").only(must=("first_weights", "second_weights", "source", "rules"))
    individual = read.part("individual_numbers").only(must=("source", "series"))
    first = read.part("first_digit").only(must=("source", "dnr", "hjelpenummer"))
    for part in (check, individual, first):
        part.text("source")
    return NumberTables(
        check.wholes("first_weights"),
        check.wholes("second_weights"),
        {CheckRule(name): _remainders(part) for name, part in check.parts("rules").items()},
        tuple(_one_series(row) for row in individual.rows("series")),
        first.wholes("dnr"),
        first.wholes("hjelpenummer"),
        {SyntheticSeries(name): _added(part) for name, part in read.parts("months_added").items()},
    )


def _remainders(part: Part) -> tuple[tuple[int, ...], tuple[int, ...]]:
    part.only(must=("first_remainders", "second_remainders", "from")).day("from")
    return part.wholes("first_remainders"), part.wholes("second_remainders")


def _one_series(row: Part) -> NumberSeries:
    row.only(must=("born_from", "born_to", "lowest", "highest"))
    return NumberSeries(*(row.whole(key) for key in ("born_from", "born_to", "lowest", "highest")))


def _added(part: Part) -> int:
    part.only(must=("added", "source")).text("source")
    return part.whole("added")
