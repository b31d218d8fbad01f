"""What both ways of telling staff share: curves of what was found, the question, the method, the warnings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis.workforce import FOLLOWS, Profession, Sector
from samspill.insight.accuracy.staff import of_need, of_staff
from samspill.insight.drawings import Curve
from samspill.insight.telling import Answer, Asked, Pair
from samspill.insight.wording import decimal
from samspill.insight.wording.staff import (
    FOLLOWED,
    SECTOR_NAMES,
    assumption_in_words,
    capital,
    listed,
    name_of,
)

Found = Mapping[str, Any]
HALF_WAY = 2030


def curve_of(years: Sequence[int], found: Found) -> Curve:
    return Curve(years, found["values"], found["bands"])


def interval_of(curve: Curve, year: int) -> tuple[float, float]:
    """Eight of ten in a year; the first one is known."""
    return (curve.on(year), curve.on(year)) if year == curve.years[0] else curve.between(year)


def shown_years(years: Sequence[int]) -> list[int]:
    """The years that are told of: half-way, when it lies between, and the last."""
    return [year for year in (HALF_WAY,) if years[0] < year < years[-1]] + [years[-1]]


def sectors_of(told: Asked, found: Found) -> tuple[str, ...]:
    """The levels that are told of."""
    sector = str(told.asked["sector"])
    return (sector,) if sector else tuple(found.get("sectors", ())) or (Sector.HOSPITAL, Sector.MUNICIPALITY)


def need_in_words(profession: str, sectors: Sequence[str]) -> str:
    """What the need for a profession follows."""
    follows = [
        str(FOLLOWED[service])
        for service in dict.fromkeys(FOLLOWS[Profession(profession), Sector(one)] for one in sectors)
    ]
    return _("The need follows %(what)s.") % {"what": listed(follows)}


def method_of(told: Asked, professions: Sequence[str], sectors: tuple[str, ...]) -> list[Pair]:
    found: Any = told.found
    asked: Any = told.asked
    needs = list(dict.fromkeys(line for one in professions for line in of_need(one, sectors)))
    return [
        (
            _("Who is at work"),
            _(
                "People are followed by profession, sex, age and level, one year at a time: some retire, "
                "quit or move, others are trained and recruited. %(draws)s drawn futures make the intervals."
            )
            % {"draws": asked["draws"]},
        ),
        (
            _("What is needed"),
            _(
                "Today's posts, %(percent)s percent of them empty (an assumption), grow as the services do "
                "that the profession works in."
            )
            % {"percent": decimal(100 * asked["vacancy"], 0)},
        ),
        (_("How sure about staff"), of_staff()),
        (_("How sure about the need"), " ".join(needs)),
        (
            _("Not tested"),
            _("Students, exits and moves are not published by region. Those parts rest on assumptions."),
        ),
        *(
            (_("Assumed: %(what)s") % {"what": what}, text)
            for what, text in assumptions_of(found["assumed"], professions)
        ),
    ]


def assumptions_of(notes: Sequence[str], professions: Sequence[str]) -> list[Pair]:
    """The notes that concern `professions`, and those that concern all."""
    return [
        assumption_in_words(note)
        for note in notes
        if note.partition(":")[0].partition(",")[0] in professions or not _names_one(note)
    ]


def _names_one(note: str) -> bool:
    return note.partition(":")[0].partition(",")[0] in {str(one) for one in Profession}


def origin_in_words(origin: str) -> str:
    """Where the stock is from, said calmly when it is not the region's own."""
    if origin == "published":
        return _(
            "Only what is published for the hospital trust is counted here, and we assume that as many are "
            "trained as go. With your own figures the picture would be yours."
        )
    if origin == "nation":
        return _("Figures of the country stand in for your own: as many per inhabitant as in Norway.")
    return ""


def question_of(told: Asked, who: str) -> list[Pair]:
    asked: Any = told.asked
    found: Any = told.found
    return [
        (_("Who"), who),
        (_("Where"), f"{told.community.name}, {SECTOR_NAMES[asked['sector']]}"),
        (_("Years"), f"{found['years'][0]}–{found['years'][-1]}"),
        (_("Empty posts today"), _("%(number)s %%") % {"number": decimal(100 * asked["vacancy"], 0)}),
    ]


def lacking(profession: str, gap: Curve) -> Answer:
    """How many lack in the last year; below 0 there are more than are needed."""
    year = gap.years[-1]
    label = _("%(profession)s that lack in %(year)s, FTE") % {
        "profession": capital(name_of(profession)),
        "year": year,
    }
    return Answer(profession, label, gap.on(year), *gap.between(year))
