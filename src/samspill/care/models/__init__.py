"""Models of care, one file per thing."""

from samspill.care.models.access import AccessDecision, AccessLogEntry
from samspill.care.models.patients import Block, CareEpisode, Patient, RelatedPerson
from samspill.care.models.services import CareTeam, ServiceAgreement, TeamMembership

__all__ = [
    "AccessDecision",
    "AccessLogEntry",
    "Block",
    "CareEpisode",
    "CareTeam",
    "Patient",
    "RelatedPerson",
    "ServiceAgreement",
    "TeamMembership",
]
