"""What was measured of a patient: as a table one can sort, as a file, and one value that may be set aside."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspill.care.actions.deciding import Wish
from samspill.care.actions.measuring import invalidate
from samspill.care.actions.opening import opening
from samspill.care.actions.working import episodes_of, working
from samspill.care.chart_forms import ReasonForm
from samspill.care.queries.measured import find_measured, measured_of
from samspill.care.shown.measured import MOST, ORDERS, as_csv, in_order, row_of
from samspill.care.states import Act, Right
from samspill.care.views.patient_pages import about_patient, check_at_work
from samspill.care.views.safety_net import actor_of
from samspill.refusal import Refused

WHAT, PART = "care.measurements", "measurements"
LOOK = Wish(part=PART)
FILE = "malinger.csv"


@about_patient
@require_safe
def measurements(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest MOST values, of all or of one thing (`hva`), in the order of `sorter`."""
    with opening(pk, by=actor_of(request), what=WHAT, wish=LOOK) as opened:
        check_at_work(opened)
        key, order = _key(request), request.GET.get("sorter", "-tid")
        found = measured_of(pk, indicator=key, most=MOST + 1)
        rows = in_order([row_of(one) for one in found[:MOST]], order)
        context = {
            "patient": opened.patient,
            "rows": rows,
            "columns": _columns(order, key),
            "only": "" if key is None else f"hva={key}",
            "name": rows[0].name if rows and key is not None else "",
            "is_cut": len(found) > MOST,
            "most": MOST,
        }
        return render(request, "care/chart/measurements.html", context)


def _key(request: HttpRequest) -> int | None:
    """The thing that is asked for; None for all."""
    said = request.GET.get("hva", "")
    return int(said) if said.isdecimal() and len(said) < 19 else None


def _columns(order: str, key: int | None) -> list[dict[str, object]]:
    """Pressed again, a column is turned."""
    kept = "" if key is None else f"&hva={key}"
    return [
        {
            "name": name,
            "is_number": column == "verdi",
            "href": f"?sorter={'-' if order == column else ''}{column}{kept}",
            "sort": {column: "ascending", f"-{column}": "descending"}.get(order, ""),
        }
        for column, name in ORDERS.items()
    ]


@about_patient
@require_safe
def measurements_file(request: HttpRequest, pk: int) -> HttpResponse:
    """All, or of one thing. The file's name tells nothing of whom it is about; that it is taken is logged."""
    with opening(pk, by=actor_of(request), what=WHAT, act=Act.EXPORT, wish=LOOK) as opened:
        check_at_work(opened)
        found = measured_of(pk, indicator=_key(request))
        made = as_csv(found)
    response = HttpResponse(made, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


@about_patient
@require_http_methods(["GET", "POST"])
def measurement(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One value, where it came from and what it was held to be; set aside, or let count again."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _mark(request, pk, number, form.cleaned_data["reason"])
        except Refused as refused:
            if refused.forbidden:
                raise
            form.add_error(refused.field or None, refused.sentence)
        else:
            address = reverse("care:measurement", args=[pk, number])
            return HttpResponseRedirect(address, status=303)
    with opening(pk, by=actor_of(request), what=WHAT, wish=LOOK) as opened:
        check_at_work(opened)
        one = find_measured(pk, number)
        if one is None:
            raise _not_here()
        context: dict[str, Any] = {
            "patient": opened.patient,
            "one": one,
            "row": row_of(one),
            "marks": list(one.row.invalidations.all()),
            "form": form,
            "may_write": bool(episodes_of(opened)),
            "now": timezone.now(),
        }
        return render(request, "care/chart/measurement.html", context, status=422 if form.errors else 200)


def _mark(request: HttpRequest, pk: int, number: int, reason: str) -> None:
    actor, restores = actor_of(request), request.POST.get("act") == "restore"
    with working(pk, by=actor, what=WHAT, right=Right.MEASURE, part=PART):
        one = find_measured(pk, number)
        if one is None:
            raise _not_here()
        invalidate(one.row, reason=reason, by=actor, restore=restores)
    said = _("The value counts again.") if restores else _("The value is set aside. It stays in the history.")
    messages.success(request, said)


def _not_here() -> Refused:
    return Refused(
        "measurement.not_here", _("There is no such value here. Choose one of the patient's."), forbidden=True
    )
