"""The order of an agenda, and what is different between two versions of it. Plain values in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from samspill.governance.states import AGENDA_ORDER, ItemKind
from samspill.refusal import Refused

T = TypeVar("T")
RANK: Mapping[str, int] = {kind: rank for rank, kind in enumerate(AGENDA_ORDER)}


def place(kinds: Sequence[str], new: str) -> int:
    """Where an item of kind `new` goes among items of `kinds`: after the last that comes before it."""
    before = [at for at, kind in enumerate(kinds) if RANK[ItemKind(kind)] <= RANK[ItemKind(new)]]
    return before[-1] + 1 if before else 0


def moved(order: Sequence[T], one: T, steps: int) -> list[T]:
    """`order` with `one` so many places down (up when negative), as far as there is room."""
    rest = [other for other in order if other != one]
    at = min(max(order.index(one) + steps, 0), len(rest))
    return [*rest[:at], one, *rest[at:]]


def check_order(now: Sequence[int], wanted: Sequence[int]) -> None:
    """A new order holds the same items, each once."""
    if sorted(now) != sorted(wanted):
        raise Refused(
            "agenda.order", _("Somebody has changed the agenda in the meantime. Look at it, and try again.")
        )


@dataclass(frozen=True)
class AgendaChanges:
    """What a later version of an agenda has done with the one before, by the items' numbers («12/26»)."""

    new: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.removed or self.moved or self.changed)


COMPARED = ("title", "minutes", "kind")


def agenda_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> AgendaChanges:
    """Items are told apart by "number". Moved are as few as explain the new order."""
    old = {one["number"]: one for one in before}
    new = {one["number"]: one for one in after}
    kept_before = [number for number in old if number in new]
    kept_after = [number for number in new if number in old]
    matcher = SequenceMatcher(None, kept_before, kept_after, autojunk=False)
    stays = {
        number
        for block in matcher.get_matching_blocks()
        for number in kept_before[block.a : block.a + block.size]
    }
    return AgendaChanges(
        new=tuple(number for number in new if number not in old),
        removed=tuple(number for number in old if number not in new),
        moved=tuple(number for number in kept_after if number not in stays),
        changed=tuple(
            number
            for number in kept_after
            if any(old[number].get(key) != new[number].get(key) for key in COMPARED)
        ),
    )
