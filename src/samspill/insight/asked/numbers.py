"""Numbers of a question: their limits and defaults, and how they are read from an address."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samspill.insight.wording import decimal
from samspill.refusal import Refused


@dataclass(frozen=True)
class Limits:
    """A number from `least` to `most`; `default` when nothing is said."""

    default: float
    least: float
    most: float
    whole: bool = False


def numbers_in(asked: Mapping[str, object], limits: Mapping[str, Limits]) -> dict[str, object]:
    """Every number of `limits`, filled in. Refuses what is none, or outside (`question.number`)."""
    return {key: _checked(key, asked.get(key, one.default), one) for key, one in limits.items()}


def typed(query: Mapping[str, str], field: str) -> float | str | None:
    """What was typed, with a decimal comma or point; the text itself when it is no number."""
    text = "".join(query.get(field, "").split()).replace(",", ".").replace("−", "-").replace("%", "")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        return query[field]


def _checked(key: str, value: object, one: Limits) -> float | int:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not (math.isfinite(number) and one.least <= number <= one.most) or (
        one.whole and not float(number).is_integer()
    ):
        raise Refused(
            "question.number",
            _("«%(value)s» cannot be used here. Write a number from %(least)s to %(most)s.")
            % {"value": value, "least": said(one.least), "most": said(one.most)},
            field=key,
        )
    return int(number) if one.whole else float(number)


def said(value: float) -> str:
    """A number with no more decimals than it has, two at most."""
    places = 0 if float(value).is_integer() else 1 if round(value, 1) == value else 2
    return decimal(value, places)
