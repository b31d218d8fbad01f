"""Cases as an actor sees them: one of them, and the list with its filters."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor, alphabetical, begins
from samspill.governance.actions.indexing_cases import CASE
from samspill.governance.models import Case, ConflictAssessment, Tenure, Treatment
from samspill.governance.queries.access import (
    Reading,
    may_read_case,
    may_read_not_released,
    reading_from,
    reading_of,
    title_for,
)
from samspill.governance.queries.bodies import tenures_of
from samspill.governance.queries.case_ways_on import RESTS_ON
from samspill.governance.queries.putting_forward import PUTS_FORWARD
from samspill.governance.rules.access import Reader
from samspill.governance.rules.passages import is_stuck
from samspill.governance.states import ENDED, CaseState, ConflictConclusion, TreatmentState

GROUPS: Mapping[str, frozenset[CaseState]] = {
    "meldt": frozenset({CaseState.REPORTED, CaseState.RETURNED}),
    "utredes": frozenset({CaseState.PREPARING}),
    "klar": frozenset({CaseState.READY, CaseState.ON_AGENDA}),
    "behandlet": frozenset({CaseState.TREATED, CaseState.FOLLOWED_UP}),
    "avsluttet": frozenset(ENDED),
}
"""What the list is narrowed to, by its word in the address."""
MINE, STUCK, DRAFTS = "mine", "fast", "kladd"
SORTS = ("nr", "tittel", "organ", "tilstand")
UNDER_WAY = [TreatmentState.PREPARING, TreatmentState.QUEUED, TreatmentState.ON_AGENDA]


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases of the actor's community and released ones of all; a draft is its writer's alone."""
    drafts = Q(state=CaseState.DRAFT)
    own = Q(reported_by_id=actor.account_id) if actor.is_known else Q(pk__in=[])
    return Case.objects.visible_to(actor).exclude(drafts & ~own)


def find_case(pk: int, actor: Actor) -> Case:
    """The case, or a page that says it is not here. Whether it may be read is `case_for`'s to say."""
    rows = visible_cases(actor).select_related(
        "community", "reporter_party", "proposed_body", "reported_by", "consultation", "gist"
    )
    joins = {"has_figures": begins(CASE, RESTS_ON), "has_put_forward": begins(CASE, PUTS_FORWARD)}
    return get_object_or_404(rows.annotate(**joins), pk=pk)


@dataclass(frozen=True)
class CaseFor:
    """A case for somebody. `may_read`: its content; else only `title`, which is the public one.

    may_read_closed   also what is not for everybody; never the disqualified (`queries.impartiality`)
    tenures     the seats the actor holds, or stands in for
    treatments  every passage the actor may see, cancelled ones among them, in order
    conflicts   for those of its helsefellesskap: what is said of people's impartiality in it
    """

    case: Case
    reader: Reader
    title: str
    may_read: bool
    may_read_closed: bool
    tenures: Sequence[Tenure] = ()
    treatments: Sequence[Treatment] = ()
    conflicts: Sequence[ConflictAssessment] = ()


def case_for(case: Case, actor: Actor) -> CaseFor:
    """3 queries, 1 for a visitor."""
    tenures = tenures_of(actor)
    passed = Treatment.objects.visible_to(actor).filter(case=case).order_by("order")
    treatments = list(passed.select_related("body", "forwarded_by", "forwarded_by__to_body"))
    conflicts = _conflicts_in(case, actor)
    reading = reading_from(actor, tenures, (one.case_id for one in conflicts if one.is_mine))  # type: ignore[attr-defined]
    bodies = {one.body_id for one in treatments}
    reader = reading.of(case, bodies | ({case.proposed_body_id} if case.proposed_body_id else set()))
    title, may_read = title_for(case, reader), may_read_case(case, reader)
    closed = may_read_not_released(case, reader)
    return CaseFor(case, reader, title, may_read, closed, tenures, treatments, conflicts)


def _conflicts_in(case: Case, actor: Actor) -> list[ConflictAssessment]:
    """What closes the case for somebody, or may come to; `is_mine` where it is the actor. At most 1 query."""
    if not actor.is_known or actor.community_id != case.community_id:
        return []
    mine = Tenure.objects.filter(pk=OuterRef("tenure"), person__account=actor.account_id)
    rows = case.conflicts.exclude(conclusion=ConflictConclusion.QUALIFIED).select_related("tenure")
    return list(rows.annotate(is_mine=Exists(mine)))


@dataclass(frozen=True)
class Line:
    """A case in the list. `body` is where it is now, or was last; `postponed` how often in a row."""

    case: Case
    title: str
    may_read: bool
    body: str
    body_id: int | None
    postponed: int

    @property
    def is_stuck(self) -> bool:
        return is_stuck(self.postponed)


@dataclass(frozen=True)
class Wanted:
    """What the list is asked for, as the address has it: words of `GROUPS`, a body, text, an order."""

    group: str = ""
    body: int | None = None
    text: str = ""
    sort: str = ""
    down: bool = False


@dataclass(frozen=True)
class Found:
    """The lines asked for, and counts over all there are: per word of `GROUPS`, MINE, STUCK and DRAFTS."""

    lines: tuple[Line, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    bodies: tuple[tuple[int, str], ...] = ()
    total: int = 0


def case_list(wanted: Wanted, actor: Actor) -> Found:
    """The list and its counts: of the actor's helsefellesskap, of all for a visitor. 3 queries, or 1."""
    lines = [_line(case, reading) for reading in [reading_of(actor)] for case in _rows(actor)]
    counts = Counter(_group(line.case) for line in lines)
    counts[MINE] = sum(_is_mine(line, actor) for line in lines)
    counts[STUCK] = sum(line.is_stuck for line in lines)
    bodies = {line.body_id: line.body for line in lines if line.body_id}
    chosen = [line for line in lines if _is_wanted(line, wanted, actor)]
    return Found(
        tuple(_sorted(chosen, wanted)),
        counts,
        tuple(
            sorted(((pk, name) for pk, name in bodies.items() if pk), key=lambda one: alphabetical(one[1]))
        ),
        len([line for line in lines if line.case.state != CaseState.DRAFT]),
    )


def _rows(actor: Actor) -> QuerySet[Case]:
    last = Treatment.objects.filter(case=OuterRef("pk")).exclude(state=TreatmentState.CANCELLED)
    newest = last.order_by("-order")
    rows = visible_cases(actor).select_related("community", "reporter_party", "proposed_body")
    if actor.community_id is not None:
        rows = rows.filter(community_id=actor.community_id)
    return rows.annotate(
        body_now=Subquery(newest.values("body_id")[:1]),
        body_name=Subquery(newest.values("body__name")[:1]),
        body_short=Subquery(newest.values("body__short_name")[:1]),
        put_off=Subquery(newest.filter(state__in=UNDER_WAY).values("postponed")[:1]),
    ).order_by("-year", "-number", "-pk")


def _line(case: Case, reading: Reading) -> Line:
    body_id = case.body_now or case.proposed_body_id  # type: ignore[attr-defined]
    reader = reading.of(case, {body_id} if body_id else set())
    name = case.body_short or case.body_name or ""  # type: ignore[attr-defined]
    return Line(
        case=case,
        title=title_for(case, reader),
        may_read=may_read_case(case, reader),
        body=name,
        body_id=case.body_now,  # type: ignore[attr-defined]
        postponed=case.put_off or 0,  # type: ignore[attr-defined]
    )


def _group(case: Case) -> str:
    if case.state == CaseState.DRAFT:
        return DRAFTS
    return next(word for word, states in GROUPS.items() if CaseState(case.state) in states)


def _is_mine(line: Line, actor: Actor) -> bool:
    return actor.is_known and line.case.reported_by_id == actor.account_id


def _is_wanted(line: Line, wanted: Wanted, actor: Actor) -> bool:
    group = _group(line.case)
    in_group = {
        MINE: _is_mine(line, actor),
        STUCK: line.is_stuck,
        "": group != DRAFTS,
    }.get(wanted.group, group == wanted.group)
    in_body = wanted.body is None or line.body_id == wanted.body
    text = f"{line.case.reference} {line.title}".casefold()
    return in_group and in_body and wanted.text.casefold() in text


def _sorted(lines: list[Line], wanted: Wanted) -> list[Line]:
    """By number, the newest first, unless another order is asked for."""
    order = list(CaseState)
    keys = {
        "tittel": lambda line: alphabetical(line.title),
        "organ": lambda line: alphabetical(line.body),
        "tilstand": lambda line: order.index(CaseState(line.case.state)),
        "nr": lambda line: (line.case.year or 0, line.case.number or 0),
    }
    if wanted.sort not in keys:
        return lines
    return sorted(lines, key=keys[wanted.sort], reverse=wanted.down)  # type: ignore[arg-type]
