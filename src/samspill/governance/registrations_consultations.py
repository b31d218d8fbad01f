"""What governance offers the house: consultations."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import (
    INDEXERS,
    PLATFORM_COUNTS,
    TASK_SOURCES,
    THINGS,
    Actor,
    PlatformCounting,
    Resolved,
    ThingKind,
)
from samspill.governance.actions.dividing import NO_REMARKS, remind_of_consultations
from samspill.governance.actions.moving_consultations import CONSULTATION, index_community
from samspill.governance.link_acts_consultations import NO_REMARKS_ACT
from samspill.governance.models import Consultation
from samspill.governance.queries.consultation_tasks import dues
from samspill.governance.queries.counted import count_hearings
from samspill.worklist.public import ACTS, LINK_ACTS, REMINDERS, Told

TOLD = {
    "consultation.begin": Told(_("%(who)s registered the hearing «%(what)s».")),
    "consultation.change": Told(_("%(who)s changed the hearing «%(what)s»."), is_news=False),
    "consultation.questions": Told(_("%(who)s changed the questions of «%(what)s»."), is_news=False),
    "consultation.divide": Told(_("%(who)s divided the questions of «%(what)s»."), is_news=False),
    "consultation.undivide": Told(_("%(who)s opened the division of «%(what)s» again."), is_news=False),
    "consultation.ask": Told(_("%(who)s asked the parties to contribute to «%(what)s».")),
    "consultation.ask_back": Told(_("%(who)s took back the question about «%(what)s»."), is_news=False),
    "consultation.chase": Told(
        _("%(who)s reminded those who have not contributed to «%(what)s»."), is_news=False
    ),
    "consultation.chase_back": Told(_("%(who)s took back a reminder about «%(what)s»."), is_news=False),
    "consultation.contribute": Told(_("%(who)s contributed to «%(what)s».")),
    "consultation.take_in": Told(
        _("%(who)s took a contribution into the answer to «%(what)s»."), is_news=False
    ),
    "consultation.done": Told(_("%(who)s finished a joint answer to «%(what)s»."), is_news=False),
    "consultation.not_done": Told(_("%(who)s opened a joint answer to «%(what)s» again."), is_news=False),
    "consultation.compile": Told(_("%(who)s put together the answer to «%(what)s».")),
    "consultation.reopen": Told(_("%(who)s opened for contributions to «%(what)s» again.")),
    "consultation.lift": Told(_("%(who)s sent the answer to «%(what)s» on to a body that may approve it.")),
    "consultation.send": Told(_("%(who)s sent the answer to «%(what)s» for approval.")),
    "consultation.send_back": Told(
        _("%(who)s took the answer to «%(what)s» back from approval."), is_news=False
    ),
    "consultation.sent_back": Told(_("The answer to «%(what)s» was sent back, and %(who)s noted it.")),
    "consultation.approve": Told(_("The answer to «%(what)s» was approved, and %(who)s noted it.")),
    "consultation.unapprove": Told(_("%(who)s took back the approval of «%(what)s»."), is_news=False),
    "consultation.deliver": Told(_("%(who)s delivered the answer to «%(what)s».")),
    "consultation.deliver_back": Told(_("%(who)s took back the delivery of «%(what)s»."), is_news=False),
    "consultation.publish": Told(_("%(who)s opened the answer to «%(what)s» to everybody.")),
    "consultation.unpublish": Told(
        _("%(who)s closed the answer to «%(what)s» for those outside."), is_news=False
    ),
}


def register() -> None:
    """Things, tasks, acts in words and acts of mail links of this part."""
    THINGS.register(CONSULTATION, ThingKind(CONSULTATION, _("Hearing"), resolve_consultations))
    INDEXERS.register("governance.consultations", index_community)
    TASK_SOURCES.register("governance.consultations", dues)
    PLATFORM_COUNTS.register("governance.hearings", PlatformCounting("hearing", count_hearings))
    ACTS.update(TOLD)
    LINK_ACTS[NO_REMARKS] = NO_REMARKS_ACT
    REMINDERS["governance.consultations"] = remind_of_consultations


def resolve_consultations(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """1 query."""
    rows = Consultation.objects.visible_to(actor).filter(pk__in=list(ids))
    return {
        one.pk: Resolved(
            one.title, reverse("governance:consultation", args=[one.pk]), str(one.get_state_display())
        )
        for one in rows
    }
