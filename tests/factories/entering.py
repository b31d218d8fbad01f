"""Values that people enter about Astrid, and what is there afterwards."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from factories.care import CareWorld
from factories.measuring import ASTRID, WEIGHT
from samspill.care.actions.entering import Result, enter
from samspill.care.actions.opening import opening_by_duty
from samspill.directory.public import Actor, scope


@contextmanager
def on_duty(world: CareWorld) -> Iterator[None]:
    """Everything of the community is there, as Samspill itself sees it."""
    with scope(world.machine), opening_by_duty(by=world.machine):
        yield


def entered(
    world: CareWorld, by: Actor, values: Mapping[str, object] | object, *, how: str = "patient", **more: Any
) -> Result:
    """`by` enters values of Astrid, a weight when it is not said of what; measured now."""
    said = values if isinstance(values, Mapping) else {WEIGHT: values}
    more.setdefault("effective", timezone.now())
    with scope(by):
        return enter(world.patients[ASTRID].pk, said, by=by, entered=how, **more)
