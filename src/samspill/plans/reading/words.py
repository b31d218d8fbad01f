"""Words as a person reads them: markup taken out, spaces made one, and a form for comparing.

Pure functions on one piece of text. Misprints are kept: what a plan says is what is read.
"""

import html
import re
from functools import lru_cache

_TAG = re.compile(
    r"</?(?:a|b|i|u|p|em|sub|sup|span|strong|font|div|ul|ol|li|h[1-6])(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_STRESS = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_NOTE_MARKS = re.compile(r"(?<=[^\W\d_])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_NOT_WORD = re.compile(r"[^\w]+")
_HYPHENATED = re.compile(r"(?<=[a-zæøå])-\n(?!(?:og|eller|samt)\b)(?=[a-zæøå])")

PAGE_NUMBER = re.compile(
    r"(?:side|s\.|-|–)?\s?\d{1,3}(?:\s?(?:av|/|of)\s?\d{1,3})?(?:\s?[-–])?", re.IGNORECASE
)
LABEL = re.compile(
    r"\s*(?P<label>\(?(?:[a-zæøå]|[ivx]{2,4}|\d{1,2}(?:\.\d{1,2}){0,3})\)|\d{1,2}(?:\.\d{1,2}){0,3}[.:]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}"
    r"|[a-zæøå]\.|\[[ xX✓✔]?\]|[•‣◦●○▪■□▢☐☑☒–—*➢✓✔-])\s+(?=\S)",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)  # the ways of reading look at the same blocks one after the other
def clean_lines(text: str) -> str:
    """Without tags, emphasis, links, invisible marks and marks of footnotes; the lines are kept."""
    text = _BREAK.sub("\n", text)
    text = _LINK.sub(r"\1", _TAG.sub("", text))
    text = _STRESS.sub(r"\2", html.unescape(text))
    text = _NOTE_MARKS.sub("", _INVISIBLE.sub("", text))
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


@lru_cache(maxsize=4096)  # so are their words compared with one vocabulary after the other
def clean(text: str) -> str:
    """One line: words divided at the end of a line put together again."""
    return _HYPHENATED.sub("", clean_lines(text)).replace("\n", " ")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """For comparing: small letters, single spaces, nothing but letters and digits."""
    return _NOT_WORD.sub(" ", clean(text)).strip().casefold()


def split_label(text: str) -> tuple[str, str]:
    """("a)", "Utarbeide …") of "a) Utarbeide …"; ("", text) when it has no label."""
    found = LABEL.match(text)
    if found is None:
        return "", text.strip()
    return found["label"], text[found.end() :].strip()


def word_set(text: str) -> frozenset[str]:
    """A vocabulary written as running text."""
    return frozenset(text.split())


def pattern_of(text: str) -> re.Pattern[str]:
    """A pattern that finds `text` in its source, whatever spaces, tags and stress stand between words."""
    return re.compile(r"(?:[\s|]|\*\*|__|</?\w{1,6}/?>)+".join(re.escape(word) for word in text.split()))
