"""What a decision on access looks at, and what it says: plain values, gathered and kept by others.

Persons are told apart by a keyed hash of their national number, never by the number itself.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from samspill.directory.trust.purposes import PROFESSIONAL

WHOLE, PART = "whole", "part"
EVERYONE, PERSON, GROUP, ORGANISATION = "everyone", "person", "group", "organisation"
NARROW = "narrow"


@dataclass(frozen=True)
class Subject:
    """Who wants to look. `acts_as` is `professional`, `citizen` or `machine`; `level` the security level.

    `groups` and `organisations` are all that the person works in, whatever they ask as here: a block against
    one of them is against the person. `surname` and `address` are keys to compare with the patient's, "" when
    they are not known.
    """

    account: str
    acts_as: str = PROFESSIONAL
    person: str = field(default="", repr=False)
    tenant: str = ""
    units: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    level: int = 0
    surname: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    groups: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Episode:
    """An active CareEpisode: the organisation that follows the patient, by a unit or a team of it."""

    tenant: str
    unit: str = ""
    team: str = ""


@dataclass(frozen=True)
class Stay:
    """The patient is there now, or is expected."""

    tenant: str
    unit: str


@dataclass(frozen=True)
class Agreement:
    """A ServiceAgreement: `giver` lets `receiver` (or one `team` of it) do `rights` with its patients.

    Both days are included; `ends` None is without end.
    """

    giver: str
    receiver: str
    rights: frozenset[str]
    starts: date
    ends: date | None = None
    team: str = ""

    def is_active_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True)
class Block:
    """The patient's no. `against` is `everyone`, `person`, `group` (a role or a team) or `organisation`, and
    `target` which one. `part` names what it is about when `scope` is `part`.

    `may_be_told` is False when the patient has asked that not even the block is known.
    """

    against: str
    target: str = field(default="", repr=False)
    scope: str = WHOLE
    part: str = ""
    may_be_told: bool = True


@dataclass(frozen=True)
class PatientFacts:
    """What is true of the patient now, in the record that `tenant` is responsible for.

    `protection` is "", `confidential` (kode 7) or `strictly_confidential` (kode 6). `representatives` are
    the guardians and relatives who may see the record, `relatives` all known ones.
    """

    patient: str
    tenant: str
    person: str = field(default="", repr=False)
    episodes: tuple[Episode, ...] = ()
    stays: tuple[Stay, ...] = ()
    teams: frozenset[str] = frozenset()
    agreements: tuple[Agreement, ...] = ()
    blocks: tuple[Block, ...] = ()
    protection: str = ""
    deceased: bool = False
    relatives: frozenset[str] = field(default=frozenset(), repr=False)
    representatives: frozenset[str] = field(default=frozenset(), repr=False)
    surname: str = field(default="", repr=False)
    address: str = field(default="", repr=False)


@dataclass(frozen=True)
class Context:
    """The occasion. `now` has a zone. `right` is what shall be done; `part` the part of the record, "" all.

    `break_glass` tells that the person has confirmed it, with a reason from the list and in own words.
    `patients_today` is how many other patients the account has looked at today.
    """

    now: datetime
    is_list: bool = False
    right: str = "read"
    part: str = ""
    break_glass: bool = False
    reason_code: str = ""
    reason: str = field(default="", repr=False)
    patients_today: int = 0


@dataclass(frozen=True)
class Verdict:
    """What was decided. When it is not `allowed`, `code` and `sentence` tell why, and nothing may be shown.

    `basis` why it is allowed. `shows` `whole` or `narrow` (a list). `user_selected` whether the person gave
    themselves access. `hidden_parts` and `hidden_fields` are left out of what is shown; `told_hidden`
    whether the one who looks may be told so. `notices` who must be told; `review_by` when somebody must have
    looked at it. `flags` are for the later control, never for the one who looks. `channels` how something
    may be sent to the patient.
    """

    allowed: bool
    purpose: str
    basis: str = ""
    code: str = ""
    sentence: str = ""
    shows: str = ""
    user_selected: bool = False
    expires_at: datetime | None = None
    hidden_parts: frozenset[str] = frozenset()
    hidden_fields: frozenset[str] = frozenset()
    told_hidden: bool = False
    notices: tuple[str, ...] = ()
    review_by: datetime | None = None
    flags: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
