"""Every wording of a contribution or a joint answer: who wrote it, when, and what it changed."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor
from samspill.governance.models import Consultation, ConsultationQuestion, Contribution, JointText
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.consultations import find_consultation, standing_of
from samspill.governance.queries.wordings import of_rows
from samspill.governance.states import WRITTEN_IN, ConsultationState
from samspill.governance.views.consultations import frame
from samspill.governance.views.texts_shown import versions_of


def _question(request: HttpRequest, pk: int, question: int) -> ConsultationQuestion:
    """For those who may contribute: what stood before is not for those outside."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_consultation(pk, actor)
    check_may_act(actor, "consultations.contribute", found)
    rows = ConsultationQuestion.objects.visible_to(actor).select_related("consultation__community")
    return get_object_or_404(rows, pk=question, consultation=found)


@login_required
@require_safe
def contribution(request: HttpRequest, pk: int, question: int, who: str) -> HttpResponse:
    """What one writer has said to a question, the newest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = _question(request, pk, question)
    writers = standing_of(asked.consultation, actor).writers
    writer = next((one for one in writers if one.key == who), None)
    if writer is None:
        raise Http404
    rows = Contribution.objects.visible_to(actor).filter(question=asked, **writer.keys).order_by("pk")
    back = reverse("governance:consultation-contributions", args=[pk])
    return _page(request, asked, list(rows), f"{back}?for={who}#q{question}", writer=writer.name)


@login_required
@require_safe
def joint_text(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """The joint answer to a question, the newest first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = _question(request, pk, question)
    rows = JointText.objects.visible_to(actor).filter(question=asked).order_by("pk")
    return _page(request, asked, list(rows), _where(asked.consultation, question))


def _where(consultation: Consultation, question: int) -> str:
    """Where the answer is written, or, when that is over, where it is read."""
    if ConsultationState(consultation.state) in WRITTEN_IN:
        return reverse("governance:joint-text", args=[consultation.pk, question])
    return f"{reverse('governance:consultation', args=[consultation.pk])}#svar-{question}"


def _page(
    request: HttpRequest, asked: ConsultationQuestion, rows: Sequence[Any], back: str, writer: str = ""
) -> HttpResponse:
    if not rows:
        raise Http404
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        **frame(asked.consultation, actor, ""),
        "question": asked,
        "writer": writer,
        "back": back,
        "versions": versions_of(rows),
        "stands": of_rows(rows).stands,
    }
    return render(request, "governance/consultations/versions.html", context)
