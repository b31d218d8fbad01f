"""Answers to an invitation: comes, cannot come (and the next substitute is called), and back again."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import (
    Account,
    Actor,
    Membership,
    RoleCode,
    acting_as,
    in_force_on,
    machine,
    record,
    scope,
)
from samspill.governance.actions.calling import call_off, invite, mail_key
from samspill.governance.actions.sitting_out import apply_conflicts, next_substitute
from samspill.governance.meeting_calendar import From, Reply, read_reply, starts_at
from samspill.governance.meeting_wording import name_and_day
from samspill.governance.models import Attendance, Meeting
from samspill.governance.permissions import check_may_act, is_secretariat
from samspill.governance.queries.bodies import tenures_of
from samspill.governance.states import COMING, Answer, MeetingState, Presence, Role
from samspill.refusal import Refused
from samspill.worklist.public import Words, notify, take_back


def own_attendance(meeting: Meeting, actor: Actor) -> Attendance | None:
    """The actor's own place in the meeting: called in a seat, or as a substitute. 1 query."""
    if actor.account_id is None:
        return None
    return (
        Attendance.objects.visible_to(actor)
        .filter(meeting=meeting, tenure__person__account=actor.account_id)
        .select_related("tenure", "seat", "seat__party", "seat__region", "meeting", "meeting__body")
        .first()
    )


def place_in(meeting: Meeting, actor: Actor) -> Attendance:
    """The same, made when the actor holds a seat and nobody is called yet. Refuses who has no place there."""
    found = own_attendance(meeting, actor)
    if found is not None:
        return found
    for tenure in tenures_of(actor, meeting.body_id):
        if tenure.role != Role.SUBSTITUTE:
            return Attendance.objects.create(
                community_id=meeting.community_id, meeting=meeting, seat=tenure.seat, tenure=tenure
            )
    raise Refused(
        "invitation.not_called", gettext_lazy("You are not called to this meeting."), forbidden=True
    )


def check_may_answer(by: Actor, attendance: Attendance) -> None:
    """Oneself, or the secretariat on one's behalf."""
    check_may_act(by, "meetings.take_part", attendance)
    person = attendance.tenure.person
    account = Account.objects.filter(person=person).first() if person else None
    if is_secretariat(by) or (account is not None and account.pk == by.account_id):
        return
    raise Refused(
        "invitation.not_yours",
        gettext_lazy("This invitation is somebody else's. They answer, or the secretariat does."),
        forbidden=True,
    )


def _lock(attendance: Attendance) -> Attendance:
    fresh = (
        Attendance.objects.select_for_update(of=("self",))
        .select_related("meeting", "meeting__body", "tenure", "tenure__person", "seat")
        .filter(pk=attendance.pk)
        .first()
    )
    if fresh is None:
        raise Refused("invitation.gone", gettext_lazy("You are not called to this meeting any more."))
    if MeetingState(fresh.meeting.state) not in COMING:
        raise Refused(
            "invitation.over",
            gettext_lazy("The meeting is over or cancelled, so there is nothing to answer."),
        )
    return fresh


def answer_invitation(
    attendance: Attendance, answer: str, *, by: Actor, sent: From, via: str = ""
) -> Attendance:
    """Comes, perhaps or cannot come. «Cannot» calls the next substitute; coming after all takes that back."""
    if answer == Answer.NO:
        return cannot_come(attendance, by=by, sent=sent, via=via)
    check_may_answer(by, attendance)
    with transaction.atomic():
        mine = _lock(attendance)
        was = mine.answer
        _answer(mine, answer, by, via)
        if was == Answer.NO:
            _send_home(mine, by=by, sent=sent)
    return mine


def _answer(mine: Attendance, answer: str, by: Actor, via: str) -> None:
    mine.answer = answer
    mine.answered_at = timezone.now() if answer != Answer.NONE else None
    mine.answered_by_id = by.account_id if answer != Answer.NONE else None
    mine.save(update_fields=["answer", "answered_at", "answered_by"])
    record(by=by, act="meeting.answer", on=mine.meeting, answer=answer, attendance=mine.pk, via=via)


def cannot_come(attendance: Attendance, *, by: Actor, sent: From, via: str = "") -> Attendance:
    """The seat is filled by the next substitute for it; when nobody is left the secretariat is told."""
    check_may_answer(by, attendance)
    with transaction.atomic():
        mine = _lock(attendance)
        if mine.answer == Answer.NO:
            return mine
        _answer(mine, Answer.NO, by, via)
        take_back([mail_key(mine.meeting, mine)], by=by)
        if mine.presence == Presence.ABSENT:
            # A substitute for one item alone: the next in line comes for that item.
            mine.by_item.all().delete()
            _invite_new(mine.meeting, apply_conflicts(mine.meeting), by, sent)
            return mine
        substitute = _call_next(mine)
        if substitute is None:
            _tell_empty(mine, by)
        else:
            _invite_new(mine.meeting, [substitute], by, sent)
    return mine


def _call_next(mine: Attendance) -> Attendance | None:
    tenure = next_substitute(mine.meeting, mine.seat_id)
    if tenure is None:
        return None
    return Attendance.objects.create(
        community_id=mine.community_id,
        meeting=mine.meeting,
        seat=mine.seat,
        tenure=tenure,
        stands_in_for=mine.stands_in_for or mine,
    )


def _invite_new(meeting: Meeting, new: Iterable[Attendance], by: Actor, sent: From) -> None:
    """Substitutes get their invitation when the notice has gone out; before that, with it."""
    if meeting.state == MeetingState.CALLED:
        invite(meeting, list(new), by=by, sent=sent)


def _tell_empty(mine: Attendance, by: Actor) -> None:
    assert by.community_id is not None  # noqa: S101  answered from inside a community
    here = Membership.objects.filter(in_force_on(by.today), community_id=mine.community_id)
    secretariat = Account.objects.filter(
        pk__in=here.filter(role=RoleCode.SECRETARIAT).values("account"), is_active=True
    )

    def words() -> Words:
        title = _("The seat of %(seat)s is empty at %(meeting)s") % {
            "seat": mine.seat,
            "meeting": name_and_day(mine.meeting, by.today),
        }
        return Words(
            title, _("%(name)s cannot come, and no substitute is left.") % {"name": mine.tenure.name}
        )

    notify(
        to=secretariat,
        key=f"meeting.empty:{mine.meeting_id}:{mine.pk}",
        words=words,
        by=by,
        path=reverse("governance:meeting", args=[mine.meeting_id]),
    )


def _send_home(mine: Attendance, *, by: Actor, sent: From) -> None:
    """Substitutes called after the one who comes after all are no longer needed."""
    meeting = mine.meeting
    later = list(
        Attendance.objects.filter(meeting=meeting, seat_id=mine.seat_id, pk__gt=mine.pk, presence="")
        .select_related("tenure", "tenure__person")
        .order_by("pk")
    )
    for one in later:
        if one.by_item.exists():
            one.presence = Presence.ABSENT
            one.save(update_fields=["presence"])
            continue
        if take_back([mail_key(meeting, one)], by=by).sent:
            _say_not_needed(meeting, one, by, sent)
        one.delete()


def _say_not_needed(meeting: Meeting, one: Attendance, by: Actor, sent: From) -> None:
    def words() -> Words:
        return Words(
            _("You need not come to %(meeting)s") % {"meeting": name_and_day(meeting, by.today)},
            _("The one you stand in for comes after all."),
        )

    call_off(meeting, [one], words, by=by, sent=sent)


def receive_reply(content: bytes, *, sent: From) -> Attendance:
    """A calendar's answer (METHOD:REPLY) to an invitation: the same as pressing the button in the mail.

    Refuses what is no answer, an answer from another address than the one that was invited, and one to an
    invitation that is not there any more, or that named another time. The same mail again, or one that was
    overtaken by a later answer, changes nothing.
    """
    reply = read_reply(content)
    today = timezone.localtime(sent.at).date()
    with transaction.atomic(), scope(machine(reply.community_id, today)):
        found = (
            Attendance.objects.filter(
                pk=reply.attendance_id, meeting_id=reply.meeting_id, community_id=reply.community_id
            )
            .select_related("tenure", "tenure__person", "meeting")
            .first()
        )
        account = Account.objects.filter(person=found.tenure.person_id or 0).first() if found else None
        if found is None or account is None:
            raise Refused("invitation.gone", gettext_lazy("You are not called to this meeting any more."))
        known = {account.email.casefold()}
        if found.tenure.person and found.tenure.person.email:
            known.add(found.tenure.person.email.casefold())
        if reply.email not in known:
            raise Refused(
                "invitation.other_address",
                gettext_lazy("The answer came from another address than the one that was invited."),
                forbidden=True,
            )
        if reply.starts is not None and reply.starts != starts_at(found.meeting):
            raise Refused(
                "invitation.moved",
                gettext_lazy("The meeting has been moved since. Answer the newest invitation."),
            )
        if _is_overtaken(found, reply):
            return found
        actor = acting_as(account, today=today, community_id=reply.community_id)
    with transaction.atomic(), scope(actor):
        answered = answer_invitation(found, reply.answer, by=actor, sent=sent, via="calendar")
        if reply.said_at is not None and reply.said_at < sent.at:
            # When it was said, not when the mail came: an older mail that comes later is known by it.
            answered.answered_at = reply.said_at
            answered.save(update_fields=["answered_at"])
        return answered


def _is_overtaken(mine: Attendance, reply: Reply) -> bool:
    said, known = reply.said_at, mine.answered_at
    return said is not None and known is not None and said.replace(microsecond=0) <= known
