"""Who is told when a follow-up changes: those who answer for it, the search box, and what it is joined to."""

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import STATUS_TAKERS, Actor, AuditEvent, Ref, Said, joined, put
from samspill.governance.models import FollowUp
from samspill.governance.queries.speaking import people_for
from samspill.governance.rules.days import long_day
from samspill.governance.states import SETTLED, FollowUpState
from samspill.worklist.public import Words, notify

FOLLOW_UP = "governance.follow_up"
CARRIED_OUT_AS = "carried_out_as"
"""A follow-up is carried out as something of another part of the house: a measure of a plan."""
TITLE_FITS = 80
_WORDS = {
    FollowUpState.OPEN: "not_started",
    FollowUpState.STARTED: "on_track",
    FollowUpState.NEEDS_HELP: "late",
    FollowUpState.DELIVERED: "on_track",
    FollowUpState.COMPLETED: "done",
}


def index(follow_up: FollowUp) -> None:
    """Renew what the search box knows of it."""
    put(Ref(FOLLOW_UP, follow_up.pk), community_id=follow_up.community_id, **entry_of(follow_up))


def entry_of(follow_up: FollowUp) -> dict:
    point = follow_up.point
    decision = point.decision
    words = (point.text, decision.body.name, follow_up.accountable_party, follow_up.accountable_body)
    return {
        "title": str(point)[:500],
        "text": "\n".join(str(one) for one in words if one),
        "language": decision.language,
        "is_open": decision.is_open,
    }


def tell_accountable(follow_up: FollowUp, event: AuditEvent, *, by: Actor) -> int:
    """Those who speak for the one who answers for it are told, except the one who did it."""
    people = people_for(
        parties=[follow_up.accountable_party_id] if follow_up.accountable_party_id else (),
        bodies=[follow_up.accountable_body_id] if follow_up.accountable_body_id else (),
        community_id=follow_up.community_id,
        day=by.today,
    )

    def words() -> Words:
        who = follow_up.accountable_party or follow_up.accountable_body
        said = str(event.details.get("because") or event.details.get("sentence") or "")
        return Words(
            _("%(who)s answers for «%(what)s»")
            % {"who": who, "what": Truncator(str(follow_up.point)).chars(TITLE_FITS)},
            " ".join(
                part
                for part in (
                    _("It is to be done by %(day)s.") % {"day": long_day(follow_up.due)},
                    f"«{said}»" if said else "",
                )
                if part
            ),
        )

    return notify(
        to=[one for one in people if one.pk != by.account_id],
        key=f"governance.follow_up:{follow_up.pk}:told:{event.pk}",
        words=words,
        by=by,
        path=reverse("governance:follow-up", args=[follow_up.pk]),
    )


def tell_joined(follow_up: FollowUp, sentence: str, *, by: Actor) -> int:
    """What the follow-up is carried out as hears how it goes; returns how many took it.

    Done is said only when no other follow-up that is carried out as the same thing is still waited for.
    """
    word = _WORDS.get(FollowUpState(follow_up.state))
    if word is None or not STATUS_TAKERS.all():
        return 0
    if word in {"not_started", "on_track"} and follow_up.due < by.today:
        word = "late"
    ref = Ref(FOLLOW_UP, follow_up.pk)
    links = [one for one in joined([ref], by)[ref] if one.kind == CARRIED_OUT_AS and one.target]
    told = 0
    for link in links:
        take = STATUS_TAKERS.get(link.other.kind)
        if take is not None:
            here = word if word != "done" or _is_last(link.other, follow_up, by) else "on_track"
            told += take(link.other.id, Said(here, sentence, str(follow_up.point)), by)
    return told


def _is_last(other: Ref, follow_up: FollowUp, by: Actor) -> bool:
    here = joined([other], by)[other]
    others = {one.other.id for one in here if one.kind == CARRIED_OUT_AS and one.other.kind == FOLLOW_UP}
    waiting = FollowUp.objects.filter(pk__in=others - {follow_up.pk}).exclude(state__in=SETTLED)
    return not waiting.exists()
