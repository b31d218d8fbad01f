"""Who is to do it: a cell like «SEKR, UNN og kommunene» divided into parties, bodies and roles.

Divided at commas, slashes, «og» and line ends, but never inside a name («FSU barn og unge», «Lærings- og
mestringssenteret»): what stands after «og» must itself be somebody. What is written is kept; nobody is
guessed.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from samspill.plans.reading.actors import ALL_PARTIES, COMMON, PLACES_WITH_AND, is_somebody, looks_like_a_name
from samspill.plans.reading.calendar_words import NOT_SET
from samspill.plans.reading.candidates import Responsible
from samspill.plans.reading.words import clean, clean_lines, fold, split_label

_PREFIX = re.compile(
    r"(?:hoved|hovud|med)?(?:ansvar(?:lig|leg)?|eier|eigar)(?:\s(?:part|organ|enhet|eining))?\s?:\s*",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\s(?:i\s(?:nært\s)?samarbeid\smed|sammen\smed|saman\smed|i\sdialog\smed)\s", re.IGNORECASE
)
_AND_OR = re.compile(r"\s?\bog\s?/\s?eller\b\s?", re.IGNORECASE)
_SEPARATORS = re.compile(
    r"(?P<line>\n)|(?P<comma>[,;•·]|\s[–-]\s)|(?P<and>\s(?:og|samt|&|\+)\s)"
    r"|(?P<slash>(?<!\bv)(?<!\bm)(?<!\bV)\s?/\s?)"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_IN_PLACES = re.compile(
    r"\b[\wæøåÆØÅ-]{3,}(?:ene|ane|er"
    r"|ar)\si\s(?P<places>[A-ZÆØÅ][\w-]+(?:,\s[A-ZÆØÅ][\w-]+)*\sog\s[A-ZÆØÅ][\w-]+)"
    r"(?=\s*(?:$|[,;\n]))"
)
_THEME = re.compile(r"\s(?:for|innen|innan|av|ved)\s", re.IGNORECASE)
# Private characters in the place of separators that belong to a name; the first stands before «og»
_HIDDEN = "\ue000"
_HIDE = {
    ",": "\ue001",
    ";": "\ue002",
    "/": "\ue003",
    "&": "\ue004",
    "+": "\ue005",
    "\n": "\ue006",
    "–": "\ue007",
}
_TO_HIDDEN = str.maketrans("".join(_HIDE), "".join(_HIDE.values()))
_TO_SHOWN = str.maketrans("".join(_HIDE.values()), "".join(_HIDE), _HIDDEN)
_DEFINITE = re.compile(
    r"[a-zæøå]{4,}(?<!h)(?:et|en|ene|ane|a)"
)  # «apoteket»: one word, the one or ones everybody knows
# Units no other ending tells, and what the regions call their trusts
UNIT = re.compile(r"(?i:[\wæøå-]*(?:mottak|apotek|laboratori)(?:et|a|ene|um)?\b)|Helse\s[A-ZÆØÅ]")
_VOLUNTEERS = re.compile(
    r"(?:(?:frivillige?|lokale?|ideelle?)\s(?:lag|foreninger|foreiningar|krefter)|frivilligheten|frivilligheita"
    r"|frivillige|lag og (?:foreninger|foreiningar))\b"
)
# «FSU fastlege og sykehus»: a body is named by what it is about, a party is «sykehuset»
_BODY_OF = re.compile(r"(?:FSU|SSU|[Ff]ag(?:ut|inn)valg?)\s[a-zæøå]+")
_INDEFINITE = re.compile(r"(?![a-zæøå]+(?:et|en|ene|ane|a)$)[a-zæøå]{3,}")
_INFLECTED = re.compile(r"([A-ZÆØÅ]{2,})(?:-?(?:ene|ane|en|et|s))")


def read_responsible(
    cell: str, abbreviations: Mapping[str, str], *, language: str = "nb", names: Sequence[str] = ()
) -> tuple[Responsible, ...]:
    """Everybody a cell names, in the order they stand. `names` are never divided."""
    text = clean_lines(cell)
    if clean(text).casefold().strip(" .") in NOT_SET:
        return ()
    known = [*names, *abbreviations, *abbreviations.values()]
    found: dict[str, Responsible] = {}
    for part in _divide(_TOGETHER.sub(", ", _AND_OR.sub(", ", _PREFIX.sub("", text))), known):
        for one in unstacked(split_label(part)[1].strip(" .,;:–-")):
            if not (raw := one.strip(" .,;:–-")):
                continue
            found.setdefault(fold(raw), Responsible(raw, full_name(raw, abbreviations, language)))
    return tuple(found.values())


def unstacked(cell: str) -> list[str]:
    """«Kommunene Skogsykehuset FSU»: who stood on lines of their own before the lines were joined."""
    words = cell.split()
    names = [
        word for word in words if word.istitle() and _DEFINITE.fullmatch(word.lower()) and is_somebody(word)
    ]
    shorts = [word for word in words if re.fullmatch(r"(?!R?HF$|KF$|IKS$|AS$)[A-ZÆØÅ]{2,6}", word)]
    return words if len(names) > 1 and len(names) + len(shorts) == len(words) else [cell]


def begins_a_name(text: str) -> bool:
    """«Kommunane …», «Akuttmottaket …», «Helse Førde»: a new one begins with the first word of the text."""
    first = text.split()[0]
    definite = bool(_DEFINITE.fullmatch(first.lower())) and is_somebody(first)
    return first[:1].isupper() and (definite or bool(UNIT.match(text)))


def full_name(raw: str, abbreviations: Mapping[str, str], language: str = "nb") -> str:
    """What an abbreviation stands for: as the plan explains it, else as everybody does, else as written."""
    bare = _BRACKETED.sub("", raw).strip()
    if fold(bare) in ALL_PARTIES:
        return "alle partane" if language == "nn" else "alle partene"
    for word in (bare, *_base_of(bare)):
        if name := _explained(word, abbreviations) or COMMON.get(word, ""):
            return name
    return raw


def _base_of(word: str) -> list[str]:
    """«FSU» of «FSU-ene» and «FSUene»."""
    found = _INFLECTED.fullmatch(word)
    return [found[1]] if found else []


def _explained(word: str, abbreviations: Mapping[str, str]) -> str:
    """By the whole short form, or by an ending only one short form has («AKM» in «FSU BU/AKM»)."""
    folded = fold(word)
    by_key = {fold(short): name for short, name in abbreviations.items()}
    if folded in by_key:
        return by_key[folded]
    ending = [name for short, name in by_key.items() if short.endswith(f" {folded}")]
    return ending[0] if len(ending) == 1 and word.isupper() else ""


def _divide(text: str, known: Sequence[str]) -> list[str]:
    text = _hide_names(text, known)
    parts: list[str] = []
    start, before = 0, ""
    for found in _SEPARATORS.finditer(text):
        left, right = text[start : found.start()], _next_part(text, found.end())
        if _parts_here(found.lastgroup or "", left, right, before):
            parts.append(left)
            start, before = found.end(), left
    parts.append(text[start:])
    return [_show(part) for part in parts]


def _hide_names(text: str, known: Sequence[str]) -> str:
    """Separators in brackets and in known names are put out of sight."""
    text = _BRACKETED.sub(lambda found: _hide(found[0]), text)
    text = _IN_PLACES.sub(_hide_places, text)
    for name in sorted((*known, *PLACES_WITH_AND), key=len, reverse=True):
        if _SEPARATORS.search(name):
            text = _whole(name).sub(lambda found: _hide(found[0]), text)
    return text


def _hide_places(found: re.Match[str]) -> str:
    """«Frisklivssentralene i Nes, Vik og Sand» are one, unless one of the places is somebody."""
    places = re.split(r",\s|\sog\s", found["places"])
    named = any(is_somebody(place) or place.isupper() for place in places)
    return found[0] if named else _hide(found[0])


@lru_cache(maxsize=512)
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def _hide(name: str) -> str:
    name = re.sub(r"(?<=\s)(og|samt)(?=\s)", rf"{_HIDDEN}\1", name)
    return name.translate(_TO_HIDDEN)


def _show(part: str) -> str:
    return clean(part.translate(_TO_SHOWN))


def _next_part(text: str, start: int) -> str:
    found = _SEPARATORS.search(text, start)
    return text[start : found.start() if found else len(text)]


def _parts_here(separator: str, left: str, right: str, before: str) -> bool:
    """Whether what follows is somebody else."""
    left, right = left.strip(), right.strip()
    if not left or not right:
        return True
    if left.endswith("-") or right.startswith(("-", "på ", "i ", "ved ")):  # «og på sjukehuset»
        return False
    if separator == "and" and _BODY_OF.fullmatch(left) and _INDEFINITE.fullmatch(right):
        return False
    new = looks_like_a_name(right) or _is_somebody(right)
    if separator == "comma":
        return new or not _THEME.search(left)
    if separator == "line":  # «Strategisk» on one line and «samarbeidsutvalg» on the next are one
        return not right[0].islower() or (new and (is_somebody(left) or left.isupper()))
    if looks_like_a_name(right):
        return True
    if _DEFINITE.fullmatch(right) and (is_somebody(left) or before) and not _THEME.search(left):
        return True
    return _is_somebody(right) and (is_somebody(left) or looks_like_a_name(left) or bool(before))


def _is_somebody(text: str) -> bool:
    return is_somebody(text) or bool(_VOLUNTEERS.match(text) or UNIT.match(text))
