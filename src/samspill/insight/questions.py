"""The numbers of a question: what each is called, how far it goes, and how what was typed is read.

A number is the same thing as a slider on a page, as a field of a stored question, and in a refusal.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.insight.wording import decimal
from samspill.refusal import Refused

Text = str | Promise


@dataclass(frozen=True)
class Number:
    """A number from `least` to `most`, in steps of `step` on the slider; whole when the step is.

    default   None: it may be left out
    low, high what the ends mean, in words
    reach     how far the slider goes, where that is shorter than what may be typed
    """

    name: str
    label: Text
    default: float | None
    least: float
    most: float
    step: float = 1
    unit: Text = ""
    help: Text = ""
    low: Text = ""
    high: Text = ""
    reach: tuple[float, float] | None = None

    @property
    def is_yes_or_no(self) -> bool:
        return self.is_whole and (self.least, self.most) == (0, 1)

    @property
    def is_whole(self) -> bool:
        return float(self.step).is_integer()


@dataclass(frozen=True)
class Slider:
    """A number as it stands on the page: `value` as an input field takes it, `error` beside it."""

    number: Number
    value: str
    error: str

    @property
    def ends(self) -> tuple[str, str, str]:
        """Least, most and step of the slider, as attributes."""
        least, most = self.number.reach or (self.number.least, self.number.most)
        return plain(least), plain(most), plain(self.number.step)


def plain(value: object) -> str:
    """A value as an address and a number field have it: «0.5», not «0,5»."""
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def read(data: Mapping[str, str], numbers: Sequence[Number]) -> dict[str, object]:
    """What was typed, by name; decimal commas and spaces are read. What is no number stays text."""
    found: dict[str, object] = {}
    for one in numbers:
        if one.name in data:
            found[one.name] = _read(data[one.name])
    return found


def _read(text: str) -> object:
    bare = "".join(text.split()).replace(",", ".").replace("\u2212", "-")
    if not bare:
        return None
    try:
        return float(bare)
    except ValueError:
        return text


def filled(asked: Mapping[str, object], numbers: Sequence[Number]) -> dict[str, float | int | None]:
    """Every number, defaults for those that lack. Refuses the first that is none (`question.number`)."""
    return {one.name: _checked(one, asked.get(one.name)) for one in numbers}


def _checked(one: Number, value: object) -> float | int | None:
    if value is None:
        return _default(one)
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    within = math.isfinite(number) and one.least <= number <= one.most
    if not within or (one.is_whole and not float(number).is_integer()):
        kind = _("a whole number") if one.is_whole else _("a number")
        raise Refused(
            "question.number",
            _("«%(label)s» must be %(kind)s from %(least)s to %(most)s.")
            % {"label": one.label, "kind": kind, "least": said(one.least), "most": said(one.most)},
            field=one.name,
        )
    return int(number) if one.is_whole else float(number)


def _default(one: Number) -> float | int | None:
    if one.default is None:
        return None
    return int(one.default) if one.is_whole else float(one.default)


def said(value: float) -> str:
    """A number as people write it, with no more decimals than it has."""
    places = 0 if float(value).is_integer() else 1 if round(value, 1) == value else 2
    return decimal(value, places)


def sliders(
    numbers: Sequence[Number], asked: Mapping[str, object], refused: Refused | None = None
) -> list[Slider]:
    """The numbers with what they stand at; the refusal stands at its own."""
    return [
        Slider(
            one,
            plain(asked.get(one.name, one.default)),
            refused.sentence if refused is not None and refused.field == one.name else "",
        )
        for one in numbers
    ]
