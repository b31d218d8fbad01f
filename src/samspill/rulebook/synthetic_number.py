"""Numbers of invented persons, for demonstrations and tests: right in every digit, and nobody's."""

from collections.abc import Iterator
from datetime import date

from samspill.refusal import Refused
from samspill.rulebook.national_number import NationalNumber, Sex, SyntheticSeries, parse
from samspill.rulebook.sourced import FOLDER, read_table


def synthetic_numbers(
    born: date, *, sex: Sex | None = None, series: SyntheticSeries = SyntheticSeries.TENOR, dnr: bool = False
) -> Iterator[NationalNumber]:
    """Numbers of a test series for somebody born that day, the highest individual number first.

    By today's check digits, about 400 for each day, half of them of each sex. Which one is taken is the
    caller's: nothing is drawn here. Refuses a birth year that no number is given for (`birth_year`).
    """
    tables = read_table(FOLDER / "persons" / "numbers.yaml")
    rows = tables.part("individual_numbers").rows("series")
    fits = [row for row in rows if row.whole("born_from") <= born.year <= row.whole("born_to")]
    if not fits:
        raise Refused("birth_year", f"No numbers are given to persons born in {born.year}.", field="born")
    added = tables.part("months_added").part(str(series)).whole("added")
    start = f"{born.day + 40 * dnr:02d}{born.month + added:02d}{born.year % 100:02d}"
    check = tables.part("check_digits")
    weights = check.wholes("first_weights"), check.wholes("second_weights")
    for row in fits:
        for individual in range(row.whole("highest"), row.whole("lowest") - 1, -1):
            if sex is not None and (individual % 2 == 1) != (sex is Sex.MALE):
                continue
            digits = f"{start}{individual:03d}"
            for one in weights:
                digits += str(_closing(digits, one))
            if len(digits) == 11:
                yield parse(digits)


def _closing(digits: str, weights: tuple[int, ...]) -> int:
    """The digit that makes the weighted sum a multiple of 11; 10 where there is none."""
    return -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
