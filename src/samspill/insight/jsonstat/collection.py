"""A collection: what a source has to offer, as references or with whole datasets in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Union

from samspill.insight.jsonstat.dataset import Dataset
from samspill.insight.jsonstat.dimension import Dimension


@dataclass(frozen=True)
class Reference:
    """Something that stands elsewhere: its `class`, `href`, `label` and whatever else was told."""

    about: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return str(self.about.get("class") or "")

    @property
    def href(self) -> str:
        return str(self.about.get("href") or "")

    @property
    def label(self) -> str:
        return str(self.about.get("label") or "")


@dataclass(frozen=True)
class Collection:
    """`items` in order. `about` has the document's other keys; links of other kinds stay under `link`."""

    items: tuple["Item", ...]
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return str(self.about.get("label") or "")

    @property
    def updated(self) -> str:
        return str(self.about.get("updated") or "")

    def datasets(self) -> dict[str, Dataset]:
        """Those that are embedded, by address, or by place («item 3») where they have none."""
        return {
            str(one.about.get("href") or f"item {number}"): one
            for number, one in enumerate(self.items, 1)
            if isinstance(one, Dataset)
        }

    def to_json(self) -> str:
        """The collection as JSON-stat 2.0."""
        from samspill.insight.jsonstat.writing import write

        return write(self)


Item = Union[Reference, Dataset, Dimension, Collection]  # noqa: UP007 – a collection may hold collections
