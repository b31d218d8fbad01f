"""Making a body, its mandate, how it is put together, and its last day. For the secretariat."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.directory.public import Actor, Body, Community
from samspill.governance.actions.bodies import BodyWords, make_body, set_end
from samspill.governance.actions.mandates import MandateWords, set_mandate
from samspill.governance.body_templates import rule_of
from samspill.governance.forms_bodies import BodyForm, EndBodyForm, MandateForm
from samspill.governance.models import Mandate
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.body_list import in_tree, is_over
from samspill.governance.queries.body_page import find_body
from samspill.governance.views.refusing import put_on
from samspill.governance.wording_bodies import last_day
from samspill.refusal import Refused


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do `act`; what it refuses stands at its field, or above the form."""
    try:
        act()
    except Refused as refused:
        put_on(form, refused)
        return False
    return True


def to_body(pk: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("governance:body", args=[pk]), status=303)


def bodies_of(community_id: int, actor: Actor, *, without: int = 0) -> list[tuple[int, str]]:
    """Living bodies to choose among, in the order of the tree."""
    rows = Body.objects.visible_to(actor).filter(community_id=community_id).exclude(pk=without)
    living = [one for one in rows if not is_over(one, actor.today)]
    return [(one.pk, one.name) for one, _depth in in_tree(living)]


@login_required
@require_http_methods(["GET", "POST"])
def new_body(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "bodies.manage")
    community = Community.objects.get(pk=actor.community_id or 0)
    choices = bodies_of(community.pk, actor)
    form = BodyForm(request.POST or None, bodies=choices, initial={"starts": actor.today})
    made: list[Body] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: made.append(_make(community, form.cleaned_data, actor)))
    ):
        messages.success(request, _("«%(body)s» is made.") % {"body": made[0].name})
        return to_body(made[0].pk)
    context = {"form": form, "community": community}
    return render(request, "governance/bodies/new.html", context, status=422 if form.errors else 200)


def _make(community: Community, typed: dict[str, Any], actor: Actor) -> Body:
    parent = Body.objects.filter(community=community, pk=typed["parent"] or 0).first()
    words = BodyWords(
        name=typed["name"],
        kind=typed["kind"],
        short_name=typed["short_name"],
        parent=parent,
        starts=typed["starts"],
        ends=typed["ends"],
    )
    mandate = MandateWords(
        from_day=typed["starts"],
        purpose=typed["purpose"],
        authority=typed["authority"],
        limits=typed["limits"],
        review_on=typed["review_on"],
        given_by_words=typed["given_by_words"],
    )
    rule = rule_of(typed["template"], community, typed["starts"])
    return make_body(community, words, by=actor, mandate=mandate, rule=rule)


@login_required
@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of the mandate, from the one that holds."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_body(pk, actor)
    check_may_act(actor, "bodies.manage", found)
    choices = bodies_of(found.community_id, actor, without=pk)
    newest = Mandate.objects.filter(body=found).order_by("-from_day").first()
    form = MandateForm(request.POST or None, bodies=choices, initial=_mandate_now(newest, actor))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: set_mandate(found, _mandate_words(found, form.cleaned_data), by=actor))
    ):
        messages.success(request, _("The mandate is saved."))
        return to_body(pk)
    context = {"form": form, "body": found, "newest": newest}
    return render(request, "governance/bodies/mandate.html", context, status=422 if form.errors else 200)


def _mandate_now(newest: Mandate | None, actor: Actor) -> dict[str, Any]:
    if newest is None:
        return {"from_day": actor.today}
    same = ("purpose", "tasks", "authority", "limits")
    kept: dict[str, Any] = {name: getattr(newest, name) for name in same}
    return kept | {
        "from_day": max(actor.today, newest.from_day),
        "lifts_to": newest.lifts_to_id,
        "reports_to": newest.reports_to_id,
    }


def _mandate_words(body: Body, typed: dict[str, Any]) -> MandateWords:
    here = {one.pk: one for one in Body.objects.filter(community_id=body.community_id)}
    others = {name: here.get(typed[name]) for name in ("lifts_to", "reports_to")}
    return MandateWords(**{**typed, **others})


@login_required
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The body's last day: end it, move it, or take it away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_body(pk, actor)
    check_may_act(actor, "bodies.manage", found)
    form = EndBodyForm(request.POST or None, initial={"ends": found.ends and last_day(found.ends)})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: set_end(found, form.cleaned_data["ends"], by=actor))
    ):
        messages.success(request, _("The last day is saved."))
        return to_body(pk)
    context = {"form": form, "body": found, "ends": found.ends and last_day(found.ends)}
    return render(request, "governance/bodies/end.html", context, status=422 if form.errors else 200)
