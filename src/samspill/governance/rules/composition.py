"""What can be said of a body's seats on a day: balance, cover, users, chair. Plain values in, findings out.

Here: the sums, without a database. Not here: which seats there are on a day (`queries.composing`), and how a
finding reads (`body_wording`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samspill.directory.public import Bloc
from samspill.governance.states import Parity, Role

MONTHS = 12
LAST_SAFE_DAY = 28


@dataclass(frozen=True)
class Place:
    """A seat on a day.

    bloc    the side it counts for, "" outside the two sides
    votes   its holder may vote
    role    the holder's role, "" when nobody holds it
    covers  numbers of the municipalities it speaks for
    """

    key: int
    bloc: str = ""
    votes: bool = True
    is_user: bool = False
    role: str = ""
    covers: frozenset[int] = frozenset()

    @property
    def is_filled(self) -> bool:
        return bool(self.role)


@dataclass(frozen=True)
class Balance:
    """So many on either side."""

    municipal: int = 0
    hospital: int = 0

    @property
    def is_equal(self) -> bool:
        return self.municipal == self.hospital

    @property
    def total(self) -> int:
        return self.municipal + self.hospital


@dataclass(frozen=True)
class ParityFound:
    """Voting seats, and those of them that are filled. Empty seats warn; they stop nothing."""

    seats: Balance
    filled: Balance

    @property
    def is_kept(self) -> bool:
        return self.seats.is_equal and self.filled.is_equal


def who_votes(places: Iterable[Place]) -> list[Place]:
    """Only seats with the right to vote count, and only on one of the two sides."""
    return [one for one in places if one.votes and one.bloc]


def parity(places: Iterable[Place]) -> ParityFound:
    """How many voting seats each side has, and how many of them somebody holds."""
    voting = who_votes(places)
    return ParityFound(_balance(voting), _balance([one for one in voting if one.is_filled]))


def _balance(voting: Sequence[Place]) -> Balance:
    count = {bloc: sum(one.bloc == bloc for one in voting) for bloc in Bloc}
    return Balance(count[Bloc.MUNICIPAL], count[Bloc.HOSPITAL])


def uncovered(places: Iterable[Place], municipalities: Iterable[int]) -> list[int]:
    """Municipalities that no seat speaks for, neither their own nor their region's; in the given order."""
    spoken_for = frozenset[int]().union(*(one.covers for one in places))
    return [number for number in municipalities if number not in spoken_for]


@dataclass(frozen=True)
class UsersFound:
    """Seats for user representatives: how many are missing by rule, and which of those there are is empty."""

    missing: int
    vacant: tuple[int, ...]


def user_seats(places: Iterable[Place], at_least: int) -> UsersFound:
    own = [one for one in places if one.is_user]
    return UsersFound(max(0, at_least - len(own)), tuple(one.key for one in own if not one.is_filled))


def chairs_on_one_side(places: Collection[Place]) -> bool:
    """Chair and deputy chair are there and come from the same side."""
    by_role = {one.role: one.bloc for one in places if one.role in {Role.CHAIR, Role.DEPUTY_CHAIR}}
    return len(by_role) == len({Role.CHAIR, Role.DEPUTY_CHAIR}) and len(set(by_role.values())) == 1


@dataclass(frozen=True)
class Turn:
    """A side has the chair from a day until, not including, another."""

    bloc: Bloc
    since: date
    until: date


def other_side(bloc: str) -> Bloc:
    return Bloc.HOSPITAL if bloc == Bloc.MUNICIPAL else Bloc.MUNICIPAL


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on; the last there is when the month is shorter."""
    year, month = divmod(day.month - 1 + months, MONTHS)
    year, month = day.year + year, month + 1
    for number in range(day.day, LAST_SAFE_DAY - 1, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


def chair_turn(begins: date, months: int | None, first: str, day: date) -> Turn | None:
    """Whose turn it is to have the chair on `day`, when the chair alternates since `begins`.

    None when it does not alternate, and before the rule begins.
    """
    if not months or not first or day < begins:
        return None
    passed = ((day.year - begins.year) * MONTHS + day.month - begins.month) // months
    if months_after(begins, passed * months) > day:
        passed -= 1
    bloc = Bloc(first) if passed % 2 == 0 else other_side(first)
    return Turn(bloc, months_after(begins, passed * months), months_after(begins, (passed + 1) * months))


class FindingCode(StrEnum):
    """What may be wrong with a composition, gravest first."""

    NO_USERS = "no_users"
    SEATS_UNEQUAL = "seats_unequal"
    UNCOVERED = "uncovered"
    FILLED_UNEQUAL = "filled_unequal"
    VACANT = "vacant"
    USERS_VACANT = "users_vacant"
    CHAIR_MISSING = "chair_missing"
    CHAIR_WRONG_SIDE = "chair_wrong_side"
    CHAIRS_ONE_SIDE = "chairs_one_side"


@dataclass(frozen=True)
class Finding:
    """`count` of what the code says; `of` are numbers: municipalities or seats."""

    code: FindingCode
    count: int = 0
    of: tuple[int, ...] = ()


@dataclass(frozen=True)
class RuleOnDay:
    """What a representation rule asks, as plain values."""

    parity: str = Parity.EQUAL
    covers_all: bool = False
    users_at_least: int = 0
    deputy_other_side: bool = False
    turn: Turn | None = None


def findings(
    places: Sequence[Place], rule: RuleOnDay | None, municipalities: Sequence[int] = ()
) -> list[Finding]:
    """Everything in a composition that is not as the rule asks, gravest first; without a rule: holes."""
    found: list[Finding] = []
    if rule is not None:
        found += [*_of_seats(places, rule, municipalities), *_of_chair(places, rule)]
    vacant = tuple(one.key for one in places if not one.is_filled)
    if vacant:
        found.append(Finding(FindingCode.VACANT, len(vacant), vacant))
    order = list(FindingCode)
    return sorted(found, key=lambda one: order.index(one.code))


def _of_seats(places: Sequence[Place], rule: RuleOnDay, municipalities: Sequence[int]) -> list[Finding]:
    found = []
    if rule.parity == Parity.EQUAL:
        sides = parity(places)
        if not sides.seats.is_equal:
            found.append(Finding(FindingCode.SEATS_UNEQUAL))
        elif not sides.filled.is_equal:
            found.append(Finding(FindingCode.FILLED_UNEQUAL))
    if rule.covers_all and (left := uncovered(places, municipalities)):
        found.append(Finding(FindingCode.UNCOVERED, len(left), tuple(left)))
    users = user_seats(places, rule.users_at_least)
    if users.missing:
        found.append(Finding(FindingCode.NO_USERS, users.missing))
    if users.vacant:
        found.append(Finding(FindingCode.USERS_VACANT, len(users.vacant), users.vacant))
    return found


def _of_chair(places: Sequence[Place], rule: RuleOnDay) -> list[Finding]:
    found = []
    chair = next((one for one in places if one.role == Role.CHAIR), None)
    if chair is None and rule.turn:
        found.append(Finding(FindingCode.CHAIR_MISSING))
    if chair and rule.turn and chair.bloc != rule.turn.bloc:
        found.append(Finding(FindingCode.CHAIR_WRONG_SIDE, of=(chair.key,)))
    if rule.deputy_other_side and chairs_on_one_side(places):
        found.append(Finding(FindingCode.CHAIRS_ONE_SIDE))
    return found
