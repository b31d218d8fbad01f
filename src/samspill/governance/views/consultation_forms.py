"""«Ny høring» and its questions: read, looked through and moved about before anything is written."""

import io
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspill.directory.public import Actor
from samspill.governance.actions.consultations import (
    begin_consultation,
    change_consultation,
    change_questions,
    read_questions,
)
from samspill.governance.forms_consultations import (
    ConsultationForm,
    Row,
    changed,
    initial_of,
    rows_in,
    rows_of,
)
from samspill.governance.models import Consultation
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.consultations import find_consultation
from samspill.governance.rules.question_sets import typed_questions
from samspill.governance.states import QUESTIONS_CHANGE, ConsultationState
from samspill.governance.views.consultations import frame
from samspill.governance.views.refusing import put_on
from samspill.governance.views.uploading import sized
from samspill.refusal import Refused

READ, SAVE = "les", "lagre"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; what was read for looking through; or the hearing is there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_may_act(actor, "consultations.manage")
    if request.method != "POST":
        return _page(request, ConsultationForm(initial={"language": get_language() or "nb"}), [])

    def act(form: ConsultationForm, rows: list[Row]) -> Consultation:
        return begin_consultation(form.words, [said for _pk, said in rows], by=actor)

    return _posted(request, None, act)


sized_new = sized(new, files=1)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Words and days at any time before delivery; the questions until somebody is asked."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_consultation(pk, actor)
    check_may_act(actor, "consultations.manage", found)
    if request.method != "POST":
        return _page(request, ConsultationForm(initial=initial_of(found)), rows_of(found), found)

    def act(form: ConsultationForm, rows: list[Row]) -> Consultation:
        one = change_consultation(found, form.words, by=actor)
        if ConsultationState(one.state) in QUESTIONS_CHANGE:
            change_questions(one, rows, by=actor)
        return one

    return _posted(request, found, act)


sized_change = sized(change, files=1)


def _posted(
    request: HttpRequest,
    found: Consultation | None,
    act: Callable[[ConsultationForm, list[Row]], Consultation],
) -> HttpResponse:
    """What was pressed: read the questions, a row's own button, or write it all."""
    form = ConsultationForm(request.POST, request.FILES)
    rows, pressed = rows_in(request.POST), request.POST.get("gjor", SAVE)
    try:
        if pressed == READ:
            return _page(request, _unbound(form), [*rows, *_read(form)], found)
        if pressed != SAVE:
            return _page(request, _unbound(form), changed(rows, pressed), found)
        if not form.is_valid():
            return _page(request, form, rows, found)
        if not rows:
            rows = _read(form)  # pasted, and sent at once: looked through first
            return _page(request, _unbound(form), rows, found)
        made = act(form, rows)
    except Refused as refused:
        if refused.forbidden:
            raise
        form.is_valid()
        put_on(form, refused)
        return _page(request, form, rows, found)
    messages.success(request, _("It is saved.") if found else _("The hearing is registered."))
    return HttpResponseRedirect(reverse("governance:consultation", args=[made.pk]), status=303)


def _read(form: ConsultationForm) -> list[Row]:
    """The questions pasted or in the file; refuses when there is neither."""
    form.is_valid()
    file, text = form.files.get("file"), form.data.get("questions", "")
    if file:
        found = read_questions(
            file.file or io.BytesIO(),
            file.name or "",
            file.size or 0,
            limit_bytes=settings.PAPER_BYTES,
            scan=settings.VIRUS_SCAN,
        )
    else:
        found = typed_questions(text)
    if not found:
        raise Refused(
            "consultation.questions",
            _("There are no questions yet. Paste them, or choose the document they stand in."),
            field="questions",
        )
    return [(None, one) for one in found]


def _unbound(form: ConsultationForm) -> ConsultationForm:
    """What was typed so far, with nothing said about what is missing; the pasted text has become rows."""
    kept = {name: form.data.get(name, "") for name in form.fields if name not in {"file", "questions"}}
    return ConsultationForm(initial=kept)


def _page(
    request: HttpRequest, form: ConsultationForm, rows: list[Row], found: Consultation | None = None
) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        **(frame(found, actor, "governance:consultation-change") if found else {}),
        "form": form,
        "rows": [{"id": pk, "no": said.number, "said": said} for pk, said in rows],
        "consultation": found,
        "may_change": found is None or ConsultationState(found.state) in QUESTIONS_CHANGE,
        "here": reverse("governance:consultation-change", args=[found.pk])
        if found
        else reverse("governance:new-consultation"),
    }
    return render(request, "governance/consultations/form.html", context, status=422 if form.errors else 200)
