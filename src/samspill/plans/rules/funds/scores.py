"""Points to a score, scores to a ranking: the mean with its spread, and ties as ties.

A score is a whole number of ten-thousandths, so that two that are equal are equal. Shown as 0–100.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused


@dataclass(frozen=True)
class Scale:
    """A criterion that is scored: from 0 to `points`, counted `weight` times."""

    id: int
    points: int
    weight: int


@dataclass(frozen=True)
class Placed:
    """An application in the ranking. Equals share `place`, which is None when nobody has scored."""

    id: int
    place: int | None
    is_tied: bool
    mean: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    reviewers: int

    @property
    def spread(self) -> Fraction:
        return (
            self.highest - self.lowest
            if self.highest is not None and self.lowest is not None
            else Fraction(0)
        )


def score(given: Mapping[int, int], scales: Iterable[Scale]) -> Fraction:
    """0 to 100 of points per criterion; every criterion must have its points."""
    scales = list(scales)
    weights = sum(one.weight for one in scales)
    counted = sum((Fraction(given[one.id] * one.weight, one.points) for one in scales), Fraction(0))
    return 100 * counted / weights


def check_sheet(given: Mapping[int, tuple[int | None, str]], scales: Iterable[Scale]) -> None:
    """Refuses points outside the scale, points without a reason and a criterion left out."""
    for one in scales:
        points, words = given.get(one.id, (None, ""))
        if points is None:
            raise Refused(
                "funds.no_points", _("Give points here. 0 is also an answer."), field=f"points-{one.id}"
            )
        if not 0 <= points <= one.points:
            raise Refused(
                "funds.points",
                _("Points go from 0 to %(most)s here.") % {"most": one.points},
                field=f"points-{one.id}",
            )
        if not words.strip():
            raise Refused(
                "funds.no_words",
                _("Say in a sentence why. A score without its reason helps nobody."),
                field=f"words-{one.id}",
            )


def rank(scores: Mapping[int, list[Fraction]]) -> list[Placed]:
    """Applications by the mean of their scores, best first; those nobody has scored come last."""
    means = {one: sum(given, Fraction(0)) / len(given) for one, given in scores.items() if given}
    ordered = sorted(means, key=lambda one: (-means[one], one))
    placed = []
    for one in ordered:
        equal = [other for other in ordered if means[other] == means[one]]
        given = scores[one]
        placed.append(
            Placed(
                one,
                1 + sum(means[other] > means[one] for other in ordered),
                len(equal) > 1,
                means[one],
                min(given),
                max(given),
                len(given),
            )
        )
    silent = [Placed(one, None, False, None, None, None, 0) for one, given in scores.items() if not given]
    return [*placed, *silent]


def shown(value: Fraction | None) -> str:
    """One decimal with a comma: «72,5»; "" for none."""
    if value is None:
        return ""
    tenths = int(value * 10 + Fraction(1, 2))
    return f"{tenths // 10},{tenths % 10}"
