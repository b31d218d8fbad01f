"""Which minutes somebody may read, and in which version."""

from dataclasses import dataclass
from typing import Any

from samspill.directory.public import Actor
from samspill.governance.models import (
    Attendance,
    ConflictAssessment,
    Meeting,
    Minutes,
    MinutesVersion,
    MinuteText,
)
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.bodies import tenures_of
from samspill.governance.queries.minutes_content import content_of
from samspill.governance.rules.minutes import Change, changes
from samspill.governance.states import Access, ConflictConclusion, MeetingState, MinutesState

UNWRITTEN = frozenset({MeetingState.UNDER_WAY, MeetingState.HELD})


@dataclass(frozen=True)
class Shown:
    """What a page shows: a version, or what is written so far, which only the secretariat sees.

    `changed` is what is new since the version before.
    """

    minutes: Minutes | None
    content: dict[str, Any] | None
    version: int = 0
    is_whole: bool = False
    is_draft: bool = False
    changed: tuple[Change, ...] = ()


def minutes_of(meeting: Meeting, actor: Actor) -> Minutes | None:
    return Minutes.objects.visible_to(actor).filter(meeting=meeting).first()


def shown(meeting: Meeting, actor: Actor) -> Shown:
    """The newest version the actor may read; for the secretariat what is written since, too."""
    minutes = minutes_of(meeting, actor)
    keeps = is_secretariat(actor) and actor.community_id == meeting.community_id
    if minutes is None or minutes.state == MinutesState.WRITING:
        if keeps and meeting.state in UNWRITTEN:
            return Shown(minutes, content_of(meeting, public=False), is_whole=True, is_draft=True)
        return Shown(minutes, None)
    whole = sees_whole(meeting, actor)
    versions = list(
        MinutesVersion.objects.visible_to(actor)
        .filter(minutes=minutes, is_public=not whole)
        .order_by("-version")[:2]
    )
    if not versions:
        return Shown(minutes, None)
    changed = changes(versions[1].content, versions[0].content) if len(versions) > 1 else []
    return Shown(minutes, versions[0].content, versions[0].version, whole, changed=tuple(changed))


def unsent(meeting: Meeting, seen: Shown) -> tuple[Change, ...]:
    """What has been written since the newest version was sent."""
    if (
        seen.minutes is None
        or seen.minutes.state != MinutesState.OUT
        or not seen.is_whole
        or seen.content is None
    ):
        return ()
    sent = MinutesVersion.objects.filter(minutes=seen.minutes, version=seen.version, is_public=False).values(
        "at"
    )
    if not MinuteText.objects.filter(item__meeting=meeting, at__gt=sent).exists():
        return ()
    return tuple(changes(seen.content, content_of(meeting, public=False)))


def sees_whole(meeting: Meeting, actor: Actor) -> bool:
    """The secretariat, and those of the body or called; not one who is shut out of a screened case there."""
    if actor.community_id != meeting.community_id:
        return False
    if is_secretariat(actor):
        return True
    called = Attendance.objects.filter(meeting=meeting, tenure__person__account=actor.account_id).exists()
    if not (called or meeting.body_id in actor.body_ids or tenures_of(actor, meeting.body_id)):
        return False
    shut_out = ConflictAssessment.objects.filter(
        case__treatments__items__meeting=meeting, tenure__person__account=actor.account_id
    )
    return (
        not shut_out.exclude(conclusion=ConflictConclusion.QUALIFIED)
        .exclude(case__access=Access.PUBLIC)
        .exists()
    )


def book_of(body_id: int, year: int, actor: Actor) -> list[tuple[Meeting, dict[str, Any]]]:
    """The minutes of a body's meetings in a year as everybody may read them, oldest first. 2 queries."""
    rows = (
        MinutesVersion.objects.visible_to(actor)
        .filter(minutes__meeting__body=body_id, minutes__meeting__day__year=year, is_public=True)
        .exclude(minutes__state=MinutesState.WRITING)
        .select_related("minutes__meeting__body", "minutes__meeting__community")
        .order_by("minutes__meeting__day", "minutes__pk", "version")
    )
    newest = {row.minutes_id: row for row in rows}
    return [(row.minutes.meeting, row.content) for row in newest.values()]
