"""Headings of a plan with their numbers, and what their words tell: areas, background, or a part of an area.

Not here: which headings are focus areas (`focus_areas`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.details import LABELLED
from samspill.plans.reading.words import clean, fold

_AREA = (
    r"(?:innsats|satsings|satsnings|fokus|tema|prioriterings|hovedsatsings|hovudsatsings)-?område(?:r|ne|ne"
    r"|a|t)?"
    r"|hovedsatsing(?:er|ene)?|hovudsatsing(?:ar|ane)?|satsing(?:er|ar|ene|ane)"
)
CONTAINER = re.compile(
    rf"(?:våre |felles |prioriterte |valgte |valde |strategiske |helsefellesskapets )*"
    rf"(?:{_AREA}|(?:prioriterte|strategiske) områder?|prioriteringe?(?:r|ar)"
    r"|oppg[aå]ve(?:r|ne)?|pasientgrupper?|pasientgruppene|pasientgruppane)"
    r"|(?:dette|det|hv?a|kva) (?:vil vi|vi vil|skal vi|vi skal)"
    r" (?:gjøre|gjere|satse på|prioritere|arbeide med|få til)(?: sammen| saman)?"
    r"(?: (?:og|med) (?:mål|tiltak|mål og tiltak|delmål))?(?: (?:i|for) .{1,40}| \d{4}.{0,10})?"
)
EXPLICIT = re.compile(
    rf"(?:{_AREA}|område|tema|satsn?ing|hov[eu]dsatsn?ing|prioritering)(?:\s*(?P<number>\d{{1,2}}(?!\d)"
    rf"|[A-Z](?=\s?[:.–-]))\s?[:.–-]?|\s?:)"
    r"\s?(?P<title>(?-i:[A-ZÆØÅ«])\S.{0,150})",
    re.IGNORECASE,
)
ANNOUNCES = re.compile(rf"\b(?:{_AREA}|(?:prioriterte|strategiske) område(?:r|ne)?)\b", re.IGNORECASE)
BACKGROUND = re.compile(
    r"(?:innledning|innleiing|bakgrunn|bakteppe|utgangspunkt(?:et)?$|grunnlag(?:et)?(?: og|$)"
    r"|forord|føreord|(?:kort )?om (?:plan|helsefellesskap|handlingsplan"
    r"|samarbeid"
    r"|strategi|året|dette|dokument|årsplan|tiltaksplan|oss|partane|partene|arbeidet med planen|status)"
    r"|organisering"
    r"|året som|tilbakeblikk|historikk|status (?:for|ved|per|etter|og)|slik står|(?:hvor|kor|kvar) står"
    r"|(?:begrep|omgrep|definisjon)\w*|lese(?:måte|nøkkel)"
    r"|(?:leserveiledning|leseveiledning"
    r"|lesarrettleiing|leserettleiing)"
    r"|slik (?:leser|les)|(?:kunnskapsgrunnlag|faktagrunnlag|utviklingstrekk|demografi|utfordringer"
    r"|utfordringar)(?:et|a)?$"
    r"|(?:prinsipp|samarbeidsprinsipp)\w*$|hvem (?:er|har)|kven (?:er|har)|parter og|partar og"
    r"|partene$|partane$|mandat"
    r"|roller"
    r"|samfunnsoppdrag|hva sier|kva seier|dette er|slik er|planens|avgrens|erfaringer fra|erfaringar frå"
    r"|forkort|innhold|innhald|ordliste|sammendrag|samandrag|samanfatning|oppsummering|rammer|føringer"
    r"|føringar|nasjonale"
    r"|visjon|formål|føremål|verdi|styrende|styrande|metode|arbeidet med|prosess|medvirkning|medverknad"
    r"|utfordringsbilde"
    r"|hv(?:a|orfor|em) (?:planen|denne|er |en plan|vi er)"
    r"|k(?:va|vifor|ven) (?:planen|denne|er |ein plan|vi er)"
    r"|slik er planen|denne planen|mål for perioden|måla? for|overordne(?:de|t)|overordna)"
)
BACK_MATTER = re.compile(
    r"(?:til slutt$|etterpå$|kontroll$|styring$|holder vi|held vi"
    r"|ikrafttred|ikraftsetj|ikrafttre|veien videre|vegen vidare"
    r"|videre arbeid|vidare arbeid|oppfølging(?: av| og|$)|evaluering(?: av| og"
    r"|$)|rullering|revisjon"
    r"|revidering|rapportering|økonomi(?: og|$)|vedlegg|referanse|kilder|kjelder|litteratur"
    r"|gjennomføring(?: av| og|$)|avslutning|slik følger vi|slik følgjer vi|(?:hvordan|korleis) (?:planen"
    r"|vi følg)"
    r"|kostnad|budsjett|finansiering|ressurs(?:er|ar|bruk)|årshjul|møteplan|ordforklaring|kontakt(?:person"
    r"|info)|takk til)"
)
PART_OF_AREA = re.compile(
    r"(?:hoved|hovud|del|effekt|resultat)?mål(?:setting|setjing|bilde|ene|a)?(?: og tiltak)?|tiltak(?:ene|a"
    r"|splan)?"
    r"|aktivitet(?:er|ar)|bakgrunn|status|utfordring(?:er|ar)|nåsituasjon(?:en)?|dagens situasjon|notilstand"
    r"|beskrivelse"
    r"|skildring|ambisjon(?:er|ar)?|handlingsplan|hvorfor|kvifor|hv?a vil vi.{0,30}|kva vil vi.{0,30}"
    r"|innledning|innleiing"
    r"|forventet effekt|venta effekt|indikator(?:er|ar)|tiltak og ansvar|oppfølging"
)
SUB_OBJECTIVES = re.compile(
    r"(?:dette|det|som|noe som|noko som)\s(?:betyr|innebærer|inneber|vil si|vil seie|tyder|medfører|medfører)"
    r"(?:\s(?:at|blant annet|mellom anna))?\s?[:;]?$",
    re.IGNORECASE,
)
_ALIKE = 0.8  # «Eldre med skrøpelig …» in a list and «Eldre med skrøpelighet …» as heading are one
_LONGEST = 130
# «2.1 Barn og unge», «Kapittel 2 Innsatsområder», «Del 3: Slik gjør vi det»
_NUMBERED = re.compile(
    r"(?:(?:kapittel|kap\.?|del|bolk|punkt|§)\s*)?(\d{1,2}(?:\.\d{1,2}){0,4})\s?[.:–-]?\s+(?=(?-i:[A-ZÆØÅ«]))",
    re.IGNORECASE,
)
_RAISE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """`index` is its place among the blocks. `in_contents` and `announced` tell who else names it."""

    index: int
    number: str
    title: str
    level: int
    block: Block
    in_contents: bool = False
    announced: bool = False
    in_sub_objectives: bool = False

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1 if self.number else 0

    @property
    def is_background(self) -> bool:
        return bool(BACKGROUND.match(fold(self.title)) or BACK_MATTER.match(fold(self.title)))

    @property
    def is_part(self) -> bool:
        """A part of an area by its name, or the name of a measure: «Tiltak 3: …»."""
        return bool(PART_OF_AREA.fullmatch(fold(self.title)) or LABELLED.fullmatch(self.title))

    def is_below(self, number: str) -> bool:
        """2.1 is below 2; nothing is below no number."""
        return bool(number) and self.number.startswith(f"{number}.")


def find_headings(blocks: Sequence[Block]) -> list[Heading]:
    """All headings, and lines that nobody declared but contents, a list or a number like «2.1» tell of."""
    contents = {fold(block.text) for block in blocks if block.kind is BlockKind.CONTENTS}
    listed = {fold(title) for title in announced_titles(blocks)}
    raised = {digit for block in blocks for digit in _RAISED.findall(block.text)}
    headings: list[Heading] = []
    in_sub_objectives = False
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW:
            in_sub_objectives = False
        elif block.kind is BlockKind.PARAGRAPH and SUB_OBJECTIVES.search(clean(block.text)):
            in_sub_objectives = True
        number, title = _number_and_title(block)
        named = (fold(title) in contents, fold(title) in listed)
        textual = _may_be_heading(block) and (any(named) or _is_numbered_alone(blocks, index))
        sibling = _taken_for_note(block, headings, raised)
        if block.kind is BlockKind.HEADING or textual or sibling:
            in_sub_objectives = in_sub_objectives and not number and not any(named)
            level = sibling.level if sibling else block.level
            headings.append(Heading(index, number, title, level, block, *named, in_sub_objectives))
    return headings


def _taken_for_note(block: Block, headings: Sequence[Heading], raised: set[str]) -> Heading | None:
    """The heading «1 …» before a «2 …» that looks like a footnote nobody points to; else None."""
    label, text = block.label.strip(". "), clean(block.text)
    if block.kind is not BlockKind.FOOTNOTE or not label.isdecimal() or label.translate(_RAISE) in raised:
        return None
    if len(text) > _LONGEST or not text[:1].isupper() or text[-1:] in ".!?":
        return None
    before = str(int(label) - 1)
    return next((one for one in reversed(headings) if one.number == before), None)


def _may_be_heading(block: Block) -> bool:
    """A short paragraph, or an item of a list with a number like «2.1», which may go over two lines."""
    textual = block.kind is BlockKind.PARAGRAPH or (
        block.kind is BlockKind.LIST_ITEM and "." in block.label.strip(".")
    )
    lines = block.last_line - block.line + 1
    return textual and lines <= (2 if "." in block.label.strip(".") else 1) and len(block.text) <= _LONGEST


def _is_numbered_alone(blocks: Sequence[Block], index: int) -> bool:
    """«2.1 Barn og unge» without a full stop, and not one of several in a row: those are a list."""
    number, title = _number_and_title(blocks[index])
    if "." not in number or not title[:1].isupper() or title.endswith((".", ",", ";")):
        return False
    beside = [*blocks[max(index - 1, 0) : index], *blocks[index + 1 : index + 2]]
    return all(_number_and_title(block)[0].count(".") != number.count(".") for block in beside)


def _number_and_title(block: Block) -> tuple[str, str]:
    """("2.1", "Barn og unge"), whether the number stands in the label or still in the text."""
    title, label = clean(block.text), block.label.strip()
    if not label and (found := _NUMBERED.match(title)):
        label, title = found[1], title[found.end() :]
    return (label.strip(".)( ") if label[:1].isdigit() else ""), title.strip(" :")


def announced_titles(blocks: Sequence[Block]) -> list[str]:
    """The items of the first list after a sentence that announces areas; items of items are left out."""
    inside, titles = False, list[str]()
    for block in blocks:
        if block.kind is BlockKind.LIST_ITEM and inside:
            if block.level <= 1:
                titles.append(clean(block.text).rstrip(".;,"))
        elif block.kind is BlockKind.PARAGRAPH:
            if len(titles) > 1:
                break
            text = clean(block.text)
            inside, titles = text.endswith((":", ";")) and bool(ANNOUNCES.search(text)), []
        elif block.kind is BlockKind.HEADING:
            if len(titles) > 1:
                break
            inside = False
    return titles if len(titles) > 1 else []


def is_alike(one: str, other: str) -> bool:
    """The same title, a misprint or an ending apart."""
    matcher = SequenceMatcher(None, fold(one), fold(other))
    return all(ratio() >= _ALIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))
