"""«Pasienter»: the list of a team, and many alerts acknowledged at once."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from samspill.care.actions.alert_steps import Written, acknowledge_together
from samspill.care.actions.opening import opening_list, write_listed
from samspill.care.alert_wording import clock_time
from samspill.care.board_wording import GROUP_NAMES, answer_within, lost, safe, summary, told
from samspill.care.models import CareTeam, TeamCount
from samspill.care.queries.board import FREE, MINE, Board, Wanted, board_of, count_of, teams_of
from samspill.directory.public import Actor, address, back_to
from samspill.directory.trust.purposes import PROFESSIONAL, access_rules
from samspill.refusal import Refused
from samspill.worklist.public import long_day

WHAT = "care.board"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def board(request: HttpRequest) -> HttpResponse:
    """The list of one's team. A name that is searched for is posted, so that it stands in no address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    teams = check_teams(actor)
    team = team_among(teams, request.GET.get("team", ""))
    wanted = _wanted(request)
    now = timezone.now()
    with opening_list(team, by=actor) as decision:
        shown = board_of(team, wanted, actor=actor, now=now)
        write_listed(decision, shown.patients, what=WHAT)
        counted = count_of(team, actor.today)
    return render(request, "care/board.html", _page(team, teams, wanted, shown, counted, actor, now))


def check_teams(actor: Actor) -> list[CareTeam]:
    """The teams one works in. Refuses (`care.no_team`, `access.level`) who works in none, or is not known
    well enough to see patients.
    """
    teams = teams_of(actor)
    if not teams:
        said = _("You work in no team that follows patients. Ask the one who leads the team to add you.")
        raise Refused("care.no_team", said, forbidden=True)
    if actor.level < access_rules().levels[PROFESSIONAL]:
        said = _("You must sign in at the level «høyt» (4) to see this.")
        raise Refused("access.level", said, forbidden=True)
    return teams


def team_among(teams: list[CareTeam], said: str) -> CareTeam:
    """The one asked for, or the first. Another's is refused (`care.not_your_team`)."""
    if not said:
        return teams[0]
    found = next((one for one in teams if str(one.pk) == said), None)
    if found is None:
        raise Refused("care.not_your_team", _("Only those in a team see its list."), forbidden=True)
    return found


def _wanted(request: HttpRequest) -> Wanted:
    said = request.POST if request.method == "POST" else request.GET
    whose = request.GET.get("vis", "")
    return Wanted(
        whose=whose if whose in (MINE, FREE) else "",
        municipality=said.get("kommune", "")[:60],
        kind=said.get("type", "")[:16],
        name=request.POST.get("navn", "")[:80],
    )


def _page(
    team: CareTeam,
    teams: list[CareTeam],
    wanted: Wanted,
    shown: Board,
    counted: TeamCount | None,
    actor: Actor,
    now: datetime,
) -> dict[str, Any]:
    base = reverse("care:board")
    own = {"team": str(team.pk)} if len(teams) > 1 else {}
    whose = (
        ("", _("All"), shown.all_rows),
        (MINE, pgettext("alerts", "Mine"), 0),
        (FREE, pgettext("alerts", "Nobody's"), 0),
    )
    day, time = capfirst(long_day(actor.today, actor.today)), clock_time(now)
    return {
        "team": team,
        "team_id": str(team.pk),
        "teams": [(one, address(base, {"team": str(one.pk)})) for one in teams] if own else [],
        "base": base,
        "here": address(base, {**own, "vis": wanted.whose} if wanted.whose else own),
        "whole": address(base, own),
        "filters": [
            (words, shown.counts.get(code, count), address(base, {**own, "vis": code} if code else own),
             code == wanted.whose)
            for code, words, count in whose
        ],
        "wanted": wanted,
        "board": shown,
        "groups": [
            (one, GROUP_NAMES[one.name], answer_within(one.answer_within))
            for one in shown.groups
            if one.lines
        ],
        "summary": summary(shown),
        "moment": _("%(day)s at %(time)s.") % {"day": day, "time": time},
        "safe": safe(counted) if counted else "",
        "lost": lost(counted) if counted else "",
        "sends": team.sends,  # type: ignore[attr-defined]
    }  # fmt: skip


@login_required
@require_POST
def acknowledge_many(request: HttpRequest) -> HttpResponse:
    """The lines that were chosen, as they stood when they were: an alert that has come since is not in it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check_teams(actor)
    written = Written(note=request.POST.get("notat", ""), message=request.POST.get("melding", ""))
    done = acknowledge_together(_chosen(request.POST), written, by=actor)
    tell = messages.warning if done.refused else messages.success
    tell(request, " ".join(told(done)))
    return HttpResponseRedirect(back_to(request, reverse("care:board")), status=303)


def _chosen(posted: QueryDict) -> dict[int, list[int]]:
    """Patient -> alerts, of values «12:55-56». What is no number is no choice."""
    chosen: dict[int, list[int]] = {}
    for value in posted.getlist("linje"):
        patient, _colon, alerts = value.partition(":")
        numbers = alerts.split("-")
        if patient.isdecimal() and all(one.isdecimal() for one in numbers):
            chosen.setdefault(int(patient), []).extend(map(int, numbers))
    return chosen
