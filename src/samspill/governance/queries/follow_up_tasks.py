"""What waits for somebody in the follow-up of decisions, derived from how it stands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Due, Facts, FactSource, FoundFacts, Wanted
from samspill.governance.models import DecisionParty
from samspill.governance.permissions import MAY, is_secretariat
from samspill.governance.queries.carrying import STANDS
from samspill.governance.queries.closing import settled
from samspill.governance.queries.follow_up_rows import WaitingRow, open_rows, what_is_open
from samspill.governance.queries.follow_ups import holes_of
from samspill.governance.queries.stalled import is_overdue, put_off_of, unanswered_of, without_meeting_of
from samspill.governance.queries.waiting import MAY_WAIT, WAITS
from samspill.governance.rules.follow_ups import shown_party
from samspill.governance.states import SETTLED
from samspill.governance.states.follow_ups import ShownFollowUp, When
from samspill.governance.wording_follow_ups import in_words, sentence_case

# More than this are one task with a list, not a list of tasks.
MOST_SINGLE = 5
STUCK = ("put_off", "unanswered", "without_meeting", "settled")
TITLE_FITS = 70
_CELL = {
    "party": "party_id",
    "party_name": "party__name",
    "short": "party__short_name",
    "state": "state",
    "told_at": "told_at",
    "follow_up": "point__follow_up__state",
    "due": "point__follow_up__due",
}


def _wants(actor: Actor) -> dict[str, Wanted]:
    if not _is_asked(actor):
        return {}
    wanted = {"open": what_is_open(actor)}
    if actor.party_ids:
        wanted["cells"] = Wanted(cells_of(actor), _CELL)
    if is_secretariat(actor):
        wanted["holes"] = Wanted(holes_of(actor), {})
        wanted["put_off"] = Wanted(put_off_of(actor), {})
        wanted["unanswered"] = Wanted(unanswered_of(actor), {})
        wanted["without_meeting"] = Wanted(without_meeting_of(actor), {})
        wanted["settled"] = Wanted(settled(actor), {})
    return wanted


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    """For those who answer: what is late, due or silent, and what their parties have not told. For the
    secretariat: what is late, delivered to confirm, stuck, without follow-up, and ready to close."""
    if not _is_asked(actor):
        return
    rows = open_rows(found["open"], actor)
    yield from _mine([row for row in rows if row.is_mine and row.asks_for_word])
    yield from _cells(found.get("cells", ()), actor)
    if is_secretariat(actor):
        yield from _of_secretariat(rows, found, actor)


def _is_asked(actor: Actor) -> bool:
    return actor.community_id is not None and actor.has_role(*MAY["follow_ups.report"])


follow_up_dues = FactSource(_wants, _tells)


def _mine(rows: Sequence[WaitingRow]) -> Iterator[Due]:
    if len(rows) > MOST_SINGLE:
        yield _grouped(
            "mine",
            "?vis=mine",
            ngettext("%(count)s decision waits for you", "%(count)s decisions wait for you", len(rows)),
            len(rows),
            _("Say how it goes"),
            20,
        )
        return
    for row in rows:
        late = row.shown == ShownFollowUp.LATE
        pattern = _("«%(what)s» is late") if late else _("How does it go with «%(what)s»?")
        yield Due(
            key=f"governance.follow_up:{row.pk}:due",
            title=pattern % {"what": Truncator(row.point).chars(TITLE_FITS)},
            text=_("Decided by %(body)s.") % {"body": row.body},
            url=reverse("governance:follow-up", args=[row.pk]),
            act_label=_("Say how it goes"),
            due=row.due if row.when in {When.OVERDUE, When.THIS_MONTH} else None,
            weight=20,
        )


def cells_of(actor: Actor) -> QuerySet[DecisionParty]:
    """What decisions that stand may still ask of the parties that somebody acts for."""
    return DecisionParty.objects.visible_to(actor).filter(
        MAY_WAIT,
        party__in=actor.party_ids,
        point__community_id=actor.community_id or 0,
        point__decision__state__in=STANDS,
    )


def _cells(found: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    """One task per party that somebody acts for: what decisions ask of it and it has not told."""
    waiting = Counter(
        (one["party"], one["short"] or one["party_name"]) for one in found if _waits(one, actor)
    )
    for (number, party), count in sorted(waiting.items()):
        text = ngettext(
            "%(count)s decision waits for word from %(party)s",
            "%(count)s decisions wait for word from %(party)s",
            count,
        )
        yield Due(
            key=f"governance.carrying:{number}",
            title=sentence_case(text % {"count": in_words(count), "party": party}),
            text=_("Say how far you have come. One press for each."),
            url=reverse("governance:carrying-all") + f"?part={number}",
            act_label=_("Say how far"),
            weight=26,
        )


def _waits(one: Facts, actor: Actor) -> bool:
    """Whether the party should say how it goes; a point that is settled has no day."""
    told = one.at("told_at")
    due = None if one["follow_up"] in SETTLED else one.day("due")
    shown = shown_party(
        one["state"], told_on=timezone.localdate(told) if told else None, due=due, today=actor.today
    )
    return shown in WAITS


def _of_secretariat(rows: Sequence[WaitingRow], found: FoundFacts, actor: Actor) -> Iterator[Due]:
    late = sum(row.shown == ShownFollowUp.LATE and not row.is_mine for row in rows)
    delivered = sum(row.shown == ShownFollowUp.DELIVERED for row in rows)
    if late:
        text = ngettext("%(count)s point is late", "%(count)s points are late", late)
        yield _grouped("late", "?tilstand=forsinket", text, late, _("See which"), 12)
    if delivered:
        text = ngettext(
            "%(count)s decision is delivered, and waits to be confirmed",
            "%(count)s decisions are delivered, and wait to be confirmed",
            delivered,
        )
        yield _grouped("delivered", "?tilstand=levert", text, delivered, _("Confirm"), 22)
    holes = len(found["holes"])
    if holes:
        text = ngettext(
            "%(count)s point of a decision has nobody who answers for it",
            "%(count)s points of decisions have nobody who answers for them",
            holes,
        )
        yield _grouped("holes", "#hull", text, holes, _("Fill in"), 35)
    overdue = sum(is_overdue(row.state, row.due, actor.today) for row in rows)
    stuck = overdue + sum(len(found[name]) for name in STUCK)
    if stuck:
        text = ngettext(
            "%(count)s thing stands still, or can be closed",
            "%(count)s things stand still, or can be closed",
            stuck,
        )
        yield Due(
            key="governance.stalled",
            title=sentence_case(text % {"count": in_words(stuck)}),
            text="",
            url=reverse("governance:stalled"),
            act_label=_("See which"),
            weight=45,
        )


def _grouped(name: str, query: str, text: str, count: int, act: str, weight: int) -> Due:
    return Due(
        key=f"governance.follow_ups:{name}",
        title=sentence_case(text % {"count": in_words(count)}),
        text="",
        url=reverse("governance:follow-up-list") + query,
        act_label=act,
        weight=weight,
    )
