"""Values and limits as they are kept, and as they are reckoned with.

Numbers are kept as text, so that 37.5 is 37.5 in every system it comes to; they are reckoned with exactly.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

LONGEST = 500
_NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,4})?")
MOST_DIGITS = 30  # more are no measurement


def to_numbers(plain: Any) -> Any:
    """What was kept, with every number that was written as text as a number: alone, or among parts by name.

    Other text stays text: an answer, or something the rule will say no to.
    """
    if isinstance(plain, Mapping):
        return {name: to_numbers(one) for name, one in plain.items()}
    if isinstance(plain, str):
        try:
            return Decimal(plain)
        except InvalidOperation:
            return plain
    return plain


def number(said: str) -> Decimal:
    """A number as people write it: a comma or a point, and spaces. Raises ValueError for what is none."""
    plain = "".join(said.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(said)
    return Decimal(plain)


def to_text(value: Decimal) -> str:
    """A number as it is kept: 72.50 and 72.5 are the same value, and so the same text."""
    return format(value.normalize(), "f")


def to_json(sent: object) -> Any:
    """What somebody sent, as JSON can hold it, whatever it was."""
    match sent:
        case None | bool() | int():
            return sent
        case str():
            return sent.replace("\x00", "")[:LONGEST]
        case Mapping():
            return {str(name)[:LONGEST]: to_json(one) for name, one in sent.items()}
        case list() | tuple():
            return [to_json(one) for one in sent]
    return str(sent).replace("\x00", "")[:LONGEST]


def without_zeros(plain: Any) -> Any:
    """Numbers that are kept as text in their shortest form, so that two systems' 70 and 70.0 are one."""
    if isinstance(plain, Mapping):
        return {name: without_zeros(one) for name, one in plain.items()}
    found = to_numbers(plain)
    if isinstance(found, Decimal) and found.is_finite() and abs(found.adjusted()) < MOST_DIGITS:
        return to_text(found)
    return plain
