"""Values and limits as they are kept, and as they are reckoned with.

Numbers are kept as text, so that 37.5 is 37.5 in every system it comes to; they are reckoned with exactly.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any


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
