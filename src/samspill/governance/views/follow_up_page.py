"""One follow-up: its thread, how it goes, who answers and helps, and what has been said."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import (
    STATUS_TAKERS,
    Actor,
    AuditEvent,
    Joined,
    Ref,
    acts_on,
    address,
    joined,
    resolve,
    search,
)
from samspill.governance.actions.follow_up_told import CARRIED_OUT_AS, FOLLOW_UP
from samspill.governance.forms_follow_ups import AssignForm, EndForm, HelpersForm, SentenceForm
from samspill.governance.models import Decision, FollowUp, FollowUpHelper
from samspill.governance.permissions import is_secretariat
from samspill.governance.permissions_follow_ups import answers_for, check_may_report
from samspill.governance.queries.carrying import point_row
from samspill.governance.queries.follow_ups import Said, row_of
from samspill.governance.queries.speaking import bodies_of
from samspill.governance.rules.days import long_day
from samspill.governance.states import FOLLOW_UP_TRANSITIONS, SETTLED, DecisionState, FollowUpState
from samspill.governance.views.follow_ups import answerable_choices
from samspill.governance.views.ways import ways
from samspill.governance.wording_follow_ups import act_in_words, deadline_in_words, point_heading
from samspill.refusal import reason

BACK = "back"
"""What the secretariat's «Ikke ferdig» posts: begun again, with what is missing."""
SHOWN_HITS = 8


def find_follow_up(request: HttpRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.actor).select_related(  # type: ignore[attr-defined]
        "point__decision__body",
        "point__decision__item__meeting",
        "point__decision__case",
        "accountable_party",
        "accountable_body",
        "help_case",
        "dropped_by__body",
        "dropped_by__item",
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, find_follow_up(request, pk))


def page(request: HttpRequest, one: FollowUp, **bound: forms.Form) -> HttpResponse:
    """`bound` are forms that were sent with errors: say, assign, helpers or end."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    bodies = bodies_of(actor)
    reports = list(one.reports.select_related("on_behalf_of"))
    newest = Said(reports[0].at, reports[0].sentence) if reports else None
    row = row_of(one, newest, actor, bodies)
    keeps = is_secretariat(actor) and actor.community_id == one.community_id
    why_not = reason(check_may_report, actor, one, bodies) if actor.community_id == one.community_id else ""
    may_report = actor.community_id == one.community_id and not why_not
    links = joined([Ref(FOLLOW_UP, one.pk)], actor)[Ref(FOLLOW_UP, one.pk)] if actor.is_known else []
    helpers = list(one.helpers.select_related("party", "body"))
    context: dict[str, Any] = {
        "one": one,
        "row": row,
        "decision": one.point.decision,
        "deadline": deadline_in_words(one.due, row.days_late),
        "reports": reports,
        "ways": ways(actor, "governance:follow-up-list"),
        "acts": _acts(one, keeps) if may_report else [],
        "is_asked": answers_for(actor, one, bodies) or (keeps and one.state == FollowUpState.DELIVERED),
        "keeps": keeps,
        "why_not": why_not if one.state not in SETTLED else "",
        "say": bound.get("say", SentenceForm()),
        "helpers": helpers,
        "nodes": _nodes(one, links, actor),
        "history": _history(one, actor) if actor.community_id == one.community_id else [],
        "carrying": _carrying(one, actor),
        "bound": bool(bound),
    }
    if keeps:
        context |= _kept(request, one, helpers, links, actor, bound)
    return render(request, "governance/follow_ups/follow_up.html", context, status=422 if bound else 200)


def _acts(one: FollowUp, keeps: bool) -> list[dict[str, Any]]:
    """Buttons, the most likely first: what is posted, and the words."""
    state = FollowUpState(one.state)
    onward = FOLLOW_UP_TRANSITIONS[state]
    acts: list[tuple[str, object]] = []
    if state == FollowUpState.DELIVERED and keeps:
        acts = [(FollowUpState.COMPLETED.value, _("Confirm that it is done")), (BACK, _("Not finished yet"))]
    elif state == FollowUpState.COMPLETED:
        acts = [(BACK, _("Not finished yet"))] if keeps else []
    else:
        if state in {FollowUpState.STARTED, FollowUpState.NEEDS_HELP}:
            acts.append((state.value, _("Still: %(word)s") % {"word": state.label}))
        for to in (FollowUpState.STARTED, FollowUpState.DELIVERED, FollowUpState.NEEDS_HELP):
            if to in onward and to != state:
                acts.append((to.value, to.label))
        if keeps and FollowUpState.COMPLETED in onward:
            acts.append((FollowUpState.COMPLETED.value, FollowUpState.COMPLETED.label))
    return [{"value": value, "label": label} for value, label in acts]


def _nodes(one: FollowUp, links: list[Joined], actor: Actor) -> list[dict[str, Any]]:
    """The thread: case, decision, meeting, here, and what it is carried out as."""
    decision = one.point.decision
    meeting = decision.item.meeting
    refs = [Ref("governance.decision", decision.pk), Ref("governance.meeting", meeting.pk)]
    if decision.case_id:
        refs.append(Ref("governance.case", decision.case_id))
    seen = resolve(refs, actor)

    def url(kind: str, number: int | None) -> str:
        found = seen.get(Ref(kind, number or 0))
        return found.url if found else ""

    nodes = []
    if decision.case and (decision.case.community_id == actor.community_id or decision.case.is_open):
        nodes.append(
            {
                "k": _("Case"),
                "title": decision.case.title,
                "note": decision.case.reference,
                "url": url("governance.case", decision.case_id),
            }
        )
    nodes += [
        {
            "k": _("Meeting"),
            "title": f"{decision.body}, {long_day(meeting.day)}",
            "note": "",
            "url": url("governance.meeting", meeting.pk),
        },
        {
            "k": _("Decision"),
            "title": f"{decision.body} {decision.item.reference}".strip(),
            "note": long_day(decision.decided_on),
            "url": url("governance.decision", decision.pk)
            or reverse("governance:carrying", args=[decision.pk]),
        },
        {"k": _("Follow-up"), "title": _("You are here"), "note": "", "url": "", "at": "now"},
    ]
    for link in links:
        if link.target:
            nodes.append(
                {
                    "k": link.label,
                    "title": link.target.title,
                    "note": link.target.state,
                    "url": link.target.url,
                }
            )
    return nodes


def _history(one: FollowUp, actor: Actor) -> list[dict[str, Any]]:
    """What was done to it besides what was said of it, newest first, with a way back for each."""
    events = acts_on(FOLLOW_UP_TABLE, [one.pk], actor)
    here = reverse("governance:follow-up", args=[one.pk])
    return [
        {"text": text, "event": event, "undo": undo_address(one, event, here) if number == 0 else ""}
        for number, event in enumerate(events)
        if (text := act_in_words(event))
    ]


FOLLOW_UP_TABLE = FollowUp._meta.label_lower


def undo_address(one: FollowUp, event: AuditEvent, here: str) -> str:
    if event.act in {"follow_up.undo", "follow_up.begin"}:
        return ""
    return address(reverse("governance:undo-follow-up", args=[one.pk, event.pk]), {"neste": here})


def _carrying(one: FollowUp, actor: Actor) -> dict[str, Any] | None:
    """Where the parties stand with the point, as marks and a sentence; None when it binds nobody."""
    found = point_row(one.point, actor)
    if not found.standings:
        return None
    silent = sum(standing.waits for standing in found.standings.values())
    return {
        "heading": point_heading(found.progress, silent),
        "pips": [standing.shown.glyph for standing in found.standings.values()],
        "url": reverse("governance:carrying-point", args=[one.point.decision_id, one.point_id]),
        "silent": [standing.party for standing in found.standings.values() if standing.waits],
    }


def _kept(
    request: HttpRequest,
    one: FollowUp,
    helpers: list[FollowUpHelper],
    links: list[Joined],
    actor: Actor,
    bound: dict[str, forms.Form],
) -> dict[str, Any]:
    """What the secretariat changes: who answers and when, who helps, an end, what it is joined to."""
    choices = answerable_choices(one.community_id)
    helping = [
        f"party:{helper.party_id}" if helper.party_id else f"body:{helper.body_id}" for helper in helpers
    ]
    words = request.GET.get("tiltak", "").strip()
    return {
        "assign": bound.get(
            "assign", AssignForm(choices=choices, initial={"answerable": answers(one), "due": one.due})
        ),
        "helpers_form": bound.get("helpers", HelpersForm(choices=choices, initial={"helpers": helping})),
        "end": bound.get("end", EndForm(choices=later_decisions(one, actor))),
        "may_join": bool(STATUS_TAKERS.all()),
        "words": words,
        "hits": _hits(words, links, actor),
        "joined": [link for link in links if link.kind == CARRIED_OUT_AS],
    }


def answers(one: FollowUp) -> str:
    if one.accountable_party_id:
        return f"party:{one.accountable_party_id}"
    return f"body:{one.accountable_body_id}"


def later_decisions(one: FollowUp, actor: Actor) -> list[tuple[str, str]]:
    decisions = (
        Decision.objects.visible_to(actor)
        .filter(
            community_id=one.community_id,
            state=DecisionState.ADOPTED,
            decided_on__gte=one.point.decision.decided_on,
        )
        .exclude(pk=one.point.decision_id)
        .select_related("body", "item")[:100]
    )
    return [("", "–")] + [
        (str(each.pk), f"{each.body} {each.item.reference}: {each}".replace("  ", " ")) for each in decisions
    ]


def _hits(words: str, links: list[Joined], actor: Actor) -> list[Any]:
    """What can take the status of a follow-up, of the actor's own community, by words."""
    if not words:
        return []
    already = {(link.other.kind, link.other.id) for link in links}
    name = actor.community.name if actor.community else ""
    return [
        hit
        for hit in search(words, actor).hits
        if STATUS_TAKERS.get(hit.kind) and hit.community == name and (hit.kind, hit.id) not in already
    ][:SHOWN_HITS]
