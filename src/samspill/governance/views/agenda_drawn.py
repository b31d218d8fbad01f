"""The agenda as it is read: drawn once for all who would see the same, and filled with what is one's own.

What members share is kept by the stamp of every row behind it (`queries.stamps`), the written form, the day,
and all of the reader that decides what is shown: roles, bodies the cases go through, parties that are asked.
Who is shut out of a case here, or has raised a point, has a page of their own, which is kept for nobody.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import get_language

from samspill.directory.public import Actor
from samspill.governance.models import AgendaItem, Meeting, Tenure, Treatment
from samspill.governance.queries.agenda import waits_for_yes
from samspill.governance.queries.bodies import held_by
from samspill.governance.queries.reading import ItemRead, items_out, reading, reading_minutes
from samspill.governance.queries.stamps import Stamps, stamps_of
from samspill.governance.queries.voices import parties_in
from samspill.governance.states import ImpartialityGround, ItemKind
from samspill.governance.views.anchoring_drawn import drawn
from samspill.governance.views.kept import Kept, Stencil, hole

KEPT = Kept(most=200)
NOTHING = Stencil("")
TOKEN, WHO, STATUS = hole("token"), hole("who"), hole("status")


@dataclass(frozen=True)
class Waiting:
    """A late item that nobody has said yes to."""

    pk: int
    public_title: str
    late_because: str


@dataclass(frozen=True)
class Agenda:
    """A meeting's items in HTML, and what the head of the page says of them.

    count, asks    items, and those that ask the reader for something
    minutes        to read it all
    has_status     «Status vedtak» is among them: the hole «status» in `articles`
    lines          the list of contents
    articles       the items; holes: «token» (CSRF), «who» (whose copy is kept on the phone), «note-<item>»
    """

    count: int = 0
    asks: int = 0
    minutes: int = 0
    has_status: bool = False
    waiting: tuple[Waiting, ...] = ()
    lines: Stencil = NOTHING
    articles: Stencil = NOTHING


@dataclass(frozen=True)
class _RestsOn:
    """What tells one reader's agenda from another's: bodies of the cases, who raised something, rounds."""

    cases: frozenset[int]
    bodies: frozenset[int]
    raised_by: frozenset[int]
    has_rounds: bool


def agenda_for(meeting: Meeting, actor: Actor, stamps: Stamps, *, may_act: bool) -> Agenda:
    """`may_act`: the reader is called to the meeting, and it is still to come. 1 query when it is kept."""
    tenures = list(held_by(actor).select_related("seat"))
    where = (meeting.pk, stamps.agenda, actor.community_id)
    rests = KEPT.find(where)
    key = _key(rests, actor, tenures, stamps, may_act) if isinstance(rests, _RestsOn) else None
    kept = KEPT.find((where, key)) if key else None
    if isinstance(kept, Agenda):
        return kept
    items = items_out(meeting, actor)
    reads = reading(meeting, actor, items, tenures)
    rests = _rests_on(items, reads)
    agenda = _draw(meeting, actor, items, reads, may_act=may_act)
    key = _key(rests, actor, tenures, stamps, may_act)
    # Somebody may have written between the stamp and the reading: then this page is shown, and not kept.
    if key and stamps_of(meeting).agenda == stamps.agenda:
        KEPT.keep(where, rests)
        KEPT.keep((where, key), agenda)
    return agenda


def _key(
    rests: _RestsOn, actor: Actor, tenures: Iterable[Tenure], stamps: Stamps, may_act: bool
) -> Hashable | None:
    """None for who has something of their own in the items."""
    if stamps.shut & rests.cases or actor.account_id in rests.raised_by:
        return None
    bodies = actor.body_ids | {one.seat.body_id for one in tenures}
    parties = parties_in(tenures, actor) if rests.has_rounds else frozenset()
    own = (actor.is_known, actor.roles, bodies & rests.bodies, parties)
    return (get_language(), actor.today, own, may_act)


def _rests_on(items: Iterable[AgendaItem], reads: Iterable[ItemRead]) -> _RestsOn:
    passages = _passages([item.treatment_id for item in items if item.treatment_id])
    rows = list(passages.values_list("case_id", "body_id"))
    return _RestsOn(
        cases=frozenset(case for case, _body in rows),
        bodies=frozenset(body for _case, body in rows),
        raised_by=frozenset(point.account_id for one in reads for point in one.points),
        has_rounds=any(one.anchoring for one in reads),
    )


def _passages(here: list[int]) -> QuerySet[Treatment]:
    return Treatment.objects.filter(case__in=Treatment.objects.filter(pk__in=here).values("case"))


def _draw(
    meeting: Meeting, actor: Actor, items: list[AgendaItem], reads: list[ItemRead], *, may_act: bool
) -> Agenda:
    context = {
        "meeting": meeting,
        "items": reads,
        "lines": [
            (one, drawn(one.anchoring, actor) if one.anchoring else None, hole(f"note-{one.item.pk}"))
            for one in reads
        ],
        "primary": next((one.item.pk for one in reads if one.asks), None),
        "is_here": actor.is_known and actor.community_id == meeting.community_id,
        "may_act": may_act,
        "grounds": [(code, capfirst(str(label))) for code, label in ImpartialityGround.choices],
        "offline_key": WHO,
        "status": STATUS,
        "csrf_token": TOKEN,
    }
    return Agenda(
        count=len(reads),
        asks=sum(one.asks for one in reads),
        minutes=reading_minutes(reads),
        has_status=any(one.kind == ItemKind.DECISION_STATUS for one in items),
        waiting=tuple(
            Waiting(one.pk, one.public_title, one.late_because) for one in items if waits_for_yes(one)
        ),
        lines=Stencil(render_to_string("governance/meetings/agenda_list.html", context)),
        articles=Stencil(render_to_string("governance/meetings/items.html", context)),
    )
