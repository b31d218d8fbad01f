"""Which of the five patient groups a measure is for, and the word that says so.

The table is `patient_groups.yaml`: words of either målform, in the measure or in the name of its area.
Nothing is guessed: a measure for everybody is for no group, and one in other words is missed.
"""

from functools import cache

from samspill.plans.rules.themes import GROUP, Said, Theme, themes, themes_of


@cache
def patient_groups() -> tuple[Theme, ...]:
    """The groups by their canonical codes, in the order of the rows."""
    return tuple(theme for theme in themes() if theme.kind == GROUP)


@cache
def _codes() -> frozenset[str]:
    return frozenset(group.code for group in patient_groups())


def groups_of(text: str, area: str = "") -> tuple[Said, ...]:
    """The groups that a measure with this text, in an area with this name, is for."""
    return tuple(said for said in themes_of(text, area) if said.code in _codes())


def is_group(code: str) -> bool:
    return code in _codes()
