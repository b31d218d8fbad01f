"""Population figures ready to show: sentence, picture, table and source, for a place and an age group."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import STATED, Actor, Community, Figure, Stated
from samspill.insight.accuracy import ERRORS, HORIZON, JUMP_OFF
from samspill.insight.age_groups import BY_CODE, SHOWN
from samspill.insight.charts import fan
from samspill.insight.models import PopulationRun, PopulationSeries
from samspill.insight.queries.profiles import WHOLE, Place, Profile, profile_of
from samspill.insight.wording import about, count, decimal, growth, rounded

KEY_OF = {"80+": "80", "67-79": "67-79"}
"""Age groups as they stand in addresses."""
GROUP_OF = {key: group for group, key in KEY_OF.items()}
WHOLE_KEY = "alle"
_MORE = gettext_lazy(
    "On 1 January %(year)s, %(now)s people in %(place)s were in the group %(group)s. "
    "In %(to)s we expect %(then)s: %(percent)s percent more."
)
_FEWER = gettext_lazy(
    "On 1 January %(year)s, %(now)s people in %(place)s were in the group %(group)s. "
    "In %(to)s we expect %(then)s: %(percent)s percent fewer."
)
_AS_MANY = gettext_lazy(
    "On 1 January %(year)s, %(now)s people in %(place)s were in the group %(group)s. "
    "In %(to)s we expect as many: %(then)s."
)


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
    told = _told(profile, place, series)
    label = str(BY_CODE[group].label)
    title = _("Inhabitants, %(group)s, in %(place)s") % {"group": label, "place": place.name}
    figure = Figure(
        key=f"{profile.community.slug}_{place.code or WHOLE_KEY}_{KEY_OF[group]}",
        title=title,
        spec=fan(
            series,
            now=profile.now,
            today=actor.today.year,
            told=told,
            stated=[(one.stated.year, one.stated.persons) for one in compared],
        ),
        head=[_("Year"), _("Persons"), _("Eight of ten, from"), _("Eight of ten, to")],
        rows=_rows(series, profile.now),
        source=source_of(profile.run),
    )
    heading = _("Inhabitants, %(group)s") % {"group": label}
    return Shown(
        figure,
        place,
        group,
        heading,
        told,
        _bands(series),
        compared,
        _accuracy(group),
        profile.run.pack.credit,
    )


def figure_for(key: str, actor: Actor) -> Figure | None:
    """The figure `<community>_<municipality or alle>_<group>`; None when there is none."""
    slug, _sep, rest = key.partition("_")
    code, _sep, group_key = rest.partition("_")
    group = GROUP_OF.get(group_key)
    community = Community.objects.filter(slug=slug).first()
    profile = profile_of(community, SHOWN) if community and group else None
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


def _told(profile: Profile, place: Place, series: PopulationSeries) -> str:
    now, then = series.on(profile.now), series.on(profile.to)
    percent = growth(now, then)
    values = {
        "place": place.name,
        "group": BY_CODE[series.group].label,
        "year": profile.now,
        "now": count(now),
        "to": profile.to,
        "then": about(then),
        "percent": abs(percent or 0),
    }
    if not percent:
        return _AS_MANY % values
    return (_MORE if percent > 0 else _FEWER) % values


def _accuracy(group: str) -> str:
    errors = ERRORS[group]
    return _(
        "Tried on figures from %(year)s: %(horizon)s years ahead the method missed by %(community)s percent "
        "for a helsefellesskap and %(municipality)s percent for a municipality, on average."
    ) % {
        "year": JUMP_OFF,
        "horizon": HORIZON,
        "community": decimal(errors.community, 1),
        "municipality": decimal(errors.municipality, 1),
    }


def _bands(series: PopulationSeries) -> list[tuple[str, str]]:
    low95, low80, low50, high50, high80, high95 = (about(end) for end in series.bands[-1])
    return [
        ("c-b50", _("As likely inside as outside: %(low)s to %(high)s") % {"low": low50, "high": high50}),
        ("c-b80", _("Eight of ten: %(low)s to %(high)s") % {"low": low80, "high": high80}),
        ("c-b95", _("Nineteen of twenty: %(low)s to %(high)s") % {"low": low95, "high": high95}),
    ]


def _rows(series: PopulationSeries, now: int) -> list[list[str | int | None]]:
    """Counted years as they are, expected ones rounded. A year is text, so that it is not «2 026»."""
    rows: list[list[str | int | None]] = []
    for year, persons in zip(series.years, series.persons, strict=True):
        if year <= now:
            rows.append([str(year), round(persons), None, None])
        else:
            low, high = series.between(year)
            rows.append([str(year), rounded(persons), rounded(low), rounded(high)])
    return rows


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
