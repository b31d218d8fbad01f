"""What is written at an item in the meeting room: each text is added, none is overwritten.

Two who type at once lose nothing: the one who saved on top of a text that is no longer the newest is kept
beside it, and both are shown until somebody has taken them together.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.governance.models import AgendaItem, MinuteText
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.minute_texts import Standing, standing
from samspill.governance.states import MeetingState, TextPart
from samspill.refusal import Refused

LONGEST = 40_000  # letters; a meeting that talks for a day fills less
WRITABLE = frozenset(
    {MeetingState.CALLED, MeetingState.UNDER_WAY, MeetingState.HELD, MeetingState.MINUTES_OUT}
)


def save(
    item: AgendaItem, text: str, based_on: int, by: Actor, *, part: str = TextPart.MINUTES
) -> MinuteText:
    """Add a text; `based_on` is the number of the row its writer had before them, 0 for none.

    Returns the row that now holds the text: a new one, or the one that says the same already. It is `beside`
    when somebody else had saved in between. Refuses a meeting whose minutes are approved.
    """
    check_may_act(by, "meetings.write", item)
    check_writable(item)
    if len(text) > LONGEST:
        raise Refused(
            "minutes.long", _("This is longer than minutes can be. Shorten the text."), field="text"
        )
    with transaction.atomic():
        AgendaItem.objects.select_for_update().get(pk=item.pk)
        now = standing(item, part)
        before = MinuteText.objects.filter(item=item, part=part, pk=based_on).first() if based_on else None
        same = next((row for row in (now.row, *now.beside) if row and row.text == text), None)
        if same is not None:
            return same
        return MinuteText.objects.create(
            community_id=item.community_id,
            item=item,
            part=part,
            text=text,
            based_on=before,
            beside=_is_beside(now, before, by),
            by_id=by.account_id,
            by_name=by.name,
        )


def _is_beside(now: Standing, before: MinuteText | None, by: Actor) -> bool:
    """Somebody else has saved since its writer looked. One's own newest text is never in one's way."""
    if now.row is None or (before is not None and before.pk == now.row.pk):
        return False
    return not (by.is_known and now.row.by_id == by.account_id)


def take_together(item: AgendaItem, text: str, by: Actor, *, part: str = TextPart.MINUTES) -> MinuteText:
    """One text takes the place of the one that stands and of those beside it; all stay in the history."""
    check_may_act(by, "meetings.write", item)
    check_writable(item)
    with transaction.atomic():
        AgendaItem.objects.select_for_update().get(pk=item.pk)
        now = standing(item, part)
        return MinuteText.objects.create(
            community_id=item.community_id,
            item=item,
            part=part,
            text=text,
            based_on=now.beside[-1] if now.beside else now.row,
            by_id=by.account_id,
            by_name=by.name,
        )


def check_writable(item: AgendaItem) -> None:
    if item.is_removed or MeetingState(item.meeting.state) not in WRITABLE:
        raise Refused(
            "minutes.closed",
            _("Nothing can be written here now. What is wrong in approved minutes is corrected beside them."),
        )
