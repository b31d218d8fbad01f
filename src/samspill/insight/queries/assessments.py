"""Minimetodevurderinger one may see, and what they point at."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import get_language

from samspill.directory.public import Actor, Community
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.models import Assessment, Calculation, Indicator

MOST = 40  # kept answers to choose from, the newest


def assessments_in(community: Community, actor: Actor) -> QuerySet[Assessment]:
    """Those of a community that the actor may see, the one changed last first."""
    return Assessment.objects.visible_to(actor).filter(community=community)


def find_assessment(slug: str, pk: int, actor: Actor) -> Assessment:
    found = Assessment.objects.visible_to(actor).select_related("community", "owner")
    return get_object_or_404(found, pk=pk, community__slug=slug)


def kept_answers(community: Community, actor: Actor) -> list[tuple[str, str]]:
    """(key, what it is and when) of the answers that were kept, the newest first."""
    found = Calculation.objects.visible_to(actor).filter(community=community)[:MOST]
    return [(one.key, name_of(one)) for one in found]


def answers_by_key(keys: Iterable[str], community_id: int, actor: Actor) -> dict[str, str]:
    """What the answers with these keys are called, those one may see."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    found = Calculation.objects.visible_to(actor).filter(community_id=community_id, key__in=wanted)
    return {one.key: name_of(one) for one in found}


def name_of(one: Calculation) -> str:
    kind = CALCULATIONS.get(one.kind)
    label = str(kind.label) if kind else one.kind
    return f"{label}, {date_format(one.made_at, 'DATE_FORMAT')} ({one.key})"


def indicators_by_code() -> dict[str, str]:
    language = get_language() or "nb"
    return {one.code: one.title(language) for one in Indicator.objects.filter(is_in_use=True)}
