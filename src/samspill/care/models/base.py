"""What rows about a patient have in common: whose they are, and whom they are about."""

from django.db import models

from samspill.directory.public import CommunityOwned


class PatientOwned(CommunityOwned):
    """A row about a patient. `tenant` is the organisation whose record it stands in.

    Its table needs `shield(…)` in a migration: without a decision about the patient it has no rows.
    """

    tenant = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey("care.Patient", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
