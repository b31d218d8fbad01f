"""Indicators of age groups worked out ahead: the section of the page that projections fill."""

from typing import Any

from django.http import HttpRequest

from samspill.directory.public import Community
from samspill.insight.area_names import community_at
from samspill.insight.definitions import is_of_ages
from samspill.insight.models import Indicator
from samspill.insight.queries import communities_with_figures, profile_of, values_of
from samspill.insight.shown.people import source_of
from samspill.insight.wording import decimal, rounded


def expected_of(request: HttpRequest, found: Indicator) -> dict[str, Any]:
    """The values of `?for=`, of the actor's community, or of the first with figures; {} for other kinds."""
    if not is_of_ages(found.definition):
        return {}
    chosen = _community(request)
    profile = profile_of(chosen) if chosen else None
    if profile is None:
        return {}
    return {
        "profile": profile,
        "expected": [
            (value.place, *(_told(one, value.decimals) for one in (value.now, value.then)))
            for value in values_of(found, profile)
        ],
        "source": source_of(profile.run),
    }


def _community(request: HttpRequest) -> Community | None:
    asked = request.GET.get("for", "")
    actor = request.actor  # type: ignore[attr-defined]
    if asked or actor.community:
        wanted = {"code": community_at(asked)} if asked else {"slug": actor.community.slug}
        return Community.objects.filter(**wanted).first()
    return next((community for community, _series in communities_with_figures()), None)


def _told(value: float | None, places: int) -> str:
    if value is None:
        return "–"
    return decimal(value if places else rounded(value), places)
