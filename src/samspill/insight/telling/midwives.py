"""The calculation «midwives» told: what the births need, and what each part of care is of it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.analysis.workforce import working_times
from samspill.directory.public import Figure
from samspill.insight.asked.numbers import said
from samspill.insight.drawings.expected import expected
from samspill.insight.telling import Asked, Pair, Passage, Told
from samspill.insight.telling.staff_parts import curve_of, interval_of
from samspill.insight.wording import about, count, decimal, rounded
from samspill.insight.wording.curves import bands_in_words
from samspill.insight.wording.staff import SECTOR_NAMES, capital

PARTS: dict[str, str | Promise] = {
    "antenatal_municipality": gettext_lazy("Check-ups by the municipality's midwife"),
    "home_visits_municipality": gettext_lazy("Visits at home after the birth"),
    "antenatal_hospital": gettext_lazy("Check-ups at the hospital"),
    "birth_hospital": gettext_lazy("The birth"),
    "postnatal_hospital": gettext_lazy("After the birth, at the hospital"),
}
"""The parts of care, as people see them."""


def tell(told: Asked) -> Told:
    found: Any = told.found
    asked: Any = told.asked
    years = found["years"]
    need = curve_of(years, found["need"])
    low, high = need.between(years[-1])
    return Told(
        heading=_("The births need about %(fte)s midwife FTE in %(year)s")
        % {"fte": about(need.on(years[-1])), "year": years[-1]},
        lede=_("Probably between %(low)s and %(high)s. That holds eight times of ten.")
        % {"low": about(low), "high": about(high)},
        passages=[_need(told)],
        question=[
            (_("Where"), told.community.name),
            (_("Years"), f"{years[0]}–{years[-1]}"),
            *(
                (str(label), _("%(number)s hours per birth") % {"number": said(asked[name])})
                for name, label in PARTS.items()
            ),
            (_("On duty day and night at the hospital"), said(asked["posts"])),
            (
                _("A full post works"),
                _("%(number)s hours a year") % {"number": count(asked["hours_of_post"])},
            ),
        ],
        method=_method(told),
        warnings=[_("The hours are assumptions until you put your own in.")],
    )


def _need(told: Asked) -> Passage:
    found: Any = told.found
    years = found["years"]
    births, need = curve_of(years, found["births"]), curve_of(years, found["need"])
    first, last = years[0], years[-1]
    lines = [
        _("In %(first)s about %(now)s children are born here, in %(last)s we expect %(then)s.")
        % {"first": first, "last": last, "now": about(births.on(first)), "then": about(births.on(last))},
        *_by_level(found, last),
        _always(told)
        or _(
            "The hours are those with the family. Posts that must be manned day and night may need more than "
            "the births do."
        ),
    ]
    figure = Figure(
        key="1",
        title=_("Midwife FTE that the births need"),
        spec=expected(
            need, told=lines[0], end=_("%(number)s FTE") % {"number": about(need.on(last))}, counts=_("FTE")
        ),
        head=[
            _("Year"),
            _("Births"),
            _("FTE needed"),
            _("Eight of ten, from"),
            _("Eight of ten, to"),
            *(capital(str(SECTOR_NAMES[name])) for name in found["sectors"]),
        ],
        rows=[
            [
                str(year),
                rounded(births.on(year)),
                rounded(need.on(year)),
                *(rounded(end) for end in interval_of(need, year)),
                *(rounded(one["values"][place]) for one in found["sectors"].values()),
            ]
            for place, year in enumerate(years)
        ],
        source=told.source,
    )
    return Passage(figure, _("What the births need of midwives"), lines, bands_in_words(need))


def _always(told: Asked) -> str:
    """What the posts that are always manned take by themselves; nothing when there are none."""
    asked: Any = told.asked
    found: Any = told.found
    if not asked["posts"]:
        return ""
    return _(
        "%(posts)s who are on duty day and night take %(fte)s FTE by themselves, however many are born."
    ) % {"posts": said(asked["posts"]), "fte": about(found["always"])}


def _by_level(found: Any, last: int) -> list[str]:
    now = found["now"]
    lines = []
    for name, one in found["sectors"].items():
        values = {
            "where": capital(str(SECTOR_NAMES[name])),
            "then": about(one["values"][-1]),
            "year": last,
        }
        if now is None:
            lines.append(_("%(where)s: %(then)s FTE needed in %(year)s.") % values)
        else:
            lines.append(
                _("%(where)s: %(now)s FTE today, %(then)s needed in %(year)s.")
                % {**values, "now": count(now[name])}
            )
    return lines


def _method(told: Asked) -> list[Pair]:
    norm = working_times()["shifts"]
    return [
        (
            _("Method"),
            _(
                "Births times hours per birth, over the hours a full post works in a year. The births are "
                "drawn with the population; the hours are as you put them."
            ),
        ),
        (
            _("How sure"),
            _(
                "Births have not been tested against what came. Children were nine percent too many after "
                "ten years in the national projections of 2014 and 2016."
            ),
        ),
        (_("Hours of a full post"), f"{norm.source} ({decimal(norm.time.hours, 0)})"),
    ]
