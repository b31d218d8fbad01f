"""What a minimetodevurdering of the demonstration tells, from `assessing/*.yaml`; an unknown key is an error.

Days are counted from the day the world is made. Not here: how it gets into the database (`assessing`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class AssessmentFact:
    """`by` is a key of a person, `asks` a question to a worked example, `reviewed` when a peer had it."""

    title: str
    begun: int
    by: str
    asks: Mapping[str, Any]
    parts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reviewed: int | None = None
    is_open: bool = False
