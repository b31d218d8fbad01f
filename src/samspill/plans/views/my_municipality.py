"""«Min kommune»: what binds one party, and the same as a page open to everybody and as a case."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Party, address, bindings_of
from samspill.plans.permissions_carrying import check_may_implement
from samspill.plans.queries.matrix import STATE_IN_ADDRESS, number_in
from samspill.plans.queries.my_municipality import (
    Bound,
    bound,
    choices_of,
    code_of,
    find_open_party,
    party_of,
)
from samspill.plans.report.case import case_of, receivers
from samspill.plans.report.paper import paper_of
from samspill.plans.rules.carrying_out import next_states
from samspill.plans.states import STEPS, ImplementationState, ShownCarrying
from samspill.plans.views.documents_out import sent
from samspill.plans.wording_carrying import mine_heading
from samspill.refusal import reason

LANGUAGES = ("nb", "nn")


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The actor's own party; keepers choose any, others among their own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    party = party_of(actor, number_in(request.GET.get("part", "")))
    context: dict[str, Any] = {"choices": choices_of(actor), "party": party}
    if party is not None:
        found = bound(party, actor)
        context |= _context(request, party, found, reverse("plans:my-municipality"))
        bindings = bindings_of(party.pk, actor, context["here"])
        context |= {
            "may_tell": bool(found)
            and not reason(check_may_implement, actor, found[0].carried.measure, party.pk),
            "receivers": receivers(party),
            "case": reverse("plans:case") if found or bindings else "",
            "bindings": [
                render_to_string(one.brief.template, dict(one.brief.context), request) for one in bindings
            ],
            "code": code_of(party),
            "languages": LANGUAGES,
        }
    return render(request, "plans/mine/mine.html", context)


@require_safe
def open_view(request: HttpRequest, code: str) -> HttpResponse:
    """What binds a party in plans that are open, at an address that stays: the municipality's number."""
    party = find_open_party(code)
    found = bound(party, request.actor, only_open=True)  # type: ignore[attr-defined]
    context = {"party": party, "is_open": True}
    here = reverse("plans:party-plans", args=[code])
    return render(request, "plans/mine/mine.html", context | _context(request, party, found, here))


@login_required
@require_safe
def case(request: HttpRequest) -> HttpResponse:
    """«Lag sak»: a Word document in the målform of the party, or in the one that is asked for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    party = party_of(actor, number_in(request.GET.get("part", "")))
    if party is None:
        raise Http404
    language = request.GET.get("sprak", "")
    language = language if language in LANGUAGES else party.written_form
    with translation.override(language):
        to = receivers(party).get(request.GET.get("til", ""), receivers(party)["styret"])
        report = case_of(
            party,
            bound(party, actor),
            to,
            language=language,
            today=actor.today,
            bindings=bindings_of(party.pk, actor, reverse("plans:my-municipality")),
        )
        paper = paper_of(report, made_at=timezone.localtime(), ending="docx")
        return sent(paper, f"{slugify(to.title)}-{slugify(str(party))}-{actor.today}", "docx")


def _context(request: HttpRequest, party: Party, found: list[Bound], here: str) -> dict[str, Any]:
    kept = {key: value for key in ("part", "tilstand") if (value := request.GET.get(key, ""))}
    wanted = STATE_IN_ADDRESS.get(kept.get("tilstand", ""))
    back = address(here, kept)
    shown = [one for one in found if wanted in (None, one.standing.shown)]
    return {
        "heading": mine_heading(party, found),
        "legend": _legend(found, here, kept, wanted),
        "rows": [_row(one, back) for one in shown],
        "has_several_plans": len({one.carried.measure.plan_id for one in found}) > 1,
        "is_narrowed": wanted is not None,
        "all": address(here, {key: value for key, value in kept.items() if key != "tilstand"}),
        "here": back,
    }


def _legend(
    found: list[Bound], here: str, kept: dict[str, str], current: ShownCarrying | None
) -> list[dict[str, Any]]:
    counts = {one: sum(row.standing.shown == one for row in found) for one in ShownCarrying}
    others = {key: value for key, value in kept.items() if key != "tilstand"}
    return [
        {
            "g": one.glyph,
            "count": counts[one],
            "label": str(one.label).lower(),
            "current": one == current,
            "href": address(here, others if one == current else {**others, "tilstand": word}),
        }
        for word, one in STATE_IN_ADDRESS.items()
        if counts[one]
    ]


def _row(one: Bound, here: str) -> dict[str, Any]:
    measure, standing = one.carried.measure, one.standing
    numbers = [measure.plan_id, measure.pk]
    return {
        "bound": one,
        "measure": measure,
        "standing": standing,
        "url": reverse("plans:measure", args=numbers),
        "cell": address(reverse("plans:matrix-cell", args=[*numbers, standing.party.pk]), {"neste": here}),
        "tell": address(reverse("plans:tell", args=[*numbers, standing.party.pk]), {"neste": here}),
        "acts": _acts(one),
    }


def _acts(one: Bound) -> list[tuple[str, object, bool]]:
    """(state, word, is the same again): onward on the way, and the same again when that is long ago."""
    state = one.standing.state
    if state == ImplementationState.NOT_RELEVANT:
        return []
    onward = [step for step in next_states(state) if step in STEPS]
    if state in STEPS:
        here = STEPS.index(ImplementationState(state))
        onward = [step for step in onward if STEPS.index(step) > here]
    acts: list[tuple[str, object, bool]] = [(step.value, step.label, False) for step in onward]
    if state and one.standing.waits:
        acts.insert(0, (state, ImplementationState(state).label, True))
    return acts
