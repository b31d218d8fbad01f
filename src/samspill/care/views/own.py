"""«Min side» of the patient and those near: the plan, the numbers, what comes next, and who helps."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from samspill.care import drawing, sheet
from samspill.care.actions import blocking
from samspill.care.actions.deciding import Wish
from samspill.care.actions.opening import Opened, opening
from samspill.care.actions.writing import READ, have_read, writable, write, writes_as_team
from samspill.care.actions.writing import WHAT as WRITING
from samspill.care.entry_fields import fields_of
from samspill.care.models import BlockWord, SafetyNetPlan
from samspill.care.queries.medication import PART as MEDICATION
from samspill.care.queries.medication import list_in_use
from samspill.care.queries.own import Mine, conversation, helpers, mine, shown, unread
from samspill.care.queries.safety_net import as_plan, find_plan
from samspill.care.states import Act, Purpose
from samspill.care.views.entering import plans_in_force
from samspill.care.views.safety_net import actor_of, name_of
from samspill.directory.public import Actor
from samspill.refusal import Refused

WHAT = "care.own"
TOLD_FOR = timedelta(days=90)
PURPOSES = {True: Purpose.OWN, False: Purpose.RELATIVE}


@login_required
@cache_control(no_store=True, private=True)
@require_safe
def own_page(request: HttpRequest) -> HttpResponse:
    """One's own page; of somebody one is near to when one has none, or has chosen it (`for`)."""
    actor = actor_of(request)
    every = mine(actor)
    if not every:
        return render(request, "care/own_nobody.html")
    said = request.GET.get("for", "")
    *first, last = [one for one in every if str(one.patient) == said] or every
    for one in first:
        with suppress(Refused):  # who has said no is not in the way of the others
            return _page_about(request, one, every)
    return _page_about(request, last, every)


def _page_about(request: HttpRequest, chosen: Mine, every: list[Mine]) -> HttpResponse:
    actor = actor_of(request)
    with opening(chosen.patient, by=actor, what=WHAT, wish=_wish(chosen)) as opened:
        others = [(one, _name(one, actor)) for one in every if one is not chosen]
        return render(request, "care/own.html", _shown(opened, chosen, actor) | {"others": others})


def _wish(one: Mine) -> Wish:
    return Wish(purpose=PURPOSES[not one.relation])


def _name(one: Mine, actor: Actor) -> str:
    """What the person is called: a look that is logged as one on a list. "" when it is not open any more."""
    try:
        with opening(one.patient, by=actor, what=WHAT, act=Act.LIST, wish=_wish(one)) as opened:
            return opened.patient.given_name
    except Refused:
        return ""


def _shown(opened: Opened, chosen: Mine, actor: Actor) -> dict[str, Any]:
    now, pk = timezone.now(), opened.patient.pk
    in_force = [] if opened.hides("safety_net") else plans_in_force(pk)
    numbers = [] if opened.hides("measurements") else shown(opened.known, opened.tenants, now)
    talk = [] if opened.hides("messages") else conversation(pk, most=3)
    return {
        "patient": opened.patient,
        "is_own": not chosen.relation,
        "may_enter": chosen.may_enter,
        "plans": [_plan(one) for one in in_force],
        "due": next((one for one in numbers if one.due), None),
        "numbers": [drawing.drawn(one, now) for one in numbers],
        "entry_fields": fields_of(numbers, in_force),
        "talk": talk,
        "unread": unread(pk, actor),
        "medication": None if opened.hides(MEDICATION) else list_in_use(pk),
        "helpers": helpers(opened.known, opened.tenants),
        "links": _links(pk, may_block=blocking.may_block(opened)),
        "written": _written(opened, actor),
        "now": now,
    }


def _written(opened: Opened, actor: Actor) -> list[tuple[BlockWord, str, list[str]]]:
    """Blocks that others have written down for the patient, or lifted, of late."""
    found = blocking.written_for(opened, actor.today - TOLD_FOR)
    is_own = opened.patient.account_id == actor.account_id
    return [(one, blocking.name_of(one.block), blocking.kinds_of(one.block, is_own=is_own)) for one in found]


def _plan(row: SafetyNetPlan) -> dict[str, Any]:
    found = find_plan(row.pk, row.patient_id)
    plan = as_plan(found)
    return {
        "row": found,
        "plan": plan,
        "title": sheet.title_of(plan),
        "problem": name_of(row.problem),
        "zones": sheet.zones(plan),
    }


def _links(pk: int, *, may_block: bool) -> dict[str, str]:
    """Pages of others about the same patient, where there are such: none that one is shut out of."""
    found = {}
    for name in ("looked", "consent", *(["blocks"] if may_block else [])):
        try:
            found[name] = reverse(f"care:{name}", args=[pk])
        except NoReverseMatch:
            continue
    return found


@login_required
@cache_control(no_store=True, private=True)
@require_http_methods(["GET", "POST"])
def write_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written between the patient's side and the teams, and a box to write in."""
    error, text = "", ""
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\x00", "")
        try:
            _sent(request, pk, text)
        except Refused as refused:
            if refused.forbidden:
                raise
            error = refused.sentence
        else:
            return HttpResponseRedirect(f"{reverse('care:write', args=[pk])}#sist", status=303)
    return _conversation(request, pk, error, text)


def _sent(request: HttpRequest, pk: int, text: str) -> None:
    with opening(pk, by=actor_of(request), what=WRITING, wish=READ) as opened:
        at_work = writes_as_team(opened)
    said = request.POST.get("episode", "")
    episode = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None
    write(pk, text, by=actor_of(request), at_work=at_work, episode=episode)


def _conversation(request: HttpRequest, pk: int, error: str, text: str) -> HttpResponse:
    actor = actor_of(request)
    with opening(pk, by=actor, what=WRITING, wish=READ) as opened:
        at_work = writes_as_team(opened)
        with_whom = writable(opened, by=actor)
        episodes = [one.pk for one in with_whom] if at_work else None
        talk = conversation(pk, episodes)
        if not at_work:
            have_read(pk, by=actor)
        context = {
            "patient": opened.patient,
            "is_at_work": at_work,
            "is_own": opened.patient.account_id == actor.account_id,
            "with_whom": with_whom,
            "talk": talk,
            "error": error,
            "text": text,
            "helpers": helpers(opened.known, opened.tenants),
        }
        return render(request, "care/write.html", context, status=422 if error else 200)
