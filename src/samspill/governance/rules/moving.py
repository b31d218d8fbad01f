"""What a state allows: one check for every transition table of governance."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused

State = TypeVar("State", bound=TextChoices)


def check_move(table: Mapping[State, frozenset[State]], before: str, after: str, *, code: str) -> None:
    """Refuses with `code` when `table` does not lead from `before` to `after`."""
    kind = type(next(iter(table)))
    if kind(after) not in table[kind(before)]:
        raise Refused(
            code,
            _("This is «%(before)s», so it cannot become «%(after)s». Look at it again: it may have changed.")
            % {"before": kind(before).label, "after": kind(after).label},
        )
