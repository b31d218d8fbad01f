"""What a plan says about itself on its first page: title, kind, period, adoption, slogan.

Not here: which helsefellesskap (`communities`), language (`language`), abbreviations (`abbreviations`).
"""

import re
from collections.abc import Sequence
from datetime import date

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.calendar_words import MONTHS
from samspill.plans.reading.candidates import Adoption, Period
from samspill.plans.reading.deadlines import year_of
from samspill.plans.reading.words import clean, fold

# The kinds of document a helsefellesskap writes, by the word that tells; law words kept in Norwegian
KINDS = {
    "innspill": r"innspill?|innspel|høringssvar|høyringssvar|høringsuttalelse|høyringsfråsegn",
    "partnerskapserklaering": r"partn[ae]rskaps(?:erklæring|avtale)",
    "aarsplan": r"årsplan|årleg plan|årlig plan|virksomhetsplan|verksemdsplan",
    "handlingsplan": r"handlingsplan|tiltaksplan|handlingsprogram",
    "strategi": r"strategi|strategisk plan|utviklingsplan",
}
_KIND_PATTERNS = {kind: re.compile(rf"\b(?:{words})", re.IGNORECASE) for kind, words in KINDS.items()}

_FRONT_MOST = 15  # blocks
_TEXTUAL = (BlockKind.HEADING, BlockKind.PARAGRAPH)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}\.\s?(?:\d{1,2}\.|[a-zæøå]{3,9})\s?(?:19|20)\d\d"
_DAYS = re.compile(rf"({_DAY})\s?(?:[–-]|til)\s?({_DAY})", re.IGNORECASE)
_RANGE = re.compile(rf"(?<![\d.])({_YEAR})\s?(?:[–—/-]|til|t\.?o\.?m\.?)\s?({_YEAR}|\d\d)(?!\d)")
_SINGLE = re.compile(rf"(?<![\d.–/-])({_YEAR})(?![\d–/-]|\s?[–-]\s?\d)")
_COVERS = re.compile(
    rf"(?:gjelder?|gjeld|perioden|handlingsplan(?:en)?|strategi(?:en)?"
    rf"|planen)\s(?:[a-zæøå]+\s){{0,4}}?(?={_YEAR})",
    re.IGNORECASE,
)
_ADOPTED = re.compile(r"\b(?:vedtatt|vedteken|vedteke|vedtekne|godkjent|godkjend|adoptert)\b", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:først |endelig |endeleg |(?:behandlet|handsama|drøftet) og )?(?:vedt|godkj)", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:handlingsplanen|denne planen|strategien|årsplanen)\b|^planen\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[a-zæøå)\d]\.)\s+(?=[A-ZÆØÅ])")
_LAST = 3  # blocks: some plans say it at the very end
_BY = re.compile(
    r"\b(?:i|av|på)\s(?!møte)(?:møtet?\si\s|sak\s)?(?P<by>(?!"
    + "|".join(MONTHS)
    + r")[A-ZÆØÅa-zæøå][^\d,.;:()]{2,70}?)"
    rf"(?=\s*(?:[,.;:(]|$|den\s\d|\d|sak\b|i\smøte|møte\b|{'|'.join(m for m in MONTHS if len(m) > 4)}))",
    re.IGNORECASE,
)
_A_DAY = re.compile(r"(\d{1,2})\.\s?(?:(\d{1,2})\.|([a-zæøå]{3,9}))\s?((?:19|20)\d\d)", re.IGNORECASE)
_QUOTED = re.compile(r"[«“\"”]\s?(.{3,200}?)\s?[»”\"“]\.?")
_GOES_ON = re.compile(rf"(?:for|til|i|med|frå|fra)\s|{_YEAR}\b")
_LONGEST_TITLE = 160


def front_of(blocks: Sequence[Block]) -> list[Block]:
    """The title page: what stands before the contents and before the first numbered heading."""
    front: list[Block] = []
    for block in blocks:
        if len(front) == _FRONT_MOST or block.kind is BlockKind.CONTENTS or is_numbered_heading(block):
            break
        if block.kind in _TEXTUAL:
            front.append(block)
    return front


def is_numbered_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.label[:1].isdigit()


def find_title(front: Sequence[Block]) -> str:
    """The first line that names a kind of plan, with the line below when it goes on («for …», «2026»)."""
    lines = [clean(block.text) for block in front]
    short = [index for index, line in enumerate(lines) if 0 < len(line) <= _LONGEST_TITLE]
    named = [index for index in short if kind_in(lines[index])]
    headings = [index for index in short if front[index].kind is BlockKind.HEADING]
    for index in (*named, *headings, *short):
        title = lines[index].rstrip(" :")
        if index + 1 < len(lines) and index + 1 in short and _GOES_ON.match(lines[index + 1]):
            title = f"{title} {lines[index + 1]}"
        return title
    return ""


def kind_in(text: str) -> str:
    """The kind of plan whose word comes first in the text, or ""."""
    found = [
        (match.start(), kind) for kind, pattern in _KIND_PATTERNS.items() if (match := pattern.search(text))
    ]
    return min(found)[1] if found else ""


def find_kind(title: str, texts: Sequence[str]) -> str:
    """From the title, otherwise the kind the text speaks of most."""
    if kind := kind_in(title):
        return kind
    counts = {
        kind: sum(len(pattern.findall(text)) for text in texts) for kind, pattern in _KIND_PATTERNS.items()
    }
    best = max(counts, key=lambda kind: counts[kind])
    return best if counts[best] else ""


def find_period(title: str, front: Sequence[Block], texts: Sequence[str]) -> Period:
    """From the title, then the title page, then a sentence that says what the plan covers."""
    lines = [clean(block.text) for block in front if not _ADOPTED.search(block.text)]
    readings = (_days, _years, _one_year)
    for read, line in ((read, line) for group in ([title], lines) for read in readings for line in group):
        if len(line) <= _LONGEST_TITLE and (period := read(line)):
            return next((one for one in map(_days, lines) if one and _same_years(one, period)), period)
    for text in texts:
        for found in _COVERS.finditer(text):
            rest = text[found.end() : found.end() + 14]
            if period := _years(rest) or _one_year(rest[:5]):
                return period
    return Period()


def _same_years(days: Period, period: Period) -> bool:
    """Whether days somewhere on the title page say more exactly what the years say."""
    return (year_of(days.start), year_of(days.end)) == (year_of(period.start), year_of(period.end))


def _days(text: str) -> Period | None:
    found = _DAYS.search(text)
    first, last = (to_day(found[1]), to_day(found[2])) if found else (None, None)
    return Period(first, last) if first and last and first <= last else None


def _years(text: str) -> Period | None:
    for found in _RANGE.finditer(text):
        first, last = int(found[1]), int(found[2])
        last = last if last > 99 else first // 100 * 100 + last
        if first <= last <= first + 20:
            return Period(first, last)
    return None


def _one_year(text: str) -> Period | None:
    found = _SINGLE.search(text)
    return Period(int(found[1]), int(found[1])) if found else None


def find_adoption(front: Sequence[Block], blocks: Sequence[Block]) -> Adoption | None:
    """«Vedtatt i partnerskapsmøtet 07.10.2022» first or last, or a sentence that says it of the plan."""
    near = [block for block in (*front, *blocks[-_LAST:]) if len(block.text) <= _LONGEST_TITLE]
    told = [block for block in blocks if block.kind is BlockKind.PARAGRAPH and _ADOPTED.search(block.text)]
    for block in (*near, *told):
        for sentence in _SENTENCE_END.split(clean(block.text)):
            if adoption := _adoption_in(sentence):
                return adoption
    return None


def _adoption_in(sentence: str) -> Adoption | None:
    """Of this plan: the sentence begins with the adoption, or the plan is what it speaks of."""
    found = _ADOPTED.search(sentence)
    if found is None or not (_OPENS.match(sentence) or _OWN.search(sentence[: found.start()])):
        return None
    after = sentence[found.end() :]
    day, by = to_day(after), _BY.search(after)
    if day is None and not (by and _OPENS.match(sentence)):
        return None
    return Adoption(day, by["by"].strip() if by else "")


def to_day(text: str) -> date | None:
    """The first day written in the text: «07.10.2022» or «7. oktober 2022»."""
    for found in _A_DAY.finditer(text):
        month = int(found[2]) if found[2] else MONTHS.get(found[3].casefold(), 0)
        try:
            return date(int(found[4]), month, int(found[1]))
        except ValueError:  # 31.02, or a word that is no month
            continue
    return None


def find_slogan(front: Sequence[Block]) -> str:
    """A line of its own in quotation marks on the title page."""
    for block in front:
        if found := _QUOTED.fullmatch(clean(block.text)):
            return found[1]
    return ""


def is_title_again(text: str, title: str) -> bool:
    """The title repeated, as at the top of each page."""
    return bool(title) and fold(text) == fold(title)
