"""Writing a part of a minimetodevurdering, moving it on, showing it to others, and undoing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.analysis.appraisal import Part
from samspill.directory.public import Actor
from samspill.insight.actions.assessments import (
    check_written_now,
    mark_of,
    move_assessment,
    open_assessment,
    undo_assessment,
    write_part,
)
from samspill.insight.assessments.fields import NAMES, PART_AT, Kind
from samspill.insight.forms.assessments import PartForm, StudyFormSet, initial_of
from samspill.insight.models import Assessment
from samspill.insight.permissions.assessments import check_may_assess
from samspill.insight.queries.assessments import find_assessment, indicators_by_code, kept_answers
from samspill.insight.views.assessments import page_of
from samspill.refusal import Refused


@login_required
@require_http_methods(["GET", "POST"])
def edit_part(request: HttpRequest, slug: str, pk: int, path: str) -> HttpResponse:
    """A part alone on its page; what is wrong is told beside what was typed, and nothing is lost."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found, part = find_assessment(slug, pk, actor), _part(path)
    check_may_assess(actor, "assessments.decide" if part is Part.DECISION else "assessments.write", found)
    check_written_now(found, part)
    answers = found.content.get(part, {})
    form, studies = _forms(request, found, part, answers)
    if request.method == "POST" and form.is_valid() and (studies is None or studies.is_valid()):
        try:
            event = write_part(found, part, _typed(form, studies), seen=form.cleaned_data["seen"], by=actor)
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(None, refused.sentence)
            typed = request.POST.copy()
            typed["seen"] = mark_of(find_assessment(slug, pk, actor).content.get(part, {}))
            form.data = typed
        else:
            undo = reverse("insight:undo-assessment", args=[slug, pk, event.pk])
            messages.success(request, _("«%(part)s» is saved.") % {"part": NAMES[part]}, extra_tags=undo)
            return HttpResponseRedirect(_at(found, path), status=303)
    has_errors = bool(form.errors) or (studies is not None and studies.is_bound and not studies.is_valid())
    context = {
        "assessment": found,
        "shown_community": found.community,
        "name": NAMES[part],
        "path": path,
        "form": form,
        "studies": studies,
        "points_at_figures": part in (Part.EFFECT, Part.COST, Part.ORGANISATION),
    }
    return render(request, "insight/assessments/part.html", context, status=422 if has_errors else 200)


def _forms(request: HttpRequest, found: Assessment, part: Part, answers: Any) -> tuple[PartForm, Any]:
    choices = {
        Kind.RUNS: kept_answers(found.community, request.actor),  # type: ignore[attr-defined]
        Kind.INDICATORS: list(indicators_by_code().items()),
    }
    given = request.POST if request.method == "POST" else None
    initial = initial_of(part, answers) | {"seen": mark_of(answers)}
    form = PartForm(given, initial=initial, part=part, choices=choices)
    if part is not Part.EVIDENCE:
        return form, None
    return form, StudyFormSet(given, initial=answers.get("studies", []), prefix="studie")


def _typed(form: PartForm, studies: Any) -> dict[str, Any]:
    typed = form.content()
    rows = [row.content() for row in studies or ()]
    kept = [row for row in rows if row.get("reference")]
    return {**typed, "studies": kept} if kept else typed


@login_required
@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_assessment(slug, pk, actor)
    try:
        event = move_assessment(found, request.POST.get("til", ""), by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        return page_of(request, found, refused)
    undo = reverse("insight:undo-assessment", args=[slug, pk, event.pk])
    state = find_assessment(slug, pk, actor).get_state_display()
    messages.success(request, _("It is now «%(state)s».") % {"state": state}, extra_tags=undo)
    return HttpResponseRedirect(_at(found), status=303)


@login_required
@require_POST
def show(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = open_assessment(
        find_assessment(slug, pk, actor), is_open=request.POST.get("apen") == "1", by=actor
    )
    said = (
        _("Everybody can read it now, and the answers it points at.")
        if found.is_open
        else _("Only your helsefellesskap can read it now.")
    )
    messages.success(request, said)
    return HttpResponseRedirect(_at(found), status=303)


@login_required
@require_POST
def undo(request: HttpRequest, slug: str, pk: int, event: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_assessment(slug, pk, actor)
    try:
        undo_assessment(found, event, by=actor)
    except Refused as refused:
        if refused.code != "undo.changed":
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("It is as it was."))
    return HttpResponseRedirect(_at(found), status=303)


def _part(path: str) -> Part:
    if path not in PART_AT:
        raise Http404
    return PART_AT[path]


def _at(found: Assessment, path: str = "") -> str:
    page = reverse("insight:assessment", args=[found.community.slug, found.pk])
    return f"{page}#{path}" if path else page
