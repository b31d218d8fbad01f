"""The control of an organisation's log: what waits for review, what the rules found, and a file of it."""

import csv
import io
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspill.care.access_states import EmergencyReason, ReviewOutcome
from samspill.care.access_words import kind, noticed, stopped
from samspill.care.actions.reviewing import control_of, review, waiting_reviews
from samspill.care.control_rules import control_rules
from samspill.care.models import AccessLogEntry, AccessReview
from samspill.care.queries.control import found, lines, name_of, refused
from samspill.care.views.private import actor_of, number_of, private
from samspill.directory.public import saved_file
from samspill.refusal import Refused

MOST = 100_000
"""Lines in a file."""


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def control(request: HttpRequest, tenant: int) -> HttpResponse:
    """The page; sent, the outcome of a review."""
    error: dict[str, object] = {}
    if request.method == "POST":
        given = request.POST.get("kontroll", "")
        try:
            review(
                number_of(given),
                tenant,
                outcome=request.POST.get("outcome", ""),
                words=request.POST.get("words", ""),
                by=actor_of(request),
                now=timezone.now(),
            )
        except Refused as refused_:
            if refused_.forbidden:
                raise
            error = {"error": refused_.sentence, "at": given, "words": request.POST.get("words", "")}
        else:
            messages.success(request, _("The review is kept, and the patient can read it."))
            return HttpResponseRedirect(reverse("care:control", args=[tenant]), status=303)
    return _page(request, tenant, error)


def _page(request: HttpRequest, tenant: int, error: dict[str, object]) -> HttpResponse:
    now = timezone.now()
    with control_of(tenant, by=actor_of(request)) as party:
        context = {
            "party": party,
            "reviews": [_shown(one, actor_of(request).account_id) for one in waiting_reviews(tenant)],
            "outcomes": ReviewOutcome.choices,
            "rules": found(tenant, now=now),
            "refused": [(one, stopped(one.code)) for one in refused(tenant, now=now)],
            "days": control_rules().days,
            "today": actor_of(request).today,
            **error,
        }
        return render(request, "care/access/control.html", context, status=422 if error else 200)


def _shown(one: AccessReview, me: int | None) -> dict[str, object]:
    return {
        "row": one,
        "patient": name_of(one),
        "reason": str(dict(EmergencyReason.choices).get(one.reason_code, "")),
        "is_mine": one.looked_by_id == me,
    }


@login_required
@private
@require_safe
def control_file(request: HttpRequest, tenant: int) -> HttpResponse:
    """Every line of the period, for those who look closer; patients by their number here, not by name."""
    since = timezone.now() - timedelta(days=control_rules().days)
    with control_of(tenant, by=actor_of(request)):
        rows = lines(tenant, since).order_by("at", "pk")[:MOST]
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        head = [
            _("Time"),
            _("Who"),
            _("Team"),
            _("Patient, by number here"),
            _("What"),
            _("Why"),
            _("Noticed"),
        ]
        writer.writerow(head)
        writer.writerows(_cells(one) for one in rows)
    return saved_file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "loggkontroll.csv")


def _cells(one: AccessLogEntry) -> list[str]:
    at = timezone.localtime(one.at).isoformat(timespec="seconds")
    names = [
        f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in (one.by_name, one.team_name)
    ]
    said = [kind(one.what), str(one.get_basis_display()), ", ".join(noticed(one.flags))]
    return [at, *names, str(one.patient_id), *said]
