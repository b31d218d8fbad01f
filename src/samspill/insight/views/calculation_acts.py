"""What is done with answers: kept, made anew, opened, joined to what rests on them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.insight.actions.calculations import calculate, open_to_all
from samspill.insight.actions.linking import stop_using, use_in
from samspill.insight.models import Calculation
from samspill.insight.queries.community import acting_in
from samspill.insight.sealing import question_from
from samspill.insight.views.calculations import find_calculation


@login_required
@require_POST
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep an answer: `kind`, and the question, sealed, in `asked`."""
    actor = acting_in(slug, request.actor)  # type: ignore[attr-defined]
    asked = question_from(request.POST.get("asked", ""))
    kept = calculate(request.POST.get("kind", ""), asked, by=actor)
    messages.success(request, _("The answer is kept. This address stays the same."))
    return _to(kept)


@login_required
@require_POST
def renew(request: HttpRequest, key: str) -> HttpResponse:
    """The same question to the figures and the method of today, as a calculation of its own."""
    former = find_calculation(request, key)
    actor = acting_in(former.community.slug, request.actor)  # type: ignore[attr-defined]
    made = calculate(former.kind, former.asked, by=actor)
    if made.pk == former.pk:
        messages.info(request, _("It rests on the figures and the method of today already. Here it is."))
    else:
        messages.success(request, _("Calculated anew. The former answer stays where it was."))
    return _to(made)


@login_required
@require_POST
def open_calculation(request: HttpRequest, key: str) -> HttpResponse:
    found = find_calculation(request, key)
    open_to_all(found, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Anybody who has the address can read it now."))
    return _to(found)


@login_required
@require_POST
def use(request: HttpRequest, key: str) -> HttpResponse:
    found = find_calculation(request, key)
    link = use_in(found, request.POST.get("ting", ""), by=request.actor)  # type: ignore[attr-defined]
    undo = reverse("insight:stop-using-calculation", args=[key, link])
    messages.success(request, _("They are joined. The answer stands there too."), extra_tags=undo)
    return _to(found)


@login_required
@require_POST
def stop(request: HttpRequest, key: str, link: int) -> HttpResponse:
    found = find_calculation(request, key)
    stop_using(found, link, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("They are no longer joined."))
    return _to(found)


def _to(calculation: Calculation) -> HttpResponse:
    return HttpResponseRedirect(reverse("insight:calculation", args=[calculation.key]), status=303)
