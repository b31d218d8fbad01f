"""From a document that has been read to a plan candidate: the order in which the parts look at it.

Tables first, since they are surest; then areas, lists, and running text only where no table speaks. Every
measure ends with its area, goal, responsibles and deadline, and what is missing is told as holes and
problems.
Not here: how any part finds what it finds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.documents.blocks import BlockKind, Document
from samspill.plans.reading.abbreviations import find_abbreviations
from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.bullets import ListReader
from samspill.plans.reading.candidates import Goal, Measure, Period, PlanReading, Problem
from samspill.plans.reading.communities import KnownCommunity, find_community
from samspill.plans.reading.deadlines import Deadline, deadline_in, read_deadline
from samspill.plans.reading.drafts import Draft, GoalDraft
from samspill.plans.reading.entities import (
    find_agreements,
    find_bodies,
    find_patient_groups,
    find_projects,
    find_referenced,
)
from samspill.plans.reading.examples import Examples, find_examples
from samspill.plans.reading.focus_areas import NO_AREAS, find_focus_areas
from samspill.plans.reading.gaps import find_holes, find_problems
from samspill.plans.reading.language import language_of
from samspill.plans.reading.mentions import Sections
from samspill.plans.reading.metadata import (
    find_adoption,
    find_kind,
    find_period,
    find_slogan,
    find_title,
    front_of,
)
from samspill.plans.reading.names import names_in, speaking_of
from samspill.plans.reading.numbers import find_numbers
from samspill.plans.reading.placing import AreaBook, free_places, goal_before
from samspill.plans.reading.prose import find_in_headings, find_in_prose
from samspill.plans.reading.questions import find_questions, places_of_answers
from samspill.plans.reading.responsible import read_responsible
from samspill.plans.reading.runs import find_runs, without_answers
from samspill.plans.reading.sentence_items import complete, with_told_items
from samspill.plans.reading.stated import find_stated
from samspill.plans.reading.tables import read_tables
from samspill.plans.reading.verbs import strength_of
from samspill.plans.reading.whole_lists import with_whole_lists
from samspill.plans.reading.words import clean
from samspill.refusal import Refused

ANSWERS_QUESTIONS = "innspill"  # the kind of document with questions and answers, and no measures in prose


def read_plan(document: Document, *, communities: Sequence[KnownCommunity] = ()) -> PlanReading:
    """Read a document as a plan. The same document always gives the same reading.

    `communities` are the helsefellesskap the plan may belong to; a name that is not among them is kept, with
    a problem. Raises `Refused("plan.empty")` for a document without text. A document in which no measure is
    found is read all the same, and `problems` says so.
    """
    texts = _texts_of(document)
    document = with_whole_lists(document)
    front = front_of(document.blocks)
    title = find_title(front)
    period = find_period(title, front, texts)
    language = language_of(texts) or "nb"
    abbreviations = find_abbreviations(document.blocks)
    community = find_community(texts, communities)
    kind = find_kind(title, texts)
    places = {place for one in communities for place in one.municipalities}
    short = {name for name, whole in abbreviations.items() if is_somebody(whole)}  # «Ahus»
    with speaking_of(names_in(texts) | places | short):
        found = _find(document, kind, period, len(front))
    names = (community.name, community.raw)
    owners = {area.key: who for index, who in found.owners.items() if (area := found.book.map.at(index))}
    finish = _Finisher(found.book, abbreviations, period, language, names, owners)
    measures = [finish.measure(draft) for draft in found.drafts]
    goals = [finish.goal(goal) for goal in found.goals]
    areas = found.book.areas({measure.focus_area for measure in measures})
    return PlanReading(
        title=title,
        kind=kind,
        community=community,
        period=period,
        language=language,
        adopted=find_adoption(front, document.blocks),
        slogan=find_slogan(front),
        abbreviations=abbreviations,
        focus_areas=tuple(areas),
        goals=tuple(goals),
        sub_objectives=tuple(finish.goal(goal) for goal in found.sub_objectives),
        measures=tuple(measures),
        bodies=tuple(find_bodies(texts, abbreviations)),
        agreements=tuple(find_agreements(texts)),
        projects=tuple(find_projects(texts)),
        patient_groups=tuple(find_patient_groups(texts)),
        questions=tuple(find_questions(document.blocks)) if kind == ANSWERS_QUESTIONS else (),
        examples=found.examples.texts,
        stated=tuple(find_stated(document.blocks)),
        holes=find_holes(areas, goals, measures),
        problems=(*found.problems, *find_problems(areas, measures, community, communities, period)),
        sha256=document.sha256,
        referenced=find_referenced(texts, title),
        numbers=find_numbers(document.blocks),
    )


def _texts_of(document: Document) -> list[str]:
    """The cleaned text of each block; a document without a single word is refused."""
    texts = [clean(block.text) for block in document.blocks if block.kind is not BlockKind.PAGE_BREAK]
    if not any(letter.isalnum() for text in texts for letter in text):
        raise Refused(
            "plan.empty", f"«{document.name}» has no text to read. Choose the file that holds the plan."
        )
    return texts


@dataclass(frozen=True, slots=True)
class _Found:
    """What the three ways of finding measures found together, in the order of the document."""

    book: AreaBook
    drafts: Sequence[Draft]
    goals: Sequence[GoalDraft]
    sub_objectives: Sequence[GoalDraft]
    owners: Mapping[int, str]
    problems: Sequence[Problem]
    examples: Examples


def _find(document: Document, kind: str, period: Period, front: int) -> _Found:
    runs = find_runs(document.blocks)
    if kind == ANSWERS_QUESTIONS:
        runs = without_answers(runs, places_of_answers(document.blocks))
    areas = find_focus_areas(document.blocks, [run.start for run in runs if run.columns or run.is_card])
    if kind == ANSWERS_QUESTIONS and areas.is_guessed:
        areas = NO_AREAS
    book = AreaBook(areas, document.blocks)
    front = min([front, *(span.start for span in areas.spans)])
    tables = read_tables(document, runs, book.is_inside)
    book.claim([*tables.drafts, *tables.goals])
    lists = ListReader(document)
    lists.read()
    free = free_places(book, tables.drafts)
    titles = {span.start for span in areas.spans}
    from_lists = [draft for draft in lists.drafts if draft.index in free and draft.index not in titles]
    listed = [goal for goal in (*lists.goals, *lists.parents) if goal.index in free or not tables.drafts]
    for draft in from_lists:
        draft.goal = draft.goal or goal_before(lists.goals, draft, book)
    examples = find_examples(document.blocks, in_answers=kind == ANSWERS_QUESTIONS)
    from_prose: list[Draft] = []
    if kind != ANSWERS_QUESTIONS:
        read = {draft.index for draft in lists.drafts} | lists.detail_places
        told = with_told_items(document, lists.sentences)
        places = [index for index in sorted(free - read - examples.places) if index >= front]
        sections = Sections(document, book.map.places)
        outside = [] if tables.drafts else sections.outside(front)
        from_prose = list(find_in_prose(told, places, period, outside=outside, section_of=sections.around))
        complete(from_prose, lists)
        from_prose += find_in_headings(document, places, {area.title for area in book.map.areas}, period)
        for draft in from_prose:
            draft.goal = draft.goal or goal_before(lists.goals, draft, book)
    return _Found(
        book=book,
        drafts=sorted([*tables.drafts, *from_lists, *from_prose], key=lambda draft: draft.index),
        goals=sorted([*tables.goals, *listed], key=lambda goal: goal.index),
        sub_objectives=lists.sub_objectives,
        owners=lists.owners,
        problems=[] if kind == ANSWERS_QUESTIONS else tables.problems,  # answers may stand in any table
        examples=examples,
    )


@dataclass(frozen=True, slots=True)
class _Finisher:
    """Turns drafts into measures: who, when, where."""

    book: AreaBook
    abbreviations: Mapping[str, str]
    period: Period
    language: str
    names: Sequence[str]
    owners: Mapping[str, str]

    def measure(self, draft: Draft) -> Measure:
        when = read_deadline(draft.deadline, self.period) if draft.deadline else Deadline()
        if not when.raw:
            when = deadline_in(draft.text, self.period)
        area = self.book.key_of(draft)
        said, said_in = draft.responsible, draft.responsible_from
        if not said and area in self.owners:  # inferred, and marked so
            said, said_in = self.owners[area], "section"
        who = read_responsible(said, self.abbreviations, language=self.language, names=self.names)
        return Measure(
            text=draft.text,
            line=draft.line,
            last_line=draft.last_line,
            page=draft.page,
            verbatim=draft.verbatim,
            focus_area=area,
            goal=draft.goal.text if draft.goal else "",
            rule=draft.rule,
            confidence=draft.confidence,
            origin=draft.origin,
            label=draft.label,
            responsible=who,
            responsible_from=said_in if who else "",
            deadline_raw=when.raw,
            deadline=when.day,
            deadline_precision=when.precision,
            strength=draft.strength or strength_of(draft.text),
            indicator=draft.fields.get("indicator", ""),
            status=draft.fields.get("status", ""),
            cost=draft.fields.get("cost", ""),
        )

    def goal(self, goal: GoalDraft) -> Goal:
        return Goal(goal.text, self.book.key_of(goal), goal.line, goal.page)
