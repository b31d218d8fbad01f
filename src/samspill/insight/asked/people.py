"""The question «people» as it stands in an address.

kommune   a municipality by its number, several times      fra, til   the ages      ar   the last year
"""

from typing import Any
from urllib.parse import urlencode

from samspill.insight.calculating import Plain

AREA, LOW, HIGH, TO = "kommune", "fra", "til", "ar"


def address_of(asked: Plain, now: int | None) -> str:
    """`now` is the year one counts ahead from; without it the year is left out."""
    question: Any = asked
    pairs = [(AREA, code) for code in question["areas"]]
    pairs += [(LOW, str(question["low"])), (HIGH, str(question["high"]))]
    if now is not None:
        pairs.append((TO, str(now + question["years"])))
    return "?" + urlencode(pairs)
