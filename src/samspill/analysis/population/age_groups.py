"""The age groups that figures are told by: name, first age, last age (both included)."""

from samspill.analysis.population.history import AGES

AGE_GROUPS = {
    "all": (0, AGES - 1),
    "0-17": (0, 17),
    "18-66": (18, 66),
    "67-79": (67, 79),
    "80-89": (80, 89),
    "90+": (90, AGES - 1),
    "80+": (80, AGES - 1),
}
