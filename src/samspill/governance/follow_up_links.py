"""How it goes, said from a mail: links about a follow-up, and about a party and a point that binds it.

Here: what the links do. Not here: tokens, the confirmation page and the bundle a mail is (`worklist`), nor
when they are sent (`actions.chasing`).
"""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor
from samspill.governance.actions.carrying import tell_carrying
from samspill.governance.actions.follow_ups import report_follow_up
from samspill.governance.models import DecisionParty, FollowUp
from samspill.governance.permissions_follow_ups import check_may_report, check_may_tell
from samspill.governance.queries.speaking import bodies_of
from samspill.governance.rules.follow_ups import next_states
from samspill.governance.states import (
    FOLLOW_UP_TRANSITIONS,
    SETTLED,
    CarryingState,
    DecisionState,
    FollowUpState,
)
from samspill.refusal import Refused
from samspill.worklist.public import SAID, Ask, Asked, LinkAct

FOLLOW_UP, CARRYING = "governance.follow_up", "governance.carrying"
FITS = 80
PARTY_QUESTIONS = {
    CarryingState.PLANNED: gettext_lazy("Is this planned with you?"),
    CarryingState.STARTED: gettext_lazy("Is this under way with you?"),
    CarryingState.IN_PLACE: gettext_lazy("Is this in place with you?"),
    CarryingState.NOT_RELEVANT: gettext_lazy("Does this not concern you? Then say why in a sentence."),
}
FOLLOW_UP_QUESTIONS = {
    FollowUpState.STARTED: gettext_lazy("Is this begun?"),
    FollowUpState.DELIVERED: gettext_lazy("Is this delivered?"),
    FollowUpState.NEEDS_HELP: gettext_lazy("Do you need help? Then say with what in a sentence."),
}
"""The words a mail offers, in their order there."""


def asks_about_party(row: DecisionParty) -> tuple[Ask, ...]:
    steps = next_states(row.state, is_told=row.told_at is not None)
    again = {CarryingState(row.state)} if row.told_at else set()
    offered = [one for one in PARTY_QUESTIONS if one in steps or one in again]
    return tuple(Ask(CARRYING, row.pk, {"state": one.value}) for one in offered)


def asks_about_follow_up(one: FollowUp) -> tuple[Ask, ...]:
    state = FollowUpState(one.state)
    offered = [to for to in FOLLOW_UP_QUESTIONS if to == state or to in FOLLOW_UP_TRANSITIONS[state]]
    return tuple(Ask(FOLLOW_UP, one.pk, {"state": to.value}) for to in offered)


def _row(thing: int, actor: Actor) -> DecisionParty:
    """The party's row, if the actor may still speak for it and the decision stands. Refuses otherwise."""
    rows = DecisionParty.objects.visible_to(actor).select_related("point__decision", "party")
    row = rows.filter(pk=thing).first()
    if row is None or row.point.decision.state != DecisionState.ADOPTED:
        raise Refused(
            "carrying.gone",
            gettext_lazy("The decision no longer asks this of you, so there is nothing to say."),
        )
    check_may_tell(actor, row.point, row.party_id)
    return row


def _describe_party(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    row, state = _row(thing, actor), CarryingState(arguments["state"])
    return Asked(
        label=str(state.label),
        question=str(PARTY_QUESTIONS[state]),
        title=f"{row.party}: {Truncator(str(row.point)).chars(FITS)}",
        path=reverse("governance:carrying-cell", args=[row.point.decision_id, row.point_id, row.party_id]),
    )


def _perform_party(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    row, state = _row(thing, actor), CarryingState(arguments["state"])
    note = arguments.get(SAID, "")
    try:
        tell_carrying(row.point, party=row.party, state=state, note=note, by=actor, via="link")
    except Refused as refused:
        raise _about_the_sentence(refused, "note") from None
    return _said(state.label, str(row.point), note)


def _follow_up(thing: int, actor: Actor) -> FollowUp:
    """The follow-up, if the actor may still say how it goes. Refuses otherwise."""
    rows = FollowUp.objects.visible_to(actor).select_related("point__decision__body", "accountable_party")
    one = rows.filter(pk=thing).first()
    if one is None or one.state in SETTLED:
        raise Refused(
            "follow_up.settled", gettext_lazy("This is settled, so nobody needs to say how it goes.")
        )
    check_may_report(actor, one, bodies_of(actor))
    return one


def _describe_follow_up(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    one, state = _follow_up(thing, actor), FollowUpState(arguments["state"])
    if state != one.state and state not in FOLLOW_UP_TRANSITIONS[FollowUpState(one.state)]:
        raise Refused(
            "follow_up.said",
            _("It is «%(state)s» now, so there is nothing to do here.")
            % {"state": FollowUpState(one.state).label},
        )
    return Asked(
        label=str(state.label),
        question=str(FOLLOW_UP_QUESTIONS[state]),
        title=Truncator(str(one.point)).chars(FITS),
        path=reverse("governance:follow-up", args=[one.pk]),
    )


def _perform_follow_up(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    one, state = _follow_up(thing, actor), FollowUpState(arguments["state"])
    sentence = arguments.get(SAID, "")
    try:
        report_follow_up(one, state=state, sentence=sentence, by=actor, via="link")
    except Refused as refused:
        raise _about_the_sentence(refused, "sentence") from None
    return _said(state.label, str(one.point), sentence)


def _about_the_sentence(refused: Refused, field: str) -> Refused:
    """The page behind a link has one field; what is wrong with the sentence is shown there."""
    if refused.field != field:
        return refused
    return Refused(refused.code, refused.sentence, field=SAID)


def _said(label: object, what: str, sentence: str) -> str:
    values = {"word": label, "what": Truncator(what).chars(FITS), "sentence": sentence}
    if sentence:
        return _("%(word)s: «%(what)s». You said: «%(sentence)s»") % values
    return _("%(word)s: «%(what)s».") % values


TELL_CARRYING = LinkAct(
    describe=_describe_party,
    perform=_perform_party,
    asks_for=gettext_lazy("One sentence about it, if you like"),
)
REPORT_FOLLOW_UP = LinkAct(
    describe=_describe_follow_up,
    perform=_perform_follow_up,
    asks_for=gettext_lazy("One sentence about it, if you like"),
)
