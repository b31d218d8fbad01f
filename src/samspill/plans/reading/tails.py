"""Who and when at the end of an item without a word for it: «… (FSU Eldre, våren 2026)», «… – KMU, 1. mai».

A tail with a day in it counts wherever the rest of it names somebody or nothing. A tail with only names may
as well explain the words before it, so it counts only where at least half of the list has one.
Not here: tails that say «Ansvar:» or «Frist:» (`details`).
"""

import re
from collections.abc import Sequence

from samspill.plans.reading.actors import is_somebody, looks_like_a_name
from samspill.plans.reading.clauses import finite_in
from samspill.plans.reading.deadlines import split_deadline
from samspill.plans.reading.details import DETAIL
from samspill.plans.reading.item_forms import does_something
from samspill.plans.reading.responsible import UNIT, read_responsible
from samspill.plans.reading.words import clean

_BRACKETED = re.compile(r"\s*[(\[{](?P<said>[^()\[\]{}]{2,120})[)\]}]\s?\.?$")
_AFTER_DASH = re.compile(r"\s(?:[–—|→/-]|->)\s(?P<said>[^–—()|→]{2,80})$")
# «. Stad kommune. 1. mars 2027.»: a dot after a number ends nothing
_AFTER_STOP = re.compile(r"[.:]\s(?P<said>[A-ZÆØÅ\d](?:[^.:()]|(?<=\d)\.(?=[\s\d])){2,80})\.?$")
# «, Stad kommune, 1. mars 2027»: both, or a comma parts the sentence
_AFTER_COMMA = re.compile(r",\s(?P<said>[A-ZÆØÅ][^,;()]{2,60},\s[^,;()]{3,40})$")
_PIECES = (_BRACKETED, _AFTER_DASH, _AFTER_STOP, _AFTER_COMMA)
_MOST_PIECES = 2  # who in one, when in the other
_WORD_FOR_WHO = re.compile(
    r"(?:hoved|hovud)?(?:ansvar(?:lig|leg)?|ansv\.?|eier|eigar)\s+(?=\S)", re.IGNORECASE
)
_CUE = re.compile(
    r"(?:[,;]?\s*\b(?:innen|innan|frist|ferdig|senest|seinast|i løpet av|før|til|i)\b)+\s*$", re.IGNORECASE
)
# «v/ Tysnes kommune», «v/barneavdelinga, hausten 2026»
_LED_BY = re.compile(r"[,;]?\s[(\[]?v/\s?(?P<said>[^()\[\]]{2,100}?)[)\]]?\s?\.?$")
# «Smerteklinikken, frå hausten 2026»: when it begins is no deadline
_FROM = re.compile(r"[,;]?\s*\b(?:fra|frå)(?:\sog\smed)?\s[^,;()]*\b20\d\d$", re.IGNORECASE)
_UNCLOSED = re.compile(r"\s*[(\[](?P<said>[^()\[\]]{2,120})$")
_STRESSED_END = re.compile(r"(?<!\w)(?P<mark>\*{1,2}|_{1,2})(?P<said>[^*_]{3,100})(?P=mark)\s*\.?\s*$")
_SHORT_FORM = re.compile(r"[A-ZÆØÅ]{2,}\b")
_OWNER = re.compile(r"\b(?:ansvar\w*|hvem|kven|eier|eigar)\s?:", re.IGNORECASE)
# «pasientkontoret ved Nordfjord sjukehus», «Kommunikasjonsforum»
_UNIT_AT = re.compile(
    r"[A-ZÆØÅa-zæøå-]+(?:et|en|a|ene|ane)\s(?:ved|hos)\s[A-ZÆØÅ]|[\wæøåÆØÅ-]+(?:forum|kontor)(?:et)?\b"
)
_LEFT = " ,;/.–—-"


def split_tail(text: str, *, names_count: bool) -> tuple[str, str, str]:
    """The item alone, who, and when; two empty texts when its end says neither."""
    who = when = ""
    for _ in range(_MOST_PIECES):
        left, one, time = _split_piece(text, names_count=names_count or bool(when))
        if left == text or (one and who) or (time and when):
            break
        text, who, when = left, who or one, when or time
    return text, who, when


def _split_piece(text: str, *, names_count: bool) -> tuple[str, str, str]:
    """What is left, who, and when, of the last piece of an item: in brackets, after a dash or a full stop."""
    if found := _LED_BY.search(text):
        return text[: found.start()].rstrip(" ,;"), *_who_and_when(found["said"])
    for pattern in _PIECES:
        found = pattern.search(text)
        if not found or DETAIL.search(found[0]):
            continue
        said = _FROM.sub("", found["said"])
        who, when = _who_and_when(said)
        if pattern is _AFTER_COMMA and not (when and _are_somebody(who)):
            continue
        is_timed = bool(when) or said != found["said"]
        if pattern is _AFTER_STOP and who and (finite_in(who) or does_something(who)):
            continue  # a sentence of its own
        if (is_timed and (not who or _are_named(who))) or (names_count and not when and _are_somebody(who)):
            return text[: found.start()].rstrip(" ,;"), who, when
    return text, "", ""


def have_names(texts: Sequence[str]) -> bool:
    """At least half of these items end with somebody in brackets or after a dash."""
    named = sum(bool(split_tail(text, names_count=True)[1] or _OWNER.search(text)) for text in texts)
    return named > 1 and 2 * named >= len(texts)


def with_brackets(text: str, verbatim: str) -> str:
    """An item whose end stands out in its source («*Stad kommune, 2027*»), with that end in brackets."""
    found = _STRESSED_END.search(verbatim)
    said = clean(found["said"]).strip(" .") if found else ""
    end = text.rstrip(" .")
    if not said or not end.endswith(said) or DETAIL.search(said) or len(said) == len(end):
        return text
    return f"{end.removesuffix(said).rstrip(' .')} ({said})"


def split_unclosed(text: str) -> tuple[str, str]:
    """The item and who, of «Leie rom (Stad kommune» before «, frist: 1. mars)»."""
    found = _UNCLOSED.search(text)
    return (text[: found.start()], found["said"].strip(_LEFT)) if found else (text, "")


def _are_named(said: str) -> bool:
    """Beside a time somebody stands: names count that nobody knows, «Bremanger og Stad»."""
    parts = [one.raw for one in read_responsible(said, {})]
    few = all(len(part.split()) < 7 for part in parts)
    return _are_somebody(said) or (bool(parts) and few and all(map(looks_like_a_name, parts)))


def _who_and_when(said: str) -> tuple[str, str]:
    who, when = split_deadline(said)
    return _WORD_FOR_WHO.sub("", _CUE.sub("", who).strip(_LEFT), count=1), when


def _are_somebody(said: str) -> bool:
    """All that it names acts: «FSU Eldre og kommunene», but not «lyd og bilde» or «KAD og utskriving»."""
    parts = [one.raw for one in read_responsible(said, {})]
    few = all(len(part.split()) < 7 for part in parts)
    acts = [
        is_somebody(part) or bool(_SHORT_FORM.match(part) or UNIT.match(part) or _UNIT_AT.match(part))
        for part in parts
    ]
    named = [looks_like_a_name(part) for part in parts]
    return (
        bool(parts)
        and few
        and any(acts)
        and all(one or other for one, other in zip(acts, named, strict=True))
    )
