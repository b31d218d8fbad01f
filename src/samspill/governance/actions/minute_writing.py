"""What is written at an item in the meeting room: each text is added, none is overwritten.

Two who type at once lose nothing: what `actions.writing` keeps beside is shown until somebody has taken the
texts together.
"""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.governance.actions.writing import save_text, take_in
from samspill.governance.models import AgendaItem, MinuteText
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.wordings import Saved
from samspill.governance.states import MeetingState, TextPart
from samspill.refusal import Refused

WRITABLE = frozenset(
    {MeetingState.CALLED, MeetingState.UNDER_WAY, MeetingState.HELD, MeetingState.MINUTES_OUT}
)


def save(
    item: AgendaItem, text: str, based_on: int, by: Actor, *, part: str = TextPart.MINUTES
) -> Saved[MinuteText]:
    """Add a text; `based_on` is the number of the row its writer had before them, 0 for none.

    Refuses a meeting whose minutes are approved.
    """
    check_may_write(item, by)
    return save_text(MinuteText, {"item": item, "part": part}, text, based_on or None, by=by)


def take_together(
    item: AgendaItem, text: str, by: Actor, *, part: str = TextPart.MINUTES
) -> Saved[MinuteText]:
    """One text takes the place of the one that stands and of those beside it; all stay in the history."""
    check_may_write(item, by)
    return take_in(MinuteText, {"item": item, "part": part}, text, by=by)


def check_may_write(item: AgendaItem, by: Actor) -> None:
    check_may_act(by, "meetings.write", item)
    if item.is_removed or MeetingState(item.meeting.state) not in WRITABLE:
        raise Refused(
            "minutes.closed",
            _("Nothing can be written here now. What is wrong in approved minutes is corrected beside them."),
        )
