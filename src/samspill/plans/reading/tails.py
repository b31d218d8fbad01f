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
from samspill.plans.reading.responsible import read_responsible

_BRACKETED = re.compile(r"\s*[(\[](?P<said>[^()\[\]]{2,120})[)\]]\s?\.?$")
_AFTER_DASH = re.compile(r"\s[–—-]\s(?P<said>[^–—()]{2,80})$")
_CUE = re.compile(
    r"(?:[,;]?\s*\b(?:innen|innan|frist|ferdig|senest|seinast|i løpet av|før|til|i)\b)+\s*$", re.IGNORECASE
)
_SHORT_FORM = re.compile(r"[A-ZÆØÅ]{2,}\b")
_OWNER = re.compile(r"\b(?:ansvar\w*|hvem|kven|eier|eigar)\s?:", re.IGNORECASE)
_LEFT = " ,;/.–—-"


def split_tail(text: str, *, names_count: bool) -> tuple[str, str, str]:
    """The item alone, who, and when; two empty texts when its end says neither."""
    for pattern in (_BRACKETED, _AFTER_DASH):
        found = pattern.search(text)
        if not found or DETAIL.search(found[0]):
            continue
        who, when = _who_and_when(found["said"])
        if (when and (not who or _are_somebody(who))) or (names_count and not when and _are_somebody(who)):
            return text[: found.start()].rstrip(" ,;"), who, when
    return text, "", ""


def have_names(texts: Sequence[str]) -> bool:
    """At least half of these items end with somebody in brackets or after a dash."""
    named = sum(bool(split_tail(text, names_count=True)[1] or _OWNER.search(text)) for text in texts)
    return named > 1 and 2 * named >= len(texts)


def _who_and_when(said: str) -> tuple[str, str]:
    who, when = split_deadline(said)
    return _CUE.sub("", who).strip(_LEFT), when


def _are_somebody(said: str) -> bool:
    """All that it names acts: «FSU Eldre og kommunene», but not «lyd og bilde» or «KAD og utskriving»."""
    parts = [one.raw for one in read_responsible(said, {})]
    few = all(len(part.split()) < 7 for part in parts)
    acts = [is_somebody(part) or bool(_SHORT_FORM.match(part)) for part in parts]
    named = [looks_like_a_name(part) for part in parts]
    return (
        bool(parts)
        and few
        and any(acts)
        and all(one or other for one, other in zip(acts, named, strict=True))
    )
