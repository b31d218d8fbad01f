"""Numbers of invented persons, for demonstrations and tests: right in every digit, and nobody's."""

from collections.abc import Iterator
from datetime import date

from samspill.refusal import Refused
from samspill.rulebook.national_number import NationalNumber, Sex, SyntheticSeries, number_tables, parse


def synthetic_numbers(
    born: date, *, sex: Sex | None = None, series: SyntheticSeries = SyntheticSeries.TENOR, dnr: bool = False
) -> Iterator[NationalNumber]:
    """Numbers of a test series for somebody born that day, the highest individual number first.

    By today's check digits, about 400 for each day, half of them of each sex. Which one is taken is the
    caller's: nothing is drawn here. Refuses a birth year that no number is given for (`birth_year`).
    """
    tables = number_tables()
    fits = [one for one in tables.series if one.born_from <= born.year <= one.born_to]
    if not fits:
        raise Refused("birth_year", f"No numbers are given to persons born in {born.year}.", field="born")
    month = born.month + tables.added[series]
    start = f"{born.day + 40 * dnr:02d}{month:02d}{born.year % 100:02d}"
    for one in fits:
        for individual in range(one.highest, one.lowest - 1, -1):
            if sex is not None and (individual % 2 == 1) != (sex is Sex.MALE):
                continue
            first = f"{start}{individual:03d}"
            tenth = f"{first}{_closing(first, tables.first_weights)}"
            digits = f"{tenth}{_closing(tenth, tables.second_weights)}"
            if len(digits) == 11 and len(tenth) == 10:
                yield parse(digits)


def _closing(digits: str, weights: tuple[int, ...]) -> int:
    """The digit that makes the weighted sum a multiple of 11; 10 where there is none."""
    return -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
