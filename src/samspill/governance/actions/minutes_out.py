"""Minutes go out for remarks, remarks are taken in or answered, and those who are bound are told."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Account, Actor, Membership, in_force_on, record
from samspill.governance.actions.approving import add_version, lock_minutes
from samspill.governance.actions.indexing_decisions import index_decision
from samspill.governance.actions.indexing_open import Touched, refresh_open
from samspill.governance.actions.moving_meetings import lock_meeting, move_meeting
from samspill.governance.models import (
    AgendaItem,
    Attendance,
    Decision,
    DecisionParty,
    Meeting,
    MinuteRemark,
    Minutes,
    MinutesVersion,
)
from samspill.governance.permissions import check_may_act, is_secretariat
from samspill.governance.queries.minutes_content import long_day
from samspill.governance.rules.moving import check_move
from samspill.governance.states import (
    MINUTES_TRANSITIONS,
    Access,
    DecisionKind,
    MeetingState,
    MinutesState,
    RemarkState,
)
from samspill.refusal import Refused
from samspill.worklist.public import Ask, Words, notify

REMARK = "governance.remark"
REMARK_DAYS = 14
LONGEST = 4000


def send_minutes(meeting: Meeting, *, by: Actor) -> MinutesVersion:
    """The minutes are out: a new version, whole for those who were called and public for everybody.

    What was decided is open from here unless its case is screened. Those who were called are asked for
    remarks; parties that a point binds are told. Called again, it sends what is new. Refuses a meeting that
    is not held, and when nothing is new.
    """
    check_may_act(by, "meetings.write", meeting)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        minutes, _made = Minutes.objects.get_or_create(
            meeting=meeting, defaults={"community_id": meeting.community_id, "language": meeting.language}
        )
        minutes = lock_minutes(minutes)
        if meeting.state == MeetingState.HELD:
            _go_out(meeting, minutes, by)
        elif meeting.state != MeetingState.MINUTES_OUT:
            raise Refused(
                "minutes.not_held", gettext_lazy("Close the meeting first, then the minutes can go out.")
            )
        before = minutes.versions.count()
        version = add_version(minutes, by)
        if minutes.versions.count() == before:
            raise Refused("minutes.nothing_new", gettext_lazy("Nothing is new since the minutes were sent."))
        _open_decisions(meeting)
        told = _tell_called(minutes, version, by) + _tell_bound(meeting, by)
        record(by=by, act="minutes.send", on=minutes, version=version.version, told=told)
        refresh_open(meeting.community_id, now=timezone.now(), of=Touched.by_meeting(meeting))
    return version


def _go_out(meeting: Meeting, minutes: Minutes, by: Actor) -> None:
    move_meeting(meeting, MeetingState.MINUTES_OUT)
    check_move(MINUTES_TRANSITIONS, minutes.state, MinutesState.OUT, code="minutes.state")
    remarks_by = meeting.remarks_by
    if remarks_by is None or remarks_by <= by.today:
        remarks_by = by.today + timedelta(days=REMARK_DAYS)
    minutes.state, minutes.sent_on, minutes.remarks_by = MinutesState.OUT, by.today, remarks_by
    minutes.save(update_fields=["state", "sent_on", "remarks_by"])


def _open_decisions(meeting: Meeting) -> None:
    here = Decision.objects.filter(item__meeting=meeting, is_open=False)
    for decision in here.filter(Q(case=None) | Q(case__access=Access.PUBLIC)).select_related(
        "case", "item", "body"
    ):
        decision.is_open = True
        decision.save(update_fields=["is_open"])
        index_decision(decision)


def accounts_called(meeting: Meeting) -> list[Account]:
    """Those who were called, and have an account."""
    people = Attendance.objects.filter(meeting=meeting).values("tenure__person")
    return list(Account.objects.filter(person__in=people, is_active=True).order_by("pk"))


def _tell_called(minutes: Minutes, version: MinutesVersion, by: Actor) -> int:
    return notify(
        to=accounts_called(minutes.meeting),
        key=f"minutes:{minutes.pk}:{version.version}",
        words=partial(_words, minutes, version),
        by=by,
        path=reverse("governance:minutes", args=[minutes.meeting_id]),
        asks=(Ask(REMARK, minutes.pk),),
    )


def _words(minutes: Minutes, version: MinutesVersion) -> Words:
    meeting = minutes.meeting
    values = {"body": meeting.body, "day": long_day(meeting.day)}
    new = _("The minutes of %(body)s, %(day)s, have come in a new version")
    title = (new if version.version > 1 else _("The minutes of %(body)s, %(day)s, are ready")) % values
    assert minutes.remarks_by is not None  # noqa: S101  set when they went out
    text = _("Say it before %(day)s if something is wrong.") % {"day": long_day(minutes.remarks_by)}
    return Words(title, text)


def _tell_bound(meeting: Meeting, by: Actor) -> int:
    """Decided is not the same as known: each party hears which points bind it."""
    rows = DecisionParty.objects.filter(
        point__decision__item__meeting=meeting, point__decision__kind=DecisionKind.DECISION
    ).select_related("point__decision__case", "party")
    by_party: dict[int, list[DecisionParty]] = {}
    for row in rows.order_by("point__decision", "point__order"):
        by_party.setdefault(row.party_id, []).append(row)
    told = 0
    for party_id, bound in by_party.items():
        told += notify(
            to=_speak_for(party_id, meeting.community_id, by),
            key=f"bound:{meeting.pk}:{party_id}",
            words=partial(_bound_words, meeting, bound),
            by=by,
            path=reverse("governance:minutes", args=[meeting.pk]),
        )
    return told


def _speak_for(party_id: int, community_id: int, by: Actor) -> list[Account]:
    roles = Membership.objects.filter(in_force_on(by.today), community_id=community_id, party_id=party_id)
    return list(Account.objects.filter(pk__in=roles.values("account"), is_active=True).order_by("pk"))


def _bound_words(meeting: Meeting, bound: list[DecisionParty]) -> Words:
    title = _("%(body)s has decided something %(party)s is to carry out") % {
        "body": meeting.body,
        "party": bound[0].party,
    }
    return Words(title, "\n".join(f"– {row.point.text}" for row in bound))


def remark(
    minutes: Minutes, *, text: str, by: Actor, item: AgendaItem | None = None, via: str = "page"
) -> MinuteRemark:
    """Somebody who was called wants something changed, while the minutes are out for remarks."""
    if not text.strip():
        raise Refused("remark.text", gettext_lazy("Write what should be changed."), field="text")
    with transaction.atomic():
        minutes = lock_minutes(minutes)
        check_may_remark(minutes, by)
        made = MinuteRemark.objects.create(
            community_id=minutes.community_id,
            minutes=minutes,
            item=item,
            text=text.strip()[:LONGEST],
            raised_by_id=by.account_id,
            by_name=by.name,
        )
        record(by=by, act="minutes.remark", on=minutes, remark=made.pk, via=via)
    return made


def check_may_remark(minutes: Minutes, by: Actor) -> None:
    """Those who were called, and the secretariat, until the day remarks close."""
    if by.community_id != minutes.community_id or not (is_secretariat(by) or was_called(minutes.meeting, by)):
        raise Refused(
            "remark.not_called",
            gettext_lazy("Only those who were called to the meeting can remark on its minutes."),
            forbidden=True,
        )
    if minutes.state != MinutesState.OUT:
        raise Refused("remark.closed", gettext_lazy("The minutes are not out for remarks now."))
    if minutes.remarks_by is not None and by.today > minutes.remarks_by:
        raise Refused(
            "remark.late",
            _("Remarks closed %(day)s. Say it in the next meeting, when the minutes are approved.")
            % {"day": long_day(minutes.remarks_by)},
        )


def was_called(meeting: Meeting, actor: Actor) -> bool:
    if actor.account_id is None:
        return False
    mine = Attendance.objects.filter(meeting=meeting, tenure__person__account=actor.account_id)
    return mine.exists()


def answer_remark(made: MinuteRemark, *, taken_in: bool, by: Actor, answer: str = "") -> MinuteRemark:
    """The secretariat takes a remark in, or says why not; the next version shows what changed."""
    check_may_act(by, "meetings.write", made)
    if not taken_in and not answer.strip():
        raise Refused("remark.answer", gettext_lazy("Say why the remark is not taken in."), field="answer")
    with transaction.atomic():
        minutes = lock_minutes(made.minutes)
        if minutes.state != MinutesState.OUT:
            raise Refused("remark.closed", gettext_lazy("The minutes are not out for remarks now."))
        made.state = RemarkState.TAKEN_IN if taken_in else RemarkState.DECLINED
        made.answer = answer.strip()
        made.save(update_fields=["state", "answer"])
        record(by=by, act="minutes.answer", on=minutes, remark=made.pk, taken_in=taken_in)
        if made.raised_by is not None:
            _tell_answer(made, by)
    return made


def _tell_answer(made: MinuteRemark, by: Actor) -> None:
    def words() -> Words:
        title = (
            _("Your remark is taken in")
            if made.state == RemarkState.TAKEN_IN
            else _("Your remark is not taken in")
        )
        return Words(title, made.answer or made.text)

    receivers: Iterable[Account] = [made.raised_by] if made.raised_by else []
    path = reverse("governance:minutes", args=[made.minutes.meeting_id])
    notify(to=receivers, key=f"remark:{made.pk}:{made.state}", words=words, by=by, path=path)
