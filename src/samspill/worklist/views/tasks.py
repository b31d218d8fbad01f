"""A task's page, what is done on it, and «Ny oppgave»."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.directory.public import Actor, Ref, Resolved, resolve
from samspill.refusal import Refused, reason
from samspill.worklist import rules, wording
from samspill.worklist.actions.chase import chase, chase_all
from samspill.worklist.actions.tasks import add_task, drop, finish, hand_over, last_event, snooze, undo
from samspill.worklist.forms import DropForm, FinishForm, HandOverForm, NewTaskForm, SnoozeForm
from samspill.worklist.holders import Holder
from samspill.worklist.models import Task
from samspill.worklist.permissions import check_may_add, check_may_change, is_held_by
from samspill.worklist.queries.news import history
from samspill.worklist.queries.tasks import possible_holders, ref_of, visible_tasks
from samspill.worklist.states import TaskState, When

WEEK = timedelta(days=7)


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _task(request: HttpRequest, pk: int) -> Task:
    return get_object_or_404(visible_tasks(_actor(request)), pk=pk)


@login_required
@require_safe
def task_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _task(request, pk))


def _page(request: HttpRequest, task: Task, **bound: forms.Form) -> HttpResponse:
    """The task with its forms; `bound` replaces a form with the one that was sent with errors."""
    actor = _actor(request)
    ref = ref_of(task)
    why_not = reason(check_may_change, task, actor)
    is_late = task.due is not None and task.due < actor.today and not task.is_finished
    context: dict[str, Any] = {
        "task": task,
        "about": resolve([ref], actor).get(ref) if ref else None,
        "deadline": wording.deadline(task.due, actor.today) if not task.is_finished else "",
        "is_late": is_late,
        "glyph": "late" if is_late else "done" if task.state == TaskState.DONE else "none",
        "state_word": capfirst(When.LATE.label if is_late else TaskState(task.state).label),
        "may_chase": not task.is_finished and not is_held_by(task, actor),
        "why_not": why_not,
        "history": history(task.pk, actor),
    }
    if not why_not:
        context |= _acts(task, actor) | bound
    return render(request, "worklist/task.html", context, status=422 if bound else 200)


def _acts(task: Task, actor: Actor) -> dict[str, Any]:
    if task.is_finished:
        return {"event": last_event(task)}
    holders = possible_holders(actor)
    return {
        "event": last_event(task),
        "finish_form": FinishForm(),
        "snooze_form": SnoozeForm(initial={"until": _in_a_week(actor)}),
        "hand_over_form": HandOverForm(holders=holders),
        "drop_form": DropForm(),
    }


def _in_a_week(actor: Actor) -> date:
    """A week from today, or the first workday after it: the day a form proposes."""
    day = actor.today + WEEK
    return day if rules.is_workday(day) else rules.next_workday(day)


@login_required
@require_http_methods(["GET", "POST"])
def new_task(request: HttpRequest) -> HttpResponse:
    """What, who, by when; `?om=plans.measure:12` makes it a task about that thing."""
    actor = _actor(request)
    check_may_add(actor)
    about = _about(request.POST.get("om") or request.GET.get("om", ""))
    form = NewTaskForm(
        request.POST or None,
        holders=possible_holders(actor),
        initial={"who": f"account:{actor.account_id}", "due": _in_a_week(actor)},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        who = Holder.parse(typed.pop("who"))
        try:
            task = add_task(by=actor, who=who, about=about, **typed)
        except Refused as refused:
            form.add_error(refused.field or None, refused.sentence)
        else:
            _say(request, _("Added: %(title)s") % {"title": task.title}, task)
            return HttpResponseRedirect("/", status=303)
    thing: Resolved | None = resolve([about], actor).get(about) if about else None
    return render(
        request,
        "worklist/new_task.html",
        {"form": form, "about": about if thing else None, "thing": thing},
        status=422 if form.errors else 200,
    )


def _about(text: str) -> Ref | None:
    kind, _colon, number = text.rpartition(":")
    return Ref(kind, int(number)) if kind and number.isascii() and number.isdigit() else None


def _say(request: HttpRequest, sentence: str, task: Task) -> None:
    """Tell what was done, with the address that takes it back."""
    messages.success(request, sentence, extra_tags=reverse("worklist:undo", args=[task.pk, last_event(task)]))


def _act(
    request: HttpRequest,
    pk: int,
    form: forms.Form,
    name: str,
    act: Callable[[Task, dict[str, Any]], str],
) -> HttpResponse:
    """Do what the form says and go to the start page; a form with errors comes back on the task's page.

    A page with errors stands at the act's own address; who asks for it again gets the task.
    """
    task = _task(request, pk)
    if request.method == "GET":
        return HttpResponseRedirect(task.get_absolute_url(), status=303)
    if form.is_valid():
        try:
            sentence = act(task, form.cleaned_data)
        except Refused as refused:
            if refused.forbidden or refused.field not in form.fields:
                raise
            form.add_error(refused.field, refused.sentence)
        else:
            _say(request, sentence, task)
            return HttpResponseRedirect("/", status=303)
    return _page(request, task, **{name: form})


@login_required
@require_http_methods(["GET", "POST"])
def finish_task(request: HttpRequest, pk: int) -> HttpResponse:
    def act(task: Task, typed: dict[str, Any]) -> str:
        finish(task, by=_actor(request), **typed)
        return _("Done: %(title)s") % {"title": task.title}

    return _act(request, pk, FinishForm(request.POST), "finish_form", act)


@login_required
@require_http_methods(["GET", "POST"])
def snooze_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Put off to the day in the form, or to tomorrow's workday when a row of the list asks."""
    actor = _actor(request)

    def act(task: Task, typed: dict[str, Any]) -> str:
        snooze(task, by=actor, **typed)
        day = wording.long_day(typed["until"], actor.today)
        return _("Put off to %(day)s: %(title)s") % {"day": day, "title": task.title}

    sent = {"until": request.POST.get("until") or rules.next_workday(actor.today).isoformat()}
    return _act(request, pk, SnoozeForm(sent), "snooze_form", act)


@login_required
@require_http_methods(["GET", "POST"])
def hand_over_task(request: HttpRequest, pk: int) -> HttpResponse:
    actor = _actor(request)

    def act(task: Task, typed: dict[str, Any]) -> str:
        hand_over(task, by=actor, to=Holder.parse(typed["who"]))
        return _("Handed over: %(title)s") % {"title": task.title}

    form = HandOverForm(request.POST, holders=possible_holders(actor))
    return _act(request, pk, form, "hand_over_form", act)


@login_required
@require_http_methods(["GET", "POST"])
def drop_task(request: HttpRequest, pk: int) -> HttpResponse:
    def act(task: Task, typed: dict[str, Any]) -> str:
        drop(task, by=_actor(request), **typed)
        return _("Dropped: %(title)s") % {"title": task.title}

    return _act(request, pk, DropForm(request.POST), "drop_form", act)


@login_required
@require_POST
def undo_task(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    task = _task(request, pk)
    undo(task, event=event, by=_actor(request))
    messages.success(request, _("Taken back: %(title)s") % {"title": task.title})
    return HttpResponseRedirect(_back(request, task), status=303)


@login_required
@require_POST
def chase_task(request: HttpRequest, pk: int) -> HttpResponse:
    task = _task(request, pk)
    told = chase(task, by=_actor(request))
    messages.success(
        request,
        _("%(holder)s gets a mail about it.") % {"holder": task.holder_name}
        if told
        else _("%(holder)s has been reminded today already.") % {"holder": task.holder_name},
    )
    return HttpResponseRedirect(_back(request, task), status=303)


@login_required
@require_POST
def chase_all_tasks(request: HttpRequest) -> HttpResponse:
    count = chase_all(by=_actor(request))
    if count:
        sentence = ngettext(
            "A mail goes out about %(count)s thing.", "A mail goes out about %(count)s things.", count
        ) % {"count": wording.number_in_words(count)}
    else:
        sentence = _("Everybody has been reminded today already.")
    messages.success(request, sentence)
    return HttpResponseRedirect(_back(request), status=303)


def _back(request: HttpRequest, task: Task | None = None) -> str:
    """The start page when one came from there, else the task's own page."""
    came_from = urlsplit(request.headers.get("Referer", "")).path
    return task.get_absolute_url() if task and came_from not in ("", "/") else "/"
