"""Least squares, as `counts` and `interrupted` need it."""

import numpy as np

from samspill.analysis.appraisal.outcomes import Floats


def least_squares(design: Floats, values: Floats) -> Floats:
    """Coefficients (k,) of values (n,) on design (n, k)."""
    return np.asarray(np.linalg.lstsq(design, values, rcond=None)[0], dtype=np.float64)


def inverse_gram(design: Floats) -> Floats:
    """(X'X)⁻¹, (k, k), of design (n, k)."""
    return np.asarray(np.linalg.inv(design.T @ design), dtype=np.float64)
