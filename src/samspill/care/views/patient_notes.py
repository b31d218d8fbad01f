"""Notes and pauses of a patient: written, read, corrected, done; begun and ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.care.actions.deciding import Wish
from samspill.care.actions.noting import PART, WHAT, reminder_done, see_note, write_note
from samspill.care.actions.opening import opening
from samspill.care.actions.pausing import end_pause, pause
from samspill.care.chart_forms import NoteForm, PauseForm
from samspill.care.models import CareNote
from samspill.care.queries.chart import pauses_now
from samspill.care.views.patient_pages import about_patient, back_to, check_at_work
from samspill.care.views.safety_net import actor_of
from samspill.refusal import Refused

PLACE = "#notater"


@about_patient
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """A new note, or one instead of the note that `retter` names."""
    number = request.GET.get("retter") or request.POST.get("retter") or ""
    corrects = int(number) if number.isdecimal() and len(number) < 19 else None
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            write_note(pk, said["text"], by=actor_of(request), remind_on=said["remind_on"], corrects=corrects)
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("The note is kept."))
            return back_to(pk, PLACE)
    return _note_page(request, pk, form, corrects)


def _note_page(request: HttpRequest, pk: int, form: NoteForm, corrects: int | None) -> HttpResponse:
    with opening(pk, by=actor_of(request), what=WHAT, wish=Wish(part=PART)) as opened:
        check_at_work(opened)
        rows = CareNote.objects.filter(patient_id=pk, pk=corrects or 0)
        former = rows.first()
        if former is not None and not form.is_bound:
            form.initial["text"] = former.text
        context = {"patient": opened.patient, "form": form, "former": former}
        return render(request, "care/chart/note.html", context, status=422 if form.errors else 200)


def _say(form: Any, refused: Refused) -> None:
    if refused.forbidden:
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


@about_patient
@require_POST
def seen(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    see_note(pk, number, by=actor_of(request))
    return back_to(pk, PLACE)


@about_patient
@require_POST
def done(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    reminder_done(pk, number, by=actor_of(request), now=timezone.now())
    return back_to(pk, PLACE)


@about_patient
@require_http_methods(["GET", "POST"])
def pauses(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that hold or are to come, and a new one."""
    actor, now = actor_of(request), timezone.now()
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            pause(pk, by=actor, why=said["why"], starts=said["starts"] or now, ends=said["ends"], now=now)
        except Refused as refused:
            _say(form, refused)
        else:
            messages.success(request, _("It is paused. Nothing is missed meanwhile."))
            return back_to(pk)
    with opening(pk, by=actor, what="care.pauses") as opened:
        check_at_work(opened)
        context = {"patient": opened.patient, "form": form, "pauses": pauses_now(pk, now), "now": now}
        return render(request, "care/chart/pause.html", context, status=422 if form.errors else 200)


@about_patient
@require_POST
def pause_ends(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    end_pause(pk, number, by=actor_of(request), now=timezone.now())
    messages.success(request, _("It is watched again."))
    return back_to(pk)
