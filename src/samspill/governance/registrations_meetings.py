"""What governance offers the house: meetings."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import BRIEFS, TASK_SOURCES, THINGS, Actor, Resolved, ThingKind
from samspill.governance.actions.agenda import TAKE_LATE as TAKE_LATE_ACT
from samspill.governance.actions.calling import CANNOT, COMES
from samspill.governance.actions.preparing_oneself import MEETING
from samspill.governance.link_acts_meetings import CANNOT_COME, COME, TAKE_LATE
from samspill.governance.mail_answers import CALENDAR, read_answer
from samspill.governance.meeting_wording import name_and_day
from samspill.governance.models import Meeting
from samspill.governance.queries.meeting_tasks import meeting_dues
from samspill.governance.queries.next_meeting import next_meeting_brief
from samspill.governance.queries.user_view import user_view_brief
from samspill.worklist.public import ACTS, LINK_ACTS, MAIL_READERS, Told

TOLD = {
    "meeting.plan": Told(_("%(who)s planned the meetings of «%(what)s».")),
    "meeting.call": Told(_("%(who)s sent the notice of «%(what)s».")),
    "meeting.move": Told(_("%(who)s moved «%(what)s».")),
    "meeting.cancel": Told(_("%(who)s cancelled «%(what)s».")),
    "meeting.talk": Told(
        _("%(who)s asked others who speak for patients to talk together before «%(what)s»."), is_news=False
    ),
    "meeting.allow_late": Told(_("%(who)s said yes to a late item in «%(what)s».")),
}


def register() -> None:
    """Things, tasks, acts in words and acts of mail links of this part."""
    THINGS.register(MEETING, ThingKind(MEETING, _("Meeting"), resolve_meetings))
    TASK_SOURCES.register("governance.meetings", meeting_dues)
    BRIEFS.register("governance.user_view", user_view_brief)
    BRIEFS.register("governance.next_meeting", next_meeting_brief)
    ACTS.update(TOLD)
    LINK_ACTS[COMES] = COME
    LINK_ACTS[CANNOT] = CANNOT_COME
    LINK_ACTS[TAKE_LATE_ACT] = TAKE_LATE
    MAIL_READERS[CALENDAR] = read_answer


def resolve_meetings(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    found = Meeting.objects.visible_to(actor).filter(pk__in=list(ids)).select_related("body")
    return {
        one.pk: Resolved(
            name_and_day(one, actor.today),
            reverse("governance:meeting", args=[one.pk]),
            str(one.get_state_display()),
        )
        for one in found
    }
