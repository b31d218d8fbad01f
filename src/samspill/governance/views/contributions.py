"""What a party or a body says to the questions: a page where each answer saves by itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.directory.public import Actor
from samspill.governance.actions.contributing import save_contribution, settle_contribution
from samspill.governance.models import Consultation, ConsultationQuestion, Contribution
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.consultations import (
    Standing,
    Writer,
    find_consultation,
    mine_of,
    standing_of,
)
from samspill.governance.queries.wordings import Saved, current_text, of_rows
from samspill.governance.rules.answer_parts import parts_of
from samspill.governance.states import ANSWERED_IN, ConsultationState
from samspill.governance.views.acting_cases import do
from samspill.governance.views.answer_drawn import drawn
from samspill.governance.views.consultations import frame
from samspill.governance.views.drafting import CHOICES
from samspill.governance.views.texts_shown import TextShown, number, shown
from samspill.refusal import Refused


def _find(request: HttpRequest, pk: int) -> Consultation:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_consultation(pk, actor)
    check_may_act(actor, "consultations.contribute", found)
    return found


@login_required
@require_safe
def contributions(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk), request.GET.get("for", ""))


def _page(request: HttpRequest, found: Consultation, who: str, came: TextShown | None = None) -> HttpResponse:
    """All questions for one writer; `came` is the answer that came back with an error or a second text."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    standing = standing_of(found, actor)
    mine = mine_of(standing, actor)
    writer = next((one for one in standing.writers if one.key == who), mine[0] if mine else None)
    may_write = writer in mine and ConsultationState(found.state) in ANSWERED_IN
    rows = _rows(standing, writer, actor, came) if writer else []
    context = {
        **frame(found, actor, "governance:consultation-contributions"),
        "standing": standing,
        "writer": writer,
        "mine": mine,
        "writers": standing.writers,
        "rows": rows,
        "written": sum(bool(row["asked"].said.get(writer.key)) for row in rows) if writer else 0,
        "may_write": may_write,
        "choices": CHOICES,
    }
    status = 422 if came and came.error else 200
    return render(request, "governance/consultations/contributions.html", context, status=status)


def _rows(standing: Standing, writer: Writer, actor: Actor, came: TextShown | None) -> list[dict[str, Any]]:
    found: dict[int, list[Contribution]] = {}
    here = Contribution.objects.visible_to(actor).filter(question__consultation=standing.consultation)
    for row in here.filter(**writer.keys).order_by("pk"):
        found.setdefault(row.question_id, []).append(row)
    rows = []
    for asked in standing.questions:
        one = _shown(asked.question, writer, of_rows(found.get(asked.question.pk, [])), actor)
        is_lead = bool(asked.lead and asked.lead.key == writer.key)
        rows.append(
            {
                "asked": asked,
                "one": came if came and came.id == one.id else one,
                "is_lead": is_lead,
                "parts": drawn(parts_of(one.text)),
            }
        )
    return rows


def _shown(
    question: ConsultationQuestion, writer: Writer, saved: Saved[Contribution], actor: Actor, **came: Any
) -> TextShown:
    where = [question.consultation_id, question.pk, writer.key]
    return shown(
        f"q{question.pk}",
        saved,
        actor,
        save_url=reverse("governance:contribution", args=where),
        settle_url=reverse("governance:contribution-settle", args=where),
        versions_url=reverse("governance:contribution-versions", args=where),
        **came,
    )


def _said(request: HttpRequest, pk: int, question: int, who: str) -> tuple[ConsultationQuestion, Writer]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _find(request, pk)
    writer = next((one for one in standing_of(found, actor).writers if one.key == who), None)
    if writer is None:
        raise Http404
    asked = get_object_or_404(found.questions.select_related("consultation__community"), pk=question)
    return asked, writer


@require_POST
def save(request: HttpRequest, pk: int, question: int, who: str) -> HttpResponse:
    """With htmx the line under the field comes back, and both texts when two wrote at once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked, writer = _said(request, pk, question, who)
    typed = request.POST.get("text", "").replace("\r\n", "\n")
    based_on = number(request.POST.get("based_on", ""))
    try:
        saved = save_contribution(asked, writer, typed, based_on=based_on, by=actor)
    except Refused as refused:
        now = current_text(Contribution, {"question": asked, **writer.keys})
        one = _shown(asked, writer, now, actor, typed=typed, based_on=based_on, error=refused.sentence)
        return _answer(request, asked, writer, one)
    if request.htmx or saved.is_beside:  # type: ignore[attr-defined]
        one = _shown(asked, writer, saved, actor, typed=typed, was_saved=saved.row is not None)
        return _answer(request, asked, writer, one)
    messages.success(request, _("It is saved."))
    return HttpResponseRedirect(_back(asked, writer), status=303)


def _back(asked: ConsultationQuestion, writer: Writer) -> str:
    address = reverse("governance:consultation-contributions", args=[asked.consultation_id])
    return f"{address}?for={writer.key}#q{asked.pk}"


def _answer(
    request: HttpRequest, asked: ConsultationQuestion, writer: Writer, one: TextShown
) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        context = {"one": one, "choices": CHOICES}
        return render(
            request, "governance/consultations/saved.html", context, status=422 if one.error else 200
        )
    return _page(request, asked.consultation, writer.key, one)


@require_POST
def settle(request: HttpRequest, pk: int, question: int, who: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked, writer = _said(request, pk, question, who)
    choice, beside, over = [*request.POST.get("choice", "").split(":"), "", ""][:3]

    def again(refused: Refused) -> HttpResponse:
        now = current_text(Contribution, {"question": asked, **writer.keys})
        return _page(
            request, asked.consultation, who, _shown(asked, writer, now, actor, error=refused.sentence)
        )

    return do(
        request,
        lambda: settle_contribution(
            asked, writer, beside=number(beside) or 0, over=number(over) or 0, choice=choice, by=actor
        ),
        said=_("It is saved. The other text stands among the earlier versions."),
        to=_back(asked, writer),
        again=again,
    )
