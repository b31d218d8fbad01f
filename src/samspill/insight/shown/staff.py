"""Staff ready to show: an answer told now, and a row with a small picture per profession."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Community
from samspill.insight.calculating import CALCULATIONS, Plain
from samspill.insight.models import DataPack
from samspill.insight.queries.figures import names_of
from samspill.insight.telling import Asked, Told
from samspill.insight.telling.staff_parts import curve_of, shown_years
from samspill.insight.wording import about, count
from samspill.insight.wording.staff import (
    PROFESSIONS,
    assumption_in_words,
    capital,
    gap_in_words,
    name_of,
    span,
)

WIDTH, HEIGHT, EDGE = 120, 34, 3


def told_now(
    kind: str, community: Community, asked: Plain, found: Plain, actor: Actor, *, own: bool = False
) -> Told:
    """The answer as its kind tells it, calculated today; `own` when nothing but what was typed is in it."""
    source = own_line(actor) if own else source_line(actor)
    return CALCULATIONS[kind].tell(Asked(community, asked, found, names_of(()), source))


def own_line(actor: Actor) -> str:
    """The line under a figure that holds what was typed and nothing else."""
    return _("Your own numbers. Calculated %(day)s") % {"day": date_format(actor.today, "DATE_FORMAT")}


def source_line(actor: Actor) -> str:
    """The line under a figure that was calculated just now."""
    pack = DataPack.objects.first()
    day = date_format(actor.today, "DATE_FORMAT")
    if pack is None:
        return _("Calculated %(day)s") % {"day": day}
    return _("Own projection of staff and people %(day)s. People: %(credit)s") % {
        "credit": pack.credit_of_population,
        "day": day,
    }


def rows_of(found: Any, slug: str, query: str) -> list[dict[str, object]]:
    """A row per profession, those who lack most first."""
    years = found["years"]
    here = [(name, found["professions"][name]) for name in PROFESSIONS if name in found["professions"]]
    here.sort(key=lambda pair: -pair[1]["gap"]["values"][-1])
    return [_row(name, one, years, found, slug, query) for name, one in here]


def _row(name: str, one: Any, years: list[int], found: Any, slug: str, query: str) -> dict[str, object]:
    supply, need, gap = (curve_of(years, one[part]) for part in ("supply", "need", "gap"))
    last = years[-1]
    address = reverse("insight:staff-profession", args=[slug, PROFESSIONS[name].slug])
    notes = [note for note in found["assumed"] if note.startswith(f"{name}, ")]
    return {
        "name": capital(name_of(name)),
        "url": f"{address}?{query}" if query else address,
        "now": count(supply.on(years[0])),
        "at": [
            {
                "year": year,
                "supply": about(supply.on(year)),
                "need": about(need.on(year)),
                "gap": gap_in_words(gap.on(year), need.on(year)),
            }
            for year in shown_years(years)
        ],
        "sure": span(*gap.between(last)),
        "assumed": [assumption_in_words(note) for note in notes],
        "spark": spark(years, supply.values, need.values),
    }


def spark(years: Sequence[int], supply: Sequence[float], need: Sequence[float]) -> dict[str, str]:
    """Points of the two lines and of the space between them, in a box of WIDTH by HEIGHT."""
    least, most = min(*supply, *need), max(*supply, *need)
    span = max(most - least, 0.08 * most) or 1.0

    def points(values: Sequence[float]) -> list[str]:
        step = (WIDTH - 2 * EDGE) / (len(years) - 1)
        return [
            f"{EDGE + place * step:.1f},{EDGE + (HEIGHT - 2 * EDGE) * (1 - (value - least) / span):.1f}"
            for place, value in enumerate(values)
        ]

    there, wanted = points(supply), points(need)
    return {
        "supply": " ".join(there),
        "need": " ".join(wanted),
        "between": " ".join([*there, *reversed(wanted)]),
    }
