"""The medication list: read by all who may, gone through line by line and signed by those at work."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.care.actions.medication import (
    LOOK,
    WHAT,
    begin_list,
    check_list,
    continue_rest,
    opening_list_draft,
    paste,
    save_list,
    sign_list,
    sources_said,
    take_back_list,
    take_out,
    undo_list,
)
from samspill.care.actions.opening import Opened, opening
from samspill.care.medication_forms import ListPage, pasted_in, read_about, read_lines
from samspill.care.medication_states import ListState
from samspill.care.models import MedicationList
from samspill.care.queries.medication import find_list, groups, list_in_use, signed_lists
from samspill.care.views.patient_pages import about_patient, is_at_work
from samspill.care.views.safety_net import actor_of
from samspill.refusal import Refused


@about_patient
@require_safe
def medication(request: HttpRequest, pk: int) -> HttpResponse:
    """The list in use, and those before it."""
    with opening(pk, by=actor_of(request), what=WHAT, wish=LOOK) as opened:
        return _list_page(request, opened, list_in_use(pk))


@about_patient
@require_safe
def medication_list(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One that is signed. A draft is for who makes it."""
    with opening(pk, by=actor_of(request), what=WHAT, wish=LOOK) as opened:
        row = find_list(number, pk)
        if row.is_draft and row.tenant_id in opened.tenants and is_at_work(opened):
            return _to("care:reconcile", pk, number)
        if row.is_draft or not row.signed_at:
            raise Refused(
                "medication.not_here",
                _("This list is not signed. Look among the patient's lists."),
                forbidden=True,
            )
        return _list_page(request, opened, row)


def _list_page(request: HttpRequest, opened: Opened, row: MedicationList | None) -> HttpResponse:
    pk, at_work = opened.patient.pk, is_at_work(opened)
    drafts = MedicationList.objects.filter(patient_id=pk, state=ListState.DRAFT, tenant_id__in=opened.tenants)
    context: dict[str, Any] = {
        "patient": opened.patient,
        "row": row,
        "groups": groups(row.lines.all()) if row else [],
        "sources": sources_said(row.sources) if row else [],
        "earlier": [one for one in signed_lists(pk) if row is None or one.pk != row.pk],
        "draft": drafts.first() if at_work else None,
        "is_at_work": at_work,
        "is_own": opened.patient.account_id == actor_of(request).account_id,
        "is_ours": row is not None and at_work and row.tenant_id in opened.tenants,
        "is_mistake": row is not None and row.state == ListState.MISTAKE,
    }
    return render(request, "care/medication/list.html", context)


def _to(name: str, *args: int, place: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=args) + place, status=303)


@about_patient
@require_POST
def begin_medication(request: HttpRequest, pk: int) -> HttpResponse:
    made = begin_list(pk, by=actor_of(request), now=timezone.now())
    return _to("care:reconcile", pk, made.pk)


@about_patient
@require_http_methods(["GET", "POST"])
def reconcile(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """GET shows the draft. POST keeps what is written, and then does what was pressed."""
    if request.method != "POST":
        return _draft_page(request, pk, number)
    actor, act = actor_of(request), request.POST.get("act", "")
    if act == "undo":
        return _undo(request, pk, number)
    save_list(number, pk, read_lines(request.POST), about=read_about(request.POST), by=actor)
    if act in _ACTS:
        return _ACTS[act](request, pk, number)
    if act.startswith("out-") and act[4:].isdecimal() and len(act) < 9:
        take_out(number, pk, int(act[4:]), by=actor)
        messages.success(request, _("The line is taken out."))
        return _to("care:reconcile", pk, number, place="#linjer")
    return _draft_page(request, pk, number, is_saved=True)


def _paste(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """With nothing to paste, what is written is kept: the key Enter leads here too."""
    if not pasted_in(request.POST).strip():
        return _draft_page(request, pk, number, is_saved=True)
    came = paste(number, pk, pasted_in(request.POST), by=actor_of(request))
    said = ngettext("%(count)s line is added.", "%(count)s lines are added.", came) % {"count": came}
    messages.success(request, said)
    return _to("care:reconcile", pk, number, place="#linjer")


def _rest(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    continue_rest(number, pk, by=actor_of(request))
    messages.success(request, _("Everything that was not decided goes on as before."))
    return _to("care:reconcile", pk, number, place="#linjer")


def _undo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    is_undone = undo_list(number, pk, by=actor_of(request))
    messages.success(request, _("It is as it was before.") if is_undone else _("There is nothing to undo."))
    return _to("care:reconcile", pk, number, place="#linjer")


def _sign(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What stands in the box to paste in is not lost: it is lines first, to be decided."""
    if pasted_in(request.POST).strip():
        return _paste(request, pk, number)
    try:
        sign_list(number, pk, by=actor_of(request), now=timezone.now())
    except Refused as refused:
        if refused.code != "medication.not_ready":
            raise
        return _draft_page(request, pk, number, was_signed=True)
    messages.success(request, _("The list is signed."))
    return _to("care:medication", pk)


_ACTS = {"paste": _paste, "rest": _rest, "keep": _paste, "sign": _sign}


def _draft_page(
    request: HttpRequest, pk: int, number: int, *, is_saved: bool = False, was_signed: bool = False
) -> HttpResponse:
    with opening_list_draft(number, pk, by=actor_of(request)) as draft:
        missing = check_list(draft.row)
        errors = {one.field: one.sentence for one in missing} if was_signed else {}
        context = {
            "patient": draft.opened.patient,
            "row": draft.row,
            "page": ListPage(draft, errors),
            "missing": missing,
            "was_signed": was_signed,
            "is_saved": is_saved,
            "undecided": sum(not one.decision for one in draft.lines),
        }
        is_live = "HX-Request" in request.headers
        status = 422 if was_signed and not is_live else 200
        return render(request, "care/medication/draft.html", context, status=status)


@about_patient
@require_POST
def take_back_medication(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    reason = request.POST.get("reason", "").replace("\x00", "")
    take_back_list(number, pk, reason=reason, by=actor_of(request), now=timezone.now())
    messages.success(request, _("The list is taken back. It is kept, and is not in use."))
    return _to("care:medication", pk)
