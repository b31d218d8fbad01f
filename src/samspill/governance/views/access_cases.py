"""Who may read a case and each of its papers: closed by law with a public title, or open to everybody."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor
from samspill.governance.actions.screening import Screening, release_case, screen_case, screen_paper
from samspill.governance.forms_cases import ScreeningForm
from samspill.governance.models import Case, Paper
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.cases import case_for, find_case
from samspill.governance.queries.papers import find_paper, papers_for
from samspill.governance.rules.access import grounds
from samspill.governance.states import Access
from samspill.governance.views.acting_cases import do
from samspill.governance.views.cases import frame
from samspill.governance.views.refusing import put_on
from samspill.refusal import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_access(request: HttpRequest, pk: int, paper: int | None = None) -> HttpResponse:
    """The case's own access state, or that of a paper; POST changes it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    check_may_act(actor, "cases.screen", case)
    thing: Case | Paper = find_paper(case, paper, actor) if paper else case
    if request.method != "POST":
        return _page(request, case, thing, ScreeningForm(initial=_initial(thing)))
    form = ScreeningForm(request.POST)
    if not form.is_valid():
        return _page(request, case, thing, form)

    def act() -> object:
        screening = Screening(**form.cleaned_data)
        if isinstance(thing, Paper):
            return screen_paper(thing, screening, by=actor)
        return screen_case(thing, screening, by=actor)

    def again(refused: Refused) -> HttpResponse:
        put_on(form, refused)
        return _page(request, case, thing, form)

    return do(
        request, act, said=_("It is saved."), to=reverse("governance:case-access", args=[pk]), again=again
    )


def _initial(thing: Case | Paper) -> dict[str, Any]:
    return {
        "access": thing.access,
        "law_reference": thing.law_reference,
        "public_title": thing.public_title,
        "until": thing.screened_until,
    }


def _page(request: HttpRequest, case: Case, thing: Case | Paper, form: ScreeningForm) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = case_for(case, actor)
    language = get_language() or "nb"
    context = {
        **frame(seen, actor, "governance:case-access"),
        "form": form,
        "paper": thing if isinstance(thing, Paper) else None,
        "papers": [(line, Access(line.paper.access).label) for line in papers_for(case, actor, seen.reader)],
        "grounds": [(one.law, one.words(language)) for one in grounds()],
        "access": Access(thing.access).label,
    }
    return render(request, "governance/cases/access.html", context, status=422 if form.errors else 200)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Open to everybody, or (`lukk`) no longer."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    is_open = request.POST.get("lukk") != "1"
    return do(
        request,
        lambda: release_case(case, is_open=is_open, by=actor),
        said=_("Everybody can read the case now.") if is_open else _("The case is for those here again."),
        to=reverse("governance:case-access", args=[pk]),
        again=lambda refused: _page(request, case, case, ScreeningForm(initial=_initial(case))),
    )
