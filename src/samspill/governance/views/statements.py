"""Statements on a case, side by side; who is asked, and one's own."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor, Body, Organisation, Party, answerable_in
from samspill.governance.actions.statements import Asked, ask_statement, give_statement
from samspill.governance.forms_cases import AskStatementForm, StatementForm
from samspill.governance.models import Case
from samspill.governance.permissions import check_may_act, may_act
from samspill.governance.queries.cases import case_for, find_case
from samspill.governance.queries.statements import newest_statements, waiting_requests
from samspill.governance.queries.voices import Voice, voices_of
from samspill.governance.rules.briefs import statement_template
from samspill.governance.views.acting_cases import do
from samspill.governance.views.cases import frame
from samspill.governance.views.refusing import put_on
from samspill.governance.wording_cases import GLYPHS
from samspill.refusal import Refused

DAYS_TO_ANSWER = 14


def _find(request: HttpRequest, pk: int) -> Case:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = find_case(pk, actor)
    check_may_act(actor, "cases.draft", case)
    if not case_for(case, actor).may_read_closed:
        raise Refused("case.closed", _("This case is closed for you."), forbidden=True)
    return case


@login_required
@require_safe
def statements(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


def _page(
    request: HttpRequest,
    case: Case,
    *,
    give: StatementForm | None = None,
    ask: AskStatementForm | None = None,
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    voices = voices_of(actor)
    said = newest_statements(case, actor)
    context = {
        **frame(case_for(case, actor), actor, "governance:statements"),
        "said": [(GLYPHS[one.statement.stance] if one.statement.stance else "note", one) for one in said],
        "waiting": waiting_requests(case, actor),
        "give": give or (_blank(voices, actor) if voices else None),
        "is_user": any(one.is_user for one in voices),
        "ask": ask or _ask_form(case, actor),
        "may_ask": may_act(actor, "cases.prepare", case),
    }
    status = 422 if give or ask else 200
    return render(request, "governance/cases/statements.html", context, status=status)


def _blank(voices: list[Voice], actor: Actor) -> StatementForm:
    """A user representative begins from the template."""
    start = statement_template(get_language() or "nb").start if voices[0].is_user else ""
    return StatementForm(voices=[(one.key, one.name) for one in voices], initial={"text": start})


def _ask_form(case: Case, actor: Actor, data: Any = None) -> AskStatementForm:
    who = [(one.key, one.name) for one in answerable_in(case.community_id)]
    organisations = [(f"organisation:{one.pk}", one.name) for one in Organisation.objects.visible_to(actor)]
    initial = {"due": actor.today + timedelta(days=DAYS_TO_ANSWER)}
    return AskStatementForm(data, who=[*who, *organisations], initial=initial)


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    voices = voices_of(actor)
    form = StatementForm(request.POST, voices=[(one.key, one.name) for one in voices])
    if not form.is_valid():
        return _page(request, case, give=form)
    typed = form.cleaned_data
    voice = next(one for one in voices if one.key == typed["voice"])

    def again(refused: Refused) -> HttpResponse:
        put_on(form, refused)
        return _page(request, case, give=form)

    return do(
        request,
        lambda: give_statement(case, voice=voice, stance=typed["stance"], text=typed["text"], by=actor),
        said=_("Thank you. The statement stands at the case now."),
        to=reverse("governance:statements", args=[pk]),
        again=again,
    )


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    case = _find(request, pk)
    form = _ask_form(case, actor, request.POST)
    if not form.is_valid():
        return _page(request, case, ask=form)
    typed = form.cleaned_data

    def again(refused: Refused) -> HttpResponse:
        put_on(form, refused)
        return _page(request, case, ask=form)

    return do(
        request,
        lambda: ask_statement(
            case, who=[_asked(key) for key in typed["who"]], due=typed["due"], words=typed["words"], by=actor
        ),
        said=_("They are asked. What they answer lands here."),
        to=reverse("governance:statements", args=[pk]),
        again=again,
    )


def _asked(key: str) -> Asked:
    kind, _colon, number = key.partition(":")
    if kind == "party":
        return Asked(party=Party.objects.get(pk=number))
    if kind == "body":
        return Asked(body=Body.objects.get(pk=number))
    return Asked(organisation=Organisation.objects.get(pk=number))
