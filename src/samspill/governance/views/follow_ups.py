"""«Oppfølging»: what was decided and is to be done, by day, with the most likely act in each row."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Body, Party, address, answerable_in, back_to
from samspill.governance.actions.chasing import chase_parties, owes, take_back_chase
from samspill.governance.actions.follow_up_setting import begin_following, choose_no_follow_up
from samspill.governance.forms_follow_ups import PointForm
from samspill.governance.models import DecisionPoint
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.follow_ups import (
    SHOWN_IN_ADDRESS,
    FollowChoice,
    FollowList,
    FollowRow,
    fetch_items,
    follow_list,
    for_task_of,
)
from samspill.governance.queries.waiting import waiting_parties
from samspill.governance.states import FollowUpState
from samspill.governance.states.follow_ups import ShownFollowUp, When
from samspill.governance.views.paging import page_of
from samspill.governance.views.ways import ways
from samspill.governance.wording_follow_ups import (
    chased_in_words,
    deadline_in_words,
    list_heading,
    owed_in_words,
)
from samspill.refusal import Refused

KEPT = ("tilstand", "organ", "ansvarlig", "vis", "sok", "sorter")
HALF_A_YEAR = timedelta(days=182)
ON_PAGE = 50


def actor_of(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


@login_required
@require_safe
def follow_up_list(request: HttpRequest) -> HttpResponse:
    return list_page(request)


def list_page(request: HttpRequest, *, hole: tuple[int, PointForm] | None = None) -> HttpResponse:
    """`hole` is a point whose form was sent with errors."""
    actor = actor_of(request)
    kept = {key: value for key in KEPT if (value := request.GET.get(key, ""))}
    choice = FollowChoice.read(kept)
    found = follow_list(choice, actor)
    here = reverse("governance:follow-up-list")
    keeps = is_secretariat(actor)
    shown = page_of(request, found.in_order, ON_PAGE)
    fetch_items([row.follow_up for row in shown["page"]])
    back = address(here, kept)
    chase = address(reverse("governance:chase"), {"neste": back})
    context = {
        **shown,
        "ways": ways(actor, "governance:follow-up-list"),
        "heading": list_heading(found.counts, _waits_for(found, keeps)),
        "legend": _legend(found, here, kept, choice),
        "groups": [
            (
                place,
                found.count_in(place),
                [
                    _line(row, keeps=keeps, here=back, chase=chase)
                    for row in shown["page"]
                    if row.when == place
                ],
            )
            for place in When
        ],
        "found": found,
        "choice": choice,
        "kept": kept,
        "here": here,
        "links": _links(here, kept),
        "bodies": found.bodies,
        "answering": found.answering,
        "settled": address(here, {"tilstand": "fullfort"}) if found.is_short else "",
        "owed": _owed(found, actor) if keeps else None,
        "holes": [_hole(point, actor, hole) for point in found.holes],
        "export": {
            ending: address(reverse(f"governance:follow-up-{ending}"), kept) for ending in ("csv", "xlsx")
        },
    }
    return render(request, "governance/follow_ups/list.html", context, status=422 if hole else 200)


def _waits_for(found: FollowList, keeps: bool) -> int:
    mine = len(for_task_of(found.rows))
    return mine + sum(row.shown == ShownFollowUp.DELIVERED for row in found.rows) if keeps else mine


def _legend(
    found: FollowList, here: str, kept: Mapping[str, str], choice: FollowChoice
) -> list[dict[str, Any]]:
    """Counts per state, each leading to those it counts; the current one leads back to all."""
    others = {key: value for key, value in kept.items() if key != "tilstand"}
    return [
        {
            "g": one.glyph,
            "count": found.counts[one],
            "label": str(one.label).lower(),
            "current": choice.shown == one,
            "href": address(here, others if choice.shown == one else {**others, "tilstand": word}),
        }
        for word, one in SHOWN_IN_ADDRESS.items()
        if found.counts[one]
    ]


def _links(here: str, kept: Mapping[str, str]) -> dict[str, str]:
    unsorted = {key: value for key, value in kept.items() if key != "sorter"}
    not_mine = {key: value for key, value in kept.items() if key != "vis"}
    return {
        "all": here,
        "by_day": address(here, unsorted),
        "by_answerable": address(here, {**unsorted, "sorter": "ansvarlig"}),
        "by_decision": address(here, {**unsorted, "sorter": "vedtak"}),
        "mine": address(here, {**not_mine, "vis": "mine"}),
        "not_mine": address(here, not_mine),
    }


def key_of(row: FollowRow) -> str:
    one = row.follow_up
    if one.accountable_party_id:
        return f"party:{one.accountable_party_id}"
    return f"body:{one.accountable_body_id}"


def _owed(found: FollowList, actor: Actor) -> dict[str, Any] | None:
    """Who owes answers, for «Purr alle»; None when nobody does. 1 query."""
    waiting = Counter(key_of(row) for row in found.rows if owes(row))
    waiting.update({f"party:{pk}": count for pk, count in waiting_parties(actor).items()})
    return {"count": len(waiting), "words": owed_in_words(len(waiting), waiting.total())} if waiting else None


def _line(row: FollowRow, *, keeps: bool, here: str, chase: str) -> dict[str, Any]:
    """A row as the template prints it, with where its most likely act is posted."""
    one = row.follow_up
    return {
        "row": row,
        "one": one,
        "point": one.point,
        "decision": one.point.decision,
        "url": reverse("governance:follow-up", args=[one.pk]),
        "deadline": deadline_in_words(one.due, row.days_late),
        "act": _likely(row, keeps),
        "report_to": address(
            reverse("governance:report-follow-up", args=[one.pk]), {"neste": f"{here}#f{one.pk}"}
        ),
        "chase": chase,
        "who": key_of(row),
    }


def _likely(row: FollowRow, keeps: bool) -> tuple[str, object] | None:
    """(what is posted, the words of the button) of the act this row most likely needs from the actor.

    `keeps`: whether the actor is of the secretariat.
    """
    if row.shown == ShownFollowUp.DELIVERED and keeps:
        return ("completed", pgettext("button on a follow-up", "Confirm"))
    if row.is_mine or (keeps and row.shown in {ShownFollowUp.OPEN, ShownFollowUp.STARTED}):
        if row.follow_up.state == FollowUpState.OPEN:
            return (FollowUpState.STARTED.value, pgettext("button on a follow-up", "It is begun"))
        if row.follow_up.state in {FollowUpState.STARTED, FollowUpState.NEEDS_HELP}:
            return (FollowUpState.DELIVERED.value, pgettext("button on a follow-up", "It is delivered"))
    if keeps and row.shown in {ShownFollowUp.LATE, ShownFollowUp.UNKNOWN}:
        return ("purr", _("Remind %(who)s") % {"who": row.answerable})
    return None


def _hole(point: DecisionPoint, actor: Actor, sent: tuple[int, PointForm] | None) -> dict[str, Any]:
    """A point without follow-up, with the proposal: the body that decided, half a year after."""
    decision = point.decision
    due = max(decision.decided_on + HALF_A_YEAR, actor.today + timedelta(days=30))
    initial = {"answerable": f"body:{decision.body_id}", "due": due}
    form = (
        PointForm(choices=answerable_choices(decision.community_id), initial=initial)
        if sent is None
        else None
    )
    is_sent = sent is not None and sent[0] == point.pk
    return {
        "point": point,
        "decision": decision,
        "due": due,
        "who": decision.body,
        "initial": initial,
        "form": sent[1]
        if is_sent and sent
        else form or PointForm(choices=answerable_choices(decision.community_id), initial=initial),
        "is_sent": is_sent,
        "post": reverse("governance:fill-point", args=[point.pk]),
    }


def answerable_choices(community_id: int) -> list[tuple[str, str]]:
    return [(one.key, one.short_name or one.name) for one in answerable_in(community_id)]


def answerable_of(key: str, community_id: int) -> dict[str, Party | Body]:
    """«party:3» as the argument an act takes; nothing when it is not of the community."""
    kind, _colon, number = key.partition(":")
    if not number.isdecimal():
        return {}
    found: Party | Body | None
    if kind == "party":
        found = Party.objects.filter(pk=number, community_id=community_id).first()
    else:
        found = Body.objects.filter(pk=number, community_id=community_id).first()
    return {kind: found} if found else {}


@login_required
@require_POST
def fill_point(request: HttpRequest, pk: int) -> HttpResponse:
    """A hole is filled: somebody answers for the point, or it needs no follow-up."""
    actor = actor_of(request)
    point = get_object_or_404(
        DecisionPoint.objects.visible_to(actor).select_related("decision__body", "decision__case"),
        pk=pk,
        community_id=actor.community_id,
    )
    here = back_to(request, f"{reverse('governance:follow-up-list')}#hull")
    if request.POST.get("slag") == "ingen":
        choose_no_follow_up(point, by=actor)
        messages.success(request, _("The point needs no follow-up."))
        return HttpResponseRedirect(here, status=303)
    form = PointForm(request.POST, choices=answerable_choices(point.community_id))
    if form.is_valid():
        try:
            who = answerable_of(form.cleaned_data["answerable"], point.community_id)
            made = begin_following(point, by=actor, due=form.cleaned_data["due"], **who)  # type: ignore[arg-type]
        except Refused as refused:
            if refused.forbidden or refused.field not in form.fields:
                raise
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(
                request,
                _("%(who)s answers for it.") % {"who": made.accountable_party or made.accountable_body},
            )
            return HttpResponseRedirect(here, status=303)
    return list_page(request, hole=(point.pk, form))


@login_required
@require_POST
def chase(request: HttpRequest) -> HttpResponse:
    """«Purr alle», or the one in `hvem`: says how many and whom, with a way back until it is sent."""
    done = chase_parties(by=actor_of(request), only=request.POST.get("hvem", ""))
    here = back_to(request, reverse("governance:follow-up-list"))
    sentence = chased_in_words(done.told, done.people, done.unreachable, done.already)
    undo = reverse("governance:undo-chase", args=[done.event.pk]) if done.event else ""
    messages.success(request, sentence, extra_tags=undo)
    return HttpResponseRedirect(here, status=303)


@login_required
@require_POST
def undo_chase(request: HttpRequest, event: int) -> HttpResponse:
    try:
        count = take_back_chase(event, by=actor_of(request))
    except Refused as refused:
        if refused.code != "undo.sent":
            raise
        messages.error(request, refused.sentence)
    else:
        text = ngettext("%(count)s reminder is not sent.", "%(count)s reminders are not sent.", count)
        messages.success(request, text % {"count": count})
    return HttpResponseRedirect(reverse("governance:follow-up-list"), status=303)
