"""A trial of any first year and any horizon, of all the nation or one's own, worked out in the background."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Community
from samspill.insight.actions.calculations import key_of
from samspill.insight.calculations.backtest import (
    KEY,
    NATION,
    WHERE,
    check_known,
    parts_of,
    whole,
)
from samspill.insight.jobs import done_in, folder_of, is_at_work, put_to_work
from samspill.insight.models import Calculation
from samspill.insight.queries.figures import Figures, figures_of, municipalities_of, pack_in_use
from samspill.insight.shown.trials import trial_form
from samspill.insight.views.accuracy import accuracy_page
from samspill.insight.views.keeping import check_may_keep
from samspill.refusal import Refused


@require_POST
@login_required
def work_out(request: HttpRequest, slug: str) -> HttpResponse:
    """To the page that waits for it; what comes out is kept. `fra`, `ar` and `hvem` are the question."""
    community = get_object_or_404(Community, slug=slug)
    check_may_keep(request, community)
    asked = _asked(request.POST)
    try:
        question = whole(asked)
        check_known(figures_of(pack_in_use().version), question)
        key = key_of(KEY, question, of=community)
    except Refused as refused:
        return accuracy_page(request, trial_form(asked, refused.sentence), status=422)
    if not Calculation.objects.filter(community=community, key=key).exists():
        put_to_work(community.pk, key, question, KEY)
    where = NATION if question.get(WHERE) == NATION else ""
    address = reverse("insight:backtest-at-work", args=[slug, key])
    return HttpResponseRedirect(f"{address}?hvem={where}", status=303)


def _asked(data: Mapping[str, str]) -> dict[str, object]:
    numbers = {"jump_off": data.get("fra", ""), "horizon": data.get("ar", "")}
    asked: dict[str, object] = {
        name: int(text) if text.isascii() and text.isdigit() and len(text) < 6 else text
        for name, text in numbers.items()
    }
    return asked | ({WHERE: NATION} if data.get("hvem") == NATION else {})


@require_safe
@login_required
def at_work(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """How far it has come; when it is there, the way to it."""
    community = get_object_or_404(Community, slug=slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    figures = figures_of(pack_in_use().version)
    is_there = Calculation.objects.visible_to(actor).filter(community=community, key=key).exists()
    is_working = not is_there and is_at_work(community.pk, key)
    done = done_in(folder_of(community.pk, key))
    context = {
        "shown_community": community,
        "key": key,
        "is_there": is_there,
        "is_at_work": is_working,
        "done": done,
        "wanted": max(done, _parts(figures, community, request.GET.get("hvem", ""))),
    }
    return render(request, "insight/people/trial_at_work.html", context)


def _parts(figures: Figures, community: Community, where: str) -> int:
    return parts_of(figures, municipalities_of(figures, community), {WHERE: where})
