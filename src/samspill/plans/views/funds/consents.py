"""«Be om samtykke»: who is asked, what each pays and says; and the sending when both sides have said yes."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor
from samspill.plans.actions.funds.applications import check_may_write, check_sendable, submit
from samspill.plans.actions.funds.consents import answer_consent, ask_consent
from samspill.plans.forms_funds import ConsentForm
from samspill.plans.fund_wording import consent_headline
from samspill.plans.models import Application, Endorsement
from samspill.plans.permissions import MAY
from samspill.plans.queries.funds.applications import (
    community_parties,
    find_application,
    shares_of,
    standing,
)
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.states import Consent
from samspill.plans.views.funds.acting import do
from samspill.refusal import Refused, reason

GLYPHS = {Consent.YES.value: "yes", Consent.REMARK.value: "but", Consent.NO.value: "no", "": "silent"}


@login_required
@require_safe
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    return consents_page(request, find_application(pk, request.actor))  # type: ignore[attr-defined]


def consents_page(
    request: HttpRequest, found: Application, *, error: str = "", form: ConsentForm | None = None, at: int = 0
) -> HttpResponse:
    """`form` came back with errors about the party `at`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    here = standing(found)
    writes = not reason(check_may_write, found, actor)
    context = {
        "application": found,
        "call": found.call,
        "heading": consent_headline(found, sum(bool(one.answer) for one in here), len(here)),
        "rows": [_row(one, actor, found, form if one.pk == at else None) for one in here],
        "withdrawn": Endorsement.objects.filter(application=found)
        .exclude(withdrawn_because="")
        .select_related("party"),
        "writes": writes,
        "candidates": _candidates(found, {one.party_id for one in here}) if writes else [],
        "why_not": reason(check_sendable, found, actor) if writes else "",
        "error": error,
    }
    return render(request, "plans/funds/consents.html", context, status=422 if error or form else 200)


def _row(one: Endorsement, actor: Actor, found: Application, form: ConsentForm | None) -> dict[str, Any]:
    is_yours = one.party_id in actor.party_ids and actor.has_role(*MAY["funds.endorse"])
    return {
        "one": one,
        "g": GLYPHS[one.answer],
        "label": Consent(one.answer).label if one.answer else _("Has not answered"),
        "share": kroner(one.total),
        "years": [(year, kroner(nok)) for year, nok in one.share.items()],
        "is_yours": is_yours and found.state in {"draft", "endorsed", "incomplete"},
        "form": form or ConsentForm(),
        "answers": [(word.value, word.label) for word in Consent],
    }


def _candidates(found: Application, asked: set[int]) -> list[dict[str, Any]]:
    """Parties that can be asked, those who pay and the applicant chosen already."""
    shares = shares_of(found)
    return [
        {
            "party": one,
            "share": kroner(sum(shares[one.pk].values())) if one.pk in shares else "",
            "is_chosen": one.pk in shares or one.pk == found.applicant_id,
        }
        for one in community_parties(found.community_id)
        if one.pk not in asked
    ]


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    chosen = [int(one) for one in request.POST.getlist("party") if one.isdecimal() and len(one) < 18]
    return do(
        request,
        lambda: ask_consent(found, parties=chosen, by=actor),
        said=_("They are asked. Each gets a mail that can be answered in two clicks."),
        to=reverse("plans:fund-consents", args=[pk]),
        again=lambda refused: consents_page(request, found, error=refused.sentence),
    )


@require_POST
def answer(request: HttpRequest, pk: int, endorsement: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    asked = next((one for one in standing(found) if one.pk == endorsement), None)
    if asked is None:
        raise Http404
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return consents_page(request, found, form=form, at=endorsement)

    def again(refused: Refused) -> HttpResponse:
        form.add_error(refused.field or None, refused.sentence)
        return consents_page(request, found, form=form, at=endorsement)

    return do(
        request,
        lambda: answer_consent(asked, by=actor, **form.cleaned_data),
        said=_("Thank you. Your answer stands on the application now."),
        to=reverse("plans:fund-consents", args=[pk]),
        again=again,
    )


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_application(pk, actor)
    return do(
        request,
        lambda: submit(found, by=actor),
        said=_("The application is sent. You will hear from the secretariat."),
        to=reverse("plans:fund-application", args=[pk]),
        again=lambda refused: consents_page(request, found, error=refused.sentence),
    )
