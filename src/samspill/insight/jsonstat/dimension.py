"""A dimension and its categories: order, labels, hierarchy, units, notes. Cannot be made wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from samspill.refusal import Refused

IndexForm = Literal["list", "object", "none"]


@dataclass(frozen=True)
class Dimension:
    """`codes` in the order of the cells. `category` and `about` are the rest of the document, as given.

    `category` may have `label`, `child`, `unit`, `note` and `coordinates`, each by code; `about` the
    dimension's own `label`, `note`, `link`, `href` and `extension`. `index_form`: how the index was written.
    """

    id: str
    codes: tuple[str, ...]
    category: Mapping[str, Any] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    index_form: IndexForm = field(default="list", compare=False)

    def __post_init__(self) -> None:
        if len(self._places) != len(self.codes):
            twice = next(code for code in self.codes if self.codes.count(code) > 1)
            raise Refused(
                "jsonstat.duplicate_category",
                f"dimension.{self.id}.category.index has the category «{twice}» twice.",
                facts={"dimension": self.id, "category": twice},
            )
        self._check_children()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {code: place for place, code in enumerate(self.codes)}

    def place_of(self, code: str) -> int:
        """Where the category stands, from 0. Refuses one the dimension does not have."""
        place = self._places.get(code)
        if place is None:
            raise Refused(
                "jsonstat.unknown_category",
                f"The dimension {self.id} has no category «{code}»; it has {_some(self.codes)}.",
                facts={"dimension": self.id, "category": code},
            )
        return place

    @property
    def label(self) -> str:
        return str(self.about.get("label") or self.id)

    @property
    def notes(self) -> tuple[str, ...]:
        return texts_of(self.about.get("note"))

    @property
    def labels(self) -> dict[str, str]:
        """Every category's label; the code where the document has none."""
        given = self.category.get("label") or {}
        return {code: code if given.get(code) is None else given[code] for code in self.codes}

    @property
    def children(self) -> dict[str, tuple[str, ...]]:
        """The hierarchy: categories under a category, in the document's order."""
        given: Mapping[str, Any] = self.category.get("child") or {}
        return {code: tuple(under) for code, under in given.items()}

    @property
    def units(self) -> dict[str, Mapping[str, Any]]:
        """Per category: `base` or `label`, `decimals`, `symbol`, `position` – as the document has them."""
        return dict(self.category.get("unit") or {})

    @property
    def category_notes(self) -> dict[str, tuple[str, ...]]:
        given: Mapping[str, Any] = self.category.get("note") or {}
        return {code: texts_of(notes) for code, notes in given.items()}

    @property
    def coordinates(self) -> dict[str, tuple[float, float]]:
        """Longitude and latitude by category."""
        given: Mapping[str, Any] = self.category.get("coordinates") or {}
        return {code: tuple(pair) for code, pair in given.items()}

    def _check_children(self) -> None:
        known, children = self._places, self.children
        for parent, under in children.items():
            for code in (parent, *under):
                if code not in known:
                    raise Refused(
                        "jsonstat.unknown_category",
                        f"dimension.{self.id}.category.child names «{code}», which its index does not have.",
                        facts={"dimension": self.id, "category": code},
                    )
        left = {parent: set(under) & set(children) for parent, under in children.items()}
        while ends := [parent for parent, under in left.items() if not under]:
            left = {parent: under - set(ends) for parent, under in left.items() if parent not in ends}
        if left:
            raise Refused(
                "jsonstat.circle",
                f"dimension.{self.id}.category.child goes in a circle through {_some(tuple(left))}.",
                facts={"dimension": self.id},
            )


def texts_of(note: object) -> tuple[str, ...]:
    """Notes are lists; some sources write a single text."""
    if isinstance(note, list):
        return tuple(str(one) for one in note)
    return () if note is None else (str(note),)


def _some(codes: tuple[str, ...]) -> str:
    """The first few, for a sentence."""
    shown = ", ".join(codes[:5])
    return f"{shown} and {len(codes) - 5} more" if len(codes) > 5 else shown or "none"
