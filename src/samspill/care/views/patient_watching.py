"""What is watched of a patient: what, with which limits, and when it is to come."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import opening
from samspill.care.actions.safety_net import LOOK as LOOK_AT_PLAN
from samspill.care.actions.signs import (
    PART,
    change_limits,
    change_schedule,
    find_indicator,
    stop_watching,
    watch,
    watch_plan,
)
from samspill.care.chart_forms import ScheduleForm, WatchForm, of_plan
from samspill.care.drawings.graph import whole_days
from samspill.care.known_signs import name_of
from samspill.care.limits_form import LimitsForm
from samspill.care.models import PatientIndicator, ScheduleVersion
from samspill.care.plain_values import to_numbers
from samspill.care.queries.chart import plans_in_force
from samspill.care.queries.measured import Watched, rule_of, watched_of
from samspill.care.queries.safety_net import find_plan
from samspill.care.shown.due_times import told_of_clocks
from samspill.care.shown.tried import tried_of
from samspill.care.views.patient_pages import about_patient, back_to, check_at_work, check_shows
from samspill.care.views.safety_net import actor_of
from samspill.care.views.safety_net import name_of as name_of_problem
from samspill.refusal import Refused
from samspill.rulebook.triage import check_limits

WHAT = "care.watch"
LOOK = Wish(part=PART)
LOOKED_BACK = 14  # days over which other limits are tried


@about_patient
@require_http_methods(["GET", "POST"])
def limits(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """GET shows what holds. POST shows how the last days would have been; the same again may be kept."""
    actor, now = actor_of(request), timezone.now()
    start, end = whole_days(now, LOOKED_BACK)
    with opening(pk, by=actor, what=WHAT, wish=LOOK) as opened:
        check_at_work(opened)
        found = find_indicator(pk, key)
        one = next(each for each in watched_of(pk, start=start, end=end, now=now) if each.indicator == found)
        holding = one.in_force(now)
        form = LimitsForm(
            request.POST or None,
            indicator=found,
            rule=rule_of(holding.rule if holding else None),
            answers=_answers(one),
        )
        context: dict[str, Any] = {
            "patient": opened.patient,
            "name": name_of(found.code, found.name),
            "one": one,
            "form": form,
            "versions": list(reversed(one.versions)),
            "days": LOOKED_BACK,
        }
        is_read = request.method == "POST" and form.is_valid() and _can_be(form)
        if is_read:
            context |= {
                "tried": tried_of(one, form.rule, start=start, end=end),
                "seen": json.dumps(form.rule, sort_keys=True),
            }
    if is_read and request.POST.get("act") == "keep" and request.POST.get("seen") == context["seen"]:
        try:
            starts = form.cleaned_data["valid_from"] or now
            why = form.cleaned_data["why"]
            change_limits(pk, key, form.rule, valid_from=starts, why=why, by=actor, now=now)
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("The limits are set. What was measured keeps its colour."))
            return back_to(pk, f"#maling-{key}")
    return render(request, "care/chart/limits.html", context, status=422 if form.errors else 200)


def _answers(one: Watched) -> Iterable[str]:
    is_text = (each.row.value for each in one.measured if isinstance(each.row.value, str))
    return dict.fromkeys(is_text)


def _can_be(form: LimitsForm) -> bool:
    """Whether the limits fit together; what does not is said at its field."""
    if form.rule is None:
        return True
    if form.is_number and len(form.parts) > 1 and len(form.rule) < len(form.parts):
        form.add_error(
            None, _("Set at least one limit for each part: without, every value waits for somebody.")
        )
        return False
    try:
        check_limits(to_numbers(form.rule))
    except Refused as refused:
        field = refused.field
        component = str(refused.facts.get("component", ""))
        name = (
            f"{component}-{field}" if component else "change-within_days" if field == "within_days" else field
        )
        form.add_error(name if name in form.fields else None, _limits_said(refused))
        return False
    return True


def _limits_said(refused: Refused) -> str:
    """The rulebook speaks English; here it is said in the language of the page."""
    if refused.code == "limits.order":
        return _("The limits do not rise. Write them from low to high: red, yellow, yellow, red.")
    if refused.code == "limits.change_days":
        return _("Write a whole number of days.")
    if refused.code == "limits.none_set":
        return _("Set at least one limit, or choose «No limits».")
    return _("These limits cannot be used. Write numbers from low to high.")


def _say(form: Any, refused: Refused) -> None:
    if refused.forbidden:
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


@about_patient
@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """When it is to come, and since when it has been so."""
    actor, now = actor_of(request), timezone.now()
    with opening(pk, by=actor, what=WHAT, wish=LOOK) as opened:
        check_at_work(opened)
        found = PatientIndicator.objects.select_related("schedule").get(pk=find_indicator(pk, key).pk)
        held = getattr(found, "schedule", None)
        plan = held.plan if held else None
        form = ScheduleForm(request.POST or None, initial=of_plan(plan, actor.today))
        context = {
            "patient": opened.patient,
            "indicator": found,
            "name": name_of(found.code, found.name),
            "form": form,
            "clocks": _clocks(plan, actor.today),
            "versions": [
                (one, _times(one.plan))
                for one in ScheduleVersion.objects.filter(indicator=found).order_by("-pk")
            ],
        }
    if request.method == "POST" and form.is_valid():
        try:
            change_schedule(pk, key, form.plan, why=form.cleaned_data["why"], by=actor, now=now)
        except Refused as refused:
            _say(form, refused)
        else:
            said = [_("The times are set."), *_clocks(form.plan, actor.today)]
            messages.success(request, " ".join(said))
            return back_to(pk, f"#maling-{key}")
    return render(request, "care/chart/schedule.html", context, status=422 if form.errors else 200)


def _clocks(plan: Any, today: date) -> list[str]:
    if not plan:
        return []
    last = plan.get("last_day")
    first = max(date.fromisoformat(str(plan["first_day"])), today)
    times = [str(one)[:5] for one in plan["times"]]
    return told_of_clocks(times, first, date.fromisoformat(last) if last else None, today)


def _times(plan: Any) -> str:
    return ", ".join(str(one)[:5] for one in plan["times"]) if plan else _("at no set times")


@about_patient
@require_http_methods(["GET", "POST"])
def watched(request: HttpRequest, pk: int) -> HttpResponse:
    """What is watched, what else can be, and what the plans in force would have watched."""
    actor = actor_of(request)
    form = WatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = watch(pk, form.cleaned_data["code"], by=actor)
        return HttpResponseRedirect(reverse("care:limits", args=[pk, made.pk]), status=303)
    with opening(pk, by=actor, what=WHAT) as opened:
        check_at_work(opened)
        check_shows(opened, PART)
        rows = PatientIndicator.objects.filter(patient_id=pk, ends__isnull=True).select_related(
            "episode__team"
        )
        plans = [] if opened.hides("safety_net") else plans_in_force(pk)
        context = {
            "patient": opened.patient,
            "form": form,
            "watched": [(one, name_of(one.code, one.name)) for one in rows],
            "plans": [(one, name_of_problem(one.problem)) for one in plans],
        }
        return render(request, "care/chart/watched.html", context, status=422 if form.errors else 200)


@about_patient
@require_POST
def watch_of_plan(request: HttpRequest, pk: int, plan: int) -> HttpResponse:
    """What the plan watches is watched, with its limits."""
    actor = actor_of(request)
    with opening(pk, by=actor, what=WHAT, wish=LOOK_AT_PLAN) as opened:
        check_at_work(opened)
        row = find_plan(plan, pk)
        why = _("From the plan for %(problem)s") % {"problem": name_of_problem(row.problem)}
    made = watch_plan(pk, row, by=actor, now=timezone.now(), why=why)
    told = _("What the plan watches is watched.") if made else _("It is watched already.")
    messages.success(request, told)
    return HttpResponseRedirect(reverse("care:watch", args=[pk]), status=303)


@about_patient
@require_POST
def stop(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    stop_watching(pk, key, by=actor_of(request), now=timezone.now())
    messages.success(request, _("It is not watched any more. What was measured stays."))
    return HttpResponseRedirect(reverse("care:watch", args=[pk]), status=303)
