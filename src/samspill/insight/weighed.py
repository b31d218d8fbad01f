"""An answer of «appraisal» as those read it who tell it: ways by name, outcomes with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis.appraisal import OTHERS, Model
from samspill.directory.public import Figure
from samspill.insight.appraisals import label_of

Row = list[str | int | float | None]


@dataclass(frozen=True)
class Weighed:
    """A question about a model with its answer, and the line under its figures."""

    model: Model
    asked: Any
    found: Any
    source: str

    @property
    def focus(self) -> str:
        return str(self.found["focus"])

    @property
    def ways(self) -> list[str]:
        return list(self.asked["scenarios"])

    @property
    def today(self) -> str:
        return self.ways[0]

    @property
    def effect_label(self) -> str:
        return label_of(self.model, self.model.effect)

    def named(self, key: str) -> str:
        return _("Other changes") if key == OTHERS else label_of(self.model, key)

    def values(self, outcome: str) -> dict[str, list[float]]:
        """10, 50 and 90 per cent of an outcome, by way."""
        return dict(zip(self.ways, self.found["outcomes"][outcome]["values"], strict=True))

    def differences(self, outcome: str) -> dict[str, list[float]]:
        """The same of its difference to today."""
        return dict(zip(self.ways, self.found["outcomes"][outcome]["differences"], strict=True))

    def figure(self, key: str, title: str, spec: Any, head: Sequence[str], rows: Sequence[Row]) -> Figure:
        return Figure(key=key, title=title, spec=spec, head=list(head), rows=rows, source=self.source)
