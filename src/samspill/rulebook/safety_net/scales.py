"""The limits of a measurement in words, from the lowest: «under 86», «86–87», «88 eller mer»."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from samspill.rulebook.safety_net.plans import written
from samspill.rulebook.triage.colours import colour
from samspill.rulebook.triage.limits import Limits, check_limits, numbers_of
from samspill.rulebook.vital_signs import find

WORDS = {
    "nb": {"below": "under {0}", "above": "over {0}", "least": "{0} eller mer", "most": "{0} eller mindre"},
    "nn": {"below": "under {0}", "above": "over {0}", "least": "{0} eller meir", "most": "{0} eller mindre"},
    "en": {"below": "below {0}", "above": "above {0}", "least": "{0} or more", "most": "{0} or less"},
}


@dataclass(frozen=True, slots=True)
class Part:
    """Values from `low` to `high`, both included; None has no end. All of them have the colour `level`."""

    level: str
    low: Decimal | None
    high: Decimal | None
    text: str


def scale(limits: Limits, code: str, language: str) -> tuple[Part, ...]:
    """The parts of the scale, lowest first, for values with as many decimals as a device shows for `code`.

    Refuses as `check_limits` and `find`.
    """
    check_limits(limits)
    at = numbers_of(limits)
    if not at:  # only how fast it may change is limited
        return ()
    step = min([Decimal(1).scaleb(-find(code).digits), *(_last_digit(limit) for limit in at.values())])
    # a value on a limit is inside: a part begins at a low limit, and one step above a high one
    begins = {limit + step * name.endswith("high"): limit for name, limit in at.items()}
    starts = [None, *sorted(begins), None]
    parts = []
    for low, after in pairwise(starts):
        high = None if after is None else after - step
        text = _text(low, high, begins, language)
        parts.append(Part(colour(limits, high if low is None else low), low, high, text))
    return tuple(parts)


def _text(low: Decimal | None, high: Decimal | None, begins: dict[Decimal, Decimal], language: str) -> str:
    words = WORDS[language]
    if low is None:
        limit = min(begins.values())
        return words["most" if limit == high else "below"].format(written(limit, language))
    if high is None:
        limit = begins[low]
        return words["least" if limit == low else "above"].format(written(limit, language))
    ends = [written(end, language) for end in (low, high)]
    return ends[0] if low == high else "–".join(ends)


def _last_digit(number: Decimal) -> Decimal:
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0))
