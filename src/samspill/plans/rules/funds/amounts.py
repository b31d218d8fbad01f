"""Whole kroner as Norwegians write them."""

import re

from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused

NBSP = "\xa0"
# More than the state gives all the helsefellesskap together; beyond it a finger has stayed on a key.
MOST = 10_000_000_000
_SPACES = re.compile(r"[\s\xa0\u2007\u2009\u202f]+")
_WRAPPED = re.compile(
    r"^(?:kr\.?|nok)?(?P<number>[0-9.]+?)(?:,-|,00|\.-)?(?:kr\.?|nok|kroner)?$", re.IGNORECASE
)
_GROUPS = re.compile(r"^[0-9]{1,3}(?:\.[0-9]{3})+$|^[0-9]+$")


def read_amount(typed: str, *, field: str = "") -> int:
    """Whole kroner of «1 250 000», «1.250.000», «kr 1 250 000,-»; empty is 0.

    Refuses decimals, «1,25 mill.», what is no number, and more than MOST.
    """
    text = _SPACES.sub("", typed)
    if not text:
        return 0
    found = _WRAPPED.match(text)
    number = found["number"] if found else ""
    if not _GROUPS.match(number):
        raise Refused(
            "funds.amount",
            _("«%(typed)s» is not an amount we can count with. Write whole kroner, for example 1 250 000.")
            % {"typed": typed.strip()[:40]},
            field=field,
        )
    amount = int(number.replace(".", "")[:20])
    if amount > MOST:
        raise Refused(
            "funds.amount_large",
            _("«%(typed)s» is more than ten thousand million kroner. Look over the zeros.")
            % {"typed": typed.strip()[:40]},
            field=field,
        )
    return amount


def figures(amount: int) -> str:
    """«1 250 000», with spaces that do not break."""
    return f"{amount:,}".replace(",", NBSP)


def kroner(amount: int) -> str:
    """«1 250 000 kr»."""
    return f"{figures(amount)}{NBSP}kr"
