"""The bodies of a helsefellesskap, and one body on a day, for everybody to read."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Body, saved_file
from samspill.documents.sheets import CSV, csv_of
from samspill.governance.body_table import table_of
from samspill.governance.models import Mandate
from samspill.governance.permissions import may_act
from samspill.governance.queries.bodies import SeatOnDay
from samspill.governance.queries.body_list import (
    Row,
    body_tree,
    communities_with_bodies,
    find_community,
    is_over,
)
from samspill.governance.queries.body_page import (
    BodyView,
    Piece,
    changes,
    find_body,
    former_in,
    view_of,
)
from samspill.governance.queries.rounds import open_rounds
from samspill.governance.rules.composition import FindingCode
from samspill.governance.views.ways import ways
from samspill.governance.wording_bodies import (
    authority_in_words,
    expires_in_words,
    finding_in_words,
    heading_of,
    host_in_words,
    last_day,
    list_heading,
    may_in_words,
    rights_in_words,
    role_in_words,
    side_in_words,
    turn_in_words,
)


@require_safe
def body_list(request: HttpRequest) -> HttpResponse:
    """The tree of bodies of the community one asks for, or of one's own; a visitor chooses first."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    shown = find_community(actor, request.GET.get("helsefellesskap", ""))
    context: dict[str, Any] = {"ways": ways(actor, "governance:body-list"), "shown": shown}
    if shown is None:
        context["communities"] = communities_with_bodies()
    else:
        tree = body_tree(shown, actor)
        context |= {
            "heading": list_heading(tree),
            "rows": [_line(row, actor) for row in tree.rows],
            "ended": [(one, last_day(one.ends)) for one in tree.ended if one.ends],
            "may_manage": actor.community_id == shown.pk and may_act(actor, "bodies.manage"),
        }
    return render(request, "governance/bodies/list.html", context)


def _line(row: Row, actor: Actor) -> dict[str, Any]:
    """`vacant` stands on its own, so it is not told again among what runs out."""
    soon = [one for one in row.expires if one.kind not in {"vacant", "round"}]
    return {
        "row": row,
        "body": row.body,
        "url": reverse("governance:body", args=[row.body.pk]),
        "authority": authority_in_words(row.mandate),
        "soon": [expires_in_words(one, actor.today) for one in soon],
    }


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body, as it is today or was on the day in `?dag=`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_body(pk, actor)
    day, is_wrong = _day(request.GET.get("dag", ""), actor.today)
    view = view_of(found, actor, day)
    may_manage = may_act(actor, "bodies.manage", found)
    context = {
        "view": view,
        "body": found,
        "heading": heading_of(view),
        "day": day,
        "is_today": day == actor.today,
        "is_wrong_day": is_wrong,
        "is_over": is_over(found, actor.today),
        "ends": last_day(found.ends) if found.ends else None,
        "may_manage": may_manage,
        "may_seat": may_manage and day == actor.today and not is_over(found, day),
        "follow_query": f"organ={found.pk}",
        "may": _may(view),
        "sides": [_side(one.bloc, one.seats, actor) for one in view.sides],
        "findings": _findings(view),
        "turn": turn_in_words(view.composed.turn) if view.composed.turn else "",
        "host": _host(view),
        "versions": _versions(view.mandates),
        "former": [(one, last_day(one.to_day)) for one in former_in(found, actor.today) if one.to_day],
        "round": next(iter(open_rounds(actor, [found.pk])), None) if may_manage else None,
    }
    return render(request, "governance/bodies/body.html", context)


def _day(typed: str, today: date) -> tuple[date, bool]:
    """The day asked for, and whether what was typed is no day."""
    try:
        return (date.fromisoformat(typed) if typed else today), False
    except ValueError:
        return today, True


def _may(view: BodyView) -> list[str]:
    above: Body | None = view.body.parent
    if view.mandate and view.mandate.lifts_to:
        above = view.mandate.lifts_to
    return may_in_words(view.mandate, view.composed.rule, str(above) if above else "")


def _findings(view: BodyView) -> list[str]:
    """Empty seats stand in the heading and as holes already."""
    return [finding_in_words(one, view) for one in view.composed.findings if one.code != FindingCode.VACANT]


def _side(bloc: str, seats: list[SeatOnDay], actor: Actor) -> dict[str, Any]:
    rights = [rights_in_words(one.seat) for one in seats]
    common = rights[0] if len(set(rights)) == 1 else ""
    appointers = {one.seat.appointed_by for one in seats}
    return {
        "key": bloc or "utenfor",
        "heading": side_in_words(bloc),
        "rights": common,
        "appointed_by": appointers.pop() if len(appointers) == 1 else "",
        "seats": [
            {
                "one": one,
                "seat": one.seat,
                "holder": one.holder,
                "role": role_in_words(one.holder.role) if one.holder and bloc else "",
                "until": last_day(one.holder.to_day) if one.holder and one.holder.to_day else None,
                "rights": "" if common else words,
            }
            for one, words in zip(seats, rights, strict=True)
        ],
    }


def _host(view: BodyView) -> str:
    rule = view.composed.rule
    if rule is None or not rule.host_alternates:
        return ""
    return host_in_words(view.last_host.host if view.last_host else None)


def _versions(mandates: list[Mandate]) -> list[dict[str, Any]]:
    """Each version with what it changed in the one before, the newest first."""
    told = []
    for place, one in enumerate(mandates):
        before = mandates[place + 1] if place + 1 < len(mandates) else None
        told.append({"mandate": one, "changed": _changed(before, one) if before else []})
    return told


def _changed(before: Mandate, after: Mandate) -> list[tuple[str, list[Piece]]]:
    """The parts of a mandate that are not as before, word by word."""
    parts = (
        (before._meta.get_field(name).name, getattr(before, name), getattr(after, name))
        for name in ("purpose", "tasks", "limits")
    )
    told = [(name, changes(old, new)) for name, old, new in parts if old != new]
    labels = (str(before.get_authority_display()), str(after.get_authority_display()))
    if labels[0] != labels[1]:
        told.insert(0, ("authority", [Piece("-", labels[0]), Piece("+", labels[1])]))
    return told


@require_safe
def members_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sits in the body on a day, as a table to take along."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_body(pk, actor)
    day, _is_wrong = _day(request.GET.get("dag", ""), actor.today)
    name = f"{slugify(found.short_name or found.name)}-{day}.csv"
    return saved_file(csv_of(table_of(view_of(found, actor, day))), CSV, name)
