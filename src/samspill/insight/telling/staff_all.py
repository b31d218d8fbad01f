"""All professions side by side: how many are at work, how many are needed, what lacks."""

from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis.workforce import Sector
from samspill.directory.public import Figure
from samspill.insight.drawings.ranges import Range, ranges
from samspill.insight.telling import Asked, Passage, Told
from samspill.insight.telling.staff_parts import (
    curve_of,
    interval_of,
    lacking,
    method_of,
    origin_in_words,
    question_of,
    shown_years,
)
from samspill.insight.wording import about, rounded_either
from samspill.insight.wording.staff import (
    PROFESSIONS,
    between,
    capital,
    gap_in_words,
    is_even,
    listed,
    name_of,
)

MOST_ANSWERS = 4  # that are set beside those of another scenario
BOTH = (str(Sector.HOSPITAL), str(Sector.MUNICIPALITY))


def tell_all(told: Asked) -> Told:
    found: Any = told.found
    years = found["years"]
    here = {name: found["professions"][name] for name in PROFESSIONS if name in found["professions"]}
    sector = str(told.asked["sector"])
    return Told(
        heading=_heading(here, years),
        lede=_lede(here, years),
        passages=[_gaps(told, here, years)],
        question=question_of(told, _("All professions")),
        method=method_of(told, tuple(here), (sector,) if sector else BOTH),
        warnings=[line for line in (origin_in_words(found["origin"]),) if line],
        answers=[lacking(name, curve_of(years, one["gap"])) for name, one in here.items()][:MOST_ANSWERS],
    )


def most_lacking(here: dict[str, Any]) -> list[str]:
    """The professions that lack somebody in the last year, most first."""
    lacking = [
        name
        for name, one in here.items()
        if one["gap"]["values"][-1] > 0 and not is_even(one["gap"]["values"][-1], one["need"]["values"][-1])
    ]
    return sorted(lacking, key=lambda name: -here[name]["gap"]["values"][-1])


def _heading(here: dict[str, Any], years: list[int]) -> str:
    lacking = most_lacking(here)
    if not lacking:
        return _("In %(year)s there are probably enough of every profession.") % {"year": years[-1]}
    first = here[lacking[0]]["gap"]["values"][-1]
    return _("In %(year)s we lack most %(who)s: probably %(number)s FTE.") % {
        "year": years[-1],
        "who": name_of(lacking[0]),
        "number": about(first),
    }


def _lede(here: dict[str, Any], years: list[int]) -> str:
    lacking = most_lacking(here)
    if not lacking:
        return ""
    one = curve_of(years, here[lacking[0]]["gap"])
    sure = between(*interval_of(one, years[-1]))
    enough = [name_of(name) for name in here if name not in lacking]
    if not enough:
        return sure
    rest = _("Of %(who)s there are probably enough.") % {"who": listed(enough)}
    return f"{sure} {rest}"


def _gaps(told: Asked, here: dict[str, Any], years: list[int]) -> Passage:
    last = years[-1]
    rows = []
    for name, one in sorted(here.items(), key=lambda pair: -pair[1]["gap"]["values"][-1]):
        gap = curve_of(years, one["gap"])
        low, high = gap.between(last)
        words = gap_in_words(gap.on(last), one["need"]["values"][-1])
        rows.append(Range(capital(name_of(name)), low, gap.on(last), high, words))
    title = _("What lacks in %(year)s, in FTE") % {"year": last}
    told_so = "; ".join(f"{row.label}: {row.words}" for row in rows)
    figure = Figure(
        key="1",
        title=title,
        spec=ranges(rows, told=told_so),
        head=_head(years),
        rows=[_row(name, one, years) for name, one in here.items()],
        source=told.source,
    )
    explained = [
        _("An FTE is a full post for a year."),
        _("To the right of the line somebody lacks, to the left there are some to spare."),
    ]
    bands = [("c-b80", _("Eight of ten futures end within the bar; the dot is the middle."))]
    return Passage(figure, title, explained, bands)


def _head(years: list[int]) -> list[str]:
    found = [_("Profession"), _("At work %(year)s") % {"year": years[0]}]
    for year in shown_years(years):
        found += [
            _("Needed %(year)s") % {"year": year},
            _("At work %(year)s") % {"year": year},
            _("Lack %(year)s") % {"year": year},
            _("Eight of ten, from"),
            _("Eight of ten, to"),
        ]
    return found


def _row(name: str, one: Any, years: list[int]) -> list[str | int | float | None]:
    need, supply, gap = (curve_of(years, one[part]) for part in ("need", "supply", "gap"))
    row: list[str | int | float | None] = [capital(name_of(name)), round(supply.on(years[0]))]
    for year in shown_years(years):
        row += [
            rounded_either(value)
            for value in (need.on(year), supply.on(year), gap.on(year), *gap.between(year))
        ]
    return row
