"""Areas put in groups of equal size by rank: quintiles, deciles.

The algorithm of OHID's guidance "Assigning deprivation categories" (`phe_quantile`): areas of the same value
share the lowest rank and so the group; where fewer areas than groups, nobody is put anywhere.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from samspill.analysis.rates.checks import check_whole, numbers
from samspill.analysis.rates.estimates import Note


@dataclass(frozen=True)
class Quantiles:
    """The group of each area.

    quantile      (areas,) from 1 to `groups`; 0 where there are too few areas, and `note` says so
    highest_first whether group 1 has the highest values
    """

    quantile: NDArray[np.int64]
    groups: int
    highest_first: bool
    note: str


def quantiles(values: ArrayLike, groups: int = 10, *, highest_first: bool = True) -> Quantiles:
    """Put areas (areas,) in `groups` by their values; group 1 has the highest unless `highest_first` is off.

    Refuses missing values (`not_a_number`) and fewer than two groups (`number_out_of_range`).
    """
    found = np.atleast_1d(numbers(values, "values")).ravel()
    wanted = check_whole(groups, "groups", least=2)
    size = len(found)
    if size < wanted:
        return Quantiles(np.zeros(size, dtype=np.int64), wanted, highest_first, str(Note.FEW_AREAS))
    rank = rankdata(-found if highest_first else found, method="min").astype(np.int64)
    # groups + 1 - ceil((size + 1 - rank) * groups / size), in whole numbers: fractions may round wrongly.
    group = wanted + 1 + (-(size + 1 - rank) * wanted) // size
    return Quantiles(np.maximum(group, 1), wanted, highest_first, str(Note.NOTHING))
