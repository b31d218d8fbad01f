"""The worked examples: which there are, and one of them to try, with what is asked kept when one wants."""

import json

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Community
from samspill.insight.actions.calculations import calculate
from samspill.insight.appraisals import KEY_OF, PATHS, model_of, worded
from samspill.insight.asked.appraisals import Tried, read_tried
from samspill.insight.calculations.appraisals import DRAWS, KEY, QUICK_DRAWS, whole
from samspill.insight.queries.appraisals import weighed
from samspill.insight.telling import Asked, Told
from samspill.insight.telling.appraisals import tell
from samspill.insight.views.keeping import check_may_keep, may_keep
from samspill.refusal import Refused

FIRST = 3  # figures that answer most people; the others are folded by what they are about
PARTS = (("why", slice(3, 7)), ("worth", slice(7, None)))


@require_safe
def model_list(request: HttpRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    models = [
        {
            "name": worded(model_of(key).name),
            "says": worded(model_of(key).says),
            "url": reverse("insight:model", args=[slug, path]),
        }
        for key, path in PATHS.items()
    ]
    return render(request, "insight/appraisals/list.html", {"shown_community": community, "models": models})


@require_safe
def model(request: HttpRequest, slug: str, path: str) -> HttpResponse:
    """The model as the address asks for it; what cannot be is told at its field, and not used."""
    community, key = get_object_or_404(Community, slug=slug), _key(path)
    tried = read_tried(key, request.GET)
    told = _told(community, tried)
    context = {
        "shown_community": community,
        "path": path,
        "name": worded(model_of(key).name),
        "tried": tried,
        "told": told,
        "first": told.passages[:FIRST],
        "parts": [(name, told.passages[part]) for name, part in PARTS],
        "asked": json.dumps(tried.asked),
        "may_keep": may_keep(request, community),
        "kept_draws": DRAWS,
    }
    return render(request, "insight/appraisals/model.html", context, status=422 if tried.wrong else 200)


@login_required
@require_POST
def keep_model(request: HttpRequest, slug: str, path: str) -> HttpResponse:
    """The answer, computed on more draws, at an address of its own."""
    community, _known = get_object_or_404(Community, slug=slug), _key(path)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_keep(request, community)
    try:
        asked = json.loads(request.POST.get("asked", ""))
    except json.JSONDecodeError:
        asked = None
    if not isinstance(asked, dict):
        raise Refused("appraisal.asked", _("The question did not come along. Go back and try again."))
    made = calculate(KEY, {**asked, "draws": DRAWS}, by=actor)
    return HttpResponseRedirect(reverse("insight:calculation", args=[made.key]), status=303)


def _key(path: str) -> str:
    if path not in KEY_OF:
        raise Http404
    return KEY_OF[path]


def _told(community: Community, tried: Tried) -> Told:
    question = whole({**tried.asked, "draws": QUICK_DRAWS})
    return tell(Asked(community, question, weighed(question), {}, ""))
