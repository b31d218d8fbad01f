"""A 0 of a code that did not exist that year is no figure: SSB fills such cells with 0, not with a symbol."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from samspill.insight.connectors.klass import Validity
from samspill.insight.jsonstat import Dataset

YEAR = re.compile(r"\d{4}")
NOT_POSSIBLE = "."  # the standard symbol: the category was not in use


def years_in(dataset: Dataset) -> tuple[int, int] | None:
    """The first and the last year of the figures, by how their codes begin; None without such codes."""
    years = [
        int(found[0])
        for one in dataset.with_role("time")
        for code in one.codes
        if (found := YEAR.match(code))
    ]
    return (min(years), max(years)) if years else None


def period_of(dataset: Dataset) -> tuple[date, date] | None:
    """What to ask KLASS for: from the first year until the second day of the one after the last."""
    years = years_in(dataset)
    return (date(years[0], 1, 1), date(years[1] + 1, 1, 2)) if years else None


def missing_where_absent(dataset: Dataset, validities: Iterable[Validity]) -> tuple[Dataset, int]:
    """The dataset without its zeros of codes that were not in use, and how many there were.

    Codes KLASS does not have (the country, a county) stay as they are. Needs one dimension of time and one of
    geography; without them nothing is done.
    """
    times, areas = dataset.with_role("time"), dataset.with_role("geo")
    if len(times) != 1 or len(areas) != 1:
        return dataset, 0
    in_use: dict[str, list[Validity]] = defaultdict(list)
    for one in validities:
        in_use[one.code].append(one)
    absent = {
        (area, time)
        for area in areas[0].codes
        for time in times[0].codes
        if (found := YEAR.match(time)) and area in in_use
        if not any(one.holds_in(int(found[0])) for one in in_use[area])
    }
    area_place, time_place = dataset.id.index(areas[0].id), dataset.id.index(times[0].id)
    gone = {
        position
        for position, row in enumerate(dataset.rows())
        if row.value == 0 and (row.codes[area_place], row.codes[time_place]) in absent
    }
    if not gone:
        return dataset, 0
    cells = list(dataset.cells())
    values = tuple(None if place in gone else value for place, (value, _) in enumerate(cells))
    statuses: dict[int, str | None] = {
        place: status or NOT_POSSIBLE
        for place, (_, status) in enumerate(cells)
        if status is not None or place in gone
    }
    return replace(dataset, values=values, statuses=statuses), len(gone)
