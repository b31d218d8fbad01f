"""A profile as rules: on one element each, with rules of its parts inside."""

from dataclasses import dataclass

from samspill.fhir.profiles.matching import Expected, Fits


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the values of a repeated element: those that `fits` (`where` in the file) lets through.

    `some` says what at least one of them must have, when there are any. `note` is told (as information) about
    each.
    """

    name: str
    fits: Fits
    least: int = 0
    most: int | None = None
    rules: "tuple[Rule, ...]" = ()
    some: Fits | None = None
    allowed: str = ""
    note: str = ""
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a profile asks of one element below another. `path` may pass through several; bounds are per
    parent.
    """

    path: tuple[str, ...]
    least: int = 0
    most: int | None = None
    fixed: object = None
    codes: Expected | None = None
    only: tuple[str, ...] | None = None
    targets: frozenset[str] | None = None
    when: Fits | None = None
    expression: str = ""
    says: str = ""
    profile: str = ""
    slices: tuple[Slice, ...] = ()
    rules: "tuple[Rule, ...]" = ()
    severity: str = "error"
    # Worked out when the file is read: the steps before the last, the keys that a last step with [x] may
    # stand under, those that `only` leaves, whether anything is asked of a value beyond how many there are,
    # and whether all that is asked is that there is one.
    steps: tuple[str, ...] = ()
    choices: frozenset[str] | None = None
    only_keys: frozenset[str] | None = None
    asks: bool = False
    only_counts: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile: its id, the type it is for, its canonicals, and the profiles it builds on."""

    name: str
    type: str
    canonicals: tuple[str, ...]
    base: tuple[str, ...]
    rules: tuple[Rule, ...]
    source: str
