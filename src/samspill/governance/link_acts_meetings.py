"""What a link in a mail does with a meeting: come, cannot come, and the chair's yes to a late item."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspill.directory.public import Actor
from samspill.governance.actions.agenda import allow_late
from samspill.governance.actions.answering import answer_invitation, cannot_come, check_may_answer
from samspill.governance.meeting_wording import name_and_day
from samspill.governance.models import AgendaItem, Attendance
from samspill.governance.queries.leading import check_leads
from samspill.governance.sending import sent_now
from samspill.governance.states import COMING, Answer, MeetingState
from samspill.refusal import Refused
from samspill.worklist.public import Asked, LinkAct


def _attendance(thing: int, actor: Actor) -> Attendance:
    """The actor's invitation, if it can still be answered. Refuses otherwise."""
    found = (
        Attendance.objects.visible_to(actor)
        .filter(pk=thing)
        .select_related("meeting", "meeting__body", "tenure", "tenure__person")
        .first()
    )
    if found is None:
        raise Refused("invitation.gone", gettext_lazy("You are not called to this meeting any more."))
    if MeetingState(found.meeting.state) not in COMING or found.meeting.day < actor.today:
        raise Refused(
            "invitation.over",
            gettext_lazy("The meeting is over or cancelled, so there is nothing to answer."),
        )
    check_may_answer(actor, found)
    return found


def _asked(one: Attendance, actor: Actor, label: str, question: str) -> Asked:
    return Asked(
        label=label,
        question=question,
        title=name_and_day(one.meeting, actor.today),
        path=reverse("governance:meeting", args=[one.meeting_id]),
    )


def _describe_comes(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    found = _attendance(thing, actor)
    return _asked(found, actor, pgettext("button on an invitation", "I will come"), _("Will you come?"))


def _perform_comes(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    found = _attendance(thing, actor)
    answer_invitation(found, Answer.YES, by=actor, sent=sent_now(), via="link")
    return _("You come to %(meeting)s.") % {"meeting": name_and_day(found.meeting, actor.today)}


def _describe_cannot(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    found = _attendance(thing, actor)
    return _asked(
        found,
        actor,
        pgettext("button on an invitation", "I cannot come"),
        _("You cannot come? Then your substitute is called."),
    )


def _perform_cannot(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    found = _attendance(thing, actor)
    cannot_come(found, by=actor, sent=sent_now(), via="link")
    return _("You do not come to %(meeting)s. If a substitute is left, they are called.") % {
        "meeting": name_and_day(found.meeting, actor.today)
    }


def _late(thing: int, actor: Actor) -> AgendaItem:
    item = (
        AgendaItem.objects.visible_to(actor)
        .filter(pk=thing)
        .select_related("meeting", "meeting__body")
        .first()
    )
    if item is None or item.is_removed or item.late_yes_by_id is not None:
        raise Refused("item.not_late", gettext_lazy("The item does not wait for a yes any more."))
    check_leads(actor, item.meeting)
    return item


def _describe_late(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    item = _late(thing, actor)
    return Asked(
        label=pgettext("button on a late item", "Yes, take it"),
        question=_("Take «%(item)s» although it is late? %(because)s")
        % {"item": item.public_title, "because": item.late_because},
        title=name_and_day(item.meeting, actor.today),
        path=reverse("governance:meeting", args=[item.meeting_id]),
    )


def _perform_late(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    item = _late(thing, actor)
    allow_late(item, by=actor, via="link")
    return _("«%(item)s» is on the agenda.") % {"item": item.public_title}


COME = LinkAct(describe=_describe_comes, perform=_perform_comes)
CANNOT_COME = LinkAct(describe=_describe_cannot, perform=_perform_cannot)
TAKE_LATE = LinkAct(describe=_describe_late, perform=_perform_late)
