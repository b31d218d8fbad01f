"""A text that saves itself, as a page draws it: the field, what is kept beside it, and its past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from samspill.directory.public import Actor
from samspill.documents.public import Piece, of_new, of_old, word_changes
from samspill.governance.models.base import Written
from samspill.governance.queries.wordings import Saved

WRITES_NOW = timedelta(minutes=3)
FEW_ROWS, MOST_ROWS = 3, 24
LINE = 80  # letters of a line in the field, about


@dataclass(frozen=True)
class Beside:
    """A wording kept beside the one that stands, with what differs."""

    row: Any
    mine: list[Piece]
    theirs: list[Piece]


@dataclass(frozen=True)
class TextShown:
    """`id` names its parts on the page; `text` stands in the field, `based_on` is the row it came from."""

    id: str
    save_url: str
    settle_url: str
    saved: Saved[Any]
    text: str
    based_on: int | None
    beside: tuple[Beside, ...]
    writer: str
    rows: int
    error: str = ""
    was_saved: bool = False
    versions_url: str = ""


@dataclass(frozen=True)
class Version:
    """A wording with what it changed in the one its writer had before them."""

    row: Any
    pieces: list[Piece]


def versions_of(rows: Sequence[Any]) -> list[Version]:
    """Every wording of one text, the newest first; `rows` are the oldest first."""
    texts = {row.pk: row.text for row in rows}
    return [
        Version(row, word_changes(texts.get(row.based_on_id or 0, ""), row.text)) for row in reversed(rows)
    ]


def shown(
    name: str,
    saved: Saved[Any],
    actor: Actor,
    *,
    save_url: str,
    settle_url: str,
    versions_url: str = "",
    typed: str | None = None,
    based_on: int | None = None,
    error: str = "",
    was_saved: bool = False,
) -> TextShown:
    """`typed` is what somebody just sent; without it the text that stands."""
    text = typed if typed is not None else (saved.stands.text if saved.stands else "")
    row = saved.row
    lines = sum(1 + len(line) // LINE for line in text.split("\n"))
    return TextShown(
        id=name,
        save_url=save_url,
        settle_url=settle_url,
        saved=saved,
        text=text,
        based_on=based_on if error else (row.pk if row else None),
        beside=tuple(kept_beside(one, saved) for one in saved.beside),
        writer=other_writer(saved, actor),
        rows=min(max(lines + 1, FEW_ROWS), MOST_ROWS),
        error=error,
        was_saved=was_saved,
        versions_url=versions_url if saved.stands else "",
    )


def kept_beside(row: Written, saved: Saved[Any]) -> Beside:
    """A wording beside the one that stands, with what each has of its own."""
    changes = word_changes(saved.stands.text if saved.stands else "", row.text)
    return Beside(row, of_new(changes), of_old(changes))


def other_writer(saved: Saved[Any], actor: Actor) -> str:
    """Who else has written here in the last minutes."""
    rows = [one for one in (saved.stands, *saved.beside) if one is not None]
    late = [one for one in rows if one.by_id != actor.account_id and timezone.now() - one.at < WRITES_NOW]
    return late[-1].by_name if late else ""


def number(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 18 else None
