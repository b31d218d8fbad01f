"""From what was posted at an item to the act that does it."""

from django.utils import translation
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Body
from samspill.governance.actions import deciding
from samspill.governance.models import AgendaItem, Forwarding
from samspill.governance.queries.bodies import body_above
from samspill.governance.queries.proposals import Register
from samspill.governance.queries.room import attendances_of
from samspill.governance.rules.points import first_sentence
from samspill.governance.states import ForwardingReason, Outcome
from samspill.governance.views.room_form import DECIDES, Typed, new_dissents, new_points
from samspill.refusal import Refused

_R = ForwardingReason


def usual_words(reason: str, body: object) -> str:
    """The sentence that goes along with a reason when nobody writes a better one."""
    return (
        {
            _R.ECONOMY: _("The case costs more than we can decide about here. We ask %(body)s to decide."),
            _R.PRINCIPLE: _("The case is one of principle. We ask %(body)s to decide."),
            _R.DISAGREEMENT: _("The sides do not agree here. We ask %(body)s to decide."),
            _R.AUTHORITY: _("Our mandate does not reach this far. We ask %(body)s to decide."),
            _R.EXPERTISE: _("We ask %(body)s to look into it with those who know the field."),
            _R.INCOMPLETE: _("Something is missing in the case. We ask %(body)s to complete it."),
        }.get(ForwardingReason(reason), "")
        % {"body": body}
        if reason in ForwardingReason.values
        else ""
    )


def carry_out(item: AgendaItem, typed: Typed, register: Register, by: Actor) -> None:
    """Do what was chosen. Refuses when nothing was."""
    if typed.outcome in DECIDES:
        deciding.decide(
            item,
            by=by,
            outcome=typed.outcome,
            points=[one for one in new_points(typed, register) if one.text]
            if item.treatment is None
            else new_points(typed, register),
            how=_how(item, typed),
            plain=typed.plain or (first_sentence(typed.points[0].text) if typed.points else ""),
            effective_from=typed.effective_from,
        )
    elif typed.outcome == Outcome.NOTED:
        deciding.note(item, by=by)
    elif typed.outcome == Outcome.POSTPONED:
        deciding.postpone(item, by=by)
    elif typed.outcome in _ONWARD:
        _ONWARD[Outcome(typed.outcome)](item, typed, register, by)
    else:
        raise Refused("item.outcome", _("Choose what came of the item."), field="outcome")


def _how(item: AgendaItem, typed: Typed) -> deciding.How:
    called = attendances_of(item.meeting) if typed.dissents else []
    return deciding.How(typed.method, typed.votes, new_dissents(typed, called))


def _words(item: AgendaItem, typed: Typed, body: object) -> str:
    if typed.words:
        return typed.words
    with translation.override(item.meeting.language):
        return usual_words(typed.reason, body)


def _lift(item: AgendaItem, typed: Typed, register: Register, by: Actor) -> None:
    above = body_above(item.body, item.meeting.day)
    points = [one for one in new_points(typed, register) if one.text]
    deciding.lift(item, reason=typed.reason, words=_words(item, typed, above), points=points, by=by)


def _assign(item: AgendaItem, typed: Typed, register: Register, by: Actor) -> None:
    body = (
        Body.objects.visible_to(by).filter(community_id=item.community_id, pk=_number(typed.to_body)).first()
    )
    if body is None:
        raise Refused("forwarding.body", _("Choose the body that the case goes to."), field="to_body")
    deciding.assign_down(
        item, to_body=body, reason=typed.reason, words=_words(item, typed, body), due=typed.due, by=by
    )


def _send_back(item: AgendaItem, typed: Typed, register: Register, by: Actor) -> None:
    came_by: Forwarding | None = item.treatment.came_by if item.treatment else None
    body = came_by.treatment.body if came_by else item.body
    deciding.send_back(item, reason=typed.reason, words=_words(item, typed, body), by=by)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


_ONWARD = {Outcome.ESCALATED: _lift, Outcome.DELEGATED: _assign, Outcome.SENT_BACK: _send_back}
