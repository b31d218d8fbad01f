"""What is written at items: the text that stands, and those kept beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from samspill.governance.models import AgendaItem, MinuteText


@dataclass(frozen=True)
class Standing:
    """The text that stands, and those kept beside it that nobody has taken in yet, oldest first."""

    row: MinuteText | None
    beside: tuple[MinuteText, ...] = ()

    @property
    def text(self) -> str:
        return self.row.text if self.row else ""

    @property
    def based_on(self) -> int:
        return self.row.pk if self.row else 0


def standing(item: AgendaItem, part: str) -> Standing:
    """What stands of one part of an item. 1 query."""
    return standing_of(MinuteText.objects.filter(item=item, part=part))[item.pk, part]


class Standings(dict[tuple[int, str], Standing]):
    """By item and part; nothing has been written where there is no entry."""

    def __missing__(self, key: tuple[int, str]) -> Standing:
        return Standing(None)


def standing_of(rows: Iterable[MinuteText]) -> Standings:
    """What stands at each item, of each part, among `rows`."""
    found = Standings()
    for row in sorted(rows, key=lambda one: one.pk):
        key = (row.item_id, row.part)
        before = found[key]
        if row.beside:
            others = tuple(one for one in before.beside if one.pk != row.based_on_id)
            found[key] = Standing(before.row, (*others, row))
        else:
            taken_in = row.based_on_id in {one.pk for one in before.beside}
            found[key] = Standing(row, () if taken_in else before.beside)
    return found
