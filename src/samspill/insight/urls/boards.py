"""Addresses of boards: lists of figures that people put together themselves."""

from django.urls import path

from samspill.insight.views import board_acts, boards

_ONE = "tall/tavler/<int:number>/"

urlpatterns = [
    path("tall/tavler/", boards.board_list, name="board-list"),
    path("tall/tavler/ny/", board_acts.make, name="make-board"),
    path("tall/tavler/legg-pa/", boards.add_to_board, name="add-to-board"),
    path(_ONE, boards.board, name="board"),
    path(f"{_ONE}navn/", board_acts.rename, name="rename-board"),
    path(f"{_ONE}legg-til/", board_acts.add, name="add-board-item"),
    path(f"{_ONE}ta-bort/", board_acts.remove, name="remove-board-item"),
    path(f"{_ONE}legg-tilbake/", board_acts.put_back, name="put-back-board-item"),
    path(f"{_ONE}rekkefolge/", board_acts.order, name="order-board"),
    path(f"{_ONE}del/", board_acts.share, name="share-board"),
    path(f"{_ONE}apne/", board_acts.open_board, name="open-board"),
    path(f"{_ONE}legg-bort/", board_acts.archive, name="archive-board"),
    path(f"{_ONE}hent-fram/", board_acts.bring_back, name="bring-back-board"),
]
