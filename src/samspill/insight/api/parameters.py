"""What may be asked: each parameter with its schema, its meaning and how it is read. One table for all.

What is nonsense is refused as `api.parameter` (400), what is well written but not there as `api.not_there`
(404); both say which parameter it is and how to mend it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.indicators import groups
from samspill.insight.api.schemas import LANGUAGES, Schema
from samspill.insight.states import Level, Period
from samspill.refusal import Refused

FORMATS = ("json", "csv", "json-stat")
LONGEST = 8000  # letters; every area of the country fits
MOST_SHOWN = 30  # letters of what was sent that are said back
LARGEST = 2**31 - 1
MOST_ROWS, USUAL_ROWS = 50_000, 10_000
MOST_THINGS = 500
LONGEST_CURSOR = 100
NO_CURSOR = gettext_lazy("Take it from «links.next» of the page before, as it stands.")
PERIOD = re.compile(r"(\d{4}|\d{6})(?:-(\d{4}|\d{6}))?", re.ASCII)

Span = tuple[int, int]


@dataclass(frozen=True)
class Parameter:
    """`read` makes of the text what it means, or refuses; `lacking` is what it means to leave it out."""

    name: str
    schema: Schema
    means: str | Promise
    read: Callable[[str, str], Any]
    lacking: Any = None
    example: str = ""


def nonsense(name: str, sentence: str | Promise) -> Refused:
    return Refused("api.parameter", f"{name}: {sentence}", field=name)


def not_there(name: str, sentence: str | Promise) -> Refused:
    return Refused("api.not_there", f"{name}: {sentence}", field=name)


def said_back(sent: str) -> str:
    """The beginning of what was sent, without what cannot be printed."""
    shown = "".join(one if one.isprintable() else "·" for one in sent[: MOST_SHOWN + 1])
    return f"{shown[:MOST_SHOWN]}…" if len(shown) > MOST_SHOWN else shown


def read_all(sent: QueryDict, known: Sequence[Parameter]) -> dict[str, Any]:
    """Every parameter by name. Refuses one that is unknown or comes twice, and a value that is none."""
    by_name = {one.name: one for one in known}
    for name in sent:
        if name not in by_name:
            raise nonsense(
                said_back(name),
                _("There is no such parameter here. These are: %(names)s.") % {"names": ", ".join(by_name)},
            )
    return {one.name: _read(sent, one) for one in known}


def _read(sent: QueryDict, one: Parameter) -> Any:
    values = sent.getlist(one.name)
    if one.schema.get("type") == "array":
        values = [",".join(values)] if values else []
    if len(values) > 1:
        raise nonsense(one.name, _("It is there twice. Say it once."))
    if not values or not values[0]:
        return one.lacking
    if len(values[0]) > LONGEST:
        raise nonsense(one.name, _("That is too long. Write at most %(most)s letters.") % {"most": LONGEST})
    return one.read(one.name, values[0])


def word_of(*words: str) -> Callable[[str, str], str]:
    def read(name: str, sent: str) -> str:
        if sent not in words:
            raise nonsense(
                name,
                _("«%(sent)s» is none of them. Write one of: %(words)s.")
                % {"sent": said_back(sent), "words": ", ".join(words)},
            )
        return sent

    return read


def words_of(*words: str) -> Callable[[str, str], tuple[str, ...]]:
    one = word_of(*words)
    return lambda name, sent: tuple(one(name, each) for each in parts(sent))


def number_to(most: int) -> Callable[[str, str], int]:
    def read(name: str, sent: str) -> int:
        if not (sent.isascii() and sent.isdecimal() and len(sent) < 12 and 1 <= int(sent) <= most):
            raise nonsense(name, _("Write a whole number from 1 to %(most)s.") % {"most": most})
        return int(sent)

    return read


def flag(name: str, sent: str) -> bool:
    return word_of("true", "false")(name, sent) == "true"


def parts(sent: str) -> list[str]:
    """What stands between commas, each once, in order."""
    return list(dict.fromkeys(one.strip() for one in sent.split(",") if one.strip()))


def areas(name: str, sent: str) -> tuple[str, ...]:
    return tuple(parts(sent))


def spans(name: str, sent: str) -> tuple[Span, ...]:
    """«2016-2020,2024» as pairs of first and last."""
    found = []
    for one in parts(sent):
        match = PERIOD.fullmatch(one)
        first, last = match.groups() if match else ("", "")
        if not match or (last and (len(first) != len(last) or last < first)):
            raise nonsense(
                name,
                _("«%(sent)s» is no period. Write years like 2020 or 2016-2024, months like 202401.")
                % {"sent": said_back(one)},
            )
        found.append((int(first), int(last or first)))
    return tuple(found)


def cursor(name: str, sent: str) -> str:
    if len(sent) > LONGEST_CURSOR or not sent.isprintable():
        raise nonsense(name, NO_CURSOR)
    return sent


def place(sent: str) -> tuple[int, int]:
    """The run and the number of rows that a cursor of figures tells of."""
    match = re.fullmatch(r"(\d{1,9}):(\d{1,9})", sent, re.ASCII)
    if not match:
        raise nonsense("cursor", NO_CURSOR)
    return int(match[1]), int(match[2])


LANG = Parameter(
    "lang",
    {"type": "string", "enum": list(LANGUAGES), "default": "nb"},
    gettext_lazy("The language of names and sentences"),
    word_of(*LANGUAGES),
    "nb",
)
CURSOR = Parameter(
    "cursor",
    {"type": "string"},
    gettext_lazy("Where to go on: from links.next of the page before"),
    cursor,
    "",
)
LIMIT = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST_THINGS, "default": MOST_THINGS},
    gettext_lazy("How many at most"),
    number_to(MOST_THINGS),
    MOST_THINGS,
)
LEVEL = Parameter(
    "level",
    {"type": "array", "items": {"type": "string", "enum": [str(one) for one in Level]}},
    gettext_lazy("Only areas of these levels, with commas"),
    words_of(*(str(one) for one in Level)),
    (),
    "municipality",
)


def _of_words(name: str, words: Sequence[str], means: str | Promise) -> Parameter:
    return Parameter(name, {"type": "string", "enum": list(words)}, means, word_of(*words))


OF_INDICATORS: tuple[Parameter, ...] = (
    _of_words("group", tuple(groups()["groups"]), gettext_lazy("Only those of a group of patients")),
    _of_words("theme", tuple(groups()["themes"]), gettext_lazy("Only those of a theme")),
    Parameter(
        "figures",
        {"type": "boolean"},
        gettext_lazy("true: only those that have figures. false: only those without"),
        flag,
    ),
    LIMIT,
    CURSOR,
    LANG,
)
OF_AREAS: tuple[Parameter, ...] = (LEVEL, LIMIT, CURSOR, LANG)
OF_RUNS: tuple[Parameter, ...] = (LIMIT, CURSOR, LANG)
OF_ONE: tuple[Parameter, ...] = (LANG,)
OF_FIGURES: tuple[Parameter, ...] = (
    Parameter(
        "areas",
        {"type": "array", "items": {"type": "string"}},
        gettext_lazy("Only these areas: codes with commas. All when it is left out"),
        areas,
        (),
        "3101,3103,HF01",
    ),
    Parameter(
        "periods",
        {"type": "array", "items": {"type": "string"}},
        gettext_lazy("Only these periods: 2024, or 2016-2020,2024. All when it is left out"),
        spans,
        (),
        "2020-2024",
    ),
    LEVEL,
    Parameter(
        "per",
        {"type": "string", "enum": [str(one) for one in Period], "default": str(Period.YEAR)},
        gettext_lazy("Figures by year or by month"),
        word_of(*(str(one) for one in Period)),
        str(Period.YEAR),
    ),
    Parameter(
        "run",
        {"type": "integer", "minimum": 1, "maximum": LARGEST},
        gettext_lazy(
            "As a certain run had it: the same answer for ever. The newest that stands when it is left out"
        ),
        number_to(LARGEST),
    ),
    Parameter(
        "format",
        {"type": "string", "enum": list(FORMATS), "default": "json"},
        gettext_lazy("json (in pages), csv (semicolons and decimal commas) or json-stat (2.0), both whole"),
        word_of(*FORMATS),
        "json",
    ),
    Parameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_ROWS},
        gettext_lazy("How many figures at most on a page of json"),
        number_to(MOST_ROWS),
        USUAL_ROWS,
    ),
    CURSOR,
    LANG,
)
NO_FIGURES = gettext_lazy("There are no figures of this indicator here yet.")
