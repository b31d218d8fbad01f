"""The answer is written down, accepted and started; payments and the page everybody may read."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import Actor
from samspill.plans.actions.funds.awarding import accept, check_may_accept, decide
from samspill.plans.actions.funds.calls import check_may_manage
from samspill.plans.actions.funds.payments import UNDO, payment_change
from samspill.plans.actions.funds.reporting import mark_paid
from samspill.plans.actions.funds.starting import start
from samspill.plans.forms_funds import AwardForm, StartForm
from samspill.plans.fund_wording import award_headline
from samspill.plans.models import Application, Award, FocusArea, Plan
from samspill.plans.queries.funds.applications import find_application
from samspill.plans.queries.funds.awards import (
    changes_of,
    find_award,
    find_payment,
    payments_of,
    reports_of,
    thread_of,
)
from samspill.plans.queries.funds.calls import given_in, state_of
from samspill.plans.rules.dates import short_day
from samspill.plans.rules.funds.access import is_manager
from samspill.plans.rules.funds.amounts import figures, kroner, read_amount
from samspill.plans.rules.funds.awards import in_two
from samspill.plans.rules.funds.calls import check_closed
from samspill.plans.states import STARTED, ApplicationState, AwardKind, ReportState
from samspill.plans.views.funds.acting import do, put_on
from samspill.plans.views.funds.applications import read_context
from samspill.plans.wording import plan_in_words
from samspill.refusal import Refused, reason

PAYMENT_ROWS = 4
Rows = list[tuple[str, str, str]]
"""Payments as they are typed: day, amount, condition."""
READS_AND_WRITES = require_http_methods(["GET", "HEAD", "POST"])
GLYPHS = {ReportState.DUE: "none", ReportState.SENT: "progress", ReportState.RETURNED: "missing"}


@login_required
@READS_AND_WRITES
def award_application(request: HttpRequest, pk: int) -> HttpResponse:
    """The deciding body's answer, written down by the secretariat."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    check_may_manage(actor, found.community_id)
    if request.method != "POST":
        return _decide_page(request, found, AwardForm(initial=_as_advised(found, actor)))
    form = AwardForm(request.POST)
    if not form.is_valid():
        return _decide_page(request, found, form)
    typed = form.cleaned_data
    return do(
        request,
        lambda: decide(
            found, kind=typed["kind"], nok=typed["amount"], words=typed["words"], left_out=typed["left_out"],
            decided_on=typed["decided_on"], by=actor,
        ),
        said=_("The answer is written down, and the applicant is told."),
        to=reverse("plans:fund-ranking", args=[found.call_id]),
        again=lambda refused: _decide_page(request, found, put_on(form, refused)),
    )  # fmt: skip


def _as_advised(found: Application, actor: Actor) -> dict[str, Any]:
    advice = getattr(found, "recommendation", None)
    if advice is None:
        return {"decided_on": actor.today}
    return {
        "kind": advice.kind,
        "amount": advice.nok if advice.kind == AwardKind.PART else "",
        "left_out": advice.left_out,
        "words": advice.words,
        "decided_on": actor.today,
    }


def _decide_page(request: HttpRequest, found: Application, form: Any) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    given = given_in(found.call)
    context = {
        **read_context(found, actor),
        "form": form,
        "advice": getattr(found, "recommendation", None),
        "frame": kroner(found.call.frame_nok),
        "left": kroner(found.call.frame_nok - given),
        "why_not": reason(check_closed, state_of(found.call, actor)),
        "can_decide": found.state == ApplicationState.RECOMMENDED,
    }
    return render(request, "plans/funds/decide.html", context, status=422 if form.is_bound else 200)


@require_safe
def award(request: HttpRequest, pk: int) -> HttpResponse:
    return award_page(request, find_award(pk, request.actor))  # type: ignore[attr-defined]


def award_page(request: HttpRequest, found: Award, *, error: str = "") -> HttpResponse:
    """The award for everybody; its payments and reports for its own community."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    is_here = actor.community_id == found.community_id
    manages = is_manager(actor, found.community_id)
    state = found.application.state if is_here else ""
    context = {
        "award": found,
        "call": found.call,
        "heading": award_headline(found),
        "amount": kroner(found.nok),
        "kind": AwardKind(found.kind).label,
        "links": thread_of(found, actor),
        "is_here": is_here,
        "manages": manages,
        "state": ApplicationState(state).label if state else "",
        **(_payments(found, actor, state) if is_here else {}),
        "reports": [_report_row(one) for one in reports_of(found, actor)] if is_here else [],
        "may_accept": state in {ApplicationState.AWARDED, ApplicationState.PARTLY_AWARDED}
        and not reason(check_may_accept, found, actor),
        "may_start": manages and state == ApplicationState.ACCEPTED,
        "error": error,
    }
    return render(request, "plans/funds/award.html", context, status=422 if error else 200)


def _payments(found: Award, actor: Actor, state: str) -> dict[str, Any]:
    """Payments with what was changed, and what of the award is not planned."""
    rows = payments_of(found, actor)
    left = found.nok - sum(one.nok for one in rows) if state in STARTED else 0
    return {
        "payments": [(one, kroner(one.nok)) for one in rows],
        "unplanned": kroner(left) if left > 0 else "",
        "changes": [
            (one, payment_change(one.details["before"], one.details["after"]), one.act == UNDO)
            for one in changes_of(found, actor)
        ],
    }


def _report_row(one: Any) -> dict[str, Any]:
    return {"one": one, "g": GLYPHS.get(one.state, "done"), "day": short_day(one.due)}


@require_POST
def accept_award(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_award(pk, actor)
    return do(
        request,
        lambda: accept(found, by=actor),
        said=_("Thank you. The secretariat starts the project."),
        to=reverse("plans:fund-award", args=[pk]),
        again=lambda refused: award_page(request, found, error=refused.sentence),
    )


@login_required
@READS_AND_WRITES
def start_award(request: HttpRequest, pk: int) -> HttpResponse:
    """Where in the plan, when it is paid and when reports are due."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_award(pk, actor)
    check_may_manage(actor, found.community_id)
    places = _places(actor)
    choices = [(key, label) for key, (label, _plan, _area) in places.items()]
    if request.method != "POST":
        return _start_page(
            request, found, StartForm(places=choices, initial=_days(found)), _first_rows(found)
        )
    form, rows = StartForm(request.POST, places=choices), _typed_rows(request)
    if not form.is_valid():
        return _start_page(request, found, form, rows)
    typed = form.cleaned_data
    _label, plan, area = places[typed["place"]]
    return do(
        request,
        lambda: start(
            found, plan=plan, area=area, payments=_read_rows(rows),
            interim=[typed["interim"]] if typed["interim"] else [], final=typed["final"], by=actor,
        ),
        said=_("The award is a project and a measure now. Payments and reports stand below."),
        to=reverse("plans:fund-award", args=[pk]),
        again=lambda refused: _start_page(request, found, put_on(form, refused), rows),
    )  # fmt: skip


def _places(actor: Actor) -> dict[str, tuple[str, Plan, FocusArea | None]]:
    """Where a measure can stand, newest plan first: its areas, or the plan itself when it has none."""
    plans = Plan.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    places: dict[str, tuple[str, Plan, FocusArea | None]] = {}
    for plan in plans.prefetch_related("focusarea_set"):
        areas = list(plan.focusarea_set.all())
        for area in areas:
            places[f"{plan.pk}-{area.pk}"] = (f"{area} ({plan_in_words(plan)})", plan, area)
        if not areas:
            places[f"{plan.pk}-0"] = (plan_in_words(plan), plan, None)
    return places


def _days(found: Award) -> dict[str, Any]:
    """A report halfway when the work lasts more than a year, and one three months after its end."""
    starts, ends = found.application.starts, found.application.ends
    if not (starts and ends):
        return {}
    is_long = (ends - starts).days > 365
    final = date(ends.year + (ends.month + 3 > 12), (ends.month + 2) % 12 + 1, 1)
    return {"final": final, "interim": starts + (ends - starts) / 2 if is_long else None}


def _first_rows(found: Award) -> Rows:
    starts, ends = found.application.starts, found.application.ends
    if not (starts and ends):
        return [("", figures(found.nok), "")]
    first, second = in_two(found.nok)
    middle = starts + (ends - starts) / 2
    return [
        (starts.isoformat(), figures(first), _("When the work begins")),
        (middle.isoformat(), figures(second), _("When the secretariat has heard how it goes")),
    ]


def _typed_rows(request: HttpRequest) -> Rows:
    post = request.POST
    return [
        (post.get(f"due-{n}", ""), post.get(f"nok-{n}", ""), post.get(f"condition-{n}", ""))
        for n in range(PAYMENT_ROWS)
    ]


def _read_rows(rows: Rows) -> list[tuple[date, int, str]]:
    """Rows with something in them. Refuses a day or an amount that is none."""
    read = []
    for day, nok, condition in rows:
        if not (day.strip() or nok.strip()):
            continue
        try:
            due = date.fromisoformat(day)
        except ValueError:
            raise Refused("funds.payment_day", _("Each payment needs a day, like 2027-06-30.")) from None
        read.append((due, read_amount(nok), condition))
    return read


def _start_page(
    request: HttpRequest, found: Award, form: Any, rows: list[tuple[str, str, str]]
) -> HttpResponse:
    blank = [("", "", "")] * (PAYMENT_ROWS - len(rows))
    context = {
        "award": found,
        "call": found.call,
        "amount": kroner(found.nok),
        "form": form,
        "rows": [*rows, *blank],
        "has_places": bool(form.fields["place"].choices),
    }
    return render(request, "plans/funds/start.html", context, status=422 if form.is_bound else 200)


@require_POST
def paid(request: HttpRequest, pk: int) -> HttpResponse:
    """Paid today; sent again with `back`, it is taken back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_payment(pk, actor)
    here = reverse("plans:fund-paid", args=[pk])
    is_back = bool(found.paid_on)
    return do(
        request,
        lambda: mark_paid(found, on=None if is_back else actor.today, by=actor),
        said=_("It is not paid after all.") if is_back else _("Paid today."),
        to=reverse("plans:fund-award", args=[found.award_id]),
        again=lambda refused: award_page(request, find_award(found.award_id, actor), error=refused.sentence),
        undo="" if is_back else here,
    )
