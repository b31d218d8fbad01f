"""What a figure means: its definition in words, and its values in one's own municipalities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.directory.public import Community
from samspill.insight.age_groups import BY_CODE
from samspill.insight.definitions import is_of_ages
from samspill.insight.models import Indicator
from samspill.insight.queries import communities_with_figures, profile_of, values_of
from samspill.insight.shown.people import source_of
from samspill.insight.wording import decimal, rounded


@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The definition, and the values of `?for=`, of the actor's community, or of the first with figures."""
    found = get_object_or_404(Indicator, code=code, is_in_use=True)
    definition = found.definition
    chosen = _community(request)
    profile = profile_of(chosen) if chosen else None
    return render(
        request,
        "insight/indicator.html",
        {
            "indicator": found,
            "numerator": BY_CODE[definition["numerator"]].label if is_of_ages(definition) else "",
            "denominator": BY_CODE[definition["denominator"]].label
            if is_of_ages(definition) and definition["denominator"]
            else "",
            "profile": profile,
            "rows": [
                (value.place, *(_told(one, value.decimals) for one in (value.now, value.then)))
                for value in (values_of(found, profile) if profile and is_of_ages(definition) else ())
            ],
            "source": source_of(profile.run) if profile else "",
        },
    )


def _community(request: HttpRequest) -> Community | None:
    slug = request.GET.get("for", "")
    actor = request.actor  # type: ignore[attr-defined]
    if slug or actor.community:
        return Community.objects.filter(slug=slug or actor.community.slug).first()
    return next((community for community, _series in communities_with_figures()), None)


def _told(value: float | None, places: int) -> str:
    if value is None:
        return "–"
    return decimal(value if places else rounded(value), places)
