"""The names of those a team follows, to find them by."""

from django.db import models

from samspill.care.models.base import PatientOwned
from samspill.care.models.patients import CareEpisode
from samspill.care.models.services import CareTeam


class FollowedRow(PatientOwned):
    """One of those a team follows: name and year of birth, and no more, to be found by.

    One for each open episode: it is found on the days of it, both included. A trigger keeps it up with
    episodes and names (migrations 0071 and 0086).
    """

    team = models.ForeignKey(CareTeam, on_delete=models.CASCADE, related_name="+")
    episode = models.OneToOneField(CareEpisode, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    PERSONAL = ("name",)

    class Meta:
        ordering = ["name", "pk"]
