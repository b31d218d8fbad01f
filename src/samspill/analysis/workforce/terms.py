"""What is counted: professions, sectors, sexes, ages, and how arrays of them are laid out.

Arrays have their axes in this order, leaving out those they do not need: professions, sexes (women, men),
ages 18..74, sectors, draws. Nobody works past 74 here: who turns 75 is retired.
"""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from samspill.refusal import Refused

Floats = NDArray[np.float64]

YOUNGEST, OLDEST = 18, 74
AGES = OLDEST - YOUNGEST + 1
SEXES = ("K", "M")


class Profession(StrEnum):
    """Those a helsefellesskap plans for. A nurse with further education is a specialist nurse here."""

    MIDWIFE = "midwife"
    NURSE = "nurse"
    SPECIALIST_NURSE = "specialist_nurse"
    GENERAL_PRACTITIONER = "general_practitioner"
    PHYSICIAN = "physician"  # all others than general practitioners
    HEALTH_CARE_WORKER = "health_care_worker"  # helsefagarbeider


class Sector(StrEnum):
    """Where persons of a profession work. `ELSEWHERE` is outside both: not lost, but not supply either."""

    HOSPITAL = "hospital"
    MUNICIPALITY = "municipality"
    ELSEWHERE = "elsewhere"


SECTORS = tuple(Sector)
WORKING = (Sector.HOSPITAL, Sector.MUNICIPALITY)


def place_of(value: str, known: Sequence[str], what: str) -> int:
    """The place of `value` among `known`. Refuses what is not there (`unknown_<what>`)."""
    names = [str(one) for one in known]
    if str(value) not in names:
        raise Refused(
            f"unknown_{what}", f"There is no {what} «{value}». There are {', '.join(names)}.", field=what
        )
    return names.index(str(value))


def check_array(name: str, values: Floats, shape: tuple[int, ...], *, most: float = np.inf) -> None:
    """`values` has the shape and holds numbers from 0 to `most`; a figure that lacks is never 0."""
    if values.shape != shape:
        raise Refused(
            "staff_shape",
            f"«{name}» has the shape {values.shape}; {shape} is needed.",
            field=name,
        )
    if not np.isfinite(values).all():
        raise Refused(
            "missing_cell", f"«{name}» lacks a figure. Fill it in; one that lacks is not 0.", field=name
        )
    if (values < 0).any() or (values > most).any():
        upper = "" if np.isinf(most) else f" and at most {most:g}"
        raise Refused(
            "number_out_of_range",
            f"«{name}» holds {values.min():g} to {values.max():g}; it must be 0 or more{upper}.",
            field=name,
        )
