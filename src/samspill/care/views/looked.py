"""«Hvem har sett på meg»: the log in plain words, a file of it, and a question about a look."""

import csv
import io
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from samspill.care.actions.asking_about_looks import ask_about, is_own_side, is_themselves
from samspill.care.actions.opening import Opened, opening
from samspill.care.queries.access_log import PRIVATE, Shown, refused_about, reviews_about, shown
from samspill.care.states import Act
from samspill.care.views.private import actor_of, number_of, private
from samspill.directory.public import Actor, saved_file
from samspill.refusal import Refused

WHAT = "care.log"
HEAD = (
    gettext_lazy("Day"),
    gettext_lazy("Time"),
    gettext_lazy("Who"),
    gettext_lazy("Team"),
    gettext_lazy("Organisation"),
    gettext_lazy("What"),
    gettext_lazy("Why"),
    gettext_lazy("For"),
    gettext_lazy("Emergency access"),
    gettext_lazy("Own choice"),
)


@login_required
@private
@require_http_methods(["GET", "HEAD", "POST"])
def looked(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; sent, a question about one of its looks."""
    if request.method == "POST":
        return _ask(request, pk)
    with opening(pk, by=actor_of(request), what=WHAT) as opened:
        return render(request, "care/access/looked.html", _page(request, opened))


def _page(request: HttpRequest, opened: Opened) -> dict[str, object]:
    actor, pk = actor_of(request), opened.patient.pk
    is_own = is_own_side(opened)
    log = _shown(request, actor, pk, is_own=is_own)
    return {
        "patient": opened.patient,
        "is_own": is_own,
        "is_near": is_own and not is_themselves(opened),
        "log": log,
        "PRIVATE": PRIVATE,
        "organisation": request.GET.get("virksomhet", ""),
        "with_mine": "egne" in request.GET,
        "older": log.since - timedelta(days=1),
        "tried": refused_about(pk, since=log.since) if is_own else [],
        "reviews": reviews_about(pk) if is_own else [],
    }


def _shown(request: HttpRequest, actor: Actor, pk: int, *, is_own: bool) -> Shown:
    """Their own looks are left out for the patient's side, until they are asked for."""
    mine = actor.account_id if is_own and "egne" not in request.GET else None
    organisation = request.GET.get("virksomhet", "")[:160]
    until = _until(request)
    return shown(pk, today=actor.today, until=until, organisation=organisation, mine=mine)


def _until(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("til", ""))
    except ValueError:
        return None


def _ask(request: HttpRequest, pk: int) -> HttpResponse:
    given = request.POST.get("oppslag", "")
    entry = number_of(given)
    with opening(pk, by=actor_of(request), what=WHAT) as opened:
        try:
            ask_about(opened, entry, request.POST.get("question", ""), by=actor_of(request))
        except Refused as refused:
            if refused.forbidden:
                raise
            context = {**_page(request, opened), "error": refused.sentence, "asked": entry,
                       "question": request.POST.get("question", "")}  # fmt: skip
            return render(request, "care/access/looked.html", context, status=422)
    messages.success(request, _("Your question is sent. The answer comes on this page."))
    return HttpResponseRedirect(reverse("care:looked", args=[pk]), status=303)


@login_required
@private
@require_safe
def looked_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a table to take along; its name tells nothing of whom it is about."""
    actor = actor_of(request)
    with opening(pk, by=actor, what=WHAT, act=Act.EXPORT) as opened:
        log = _shown(request, actor, pk, is_own=is_own_side(opened))
        return saved_file(_csv(log), "text/csv; charset=utf-8", "innsynslogg.csv")


def _csv(log: Shown) -> bytes:
    """Semicolons and a byte order mark, as the other tables; a name that looks like a formula is text."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([str(name) for name in HEAD])
    for day in log.days:
        for one in day.looks:
            times = ", ".join(f"{at:%H:%M}" for at in one.times)
            cells = [one.name, one.team, one.organisation, ", ".join(one.seen), one.why, one.what_for]
            marks = [one.reason or _("yes") if one.is_emergency else "", _("yes") if one.is_chosen else ""]
            writer.writerow([day.day.isoformat(), times, *map(_text, cells), *marks])
    return text.getvalue().encode("utf-8-sig")


def _text(cell: str) -> str:
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
