"""What is done with boards. Each act leads back to the board, and can be undone."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.directory.public import Actor
from samspill.insight.actions import boards as acts
from samspill.insight.models import Board, BoardItem, Indicator
from samspill.insight.queries.boards import Laid
from samspill.insight.views.boards import area_from, board_page, choosing_page, find_board, list_page
from samspill.refusal import Refused

Act = Callable[[Actor], HttpResponse]


@login_required
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A new board, empty or with the figure in `indikator`, `omrade` and `vis`."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        made = acts.make_board(
            request.POST.get("name", ""), by=actor, for_community=request.POST.get("for") == "alle"
        )
        if request.POST.get("indikator"):
            _add(request, made, actor)
    except Refused as refused:
        if refused.forbidden:
            raise
        if request.POST.get("indikator"):
            return choosing_page(request, request.POST, refused=refused)
        return list_page(request, refused=refused)
    messages.success(request, _("The board «%(name)s» is made.") % {"name": made.name})
    return _to(made)


@login_required
@require_POST
def add(request: HttpRequest, number: int) -> HttpResponse:
    found = find_board(request, number)
    try:
        item = _add(request, found.board, request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        return choosing_page(request, request.POST, refused=refused)
    undo = f"{reverse('insight:remove-board-item', args=[found.board.pk])}?punkt={item.pk}"
    said = _("«%(title)s» is on the board.") % {"title": item.indicator.title()}
    messages.success(request, said, extra_tags=undo)
    return _to(found.board, item.pk)


@login_required
@require_POST
def rename(request: HttpRequest, number: int) -> HttpResponse:
    found = find_board(request, number)
    name = request.POST.get("name", "")
    return _done(request, found, lambda actor: _to(acts.rename_board(found.board, name, by=actor)))


@login_required
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    found = find_board(request, number)

    def act(actor: Actor) -> HttpResponse:
        item = acts.remove_item(found.board, _number(request), by=actor)
        if item is not None:
            undo = f"{reverse('insight:put-back-board-item', args=[found.board.pk])}?punkt={item.pk}"
            said = _("«%(title)s» is taken off.") % {"title": item.indicator.title()}
            messages.success(request, said, extra_tags=undo)
        return _to(found.board)

    return _done(request, found, act)


@login_required
@require_POST
def put_back(request: HttpRequest, number: int) -> HttpResponse:
    found = find_board(request, number)

    def act(actor: Actor) -> HttpResponse:
        item = acts.put_back_item(found.board, _number(request), by=actor)
        messages.success(request, _("It is as it was."))
        return _to(found.board, item.pk if item else None)

    return _done(request, found, act)


@login_required
@require_POST
def order(request: HttpRequest, number: int) -> HttpResponse:
    """`flytt` and `steg` move one figure; `rekkefolge` gives the whole order, as a drag does."""
    found = find_board(request, number)
    one = request.POST.get("flytt", "")

    def act(actor: Actor) -> HttpResponse:
        now = [item.pk for item in found.items]
        wanted = _numbers(request.GET.get("rekkefolge") or request.POST.get("rekkefolge", ""))
        if one.isdecimal() and int(one) in now:
            wanted = _moved(now, int(one), -1 if request.POST.get("steg") == "opp" else 1)
        before = acts.order_items(found.board, wanted, by=actor)
        former = ",".join(str(each) for each in before)
        undo = f"{reverse('insight:order-board', args=[found.board.pk])}?rekkefolge={former}"
        messages.success(request, _("The order is changed."), extra_tags=undo)
        return _to(found.board, int(one) if one.isdecimal() else None)

    return _done(request, found, act)


@login_required
@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """With the community, or with `bare-meg` back to its owner alone."""
    found = find_board(request, number)
    is_shared = request.POST.get("med") != "bare-meg"

    def act(actor: Actor) -> HttpResponse:
        return _to(acts.share_board(found.board, by=actor, is_shared=is_shared))

    return _done(request, found, act)


@login_required
@require_POST
def open_board(request: HttpRequest, number: int) -> HttpResponse:
    found = find_board(request, number)
    return _done(request, found, lambda actor: _to(acts.open_board(found.board, by=actor)))


@login_required
@require_POST
def archive(request: HttpRequest, number: int) -> HttpResponse:
    found = find_board(request, number)

    def act(actor: Actor) -> HttpResponse:
        acts.archive_board(found.board, by=actor)
        undo = reverse("insight:bring-back-board", args=[found.board.pk])
        messages.success(request, _("«%(name)s» is put away.") % {"name": found.board.name}, extra_tags=undo)
        return HttpResponseRedirect(reverse("insight:board-list"), status=303)

    return _done(request, found, act)


@login_required
@require_POST
def bring_back(request: HttpRequest, number: int) -> HttpResponse:
    found = find_board(request, number)
    return _done(request, found, lambda actor: _to(acts.archive_board(found.board, by=actor, is_away=False)))


def _add(request: HttpRequest, board: Board, actor: Actor) -> BoardItem:
    sent = request.POST
    indicator = get_object_or_404(Indicator, code=sent.get("indikator", ""), is_in_use=True)
    return acts.add_item(board, indicator, area_from(sent.get("omrade", "")), sent.get("vis", ""), by=actor)


def _done(request: HttpRequest, found: Laid, act: Act) -> HttpResponse:
    """Do it; a refusal of what was sent stands on the board's page, with what was typed."""
    try:
        return act(request.actor)  # type: ignore[attr-defined]
    except Refused as refused:
        if refused.forbidden:
            raise
        return board_page(request, found, refused=refused)


def _number(request: HttpRequest) -> int:
    return next(iter(_numbers(request.GET.get("punkt") or request.POST.get("punkt", ""))), 0)


def _numbers(words: str) -> list[int]:
    return [int(one) for one in words.split(",") if one.isdecimal() and len(one) < 18]


def _moved(now: list[int], one: int, steps: int) -> list[int]:
    rest = [other for other in now if other != one]
    at = min(max(now.index(one) + steps, 0), len(rest))
    return [*rest[:at], one, *rest[at:]]


def _to(board: Board, item: int | None = None) -> HttpResponse:
    there = reverse("insight:board", args=[board.pk])
    return HttpResponseRedirect(f"{there}#p{item}" if item else there, status=303)
