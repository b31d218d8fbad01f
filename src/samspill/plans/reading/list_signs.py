"""The lists of a document, each with the line that opens it, the heading above, and what is weighed of it.

A list is judged as a whole, among the other lists of the plan: a plan repeats the same words above the lists
of each area, and the lists that have somebody to do it and a time are the measures.
Not here: the weights (`weighing_lists`), or how a measure is made of an item (`bullets`).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.plans.reading.deadlines import split_deadline
from samspill.plans.reading.details import DETAIL, WORDS_OF_DETAIL
from samspill.plans.reading.headings import EXPLICIT
from samspill.plans.reading.item_forms import bare_item, form_of
from samspill.plans.reading.one_form import one_form
from samspill.plans.reading.openers import closes, hopes, opener, subject_of_opener
from samspill.plans.reading.tails import split_tail
from samspill.plans.reading.whole_lists import with_whole_lists
from samspill.plans.reading.words import PAGE_NUMBER, clean, fold

ALWAYS = "always"
_SKIPPED = (BlockKind.PAGE_BREAK, BlockKind.FOOTNOTE, BlockKind.CAPTION)
_LAST_SENTENCE = re.compile(r"(?<=[a-zæøå]\.)\s+(?=[A-ZÆØÅ])")
_TOKEN = re.compile(r"[a-zæøå]+")
_NAME = re.compile(r"(?<=\s)[A-ZÆØÅ][\wæøåÆØÅ-]*(?:\skommune|\ssykehus|\ssjukehus)?")
_SAID_BELOW = re.compile(rf"\s*{WORDS_OF_DETAIL}\s?:\s*\S", re.IGNORECASE)
_SENTENCE = re.compile(r"[A-ZÆØÅ«].{20,}[.!]")
_ACTS = ("infinitive", "to-infinitive", "infinitive-like", "order", "action-noun", "will", "present")
_LED_BY = re.compile(r"\bv/\s?\S")
_NUMBERED = re.compile(r"[\dA-H][\d.:]*[ .:)]")
_DIGITS = re.compile(r"\d+")
_OFTEN_SAID = 0.3  # of the items of a list say who or when
_LONG = 5  # characters of a word that are the same in all its forms


@dataclass(slots=True)
class SeenList:
    """`start` is the place of its first item; `lead` the line right above, `heading` the one over that."""

    start: int
    items: list[Block]
    lead: Block | None = None
    heading: str = ""
    section: int = -1
    said_below: int = 0  # lines below items that say who or when
    said: int = 0  # items with somebody, or a time
    traits: dict[str, float] = field(default_factory=dict)

    @property
    def top(self) -> list[Block]:
        shallowest = min(block.level for block in self.items)
        return [block for block in self.items if block.level == shallowest]

    @property
    def is_announced(self) -> bool:
        """The line above ends as such lines do, or names measures."""
        text = opening(self.lead)
        return self.lead is not None and (text.endswith((":", ";", "?")) or bool(opener(self.lead)))

    @property
    def telling(self) -> list[Block]:
        """The items that tell what the list holds: below a theme, those that stand deeper."""
        shallowest = min(block.level for block in self.items)
        found: list[Block] = []
        theme: Block | None = None
        for block in self.items:
            if block.level == shallowest:
                found.append(block)
                theme = block if form_of(block.text) not in _ACTS else None
            elif theme is not None:
                if found[-1] is theme:
                    found.pop()
                found.append(block)
        return found

    @property
    def key(self) -> str:
        """Lists with the same words above are of one kind."""
        text = opening(self.lead)
        return _DIGITS.sub("#", fold(text)) if self.lead else f"below {fold(self.heading)}"


def opening(lead: Block | None) -> str:
    return _LAST_SENTENCE.split(clean(lead.text))[-1] if lead else ""


def lists_of(document: Document) -> list[SeenList]:
    """Every list of a document, with its traits."""
    return gather(with_whole_lists(document).blocks)


def gather(blocks: Sequence[Block], between: Collection[int] = ()) -> list[SeenList]:
    """Every list, in order. `between` are the places of lines that a list goes on after."""
    found: list[SeenList] = []
    lead: Block | None = None
    heading, above, section, is_open = "", "", -1, False
    for place, block in enumerate(blocks):
        if is_open and _SAID_BELOW.match(clean(block.text)):
            found[-1].said_below += 1
        elif block.kind is BlockKind.LIST_ITEM:
            if not is_open:
                is_heading = lead is not None and lead.kind is BlockKind.HEADING
                found.append(SeenList(place, [], lead, above if is_heading else heading, section))
                is_open = True
            found[-1].items.append(block)
        elif block.kind in _SKIPPED or place in between or PAGE_NUMBER.fullmatch(clean(block.text)):
            continue
        else:
            is_open = False
            lead = block
            if block.kind is BlockKind.HEADING:
                above, heading, section = heading, clean(block.text), place
    for one in found:
        one.said = max(sum(map(_says_who_or_when, one.top)), min(one.said_below, len(one.top)))
    weigh(found)
    return found


def _says_who_or_when(block: Block) -> bool:
    text = clean(block.text)
    return bool(
        DETAIL.search(text)
        or _LED_BY.search(text)
        or any(split_tail(text, names_count=True)[1:])
        or split_deadline(text)[1]
    )


def weigh(lists: Sequence[SeenList]) -> None:
    """Puts the traits on each list: its own, and how it stands among the others."""
    kinds: dict[str, _Kind] = {}
    sections: dict[int, list[SeenList]] = defaultdict(list)
    for one in lists:
        kinds.setdefault(one.key, _Kind()).lists.append(one)
        sections[one.section].append(one)
    for kind in kinds.values():
        kind.count()
    most_said = max((kind.said for kind in kinds.values()), default=0.0)
    most_acts = max((kind.acts for kind in kinds.values()), default=0.0)
    names_measures = any("tiltak" in key for key in kinds)
    for one in lists:
        kind, here = kinds[one.key], sections[one.section]
        one.traits = dict.fromkeys([ALWAYS, *_of_lead(one), *_of_heading(one)], 1.0)
        one.traits |= kind.items
        one.traits |= {
            "said": kind.said,
            "acts": kind.acts,
            "acts less than others": most_acts - kind.acts,
            "said less than others": most_said - kind.said,
            "says nothing and others do": float(most_said > _OFTEN_SAID and not kind.said),
            f"same words above {min(len(kind.lists), 4)}": 1.0,
            "others are called tiltak": float(names_measures and "tiltak" not in one.key),
            f"items {min(len(one.top), 6)}": 1.0,
            "has inner items": float(len(one.top) < len(one.items)),
            "last of section": float(here[-1] is one and len(here) > 1),
            "first of section": float(here[0] is one and len(here) > 1),
            "alone in section": float(len(here) == 1),
            "first list": float(lists[0] is one),
            "last list": float(lists[-1] is one),
        }


@dataclass(slots=True)
class _Kind:
    """The lists of a plan with the same words above: shares of their items."""

    lists: list[SeenList] = field(default_factory=list)
    items: dict[str, float] = field(default_factory=dict)
    said: float = 0.0  # somebody, or a time
    acts: float = 0.0  # a verb of doing

    def count(self) -> None:
        self.items = _of_items([block for one in self.lists for block in one.telling])
        self.said = sum(one.said for one in self.lists) / sum(len(one.top) for one in self.lists)
        self.acts = sum(self.items.get(f"item {form}", 0.0) for form in _ACTS)


def _of_lead(one: SeenList) -> Iterator[str]:
    if one.lead is None:
        yield "lead none"
        return
    kind = one.lead.kind
    text = opening(one.lead)
    yield f"lead {kind}"
    yield f"lead ends {text[-1:] if not text[-1:].isalnum() else 'word'}"
    yield f"rule {opener(one.lead).value or 'nothing'}"
    if subject_of_opener(clean(one.lead.text)):
        yield "lead says who will"
    if closes(clean(one.lead.text)):
        yield "rule closes"
    if text.endswith(".") or (
        kind is BlockKind.PARAGRAPH and len(text.split()) > 4 and text[-1:] not in ":;?"
    ):
        yield "lead is no opener"
        return
    words = _words(text)
    yield f"lead length {min(len(words), 8)}"
    yield f"lead first {' '.join(words[:1])}"
    yield f"lead first {' '.join(words[:2])}"
    yield f"lead last {' '.join(words[-1:])}"
    yield f"lead last {' '.join(words[-2:])}"
    yield from (f"lead word {word}" for word in words)
    yield from (f"lead stem {word[:_LONG]}" for word in words if len(word) > _LONG)


def _of_heading(one: SeenList) -> Iterator[str]:
    if not one.heading:
        yield "heading none"
        return
    if hopes(one.heading):
        yield "rule heading hopes"
    if EXPLICIT.match(clean(one.heading)):
        yield "heading is an area"
    yield from (f"heading stem {word[:_LONG]}" for word in _words(one.heading))
    if _NUMBERED.match(one.heading):
        yield "heading has a number"


def _of_items(items: Sequence[Block]) -> dict[str, float]:
    share = 1 / len(items)
    texts = [bare_item(block.text) for block in items]
    found: dict[str, float] = defaultdict(float)
    for block, text in zip(items, texts, strict=True):
        words = text.split()
        found[f"item {form_of(block.text)}"] += share
        found["item sentence"] += share * bool(_SENTENCE.fullmatch(text))
        found["item begins small"] += share * text[:1].islower()
        found["item ends ."] += share * text.endswith(".")
        found["item ends :"] += share * text.endswith(":")
        found["item keyword"] += share * (text != clean(block.text) and ":" in block.text)
        found[f"item length {min(len(words) // 3, 5)}"] += share
        found["item not"] += share * bool(re.search(r"\b(?:ikke|ikkje|ingen|aldri)\b", text))
        if words:
            found[f"item first {one_form(words[0].casefold())[:_LONG]}"] += share
    return dict(found)


def _words(text: str) -> list[str]:
    text = text[:1].casefold() + _NAME.sub(" named", text[1:])
    return [one_form(word) for word in _TOKEN.findall(text.casefold())]
