"""The pictures of a place's people beside its fans: the pyramid, two shares between ages, the map of growth.

Each is a `Passage` (a figure with its words). Addresses: `<community>_<municipality or alle>_<picture>`.
"""

import re
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Community, Figure
from samspill.insight.drawings import Pyramid, Shape, fan, growth_map, pyramid
from samspill.insight.drawings.pyramid import TOP, label_of
from samspill.insight.queries.ages import MEN, WOMEN, Ages, ages_of
from samspill.insight.queries.districts import inside_city
from samspill.insight.queries.outlines import outlines_of
from samspill.insight.queries.profiles import WHOLE, Place, Profile, profile_of
from samspill.insight.ranking import KEY as RANKING
from samspill.insight.ranking import ranking_figure
from samspill.insight.shown import people as shown
from samspill.insight.telling import Passage
from samspill.insight.wording import about, decimal, growth, rounded, signed
from samspill.insight.wording.curves import bands_in_words, rows_of

OLD = "80+"
PYRAMID, MAP = "pyramide", "kart"
STEPS = (50, 75, 100)
"""Percent growth where the next colour of the map begins."""
PLACES = 1  # decimals of a share
FIVE, ONE = 5, 1  # years in a bar of the pyramid
SPANS = ((0, 19), (20, 66), (67, 79), (80, 89), (90, 105))


class Share(NamedTuple):
    """`times` × the people of `top` per person of `base`, as it is said."""

    top: str
    base: str
    times: float
    heading: str | Promise
    title: str | Promise
    told: str | Promise
    counts: str | Promise


SHARES = {
    "hjelpere": Share(
        "20-66",
        "80+",
        1,
        gettext_lazy("%(now)s of working age for each over 80 today, %(then)s in %(to)s"),
        gettext_lazy("People aged 20–66 for each aged 80 or older, %(place)s"),
        gettext_lazy(
            "For each person over 80 there were %(now)s aged 20 to 66 on 1 January %(year)s. In %(to)s we "
            "expect %(then)s. They are the ones who can be nurses, carers, daughters and sons."
        ),
        gettext_lazy("Aged 20–66 for each over 80"),
    ),
    "eldre": Share(
        "67+",
        "20-66",
        100,
        gettext_lazy("%(now)s over 67 for each hundred of working age today, %(then)s in %(to)s"),
        gettext_lazy("People aged 67 or older for each hundred aged 20–66, %(place)s"),
        gettext_lazy(
            "For each hundred people aged 20 to 66 there were %(now)s aged 67 or older on 1 January "
            "%(year)s. In %(to)s we expect %(then)s."
        ),
        gettext_lazy("Aged 67+ for each hundred aged 20–66"),
    ),
}


def share_of(profile: Profile, place: Place, ages: Ages, key: str) -> Passage:
    """The share SHARES[key] as a fan, with its words."""
    share = SHARES[key]
    curve = ages.share(share.top, share.base, times=share.times, area=place.code)
    values = {
        "now": decimal(curve.on(profile.now), PLACES),
        "then": decimal(curve.on(profile.to), PLACES),
        "year": profile.now,
        "to": profile.to,
        "place": place.name,
    }
    told = str(share.told) % values
    figure = Figure(
        key=f"{_address(profile, place)}_{key}",
        title=str(share.title) % values,
        spec=fan(
            curve, now=profile.now, today=profile.now, told=told, counts=str(share.counts), places=PLACES
        ),
        head=[_("Year"), str(share.counts), _("Eight of ten, from"), _("Eight of ten, to")],
        rows=rows_of(curve, profile.now, PLACES),
        source=shown.source_of(profile.run),
        method=shown.METHOD,
    )
    return Passage(figure, str(share.heading) % values, [told], bands_in_words(curve, PLACES))


def pyramid_of(profile: Profile, place: Place, ages: Ages, *, year: int, step: int = FIVE) -> Passage:
    """Today's people as bars and those of `year` as a line, by sex and `step` years of age."""
    people = Pyramid(
        profile.now,
        *({one: ages.persons(one, place.code)[sex].tolist() for one in ages.years} for sex in (MEN, WOMEN)),
    )
    told = told_of_year(profile, place, year)
    key = PYRAMID if (year, step) == (profile.to, FIVE) else f"{PYRAMID}-{year}-{step}"
    figure = Figure(
        key=f"{_address(profile, place)}_{key}",
        title=_("Men and women by age in %(place)s, %(now)s and %(year)s")
        % {"place": place.name, "now": profile.now, "year": year},
        spec=pyramid(people, year=year, step=step, told=f"{told} {legend(profile.now, year)}"),
        head=_head(profile.now, year),
        rows=_rows(people, year, step),
        source=shown.source_of(profile.run),
        method=shown.METHOD,
    )
    return Passage(figure, _heading(people, profile.to), [told, legend(profile.now, year)])


def legend(now: int, year: int) -> str:
    return _("The filled bars are %(now)s, the line is %(year)s.") % {"now": now, "year": year}


def told_of_year(profile: Profile, place: Place, year: int) -> str:
    """How many are old that year, as one sentence."""
    old, oldest = (about(profile.persons(place, group, year)) for group in (OLD, "90+"))
    if year <= profile.now:
        return _("In %(year)s, %(old)s are over 80 years old, and %(oldest)s of them over 90.") % {
            "year": year,
            "old": old,
            "oldest": oldest,
        }
    return _("In %(year)s we expect %(old)s over 80 years old, and %(oldest)s of them over 90.") % {
        "year": year,
        "old": old,
        "oldest": oldest,
    }


def map_of(profile: Profile) -> Passage | None:
    """The municipalities coloured by growth in those over 80; None when a municipality has no outline."""
    outlines = outlines_of(profile.run.pack)
    if any(place.code not in outlines for place in profile.places):
        return None
    told = _("Growth in inhabitants aged 80 and older from %(now)s to %(to)s, by municipality.") % {
        "now": profile.now,
        "to": profile.to,
    }
    places = profile.by_growth(OLD)
    shapes = [
        Shape(
            place.name,
            signed(profile.growth(place, OLD)),
            step_of(profile.growth(place, OLD)),
            reverse("insight:municipality", args=[profile.community.slug, place.code]),
            outlines[place.code],
        )
        for place in places
    ]
    figure = Figure(
        key=f"{_address(profile, profile.whole)}_{MAP}",
        title=_("Growth in inhabitants aged 80 and older, %(now)s to %(to)s")
        % {"now": profile.now, "to": profile.to},
        spec=growth_map(shapes, told=told),
        head=[_("Municipality"), str(profile.now), str(profile.to), _("Growth, percent")],
        rows=[
            [
                place.name,
                round(profile.persons(place, OLD, profile.now)),
                rounded(profile.persons(place, OLD, profile.to)),
                profile.growth(place, OLD),
            ]
            for place in places
        ],
        source=". ".join([shown.source_of(profile.run), _("Map: Kartverket")]),
        method=shown.METHOD,
    )
    return Passage(figure, heading_of_growth(profile), [told])


def heading_of_growth(profile: Profile) -> str:
    """Who grows most and who least."""
    places = profile.by_growth(OLD)
    if len(places) < 2:
        return _("More people over 80")
    return _("%(strongest)s grows most, %(weakest)s least") % {
        "strongest": places[0].name,
        "weakest": places[-1].name,
    }


def step_of(percent: int | None) -> int:
    """The colour of a growth, 0..3."""
    return sum((percent or 0) >= step for step in STEPS)


def figure_for(key: str, actor: Actor) -> Figure | None:
    """The figure at an address; None when there is none."""
    if key == RANKING:
        return ranking_figure()
    slug, _sep, rest = key.partition("_")
    code, _sep, picture = rest.partition("_")
    if picture in shown.GROUP_OF:
        return shown.figure_for(key, actor)
    community = Community.objects.filter(slug=slug).first()
    profile = profile_of(community) if community else None
    inside = inside_city(profile, code) if profile else None
    profile = inside.profile if inside else profile
    place = profile.place(WHOLE if code == shown.WHOLE_KEY else code) if profile else None
    ages = inside.ages if inside else ages_of(profile.run) if profile and place else None
    if profile is None or place is None:
        return None
    if picture == MAP and not place.code:
        found = map_of(profile)
    elif ages and picture in SHARES:
        found = share_of(profile, place, ages, picture)
    elif ages and picture.partition("-")[0] == PYRAMID:
        found = _pyramid_at(profile, place, ages, picture.partition("-")[2])
    else:
        found = None
    return found.figure if found else None


def _pyramid_at(profile: Profile, place: Place, ages: Ages, chosen: str) -> Passage | None:
    """`chosen` is «2035-1» (year, years in a bar), or empty for the last year."""
    found = re.fullmatch(r"(\d{4})-(\d)", chosen or f"{profile.to}-{FIVE}")
    year, step = (int(one) for one in found.groups()) if found else (0, 0)
    if year not in ages.years or step not in TOP:
        return None
    return pyramid_of(profile, place, ages, year=year, step=step)


def _address(profile: Profile, place: Place) -> str:
    return f"{profile.community.slug}_{place.code or shown.WHOLE_KEY}"


def _heading(people: Pyramid, to: int) -> str:
    """The span of ages that grows most."""
    grown = {
        (low, high): growth(_between(people, people.now, low, high), _between(people, to, low, high)) or 0
        for low, high in SPANS
    }
    low, high = max(grown, key=lambda span: grown[span])
    if high == SPANS[-1][1]:
        return _("The growth is strongest among those over %(low)s") % {"low": low}
    return _("The growth is strongest among those aged %(low)s to %(high)s") % {"low": low, "high": high}


def _between(people: Pyramid, year: int, low: int, high: int) -> float:
    return sum(people.men[year][low : high + 1]) + sum(people.women[year][low : high + 1])


def _head(now: int, year: int) -> list[str]:
    return [
        _("Age"),
        *(text % {"year": one} for text in (_("Men %(year)s"), _("Women %(year)s")) for one in (now, year)),
    ]


def _rows(people: Pyramid, year: int, step: int) -> list[list[str | int | float | None]]:
    before, after = people.grouped(people.now, step), people.grouped(year, step)
    return [
        [label_of(low, step), round(men), rounded(men_then), round(women), rounded(women_then)]
        for (low, men, women), (_low, men_then, women_then) in zip(before, after, strict=True)
    ]
