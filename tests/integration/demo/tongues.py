"""Which of the two målformer a text is in, by the catalogues; and the texts of a page as a reader meets them.

A text betrays itself when it is a whole text of a catalogue, or holds three words or more in a row of one,
that the målform of the page does not have. What people wrote themselves carries its language and is not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser

import yaml

from samspill.web.messages import PACKAGE, catalogue

Words = tuple[str, ...]
OTHER = {"nb": "nn", "nn": "nb"}
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;")
WORD = re.compile(r"[^\W\d_]+")
SAID = ("aria-label", "alt", "placeholder", "title")
"""Attributes that are read aloud or shown."""
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "use", "wbr"})
SILENT = frozenset({"script", "style", "code"})
"""Not read, or words of a machine."""


def words_of(text: str) -> Words:
    return tuple(WORD.findall(text.casefold()))


@dataclass(frozen=True)
class Tongue:
    """Everything the catalogues say in one language: `whole` texts, and `runs` of three words and more."""

    whole: frozenset[Words]
    runs: frozenset[Words]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Tongue":
        parts = [[words_of(part) for part in PLACE.split(text)] for text in texts]
        return cls(
            frozenset(only for (*_, only) in (one for one in parts if len(one) == 1) if only),
            frozenset(part for one in parts for part in one if len(part) >= 3),
        )


@cache
def tongues() -> dict[str, Tongue]:
    """en, nb and nn."""
    found: dict[str, list[str]] = {"en": []}
    for form in OTHER:
        found[form] = []
        for message in catalogue(form):
            if message.id:
                found["en"] += message.id if isinstance(message.id, tuple) else [message.id]
                found[form] += message.string if isinstance(message.string, tuple) else [message.string]
    for path in PACKAGE.glob("*/data/*.yaml"):
        for form, text in _pairs(yaml.safe_load(path.read_text("utf-8"))):
            found[form].append(text)
    return {code: Tongue.of(texts) for code, texts in found.items()}


def _pairs(tree: object) -> Iterator[tuple[str, str]]:
    """(målform, text) of every {nb: …, nn: …} in data of ours."""
    if isinstance(tree, dict) and set(tree) == set(OTHER):
        yield from tree.items()
    elif isinstance(tree, dict | list):
        for one in tree.values() if isinstance(tree, dict) else tree:
            yield from _pairs(one)


@cache
def _strange_to(form: str) -> tuple[frozenset[Words], dict[Words, list[Words]]]:
    """(whole texts, runs by their first three words) that only English or the other målform has."""
    own, other, english = (tongues()[code] for code in (form, OTHER[form], "en"))
    own_text = " | ".join(" ".join(one) for one in own.runs | own.whole)
    runs = defaultdict(list)
    for run in english.runs | other.runs:
        if " ".join(run) not in own_text:
            runs[run[:3]].append(run)
    return (english.whole | other.whole) - own.whole, runs


def strange(text: str, form: str) -> str:
    """The words of the text that are not in this målform, "" when all may be."""
    whole, runs = _strange_to(form)
    said = words_of(text)
    if said in whole:
        return text
    for start in range(len(said) - 2):
        for run in runs.get(said[start : start + 3], ()):
            if said[start : start + len(run)] == run:
                return " ".join(run)
    return ""


GUESSED = {"date": "2026-12-15", "time": "09:00", "email": "ny@eksempel.no", "number": "1", "file": ""}
"""What somebody might write in a field that is empty, by its type; words in every other."""
GUESS = "Prøve"


@dataclass
class Form:
    """What a form sends: `hidden` without a word from anybody, `filled` when every field holds something."""

    hidden: dict[str, str] = field(default_factory=dict)
    filled: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The texts of a page that are in its own language, and its forms by address."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: set[str] = set()
        self.forms: dict[str, Form] = {}
        self.own = ""
        self.inside: list[tuple[str, str, bool]] = []
        self.form = Form()
        self.select = ""

    @classmethod
    def read(cls, html: str) -> "Page":
        page = cls()
        page.feed(html)
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.own = self.own or given.get("lang", "")
        _, language, silent = self.inside[-1] if self.inside else ("", self.own, False)
        language, silent = given.get("lang", language), silent or tag in SILENT
        if language == self.own and not silent:
            self.texts |= {" ".join(given[name].split()) for name in SAID if given.get(name)}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.form = self.forms.setdefault(given.get("action", ""), Form())
        self._field(tag, given)
        if tag not in VOID:
            self.inside.append((tag, language, silent))

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, value, filled = given.get("name", ""), given.get("value", ""), self.form.filled
        kind = given.get("type", "text")
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select and value:
            filled.setdefault(self.select, value)
        elif tag == "textarea" and name:
            filled.setdefault(name, GUESS)
        elif tag == "input" and name and kind == "hidden":
            self.form.hidden.setdefault(name, value)
            filled.setdefault(name, value)
        elif tag == "input" and name and kind != "file":
            filled.setdefault(name, value or GUESSED.get(kind, GUESS))

    def handle_endtag(self, tag: str) -> None:
        self.select = "" if tag == "select" else self.select
        if tag == "form":
            self.form = Form()
        if any(tag == one for one, _, _ in self.inside):
            while self.inside.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        _, language, silent = self.inside[-1] if self.inside else ("", self.own, False)
        text = " ".join(data.split())
        if text and language == self.own and not silent:
            self.texts.add(text)


def slips(texts: Iterable[str], form: str) -> Iterator[tuple[str, str]]:
    """(text, the words in it that are not in this målform)."""
    for text in sorted(texts):
        if found := strange(text, form):
            yield text, found
