"""What is done with scenarios: made, named, renewed, copied, put away, opened."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.directory.public import Actor
from samspill.insight.actions import scenarios as acts
from samspill.insight.models import Scenario
from samspill.insight.queries.community import acting_in
from samspill.insight.sealing import question_from
from samspill.insight.views.scenarios import find_scenario, scenario_page
from samspill.refusal import Refused


@login_required
@require_POST
def make(request: HttpRequest, slug: str) -> HttpResponse:
    """A new scenario from a question (`kind`, `asked` sealed), or a new version of the one in `of`."""
    actor = acting_in(slug, request.actor)  # type: ignore[attr-defined]
    asked = question_from(request.POST.get("asked", ""))
    note, of = request.POST.get("note", ""), request.POST.get("of", "")
    if of.isdecimal() and len(of) < 18:
        found = find_scenario(request, slug, int(of))
        return _renewed(request, found, acts.add_version(found, asked, note=note, by=actor).number)
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "")
    made = acts.make_scenario(name, kind, asked, note=note, by=actor)
    messages.success(request, _("The scenario is made. You can compare it with others now."))
    return _to(made)


@login_required
@require_POST
def renew(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same assumptions on the figures and the method of today."""
    found = find_scenario(request, slug, number)
    note = _("Calculated anew on the figures in use.")

    def act(actor: Actor) -> HttpResponse:
        asked = found.versions.all()[0].calculation.asked
        return _renewed(request, found, acts.add_version(found, asked, note=note, by=actor).number)

    return _done(request, found, act)


@login_required
@require_POST
def rename(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = find_scenario(request, slug, number)
    return _done(
        request, found, lambda actor: _to(acts.rename(found, request.POST.get("name", ""), by=actor))
    )


@login_required
@require_POST
def copy(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = find_scenario(request, slug, number)
    name = _("%(name)s, copy") % {"name": found.name[:100]}
    return _done(request, found, lambda actor: _to(acts.copy(found, name, by=actor)))


@login_required
@require_POST
def archive(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = find_scenario(request, slug, number)

    def act(actor: Actor) -> HttpResponse:
        acts.archive(found, by=actor)
        undo = reverse("insight:bring-back-scenario", args=[slug, found.pk])
        messages.success(request, _("«%(name)s» is put away.") % {"name": found.name}, extra_tags=undo)
        return HttpResponseRedirect(reverse("insight:scenario-list", args=[slug]), status=303)

    return _done(request, found, act)


@login_required
@require_POST
def bring_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = find_scenario(request, slug, number)
    return _done(request, found, lambda actor: _to(acts.bring_back(found, by=actor)))


@login_required
@require_POST
def open_scenario(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = find_scenario(request, slug, number)
    return _done(request, found, lambda actor: _to(acts.open_scenario(found, by=actor)))


def _done(request: HttpRequest, found: Scenario, act: Callable[[Actor], HttpResponse]) -> HttpResponse:
    """Do it; a refusal of what was sent stands on the scenario's page, with what was typed."""
    try:
        return act(request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        return scenario_page(request, found, refused=refused)


def _renewed(request: HttpRequest, found: Scenario, number: int) -> HttpResponse:
    if number == found.versions.all()[0].number:
        messages.info(request, _("Nothing was different, so there is no new version."))
    else:
        messages.success(request, _("Version %(number)s is made.") % {"number": number})
    return _to(found)


def _to(found: Scenario) -> HttpResponse:
    address = reverse("insight:scenario", args=[found.community.slug, found.pk])
    return HttpResponseRedirect(address, status=303)
