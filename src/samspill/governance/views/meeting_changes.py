"""Meetings that come to be or change: year plan, new, moved, cancelled; and impartiality concluded."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samspill.directory.public import Actor, Body, BodyKind
from samspill.governance.actions.conflicts import (
    Judgement,
    check_may_conclude,
    conclude_conflict,
    text_for_minutes,
)
from samspill.governance.actions.meetings import (
    Slot,
    add_meeting,
    cancel_meeting,
    days_of,
    move_meeting,
    plan_meetings,
)
from samspill.governance.forms_meetings import (
    PATTERN,
    CancelForm,
    ConcludeForm,
    DaysForm,
    MeetingForm,
    NewMeetingForm,
    PatternForm,
    SlotFormSet,
)
from samspill.governance.meeting_wording import name_and_day, when
from samspill.governance.models import ConflictAssessment, Meeting
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.meetings import find_meeting
from samspill.governance.rules.year_plan import deadlines_of, every, propose
from samspill.governance.sending import sent_now
from samspill.governance.states import MeetingState
from samspill.governance.views.body_forms import attempt
from samspill.governance.views.meeting_acts import to_meeting
from samspill.governance.views.refusing import put_on
from samspill.refusal import Refused
from samspill.worklist.public import is_workday, number_in_words

UNPROCESSABLE = 422
WRITES = require_http_methods(["GET", "HEAD", "POST"])


def _own_bodies(actor: Actor):  # type: ignore[no-untyped-def]
    return Body.objects.visible_to(actor).filter(community_id=actor.community_id or 0).order_by("name")


@WRITES
def year_plan(request: HttpRequest) -> HttpResponse:
    """Pick a pattern, look at the days it proposes, correct them, save them all."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "meetings.manage")
    bodies = _own_bodies(actor)
    pattern = PatternForm(_pattern_data(request, actor, bodies), bodies=bodies)
    if not pattern.is_valid():
        return _plan_page(request, pattern, None, None, UNPROCESSABLE if request.GET else 200)
    chosen = pattern.cleaned_data
    if request.method == "POST":
        return _save_plan(request, pattern, chosen)
    days = days_of(chosen["body"], chosen["year"])
    slots = SlotFormSet(initial=_proposed(chosen), prefix="dag")
    initial = {name: getattr(days, name) for name in ("report", "brief", "notice", "minutes", "remarks")}
    return _plan_page(request, pattern, slots, DaysForm(initial=initial, prefix="frist"))


def _pattern_data(request: HttpRequest, actor: Actor, bodies: object) -> dict[str, object]:
    """The pattern of the address, with what is usual where it says nothing."""
    first = bodies.filter(kind=BodyKind.STRATEGIC).first() or bodies.first()  # type: ignore[attr-defined]
    usual = {**PATTERN, "body": first.pk if first else "", "year": actor.today.year + (actor.today.month > 8)}
    given = {name: request.GET[name] for name in [*usual] if request.GET.get(name)}
    return {**usual, **given}


def _proposed(chosen: dict[str, Any]) -> list[dict[str, object]]:
    found = propose(
        chosen["year"],
        weekday=chosen["weekday"],
        nth=chosen["nth"],
        months=every(chosen["every"], chosen["first"]),
        is_workday=is_workday,
    )
    more = {name: chosen[name] for name in ("starts", "ends", "place")}
    return [{"day": day, **more} for day in found]


def _save_plan(request: HttpRequest, pattern: PatternForm, chosen: dict[str, Any]) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    slots, days = SlotFormSet(request.POST, prefix="dag"), DaysForm(request.POST, prefix="frist")
    if slots.is_valid() and days.is_valid():
        wanted = [Slot(**one) for one in slots.cleaned_data if one.get("day")]
        try:
            new = plan_meetings(
                chosen["body"], chosen["year"], wanted, days=days.days, by=actor, place=chosen["place"]
            )
        except Refused as refused:
            put_on(days, refused)
        else:
            words = ngettext("One meeting is planned.", "%(count)s meetings are planned.", len(new))
            messages.success(request, words % {"count": number_in_words(len(new)).capitalize()})
            here = f"{reverse('governance:meeting-list')}?organ={chosen['body'].pk}"
            return HttpResponseRedirect(here, status=303)
    return _plan_page(request, pattern, slots, days, UNPROCESSABLE)


def _plan_page(
    request: HttpRequest,
    pattern: PatternForm,
    slots: forms.BaseFormSet | None,
    days: DaysForm | None,
    status: int = 200,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    chosen = pattern.cleaned_data if pattern.is_valid() else {}
    planned = []
    if chosen:
        planned = list(
            Meeting.objects.filter(body=chosen["body"], day__year=chosen["year"])
            .exclude(state=MeetingState.CANCELLED)
            .select_related("body")
        )
    context = {
        "pattern": pattern,
        "slots": slots,
        "days": days,
        "body": chosen.get("body"),
        "year": chosen.get("year"),
        "planned": planned,
        "example": _example(slots, chosen, actor.today),
        "query": request.GET.urlencode(),
    }
    return render(request, "governance/meetings/year_plan.html", context, status=status)


def _example(slots: object, chosen: dict[str, Any], today: date) -> object:
    """The deadlines of the first proposed meeting, so that days before and after are seen as dates."""
    initial = getattr(slots, "initial", None)
    if not initial or not chosen:
        return None
    day = initial[0]["day"]
    return {"day": day, "deadlines": deadlines_of(day, days_of(chosen["body"], chosen["year"]), is_workday)}


@WRITES
def new_meeting(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "meetings.manage")
    form = NewMeetingForm(
        request.POST or None,
        bodies=_own_bodies(actor),
        initial={"starts": PATTERN["starts"], "ends": PATTERN["ends"]},
    )
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        body, title = typed.pop("body"), typed.pop("title")
        try:
            made = add_meeting(body, Slot(**typed), title=title, by=actor)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("The meeting is planned."))
            return to_meeting(made.pk)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "governance/meetings/new.html", {"form": form}, status=status)


@WRITES
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, time or place, and deadlines one sets by hand."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_meeting(pk, actor)
    check_may_act(actor, "meetings.manage", found)
    form = MeetingForm(request.POST) if request.method == "POST" else MeetingForm.of(found)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        slot = Slot(typed["day"], typed["starts"], typed["ends"], typed["place"], form.deadlines)
        try:
            move_meeting(found, slot, by=actor, sent=sent_now(), host=found.host)
        except Refused as refused:
            put_on(form, refused)
        else:
            messages.success(request, _("The meeting is changed."))
            return to_meeting(pk)
    context = {"form": form, "meeting": found, "when": when(found, actor.today)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "governance/meetings/move.html", context, status=status)


@WRITES
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_meeting(pk, actor)
    check_may_act(actor, "meetings.manage", found)
    form = CancelForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: cancel_meeting(found, because=form.cleaned_data["because"], by=actor, sent=sent_now()),
        )
    ):
        messages.success(request, _("The meeting is cancelled. Its cases wait for the next one."))
        return to_meeting(pk)
    context = {"form": form, "meeting": found, "name": name_and_day(found, actor.today)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "governance/meetings/cancel.html", context, status=status)


@WRITES
def conflict(request: HttpRequest, pk: int, conflict: int) -> HttpResponse:
    """The chair or the secretariat concludes about somebody's impartiality, with reason and law."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_meeting(pk, actor)
    one = get_object_or_404(
        ConflictAssessment.objects.visible_to(actor).select_related(
            "case", "tenure", "tenure__seat", "concluded_by"
        ),
        pk=conflict,
        tenure__seat__body=found.body_id,
    )
    check_may_conclude(actor, one, found)
    initial = {"conclusion": one.conclusion, "because": one.because}
    if one.law_reference:
        initial["law_reference"] = one.law_reference
    form = ConcludeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        conclude_conflict(one, Judgement(**form.cleaned_data), meeting=found, by=actor, sent=sent_now())
        messages.success(request, _("The conclusion is written down."))
        return to_meeting(pk)
    context = {
        "form": form,
        "conflict": one,
        "meeting": found,
        "name": name_and_day(found, actor.today),
        "minutes_text": text_for_minutes(one),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "governance/meetings/conflict.html", context, status=status)
