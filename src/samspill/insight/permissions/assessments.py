"""Who may write a minimetodevurdering, decide on it, and show it to others."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, RoleCode, check_may
from samspill.insight.models import Assessment
from samspill.refusal import Refused

_WRITERS = frozenset(
    {RoleCode.SECRETARIAT, RoleCode.ANALYST, RoleCode.PLAN_OWNER, RoleCode.DIRECTOR, RoleCode.MEMBER}
)
MAY: Mapping[str, frozenset[str]] = {
    "assessments.write": _WRITERS,
    "assessments.decide": frozenset({RoleCode.SECRETARIAT}),
    "assessments.open": frozenset({RoleCode.SECRETARIAT, RoleCode.ANALYST}),
}


def check_may_assess(actor: Actor, act: str, assessment: Assessment | None = None) -> None:
    """Refuses when the roles do not allow `act`, or the assessment is another community's."""
    if assessment is not None and actor.community_id != assessment.community_id:
        raise Refused(
            "assessment.other_community",
            _("This belongs to another helsefellesskap. You can read it, not change it."),
            forbidden=True,
        )
    check_may(actor, act, MAY)
