"""What a member does before a meeting: notes to themselves, what they will bring up, and questions."""

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Ref, RoleCode, record
from samspill.governance.actions.answering import place_in
from samspill.governance.models import AgendaItem, PrivateNote, RaisedPoint
from samspill.governance.permissions import check_may_act
from samspill.governance.states import COMING, MeetingState
from samspill.refusal import Refused
from samspill.worklist.public import Task, add_task, role

MEETING = "governance.meeting"
LONGEST_NOTE = 20_000
LONGEST_POINT = 500


def save_note(item: AgendaItem, text: str, *, by: Actor) -> PrivateNote:
    """One's own words about an item. Nobody else sees them, and they are in no log."""
    if by.account_id is None or by.community_id != item.community_id:
        raise Refused("note.nobody", gettext_lazy("Sign in to write notes."), forbidden=True)
    if len(text) > LONGEST_NOTE:
        raise Refused(
            "note.long",
            gettext_lazy("The note is longer than there is room for. Shorten it, and it is saved."),
            field="text",
        )
    with transaction.atomic():
        note, _is_new = PrivateNote.objects.update_or_create(
            item=item, account_id=by.account_id, defaults={"community_id": item.community_id, "text": text}
        )
    return note


def raise_point(item: AgendaItem, words: str, *, by: Actor) -> RaisedPoint:
    """«I want to bring something up»: the chair and the secretariat see it with the item."""
    check_may_act(by, "meetings.take_part", item)
    if MeetingState(item.meeting.state) not in COMING:
        raise Refused("point.over", gettext_lazy("The meeting is over, so nothing can be brought up in it."))
    if len(words.strip()) > LONGEST_POINT:
        raise Refused(
            "point.long",
            gettext_lazy("Shorten it to 500 characters; say the rest in the meeting."),
            field="words",
        )
    account_id = _account(by)
    with transaction.atomic():
        place_in(item.meeting, by)
        point, _is_new = RaisedPoint.objects.update_or_create(
            item=item,
            account_id=account_id,
            defaults={"community_id": item.community_id, "name": by.name, "words": words.strip()},
        )
        record(by=by, act="item.raise", on=item)
    return point


def _account(by: Actor) -> int:
    if by.account_id is None:
        raise Refused("note.nobody", gettext_lazy("Sign in to write notes."), forbidden=True)
    return by.account_id


def take_point_back(item: AgendaItem, *, by: Actor) -> None:
    with transaction.atomic():
        RaisedPoint.objects.filter(item=item, account_id=_account(by)).delete()


def ask_secretariat(item: AgendaItem, question: str, *, by: Actor) -> Task:
    """A question about an item becomes a task of the secretariat."""
    check_may_act(by, "meetings.take_part", item)
    if not question.strip():
        raise Refused("question.empty", gettext_lazy("Write what you wonder about."), field="question")
    title = _("Question about %(item)s: %(question)s") % {
        "item": item.reference or item.public_title,
        "question": Truncator(question.strip()).chars(120),
    }
    return add_task(
        by=by,
        title=title,
        text=question.strip(),
        who=role(RoleCode.SECRETARIAT),
        about=Ref(MEETING, item.meeting_id),
        act_label=_("Answer"),
    )
