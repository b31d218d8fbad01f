"""What meetings have waiting for somebody: an agenda to make, an invitation to answer, cases to read."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due, Facts, FactSource, FoundFacts, Wanted
from samspill.governance.models import AgendaItem, Attendance, ConflictAssessment, Meeting
from samspill.governance.permissions import may_act
from samspill.governance.queries.bodies import held_by
from samspill.governance.queries.leading import LEADS
from samspill.governance.states import (
    COMING,
    OPEN_AGENDA,
    Answer,
    ConflictConclusion,
    MeetingState,
)
from samspill.worklist.public import long_day

AHEAD = timedelta(days=21)
"""So long before the notice the agenda is the secretariat's task."""


def _wants(actor: Actor) -> dict[str, Wanted]:
    """Agendas to make, for the secretariat, and meetings that somebody is called to; then what those who
    lead are to conclude: raised impartiality, with the secretariat, and items that came late."""
    if actor.community_id is None or not actor.is_known:
        return {}
    coming = AgendaItem.objects.filter(
        meeting__community=actor.community_id, meeting__state__in=sorted(COMING), is_removed=False
    )
    wanted = {"places": Wanted(_places(actor), _PLACE)}
    if may_act(actor, "meetings.manage"):
        wanted["agendas"] = Wanted(_agendas(actor), _AGENDA)
        wanted["raised"] = _raised(coming, actor)
    else:
        led = held_by(actor).filter(role__in=LEADS, seat__body=OuterRef("body"))
        coming = coming.filter(Exists(led))
        wanted["raised"] = _raised(coming, actor)
        wanted["late"] = Wanted(coming.filter(is_late=True, late_yes_by__isnull=True), _LATE)
    return wanted


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    for name, tell in _TELLS.items():
        for one in found.get(name, ()):
            yield tell(one, actor)


meeting_dues = FactSource(_wants, _tells)


def _agendas(actor: Actor) -> QuerySet[Meeting]:
    soon = Q(notice_by__lte=actor.today + AHEAD) | Q(notice_by__isnull=True, day__lte=actor.today + AHEAD)
    return Meeting.objects.inside(actor).filter(soon, state__in=sorted(OPEN_AGENDA), day__gte=actor.today)


def _places(actor: Actor) -> QuerySet[Attendance]:
    """The actor's own places in meetings to come, unless they have said that they cannot."""
    return (
        Attendance.objects.visible_to(actor)
        .filter(
            tenure__person__account=actor.account_id,
            meeting__state=MeetingState.CALLED,
            meeting__community=actor.community_id or 0,
            meeting__day__gte=actor.today,
        )
        .exclude(answer=Answer.NO)
    )


def _agenda(one: Facts, actor: Actor) -> Due:
    return Due(
        key=f"governance.meeting:{one.pk}:notice",
        title=_("Send the notice of %(meeting)s") % {"meeting": _name(one, actor)},
        text=_("Put on the agenda what is ready, and send it."),
        url=_page(one.pk),
        act_label=_("Look through the agenda"),
        due=one.day("notice_by"),
        weight=15,
    )


def _own(one: Facts, actor: Actor) -> Due:
    values = {"meeting": _name(one, actor)}
    if one["answer"] == Answer.YES:
        title, label = _("Read the cases for %(meeting)s") % values, _("Read the cases")
    else:
        title, label = _("Will you come to %(meeting)s?") % values, _("Answer and read")
    return Due(
        key=f"governance.attendance:{one.pk}:{one['answer']}",
        title=title,
        text=one["place"],
        url=_page(one["meeting"]),
        act_label=label,
        due=one.day("day"),
        weight=25,
    )


def _raised(coming: QuerySet[AgendaItem], actor: Actor) -> Wanted:
    """Conflicts nobody has concluded on, each with the item of its case that comes last."""
    items = coming.filter(treatment__case=OuterRef("case")).order_by(
        "-meeting__day", "-meeting__starts", "-meeting", "-order", "-pk"
    )
    item = JSONObject(title="public_title", meeting="meeting_id", day="meeting__day")
    conflicts = ConflictAssessment.objects.filter(Exists(items), conclusion=ConflictConclusion.RAISED)
    return Wanted(
        conflicts.exclude(tenure__person__account=actor.account_id),
        {"name": "tenure__name", "item": Subquery(items.values(item=item)[:1])},
    )


def _conflict(one: Facts, _actor: Actor) -> Due:
    item = one["item"]
    return Due(
        key=f"governance.conflict:{one.pk}",
        title=_("Conclude whether %(name)s is disqualified") % {"name": one["name"]},
        text=item["title"],
        url=reverse("governance:conflict", args=[item["meeting"], one.pk]),
        act_label=_("Conclude"),
        due=date.fromisoformat(item["day"]),
        weight=18,
    )


def _late(one: Facts, _actor: Actor) -> Due:
    return Due(
        key=f"governance.item:{one.pk}:late",
        title=_("«%(item)s» is late. May it be taken?") % {"item": one["title"]},
        text=one["late_because"],
        url=_page(one["meeting"]),
        act_label=_("Say yes or no"),
        due=one.day("day"),
        weight=12,
    )


def _page(meeting: int) -> str:
    return reverse("governance:meeting", args=[meeting])


def _name(one: Facts, actor: Actor) -> str:
    body = one["short"] or one["body_name"]
    return f"{body} {long_day(one.day('day') or actor.today, actor.today)}"


_TELLS = {"agendas": _agenda, "places": _own, "raised": _conflict, "late": _late}
_AGENDA = {
    "body_name": "body__name",
    "short": "body__short_name",
    "day": "day",
    "notice_by": "notice_by",
}
_PLACE = {
    "answer": "answer",
    "meeting": "meeting_id",
    "place": "meeting__place",
    "body_name": "meeting__body__name",
    "short": "meeting__body__short_name",
    "day": "meeting__day",
}
_LATE = {
    "title": "public_title",
    "late_because": "late_because",
    "meeting": "meeting_id",
    "day": "meeting__day",
}
