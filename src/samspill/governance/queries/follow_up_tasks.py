"""What waits for somebody in the follow-up of decisions, derived from how it stands."""

from collections import Counter
from collections.abc import Iterator, Sequence

from django.db.models import Q, Value
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.directory.public import Actor, Due, Party
from samspill.governance.permissions import MAY, is_secretariat
from samspill.governance.queries.carrying import points_in
from samspill.governance.queries.closing import closable
from samspill.governance.queries.follow_ups import FollowRow, for_task_of, holes_of, rows_at_once
from samspill.governance.queries.stalled import is_overdue, put_off_of, unanswered_of, without_meeting_of
from samspill.governance.states.follow_ups import ShownFollowUp, When
from samspill.governance.wording_follow_ups import in_words, sentence_case

# More than this are one task with a list, not a list of tasks.
MOST_SINGLE = 5
TITLE_FITS = 70


def follow_up_dues(actor: Actor) -> list[Due]:
    """For those who answer: what is late, due or silent, and what their parties have not told. For the
    secretariat: what is late, delivered to confirm, stuck, without follow-up, and ready to close."""
    if actor.community_id is None or not actor.has_role(*MAY["follow_ups.report"]):
        return []
    rows = rows_at_once(actor)
    found = list(_mine(for_task_of(rows)))
    found += _cells(actor)
    if is_secretariat(actor):
        found += _of_secretariat(rows, actor)
    return found


def _mine(rows: Sequence[FollowRow]) -> Iterator[Due]:
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
            key=f"governance.follow_up:{row.id}:due",
            title=pattern % {"what": Truncator(str(row.follow_up.point)).chars(TITLE_FITS)},
            text=_("Decided by %(body)s.") % {"body": row.follow_up.point.decision.body},
            url=reverse("governance:follow-up", args=[row.id]),
            act_label=_("Say how it goes"),
            due=row.follow_up.due if row.when in {When.OVERDUE, When.THIS_MONTH} else None,
            weight=20,
        )


def _cells(actor: Actor) -> Iterator[Due]:
    """One task per party that somebody acts for: what decisions ask of it and it has not told."""
    if not actor.party_ids:
        return
    rows = points_in(actor, Q(community_id=actor.community_id, parties__party__in=actor.party_ids))
    for party in Party.objects.filter(pk__in=actor.party_ids).order_by("name"):
        waiting = [row for row in rows if party.pk in row.standings and row.standings[party.pk].waits]
        if waiting:
            text = ngettext(
                "%(count)s decision waits for word from %(party)s",
                "%(count)s decisions wait for word from %(party)s",
                len(waiting),
            )
            yield Due(
                key=f"governance.carrying:{party.pk}",
                title=sentence_case(text % {"count": in_words(len(waiting)), "party": party}),
                text=_("Say how far you have come. One press for each."),
                url=reverse("governance:carrying-all") + f"?part={party.pk}",
                act_label=_("Say how far"),
                weight=26,
            )


def _of_secretariat(rows: Sequence[FollowRow], actor: Actor) -> Iterator[Due]:
    late = sum(row.shown == ShownFollowUp.LATE and not row.is_mine for row in rows)
    delivered = sum(row.shown == ShownFollowUp.DELIVERED for row in rows)
    if late:
        text = ngettext("%(count)s decision is late", "%(count)s decisions are late", late)
        yield _grouped("late", "?tilstand=forsinket", text, late, _("See which"), 12)
    if delivered:
        text = ngettext(
            "%(count)s decision is delivered, and waits to be confirmed",
            "%(count)s decisions are delivered, and wait to be confirmed",
            delivered,
        )
        yield _grouped("delivered", "?tilstand=levert", text, delivered, _("Confirm"), 22)
    counts = _counts(actor)
    holes = counts["holes"]
    if holes:
        text = ngettext(
            "%(count)s point of a decision has nobody who answers for it",
            "%(count)s points of decisions have nobody who answers for them",
            holes,
        )
        yield _grouped("holes", "#hull", text, holes, _("Fill in"), 35)
    overdue = sum(is_overdue(row.follow_up, actor.today) for row in rows)
    stuck = counts["stalled"] + overdue + len(closable(actor))
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


def _counts(actor: Actor) -> Counter[str]:
    """How many points have nothing, and how many things stand still besides follow-ups. 1 query."""
    stalled = (put_off_of(actor), unanswered_of(actor), without_meeting_of(actor))
    holes = holes_of(actor).order_by().values_list(Value("holes"), "pk")
    rest = [rows.order_by().values_list(Value("stalled"), "pk") for rows in stalled]
    return Counter(name for name, _pk in holes.union(*rest, all=True))


def _grouped(name: str, query: str, text: str, count: int, act: str, weight: int) -> Due:
    return Due(
        key=f"governance.follow_ups:{name}",
        title=sentence_case(text % {"count": in_words(count)}),
        text="",
        url=reverse("governance:follow-up-list") + query,
        act_label=act,
        weight=weight,
    )
