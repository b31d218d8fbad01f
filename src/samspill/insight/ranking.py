"""Every helsefellesskap side by side: the growth in those over 80 as dots with their intervals."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samspill.directory.public import Community, Figure
from samspill.insight.drawings.dots import Dots, Mark, dots
from samspill.insight.models import PopulationSeries
from samspill.insight.queries import communities_with_figures
from samspill.insight.shown.people import METHOD, source_of
from samspill.insight.telling import Passage

KEY = "alle-helsefellesskap"
FEWEST = 5  # below, a table says it better
US = "#0f4c64"


def ranking(found: Sequence[tuple[Community, PopulationSeries]]) -> Passage | None:
    """Strongest growth first; None for a few. The line of the source is that of the newest run."""
    if len(found) < FEWEST:
        return None
    newest = max((series.run for _community, series in found), key=lambda run: run.made_at)
    rows = sorted((_row(community, series) for community, series in found), key=lambda row: -row.values["us"])
    years = {"now": newest.jump_off, "to": newest.to}
    told = _(
        "%(strongest)s grows most, with %(most)s percent more people over 80, and %(weakest)s least, with "
        "%(least)s percent."
    ) % {
        "strongest": rows[0].label,
        "most": round(rows[0].values["us"]),
        "weakest": rows[-1].label,
        "least": round(rows[-1].values["us"]),
    }
    title = _("Growth in inhabitants aged 80 and older from %(now)s to %(to)s, percent") % years
    figure = Figure(
        key=KEY,
        title=title,
        spec=dots(rows, {"us": Mark(title, US)}, told=told, unit=_("Growth, percent")),
        head=[_("Helsefellesskap"), _("Growth, percent"), _("Eight of ten, from"), _("Eight of ten, to")],
        rows=[
            [row.label, *(round(one) for one in (row.values["us"], *(row.interval or ())))] for row in rows
        ],
        source=source_of(newest),
        method=METHOD,
    )
    words = [("c-me c-round", _("Expected")), ("c-b80", _("Eight of ten"))]
    return Passage(figure, _("All helsefellesskap side by side"), [told], words)


def ranking_figure() -> Figure | None:
    found = ranking(communities_with_figures())
    return found.figure if found else None


def _row(community: Community, series: PopulationSeries) -> Dots:
    now = series.on(series.run.jump_off) / 100
    low, high = series.between(series.run.to)
    return Dots(
        community.name,
        {"us": series.on(series.run.to) / now - 100},
        (low / now - 100, high / now - 100),
    )
