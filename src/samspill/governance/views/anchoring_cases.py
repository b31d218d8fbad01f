"""«Forankre i min region»: ask, answer, ask again, end a round, or decide not to wait."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor, Region
from samspill.governance.actions.anchoring import (
    answer_anchoring,
    ask_anchoring,
    chase_anchoring,
    close_anchoring,
    waive_anchoring,
)
from samspill.governance.actions.passage_states import passage_under_way
from samspill.governance.forms_cases import AnchoringForm, StanceForm, WaiveForm
from samspill.governance.models import AnchoringRound, Case
from samspill.governance.permissions import check_may_act, is_secretariat, may_act
from samspill.governance.queries.anchoring import (
    bar_of,
    bars_of,
    next_meeting_day,
    parties_asked,
    regions_to_ask,
)
from samspill.governance.queries.cases import case_for, find_case
from samspill.governance.queries.voices import municipalities_of
from samspill.governance.rules.anchoring import proposed_due
from samspill.governance.states import ENDED, CaseState
from samspill.governance.views.acting_cases import do
from samspill.governance.views.anchoring_drawn import drawn
from samspill.governance.views.cases import frame
from samspill.governance.views.refusing import put_on
from samspill.governance.wording_cases import GLYPHS
from samspill.refusal import Refused


def _find(request: HttpRequest, pk: int) -> Case:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    check_may_act(actor, "cases.anchor", case)
    if not case_for(case, actor).may_read:
        raise Refused("case.closed", _("This case is closed for you."), forbidden=True)
    return case


def _round(case: Case, pk: int) -> AnchoringRound:
    return get_object_or_404(case.anchoring_rounds.select_related("case", "region"), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anchoring(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom one asks, by when and about what, all proposed; POST asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    regions = _regions(actor)
    if request.method != "POST":
        return _page(request, case, AnchoringForm(regions=regions, initial=_proposed(case, actor, regions)))
    form = AnchoringForm(request.POST, regions=regions)
    if not form.is_valid():
        return _page(request, case, form)
    typed = form.cleaned_data
    region = Region.objects.get(pk=typed["region"]) if typed["region"] else None
    return do(
        request,
        lambda: ask_anchoring(case, region=region, due=typed["due"], question=typed["question"], by=actor),
        said=_("The municipalities are asked. Their answers land here by themselves."),
        to=reverse("governance:case", args=[pk]) + "#svar",
        again=lambda refused: _again(request, case, form, refused),
    )


def _regions(actor: Actor) -> list[tuple[str, str]]:
    mine = municipalities_of(actor)
    return [(str(pk), name) for pk, name in regions_to_ask(actor, mine, every=is_secretariat(actor))]


def _proposed(case: Case, actor: Actor, regions: list[tuple[str, str]]) -> dict[str, Any]:
    """The own region for a member, all for the secretariat; three days before the next meeting."""
    passage = passage_under_way(case)
    body_id = passage.body_id if passage else case.proposed_body_id
    due = proposed_due(next_meeting_day(body_id, actor.today), actor.today)
    own = regions[0][0] if regions and not is_secretariat(actor) else ""
    return {"region": own, "due": due, "question": case.question or case.asks[:500]}


def _again(request: HttpRequest, case: Case, form: forms.Form, refused: Refused) -> HttpResponse:
    put_on(form, refused)
    return _page(request, case, form)


def _page(
    request: HttpRequest, case: Case, form: forms.Form, *, waive: forms.Form | None = None, error: str = ""
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    bars = bars_of(case, actor, municipalities_of(actor))
    context = {
        **frame(case_for(case, actor), actor, "governance:anchoring"),
        "form": form,
        "may_ask": CaseState(case.state) not in ENDED,
        "waive": waive or WaiveForm(),
        "may_waive": may_act(actor, "cases.prepare", case) and CaseState(case.state) not in ENDED,
        "bars": [drawn(bar, actor) for bar in bars],
        "error": error,
    }
    status = 422 if error or form.errors or (waive and waive.errors) else 200
    return render(request, "governance/cases/anchoring_page.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int, round_pk: int) -> HttpResponse:
    """Answer for one's municipality, or read what one has answered."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    found = _round(case, round_pk)
    parties = _own_parties(found, actor)
    if request.method != "POST":
        return _answer_page(request, found, StanceForm(parties=parties))
    form = StanceForm(request.POST, parties=parties)
    if not form.is_valid():
        return _answer_page(request, found, form)
    typed = form.cleaned_data
    party = next(one for one in parties_asked(found, actor.today) if str(one.pk) == typed["party"])

    def again(refused: Refused) -> HttpResponse:
        put_on(form, refused)
        return _answer_page(request, found, form)

    return do(
        request,
        lambda: answer_anchoring(
            found, party=party, stance=typed["stance"], remark=typed["remark"], by=actor
        ),
        said=_("Thank you. The answer of %(party)s stands at the case now.") % {"party": party},
        to=reverse("governance:case", args=[pk]) + "#svar",
        again=again,
    )


def _own_parties(found: AnchoringRound, actor: Actor) -> list[tuple[str, str]]:
    mine, every = municipalities_of(actor), is_secretariat(actor)
    asked = parties_asked(found, actor.today)
    return [(str(one.pk), str(one)) for one in asked if every or one.pk in mine]


def _answer_page(request: HttpRequest, found: AnchoringRound, form: StanceForm) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    bar = bar_of(found, actor.today, municipalities_of(actor))
    context = {
        **frame(case_for(found.case, actor), actor, "governance:anchoring"),
        "round": found,
        "bar": drawn(bar, actor, newest=False),
        "form": form,
        "answered": [(GLYPHS[cell.stance], cell) for cell in bar.mine if cell.answer],
    }
    status = 422 if form.errors else 200
    return render(request, "governance/cases/anchoring_answer.html", context, status=status)


@require_POST
def chase(request: HttpRequest, pk: int, round_pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    found = _round(case, round_pk)
    told: list[int] = []

    def act() -> None:
        told.append(chase_anchoring(found, by=actor))

    return do(
        request,
        act,
        said=_Told(told),
        to=reverse("governance:case", args=[pk]) + "#svar",
        again=lambda refused: _page(request, case, _blank(case, actor), error=refused.sentence),
    )


class _Told:
    """How many were asked again, said after it is done."""

    def __init__(self, mails: list[int]) -> None:
        self.mails = mails

    def __str__(self) -> str:
        count = sum(self.mails)
        if not count:
            return _("They have been asked today already.")
        return ngettext("One person is asked again.", "%(count)s people are asked again.", count) % {
            "count": count
        }


def _blank(case: Case, actor: Actor) -> AnchoringForm:
    regions = _regions(actor)
    return AnchoringForm(regions=regions, initial=_proposed(case, actor, regions))


@require_POST
def end(request: HttpRequest, pk: int, round_pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    found = _round(case, round_pk)
    return do(
        request,
        lambda: close_anchoring(found, by=actor),
        said=_("The round is over."),
        to=reverse("governance:case", args=[pk]) + "#svar",
        again=lambda refused: _page(request, case, _blank(case, actor), error=refused.sentence),
    )


@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    form = WaiveForm(request.POST)
    if not form.is_valid():
        return _page(request, case, _blank(case, actor), waive=form)

    def again(refused: Refused) -> HttpResponse:
        put_on(form, refused)
        return _page(request, case, _blank(case, actor), waive=form)

    return do(
        request,
        lambda: waive_anchoring(case, because=form.cleaned_data["because"], by=actor),
        said=_("One does not wait for the municipalities. The reason stands at the case."),
        to=reverse("governance:case", args=[pk]) + "#svar",
        again=again,
    )
