"""What one row of each table says. Plain values; reading and checking them stands in `tables`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CommunityFact:
    """A helsefellesskap and the one health trust it is built around.

    `name_basis` is "own" when it goes by this full name, "formed" when that is made on the others' pattern.
    `written_form` is "nb" or "nn": the form the trust writes to the public in.
    """

    code: str
    slug: str
    name: str
    full_name: str
    name_basis: str
    trust_name: str
    trust_orgnr: str
    trust_short_name: str
    health_region: str
    written_form: str


@dataclass(frozen=True, slots=True)
class MunicipalityFact:
    """A municipality of today, with its official Sámi and Kven names and the code of its community.

    `valid_from` is the first day of the code (the table begins in 2006: 1 January 2006 means "or earlier"),
    `valid_to` its last, None while it is in use.
    """

    code: str
    name: str
    other_names: tuple[str, ...]
    county_code: str
    county_name: str
    community_code: str
    valid_from: date
    valid_to: date | None

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """`weight` of the persons of `old_code` in the given days live in `new_code` of today."""

    old_code: str
    valid_from: date
    valid_to: date
    new_code: str
    weight: float


@dataclass(frozen=True, slots=True)
class RegionFact:
    """Municipalities with one voice. `is_assumed` when a membership has no source: demonstration only."""

    community_code: str
    name: str
    municipality_codes: tuple[str, ...]
    is_assumed: bool
