"""Formal check, score sheet, conflicts of interest, ranking and advice."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import Actor
from samspill.plans.actions.funds.calls import check_may_manage
from samspill.plans.actions.funds.checking import check_formally
from samspill.plans.actions.funds.conflicts import declare_conflict
from samspill.plans.actions.funds.reviewing import check_may_score, recommend, save_scores
from samspill.plans.forms_funds import AnswerForm, ConflictForm, FormalForm
from samspill.plans.models import Application, Criterion
from samspill.plans.queries.funds.applications import find_application
from samspill.plans.queries.funds.calls import find_call, given_in
from samspill.plans.queries.funds.reviews import (
    Ranked,
    may_see_ranking,
    own_sheet,
    ranking,
    scored_criteria,
)
from samspill.plans.rules.funds.access import is_manager
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.rules.funds.scores import shown
from samspill.plans.states import ApplicationState, AwardKind, CriterionKind
from samspill.plans.views.funds.acting import do, put_on
from samspill.plans.views.funds.applications import read_context
from samspill.plans.wording import in_words
from samspill.refusal import Refused

ADVISABLE = frozenset({ApplicationState.REVIEW, ApplicationState.RECOMMENDED})
READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@READS_AND_WRITES
def formal_check(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    check_may_manage(actor, found.community_id)
    form = FormalForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _check_page(request, found, form)
    criteria = _formal(found)
    met = {one.pk: f"met-{one.pk}" in request.POST for one in criteria}
    words = {one.pk: request.POST.get(f"words-{one.pk}", "").strip() for one in criteria}
    said = (
        _("It is sent back with what is missing.")
        if form.cleaned_data["missing"].strip()
        else _("All is in order. The reviewers can begin.")
    )
    return do(
        request,
        lambda: check_formally(found, met=met, words=words, by=actor, **form.cleaned_data),
        said=said,
        to=reverse("plans:fund-call", args=[found.call_id]),
        again=lambda refused: _check_page(request, found, put_on(form, refused)),
    )


def _formal(found: Application) -> list[Criterion]:
    return list(Criterion.objects.filter(call_id=found.call_id, kind=CriterionKind.FORMAL))


def _check_page(request: HttpRequest, found: Application, form: Any) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = [
        {
            "criterion": one,
            "is_met": f"met-{one.pk}" in request.POST,
            "words": request.POST.get(f"words-{one.pk}", ""),
        }
        for one in _formal(found)
    ]
    context = {**read_context(found, actor), "form": form, "rows": rows}
    context["can_check"] = found.state == ApplicationState.SUBMITTED
    return render(request, "plans/funds/check.html", context, status=422 if form.is_bound else 200)


@login_required
@READS_AND_WRITES
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The application left, the reviewer's own score sheet right."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    check_may_score(found, actor)
    if request.method != "POST":
        sheet = {key: (str(points), words) for key, (points, words) in own_sheet(found, actor).items()}
        return _review_page(request, found, sheet)
    typed = {
        one.pk: (request.POST.get(f"points-{one.pk}", ""), request.POST.get(f"words-{one.pk}", "").strip())
        for one in scored_criteria(found.call_id)
    }
    given = {
        key: (int(points) if points.isdecimal() else None, words) for key, (points, words) in typed.items()
    }
    return do(
        request,
        lambda: save_scores(found, given=given, by=actor),
        said=_("Your points are kept. You may change them until the advice is given."),
        to=reverse("plans:fund-ranking", args=[found.call_id]),
        again=lambda refused: _review_page(request, found, typed, refused),
    )


def _points(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 4 else None


def _review_page(
    request: HttpRequest,
    found: Application,
    sheet: dict[int, tuple[str, str]],
    refused: Refused | None = None,
    conflict_form: ConflictForm | None = None,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = [
        {
            "criterion": one,
            "points": sheet.get(one.pk, ("", ""))[0],
            "words": sheet.get(one.pk, ("", ""))[1],
            "scale": [str(number) for number in range(one.points + 1)],
            "points_error": refused.sentence if refused and refused.field == f"points-{one.pk}" else "",
            "words_error": refused.sentence if refused and refused.field == f"words-{one.pk}" else "",
        }
        for one in scored_criteria(found.call_id)
    ]
    context = {
        **read_context(found, actor),
        "rows": rows,
        "refused": refused,
        "conflict_form": conflict_form or ConflictForm(),
    }
    status = 422 if refused or conflict_form else 200
    return render(request, "plans/funds/review.html", context, status=status)


@require_POST
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    form = ConflictForm(request.POST)
    if not form.is_valid():
        return _review_page(request, found, {}, conflict_form=form)
    return do(
        request,
        lambda: declare_conflict(found, by=actor, **form.cleaned_data),
        said=_("It is noted, and the application is closed to you."),
        to=reverse("plans:fund-ranking", args=[found.call_id]),
        again=lambda refused: _review_page(request, found, {}, conflict_form=put_on(form, refused)),  # type: ignore[arg-type]
    )


@login_required
@require_safe
def ranked(request: HttpRequest, pk: int) -> HttpResponse:
    return ranking_page(request, pk)


def ranking_page(
    request: HttpRequest, pk: int, *, at: int = 0, form: AnswerForm | None = None
) -> HttpResponse:
    """Every application by its scores. `form` is the advice on `at` that came back with errors."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    call = find_call(pk, actor)
    if not may_see_ranking(call, actor):
        raise Refused(
            "funds.not_reviewer", _("Only the secretariat and the reviewers see the scores."), forbidden=True
        )
    rows = ranking(call, actor)
    manages = is_manager(actor, call.community_id)
    advised = sum(one.advice.nok for one in rows if one.advice)
    scored = [one for one in rows if one.placed and one.placed.place]
    context = {
        "call": call,
        "heading": _heading(rows, scored),
        "rows": [_ranked_row(one, manages, form if one.application.pk == at else None) for one in rows],
        "criteria": scored_criteria(call.pk),
        "manages": manages,
        "frame": kroner(call.frame_nok),
        "advised": kroner(advised),
        "left": kroner(call.frame_nok - advised),
        "given": kroner(given_in(call)),
        "closed": rows and all(one.is_hidden for one in rows),
    }
    return render(request, "plans/funds/ranking.html", context, status=422 if form else 200)


def _heading(rows: list[Ranked], scored: list[Ranked]) -> str:
    if not rows:
        return _("No application is under review yet.")
    if not scored:
        return _("Nobody has given points yet.")
    best = scored[0]
    if best.placed and best.placed.is_tied:
        return _("Several stand equal at the top. Read the reasons, not only the numbers.")
    return _("«%(title)s» has the most points.") % {"title": best.application.title}


def _ranked_row(one: Ranked, manages: bool, form: AnswerForm | None) -> dict[str, Any]:
    placed = one.placed
    state = one.application.state
    row: dict[str, Any] = {
        "one": one,
        "asked": kroner(one.asked),
        "mean": shown(placed.mean) if placed else "",
        "lowest": shown(placed.lowest) if placed else "",
        "highest": shown(placed.highest) if placed else "",
        "reviewers": in_words(placed.reviewers) if placed else "",
        "sheets": [(sheet, shown(sheet.value)) for sheet in one.sheets],
        "advice": one.advice and (AwardKind(one.advice.kind).label, kroner(one.advice.nok)),
        "may_advise": manages
        and not one.is_hidden
        and state in {ApplicationState.REVIEW, ApplicationState.RECOMMENDED},
        "may_decide": manages and state == ApplicationState.RECOMMENDED,
        "may_score": state == ApplicationState.REVIEW and not manages,
        "conflicts": one.conflicts if manages else [],
        "form": form or AnswerForm(initial=_advice(one), auto_id=f"{one.application.pk}-%s"),
        "is_open": form is not None,
    }
    return row


def _advice(one: Ranked) -> dict[str, Any]:
    if one.advice is None:
        return {}
    return {
        "kind": one.advice.kind,
        "amount": one.advice.nok,
        "left_out": one.advice.left_out,
        "words": one.advice.words,
    }


@require_POST
def advise(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    form = AnswerForm(request.POST, auto_id=f"{found.pk}-%s")
    if not form.is_valid():
        return ranking_page(request, found.call_id, at=pk, form=form)
    typed = form.cleaned_data
    return do(
        request,
        lambda: recommend(
            found,
            kind=typed["kind"],
            nok=typed["amount"],
            words=typed["words"],
            left_out=typed["left_out"],
            by=actor,
        ),
        said=_("The advice is kept."),
        to=reverse("plans:fund-ranking", args=[found.call_id]) + f"#s{pk}",
        again=lambda refused: ranking_page(request, found.call_id, at=pk, form=put_on(form, refused)),  # type: ignore[arg-type]
    )
