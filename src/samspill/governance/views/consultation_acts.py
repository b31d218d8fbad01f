"""Acts on a hearing: divide it, and each step on its way with the step back."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor, Body, parties_of
from samspill.governance.actions.approving_consultations import send_for_approval, take_back_sending
from samspill.governance.actions.compiling import compile_consultation, reopen
from samspill.governance.actions.delivering_consultations import (
    deliver,
    publish,
    take_back_delivery,
    unpublish,
)
from samspill.governance.actions.dividing import (
    SECRETARIAT,
    Reminded,
    ask_for_contributions,
    divide,
    remind_missing,
    take_back_asking,
    take_back_reminder,
    undivide,
)
from samspill.governance.actions.lifting_consultations import lift_for_approval
from samspill.governance.models import Consultation, ConsultationQuestion
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.consultations import (
    Standing,
    bodies_on,
    find_consultation,
    of_body,
    of_party,
    standing_of,
)
from samspill.governance.states import ANSWERED_IN, QUESTIONS_CHANGE, ConsultationState
from samspill.governance.views.consultations import draw, frame
from samspill.refusal import Refused


class Step(NamedTuple):
    """What is done, what is said then, and the word of the step back ("" without)."""

    act: Callable[..., object]
    said: str | Promise
    back: str = ""


STEPS = {
    "be": Step(ask_for_contributions, gettext_lazy("The parties are asked to contribute."), "be-tilbake"),
    "be-tilbake": Step(take_back_asking, gettext_lazy("Nobody is asked any more.")),
    "apne-fordeling": Step(undivide, gettext_lazy("The division is open again.")),
    "purr": Step(remind_missing, "", "purr-tilbake"),
    "purr-tilbake": Step(take_back_reminder, gettext_lazy("The reminder is not sent.")),
    "sammenstill": Step(compile_consultation, gettext_lazy("The answer is put together."), "gjenapne"),
    "gjenapne": Step(reopen, gettext_lazy("Contributions may come again.")),
    "hent-tilbake": Step(take_back_sending, gettext_lazy("The answer is taken back from approval.")),
    "lever": Step(deliver, gettext_lazy("The answer is marked as delivered."), "lever-tilbake"),
    "lever-tilbake": Step(take_back_delivery, gettext_lazy("The answer is not delivered after all.")),
    "publiser": Step(publish, gettext_lazy("Everybody can read the answer now."), "avpubliser"),
    "avpubliser": Step(unpublish, gettext_lazy("The answer is closed for those outside.")),
}


def _find(request: HttpRequest, pk: int) -> Consultation:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_consultation(pk, actor)
    check_may_act(actor, "consultations.manage", found)
    return found


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One of STEPS, by the word `steg` of the form or of the address (as undo sends it)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found, word = _find(request, pk), request.POST.get("steg") or request.GET.get("steg", "")
    if word not in STEPS:
        raise Http404
    one, only = STEPS[word], request.POST.get("bare", "")
    try:
        result = one.act(found, by=actor, **({"only": only} if word == "purr" else {}))
    except Refused as refused:
        if refused.forbidden:
            raise
        return draw(request, find_consultation(pk, actor), error=refused.sentence, field=refused.field)
    said, back = str(one.said), one.back
    if isinstance(result, Reminded):
        said, back = _reminded(result), one.back if result.told else ""
    undo = f"{reverse('governance:consultation-step', args=[pk])}?steg={back}" if back else ""
    messages.success(request, said, extra_tags=undo)
    return HttpResponseRedirect(reverse("governance:consultation", args=[pk]), status=303)


def _reminded(result: Reminded) -> str:
    """Who gets a mail, and who could not be reached."""
    said = []
    if result.told:
        said.append(_("Reminded: %(names)s.") % {"names": ", ".join(result.told)})
    if result.already:
        said.append(_("Reminded today already: %(names)s.") % {"names": ", ".join(result.already)})
    if result.unreachable:
        said.append(_("Nobody with an account: %(names)s.") % {"names": ", ".join(result.unreachable)})
    return " ".join(said) or _("Everybody has contributed.")


@require_POST
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the case for the body that was chosen, or send the one there is on to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found, number = _find(request, pk), request.POST.get("organ", "")
    pks = {one.pk for one in bodies_on(found, actor.today)}
    wanted = int(number) if number.isdecimal() and len(number) < 18 else 0
    try:
        if wanted not in pks:
            raise Refused("consultation.body", _("Choose the body that approves the answer."), field="organ")
        body = Body.objects.get(pk=wanted)
        is_lifted = found.state == ConsultationState.FOR_APPROVAL
        (lift_for_approval if is_lifted else send_for_approval)(found, body, by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        return draw(request, find_consultation(pk, actor), error=refused.sentence, field=refused.field)
    undo = "" if is_lifted else f"{reverse('governance:consultation-step', args=[pk])}?steg=hent-tilbake"
    messages.success(
        request, _("The answer lies in the queue of %(body)s.") % {"body": body}, extra_tags=undo
    )
    return HttpResponseRedirect(reverse("governance:consultation", args=[pk]), status=303)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def division(request: HttpRequest, pk: int) -> HttpResponse:
    """A row for each question with who leads it; one press gives the rest to the secretariat."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _find(request, pk)
    if request.method != "POST":
        return _page(request, found)
    questions = list(found.questions.all())
    names = {f"leder-{one.pk}": one.pk for one in questions}
    leads = {pk: request.POST.get(name, "") for name, pk in names.items() if name in request.POST}
    try:
        after = divide(found, leads, rest=request.POST.get("resten") == "1", by=actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        return _page(request, found, error=refused.sentence)
    if after.state == ConsultationState.RECEIVED:
        messages.success(request, _("It is saved."))
        return HttpResponseRedirect(reverse("governance:consultation-divide", args=[pk]), status=303)
    undo = f"{reverse('governance:consultation-step', args=[pk])}?steg=apne-fordeling"
    messages.success(
        request,
        _("Each question has somebody who leads it."),
        extra_tags=undo if after.state == ConsultationState.DIVIDED else "",
    )
    return HttpResponseRedirect(reverse("governance:consultation", args=[pk]), status=303)


def _page(request: HttpRequest, found: Consultation, error: str = "") -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    standing = standing_of(found, actor)
    context = {
        **frame(found, actor, "governance:consultation-divide"),
        "standing": standing,
        "rows": [{"asked": one, "chosen": _chosen(one.question)} for one in standing.questions],
        "choices": _choices(standing, actor),
        "may_change": ConsultationState(found.state) in QUESTIONS_CHANGE | ANSWERED_IN,
        "error": error,
    }
    return render(request, "governance/consultations/divide.html", context, status=422 if error else 200)


def _chosen(question: ConsultationQuestion) -> str:
    if question.led_by_secretariat:
        return SECRETARIAT
    if question.lead_party_id:
        return f"party-{question.lead_party_id}"
    return f"body-{question.lead_body_id}" if question.lead_body_id else ""


def _choices(standing: Standing, actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """(name of the group, [(key, name)]): parties and bodies; the secretariat stands first, by itself."""
    one = standing.consultation
    parties = [of_party(party) for party in parties_of(one.community, actor.today)]
    bodies = [of_body(body) for body in bodies_on(one, actor.today)]
    return [
        (_("Parties"), [(writer.key, writer.name) for writer in parties]),
        (_("Bodies"), [(writer.key, writer.name) for writer in bodies]),
    ]
