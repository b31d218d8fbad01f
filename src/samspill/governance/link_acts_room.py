"""A remark to minutes, said from a mail."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor
from samspill.governance.actions.minutes_out import check_may_remark, remark
from samspill.governance.models import Minutes
from samspill.refusal import Refused
from samspill.worklist.public import SAID, Asked, LinkAct


def _minutes(thing: int, actor: Actor) -> Minutes:
    found = (
        Minutes.objects.visible_to(actor).filter(pk=thing).select_related("meeting", "meeting__body").first()
    )
    if found is None:
        raise Refused("minutes.gone", gettext_lazy("The minutes are not here any more."))
    check_may_remark(found, actor)
    return found


def _describe(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    minutes = _minutes(thing, actor)
    return Asked(
        label=_("Write a remark"),
        question=_("What should be changed in the minutes?"),
        title=str(minutes.meeting),
        path=reverse("governance:minutes", args=[minutes.meeting_id]),
    )


def _perform(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    minutes = _minutes(thing, actor)
    made = remark(minutes, text=arguments.get(SAID, ""), by=actor, via="link")
    return _("Your remark has come to the secretariat: «%(text)s»") % {"text": made.text}


REMARK_BY_MAIL = LinkAct(
    describe=_describe, perform=_perform, asks_for=gettext_lazy("What should be changed, and how")
)
