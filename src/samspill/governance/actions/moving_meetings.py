"""A meeting as it stands now, and its next state: shared by everything that moves one."""

from django.utils.translation import gettext_lazy as _

from samspill.governance.models import Meeting
from samspill.governance.rules.moving import check_move
from samspill.governance.states import MEETING_TRANSITIONS, MeetingState
from samspill.refusal import Refused


def lock_meeting(meeting: Meeting) -> Meeting:
    """Kept from others until the transaction ends."""
    locked = Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting.pk).first()
    if locked is None:
        raise Refused("meeting.gone", _("The meeting is not here any more. Go back to the list."))
    return locked


def move_meeting(meeting: Meeting, after: MeetingState) -> None:
    """Give a locked meeting its next state. Refuses what the table does not allow."""
    check_move(MEETING_TRANSITIONS, meeting.state, after, code="meeting.state")
    meeting.state = after
    meeting.save(update_fields=["state"])
