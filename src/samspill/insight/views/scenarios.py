"""The room of scenarios: the list, one scenario, and several side by side."""

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Community, acts_on
from samspill.insight.actions.calculations import is_current
from samspill.insight.actions.comparing import question_of
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.comparison import KEY as COMPARISON
from samspill.insight.held import answer_held
from samspill.insight.models import DataPack, Scenario
from samspill.insight.models.scenarios import LONGEST_NAME, SCENARIO
from samspill.insight.permissions import check_may_act
from samspill.insight.provenance import withdrawn_in_words
from samspill.insight.queries.figures import pack_in_use
from samspill.insight.queries.scenarios import Line, scenario_at, scenarios_of, scenarios_to_compare
from samspill.insight.retelling import codes_in, kind_of, names_in, names_of_codes, tell
from samspill.insight.shown.answers import kept_files, show_answer
from samspill.insight.telling import Asked
from samspill.insight.views.answering import answer_page
from samspill.insight.wording.acts import act_in_words
from samspill.refusal import Refused, reason


@require_safe
def scenario_list(request: HttpRequest, slug: str) -> HttpResponse:
    return list_page(request, get_object_or_404(Community, slug=slug))


def list_page(request: HttpRequest, community: Community, *, refused: Refused | None = None) -> HttpResponse:
    """Scenarios by what they calculate. `refused`: why those that were chosen cannot be compared."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    lines = scenarios_of(community, actor)
    away = scenarios_of(community, actor, is_away=True)
    names = names_in([line.newest.calculation for line in [*lines, *away]])
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        groups[line.scenario.kind].append(_row(line, names))
    context = {
        "shown_community": community,
        "count": len(lines),
        "groups": [
            {"kind": kind, "label": CALCULATIONS[kind].label if kind in CALCULATIONS else kind, "rows": rows}
            for kind, rows in sorted(groups.items())
        ],
        "away": [_row(line, names) for line in away],
        "chosen": _numbers(request),
        "refused": refused.sentence if refused else "",
    }
    return render(request, "insight/scenarios/list.html", context, status=422 if refused else 200)


def _row(line: Line, names: dict[str, str]) -> dict[str, Any]:
    calculation = line.newest.calculation
    told = tell(calculation, names) if calculation.kind in CALCULATIONS else None
    return {
        "scenario": line.scenario,
        "version": line.newest,
        "answer": told.heading if told else "",
        "withdrawn": calculation.pack.is_withdrawn,
    }


@require_safe
def scenario(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return scenario_page(request, find_scenario(request, slug, number))


def find_scenario(request: HttpRequest, slug: str, number: int) -> Scenario:
    community = get_object_or_404(Community, slug=slug)
    found = scenario_at(community, number, request.actor)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def scenario_page(request: HttpRequest, found: Scenario, *, refused: Refused | None = None) -> HttpResponse:
    """A scenario as its newest version has it. `refused`: what could not be done with it, and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    versions = list(found.versions.all())
    calculation = versions[0].calculation
    how, in_use = kind_of(found.kind), DataPack.objects.standing().first()
    context = {
        "scenario": found,
        "kind": how.label,
        "versions": versions,
        "newest": versions[0],
        "calculation": calculation,
        "shown": show_answer(tell(calculation), kept_files(calculation.key)),
        "withdrawn": withdrawn_in_words(calculation),
        "is_current": in_use is not None and is_current(calculation, in_use),
        "cannot": reason(check_may_act, actor, "insight.scenario", found),
        "cannot_open": reason(check_may_act, actor, "insight.open", found),
        "is_own": actor.community_id == found.community_id,
        "try_on": how.page(found.community.slug, calculation.asked) if how.page else "",
        "history": _history(found, actor),
        "refused": refused,
        "typed": request.POST,
        "longest": LONGEST_NAME,
    }
    return render(request, "insight/scenarios/scenario.html", context, status=422 if refused else 200)


def _history(found: Scenario, actor: Actor) -> list[dict[str, Any]]:
    """What was done with it, for those of its community; newest first."""
    if actor.community_id != found.community_id:
        return []
    return [
        {"at": one.at, "by": one.by_name, "text": text}
        for one in acts_on(SCENARIO, [found.pk], actor)
        if (text := act_in_words(one))
    ]


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """`?s=1&s=2`: the scenarios side by side, calculated now; nothing is kept."""
    community = get_object_or_404(Community, slug=slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    lines = scenarios_to_compare(community, _numbers(request), actor)
    try:
        asked, found = answer_held(COMPARISON, question_of(lines), of=community)
    except Refused as refused:
        return list_page(request, community, refused=refused)
    told = kind_of(COMPARISON).tell(
        Asked(community, asked, found, _names(community, asked), pack_in_use().credit_of_population)
    )
    context = {
        "shown_community": community,
        "asked": asked,
    }
    return answer_page(request, "insight/scenarios/compare.html", context, told)


def _names(community: Community, asked: object) -> dict[str, str]:
    return names_of_codes(codes_in(asked), [community.pk])


def _numbers(request: HttpRequest) -> list[int]:
    """`s` of the address; what is no number is as if it were not there."""
    return [int(one) for one in request.GET.getlist("s") if one.isdecimal() and len(one) < 18]
