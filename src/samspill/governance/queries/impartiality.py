"""Who may not read what is closed of a case: their impartiality is in doubt, or they are disqualified."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor
from samspill.governance.models import Case
from samspill.governance.queries.access import conflicts_of
from samspill.governance.queries.cases import case_for
from samspill.refusal import Refused


def check_not_disqualified(actor: Actor, cases: Collection[int | None]) -> None:
    """Refuses one who is, or may be, disqualified in any of `cases`: somebody else does what is done there.

    The database keeps what is closed of such a case from the actor, so an act that went on would work on
    half of it. 1 query, none for Samspill itself.
    """
    if actor.account_id is None or not conflicts_of(actor).filter(case__in=cases).exists():
        return
    raise Refused(
        "case.disqualified",
        _("You are disqualified in this case, or that is being concluded. Somebody else must do this."),
        forbidden=True,
    )


def may_read_closed(actor: Actor, case: Case) -> bool:
    """Whether the actor may read what is not public of the case: by its access state and by impartiality.

    Everybody may read what is public, in other words: this asks only about the rest. 3 queries.
    """
    return case_for(case, actor).may_read_closed
