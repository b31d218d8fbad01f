"""The worked examples: which there are, and one of them to try."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samspill.directory.public import Community
from samspill.insight.appraisals import KEY_OF, PATHS, model_of, worded
from samspill.insight.asked.appraisals import Tried, read_tried
from samspill.insight.calculations.appraisals import DRAWS, QUICK_DRAWS, whole
from samspill.insight.queries.appraisals import weighed
from samspill.insight.telling import Asked, Told
from samspill.insight.telling.appraisals import tell
from samspill.insight.views.answering import answer_page


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
        "asked": whole(tried.asked),
        "kept_draws": DRAWS,
    }
    status = 422 if tried.wrong else 200
    return answer_page(request, "insight/appraisals/model.html", context, told, status=status)


def _key(path: str) -> str:
    if path not in KEY_OF:
        raise Http404
    return KEY_OF[path]


def _told(community: Community, tried: Tried) -> Told:
    question = whole({**tried.asked, "draws": QUICK_DRAWS})
    return tell(Asked(community, question, weighed(question), {}, ""))
