"""Who may keep an answer: those who are at work in the helsefellesskap it is about."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Community
from samspill.refusal import Refused


def may_keep(request: HttpRequest, community: Community) -> bool:
    actor = request.actor  # type: ignore[attr-defined]
    return bool(actor.is_known and actor.community_id == community.pk)


def check_may_keep(request: HttpRequest, community: Community) -> None:
    """Refuses a visitor and a member of another helsefellesskap (`calculation.where`)."""
    if not may_keep(request, community):
        raise Refused(
            "calculation.where",
            _("An answer is kept in the helsefellesskap it is about. Sign in there to keep it."),
            forbidden=True,
        )
