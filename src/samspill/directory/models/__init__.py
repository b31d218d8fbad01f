"""One file per thing; the models by name."""

from samspill.directory.models.audit import AuditEvent
from samspill.directory.models.base import CommunityOwned, VisibleQuerySet, tracked
from samspill.directory.models.communities import (
    Body,
    Community,
    Organisation,
    Party,
    Region,
    RegionMunicipality,
    Unit,
)
from samspill.directory.models.links import Link, SearchEntry
from samspill.directory.models.people import Account, Membership, Person

__all__ = [
    "Account",
    "AuditEvent",
    "Body",
    "Community",
    "CommunityOwned",
    "Link",
    "Membership",
    "Organisation",
    "Party",
    "Person",
    "Region",
    "RegionMunicipality",
    "SearchEntry",
    "Unit",
    "VisibleQuerySet",
    "tracked",
]
