"""What offers to keep an answer: on the pages where one tries, and on a kept answer."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Community
from samspill.insight.models import Scenario
from samspill.insight.permissions import check_may_act
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
    actor: Actor = context["request"].actor
    is_here = actor.is_known and actor.community_id == community.pk
    cannot = "" if is_here else _("Sign in for %(name)s to keep the answer.") % {"name": community.full_name}
    cannot_scenario = cannot or reason(check_may_act, actor, "insight.scenario")
    return {
        "community": community,
        "kind": kind,
        "asked": json.dumps(asked, ensure_ascii=False),
        "cannot": cannot,
        "cannot_scenario": cannot_scenario,
        "scenarios": [] if cannot_scenario else _scenarios(kind, actor),
    }


def _scenarios(kind: str, actor: Actor) -> list[Scenario]:
    return list(Scenario.objects.inside(actor).filter(kind=kind, archived_at__isnull=True))
