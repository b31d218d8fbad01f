"""What may not leave: small counts of persons, by the rules `analysis.disclosure` has for their class.

This is the first step alone. `publishing` hides what else must be, when sums stand beside the areas or
several answers are published together.
"""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.disclosure import Rules, rules_of
from samspill.analysis.indicators.definitions import Definition
from samspill.analysis.indicators.standardising import Counted
from samspill.analysis.indicators.tables import tables

OPEN = "open"


def hidden(definition: Definition, cells: Counted, *, on: date) -> NDArray[np.bool_]:
    """Which cells are hidden by the rules that apply on a day. Nothing of a class that is open is."""
    if definition.disclosure == OPEN or not cells.areas:
        return np.zeros(len(cells.areas), dtype=bool)
    rules = rules_of(definition.disclosure, on=on).rules
    found = small_above(cells, rules) | few_behind(cells, rules)
    return found | small_below(cells, rules) if counts_persons_below(definition) else found


def counts_persons_below(definition: Definition) -> bool:
    """Whether the denominator too is of rows about persons, and so no public number."""
    return definition.denominator is not None and tables()[definition.denominator.table].persons


def small_above(cells: Counted, rules: Rules) -> NDArray[np.bool_]:
    above = cells.numerator.sum(axis=1)
    return (above <= rules.highest_hidden) & ~((above == 0) & rules.zeros_shown)


def small_below(cells: Counted, rules: Rules) -> NDArray[np.bool_]:
    below = cells.denominator.sum(axis=1)
    return (below > 0) & (below <= rules.highest_hidden)


def few_behind(cells: Counted, rules: Rules) -> NDArray[np.bool_]:
    """Many events of a few persons: as many as would have the same sum and sum of squares, were all alike."""
    above, squares = cells.numerator.sum(axis=1), cells.squares.sum(axis=1)
    alike = above**2 / np.where(squares > 0, squares, 1)
    return (squares > 0) & (alike <= rules.highest_hidden)
