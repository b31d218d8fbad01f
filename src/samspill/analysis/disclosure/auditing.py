"""`audit`: can anybody compute a hidden cell, or come too near, from all that was ever published?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from samspill.analysis.disclosure.attack import Holdings, Place, Sought, System, holdings, systems
from samspill.analysis.disclosure.bounds import Impossible, bounds
from samspill.analysis.disclosure.cells import At, Cell, Flag, Release
from samspill.analysis.disclosure.rank import Reduced, exact_weights, reduce
from samspill.analysis.disclosure.reading import Dimensions, Rows, cells_of, hierarchies_of, rows_of
from samspill.analysis.disclosure.rules import Rules
from samspill.analysis.disclosure.suppressing import Suppressed
from samspill.analysis.disclosure.tightening import ENDLESS
from samspill.refusal import Refused

Published = Suppressed | Release | Rows


@dataclass(frozen=True)
class Evidence:
    """A shown cell that gives a hidden one away, and what it is multiplied with in the sum that does."""

    at: At
    value: int
    weight: Fraction
    release: str


Because = tuple[Evidence, ...]


@dataclass(frozen=True)
class Finding:
    """A hidden cell that is not safe. `how`:

    "shown" – another release shows it; "computed" – a sum of shown cells is it, exactly; "bounded" – no other
    whole number agrees with what is shown; "narrow" – `low` to `high` is less than asked for.
    `because` are the cells that give it away, where they are few enough to be named.
    """

    at: At
    release: str
    how: str
    low: int
    high: int | None
    because: Because = ()

    @property
    def value(self) -> int | None:
        """The number, when it is given away exactly."""
        return self.low if self.low == self.high else None

    @property
    def cell(self) -> dict[str, str]:
        return dict(self.at)


@dataclass(frozen=True)
class Audit:
    """`recoverable` cells are known exactly, `narrow` ones nearly. Both empty: `ok`."""

    recoverable: tuple[Finding, ...]
    narrow: tuple[Finding, ...]
    shown: int
    hidden: int

    @property
    def ok(self) -> bool:
        return not self.recoverable and not self.narrow

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.recoverable, *self.narrow)


def audit(
    published: Published | Sequence[Published],
    hidden: Rows | None = None,
    *,
    dimensions: Dimensions | None = None,
    value: str = "count",
    population: str | None = None,
    rules: Rules | None = None,
) -> Audit:
    """Everything published from one version of the data, together: which hidden cells does it give away?

    `published`: what `suppress` gave, a `Release`, rows or columns – or a list of them: pages, exports,
    tooltips, answers of the API. In rows a cell with "flag" 3, or with None under `value` and no flag, is
    hidden; `hidden` may name more (rows with their dimensions; numbers in them are not looked at).
    Denominators under `population` are taken as known to all. `dimensions` as for `suppress`; rows need them.

    `rules` says that hidden cells are at least 1 (`zeros_shown`) and how many numbers a cell must span
    (`protection`, else `highest_hidden`); those of each release when it is left out.

    Refuses `releases_differ`, `published_cannot_be` (no table agrees with what is shown: it was rounded,
    or is of several versions), and what reading rows refuses.
    """
    releases = [
        _release(one, number, dimensions, value, population, rules)
        for number, one in enumerate(_several(published), 1)
    ]
    if hidden is not None:
        releases.append(_hidden_release(hidden, releases, dimensions, rules))
    width = max((release.rules.width for release in releases), default=1)
    held = holdings(releases)
    findings = [one for system in systems(held) for found in _findings(held, system, width) for one in found]
    exact = tuple(one for one in findings if one.value is not None)
    near = tuple(one for one in findings if one.value is None)
    return Audit(exact, near, len(held.shown), len(held.sought))


def _several(published: Published | Sequence[Published]) -> list[Any]:
    if isinstance(published, Suppressed | Release | Mapping):
        return [published]
    several: list[Any] = list(published)
    are_rows = all(isinstance(one, Mapping) and not _is_columns(one) for one in several)
    return [several] if are_rows else several


def _is_columns(one: Mapping[str, Any]) -> bool:
    return all(isinstance(values, Iterable) and not isinstance(values, str) for values in one.values())


def _release(
    one: Any,
    number: int,
    dimensions: Dimensions | None,
    value: str,
    population: str | None,
    rules: Rules | None,
) -> Release:
    name = f"release {number}"
    if isinstance(one, Suppressed | Release):
        release = one.release() if isinstance(one, Suppressed) else one
        return replace(release, rules=rules or release.rules, name=release.name or name)
    if dimensions is None:
        raise Refused("no_dimensions", "Say which columns are dimensions, and what their codes sum to.")
    rows, hierarchies = rows_of(one), hierarchies_of(dimensions)
    own = {name: hierarchies[name] for name in hierarchies if any(name in row for row in rows)}
    cells = cells_of(rows, own, value, population)
    flagged = [
        replace(cell, value=None, flag=Flag.HIDDEN)
        if cell.flag is Flag.HIDDEN or (cell.value is None and row.get("flag") is None)
        else cell
        for row, cell in zip(rows, cells, strict=True)
    ]
    return Release(tuple(flagged), hierarchies, rules or Rules(), name)


def _hidden_release(
    hidden: Rows, releases: Sequence[Release], dimensions: Dimensions | None, rules: Rules | None
) -> Release:
    known = hierarchies_of(dimensions) if dimensions is not None else dict(releases[0].dimensions)
    rows = rows_of(hidden)
    ats = [tuple((name, str(row[name])) for name in known if name in row) for row in rows]
    cells = tuple(Cell(at, None, Flag.HIDDEN) for at in ats)
    return Release(cells, known, rules or releases[0].rules, "hidden")


def _findings(held: Holdings, system: System, width: int) -> Iterator[list[Finding]]:
    """Of one part: first what is computed, then how near the others are known."""
    solved = reduce(system.rows)
    rest: list[int] = []
    for number in range(len(system.sought)):
        found = _computed(held, system, solved, number)
        if found is None:
            rest.append(number)
        else:
            yield found
    yield from _near(held, system, solved, rest, width)


def _named(sought: Sought, how: str, low: int, high: int | None, because: Because = ()) -> list[Finding]:
    """The finding under each name of the cell."""
    return [Finding(at, release, how, low, high, because) for at, release in sought.names.items()]


def _computed(held: Holdings, system: System, solved: Reduced, number: int) -> list[Finding] | None:
    place = system.sought[number]
    sought, direct = held.sought[place], held.shown.get(place)
    if direct is not None:
        because = (Evidence(direct.at, direct.value, Fraction(1), direct.release),)
        return _named(sought, "shown", direct.value, direct.value, because)
    weights = solved.combination(system.targets[number])
    exact = None if weights is None else exact_weights(weights, system.rows, system.targets[number])
    if exact is None:
        return None
    of_sums = sum(weight * int(system.values[one]) for one, weight in exact.items())
    value = int(system.constants[number] + of_sums)
    if value < 0:
        raise _cannot_be()
    return _named(sought, "computed", value, value, _evidence(held, system, place, exact))


def _evidence(held: Holdings, system: System, place: Place, weights: Mapping[int, Fraction]) -> Because:
    """The sums used, and the shown inner cells that are taken from them: together exactly the hidden cell."""
    inner: dict[int, Fraction] = {one: Fraction(1) for one in held.inner(place)}
    used = []
    for one, weight in weights.items():
        shown = held.shown[system.shown[one]]
        used.append(Evidence(shown.at, shown.value, weight, shown.release))
        for cell in held.inner(system.shown[one]):
            inner[cell] = inner.get(cell, Fraction(0)) - weight
    left = {cell: weight for cell, weight in inner.items() if weight}
    singles = {held.inner(one)[0]: one for one in held.shown if all(len(parts) == 1 for parts in one)}
    for cell, weight in left.items():
        shown = held.shown[singles[cell]]
        used.append(Evidence(shown.at, shown.value, weight, shown.release))
    return tuple(used)


def _near(
    held: Holdings, system: System, solved: Reduced, rest: Sequence[int], width: int
) -> Iterator[list[Finding]]:
    """Cells that are no sum of shown ones, but span less than `width` and less than they did beforehand."""
    if not rest:
        return
    sought = [held.sought[system.sought[number]] for number in rest]
    low = np.array([one.low for one in sought], dtype=float)
    high = np.array([ENDLESS if one.high is None else one.high for one in sought], dtype=float)
    asked = np.minimum(max(width, 1), high - low)
    part = replace(system, targets=system.targets[rest], constants=system.constants[rest])
    try:
        found = bounds(part, solved, low, high, asked)
    except Impossible:
        raise _cannot_be() from None
    for place, one in enumerate(sought):
        least, most = int(found.least[place]), int(found.most[place])
        if most - least < asked[place]:
            yield _named(one, "bounded" if least == most else "narrow", least, most)


def _cannot_be() -> Refused:
    return Refused(
        "published_cannot_be",
        "No table of whole numbers agrees with what is published: totals are rounded, or less than their "
        "parts.",
    )
