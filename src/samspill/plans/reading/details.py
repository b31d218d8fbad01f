"""Who and when said inside a measure: «… (ansvar: SSU, frist: 1. mai)», «… Kven: kommunane. Når: 2026».

Here also: the boxes to tick and the «Tiltak 1.2:» that may stand before a measure.
Not here: how what is said is read (`responsible`, `deadlines`).
"""

import re
from collections.abc import Iterator

from samspill.plans.reading.calendar_words import MONTHS
from samspill.plans.reading.columns import Role, role_of
from samspill.plans.reading.deadlines import split_deadline
from samspill.plans.reading.drafts import Draft
from samspill.plans.reading.words import split_label

LABELLED = re.compile(
    r"tiltak\s?(?P<label>(?:[A-ZÆØÅ]\.?(?=\d))?\d{0,2}(?:\.\d{1,2}){0,2})\s?[:.–-]\s+(?P<text>\S.{3,})",
    re.IGNORECASE,
)
WORDS_OF_DETAIL = (
    r"(?P<key>(?:hoved|hovud)?ansvar(?:lige?|lege?)?(?:\s(?:part|organ|enhet|eining|instans))?"
    r"(?:(?:\s?/\s?|\sog\s)(?:tids)?frist)?"
    r"|(?:hvem|kven)(?:(?:\s?/\s?|\sog\s)når)?|eier|eigar|utføres av|utførast av"
    r"|(?:tids)?frist|tidsramme|tidspunkt|når|ferdig|innen|innan|status|indikator|kostnad|ansv\.)"
)
DETAIL = re.compile(rf"(?:^|[\s(\[–—,;.|→-])\s*{WORDS_OF_DETAIL}\s?:\s*", re.IGNORECASE)
_WHEN_LAST = re.compile(r"\s[–—|/-]\s[^–—|/]*\b20\d\d$")  # «Ansvar: Kommunene – 1. mars 2027»
_TWO = re.compile(r"(?:frist|når)$", re.IGNORECASE)  # «Ansvar/frist: Kommunene, 2027»
_DAY = re.compile(rf"\d{{1,2}}\.\s(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)  # no number of an item
_BOX = re.compile(r"\s*(?:\[[ xX✓✔]?\]|[☐☑☒✓✔□■▢])\s*(?=\S)")
_EDGES = " ().,;[]–—|→-"
_BEFORE_DETAIL = " (–—-,;[|→"
_EXTRA = (Role.STATUS, Role.INDICATOR, Role.COST)


def without_box(text: str) -> str:
    """«Ringe pasientene» of «[x] Ringe pasientene»."""
    return _BOX.sub("", text, count=1) if _BOX.match(text) else text


def split_name(text: str) -> tuple[str, str]:
    """("1.2", "Lage …") of "Tiltak 1.2: Lage …" and of "1.2 Lage …"; boxes are taken away."""
    unboxed = without_box(text)
    label, text = ("", unboxed) if _DAY.match(unboxed) else split_label(unboxed)
    text = without_box(text)
    if named := LABELLED.fullmatch(text):
        return named["label"] or label, named["text"]
    return ("" if _BOX.match(f"{label} x") else label), text


def split_details(text: str) -> tuple[str, str]:
    """The measure alone, and what is said of it."""
    found = DETAIL.search(text)
    if found is None:
        return text.strip(_BEFORE_DETAIL), ""
    return text[: found.start()].strip(_BEFORE_DETAIL), text[found.start() :]


def take_details(draft: Draft, text: str) -> None:
    """Into the draft; what it already has is kept."""
    for key, said in _details(text):
        role = role_of(key)
        if role is Role.RESPONSIBLE and (_TWO.search(key) or _WHEN_LAST.search(said)):
            said, when = split_deadline(said)
            draft.deadline = draft.deadline or when
        if role is Role.RESPONSIBLE and said and not draft.responsible:
            draft.responsible, draft.responsible_from = said, "cell"
        elif role is Role.DEADLINE and not draft.deadline:
            draft.deadline = said
        elif role in _EXTRA and role is not None:
            draft.fields[str(role)] = said


def _details(text: str) -> Iterator[tuple[str, str]]:
    found = list(DETAIL.finditer(text))
    for place, detail in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        if said := text[detail.end() : end].strip(_EDGES):
            yield detail["key"], said
