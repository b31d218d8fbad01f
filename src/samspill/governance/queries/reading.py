"""A meeting as a member reads it: per item what it is about, what is asked, what is new, and one's own notes.

Everything is fetched for all items at once; see `reading` for how many queries.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspill.directory.public import Actor
from samspill.governance.models import (
    AgendaItem,
    Case,
    CaseBrief,
    ConflictAssessment,
    Meeting,
    Paper,
    PrivateNote,
    RaisedPoint,
    Tenure,
    Treatment,
)
from samspill.governance.queries.access import Reading, may_read_case, reading_from
from samspill.governance.queries.agenda import live_items, waits_for_yes
from samspill.governance.queries.anchoring import Bar, newest_bars
from samspill.governance.queries.bodies import tenures_of
from samspill.governance.queries.case_steps import Step, since, steps
from samspill.governance.queries.papers import PaperLine, line_of
from samspill.governance.queries.voices import parties_in
from samspill.governance.rules.brief_changes import PartChange, brief_changes
from samspill.governance.states import (
    BriefPart,
    ConflictConclusion,
    ItemKind,
    TreatmentState,
)

ASKS = frozenset({ItemKind.DECISION, ItemKind.DISCUSSION})
WORDS_A_MINUTE = 200
SHOWN_ALONE = frozenset({BriefPart.SUMMARY, BriefPart.QUESTION, BriefPart.USER_VIEW})


@dataclass(frozen=True)
class ItemRead:
    """What a member sees of an item. `is_shut`: their impartiality is in doubt, so the papers are closed.

    is_closed   the case is not for the reader at all: only its public title is here
    """

    item: AgendaItem
    case: Case | None = None
    title: str = ""
    content: Sequence[Mapping[str, Any]] = ()
    steps: Sequence[Step] = ()
    changes: Sequence[PartChange] = ()
    since: str = ""
    anchoring: Bar | None = None
    papers: Sequence[PaperLine] = ()
    points: Sequence[RaisedPoint] = ()
    note: PrivateNote | None = None
    own_point: RaisedPoint | None = None
    conflict: ConflictAssessment | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    is_closed: bool = False

    @property
    def is_shut(self) -> bool:
        return self.conflict is not None and self.conflict.conclusion != ConflictConclusion.QUALIFIED

    @property
    def is_disqualified(self) -> bool:
        return self.conflict is not None and self.conflict.conclusion == ConflictConclusion.DISQUALIFIED

    @property
    def asks(self) -> bool:
        return self.item.kind in ASKS and not self.is_shut

    @property
    def summary(self) -> str:
        return self.texts.get(BriefPart.SUMMARY, "") or (self.case.summary if self.case else "")

    @property
    def question(self) -> str:
        return self.texts.get(BriefPart.QUESTION, "") or (self.case.question if self.case else "")

    @property
    def user_view(self) -> str:
        return self.texts.get(BriefPart.USER_VIEW, "")

    @property
    def rest(self) -> list[Mapping[str, Any]]:
        """The parts of the brief that are folded away below."""
        return [one for one in self.content if one["part"] not in SHOWN_ALONE]

    @property
    def word_count(self) -> int:
        return 0 if self.is_shut else sum(len(one["text"].split()) for one in self.content)


def items_out(meeting: Meeting, actor: Actor) -> list[AgendaItem]:
    """What stands on the agenda for `actor`; a late item is shown to those who may take it alone. 1 query."""
    items = AgendaItem.objects.visible_to(actor).filter(pk__in=live_items(meeting).values("pk"))
    return list(items.order_by("order", "pk"))


def reading(
    meeting: Meeting,
    actor: Actor,
    found: Iterable[AgendaItem] | None = None,
    held: Sequence[Tenure] | None = None,
) -> list[ItemRead]:
    """The items of a called meeting for `actor` (a visitor gets what is open). At most 13 queries.

    1 less when what `items_out` tells is at hand, and 1 when `held`, the actor's seats, are.
    """
    items = [
        item for item in (items_out(meeting, actor) if found is None else found) if not waits_for_yes(item)
    ]
    here = {item.treatment_id for item in items if item.treatment_id}
    passages = _passages(here, actor)
    treatments = {one.pk: one for one in passages if one.pk in here}
    case_ids = [one.case_id for one in treatments.values()]
    briefs = _briefs(case_ids, actor)
    ways = _ways(passages)
    tenures = tenures_of(actor) if held is None else held
    rounds = newest_bars(case_ids, actor, parties_in(tenures, actor) if actor.is_known else frozenset())
    papers, mine = _papers(case_ids, actor), _mine(items, case_ids, actor)
    access = reading_from(actor, tenures, mine.shut)
    return [
        _read(
            item, treatments.get(item.treatment_id or 0), meeting, briefs, ways, rounds, papers, mine, access
        )
        for item in items
    ]


def in_plain_words(meeting: Meeting, actor: Actor, tenures: Sequence[Tenure]) -> list[ItemRead]:
    """The cases of a called meeting in the words of their briefs, for who holds `tenures`. 4 queries."""
    items = [item for item in items_out(meeting, actor) if item.treatment_id and not waits_for_yes(item)]
    passages = _passages({item.treatment_id for item in items if item.treatment_id}, actor)
    treatments = {one.pk: one for one in passages}
    case_ids = [treatments[item.treatment_id].case_id for item in items if item.treatment_id in treatments]
    mine = _Mine({}, {}, _conflicts(case_ids, actor), actor.account_id)
    access = reading_from(actor, tenures, mine.shut)
    briefs, ways = _briefs(case_ids, actor), _ways(passages)
    return [
        _read(item, treatments.get(item.treatment_id or 0), meeting, briefs, ways, {}, {}, mine, access)
        for item in items
    ]


@dataclass(frozen=True)
class _Mine:
    """What is the actor's own, by item (conflicts by case), and what others have raised."""

    notes: Mapping[int, PrivateNote]
    points: Mapping[int, list[RaisedPoint]]
    conflicts: Mapping[int, ConflictAssessment]
    account_id: int | None

    @property
    def shut(self) -> list[int]:
        """The cases that are closed for the actor."""
        raised = self.conflicts.values()
        return [one.case_id for one in raised if one.conclusion != ConflictConclusion.QUALIFIED]


def _mine(items: Sequence[AgendaItem], case_ids: Sequence[int], actor: Actor) -> _Mine:
    if actor.account_id is None:
        return _Mine({}, {}, {}, None)
    notes = PrivateNote.objects.visible_to(actor).filter(item__in=items, account_id=actor.account_id)
    points: dict[int, list[RaisedPoint]] = {}
    for one in RaisedPoint.objects.visible_to(actor).filter(item__in=items):
        points.setdefault(one.item_id, []).append(one)
    return _Mine({one.item_id: one for one in notes}, points, _conflicts(case_ids, actor), actor.account_id)


def notes_at(meeting: Meeting, actor: Actor) -> list[tuple[int, str]]:
    """(item, text) of what the actor has written to themselves at the meeting. 1 query."""
    mine = PrivateNote.objects.visible_to(actor).filter(account_id=actor.account_id or 0)
    own = mine.filter(item__meeting=meeting)
    return list(own.values_list("item_id", "text"))


def _conflicts(case_ids: Sequence[int], actor: Actor) -> dict[int, ConflictAssessment]:
    """The actor's own, by case."""
    rows = ConflictAssessment.objects.visible_to(actor).filter(
        case__in=case_ids, tenure__person__account=actor.account_id
    )
    return {one.case_id: one for one in rows}


def _briefs(case_ids: Sequence[int], actor: Actor) -> dict[int, list[CaseBrief]]:
    """Frozen briefs by case, the newest first."""
    found: dict[int, list[CaseBrief]] = {}
    for brief in CaseBrief.objects.visible_to(actor).filter(case__in=case_ids).order_by("-version"):
        found.setdefault(brief.case_id, []).append(brief)
    return found


def _passages(here: Collection[int], actor: Actor) -> list[Treatment]:
    """Every passage of the cases that go through `here`, in order; none when there are none here."""
    if not here:
        return []
    rows = Treatment.objects.visible_to(actor).filter(
        case__in=Treatment.objects.filter(pk__in=here).values("case")
    )
    needs = ("case", "case__gist", "case__reporter_party", "body", "forwarded_by", "forwarded_by__to_body")
    return list(rows.select_related(*needs).order_by("order"))


def _ways(passages: Iterable[Treatment]) -> dict[int, list[Treatment]]:
    found: dict[int, list[Treatment]] = {}
    for one in passages:
        if one.state != TreatmentState.CANCELLED:
            found.setdefault(one.case_id, []).append(one)
    return found


def _papers(case_ids: Sequence[int], actor: Actor) -> dict[int, list[Paper]]:
    found: dict[int, list[Paper]] = {}
    for paper in (
        Paper.objects.visible_to(actor)
        .filter(case__in=case_ids, is_removed=False)
        .prefetch_related("versions")
    ):
        found.setdefault(paper.case_id or 0, []).append(paper)
    return found


def _read(  # what was fetched for all items, by item and case
    item: AgendaItem,
    treatment: Treatment | None,
    meeting: Meeting,
    briefs: Mapping[int, list[CaseBrief]],
    ways: Mapping[int, list[Treatment]],
    rounds: Mapping[int, Bar],
    papers: Mapping[int, list[Paper]],
    mine: _Mine,
    access: Reading,
) -> ItemRead:
    points = mine.points.get(item.pk, [])
    own = next((one for one in points if one.account_id == mine.account_id), None)
    if treatment is None:
        return ItemRead(
            item, title=item.public_title, points=points, own_point=own, note=mine.notes.get(item.pk)
        )
    case = treatment.case
    reader = access.of(case, {one.body_id for one in ways.get(case.pk, [])})
    if not may_read_case(case, reader) and case.is_screened:
        conflict = mine.conflicts.get(case.pk)
        return ItemRead(
            item, title=case.public_title, points=points, own_point=own, conflict=conflict, is_closed=True
        )
    versions = briefs.get(case.pk, [])
    content = versions[0].content if versions else []
    way = ways.get(case.pk, [])
    return ItemRead(
        item,
        case=case,
        title=case.title,
        content=content,
        texts={one["part"]: one["text"] for one in content},
        steps=steps(case, way, treatment, meeting),
        changes=brief_changes(versions[1].content, content) if len(versions) > 1 else (),
        since=since(way, treatment),
        anchoring=rounds.get(case.pk),
        papers=[line_of(paper, case, reader) for paper in papers.get(case.pk, [])],
        points=points,
        own_point=own,
        note=mine.notes.get(item.pk),
        conflict=mine.conflicts.get(case.pk),
    )


def reading_minutes(items: Iterable[ItemRead]) -> int:
    """How long the briefs take to read, rounded up to five minutes; 0 when there is nothing to read."""
    words = sum(one.word_count for one in items)
    return -(-words // (WORDS_A_MINUTE * 5)) * 5
