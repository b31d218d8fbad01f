"""Population figures ready to show: sentence, picture, table and source, for a place and an age group."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import STATED, Actor, Community, Figure, Stated
from samspill.insight.accuracy.people import HORIZON, JUMP_OFF, errors
from samspill.insight.age_groups import BY_CODE, SHOWN
from samspill.insight.drawings import fan
from samspill.insight.models import PopulationRun, PopulationSeries
from samspill.insight.queries.districts import inside_city
from samspill.insight.queries.profiles import WHOLE, Place, Profile, profile_of
from samspill.insight.wording import decimal
from samspill.insight.wording.curves import bands_in_words, rows_of, sentence_of

KEY_OF = {"80+": "80", "67-79": "67-79"}
"""Age groups as they stand in addresses."""
GROUP_OF = {key: group for group, key in KEY_OF.items()}
WHOLE_KEY = "alle"
METHOD = gettext_lazy(
    "Each year group is followed one year at a time, with national mortality and with the moving the "
    "municipality has had; in small municipalities that is drawn towards the helsefellesskap and the "
    "country. 300 drawn futures make the intervals."
)
"""How a projection that is kept for the pages was made, in a few words."""


@dataclass(frozen=True)
class Compared:
    """Somebody else's figure beside ours, with our verdict."""

    stated: Stated
    ours: float
    verdict: str


@dataclass(frozen=True)
class Shown:
    """A figure with its words. `bands` are (style, words) of the intervals, narrowest first."""

    figure: Figure
    place: Place
    group: str
    heading: str
    told: str
    bands: Sequence[tuple[str, str]]
    compared: Sequence[Compared]
    accuracy: str
    credit: str


def show(profile: Profile, place: Place, group: str, actor: Actor) -> Shown:
    """The figure of a place and an age group, with what the community's own plans say beside it."""
    series = profile.of(place, group)
    compared = _compared(profile, place, group, actor)
    told = sentence_of(series.curve, place.name, str(BY_CODE[group].label), profile.now)
    label = str(BY_CODE[group].label)
    title = _("Inhabitants, %(group)s, in %(place)s") % {"group": label, "place": place.name}
    figure = Figure(
        key=f"{profile.community.slug}_{place.code or WHOLE_KEY}_{KEY_OF[group]}",
        title=title,
        spec=fan(
            series.curve,
            now=profile.now,
            today=actor.today.year,
            told=told,
            counts=_("Persons"),
            stated=[(one.stated.year, one.stated.persons) for one in compared],
        ),
        head=[_("Year"), _("Persons"), _("Eight of ten, from"), _("Eight of ten, to")],
        rows=rows_of(series.curve, profile.now),
        source=source_of(profile.run),
        method=METHOD,
    )
    heading = _("Inhabitants, %(group)s") % {"group": label}
    return Shown(
        figure,
        place,
        group,
        heading,
        told,
        bands_in_words(series.curve),
        compared,
        _accuracy(group),
        profile.run.pack.credit,
    )


def figure_for(key: str, actor: Actor) -> Figure | None:
    """The figure `<community>_<municipality, city district or alle>_<group>`; None when there is none."""
    slug, _sep, rest = key.partition("_")
    code, _sep, group_key = rest.partition("_")
    group = GROUP_OF.get(group_key)
    community = Community.objects.filter(slug=slug).first()
    profile = profile_of(community, SHOWN) if community and group else None
    inside = inside_city(profile, code) if profile else None
    profile = inside.profile if inside else profile
    place = profile.place(WHOLE if code == WHOLE_KEY else code) if profile else None
    if profile is None or place is None or group is None:
        return None
    return show(profile, place, group, actor).figure


def source_of(run: PopulationRun) -> str:
    """The line under a figure: who counted, and when we projected."""
    return _("%(credit)s. Own projection %(day)s") % {
        "credit": run.pack.credit_of_population,
        "day": date_format(run.made_at, "DATE_FORMAT"),
    }


def _accuracy(group: str) -> str:
    missed = errors()[group]
    return _(
        "Tried on figures from %(year)s: %(horizon)s years ahead the method missed by %(community)s percent "
        "for a helsefellesskap and %(municipality)s percent for a municipality, on average."
    ) % {
        "year": JUMP_OFF,
        "horizon": HORIZON,
        "community": decimal(missed.community, 1),
        "municipality": decimal(missed.municipality, 1),
    }


def _compared(profile: Profile, place: Place, group: str, actor: Actor) -> list[Compared]:
    """Only for the community as a whole: that is what its plans speak of."""
    if place.code:
        return []
    wanted = BY_CODE[group]
    series = profile.of(place, group)
    said = (one for source in STATED.all() for one in source(profile.community.pk, actor))
    fitting = {
        (one.year, one.persons, one.url): one
        for one in said
        if (one.low, one.high) == (wanted.low, wanted.high) and profile.now < one.year <= profile.to
    }
    return [Compared(one, series.on(one.year), _verdict(one, series)) for one in fitting.values()]


def _verdict(stated: Stated, series: PopulationSeries) -> str:
    low, high = series.between(stated.year)
    if stated.persons < low:
        return _("That is lower than what we find likely.")
    if stated.persons > high:
        return _("That is higher than what we find likely.")
    return _("That is within what we find likely.")
