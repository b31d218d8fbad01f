"""The age groups that runs are stored by. Both ends are included; 105 is 105 and older."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AgeGroup(NamedTuple):
    code: str
    low: int
    high: int
    label: str | Promise


AGE_GROUPS = (
    AgeGroup("all", 0, 105, _("All ages")),
    AgeGroup("0-17", 0, 17, _("0–17 years")),
    AgeGroup("18-66", 18, 66, _("18–66 years")),
    AgeGroup("20-66", 20, 66, _("20–66 years")),
    AgeGroup("50-64", 50, 64, _("50–64 years")),
    AgeGroup("67+", 67, 105, _("67 years and older")),
    AgeGroup("67-79", 67, 79, _("67–79 years")),
    AgeGroup("80+", 80, 105, _("80 years and older")),
    AgeGroup("90+", 90, 105, _("90 years and older")),
)
BY_CODE = {group.code: group for group in AGE_GROUPS}
SHOWN = ("80+", "67-79")
"""The groups with a page block of their own; the others feed indicators."""
