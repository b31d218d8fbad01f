"""The joint answer to a question: the contributions beside it, and what each paragraph rests on."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspill.directory.public import Actor
from samspill.governance.actions.compiling import (
    check_may_write_joint,
    mark_done,
    save_joint,
    settle_joint,
    take_in,
)
from samspill.governance.models import ConsultationQuestion, Contribution, JointText
from samspill.governance.queries.consultations import Asked, Standing, find_consultation, standing_of
from samspill.governance.queries.wordings import Saved, current_text
from samspill.governance.rules.answer_parts import parts_in, parts_of
from samspill.governance.rules.joint_text import paragraphs
from samspill.governance.views.acting_cases import do
from samspill.governance.views.answer_drawn import drawn
from samspill.governance.views.consultations import frame
from samspill.governance.views.drafting import CHOICES
from samspill.governance.views.texts_shown import TextShown, number, shown
from samspill.refusal import Refused


def _find(request: HttpRequest, pk: int, question: int) -> ConsultationQuestion:
    """The question, if the actor writes its joint answer now. Refuses otherwise."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    find_consultation(pk, actor)
    rows = ConsultationQuestion.objects.visible_to(actor).filter(consultation_id=pk)
    found = get_object_or_404(
        rows.select_related("consultation__community", "lead_party", "lead_body"), pk=question
    )
    check_may_write_joint(found, actor)
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def joint_text(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """The page; POST saves what is written. With htmx the part under the field comes back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = _find(request, pk, question)
    if request.method != "POST":
        return _page(request, asked)
    typed, based_on = _typed(request)
    try:
        saved = save_joint(asked, typed, based_on=based_on, by=actor)
    except Refused as refused:
        return _refused(request, asked, refused)
    if request.htmx or saved.is_beside:  # type: ignore[attr-defined]
        one = _shown(asked, saved, actor, typed=typed, was_saved=saved.row is not None)
        return _answer(request, asked, one)
    messages.success(request, _("It is saved."))
    return HttpResponseRedirect(reverse("governance:joint-text", args=[pk, question]), status=303)


def _typed(request: HttpRequest) -> tuple[str, int | None]:
    text = request.POST.get("text", "").replace("\r\n", "\n")
    return text, number(request.POST.get("based_on", ""))


def _refused(request: HttpRequest, asked: ConsultationQuestion, refused: Refused) -> HttpResponse:
    """What was typed stays in the field, with the reason under it."""
    if refused.forbidden:
        raise refused
    actor: Actor = request.actor  # type: ignore[attr-defined]
    typed, based_on = _typed(request)
    now = current_text(JointText, {"question": asked})
    return _answer(
        request, asked, _shown(asked, now, actor, typed=typed, based_on=based_on, error=refused.sentence)
    )


@require_POST
def take(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """«Ta med»: what is in the field is saved first, then the contribution stands below it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = _find(request, pk, question)
    wanted = number(request.POST.get("bidrag", "")) or 0
    contribution = get_object_or_404(Contribution.objects.visible_to(actor), pk=wanted, question=asked)
    try:
        saved = _save_first(request, asked)
        if saved.is_beside:
            return _page(request, asked, _shown(asked, saved, actor, was_saved=True))
        take_in(asked, contribution, based_on=saved.row.pk if saved.row else None, by=actor)
    except Refused as refused:
        return _refused(request, asked, refused)
    messages.success(request, _("It stands in the joint answer now, with its source."))
    return HttpResponseRedirect(f"{reverse('governance:joint-text', args=[pk, question])}#svar", status=303)


def _save_first(request: HttpRequest, asked: ConsultationQuestion) -> Saved[JointText]:
    """A press besides «Lagre» takes what is in the field along; one without a field takes what stands."""
    if "text" not in request.POST:
        return current_text(JointText, {"question": asked})
    typed, based_on = _typed(request)
    return save_joint(asked, typed, based_on=based_on, by=request.actor)  # type: ignore[attr-defined]


@require_POST
def done(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Ready, or with `tilbake` not after all; what is in the field is saved first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked, back = _find(request, pk, question), request.GET.get("tilbake") == "1"
    try:
        saved = _save_first(request, asked)
        if saved.is_beside:
            return _page(request, asked, _shown(asked, saved, actor, was_saved=True))
        mark_done(asked, is_done=not back, by=actor)
    except Refused as refused:
        return _refused(request, asked, refused)
    here = reverse("governance:joint-text", args=[pk, question])
    undo = "" if back else f"{reverse('governance:joint-text-done', args=[pk, question])}?tilbake=1"
    said = _("It is open for writing again.") if back else _("The answer to this question is ready.")
    messages.success(request, said, extra_tags=undo)
    return HttpResponseRedirect(here if back else reverse("governance:consultation", args=[pk]), status=303)


@require_POST
def settle(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = _find(request, pk, question)
    choice, beside, over = [*request.POST.get("choice", "").split(":"), "", ""][:3]

    def again(refused: Refused) -> HttpResponse:
        now = current_text(JointText, {"question": asked})
        return _page(request, asked, _shown(asked, now, actor, error=refused.sentence))

    return do(
        request,
        lambda: settle_joint(
            asked, beside=number(beside) or 0, over=number(over) or 0, choice=choice, by=actor
        ),
        said=_("It is saved. The other text stands among the earlier versions."),
        to=reverse("governance:joint-text", args=[pk, question]),
        again=again,
    )


def _shown(asked: ConsultationQuestion, saved: Saved[JointText], actor: Actor, **came: Any) -> TextShown:
    where = [asked.consultation_id, asked.pk]
    return shown(
        "svar",
        saved,
        actor,
        save_url=reverse("governance:joint-text", args=where),
        settle_url=reverse("governance:joint-text-settle", args=where),
        versions_url=reverse("governance:joint-text-versions", args=where),
        **came,
    )


def _answer(request: HttpRequest, asked: ConsultationQuestion, one: TextShown) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return _page(request, asked, one)
    standing = standing_of(asked.consultation, request.actor)  # type: ignore[attr-defined]
    context = {"one": one, "choices": CHOICES, "rests": _rests(one, standing), "with_rests": True}
    return render(request, "governance/consultations/saved.html", context, status=422 if one.error else 200)


def _rests(one: TextShown, standing: Standing) -> list[dict[str, Any]]:
    """Each paragraph that stands, and whom it rests on; `old`: those of them who have written anew."""
    stands = one.saved.stands
    if stands is None:
        return []
    names = standing.names()
    rows = []
    for place, part in enumerate(paragraphs(stands.text)):
        sources = stands.sources[place] if place < len(stands.sources) else []
        said = {names[pk][0]: names[pk][1] for pk in sources if pk in names}
        rows.append(
            {
                "parts": drawn(parts_in(part)),
                "names": list(said),
                "old": [n for n, is_old in said.items() if is_old],
            }
        )
    return rows


def _page(request: HttpRequest, asked: ConsultationQuestion, came: TextShown | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    standing = standing_of(asked.consultation, actor)
    here = next(one for one in standing.questions if one.question.pk == asked.pk)
    one = came or _shown(asked, current_text(JointText, {"question": asked}), actor)
    context = {
        **frame(asked.consultation, actor, ""),
        "asked": here,
        "one": one,
        "choices": CHOICES,
        "rests": _rests(one, standing),
        "with_rests": True,
        "said": _said(here, standing, one),
        "others": standing.questions,
        "silent": [writer.name for writer in standing.writers if writer.key not in here.said],
    }
    status = 422 if came and came.error else 200
    return render(request, "governance/consultations/joint_text.html", context, status=status)


def _said(asked: Asked, standing: Standing, one: TextShown) -> list[dict[str, Any]]:
    """The contributions, in the order of the writers; `is_in`: it stands in the joint text already."""
    stands = one.saved.stands
    used = {pk for rests in (stands.sources if stands else []) for pk in rests}
    return [
        {
            "writer": writer,
            "row": asked.said[writer.key],
            "parts": drawn(parts_of(asked.said[writer.key].text)),
            "is_in": asked.said[writer.key].pk in used,
        }
        for writer in standing.writers
        if writer.key in asked.said
    ]
