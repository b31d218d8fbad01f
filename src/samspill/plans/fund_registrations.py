"""What joint money offers the house: things, kinds of links, tasks, reminders, mail acts, acts in words."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.public import (
    ERASURES,
    INDEXERS,
    LINK_KINDS,
    TASK_SOURCES,
    THINGS,
    Actor,
    Erasure,
    LinkKind,
    Resolved,
    ThingKind,
)
from samspill.plans.actions.funds.calls import AWARD, CALL, index_calls
from samspill.plans.actions.funds.consents import ENDORSE, ENDORSE_ACT
from samspill.plans.actions.funds.reporting import remind_of_reports
from samspill.plans.actions.funds.starting import FUNDED_BY
from samspill.plans.actions.indexing import MEASURE
from samspill.plans.actions.projects import PROJECT
from samspill.plans.models import Application, Call
from samspill.plans.queries.funds.awards import awards_for
from samspill.plans.queries.funds.calls import state_of
from samspill.plans.queries.funds.tasks import fund_dues
from samspill.plans.rules.funds.amounts import kroner
from samspill.worklist.public import ACTS, LINK_ACTS, REMINDERS, Told

TOLD = {
    "fund.announce": Told(_("%(who)s announced «%(what)s».")),
    "fund.submit": Told(_("%(who)s sent the application «%(what)s».")),
    "fund.consent": Told(_("%(who)s answered for a party to «%(what)s».")),
    "fund.award": Told(_("%(who)s wrote down the answer to «%(what)s».")),
    "fund.decided": Told(_("%(who)s answered the last application to «%(what)s».")),
    "fund.accept": Told(_("%(who)s said yes to the award for «%(what)s».")),
    "fund.start": Told(_("%(who)s started «%(what)s» as a project and a measure.")),
    "fund.payment": Told(_("%(who)s changed the payments of «%(what)s».")),
    "fund.report": Told(_("%(who)s reported on «%(what)s».")),
}

CONTACT = Erasure(
    "plans.application",
    Application,
    ("contact_email",),
    _("The e-mail address of who can be asked about an application for joint money"),
    _("%(period)s after the answer was due, or after the work ended"),
)


def register_funds() -> None:
    THINGS.register(CALL, ThingKind(CALL, _("Call for applications"), resolve_calls))
    THINGS.register(AWARD, ThingKind(AWARD, _("Award"), resolve_awards))
    LINK_KINDS.register(
        FUNDED_BY,
        LinkKind(
            FUNDED_BY,
            pgettext_lazy("link", "Money"),
            pgettext_lazy("link", "Pays for"),
            frozenset({MEASURE, PROJECT}),
            frozenset({AWARD}),
        ),
    )
    TASK_SOURCES.register("plans.funds", fund_dues)
    INDEXERS.register("plans.funds", index_calls)
    REMINDERS["plans.funds"] = remind_of_reports
    LINK_ACTS[ENDORSE] = ENDORSE_ACT
    ACTS.update(TOLD)
    ERASURES.register(CONTACT.key, CONTACT)


def resolve_calls(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    calls = Call.objects.visible_to(actor).filter(pk__in=list(ids))
    return {
        call.pk: Resolved(
            call.title, reverse("plans:fund-call", args=[call.pk]), str(state_of(call, actor).label)
        )
        for call in calls
    }


def resolve_awards(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """By amount, because that is what stands in a thread: «740 000 kr»."""
    awards = awards_for(actor).filter(pk__in=list(ids)).select_related("call").distinct()
    return {
        award.pk: Resolved(
            kroner(award.nok), reverse("plans:fund-award", args=[award.pk]), award.call.title, award.title
        )
        for award in awards
    }
