"""Kinds of calculations: how a question is made whole, and how it is answered from figures.

A kind is added by registering it; the pages, the storing, the addresses and the recomputing are the same for
all. Not here: storing (`actions.calculations`) and where figures are kept (`queries.figures`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise

from samspill.directory.public import Registry
from samspill.insight.queries.figures import Figures
from samspill.insight.telling import Asked, Told

Plain = Mapping[str, object]
"""JSON: what a question and an answer are made of."""


@dataclass(frozen=True)
class CalculationKind:
    """One kind of question.

    whole    the question with every default filled in; raises Refused for one that cannot be asked
    answer   figures, codes of the community's municipalities, whole question -> the answer
    tell     the answer in words and figures
    version  of the method; an answer made by another version says so and can be made anew
    draws    figures, municipalities, whole question -> by key of a main answer, its value in each drawn
             future; with it a difference between two answers is taken draw by draw. None: side by side only
    through  as `answer`, with what is done put in a folder: for what takes more than a page can wait.
             The parts are .npz files; work that was stopped goes on from them. None: answered at once only
    page     community's slug, whole question -> where one may try on from there; None: there is no such page
    same     parts of a question that decide the draws: the first of those that are compared decides for all
    """

    key: str
    label: str | Promise
    version: str
    whole: Callable[[Plain], Plain]
    answer: Callable[[Figures, tuple[str, ...], Plain], Plain]
    tell: Callable[[Asked], Told]
    draws: Callable[[Figures, tuple[str, ...], Plain], Mapping[str, Sequence[float]]] | None = None
    page: Callable[[str, Plain], str] | None = None
    through: Callable[[Figures, tuple[str, ...], Plain, Path], Plain] | None = None
    same: Sequence[str] = ("seed", "draws")


CALCULATIONS: Registry[CalculationKind] = Registry()
