"""A consent falls away by itself when the share it was given to is another."""

from django.utils.translation import gettext_noop

from samspill.directory.public import Actor, record
from samspill.plans.models import Application, Endorsement
from samspill.plans.queries.funds.applications import shares_of, standing
from samspill.plans.rules.funds.budget import same_share
from samspill.plans.rules.funds.calls import check_move
from samspill.plans.states import ApplicationState

SHARE_CHANGED = gettext_noop("The share was changed afterwards.")


def withdraw_changed(application: Application, *, by: Actor) -> list[Endorsement]:
    """Take back every consent and every question whose share is no longer the budget's; returns them."""
    shares = shares_of(application)
    changed = [
        one for one in standing(application) if not same_share(one.share, shares.get(one.party_id, {}))
    ]
    for one in changed:
        one.withdrawn_because = SHARE_CHANGED
        one.save(update_fields=["withdrawn_because"])
        record(by=by, act="fund.withdraw", on=application, party=str(one.party), answer=one.answer)
    if changed and application.state == ApplicationState.ENDORSED:
        check_move(application.state, ApplicationState.DRAFT)
        application.state = ApplicationState.DRAFT
        application.save(update_fields=["state"])
    return changed
