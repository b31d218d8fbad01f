"""What the beginning or end of a line tells: labels of lists and headings, captions, addresses, footnotes.

Pure functions on one line each; patterns are bounded, so that a hostile line costs no more than its length.
Not here: what the lines around it say (`contents`, `headings`, `text`).
"""

import re
from typing import NamedTuple

BULLETS = "-*+•‣◦●○▪■□–—·➢➤✓✔⁃∙→➔►▶❖"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
TERMINALS = ".:;?!"

_RAISE = str.maketrans("0123456789", RAISED)
_LOWER = str.maketrans(RAISED, "0123456789")
_BULLET = re.compile(rf"([{re.escape(BULLETS)}\uf000-\uf0ff])\s+(?=\S)|([•‣◦●○▪■□➢➤\uf000-\uf0ff])(?=\S)")
_ROUND_BULLET = re.compile(r"(o)\s+(?=[A-ZÆØÅ«])")
_LETTER = re.compile(r"(\(?(?:[a-zæøåA-ZÆØÅ]|[ivx]{2,5})\))\s+(?=\S)")
_DATED = (  # «1. mai», «3. kvartal», «1. og 2. linje»: an ordinal, not a label
    "januar februar mars april mai juni juli august september oktober november desember "
    "kvartal tertial halvår og eller til"
).replace(" ", "|")
_NUMBER = re.compile(
    r"(\(?\d{1,2}(?:\.\d{1,2}){0,5}\)|\d{1,2}(?:\.\d{1,2}){0,5}\.|\d{1,2}(?:\.\d{1,2}){1,5})"
    rf"(?:\s+(?!(?:{_DATED})\b)(?=\S)|(?=[A-ZÆØÅ][a-zæøå]))"
)
_BARE_NUMBER = re.compile(r"(\d{1,2})\s+(?=[A-ZÆØÅ«])")
_DEPTH = re.compile(r"\d+")
_CAPTION = re.compile(
    r"(?:Figur|Fig\.|Tabell|Diagram|Kart|Bilde|Bilete|Illustrasjon|Figure|Table)\s+\d{1,3}(?:\.\d{1,3})?\s?[:.–-]?\s+"
    r"(?!viser\b|syner\b|ser\b|gir\b|gjev\b|og\b|under\b|over\b)\S"
)
# What plans say of a measure on a line of its own below it, or before it, in both målformer
_LABELLED = re.compile(
    r"(?:(?:hoved|hovud|med)?ansvar(?:lig|leg)?(?:\s(?:part|organ|eining|enhet))?|eier|eigar|hvem|kven|når"
    r"|(?:tids|gjennomførings)?frist|tidsramme|tidsplan|tidsrom|oppstart|status|indikator(?:er|ar)?|kostnad(?:er|ar)?"
    r"|ressurs(?:er|ar)|samarbeidspart(?:nere|narar|nerar)|skildring|beskrivelse"
    r"|(?:hoved|hovud|del|effekt|resultat)?mål(?:\s\d{1,2}(?:\.\d{1,2})?)?"
    r"|(?:del)?tiltak(?:\s\d{1,2}(?:\.\d{1,2}){0,2})?|(?:del)?spørsmål\s\d{1,2}|svar)\s?:(?:\s|$)",
    re.IGNORECASE,
)
_GOES_ON = tuple(",–—-([/")
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S{1,2000}>?")
_CLOSERS = "»”\"')]" + RAISED
_OPENERS = "«“\"'(["


class Label(NamedTuple):
    """A label and what follows it. `numbered` labels can open a heading as well as a list item."""

    label: str
    rest: str
    numbered: bool = False


def leading_label(line: str) -> Label | None:
    """The bullet, letter or number a line opens with; None when it opens with a word."""
    for pattern in (_BULLET, _ROUND_BULLET, _LETTER):
        if found := pattern.match(line):
            return Label(_plain(found[1] or found[2]), line[found.end() :])
    if found := _NUMBER.match(line):
        return Label(found[1], line[found.end() :], numbered=True)
    return None


def bare_number(line: str) -> Label | None:
    """The «1» of «1 Innleiing»: a heading's number where nothing else shows that it is one."""
    found = _BARE_NUMBER.match(line)
    return Label(found[1], line[found.end() :], numbered=True) if found else None


def heading_label(line: str) -> Label:
    """A line known to be a heading, divided into its number (or "") and its words."""
    found = leading_label(line) or bare_number(line)
    return found if found and found.numbered else Label("", line)


def numbers(label: str) -> tuple[int, ...]:
    """(2, 1) of "2.1"; nothing of "a)" or "–"."""
    return tuple(int(number) for number in _DEPTH.findall(label))


def is_caption(line: str) -> bool:
    return len(line) <= 250 and bool(_CAPTION.match(line))


def is_labelled(line: str, above: str = "") -> bool:
    """«Ansvarlig: …», «Frist: …»: the line begins anew however close it stands to the one above.

    Unless that one ends in the middle of something: «Kjøpe senger – | Ansvar: kommunene».
    """
    return line[:1].isupper() and bool(_LABELLED.match(line)) and above.rstrip()[-1:] not in _GOES_ON


def is_address(line: str) -> bool:
    """The line is nothing but a web address, as PDF programs leave them at the foot of a page."""
    return bool(_ADDRESS.fullmatch(line))


def raised(digits: str) -> str:
    """«12» as «¹²»."""
    return digits.translate(_RAISE)


def lowered(mark: str) -> str:
    """«¹²» as «12»."""
    return mark.translate(_LOWER)


def is_open(text: str) -> bool:
    """The sentence has not ended: no full stop, colon, semicolon, question or exclamation mark."""
    bare = text.rstrip().rstrip(_CLOSERS)
    return bool(bare) and bare[-1] not in TERMINALS


def starts_small(text: str) -> bool:
    """With a small letter, or with the second half of a word: «-samarbeid»."""
    bare = text.lstrip(_OPENERS)
    return bare[:1].islower() or (bare[:1] == "-" and bare[1:2].islower())


def starts_large(text: str) -> bool:
    return text.lstrip(_OPENERS)[:1].isupper()


def _plain(bullet: str) -> str:
    """Symbol fonts put their bullets in a private area that no other font can show."""
    return "•" if "\uf000" <= bullet <= "\uf0ff" else bullet
