"""Finding whom to compare with: nearest neighbours on a score among those alike, and how alike they became.

Rosenbaum & Rubin 1985 (The American Statistician 39); Austin 2011 (Multivariate Behavioral Research 46):
a caliper of 0.2 standard deviations of the logit, and standardised differences below 0.1.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import logit

from samspill.analysis.appraisal.outcomes import Floats
from samspill.refusal import Refused

CALIPER = 0.2
ALIKE = 0.1


@dataclass(frozen=True)
class Matches:
    """Row numbers: each of `treated` (pairs,) has the row of `controls` (pairs,) at the same place.

    `unmatched` are treated rows for whom nobody is near enough: the effect does not speak of them.
    """

    treated: NDArray[np.int64]
    controls: NDArray[np.int64]
    unmatched: NDArray[np.int64]


@dataclass(frozen=True)
class Balance:
    """Means of a covariate in both groups and their difference in standard deviations; alike below 0.1."""

    name: str
    treated: float
    controls: float
    difference: float
    alike: bool


def match(
    treated: ArrayLike,
    risk: ArrayLike,
    *,
    exact: Sequence[Hashable] | None = None,
    caliper: float = CALIPER,
) -> Matches:
    """One control for each treated, nearest in the logit of `risk` (0-1), without using anybody twice.

    `exact` (rows,) must be equal in a pair: say age group, sex and municipality as one value. The treated of
    highest risk choose first, as they are hardest to match; ties go to the row that comes first, so the
    result is the same every time. Time: treated × controls within each exact group.
    """
    on, score = np.asarray(treated, dtype=bool), np.asarray(risk, dtype=np.float64)
    if score.shape != on.shape or (exact is not None and len(exact) != len(on)):
        raise Refused("shape", "Every row needs a group, a risk and what must be equal.")
    if not np.all((score > 0) & (score < 1)):
        raise Refused("share", "A risk lies between 0 and 1, and none may be missing.", field="risk")
    if not on.any() or on.all():
        raise Refused("no_rows", "There must be some that got it and some to compare with.", field="treated")
    scale = logit(score)
    limit = caliper * float(scale.std())
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for row in np.flatnonzero(~on).tolist():
        groups[exact[row] if exact is not None else None].append(row)
    pools = {key: (np.array(rows), np.ones(len(rows), dtype=bool)) for key, rows in groups.items()}
    pairs, alone = [], []
    for row in sorted(np.flatnonzero(on).tolist(), key=lambda one: (-scale[one], one)):
        found = _nearest(scale, row, pools.get(exact[row] if exact is not None else None), limit)
        if found is None:
            alone.append(row)
        else:
            pairs.append((row, found))
    rows, controls = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Matches(rows, controls, np.array(sorted(alone), dtype=np.int64))


def _nearest(
    scale: Floats, row: int, pool: tuple[NDArray[np.int64], NDArray[np.bool_]] | None, limit: float
) -> int | None:
    """The nearest free row of the pool within the limit, which is then taken."""
    if pool is None or not pool[1].any():
        return None
    rows, free = pool
    away = np.where(free, np.abs(scale[rows] - scale[row]), np.inf)
    place = int(away.argmin())
    if away[place] > limit:
        return None
    free[place] = False
    return int(rows[place])


def balance(
    covariates: dict[str, ArrayLike], treated: NDArray[np.int64], controls: NDArray[np.int64]
) -> tuple[Balance, ...]:
    """How alike two sets of rows are in each covariate (rows,), the least alike first."""
    found = []
    for name, values in covariates.items():
        column = np.asarray(values, dtype=np.float64)
        one, other = column[treated], column[controls]
        spread = float(np.sqrt((one.var() + other.var()) / 2))
        apart = float(one.mean() - other.mean())
        away = apart / spread if spread else (0.0 if apart == 0 else float(np.copysign(np.inf, apart)))
        found.append(Balance(name, float(one.mean()), float(other.mean()), away, abs(away) < ALIKE))
    return tuple(sorted(found, key=lambda one: -abs(one.difference)))
