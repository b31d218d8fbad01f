"""Who and when at the end of an item without a word for it: «… (FSU Eldre, våren 2026)», «… – KMU, 1. mai».

A tail with a day in it counts wherever the rest of it names somebody or nothing. A tail with only names may
as well explain the words before it, so it counts only where at least half of the list has one.
Not here: tails that say «Ansvar:» or «Frist:» (`details`).
"""

import re
from collections.abc import Sequence

from samspill.plans.reading.actors import is_somebody, looks_like_a_name
from samspill.plans.reading.deadlines import split_deadline
from samspill.plans.reading.details import DETAIL
from samspill.plans.reading.responsible import UNIT, read_responsible

_BRACKETED = re.compile(r"\s*[(\[](?P<said>[^()\[\]]{2,120})[)\]]\s?\.?$")
_AFTER_DASH = re.compile(r"\s[–—-]\s(?P<said>[^–—()]{2,80})$")
_CUE = re.compile(
    r"(?:[,;]?\s*\b(?:innen|innan|frist|ferdig|senest|seinast|i løpet av|før|til|i)\b)+\s*$", re.IGNORECASE
)
# «v/ Tysnes kommune», «v/barneavdelinga, hausten 2026»
_LED_BY = re.compile(r"[,;]?\s[(\[]?v/\s?(?P<said>[^()\[\]]{2,100}?)[)\]]?\s?\.?$")
# «Smerteklinikken, frå hausten 2026»: when it begins is no deadline
_FROM = re.compile(r"[,;]?\s*\b(?:fra|frå)(?:\sog\smed)?\s[^,;()]*\b20\d\d$", re.IGNORECASE)
_UNCLOSED = re.compile(r"\s*[(\[](?P<said>[^()\[\]]{2,120})$")
_SHORT_FORM = re.compile(r"[A-ZÆØÅ]{2,}\b")
_OWNER = re.compile(r"\b(?:ansvar\w*|hvem|kven|eier|eigar)\s?:", re.IGNORECASE)
# «pasientkontoret ved Nordfjord sjukehus», «Kommunikasjonsforum»
_UNIT_AT = re.compile(
    r"[A-ZÆØÅa-zæøå-]+(?:et|en|a|ene|ane)\s(?:ved|hos)\s[A-ZÆØÅ]|[\wæøåÆØÅ-]+(?:forum|kontor)(?:et)?\b"
)
_LEFT = " ,;/.–—-"


def split_tail(text: str, *, names_count: bool) -> tuple[str, str, str]:
    """The item alone, who, and when; two empty texts when its end says neither."""
    if found := _LED_BY.search(text):
        who, when = _who_and_when(found["said"])
        return text[: found.start()].rstrip(" ,;"), who, when
    for pattern in (_BRACKETED, _AFTER_DASH):
        found = pattern.search(text)
        if not found or DETAIL.search(found[0]):
            continue
        said = _FROM.sub("", found["said"])
        who, when = _who_and_when(said)
        is_timed = bool(when) or said != found["said"]
        if (is_timed and (not who or _are_named(who))) or (names_count and not when and _are_somebody(who)):
            return text[: found.start()].rstrip(" ,;"), who, when
    return text, "", ""


def have_names(texts: Sequence[str]) -> bool:
    """At least half of these items end with somebody in brackets or after a dash."""
    named = sum(bool(split_tail(text, names_count=True)[1] or _OWNER.search(text)) for text in texts)
    return named > 1 and 2 * named >= len(texts)


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
    return _CUE.sub("", who).strip(_LEFT), when


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
