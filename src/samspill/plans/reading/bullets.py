"""Measures, goals and ideals from lists and labelled paragraphs. A list nobody opens is not read.

Not here: which lines open a list (`openers`), tables (`tables`), running text (`prose`).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.plans.reading.columns import Role, role_of
from samspill.plans.reading.details import (
    DETAIL,
    LABELLED,
    WORDS_OF_DETAIL,
    split_details,
    split_name,
    take_details,
)
from samspill.plans.reading.drafts import Draft, GoalDraft, anchor_of
from samspill.plans.reading.entities import patient_groups_in
from samspill.plans.reading.item_forms import does_something
from samspill.plans.reading.leads import party_in, split_lead
from samspill.plans.reading.list_habits import Habits, habits_of, keep_stops, split_theme
from samspill.plans.reading.list_signs import gather
from samspill.plans.reading.openers import Opens, closes, opener, subject_of_opener
from samspill.plans.reading.prose import doer_in
from samspill.plans.reading.tails import have_names, split_tail, split_unclosed, with_brackets
from samspill.plans.reading.verbs import begins_with_action
from samspill.plans.reading.weighing_lists import measures_among
from samspill.plans.reading.words import PAGE_NUMBER, clean

_GOAL_LINE = re.compile(
    r"(?:(?:vårt|felles|overordne(?:t|de)|overordna|hoved|hovud|del)\s?)?mål(?:et|setting(?:en)?|setjing(?:a)?)?"
    r"(?:\svårt|\sfor\s[^:]{2,60})?\s?\d{0,2}(?:\.\d{1,2})?\s?:\s+(?P<text>\S.{3,})",
    re.IGNORECASE,
)
_SAID_OF = re.compile(
    r"(?P<key>[A-ZÆØÅ][\wæøå]+(?:\s[\wæøå]+){0,2})\s?:\s+\S"
)  # «Skildring: …» below a measure
_OWNER = re.compile(
    r"(?:hoved|hovud)?ansvar(?:lig|leg)?(?:\s(?:part|organ))?"
    r"(?:\sfor\s\w*(?:området|oppfølging\w*|kapitlet|kapittelet))?\s?:\s*(?P<who>\S.{1,150})",
    re.IGNORECASE,
)
_SURE, _NESTED = 0.92, 0.8  # an item right below its opener; an item below another item
_SAID_BELOW = re.compile(rf"\s*{WORDS_OF_DETAIL}\s?:\s*\S", re.IGNORECASE)
# With a full stop or a verb of will; a row of a table that lost its columns has neither
_SENTENCE = re.compile(r"[A-ZÆØÅ«](?:.{20,}[.!]|.*\s(?:skal|vil|må)\s.*)")
_LINES = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SKIPPED = (BlockKind.PAGE_BREAK, BlockKind.FOOTNOTE, BlockKind.CAPTION)
_LONGEST_IDEAL = 200
# «FSU eldre: Lage felles sjekkliste»
_DIGIT_LAST = re.compile(r"\d\s*$")


class ListReader:
    """Reads a document's lists in order; its public lists hold what was found.

    `goals` go for what follows in the section, `parents` only for the items below them.
    `owners` are the lines that say who owns a whole section, by place.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._rows = Counter(
            _without_digits(one) for one in document.blocks if one.kind is BlockKind.TABLE_ROW
        )
        self.drafts: list[Draft] = []
        self.goals: list[GoalDraft] = []
        self.parents: list[GoalDraft] = []
        self.sub_objectives: list[GoalDraft] = []
        self.owners: dict[int, str] = {}
        self._open = Opens.NOTHING
        self._parent: GoalDraft | None = None
        self._is_goal = False  # that the parent is called one
        self._items: list[tuple[int, Block]] = []
        self._told: list[GoalDraft] = []  # the goals told since the last measures; one alone is theirs
        self._is_served = False
        self._subject = ""  # who is to do what the list holds, when the line above it says so
        self._last: Draft | None = None  # the measure that a line «Ansvarlig: …» right below belongs to
        self.said_below: dict[int, list[str]] = {}  # «Frist: …» below an item, by the place of the item
        self.detail_places: set[int] = set()  # of those lines, which are no text of their own
        self.sentences: set[int] = set()  # items that are whole sentences, in lists that nobody opens
        self._is_shut = False  # the line above says that the list holds nothing to be done

        self._habits: dict[int, Habits] = {}
        self._measures: dict[int, str] = {}  # the lists that are like measures, with what tells

    def read(self) -> None:
        blocks = self.document.blocks
        between = {index for index, block in enumerate(blocks) if self._is_of_page(block)}
        lists = gather(blocks, between)
        self._measures = measures_among(lists)
        texts: dict[str, list[str]] = defaultdict(list)
        for one in lists:
            if one.start in self._measures:
                texts[one.key] += [clean(block.text) for block in one.top]
        habits = {key: habits_of(own) for key, own in texts.items()}
        self._habits = {one.start: habits[one.key] for one in lists if one.start in self._measures}
        for index, block in enumerate(self.document.blocks):
            if self._items and block.kind in _LINES and _SAID_BELOW.match(text := clean(block.text)):
                self.said_below.setdefault(_holder(self._items, block), []).append(text)
                self.detail_places.add(index)
            elif block.kind is BlockKind.LIST_ITEM:
                self._items.append((index, block))
            elif block.kind not in _SKIPPED and not (self._items and self._is_of_page(block)):
                self._close()
                self._read_line(index, block)
        self._close()

    def _is_of_page(self, block: Block) -> bool:
        """A page number, or a header with tabs that every page has: the list goes on after it."""
        if block.kind is BlockKind.TABLE_ROW:
            return self._rows[_without_digits(block)] > 1 and bool(_DIGIT_LAST.search(block.text))
        return block.kind is not BlockKind.LIST_ITEM and bool(PAGE_NUMBER.fullmatch(clean(block.text)))

    def _read_line(self, index: int, block: Block) -> None:
        text = clean(block.text)
        if block.kind is BlockKind.HEADING and opener(block) is Opens.NOTHING:
            self._told = []
        announces = text.endswith((":", ";", "?"))
        self._is_shut = announces and closes(text)
        if block.kind is BlockKind.TABLE_ROW:
            self._open, self._last = Opens.NOTHING, None
        elif self._last is not None and self._belongs_to_last(index, text):
            self._said_of_last(self._last, index, block, text)
        elif goal := _GOAL_LINE.fullmatch(text):
            self._tell_goals([GoalDraft(goal["text"], index, block.line, block.page)])
            self._open, self._last, self._subject = Opens.NOTHING, None, ""
        elif labelled := LABELLED.fullmatch(text):
            self._add(index, block, labelled["text"], labelled["label"], "labelled-paragraph", _SURE)
        elif self._is_detailed(index) and begins_with_action(text):
            self._add(index, block, text, block.label, "labelled-paragraph", _NESTED)
        elif owner := _OWNER.fullmatch(text):
            self.owners[index] = owner["who"]
        elif (opens := opener(block)) is not Opens.NOTHING:
            self._open, self._parent, self._last = opens, None, None
            self._subject = subject_of_opener(text)
        elif self._open is Opens.SUB_OBJECTIVES and _is_ideal(block):
            self.sub_objectives.append(GoalDraft(text, index, block.line, block.page))
        else:
            self._open, self._last, self._subject = Opens.NOTHING, None, party_in(text)

    def _belongs_to_last(self, index: int, text: str) -> bool:
        """The line says something of the measure right above it: who, when, what for, or how."""
        if DETAIL.match(text):
            return True
        if _GOAL_LINE.fullmatch(text):
            return self._is_detailed(index) or not self._told
        found = _SAID_OF.match(text)
        return found is not None and role_of(found["key"]) not in (
            None,
            Role.MEASURE,
            Role.ACTIVITY,
            Role.AREA,
        )

    def _is_detailed(self, index: int) -> bool:
        """The line right below says who or when."""
        after = next((one for one in self.document.blocks[index + 1 :] if one.kind not in _SKIPPED), None)
        return after is not None and after.kind in _LINES and bool(DETAIL.match(clean(after.text)))

    def _said_of_last(self, last: Draft, index: int, block: Block, text: str) -> None:
        if goal := _GOAL_LINE.fullmatch(text):
            last.goal = GoalDraft(goal["text"], index, block.line, block.page)
            self.parents.append(last.goal)
        else:
            take_details(last, text)

    def _tell_goals(self, goals: Sequence[GoalDraft]) -> None:
        self.goals += goals
        self._told = list(goals) if self._is_served else [*self._told, *goals]
        self._is_served = False

    def _close(self) -> None:
        """The list has ended: now it can be told what it holds."""
        items, self._items = self._items, []
        if not items:
            return
        if self._open is Opens.GOALS:
            self._tell_goals(_as_goals(items))
        elif self._open is Opens.SUB_OBJECTIVES:
            if not self._has_ideals_above(items[0][0]):
                self.sub_objectives += _as_goals(items)
        elif (told := self._measures.get(items[0][0])) is not None and not self._is_shut:
            if not _names_patient_groups([block for _, block in items]):
                self._read_measures(items, told)
        else:
            self._read_sentences(items)

    def _read_sentences(self, items: Sequence[tuple[int, Block]]) -> None:
        """In a list that is no list of measures, each sentence is judged for itself."""
        self._read_named([(index, block) for index, block in items if _is_named(block)])
        if not self._is_shut:
            self.sentences |= {index for index, block in items if _SENTENCE.fullmatch(clean(block.text))}

    def _read_named(self, items: Sequence[tuple[int, Block]]) -> None:
        """«Tiltak 2.1: …» is a measure whatever line stands above the list."""
        for index, block in items:
            self._add(index, block, clean(block.text), "", "labelled-paragraph", _SURE)

    def _has_ideals_above(self, index: int) -> bool:
        return bool(self.sub_objectives) and self.sub_objectives[-1].index == index - 1

    def _read_measures(self, items: Sequence[tuple[int, Block]], told: str) -> None:
        is_opened = self._open is Opens.MEASURES
        sure = _SURE if is_opened else _NESTED
        rule = "list-item" if is_opened else f"list-item ({told})"
        shallowest = min(block.level for _, block in items)
        texts = [with_brackets(clean(block.text), block.verbatim) for _, block in items]
        habits = self._habits[items[0][0]]
        stops = keep_stops(texts)
        named = habits.names or have_names(texts)
        for place, (index, block) in enumerate(items):
            text = clean(block.text)
            if block.level > shallowest and not (self._parent or begins_with_action(text)):
                continue
            if block.level == shallowest:
                self._parent = None
                if goal := _goal_above(text, [one for _, one in items[place:]]):
                    self._parent = GoalDraft(goal, index, block.line, block.page)
                    self._is_goal = bool(_GOAL_LINE.fullmatch(text))
                    self.parents.append(self._parent)
                    continue
            confidence = sure if block.level == shallowest else _NESTED
            text = with_brackets(text, block.verbatim)
            theme, text = split_theme(text) if habits.themes else ("", text)
            label = block.label or theme
            self._add(index, block, text, label, rule, confidence, names_count=named, stops=stops)

    def _goal(self) -> GoalDraft | None:
        """What is called a goal goes before a theme that the items stand below."""
        told = self._told[0] if len(self._told) == 1 else None
        return self._parent if self._parent and self._is_goal else told or self._parent

    def _add(
        self,
        index: int,
        block: Block,
        text: str,
        label: str,
        rule: str,
        confidence: float,
        *,
        names_count: bool = False,
        stops: bool = False,
    ) -> None:
        """`stops`: the full stop before «Ansvar: …» belongs to the measure."""
        named, text = split_name(text)
        label = named or label
        bare, said = split_details(text)
        if said and stops and text[len(bare) :].startswith("."):
            bare = f"{bare}."
        bare, before = split_unclosed(bare) if said else (bare, "")
        bare, who, when = split_tail(bare, names_count=names_count)
        bare, lead, time = split_lead(bare)
        who, when = who or before or lead, when or time
        anchor = anchor_of(self.document, block, bare)
        draft = Draft(
            text=bare,
            label=label,
            index=index,
            line=anchor.line,
            last_line=anchor.last_line,
            page=block.page,
            verbatim=anchor.verbatim,
            rule=rule,
            confidence=confidence,
            origin=str(block.line),
            goal=self._goal(),
        )
        self._is_served = True
        draft.responsible, draft.responsible_from, draft.deadline = who, "cell" if who else "", when
        take_details(draft, " ".join([said, *self.said_below.get(index, ())]).strip())
        # only a sentence has somebody in front, and it begins with a capital letter
        doer = (doer_in(bare) if bare[:1].isupper() and not does_something(bare) else "") or self._subject
        if not draft.responsible and rule.startswith("list-item") and doer:
            draft.responsible, draft.responsible_from = doer, "sentence"
        self.drafts.append(draft)
        self._last = draft


def _holder(items: Sequence[tuple[int, Block]], below: Block) -> int:
    """The place of the item a line says something of: the last that it stands deeper than, else the last."""
    is_item = below.kind is BlockKind.LIST_ITEM
    above = [index for index, block in items if is_item and block.level < below.level]
    return above[-1] if above else items[-1][0]


def _without_digits(block: Block) -> str:
    return re.sub(r"\d+", "#", clean(block.text))


def _goal_above(text: str, items: Sequence[Block]) -> str:
    """What the items below the first of these are for: it says «Mål:», ends with a colon, or does nothing."""
    if goal := _GOAL_LINE.fullmatch(text):
        return goal["text"]
    first, *rest = items
    below = []
    for one in rest:
        if one.level <= first.level:
            break
        below.append(clean(one.text))
    if not text.endswith(":") and (begins_with_action(text) or not below):
        return ""
    return text.rstrip(" :") if text.endswith(":") or all(map(begins_with_action, below)) else ""


def _is_named(block: Block) -> bool:
    """«Tiltak 1.2: …», with a number."""
    found = LABELLED.fullmatch(clean(block.text))
    return bool(found and found["label"])


def _is_ideal(block: Block) -> bool:
    """A line after «Dette betyr»: no sentence with a full stop."""
    text = clean(block.text)
    return (
        len(text) <= _LONGEST_IDEAL and not text.endswith((".", ":", "!")) and not (block.label[:1].isdigit())
    )


def _as_goals(items: Sequence[tuple[int, Block]]) -> list[GoalDraft]:
    return [
        GoalDraft(clean(block.text).rstrip(";,"), index, block.line, block.page) for index, block in items
    ]


def _names_patient_groups(items: Sequence[Block]) -> bool:
    short = [block for block in items if len(block.text.split()) <= 12]
    return len(short) == len(items) and all(patient_groups_in(block.text) for block in items)
