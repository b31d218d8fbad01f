"""What is written at items: how each text stands, by item and part."""

from collections.abc import Iterable

from samspill.governance.models import AgendaItem, MinuteText
from samspill.governance.queries.wordings import Saved, current_text, of_rows


class Standings(dict[tuple[int, str], Saved[MinuteText]]):
    """By item and part; nothing has been written where there is no entry."""

    def __missing__(self, key: tuple[int, str]) -> Saved[MinuteText]:
        return Saved()


def standing(item: AgendaItem, part: str) -> Saved[MinuteText]:
    """How one part of an item stands. 1 query."""
    return current_text(MinuteText, {"item": item, "part": part})


def standing_of(rows: Iterable[MinuteText]) -> Standings:
    """How each item stands, part by part, among `rows`."""
    by_key: dict[tuple[int, str], list[MinuteText]] = {}
    for row in rows:
        by_key.setdefault((row.item_id, row.part), []).append(row)
    return Standings({key: of_rows(found) for key, found in by_key.items()})
