"""One file per thing; the models by name."""

from samspill.directory.models.audit import AuditEvent
from samspill.directory.models.base import EVERY_ROW, CommunityOwned, VisibleQuerySet, tracked
from samspill.directory.models.communities import (
    Body,
    Community,
    DateSpan,
    Organisation,
    Party,
    Region,
    RegionMunicipality,
    Unit,
)
from samspill.directory.models.links import Link, SearchEntry
from samspill.directory.models.people import Account, Membership, Person
from samspill.directory.models.search_words import OpenSearchWord, SearchWord

__all__ = [
    "EVERY_ROW",
    "Account",
    "AuditEvent",
    "Body",
    "Community",
    "CommunityOwned",
    "DateSpan",
    "Link",
    "Membership",
    "OpenSearchWord",
    "Organisation",
    "Party",
    "Person",
    "Region",
    "RegionMunicipality",
    "SearchEntry",
    "SearchWord",
    "Unit",
    "VisibleQuerySet",
    "tracked",
]
