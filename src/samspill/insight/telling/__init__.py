"""An answer told: the message, figures with their words, the question, how it was made.

What a kind of calculation says is the same on its page, in a brief and in a download; all of them are made
from `Told`. Texts are in the language that is active when it is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samspill.directory.public import Community, Figure

Pair = tuple[str, str]


@dataclass(frozen=True)
class Asked:
    """A question with its answer, stored or not, as a kind tells it.

    asked, found  plain values, as the kind's `whole` and `answer` gave them
    names         of municipalities, by code
    source        the line under a figure: data set, and when it was calculated
    """

    community: Community
    asked: Mapping[str, object]
    found: Mapping[str, object]
    names: Mapping[str, str]
    source: str


@dataclass(frozen=True)
class Passage:
    """A figure with its words.

    heading  what it shows, as a message
    told     sentences beside it
    words    (class of the mark, words) of its bands or colours, narrowest band first
    beside   it is one of several alike, which stand beside each other where there is room
    """

    figure: Figure
    heading: str
    told: Sequence[str]
    words: Sequence[Pair] = ()
    beside: bool = False


@dataclass(frozen=True)
class Table:
    """Rows that are read as they are, and stand before the figures. The first cell names its row."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | int | float | None]]
    numeric: bool = True


@dataclass(frozen=True)
class Answer:
    """A main answer as a number, so that it can be set beside the same answer to another question.

    key        names it among the answers of its kind, and its draws (`CalculationKind.draws`)
    label      what it counts, with its year: «Inhabitants in 2040»
    low, high  what holds the true value eight times of ten; None when the kind cannot say
    decimals   how finely it is written
    """

    key: str
    label: str
    value: float
    low: float | None = None
    high: float | None = None
    decimals: int = 0


@dataclass(frozen=True)
class Told:
    """An answer in words and figures. `question` and `method` are (term, text).

    `answers` are the one to four numbers that matter most; without them two answers of the kind can only be
    compared in words.
    """

    heading: str
    lede: str
    passages: Sequence[Passage]
    question: Sequence[Pair]
    method: Sequence[Pair]
    warnings: Sequence[str] = field(default=())
    tables: Sequence[Table] = field(default=())
    answers: Sequence[Answer] = field(default=())
