"""What insight offers the house: the memo, a room for those who work in the community."""

from django.utils.translation import pgettext_lazy

from samspill.insight.rooms import ROOMS, Room


def register_memo() -> None:
    ROOMS.register(
        "memo", Room("memo", pgettext_lazy("room", "Memo"), "insight:memo", order=60, is_open=False)
    )
