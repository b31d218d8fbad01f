"""Which cells are hidden for their own sake: small counts, small populations, weak series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.analysis.disclosure.rules import Rules


@dataclass(frozen=True)
class Counted:
    """A cell that has a count, or the place in a series of one that has none (`count` None).

    `years` is how many years it sums; `series` is what it shares with the other years of its series.
    """

    count: int | None
    population: int | None
    years: int = 1
    series: object = None


def small(cell: Counted, rules: Rules) -> str:
    """Why a cell is hidden for its own sake, or ""."""
    if not _can_be_hidden(cell, rules):
        return ""
    times = cell.years if rules.per_year else 1
    limit, count = rules.highest_hidden * times, cell.count or 0
    if count <= limit:
        return "small_count"
    people = cell.population
    if people is None:
        return ""
    if rules.hide_complement and people - count <= limit:
        return "small_complement"
    if rules.highest_hidden_population is not None and people <= rules.highest_hidden_population * times:
        return "small_population"
    return ""


def reasons(cells: Sequence[Counted], rules: Rules) -> list[str]:
    """Why each cell is hidden, "" for one that is not, series included."""
    found = [small(cell, rules) for cell in cells]
    by_series: dict[object, list[int]] = {}
    for place, cell in enumerate(cells):
        if cell.series is not None:
            by_series.setdefault(cell.series, []).append(place)
    for places in by_series.values():
        why = _of_series([cells[place] for place in places], [found[place] for place in places], rules)
        for place in places:
            if why and not found[place] and _can_be_hidden(cells[place], rules):
                found[place] = why
    return found


def _can_be_hidden(cell: Counted, rules: Rules) -> bool:
    """There is a count; it is not a zero that the rules show, nor one among no people at all."""
    is_shown_zero = cell.count == 0 and rules.zeros_shown
    return cell.count is not None and cell.population != 0 and not is_shown_zero


def _of_series(cells: Sequence[Counted], found: Sequence[str], rules: Rules) -> str:
    """Why a whole series is hidden, or "". A year that is missing counts as one that is not hidden."""
    if sum(map(bool, found)) > rules.series_share * len(cells):
        return "series_hidden"
    weak = [_is_weak(cell, rules) for cell in cells]
    return "series_weak" if sum(weak) > rules.weak_share * len(cells) else ""


def _is_weak(cell: Counted, rules: Rules) -> bool:
    if cell.count is None or rules.highest_weak is None:
        return False
    return cell.count <= rules.highest_weak * (cell.years if rules.per_year else 1)


WORDS: Mapping[str, str] = {
    "small_count": "few persons",
    "small_complement": "nearly all persons",
    "small_population": "few persons in the population",
    "series_hidden": "too many hidden years in the series",
    "series_weak": "too many weak years in the series",
    "hidden_before": "hidden in an earlier release",
    "protects_others": "protects other cells from being computed, or nearly",
}
"""What each reason of a hidden cell means, for the owner of the data."""
