"""The page of a patient for those at work: what is open, measured and agreed, and what has happened."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samspill.care.actions.alert_steps import see_all
from samspill.care.actions.blocking import may_block
from samspill.care.actions.opening import Opened, opening
from samspill.care.actions.working import episodes_of
from samspill.care.drawings.graph import whole_days
from samspill.care.entered_values import kept_code
from samspill.care.models import SafetyNetPlan
from samspill.care.queries.alert_cards import open_alerts
from samspill.care.queries.chart import (
    age_on,
    assessments_of,
    contacts_of,
    first_measured,
    hides_field,
    notes_of,
    pauses_now,
    plans_in_force,
    why_open,
)
from samspill.care.queries.measured import Watched, watched_of
from samspill.care.queries.medication import PART as MEDICATION
from samspill.care.queries.medication import list_in_use
from samspill.care.queries.timeline import KINDS, kinds_seen, read_place, timeline
from samspill.care.shown.agreed import agreed_of, changes_of, looks_of
from samspill.care.shown.graphs import graph_of
from samspill.care.shown.profile import rows_of
from samspill.care.shown.timeline import days_of
from samspill.care.views.patient_pages import about_patient, check_at_work, is_at_work, to_own_page
from samspill.care.views.safety_net import actor_of, name_of
from samspill.directory.public import Actor

WHAT = "care.patient"
FIRST = 12  # of the timeline
DAYS = {"7": 7, "14": 14, "90": 90, "alt": 0}
USUAL = "14"
SAID = {
    "7": gettext_lazy("7 days"),
    "14": gettext_lazy("14 days"),
    "90": gettext_lazy("90 days"),
    "alt": gettext_lazy("All"),
}


@about_patient
@require_safe
def patient_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    with opening(pk, by=actor, what=WHAT) as opened:
        if not is_at_work(opened):
            return to_own_page()
        chosen = request.GET.get("dager", USUAL)
        context = _head(opened, actor) | _shown(opened, actor, chosen if chosen in DAYS else USUAL)
        see_all(context["alerts"], by=actor)
        return render(request, "care/chart/patient.html", context)


def _head(opened: Opened, actor: Actor) -> dict[str, Any]:
    patient, episodes = opened.patient, episodes_of(opened)
    return {
        "patient": patient,
        "age": age_on(patient.birth_date, patient.died_on or actor.today),
        "reasons": list(dict.fromkeys(one.reason for one in episodes)),
        "place": "" if hides_field(opened, "place") else patient.municipality or "",
        "why_open": why_open(opened),
        "may_write": bool(episodes),
        "may_write_blocks": bool(episodes) and may_block(opened),
    }


def _shown(opened: Opened, actor: Actor, chosen: str) -> dict[str, Any]:
    pk, now = opened.patient.pk, timezone.now()
    plans = [] if opened.hides("safety_net") else plans_in_force(pk)
    page = timeline(pk, until=now, hidden=opened.hides, size=FIRST)
    return {
        "alerts": open_alerts(pk, opened.hides),
        "graphs": [] if opened.hides("measurements") else _graphs(pk, chosen, now, plans),
        "ranges": [(key, said, key == chosen) for key, said in SAID.items()],
        "agreed": agreed_of(plans, now),
        "plans": [(one, name_of(one.problem)) for one in plans],
        "days": days_of(page.items, actor.today),
        "has_more": page.after is not None,
        "pauses": pauses_now(pk, now),
        "medication": None if opened.hides(MEDICATION) else list_in_use(pk),
        "notes": [] if opened.hides("notes") else notes_of(pk),
        "contacts": contacts_of(opened),
        "profile": [] if opened.hides("assessments") else rows_of(assessments_of(pk)),
        "me": actor.account_id,
        "now": now,
    }


def period_of(chosen: str, now: datetime, first: datetime | None) -> tuple[datetime, datetime]:
    """Whole days until the end of today; «alt» from the first that was measured."""
    days = DAYS[chosen]
    if not days:
        days = max((timezone.localdate(now) - timezone.localdate(first)).days + 1, 7) if first else 7
    return whole_days(now, days)


def _graphs(pk: int, chosen: str, now: datetime, plans: list[SafetyNetPlan]) -> list[Any]:
    looks, changes = looks_of(plans), changes_of(plans)
    first = None if DAYS[chosen] else first_measured(pk)
    start, end = period_of(chosen, now, first)
    watched = watched_of(pk, start=start, end=end, now=now)
    return [
        graph_of(one, start=start, end=end, now=now, looks=looks, planned=changes.get(_code(one)))
        for one in watched
    ]


def _code(one: Watched) -> str:
    return kept_code(one.indicator.code)


@about_patient
@require_safe
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """All that has happened, a page at a time; of one kind when `vis` says which."""
    actor = actor_of(request)
    with opening(pk, by=actor, what="care.timeline") as opened:
        check_at_work(opened)
        seen = kinds_seen(opened.hides)
        kind = request.GET.get("vis", "")
        kind = kind if kind in seen else ""
        place = read_place(request.GET.get("fra", ""))
        page = timeline(pk, until=timezone.now(), after=place, kind=kind, hidden=opened.hides)
        context = {
            "patient": opened.patient,
            "days": days_of(page.items, actor.today),
            "after": str(page.after) if page.after else "",
            "kind": kind,
            "kinds": [("", _("Everything"), not kind), *((one, KINDS[one], one == kind) for one in seen)],
            "is_later": place is not None,
        }
        return render(request, "care/chart/events.html", context)
