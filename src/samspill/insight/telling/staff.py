"""The calculation «staff» told: all professions side by side, or one with its levers."""

from samspill.insight.telling import Asked, Told
from samspill.insight.telling.staff_all import tell_all
from samspill.insight.telling.staff_one import tell_one


def tell(told: Asked) -> Told:
    return tell_one(told) if told.asked["profession"] else tell_all(told)
