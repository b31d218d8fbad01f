"""What stands before a colon in a list item: who («Kommunene: opne …»), when («mars: lage …»), or a theme.

Not here: who and when after an item (`details`, `tails`).
"""

import re

from samspill.plans.reading.actors import COMMON, is_somebody
from samspill.plans.reading.deadlines import split_deadline
from samspill.plans.reading.prose_words import DOING
from samspill.plans.reading.words import fold

_LEAD = re.compile(r"(?P<lead>[^:.;]{2,50})\s?:\s+(?P<rest>\S.{3,})")
_PARTY_LINE = re.compile(r"(?P<who>[A-ZÆØÅ][^:.;?!]{1,60}?)\s?:")
_TELLS = re.compile(
    r"\b(?:vi|me|alle|andre|øvrige|ikke|ikkje|skal|vil|må|bør|kan|gjør|gjer|for|om|er|har|var|blir|vert|som|deltar|deltek|deltakere|deltakarar|medlemm\w*|representant\w*|parter|partar"
    r"|mandat|oppg[aå]ve\w*|ansvar\w*|hvem|kven|hva|kva|eksempel|døme|fra|frå)\b"
)


def split_lead(text: str) -> tuple[str, str, str]:
    """The item, who, and when. A theme stays where it is, and so does a time; somebody is taken off."""
    found = _LEAD.fullmatch(text)
    if found is None:
        return text, "", ""
    who, when = split_deadline(found["lead"])
    if when and not who:
        return text, "", when
    if not when and begins_with_doing(found["rest"]) and is_somebody(who) and not begins_with_doing(who):
        return found["rest"], who, ""
    return text, "", ""


def party_in(line: str) -> str:
    """«Kommunane» of the line «Kommunane:» that stands above what they are to do; "" of any other line."""
    found = _PARTY_LINE.fullmatch(line)
    if found is None or _TELLS.search(fold(line)):
        return ""
    return found["who"] if is_somebody(found["who"]) or COMMON.keys() & set(found["who"].split()) else ""


def begins_with_doing(text: str) -> bool:
    """«Rettleie …»: any infinitive of doing that prose knows."""
    return _first_word(text) in DOING


def _first_word(text: str) -> str:
    return (re.findall(r"\w+", text.casefold()) or [""])[0]
