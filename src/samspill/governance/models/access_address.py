"""Whom everybody writes to when they ask for access («innsyn»), as the helsefellesskap has chosen it."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import EVERY_ROW, CommunityOwned, tracked


@tracked()
class AccessAddress(CommunityOwned):
    """One row of a community that has chosen. "" is the secretariat's own address, as without a row."""

    email = models.EmailField(blank=True)

    PERSONAL = ("email",)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "access addresses"
        constraints = [models.UniqueConstraint(fields=["community"], name="access_address_once")]

    def __str__(self) -> str:
        return self.email

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW
