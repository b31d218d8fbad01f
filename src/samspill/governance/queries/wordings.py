"""How a text stands that several may write: the wording that stands, and those kept beside it.

For every model that is `Written`. What stands and what is kept beside is judged by `rules.writing`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from samspill.governance.models.base import Written
from samspill.governance.rules.writing import Wording, kept_beside, standing

Text = TypeVar("Text", bound=Written)


@dataclass(frozen=True)
class Saved(Generic[Text]):
    """How a text stands, and what became of a save.

    row     the wording the writer has before them now; None while nobody has written anything
    stands  the wording that stands now; None while nobody has written anything
    beside  wordings kept beside it that nobody has decided about, oldest first
    """

    row: Text | None = None
    stands: Text | None = None
    beside: tuple[Text, ...] = ()

    @property
    def is_beside(self) -> bool:
        """Somebody else had saved in between: the writer's text does not stand, and is kept."""
        return self.row is not None and self.row.beside

    @property
    def text(self) -> str:
        return self.stands.text if self.stands else ""

    @property
    def based_on(self) -> int:
        """The number of what stands, for a form; 0 while nobody has written anything."""
        return self.stands.pk if self.stands else 0


def current_text(model: type[Text], keys: Mapping[str, Any]) -> Saved[Text]:
    """How the text that `keys` name stands. 1 query."""
    return of_rows(rows_of(model, keys).values())


def of_rows(rows: Iterable[Text]) -> Saved[Text]:
    """The same for rows of one text that are read already."""
    saved = saved_of({row.pk: row for row in rows}, None)
    return Saved(saved.stands, saved.stands, saved.beside)


def saved_of(rows: Mapping[int, Text], row: Text | None) -> Saved[Text]:
    """How the text stands among `rows`, by number, for one who has `row` before them."""
    wordings = wordings_of(rows.values())
    stands = standing(wordings)
    return Saved(
        row,
        rows[stands.id] if stands else None,
        tuple(rows[one.id] for one in kept_beside(wordings)),
    )


def rows_of(model: type[Text], keys: Mapping[str, Any]) -> dict[int, Text]:
    """Every wording by its number, the oldest first."""
    found: Iterable[Any] = model._default_manager.filter(**keys).order_by("pk")
    return {row.pk: row for row in found}


def wordings_of(rows: Iterable[Written]) -> list[Wording]:
    """Rows as the rules see them."""
    return [Wording(row.pk, row.text, row.based_on_id, row.beside, row.by_id) for row in rows]  # type: ignore[attr-defined]
