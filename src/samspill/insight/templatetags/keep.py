"""What offers to keep an answer: on the pages where one tries, and on a kept answer."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Community
from samspill.insight.calculations.comparison import KEY as COMPARISON
from samspill.insight.models import Scenario
from samspill.insight.permissions import check_may_act
from samspill.insight.sealing import sealed
from samspill.refusal import reason

register = template.Library()


@register.inclusion_tag("insight/parts/keep.html", takes_context=True)
def keep(context: Mapping[str, Any], community: Community, kind: str, asked: Mapping[str, object]) -> dict:
    """`{% keep community "demand" asked %}`: keep the answer to the whole question `asked`, or a scenario."""
    return _offer(context, community, kind, asked)


@register.inclusion_tag("insight/parts/keep_scenario.html", takes_context=True)
def keep_scenario(
    context: Mapping[str, Any], community: Community, kind: str, asked: Mapping[str, object]
) -> dict:
    """`{% keep_scenario community "demand" asked %}`: the form alone."""
    return _offer(context, community, kind, asked)


def _offer(context: Mapping[str, Any], community: Community, kind: str, asked: Mapping[str, object]) -> dict:
    request = context["request"]
    actor: Actor = request.actor
    is_here = actor.is_known and actor.community_id == community.pk
    cannot = "" if is_here else _("Sign in for %(name)s to keep the answer.") % {"name": community.full_name}
    cannot_scenario = cannot or reason(check_may_act, actor, "insight.scenario")
    return {
        "request": request,
        "community": community,
        "kind": kind,
        "asked": sealed(asked) if is_here else "",
        "cannot": cannot,
        "is_known": actor.is_known,
        "may_be_scenario": kind != COMPARISON,
        "cannot_scenario": cannot_scenario,
        "scenarios": [] if cannot_scenario else _scenarios(kind, actor),
    }


def _scenarios(kind: str, actor: Actor) -> list[Scenario]:
    return list(Scenario.objects.inside(actor).filter(kind=kind, archived_at__isnull=True))


@register.filter(name="sealed")
def sealed_for_a_form(asked: Mapping[str, object]) -> str:
    """`{{ asked|sealed }}`: a question in a hidden field of another form."""
    return sealed(asked)
