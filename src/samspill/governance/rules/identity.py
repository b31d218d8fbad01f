"""No patient in a shared text: a number that identifies a person is found and refused. Plain text in.

Fødselsnummer and what has its form: D-numbers (day + 40), H-numbers (month + 40), and the synthetic series
of Norsk helsenett (month + 65) and Skatteetaten (month + 80). Both control digits are checked (modulo 11), so
that an amount or a telephone number is not taken for one.
"""

import re

from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
D_NUMBER = 40
MONTHS_ADDED = (0, 40, 65, 80)
LAST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_GAP = r"[ \u00a0\u2009\u202f.\-]?"
_SHAPE = re.compile(
    rf"(?<![0-9])[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}}(?![0-9])"
)


def identity_numbers(text: str) -> list[str]:
    """Every valid number in the text, as its 11 digits."""
    found = (re.sub(r"[^0-9]", "", one) for one in _SHAPE.findall(text))
    return [digits for digits in found if is_identity_number(digits)]


def is_identity_number(digits: str) -> bool:
    """Whether 11 ASCII digits have the date and the control digits of somebody's number."""
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        return False
    numbers = [int(one) for one in digits]
    return _is_date(int(digits[:2]), int(digits[2:4])) and _is_controlled(numbers)


def _is_date(day: int, month: int) -> bool:
    day = day - D_NUMBER if day > D_NUMBER else day
    months = (month - added for added in MONTHS_ADDED)
    return any(1 <= one <= 12 and 1 <= day <= LAST_DAY[one - 1] for one in months)


def _is_controlled(numbers: list[int]) -> bool:
    first = -sum(weight * one for weight, one in zip(FIRST_WEIGHTS, numbers, strict=False)) % 11
    second = -sum(weight * one for weight, one in zip(SECOND_WEIGHTS, numbers, strict=False)) % 11
    return (numbers[9], numbers[10]) == (first, second)


def check_no_identity(text: str, *, field: str = "") -> None:
    """Refuses a shared text that holds somebody's number."""
    if identity_numbers(text):
        raise Refused(
            "text.identity",
            _(
                "The text holds a fødselsnummer. Everybody in the helsefellesskap can read it, so take the "
                "number out. Your text is kept on the page."
            ),
            field=field,
        )
