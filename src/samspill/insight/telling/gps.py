"""The calculation «gp_lists» told: people without a GP, and the doctors there are for them."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.analysis.workforce import national_lists
from samspill.directory.public import Figure
from samspill.insight.accuracy.staff import of_staff
from samspill.insight.drawings import Curve
from samspill.insight.drawings.expected import expected
from samspill.insight.telling import Asked, Pair, Passage, Told
from samspill.insight.telling.staff_parts import curve_of, interval_of, origin_in_words
from samspill.insight.wording import about, count, decimal, rounded
from samspill.insight.wording.curves import bands_in_words
from samspill.insight.wording.staff import assumption_in_words, share_in_words

FEW = 0.005  # of the people: fewer than this without a GP is nearly nobody


def tell(told: Asked) -> Told:
    found: Any = told.found
    years = found["years"]
    without, gps, people = (curve_of(years, found[part]) for part in ("without", "gps", "people"))
    return Told(
        heading=_heading(without, people),
        lede=_lede(found, without),
        passages=[_without(told, without, people), _doctors(told, gps)],
        question=_question(told),
        method=_method(told),
        warnings=[line for line in (origin_in_words(found["origin"]),) if line],
    )


def _heading(without: Curve, people: Curve) -> str:
    last = without.years[-1]
    if without.on(last) < FEW * people.on(last):
        return _("In %(year)s nearly everybody can have a GP") % {"year": last}
    return _("In %(year)s about %(number)s people are without a GP") % {
        "year": last,
        "number": about(without.on(last)),
    }


def _lede(found: Any, without: Curve) -> str:
    """How sure it is, and what happens if lists go on getting shorter: what matters most."""
    last = without.years[-1]
    low, high = without.between(last)
    sure = _("Probably between %(low)s and %(high)s. That holds eight times of ten.") % {
        "low": about(low),
        "high": about(high),
    }
    shorter = _("If lists go on getting shorter, as they have in the country, it will be about %(then)s.") % {
        "then": about(curve_of(without.years, found["shrinking"]).on(last))
    }
    return f"{sure} {shorter}" if rounded(high) else shorter


def _without(told: Asked, without: Curve, people: Curve) -> Passage:
    found: Any = told.found
    first, last = without.years[0], without.years[-1]
    nation = found["nation"]
    sentence = _(
        "In %(first)s about %(now)s people here are without a GP, if lists are as long as in the country. "
        "In %(last)s we expect %(then)s of %(people)s."
    ) % {
        "first": first,
        "last": last,
        "now": about(without.on(first)),
        "then": about(without.on(last)),
        "people": about(people.on(last)),
    }
    national = _("In Norway %(number)s were without a GP on %(when)s, %(share)s percent.") % {
        "number": count(nation["without"]),
        "when": _day(nation["when"]),
        "share": decimal(100 * nation["share"], 1),
    }
    shrinking = curve_of(without.years, found["shrinking"])
    shorter = _(
        "The grey line is if lists go on getting shorter as they have in the country, %(percent)s percent a "
        "year: %(then)s people in %(last)s."
    ) % {
        "percent": decimal(-100 * found["trend"], 1),
        "then": about(shrinking.on(last)),
        "last": last,
    }
    figure = Figure(
        key="1",
        title=_("People without a GP"),
        spec=expected(
            without, told=sentence, end=_end(without, people), counts=_("Persons"), beside=shrinking
        ),
        head=[_("Year"), _("Persons without a GP"), _("Eight of ten, from"), _("Eight of ten, to"), _("All")],
        rows=[
            [
                str(year),
                rounded(without.on(year)),
                *(rounded(end) for end in interval_of(without, year)),
                rounded(people.on(year)),
            ]
            for year in without.years
        ],
        source=told.source,
    )
    return Passage(figure, _("People without a GP"), [sentence, shorter, national], bands_in_words(without))


def _end(without: Curve, people: Curve) -> str:
    last = without.years[-1]
    if without.on(last) < FEW * people.on(last):
        return _("nearly nobody")
    return _("%(number)s people") % {"number": about(without.on(last))}


def _day(when: str) -> str:
    """«2024-05-01» as people write it; a quarter stays as it is."""
    return date_format(date.fromisoformat(when), "DATE_FORMAT") if len(when) == len("2024-05-01") else when


def _doctors(told: Asked, gps: Curve) -> Passage:
    found: Any = told.found
    first, last = gps.years[0], gps.years[-1]
    now, then = found["older"]
    lines = [
        _("There are %(now)s GPs here in %(first)s. In %(last)s we expect %(then)s.")
        % {"first": first, "last": last, "now": count(gps.on(first)), "then": about(gps.on(last))},
        _("In %(first)s %(now)s is 60 or older, in %(last)s %(then)s.")
        % {"first": first, "last": last, "now": share_in_words(now), "then": share_in_words(then)},
        _("A list has %(now)s people in %(first)s and %(then)s in %(last)s.")
        % {
            "first": first,
            "last": last,
            "now": count(found["length"][0]),
            "then": count(found["length"][-1]),
        },
    ]
    figure = Figure(
        key="2",
        title=_("GPs with a list"),
        spec=expected(
            gps,
            told=lines[0],
            end=_("%(number)s GPs") % {"number": about(gps.on(last))},
            counts=_("GPs"),
        ),
        head=[_("Year"), _("GPs"), _("Eight of ten, from"), _("Eight of ten, to"), _("People on a list")],
        rows=[
            [
                str(year),
                rounded(gps.on(year)),
                *(rounded(end) for end in interval_of(gps, year)),
                round(found["length"][place]),
            ]
            for place, year in enumerate(gps.years)
        ],
        source=told.source,
    )
    return Passage(figure, _("Doctors, and how long their lists are"), lines, bands_in_words(gps))


def _shorter() -> dict[str, str]:
    """What the years of shorter lists did: more doctors, and more people without one."""
    before, after = (
        next(one for one in national_lists() if one.when.startswith(year)) for year in ("2019", "2022")
    )
    return {
        "gps": count(after.gps - before.gps),
        "people": count(after.people_without - before.people_without),
    }


def _question(told: Asked) -> list[Pair]:
    found: Any = told.found
    asked: Any = told.asked
    return [
        (_("Where"), told.community.name),
        (_("Years"), f"{found['years'][0]}–{found['years'][-1]}"),
        (
            _("Lists change in length"),
            _("%(number)s %% a year") % {"number": decimal(100 * asked["length_change"], 1)},
        ),
        (_("More who begin as GPs"), _("%(number)s a year") % {"number": decimal(asked["more"], 0)}),
    ]


def _method(told: Asked) -> list[Pair]:
    found: Any = told.found
    asked: Any = told.asked
    return [
        (
            _("Method"),
            _(
                "GPs are followed by age, one year at a time; %(draws)s drawn futures make the intervals. "
                "Each has as many lists as in the country, and whoever the lists do not hold is without a "
                "GP. A substitute is not counted."
            )
            % {"draws": asked["draws"]},
        ),
        (
            _("How sure"),
            _(
                "Not tested here: lists are not published by region. From 2019 to 2022 the country got "
                "%(gps)s more GPs and %(people)s more people without one, because the lists grew shorter. "
                "Lists as long as now is the favourable assumption."
            )
            % _shorter(),
        ),
        (_("How sure about staff"), of_staff()),
        (
            _("Sources"),
            "Helsedirektoratet, Allmennlegetjenesten – årsrapport 2023 inklusive status per mai 2024, kap. 8",
        ),
        *(
            (_("Assumed: %(what)s") % {"what": what}, text)
            for what, text in (
                assumption_in_words(one) for one in found["assumed"] if one.startswith("general_practitioner")
            )
        ),
    ]
