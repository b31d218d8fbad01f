"""Areas under each other by their figure, with limits: the passage and the table of it."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext as _

from samspill.directory.public import Figure
from samspill.insight.drawings.measured_rows import MeasuredRow, measured_rows
from samspill.insight.queries.looks import EVERY, OWN, Look
from samspill.insight.queries.measured import Area, Point
from samspill.insight.telling import Passage
from samspill.insight.telling.indicators import WHOLE, Standing, in_words, standing
from samspill.insight.wording.measured import (
    figure,
    places_of,
    said,
    source_line,
    unit_of,
    with_limits,
    writer,
)

RANKING = "rangering"
FEWEST = 2
NO_FIGURE = frozenset({Standing.HIDDEN, Standing.MISSING, Standing.TOO_FEW})


def standings(look: Look) -> dict[str, Standing]:
    """Where each area that is compared stands, by its name."""
    return {look.label(one): standing(one.at(look.period), look.of_whole) for one in look.areas}


def ranking(look: Look) -> Passage | None:
    """None where there are no two areas to rank."""
    shown = by_value(look, look.areas)
    if len(shown) < FEWEST:
        return None
    rows = by_value(look, [*look.areas, *beside(look)])
    measured, places = look.measured, places_of(look.measured)
    heading = _heading(look, shown, places)
    told = _told(look, rows)
    whole = look.of_whole
    drawn = [_row(look, area, point, writer(places)) for area, point in rows]
    words = {one: in_words(one, look.whole_code) for one in Standing}
    made = Figure(
        key=RANKING,
        title=_("%(title)s, %(period)s") % {"title": said(measured, "title"), "period": look.period},
        spec=measured_rows(
            drawn,
            whole=(look.label(look.whole), whole.value)
            if look.whole and whole and whole.value is not None
            else None,
            told=" ".join([f"{heading}.", *told]),
            unit=unit_of(measured),
        ),
        head=[
            _("Area"),
            unit_of(measured),
            _("Limits, from"),
            _("Limits, to"),
            _("Compared with all together"),
        ],
        rows=[_cells(look, area, point, places, words) for area, point in rows],
        source=source_line(measured),
    )
    return Passage(made, heading, told)


def beside(look: Look) -> list[Area]:
    """Who else stands among them: the helsefellesskap, and all together."""
    own = look.measured.areas.get(look.own) if look.scope in (OWN, EVERY) else None
    return [one for one in (own, look.whole) if one is not None]


def by_value(look: Look, areas: Sequence[Area]) -> list[tuple[Area, Point]]:
    """Those with a figure, the highest first."""
    found = [(one, one.at(look.period)) for one in areas]
    shown = [(one, point) for one, point in found if point is not None and point.value is not None]
    return sorted(shown, key=lambda row: (-(row[1].value or 0.0), row[0].name))


def _row(look: Look, area: Area, point: Point, written: Callable[[float | None], str]) -> MeasuredRow:
    is_whole = look.whole is not None and area.code == look.whole.code
    return MeasuredRow(
        look.label(area),
        point.value or 0.0,
        point.lower,
        point.upper,
        written(point.value),
        Standing.ALIKE if is_whole else standing(point, look.of_whole),
        is_own=look.is_marked(area) or area.code == look.own,
        is_whole=is_whole,
    )


def _cells(
    look: Look, area: Area, point: Point, places: int, words: Mapping[Standing, str]
) -> list[str | int | float | None]:
    is_whole = look.whole is not None and area.code == look.whole.code
    found = "" if is_whole else words[standing(point, look.of_whole)]
    values = (point.value, point.lower, point.upper)
    return [look.label(area), *(None if one is None else round(one, places) for one in values), found]


def _heading(look: Look, shown: Sequence[tuple[Area, Point]], places: int) -> str:
    (highest, high), (lowest, low) = shown[0], shown[-1]
    return _("From %(low)s in %(lowest)s to %(high)s in %(highest)s") % {
        "low": figure(low.value, places),
        "lowest": look.label(lowest),
        "high": figure(high.value, places),
        "highest": look.label(highest),
    }


def _told(look: Look, rows: Sequence[tuple[Area, Point]]) -> list[str]:
    told = []
    if any(point.lower is not None for _area, point in rows):
        told += [
            _("The line through each mark holds the true figure nineteen times of twenty."),
            _(
                "Triangles differ from %(whole)s, probably not by chance: up is higher, down is lower. "
                "For circles the difference may be chance."
            )
            % {"whole": WHOLE[look.whole_code]},
        ]
    whole = look.of_whole
    if look.whole and whole and whole.value is not None:
        told.append(
            _("The upright line is %(whole)s: %(value)s.")
            % {"whole": WHOLE[look.whole_code], "value": with_limits(whole, places_of(look.measured))}
        )
    return [*told, *_lacking(look)]


def _lacking(look: Look) -> list[str]:
    """Who is not in the drawing."""
    found = [one for one in standings(look).values() if one in NO_FIGURE]
    hidden = sum(one == Standing.HIDDEN for one in found)
    told = []
    if hidden:
        told.append(
            _("Hidden and not drawn: %(hidden)s of %(all)s.") % {"hidden": hidden, "all": len(look.areas)}
        )
    if len(found) > hidden:
        told.append(
            _("Without a figure: %(without)s of %(all)s.")
            % {"without": len(found) - hidden, "all": len(look.areas)}
        )
    return told
