"""What the patient chooses: who may not look, what is agreed to; and who coordinates an individual plan."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.care.access_states import ConsentBy, ConsentHow, ConsentTo
from samspill.care.actions import agreeing, blocking
from samspill.care.actions.asking_about_looks import is_themselves
from samspill.care.actions.deciding import READ, Wish
from samspill.care.actions.opening import Opened, opening
from samspill.care.models import Consent, Coordinator
from samspill.care.states import Act, Right
from samspill.care.views.following import at_work
from samspill.care.views.private import actor_of, number_of, private
from samspill.directory.public import Actor
from samspill.refusal import Refused

SUBMIT = Wish(right="submit")
PLAN = Wish(right=Right.PLAN)


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def blocks(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may not look; sent, somebody more, or somebody less. By the patient, or written down for one who
    does not sign in."""
    actor = actor_of(request)
    if request.method != "POST":
        with opening(pk, by=actor, what=blocking.WHAT) as opened:
            return render(request, "care/access/blocks.html", _blocks_page(opened, actor))
    with opening(pk, by=actor, what=blocking.WHAT) as opened:
        blocking.check_may(opened)
        wish = PLAN if blocking.writes_for(opened) else SUBMIT
    with opening(pk, by=actor, what=blocking.WHAT, act=Act.WRITE, wish=wish) as opened:
        try:
            _block(request, opened, actor)
        except Refused as refused:
            if refused.forbidden:
                raise
            context = _blocks_page(opened, actor) | {"error": refused.sentence, "field": refused.field}
            return render(request, "care/access/blocks.html", context, status=422)
    messages.success(request, _("It holds from now."))
    return HttpResponseRedirect(reverse("care:blocks", args=[pk]), status=303)


def _blocks_page(opened: Opened, actor: Actor) -> dict[str, Any]:
    blocking.check_may(opened)
    pk, is_own = opened.patient.pk, not blocking.writes_for(opened)
    rows = [
        (one, blocking.name_of(one), blocking.kinds_of(one, is_own=is_own)) for one in blocking.in_force(pk)
    ]
    return {
        "patient": opened.patient,
        "is_own": is_own,
        "rows": rows,
        "targets": blocking.targets(opened, by=actor),
        "kinds": list((blocking.KINDS if is_own else blocking.KINDS_OF_ANOTHER).items()),
        "history": [
            (one, blocking.name_of(one.block), blocking.kinds_of(one.block, is_own=is_own))
            for one in blocking.words_about(pk)
        ],
        "givers": ConsentBy.choices,
        "hows": [one for one in ConsentHow.choices if one[0] != ConsentHow.SIGNED_IN],
        "today": actor.today,
    }


def _block(request: HttpRequest, opened: Opened, actor: Actor) -> None:
    said = _said(request, opened)
    if "lift" in request.POST:
        blocking.lift(opened, number_of(request.POST["lift"]), by=actor, said=said)
    else:
        target, kinds = request.POST.get("target", ""), request.POST.getlist("kinds")
        blocking.block(opened, target, kinds, by=actor, said=said)


def _said(request: HttpRequest, opened: Opened) -> blocking.Said:
    """The one who is signed in says it here; who writes it down tells who said it, how and when."""
    if not blocking.writes_for(opened):
        is_own = opened.patient.account_id == actor_of(request).account_id
        return blocking.HERE if is_own else blocking.GUARDIAN_HERE
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        on = None
    return blocking.Said(
        given_by=request.POST.get("given_by", ""),
        how=request.POST.get("how", ""),
        on=on,
        words=request.POST.get("words", "").replace("\x00", ""),
    )


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """What the patient has agreed to; sent, a yes or a no."""
    actor, error = actor_of(request), ""
    with opening(pk, by=actor, what=agreeing.CONSENT) as opened:
        is_own = not any(one.team_id for one in opened.decisions)
    if request.method == "POST":
        wish = SUBMIT if is_own else PLAN
        with opening(pk, by=actor, what=agreeing.CONSENT, act=Act.WRITE, wish=wish) as opened:
            try:
                _say(request, opened, actor, is_own=is_own)
            except Refused as refused:
                if refused.forbidden:
                    raise
                error = refused.sentence
            else:
                messages.success(request, _("It is kept, and what was said before stands in the history."))
                return HttpResponseRedirect(reverse("care:consent", args=[pk]), status=303)
    with opening(pk, by=actor, what=agreeing.CONSENT) as opened:
        held = agreeing.holds(pk)
        context = {
            "patient": opened.patient,
            "is_own": is_own,
            "is_near": is_own and not is_themselves(opened),
            "error": error,
            "rows": [(code, label, held.get(code)) for code, label in ConsentTo.choices],
            "history": Consent.objects.filter(patient_id=pk).select_related("tenant")[:100],
            "givers": ConsentBy.choices,
            "hows": [one for one in ConsentHow.choices if one[0] != ConsentHow.SIGNED_IN],
        }
        return render(request, "care/access/consent.html", context, status=422 if error else 200)


def _say(request: HttpRequest, opened: Opened, actor: Actor, *, is_own: bool) -> None:
    agreeing.say(
        opened,
        request.POST.get("to", ""),
        is_given=request.POST.get("is_given") == "1",
        given_by=ConsentBy.PATIENT if is_own else request.POST.get("given_by", ""),
        how=ConsentHow.SIGNED_IN if is_own else request.POST.get("how", ""),
        words=request.POST.get("words", ""),
        by=actor,
    )


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def coordinator(request: HttpRequest, pk: int) -> HttpResponse:
    """Who coordinates the patient's individual plan, and who did; sent, a plan, a coordinator, or its end."""
    actor, error = actor_of(request), ""
    wish, act = (PLAN, Act.WRITE) if request.method == "POST" else (READ, Act.READ)
    with opening(pk, by=actor, what=agreeing.COORDINATOR, act=act, wish=wish) as opened:
        if request.method == "POST":
            at_work(opened)
            try:
                _coordinate(request, opened, actor)
            except Refused as refused:
                if refused.forbidden:
                    raise
                error = refused.sentence
            else:
                messages.success(request, _("It is kept."))
                return HttpResponseRedirect(reverse("care:coordinator", args=[pk]), status=303)
        plan = agreeing.active_plan(pk)
        is_at_work = all(one.team_id for one in opened.decisions)
        context = {
            "patient": opened.patient,
            "plan": plan,
            "error": error,
            "is_at_work": is_at_work,
            "current": agreeing.current(plan, by=actor) if plan else None,
            "former": Coordinator.objects.filter(patient_id=pk, to_day__isnull=False)[:20],
            "units": agreeing.units_of(opened) if is_at_work and plan is None else [],
            "people": agreeing.possible(plan, opened, by=actor) if is_at_work and plan else [],
        }
        return render(request, "care/access/coordinator.html", context, status=422 if error else 200)


def _coordinate(request: HttpRequest, opened: Opened, actor: Actor) -> None:
    act = request.POST.get("act", "")
    if act == "begin":
        agreeing.begin_plan(opened, number_of(request.POST.get("unit", "")), by=actor)
    elif act == "end":
        agreeing.end_plan(opened, by=actor)
    else:
        agreeing.appoint(opened, number_of(request.POST.get("account", "")), by=actor)
