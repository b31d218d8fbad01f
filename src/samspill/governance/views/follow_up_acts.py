"""What is done on the page of a follow-up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.directory.public import Actor, AuditEvent, Body, Party, Ref, back_to, join, joined, part
from samspill.governance.actions.follow_up_setting import assign, set_helpers
from samspill.governance.actions.follow_up_told import CARRIED_OUT_AS, FOLLOW_UP
from samspill.governance.actions.follow_ups import (
    confirm,
    end_by_decision,
    give_back,
    report_follow_up,
    undo,
)
from samspill.governance.forms_follow_ups import AssignForm, EndForm, HelpersForm, SentenceForm
from samspill.governance.models import Decision, FollowUp
from samspill.governance.permissions import check_may_act
from samspill.governance.states import FollowUpState
from samspill.governance.views.follow_up_page import (
    BACK,
    find_follow_up,
    later_decisions,
    page,
    undo_address,
)
from samspill.governance.views.follow_ups import answerable_choices, answerable_of
from samspill.governance.views.refusing import put_on, take_back
from samspill.governance.wording_follow_ups import act_in_words
from samspill.refusal import Refused


@login_required
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: begun, delivered, in need of help; for the secretariat also done, and not finished yet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = find_follow_up(request, pk)
    form = SentenceForm(request.POST)
    if form.is_valid():
        state, sentence = request.POST.get("state", ""), form.cleaned_data["sentence"]
        try:
            if state == FollowUpState.COMPLETED:
                event = confirm(one, by=actor, sentence=sentence)
            elif state == BACK:
                event = give_back(one, by=actor, sentence=sentence)
            else:
                event = report_follow_up(one, state=state, by=actor, sentence=sentence)
        except Refused as refused:
            put_on(form, refused)
        else:
            return done(request, one, event)
    return page(request, one, say=form)


def done(request: HttpRequest, one: FollowUp, event: AuditEvent) -> HttpResponse:
    here = back_to(request, reverse("governance:follow-up", args=[one.pk]))
    messages.success(request, act_in_words(event), extra_tags=undo_address(one, event, here))
    return HttpResponseRedirect(here, status=303)


@login_required
@require_POST
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Another answers for it, or another day, with a reason."""
    one = find_follow_up(request, pk)
    form = AssignForm(request.POST, choices=answerable_choices(one.community_id))
    if form.is_valid():
        typed = form.cleaned_data
        who = answerable_of(typed["answerable"], one.community_id)
        try:
            event = assign(
                one,
                by=request.actor,  # type: ignore[attr-defined]
                because=typed["because"],
                due=typed["due"],
                **who,  # type: ignore[arg-type]
            )
        except Refused as refused:
            put_on(form, refused)
        else:
            return done(request, one, event)
    return page(request, one, assign=form)


@login_required
@require_POST
def save_helpers(request: HttpRequest, pk: int) -> HttpResponse:
    one = find_follow_up(request, pk)
    form = HelpersForm(request.POST, choices=answerable_choices(one.community_id))
    if not form.is_valid():
        return page(request, one, helpers=form)
    found: list[Party | Body] = []
    for key in form.cleaned_data["helpers"]:
        found += answerable_of(key, one.community_id).values()
    set_helpers(one, helpers=found, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is set who helps."))
    return HttpResponseRedirect(reverse("governance:follow-up", args=[one.pk]), status=303)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Replaced or dropped, by a newer decision."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = find_follow_up(request, pk)
    form = EndForm(request.POST, choices=later_decisions(one, actor))
    if form.is_valid():
        typed = form.cleaned_data
        decision = Decision.objects.visible_to(actor).filter(pk=typed["decision"] or 0).first()
        try:
            event = end_by_decision(one, state=typed["state"], decision=decision, by=actor)
        except Refused as refused:
            put_on(form, refused)
        else:
            return done(request, one, event)
    return page(request, one, end=form)


@login_required
@require_POST
def join_to(request: HttpRequest, pk: int) -> HttpResponse:
    """The follow-up is carried out as the thing that was chosen, whose status follows it from then on."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = find_follow_up(request, pk)
    check_may_act(actor, "follow_ups.manage", one)
    kind, _colon, number = request.POST.get("ting", "").partition(":")
    if not number.isdecimal():
        raise Refused("follow_up.join", _("Choose what it is carried out as."))
    link = join(CARRIED_OUT_AS, Ref(FOLLOW_UP, one.pk), Ref(kind, int(number)), by=actor)
    here = reverse("governance:follow-up", args=[one.pk])
    undo_join = reverse("governance:part-follow-up", args=[one.pk, link.pk])
    messages.success(
        request,
        _("It is joined. When somebody says how this goes, it is told there too."),
        extra_tags=undo_join,
    )
    return HttpResponseRedirect(here, status=303)


@login_required
@require_POST
def part_from(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    one = find_follow_up(request, pk)
    check_may_act(actor, "follow_ups.manage", one)
    ref = Ref(FOLLOW_UP, one.pk)
    if any(each.link_id == link and each.kind == CARRIED_OUT_AS for each in joined([ref], actor)[ref]):
        part(link, by=actor)
    messages.success(request, _("They are no longer joined."))
    return HttpResponseRedirect(reverse("governance:follow-up", args=[one.pk]), status=303)


@login_required
@require_POST
def undo_act(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    one = find_follow_up(request, pk)
    here = back_to(request, reverse("governance:follow-up", args=[one.pk]))
    take_back(request, lambda: undo(one, event_id=event, by=request.actor))  # type: ignore[attr-defined]
    return HttpResponseRedirect(here, status=303)
