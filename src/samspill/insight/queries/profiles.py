"""The newest projection of a community, laid out for pages: places, years, series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from samspill.directory.public import Community, Party, alphabetical
from samspill.insight.models import PopulationRun, PopulationSeries
from samspill.insight.wording import growth

WHOLE = ""
"""The area code of the community itself."""


@dataclass(frozen=True)
class Place:
    """A municipality of a run, or the community (code "")."""

    code: str
    name: str


@dataclass(frozen=True)
class Profile:
    """A run with its series by (area, age group); `now` is the jump-off year, `to` the last."""

    community: Community
    run: PopulationRun
    places: Sequence[Place]
    series: Mapping[tuple[str, str], PopulationSeries] = field(repr=False)

    @property
    def now(self) -> int:
        return self.run.jump_off

    @property
    def to(self) -> int:
        return self.run.to

    @cached_property
    def whole(self) -> Place:
        return Place(WHOLE, self.community.name)

    def place(self, code: str) -> Place | None:
        return next((one for one in (self.whole, *self.places) if one.code == code), None)

    def of(self, place: Place, group: str) -> PopulationSeries:
        return self.series[place.code, group]

    def persons(self, place: Place, group: str, year: int) -> float:
        return self.of(place, group).on(year)

    def growth(self, place: Place, group: str) -> int | None:
        """Growth from the jump-off to the last year, in whole percent."""
        return growth(self.persons(place, group, self.now), self.persons(place, group, self.to))

    def by_growth(self, group: str) -> list[Place]:
        """The municipalities, strongest growth first."""
        return sorted(self.places, key=lambda one: (-(self.growth(one, group) or 0), alphabetical(one.name)))


def profile_of(community: Community, groups: Sequence[str] = ()) -> Profile | None:
    """The newest run of `community` on figures that stand (with `groups` alone, when given); None before the
    first. 2 queries."""
    return profile_in(community.pk, groups)


def profile_in(community_id: int, groups: Sequence[str] = ()) -> Profile | None:
    """`profile_of` the community with that number, which is fetched along. 2 queries."""
    runs = PopulationRun.objects.filter(community=community_id, pack__withdrawn_at__isnull=True)
    runs = runs.select_related("pack", "community")
    run = runs.first()
    if run is None:
        return None
    rows = run.series.all()
    if groups:
        rows = rows.filter(group__in=groups)
    named = list(rows.annotate(party=PARTY))
    return profile_from(run, {row.area: row.party for row in named}, named)


def profile_from(
    run: PopulationRun, names: Mapping[str, str | None], rows: Iterable[PopulationSeries]
) -> Profile:
    """Of what was read: a run with its community, and its series; `names`: area -> the party there."""
    places = (Place(area, party or area) for area, party in names.items() if area)
    return Profile(
        run.community,
        run,
        sorted(places, key=lambda one: alphabetical(one.name)),
        {(row.area, row.group): row for row in rows},
    )


PARTY = Subquery(
    Party.objects.filter(municipality_code=OuterRef("area"))
    .order_by(F("left").desc(nulls_first=True), "-pk")
    .values(called=Coalesce(NullIf("short_name", Value("")), "name"))[:1]
)
"""What the party is called that answers for the municipality of a series, or did last; the same as `str` of
it. A municipality that no party answers for keeps its number. Read along with the series, since profiles
stand on other apps' pages."""


def communities_with_figures() -> list[tuple[Community, PopulationSeries]]:
    """Each community with the series of all its people over 80, from its newest run. 2 queries."""
    newest: dict[int, int] = {}
    standing = PopulationRun.objects.filter(pack__withdrawn_at__isnull=True)
    runs = standing.order_by("made_at", "pk")
    for run_id, community_id in runs.values_list("pk", "community_id"):
        newest[community_id] = run_id
    rows = PopulationSeries.objects.filter(run_id__in=newest.values(), area=WHOLE, group="80+")
    found = rows.select_related("run__community", "run__pack")
    return sorted(((row.run.community, row) for row in found), key=lambda one: alphabetical(one[0].name))
