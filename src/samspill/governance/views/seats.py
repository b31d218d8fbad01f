"""Putting somebody into a seat, out of it, and back again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor, Person, acts_on, alphabetical, in_force_on
from samspill.governance.actions.tenures import Appointee, appoint, end_tenure
from samspill.governance.actions.tenures import undo as undo_act
from samspill.governance.forms_bodies import AppointForm, EndTenureForm
from samspill.governance.models import Seat, Tenure
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.body_page import find_body
from samspill.governance.states import HOLDERS, Role
from samspill.governance.views.body_forms import attempt, to_body
from samspill.governance.views.refusing import take_back
from samspill.governance.wording_bodies import last_day
from samspill.refusal import Refused


def find_seat(pk: int, seat: int, actor: Actor) -> Seat:
    rows = Seat.objects.visible_to(actor).select_related(
        "body__community", "body__parent", "party", "region", "organisation"
    )
    return get_object_or_404(rows, pk=seat, body_id=pk)


@login_required
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Who shall sit in the seat: somebody known, or a new name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_seat(pk, seat, actor)
    check_may_act(actor, "bodies.manage", found)
    held = _holder(found, actor)
    people = _people(found, actor)
    form = AppointForm(
        request.POST or None,
        people=people,
        held_by=held.name if held else "",
        initial={"from_day": max(actor.today, found.from_day), "role": _role_of(found, held)},
    )
    if request.method == "POST" and form.is_valid():
        made: list[Tenure] = []
        if attempt(form, lambda: made.append(_appoint(found, form.cleaned_data, actor))):
            return _told(request, made[0], pk, actor)
    context = {"form": form, "body": found.body, "seat": found, "held": held, "has_people": bool(people)}
    return render(request, "governance/bodies/fill.html", context, status=422 if form.errors else 200)


@require_POST
def step_in(request: HttpRequest, pk: int, seat: int, tenure: int) -> HttpResponse:
    """The one who stands in takes the empty seat, from today: the proposal in a hole."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_seat(pk, seat, actor)
    rows = Tenure.objects.visible_to(actor).filter(seat=found, role=Role.SUBSTITUTE)
    who = get_object_or_404(rows.select_related("person"), pk=tenure)
    try:
        made = appoint(
            found,
            Appointee(who.name, title=who.title, person=who.person),
            role=_role_of(found, None),
            from_day=actor.today,
            by=actor,
        )
    except Refused as refused:
        if refused.forbidden:
            raise
        messages.error(request, refused.sentence)
        return to_body(pk)
    return _told(request, made, pk, actor)


def _told(request: HttpRequest, made: Tenure, pk: int, actor: Actor) -> HttpResponse:
    event = _last_event(made, actor)
    back = reverse("governance:undo-seat", args=[pk, event]) if event else ""
    messages.success(request, _("%(name)s is in.") % {"name": made.name}, extra_tags=back)
    return to_body(pk)


def _last_event(made: Tenure, actor: Actor) -> int | None:
    event = acts_on(made._meta.label_lower, [made.pk], actor, 1).first()
    return event.pk if event else None


def _holder(seat: Seat, actor: Actor) -> Tenure | None:
    rows = Tenure.objects.filter(in_force_on(actor.today), seat=seat, role__in=HOLDERS)
    return rows.first()


def _role_of(seat: Seat, held: Tenure | None) -> str:
    """The same as the one who sits there now, or what the seat is for."""
    if held is not None:
        return held.role
    return Role.MEMBER if seat.may_vote else Role.OBSERVER


def _people(seat: Seat, actor: Actor) -> list[tuple[int, str]]:
    """People of the helsefellesskap by name, with what they are."""
    rows = Person.objects.visible_to(actor).filter(community_id=seat.community_id)
    people = sorted(rows, key=lambda one: alphabetical(one.name))
    return [(one.pk, f"{one.name}, {one.title}" if one.title else one.name) for one in people]


def _appoint(seat: Seat, typed: dict[str, Any], actor: Actor) -> Tenure:
    person = Person.objects.filter(pk=typed["person"] or 0, community_id=seat.community_id).first()
    return appoint(
        seat,
        Appointee(typed["name"], typed["email"], typed["title"], person),
        role=typed["role"],
        from_day=typed["from_day"],
        to_day=typed["to_day"],
        by=actor,
        replace=bool(typed.get("replace")),
        let_in_at=timezone.now() if typed["let_in"] and typed["email"] else None,
    )


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int, tenure: int) -> HttpResponse:
    """Somebody's last day in a seat."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    body = find_body(pk, actor)
    check_may_act(actor, "bodies.manage", body)
    rows = Tenure.objects.visible_to(actor).select_related(
        "seat__party", "seat__region", "seat__organisation"
    )
    found = get_object_or_404(rows, pk=tenure, seat__body=body)
    ends = last_day(found.to_day) if found.to_day else actor.today
    form = EndTenureForm(request.POST or None, initial={"to_day": ends})
    if request.method == "POST" and form.is_valid():
        done: list[Any] = []
        if attempt(form, lambda: done.append(end_tenure(found, day=form.cleaned_data["to_day"], by=actor))):
            back = reverse("governance:undo-seat", args=[pk, done[0].pk])
            messages.success(request, _("%(name)s leaves the seat.") % {"name": found.name}, extra_tags=back)
            return to_body(pk)
    context = {"form": form, "body": body, "tenure": found}
    return render(request, "governance/bodies/leave.html", context, status=422 if form.errors else 200)


@require_POST
def undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    find_body(pk, request.actor)  # type: ignore[attr-defined]
    take_back(request, lambda: undo_act(event, by=request.actor))  # type: ignore[attr-defined]
    return to_body(pk)
