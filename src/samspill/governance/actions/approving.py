"""Minutes are approved and closed: the newest version, its hash, and corrections beside it afterwards."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.governance.actions.moving_meetings import move_meeting
from samspill.governance.models import Minutes, MinutesAddendum, MinutesVersion
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.minutes_content import content_of
from samspill.governance.rules.minutes import canonical, sha256_of
from samspill.governance.rules.moving import check_move
from samspill.governance.states import (
    MINUTES_TRANSITIONS,
    MeetingState,
    MinutesState,
    RemarkState,
)
from samspill.refusal import Refused


def lock_minutes(minutes: Minutes) -> Minutes:
    return (
        Minutes.objects.select_for_update(of=("self",))
        .select_related("meeting", "meeting__body", "meeting__community")
        .get(pk=minutes.pk)
    )


def newest(minutes: Minutes, *, public: bool) -> MinutesVersion | None:
    return MinutesVersion.objects.filter(minutes=minutes, is_public=public).order_by("-version").first()


def add_version(minutes: Minutes, by: Actor) -> MinutesVersion:
    """The minutes as they are written now, whole and public; the newest when nothing is new."""
    last = newest(minutes, public=False)
    whole = content_of(minutes.meeting, public=False)
    if last is not None and canonical(last.content) == canonical(whole):
        return last
    number = (last.version if last else 0) + 1
    rows = []
    for public, content in ((False, whole), (True, content_of(minutes.meeting, public=True))):
        rows.append(
            MinutesVersion.objects.create(
                community_id=minutes.community_id,
                minutes=minutes,
                version=number,
                is_public=public,
                content=content,
                sha256=sha256_of(content),
                by_id=by.account_id,
            )
        )
    return rows[0]


def approve_minutes(minutes: Minutes, *, by: Actor, day: date | None = None) -> Minutes:
    """They stand for ever, with the hash of what stands in them. Refuses while a remark has no answer."""
    check_may_act(by, "meetings.write", minutes)
    with transaction.atomic():
        minutes = lock_minutes(minutes)
        check_move(MINUTES_TRANSITIONS, minutes.state, MinutesState.APPROVED, code="minutes.state")
        waiting = minutes.remarks.filter(state=RemarkState.RAISED).count()
        if waiting:
            raise Refused(
                "minutes.remarks",
                _("Remarks to the minutes of %(meeting)s wait for an answer: %(count)d. Answer them first.")
                % {"meeting": minutes.meeting, "count": waiting},
            )
        version = add_version(minutes, by)
        minutes.state, minutes.approved_on, minutes.sha256 = (
            MinutesState.APPROVED,
            day or by.today,
            version.sha256,
        )
        minutes.save(update_fields=["state", "approved_on", "sha256"])
        move_meeting(minutes.meeting, MeetingState.MINUTES_APPROVED)
        record(by=by, act="minutes.approve", on=minutes, sha256=minutes.sha256, version=version.version)
    return minutes


def add_addendum(minutes: Minutes, *, text: str, because: str, by: Actor) -> MinutesAddendum:
    """A correction of approved minutes; they stand as they are."""
    check_may_act(by, "meetings.write", minutes)
    if not text.strip():
        raise Refused("addendum.text", _("Write what is corrected."), field="text")
    if not because.strip():
        raise Refused("addendum.because", _("Say why it is corrected."), field="because")
    with transaction.atomic():
        minutes = lock_minutes(minutes)
        if minutes.state != MinutesState.APPROVED:
            raise Refused(
                "addendum.not_approved",
                _("The minutes are not approved yet, so what is wrong can be corrected in the text."),
            )
        number = (minutes.addenda.aggregate(last=Max("number"))["last"] or 0) + 1
        addendum = MinutesAddendum.objects.create(
            community_id=minutes.community_id,
            minutes=minutes,
            number=number,
            text=text.strip(),
            because=because.strip()[:500],
            by_id=by.account_id,
            by_name=by.name,
        )
        record(by=by, act="minutes.addendum", on=minutes, number=number, because=addendum.because)
    return addendum
