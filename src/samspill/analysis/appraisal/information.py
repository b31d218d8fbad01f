"""What it would be worth to know one assumption, or a group of them: EVPPI by regression.

Strong, Oakley & Brennan 2014 (Medical Decision Making 34): the net benefit of each strategy is regressed on
the parameters; EVPPI = mean of the highest fitted - highest mean of the fitted. The basis here: for each
parameter a cubic spline with knots at its quintiles (8 columns; fewer distinct values: as many columns as
values), and for groups the products of every two standardised parameters. Groups whose joint effect is not of
that form are underestimated; see `Information.explained`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from samspill.analysis.appraisal.outcomes import Floats, Outcomes
from samspill.refusal import Refused

DEGREE = 3
INNER_KNOTS = (0.2, 0.4, 0.6, 0.8)
DRAWS_PER_COLUMN = 10
LARGEST_GROUP = 6


@dataclass(frozen=True)
class Information:
    """The value of knowing `parameters` before choosing, in currency per person.

    `share` is of the EVPI of the same draws (None if that is 0); `explained` the share of the variance of the
    incremental net benefit (each strategy against the first) that the regression explains, the largest one.
    """

    parameters: tuple[str, ...]
    value: float
    share: float | None
    explained: float


def evppi(
    outcomes: Outcomes,
    parameters: Mapping[str, Floats],
    threshold: float,
    *,
    groups: Sequence[Sequence[str]] | None = None,
) -> tuple[Information, ...]:
    """The value of each group of parameters at a threshold, the highest first; default each by itself.

    `parameters` maps names to the draws (draws,) that gave `outcomes`. Peak memory: draws × columns of the
    basis (8 per parameter). Refuses unknown names, draws of another length, groups above six, and fewer than
    ten draws per column (`too_few_draws`).
    """
    benefit = outcomes.net_benefit(threshold)
    gains = benefit - benefit[:, :1]
    perfect = float((gains.max(axis=1) - gains[:, gains.mean(axis=0).argmax()]).mean())
    found = []
    for group in groups if groups is not None else [(name,) for name in parameters]:
        basis = _basis([_draws_of(name, parameters, outcomes.draws) for name in group])
        if basis.shape[1] * DRAWS_PER_COLUMN > outcomes.draws:
            raise Refused(
                "too_few_draws",
                f"{outcomes.draws} draws are too few to learn what {', '.join(group)} would tell. "
                f"Make at least {basis.shape[1] * DRAWS_PER_COLUMN}.",
                field="draws",
            )
        value, explained = _regressed(basis, gains)
        share = value / perfect if perfect else None
        found.append(Information(tuple(group), value, share, explained))
    return tuple(sorted(found, key=lambda one: -one.value))


def _draws_of(name: str, parameters: Mapping[str, Floats], draws: int) -> Floats:
    if name not in parameters:
        raise Refused("unknown_parameter", f"There are no draws of {name}.", field="parameters")
    values = np.asarray(parameters[name], dtype=np.float64)
    if values.shape != (draws,) or not np.all(np.isfinite(values)):
        raise Refused(
            "outcome_shape", f"{name} must be {draws} numbers, one per draw of the outcomes.", field=name
        )
    return values


def _basis(columns: Sequence[Floats]) -> Floats:
    """(draws, k): 1, a spline of each column, products of two; constant columns tell nothing."""
    if len(columns) > LARGEST_GROUP:
        raise Refused(
            "group_too_large",
            f"A group of {len(columns)} is too large. Take at most {LARGEST_GROUP} parameters together.",
            field="groups",
        )
    varying = [column for column in columns if column.min() < column.max()]
    parts = [np.ones((len(columns[0]), 1))] + [_spline(column) for column in varying]
    standard = [(column - column.mean()) / column.std() for column in varying]
    parts += [(one * other)[:, None] for place, one in enumerate(standard) for other in standard[place + 1 :]]
    return np.hstack(parts)


def _spline(values: Floats) -> Floats:
    """Cubic B-splines with knots at the quintiles, without the first: the constant stands for it."""
    distinct = np.unique(values)
    if distinct.size <= len(INNER_KNOTS) + DEGREE + 1:
        return (values[:, None] == distinct[1:]).astype(np.float64)
    low, high = distinct[0], distinct[-1]
    inner = np.unique(np.quantile(values, INNER_KNOTS))
    inner = inner[(inner > low) & (inner < high)]
    knots = np.concatenate([np.repeat(low, DEGREE + 1), inner, np.repeat(high, DEGREE + 1)])
    return np.asarray(scipy.interpolate.BSpline.design_matrix(values, knots, DEGREE).toarray()[:, 1:])


def _regressed(basis: Floats, gains: Floats) -> tuple[float, float]:
    """EVPPI and the largest share of variance explained."""
    fitted = basis @ np.linalg.lstsq(basis, gains, rcond=None)[0]
    fitted -= fitted.mean(axis=0) - gains.mean(axis=0)  # exact means, whatever the rounding
    best = int(gains.mean(axis=0).argmax())
    value = float((fitted.max(axis=1) - fitted[:, best]).mean())
    variance = gains.var(axis=0)
    varying = variance > 0
    explained = float((fitted.var(axis=0)[varying] / variance[varying]).max()) if varying.any() else 0.0
    return value, min(explained, 1.0)
