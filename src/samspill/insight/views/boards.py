"""The pages of boards: the list, one board, and where a figure is put on one."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor
from samspill.insight.area_search import area_labels, area_named, is_area
from samspill.insight.models import Board, Indicator
from samspill.insight.models.boards import LONGEST_NAME, Showing
from samspill.insight.permissions.boards import check_may_change, check_may_make
from samspill.insight.queries.boards import Laid, board_at, boards_of, held_on, open_boards_of_others
from samspill.insight.shown.boards import face_of
from samspill.insight.wording.runs import source_of_runs
from samspill.refusal import Refused, reason


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    return list_page(request)


def list_page(request: HttpRequest, *, refused: Refused | None = None) -> HttpResponse:
    """One's own, the community's, those of others that are open, and those put away."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    lines = boards_of(actor) if actor.community_id else []
    context = {
        "own": [one for one in lines if one.board.owner_id and one.board.owner_id == actor.account_id],
        "shared": [one for one in lines if one.board.owner_id != actor.account_id or not one.board.owner_id],
        "others": open_boards_of_others(actor),
        "away": boards_of(actor, is_away=True) if actor.community_id else [],
        "cannot": reason(check_may_make, actor),
        "cannot_for_all": reason(check_may_make, actor, for_community=True),
        "refused": refused,
        "typed": request.POST.get("name", ""),
        "longest": LONGEST_NAME,
    }
    return render(request, "insight/boards/list.html", context, status=422 if refused else 200)


@require_safe
def board(request: HttpRequest, number: int) -> HttpResponse:
    return board_page(request, find_board(request, number))


def find_board(request: HttpRequest, number: int) -> Laid:
    found = board_at(number, request.actor)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def board_page(request: HttpRequest, laid: Laid, *, refused: Refused | None = None) -> HttpResponse:
    """Its figures in order. `refused`: what could not be done with it, and why."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found, held = laid.board, held_on(laid)
    faces = [face_of(one) for one in held]
    differing = sum(bool(one.row and one.row.differs) for one in faces)
    context = {
        "board": found,
        "faces": faces,
        "differing": differing,
        "compared": sum(bool(one.row and one.row.is_compared) for one in faces),
        "is_own": actor.community_id == found.community_id,
        "is_mine": found.owner_id is not None and found.owner_id == actor.account_id,
        "cannot": reason(check_may_change, actor, found),
        "cannot_open": reason(check_may_make, actor, for_community=True),
        "refused": refused,
        "typed": request.POST.get("name", ""),
        "longest": LONGEST_NAME,
        "source": source_of_runs(one.placing.measured.run for one in held if one.placing),
    }
    return render(request, "insight/boards/board.html", context, status=422 if refused else 200)


@login_required
@require_safe
def add_to_board(request: HttpRequest) -> HttpResponse:
    return choosing_page(request, request.GET)


def choosing_page(request: HttpRequest, given: Any, *, refused: Refused | None = None) -> HttpResponse:
    """`indikator`, `omrade` and `vis`: which board they go on. An area may be typed by its name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    indicator = get_object_or_404(Indicator, code=given.get("indikator", ""), is_in_use=True)
    area = area_from(given.get("omrade", ""))
    boards = _may_change(actor, [one.board for one in boards_of(actor)])
    context = {
        "indicator": indicator,
        "area": area,
        "area_name": area_labels()[area] if area else given.get("omrade", ""),
        "labels": list(area_labels().values()),
        "showings": Showing.choices,
        "showing": given.get("vis") if given.get("vis") in Showing.values else Showing.NUMBER,
        "boards": boards,
        "cannot": reason(check_may_make, actor),
        "refused": refused,
        "typed": given.get("name", ""),
        "longest": LONGEST_NAME,
    }
    return render(request, "insight/boards/add.html", context, status=422 if refused else 200)


def area_from(words: str) -> str:
    """The code of an area that is given by code or by name; "" when there is none."""
    return words if is_area(words) else area_named(words)


def _may_change(actor: Actor, boards: Sequence[Board]) -> list[Board]:
    return [one for one in boards if not reason(check_may_change, actor, one)]
