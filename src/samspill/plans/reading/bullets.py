"""Measures, goals and ideals from lists and labelled paragraphs. The line that opens a list tells what it is.

«Tiltak:» opens measures, «Mål:» goals, «Dette betyr;» sub-objectives. A list nobody opens is not read here.
Not here: tables (`tables`), running text (`prose`).
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.columns import Role, role_of
from samspill.plans.reading.details import DETAIL, LABELLED, split_details, split_name, take_details
from samspill.plans.reading.drafts import Draft, GoalDraft, anchor_of
from samspill.plans.reading.entities import patient_groups_in
from samspill.plans.reading.headings import SUB_OBJECTIVES
from samspill.plans.reading.tails import have_names, split_tail
from samspill.plans.reading.verbs import begins_with_action
from samspill.plans.reading.words import clean, fold


class Opens(StrEnum):
    MEASURES = "measures"
    GOALS = "goals"
    SUB_OBJECTIVES = "sub_objectives"
    NOTHING = ""


_FOLLOWING = r"(?:følgende|følgjande|desse|disse|nedenstående)"
_THINGS = (
    r"(?:tiltak(?:ene|a)?|aktivitet(?:er|ar)|oppg[aå]ve(?:r|ne)?|områder?|punkt(?:er)?|satsing(?:er|ar)"
    r"|handling(?:er|ar))"
)
_WHO = (
    r"(?:vi|helsefellesskapet|partene|partane|partnerne|partnarane|kommunene|kommunane|utvalget|utvalet"
    r"|ssu|fsu)"
)
# Matched on folded text of a line that ends with a colon, or of a heading; the first that fits decides
_OPENERS: tuple[tuple[Opens, re.Pattern[str]], ...] = (
    (
        Opens.GOALS,
        re.compile(
            r"(?:hoved|hovud|del|effekt)?mål(?:ene|a|setting\w*|setjing\w*)?(?: for .{1,60}| i perioden)?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(r"(?:del)?mål og (?:tilhørende |tilhøyrande )?tiltak(?: (?:i|for)\b.{0,60})?$"),
    ),
    (
        Opens.GOALS,
        re.compile(
            r".{0,60}\b(?:vil|skal|ønsker|ønskjer) (?:vi |\w+ )?(?:oppnå|nå)(?: følgende| følgjande| disse"
            r"| desse)?(?: mål\w*)?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            rf"(?:(?:prioriterte|aktuelle|konkrete|felles|nye|planlagte|våre|{_FOLLOWING}) )*"
            r"(?:tiltak(?:ene|a|sliste)?|aktivitet(?:er|ar)|handling(?:er|ar))(?: (?:i|for|er|blir|vil|som"
            r"|og ansvar)\b.{0,80}| \d{4}.{0,12})?$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            rf".{{0,120}}\b{_FOLLOWING} {_THINGS}\b.{{0,80}}\b(?:skal|vil|er|prioriter\w+|gjennomfør\w+"
            rf"|settes|setjast)\b.{{0,60}}$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(
            rf".{{0,120}}\b(?:skal|vil|prioriterer|gjennomfører"
            rf"|iverksetter)\b.{{0,60}}\b{_FOLLOWING} {_THINGS}$"
        ),
    ),
    (
        Opens.MEASURES,
        re.compile(rf".{{0,120}}\b(?:{_WHO} (?:skal|vil|må)|(?:skal|vil|må) {_WHO})(?: \w+){{0,4}}$"),
    ),
    (Opens.MEASURES, re.compile(r"(?:slik|dette|det) (?:gjør|gjer|skal|vil) vi\b.{0,40}$")),
    (Opens.MEASURES, re.compile(r"(?:hvordan|korleis) (?:få|skal vi|vil vi)\b.{0,40}$")),
    (Opens.MEASURES, re.compile(r"(?:hva|kva) (?:skal|vil|må) (?:vi )?(?:gj[øe]re\w*)\b.{0,30}$")),
)
_IDEALS = re.compile(r"\b(?:oppleve|at|betyr|innebærer|inneber|kjennetegnes|kjenneteiknast)$")
# Goals and measures of the nation, and measures that are over, are not what this plan will do
_OF_OTHERS = re.compile(r"\b(?:nasjonale?|regjeringen|regjeringa|staten|stortinget|nhsp|direktoratet)\b")
_DONE_BEFORE = re.compile(
    r"\b(?:ble|vart|blei|er|har)\b.{0,30}\b(?:gjennomførte?|gjennomføre|fullførte?|etablerte?|ferdigstilte?"
    r"|avslutt?[ae]de?|avsluttet|utførte?|oppnådd)\b|\b(?:forrige|førre|siste|gjennomførte|fullførte) (?:plan"
    r"|periode|planperiode|strategiperiode|tiltak|år)\w*"
)
_SOMEBODY_WILL = re.compile(
    r"(?P<who>[A-ZÆØÅ](?:(?!\b(?:skal|vil|må)\b)[^.:;]){1,90}?)\s(?:skal|vil|må)(?:\s[\wæøå-]+){0,6}\s?[:;]"
)
_WE = re.compile(r"(?:vi|man|ein|en|de|dei|det|dette)", re.IGNORECASE)
_GOAL_LINE = re.compile(
    r"(?:hoved|hovud|del)?mål\s?\d{0,2}(?:\.\d{1,2})?\s?:\s+(?P<text>\S.{3,})", re.IGNORECASE
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
_LINES = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SKIPPED = (BlockKind.PAGE_BREAK, BlockKind.FOOTNOTE, BlockKind.CAPTION)
_LONGEST_IDEAL = 200


class ListReader:
    """Reads a document's lists in order; its public lists hold what was found.

    `goals` go for what follows in the section, `parents` only for the items below them.
    `owners` are the lines that say who owns a whole section, by place.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.drafts: list[Draft] = []
        self.goals: list[GoalDraft] = []
        self.parents: list[GoalDraft] = []
        self.sub_objectives: list[GoalDraft] = []
        self.owners: dict[int, str] = {}
        self._open = Opens.NOTHING
        self._parent: GoalDraft | None = None
        self._items: list[tuple[int, Block]] = []
        self._told: list[GoalDraft] = []  # the goals told since the last measures; one alone is theirs
        self._is_served = False
        self._subject = ""  # who is to do what the list holds, when the line above it says so
        self._last: Draft | None = None  # the measure that a line «Ansvarlig: …» right below belongs to

    def read(self) -> None:
        for index, block in enumerate(self.document.blocks):
            if block.kind is BlockKind.LIST_ITEM:
                self._items.append((index, block))
            elif block.kind not in _SKIPPED:
                self._close()
                self._read_line(index, block)
        self._close()

    def _read_line(self, index: int, block: Block) -> None:
        text = clean(block.text)
        if block.kind is BlockKind.HEADING and opener(block) is Opens.NOTHING:
            self._told = []
        if block.kind is BlockKind.TABLE_ROW:
            self._open, self._last = Opens.NOTHING, None
        elif self._last is not None and self._belongs_to_last(index, text):
            self._said_of_last(self._last, index, block, text)
        elif goal := _GOAL_LINE.fullmatch(text):
            self._tell_goals([GoalDraft(goal["text"], index, block.line, block.page)])
            self._open, self._last = Opens.NOTHING, None
        elif labelled := LABELLED.fullmatch(text):
            self._add(index, block, labelled["text"], labelled["label"], "labelled-paragraph", _SURE)
        elif self._is_detailed(index) and begins_with_action(text):
            self._add(index, block, text, block.label, "labelled-paragraph", _NESTED)
        elif owner := _OWNER.fullmatch(text):
            self.owners[index] = owner["who"]
        elif (opens := opener(block)) is not Opens.NOTHING:
            self._open, self._parent, self._last = opens, None, None
            self._subject = subject_of_opener(text) if block.kind is BlockKind.PARAGRAPH else ""
        elif self._open is Opens.SUB_OBJECTIVES and _is_ideal(block):
            self.sub_objectives.append(GoalDraft(text, index, block.line, block.page))
        else:
            self._open, self._last = Opens.NOTHING, None

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
        """The list has ended: now it can be told whether it lists patient groups, which are no measures."""
        items, self._items = self._items, []
        if self._open is Opens.NOTHING:
            self._read_named([(index, block) for index, block in items if _is_named(block)])
            return
        if not items:
            return
        if self._open is Opens.MEASURES and not _names_patient_groups([block for _, block in items]):
            self._read_measures(items)
        elif self._open is Opens.GOALS:
            self._tell_goals(_as_goals(items))
        elif self._open is Opens.SUB_OBJECTIVES and not self._has_ideals_above(items[0][0]):
            self.sub_objectives += _as_goals(items)

    def _read_named(self, items: Sequence[tuple[int, Block]]) -> None:
        """«Tiltak 2.1: …» is a measure whatever line stands above the list."""
        for index, block in items:
            self._add(index, block, clean(block.text), "", "labelled-paragraph", _SURE)

    def _has_ideals_above(self, index: int) -> bool:
        return bool(self.sub_objectives) and self.sub_objectives[-1].index == index - 1

    def _read_measures(self, items: Sequence[tuple[int, Block]]) -> None:
        shallowest = min(block.level for _, block in items)
        named = have_names([clean(block.text) for _, block in items])
        for place, (index, block) in enumerate(items):
            text = clean(block.text)
            if block.level > shallowest and not (self._parent or begins_with_action(text)):
                continue
            if block.level == shallowest:
                self._parent = None
                if goal := _goal_above(text, [one for _, one in items[place:]]):
                    self._parent = GoalDraft(goal, index, block.line, block.page)
                    self.parents.append(self._parent)
                    continue
            confidence = _SURE if block.level == shallowest else _NESTED
            self._add(index, block, text, block.label, "list-item", confidence, names_count=named)

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
    ) -> None:
        named, text = split_name(text)
        label = named or label
        bare, said = split_details(text)
        bare, who, when = split_tail(bare, names_count=names_count)
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
            goal=self._parent or (self._told[0] if len(self._told) == 1 else None),
        )
        self._is_served = True
        draft.responsible, draft.responsible_from, draft.deadline = who, "cell" if who else "", when
        if not who and self._subject and rule == "list-item":
            draft.responsible, draft.responsible_from = self._subject, "sentence"
        take_details(draft, said)
        self.drafts.append(draft)
        self._last = draft


def opener(block: Block) -> Opens:
    """What the list after this line holds."""
    text = clean(block.text)
    if block.kind is BlockKind.PARAGRAPH and SUB_OBJECTIVES.search(text):
        return Opens.SUB_OBJECTIVES
    if block.kind is not BlockKind.HEADING and not text.endswith((":", ";")):
        return Opens.NOTHING
    folded = fold(re.split(r"(?<=[a-zæøå]\.)\s+(?=[A-ZÆØÅ])", text)[-1])
    if _IDEALS.search(folded) or _OF_OTHERS.search(folded) or _DONE_BEFORE.search(folded):
        return Opens.NOTHING
    found = next((opens for opens, pattern in _OPENERS if pattern.match(folded)), Opens.NOTHING)
    return found or (Opens.MEASURES if subject_of_opener(text) else Opens.NOTHING)


def subject_of_opener(text: str) -> str:
    """«Kommunene og sykehuset» of «Kommunene og sykehuset skal sammen:»; "" when a pronoun does it."""
    found = _SOMEBODY_WILL.fullmatch(text)
    return found["who"] if found and is_somebody(found["who"]) and not _WE.fullmatch(found["who"]) else ""


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
