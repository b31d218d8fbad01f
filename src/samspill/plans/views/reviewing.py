"""Looking over what was read: each act is stored at once and leads on to the next that waits."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.plans.actions.reviewing import accept_sure, judge, split
from samspill.plans.acts_in_words import act_in_words
from samspill.plans.models import Measure, Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.plans import find_measure, find_plan
from samspill.plans.queries.review import next_waiting, review_of
from samspill.plans.queries.rows import owner_candidates
from samspill.plans.views.lines import undo_address
from samspill.plans.views.ways import ways
from samspill.plans.wording import measures_in_words
from samspill.refusal import Refused


@login_required
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    return review_page(request, find_plan(pk, request.actor))  # type: ignore[attr-defined]


def review_page(
    request: HttpRequest, plan: Plan, *, error: tuple[int, object] | None = None, status: int = 200
) -> HttpResponse:
    """`error` is the number of a measure and what could not be done with it."""
    actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "plans.import", plan)
    context = {
        "plan": plan,
        "review": review_of(plan, actor),
        "here": reverse("plans:review", args=[plan.pk]),
        "people": [(one.key, one.label) for one in owner_candidates(plan.community_id)],
        "error_at": error[0] if error else None,
        "error": error[1] if error else "",
        "ways": ways(plan, actor, "plans:review"),
    }
    return render(request, "plans/review.html", context, status=status)


@require_POST
def judge_measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]

    def act() -> Measure | None:
        event = judge(found, word=request.POST.get("word", ""), by=request.actor)  # type: ignore[attr-defined]
        back = undo_address(plan, event, reverse("plans:review", args=[plan.pk]))
        messages.success(request, act_in_words(event), extra_tags=back)
        return found

    return _do(request, plan, found, act)


@require_POST
def split_measure(request: HttpRequest, pk: int, measure: int) -> HttpResponse:
    plan, found = find_measure(pk, measure, request.actor)  # type: ignore[attr-defined]

    def act() -> Measure | None:
        split(
            found,
            first=request.POST.get("first", ""),
            second=request.POST.get("second", ""),
            by=request.actor,  # type: ignore[attr-defined]
        )
        messages.success(request, _("Two measures of one."))
        return found

    return _do(request, plan, found, act)


@require_POST
def accept_many(request: HttpRequest, pk: int) -> HttpResponse:
    plan = find_plan(pk, request.actor)  # type: ignore[attr-defined]
    at_least = _share(request.POST.get("at_least", ""))
    count = accept_sure(plan, at_least=at_least, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("Accepted: %(measures)s.") % {"measures": measures_in_words(count)})
    return _onward(plan)


def _share(typed: str) -> float:
    try:
        share = float(typed)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise Refused("review.share", _("Choose how sure the reader must be."), field="at_least")
    return share


def _do(request: HttpRequest, plan: Plan, found: Measure, act: Callable[[], Measure | None]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        if refused.forbidden:
            raise
        return review_page(request, plan, error=(found.pk, refused.sentence), status=422)
    return _onward(plan, found)


def _onward(plan: Plan, after: Measure | None = None) -> HttpResponse:
    """To the next that waits, so that the keys judge that one and none that is judged already."""
    onward = next_waiting(plan, after)
    anchor = f"#m{onward}" if onward else "#ferdig"
    return HttpResponseRedirect(reverse("plans:review", args=[plan.pk]) + anchor, status=303)
