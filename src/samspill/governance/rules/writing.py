"""When several write the same text: which wording stands, which are kept beside it. Plain values.

A wording is never changed; saving adds one. It stands when its writer had before them the one that stood.
Otherwise somebody else saved in between, and it is kept beside until a later wording takes it in. One's own
newest wording is never in one's way: the answer to a save may come after the next save has gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Wording:
    """A saved text by its number. `based_on`: the one its writer had before them; None for an empty page.

    writer   the number of whoever saved it; None for Samspill itself, which is nobody in particular
    """

    id: int
    text: str
    based_on: int | None = None
    beside: bool = False
    writer: int | None = None


class Verdict(StrEnum):
    """What becomes of a text that is saved."""

    UNCHANGED = "unchanged"
    STANDS = "stands"
    BESIDE = "beside"


def standing(wordings: Iterable[Wording]) -> Wording | None:
    """The one that stands: the newest that is not kept beside. None while nobody has written."""
    return max((one for one in wordings if not one.beside), key=lambda one: one.id, default=None)


def kept_beside(wordings: Iterable[Wording]) -> list[Wording]:
    """Those beside the one that stands that no later wording has taken in, oldest first."""
    rows = sorted(wordings, key=lambda one: one.id)
    taken_in = {one.based_on for one in rows}
    return [one for one in rows if one.beside and one.id not in taken_in]


def judge(
    wordings: Iterable[Wording], text: str, based_on: int | None, writer: int | None = None
) -> tuple[Verdict, Wording | None]:
    """What becomes of `text`, and the wording it already is when it is no new one.

    The same words as those that stand, or as what is kept beside, are no new wording. Nor are words that
    were kept beside and have been decided about since: a browser sends again what it got no answer to.
    """
    rows = list(wordings)
    stands = standing(rows)
    if stands is None:
        return (Verdict.UNCHANGED, None) if not text.strip() else (Verdict.STANDS, None)
    if text == stands.text:
        return Verdict.UNCHANGED, stands
    same = next((one for one in kept_beside(rows) if one.text == text), None)
    if same is None:
        same = next((one for one in rows if one.beside and _is_sent_again(one, text, based_on)), None)
    if same is not None:
        return Verdict.UNCHANGED, same
    is_own = writer is not None and stands.writer == writer
    return (Verdict.STANDS if is_own or based_on == stands.id else Verdict.BESIDE), None


def _is_sent_again(one: Wording, text: str, based_on: int | None) -> bool:
    return one.text == text and based_on in (one.id, one.based_on)


class Choice(StrEnum):
    """What is done with a wording kept beside the one that stands."""

    BOTH = "both"
    MINE = "mine"
    THEIRS = "theirs"


def settled(choice: Choice, *, stands: str, beside: str) -> str:
    """The text after the choice: «mine» is the one kept beside, «theirs» the one that stands."""
    if choice == Choice.MINE:
        return beside
    if choice == Choice.THEIRS:
        return stands
    return "\n\n".join(part.strip() for part in (stands, beside) if part.strip())
