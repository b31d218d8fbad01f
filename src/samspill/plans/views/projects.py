"""Projects: the list, one project, making and changing it, and joining it to measures."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import Actor, Body, Community, acts_on, address, back_to
from samspill.plans.actions.projects import (
    PROJECT,
    ProjectWords,
    create_project,
    edit_project,
    join_to_project,
    move_project,
    open_project,
    part_from_project,
    undo_move,
)
from samspill.plans.forms_carrying import ProjectForm, StopForm
from samspill.plans.models import Project
from samspill.plans.permissions import check_may_act
from samspill.plans.permissions_carrying import check_may_keep_projects
from samspill.plans.queries.carrying import parties_in
from samspill.plans.queries.plans import find_measure
from samspill.plans.queries.projects import (
    ProjectView,
    find_project,
    open_projects_of_others,
    own_projects,
    view_of,
)
from samspill.plans.states import PROJECT_TRANSITIONS, ProjectState
from samspill.plans.wording import in_words
from samspill.refusal import Refused, reason

GLYPHS = {
    ProjectState.PLANNED: "planned",
    ProjectState.RUNNING: "progress",
    ProjectState.COMPLETED: "done",
    ProjectState.STOPPED: "apart",
}


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    own = own_projects(actor)
    context = {
        "heading": _list_heading(own, actor),
        "own": [_line(one) for one in own],
        "others": [_line(one) for one in open_projects_of_others(actor)],
        "may_keep": not reason(check_may_keep_projects, actor),
    }
    return render(request, "plans/projects/list.html", context)


def _list_heading(own: list[ProjectView], actor: Actor) -> str:
    if not actor.community_id:
        return _("Projects that are open to everybody")
    if not own:
        return _("There is no project here yet")
    running = sum(one.project.state == ProjectState.RUNNING for one in own)
    if not running:
        return _("No project is under way.")
    text = ngettext("%(count)s project is under way.", "%(count)s projects are under way.", running)
    return capfirst(text % {"count": in_words(running)})


def _line(one: ProjectView) -> dict[str, Any]:
    return {
        "view": one,
        "project": one.project,
        "url": reverse("plans:project", args=[one.project.pk]),
        "glyph": GLYPHS[ProjectState(one.project.state)],
    }


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find_project(pk, request.actor))  # type: ignore[attr-defined]


def _page(request: HttpRequest, found: Project, *, stop: StopForm | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    may_keep = not reason(check_may_keep_projects, actor, found)
    onward = [one for one in ProjectState if one in PROJECT_TRANSITIONS[ProjectState(found.state)]]
    context = _line(view_of(found, actor)) | {
        "may_keep": may_keep,
        "onward": [(one.value, _act(one, found)) for one in onward if one != ProjectState.STOPPED],
        "may_stop": ProjectState.STOPPED in onward,
        "stop": stop or StopForm(),
        "history": list(acts_on(PROJECT, [found.pk], actor)) if may_keep else [],
    }
    return render(request, "plans/projects/project.html", context, status=422 if stop else 200)


def _act(to: ProjectState, found: Project) -> str:
    if to == ProjectState.COMPLETED:
        return _("The project is completed")
    return _("Begin the project") if found.state == ProjectState.PLANNED else _("Take it up again")


@login_required
@require_http_methods(["GET", "POST"])
def new_project(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_keep_projects(actor)
    community = Community.objects.get(pk=actor.community_id or 0)
    form = ProjectForm(request.POST or None, **_choices(community, actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = create_project(community, _words(form), by=actor)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("The project is made."))
            return HttpResponseRedirect(reverse("plans:project", args=[made.pk]), status=303)
    return _form_page(request, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def change_project(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_project(pk, actor)
    check_may_keep_projects(actor, found)
    choices = _choices(found.community, actor)
    form = ProjectForm(request.POST or None, initial=_initial(view_of(found, actor)), **choices)
    if request.method == "POST" and form.is_valid():
        try:
            edit_project(found, _words(form), by=actor)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            messages.success(request, _("The project is changed."))
            return HttpResponseRedirect(reverse("plans:project", args=[pk]), status=303)
    return _form_page(request, form, found)


def _form_page(request: HttpRequest, form: ProjectForm, found: Project | None) -> HttpResponse:
    context = {"form": form, "project": found}
    return render(request, "plans/projects/form.html", context, status=422 if form.errors else 200)


def _choices(community: Community, actor: Actor) -> dict[str, list[tuple[int, str]]]:
    bodies = Body.objects.visible_to(actor).filter(community=community).order_by("name")
    return {
        "parties": [(one.pk, str(one)) for one in parties_in(community, actor.today)],
        "bodies": [(one.pk, one.name) for one in bodies],
    }


def _initial(view: ProjectView) -> dict[str, Any]:
    one = view.project
    return {
        "name": one.name,
        "purpose": one.purpose,
        "lead": view.lead.party_id if view.lead else None,
        "pilots": [party.party_id for party in view.pilots],
        "partners": [party.party_id for party in view.partners],
        "steered_by": one.steered_by_id,
        "starts": one.starts,
        "ends": one.ends,
        "transfer_value": one.transfer_value,
    }


def _words(form: ProjectForm) -> ProjectWords:
    typed = form.cleaned_data
    return ProjectWords(
        **{**typed, "pilots": frozenset(typed["pilots"]), "partners": frozenset(typed["partners"])}
    )


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, complete, stop, take up again."""
    actor = request.actor  # type: ignore[attr-defined]
    found = find_project(pk, actor)
    form = StopForm(request.POST)
    if form.is_valid():
        try:
            event = move_project(
                found, to=request.POST.get("to", ""), because=form.cleaned_data["because"], by=actor
            )
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field or None, refused.sentence)
        else:
            state = ProjectState(event.details["after"]["state"]).label
            back = reverse("plans:undo-project", args=[pk, event.pk])
            messages.success(request, _("The project is «%(state)s».") % {"state": state}, extra_tags=back)
            return HttpResponseRedirect(reverse("plans:project", args=[pk]), status=303)
    return _page(request, found, stop=form)


@require_POST
def undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    found = find_project(pk, request.actor)  # type: ignore[attr-defined]
    try:
        undo_move(event, by=request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.code != "undo.changed":
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("It is as it was."))
    return HttpResponseRedirect(reverse("plans:project", args=[found.pk]), status=303)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_project(pk, request.actor)  # type: ignore[attr-defined]
    is_open = request.POST.get("open") == "1"
    open_project(found, is_open=is_open, by=request.actor)  # type: ignore[attr-defined]
    said = (
        _("Everybody can read about the project now.")
        if is_open
        else _("Only your helsefellesskap can read about the project now.")
    )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("plans:project", args=[pk]), status=303)


@require_POST
def join_measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    """A measure is carried out by a project, chosen on the measure's page."""
    actor = request.actor  # type: ignore[attr-defined]
    plan, found = find_measure(pk, measure, actor)
    check_may_act(actor, "plans.change", plan)
    typed = request.POST.get("project", "")
    here = back_to(request, reverse("plans:measure", args=[plan.pk, found.pk]))
    if not (typed.isdecimal() and len(typed) < 18):
        messages.error(request, _("Choose a project from the list."))
        return HttpResponseRedirect(here, status=303)
    chosen = find_project(int(typed), actor)
    join_to_project(found, chosen, by=actor)
    back = reverse("plans:part-project", args=[plan.pk, found.pk, chosen.pk])
    messages.success(
        request,
        _("«%(project)s» carries out the measure.") % {"project": chosen.name},
        extra_tags=address(back, {"neste": here}),
    )
    return HttpResponseRedirect(here, status=303)


@require_POST
def part_measure(request: HttpRequest, pk: int, measure: int, project: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    plan, found = find_measure(pk, measure, actor)
    part_from_project(found, find_project(project, actor), by=actor)
    messages.success(request, _("The measure and the project are no longer joined."))
    here = back_to(request, reverse("plans:measure", args=[plan.pk, found.pk]))
    return HttpResponseRedirect(here, status=303)
