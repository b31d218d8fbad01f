"""What may not leave: small counts of persons, by the rules `analysis.disclosure` has for their class.

This is the first step alone. Who publishes sums beside the areas, or several answers together, gives them to
`disclosure.suppress` first.
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
    above, below = cells.numerator.sum(axis=1), cells.denominator.sum(axis=1)
    if definition.disclosure == OPEN or not len(above):
        return np.zeros(len(above), dtype=bool)
    rules = rules_of(definition.disclosure, on=on).rules
    found = _small(above, rules) | _few_behind(cells, above, rules)
    if counts_persons_below(definition):
        found |= (below > 0) & (below <= rules.highest_hidden)
    return found


def counts_persons_below(definition: Definition) -> bool:
    """Whether the denominator too is of rows about persons, and so no public number."""
    return definition.denominator is not None and tables()[definition.denominator.table].persons


def _small(above: NDArray[np.float64], rules: Rules) -> NDArray[np.bool_]:
    """Areas and years here have no sums in the answer, so nothing else need be hidden to protect these."""
    return (above <= rules.highest_hidden) & ~((above == 0) & rules.zeros_shown)


def _few_behind(cells: Counted, above: NDArray[np.float64], rules: Rules) -> NDArray[np.bool_]:
    """Many days of a few persons: as many as would have the same sum and sum of squares, were all alike."""
    squares = cells.squares.sum(axis=1)
    alike = above**2 / np.where(squares > 0, squares, 1)
    return (squares > 0) & (alike <= rules.highest_hidden)
