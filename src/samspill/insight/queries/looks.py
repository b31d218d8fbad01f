"""What one looks at on an indicator's page: which figures, of which areas, in which period, whose history.

The address says all of it, so that a page that is sent to somebody is the page they see.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from samspill.directory.public import Actor
from samspill.insight.area_names import (
    ALL,
    COUNTRY,
    community_at,
    community_of,
    levels,
    municipalities_in,
    name_of,
)
from samspill.insight.models import IndicatorAnswer, IndicatorRun
from samspill.insight.queries.measured import Area, Measured, Point, measured, measured_in, newest
from samspill.insight.states import Level, Period
from samspill.refusal import Refused

OWN, EVERY, COMMUNITIES = "kommuner", "alle", "fellesskap"
SCOPES = (OWN, EVERY, COMMUNITIES)
"""`nivaa=`: the municipalities of one helsefellesskap, all municipalities, all helsefellesskap."""
LONGEST_NUMBER = 10


@dataclass(frozen=True)
class Asked:
    """The address as it was written; "" is what nobody chose."""

    community: str = ""
    year: str = ""
    scope: str = ""
    area: str = ""
    run: str = ""


@dataclass(frozen=True)
class Kept:
    """The figures an address names. `is_newest`: nothing newer stands; `run` alone when it was withdrawn."""

    measured: Measured | None
    run: IndicatorRun | None = None
    is_newest: bool = True


@dataclass(frozen=True)
class Look:
    """Figures, and what of them is shown. `own` is a helsefellesskap "HF01", "" when there is none.

    `area` is whose history is shown, `months` the same month by month, `run` the run the address names.
    """

    measured: Measured
    own: str
    scope: str
    period: int
    area: Area
    months: Area | None = None
    run: str = ""

    @property
    def level(self) -> str:
        return Level.COMMUNITY if self.scope == COMMUNITIES else Level.MUNICIPALITY

    @cached_property
    def areas(self) -> Sequence[Area]:
        """Those that are compared, by name."""
        found = self.measured.of_level(self.level)
        if self.scope != OWN:
            return found
        inside = set(municipalities_in(self.own))
        return [one for one in found if one.code in inside]

    def label(self, area: Area) -> str:
        """Its name; two municipalities that are called the same are told apart by their helsefellesskap."""
        if self.whole is not None and area.code == self.whole.code:
            return name_of(self.whole_code)
        if self._names[area.name] < 2:
            return area.name
        return f"{area.name} ({name_of(community_of(area.code))})"

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(one.name for one in self.areas)

    @property
    def whole(self) -> Area | None:
        return self.measured.whole

    @cached_property
    def whole_code(self) -> str:
        """The country only when all its municipalities are there; else all that the figures hold."""
        there = {one.code for one in self.measured.of_level(Level.MUNICIPALITY)}
        return COUNTRY if there >= set(levels()["country"][COUNTRY]) else ALL

    @property
    def of_whole(self) -> Point | None:
        return self.whole.at(self.period) if self.whole else None

    def is_own(self, area: Area) -> bool:
        """Whether the area is the reader's, among others."""
        if self.scope == EVERY:
            return community_of(area.code) == self.own
        return area.code in (self.own, self.area.code)

    def is_marked(self, area: Area) -> bool:
        """Whether it is drawn in our colour: all of one's own would not tell them apart."""
        return self.is_own(area) if self.scope != OWN else area.code == self.area.code

    @property
    def own_name(self) -> str:
        return name_of(self.own) if self.own else ""


def kept_figures(code: str, run: str) -> Kept:
    """The newest figures that stand, or those of one run. 2 queries, 3 of an older run."""
    if not run:
        return Kept(measured(code))
    if not (run.isascii() and run.isdecimal() and len(run) < LONGEST_NUMBER):
        raise _refused("utregning", run)
    found = IndicatorAnswer.objects.filter(indicator__code=code, period=Period.YEAR, run=int(run))
    answer = found.select_related("run", "indicator").first()
    if answer is None:
        raise _refused("utregning", run)
    if answer.run.withdrawn_at is not None:
        return Kept(None, answer.run)
    last = newest(Period.YEAR).filter(indicator__code=code).values_list("pk", flat=True).first()
    return Kept(measured_in([answer], None)[0], answer.run, last == answer.pk)


def look_at(found: Measured, asked: Asked, actor: Actor) -> Look:
    """What is shown of `found`. Refuses what is asked for and is not there (`not_there`)."""
    own = _own(found, asked, actor)
    scope = asked.scope or (OWN if own else EVERY)
    if scope not in SCOPES or (scope == OWN and not own):
        raise _refused("nivaa", asked.scope or "–")
    period = int(asked.year) if asked.year.isascii() and asked.year.isdecimal() else 0
    if asked.year and period not in found.periods:
        raise _refused("ar", asked.year)
    area = found.areas.get(asked.area) if asked.area else found.areas.get(own) or found.whole
    if area is None and (asked.area or not found.areas):
        raise _refused("omrade", asked.area)
    chosen = area or next(iter(found.areas.values()))
    months = _months(found, chosen, of_run=bool(asked.run))
    return Look(found, own, scope, period or found.latest, chosen, months, asked.run)


def _own(found: Measured, asked: Asked, actor: Actor) -> str:
    """The community of the address, else the actor's, else the first with figures; "" without any."""
    if asked.community:
        code = community_at(asked.community)
        if not code:
            raise _refused("for", asked.community)
        return code
    held = [one.code for one in found.of_level(Level.COMMUNITY)]
    actors = community_at(actor.community.slug) if actor.community else ""
    return actors if actors in held else next(iter(held), "")


def _months(found: Measured, area: Area, *, of_run: bool) -> Area | None:
    """The same area month by month, when it has that: of the newest run, or of the same. 2 queries."""
    if not of_run:
        newest_months = measured(found.indicator.code, period=Period.MONTH, areas=[area.code])
        return newest_months.areas.get(area.code) if newest_months else None
    months = IndicatorAnswer.objects.filter(
        run=found.run.pk, indicator=found.indicator.pk, period=Period.MONTH
    )
    answer = months.select_related("run", "indicator").first()
    return measured_in([answer], [area.code])[0].areas.get(area.code) if answer else None


def _refused(where: str, value: str) -> Refused:
    return Refused(
        "indicator.not_there",
        _("There is no «%(value)s» in these figures. Choose among what is there.") % {"value": value[:40]},
        field=where,
    )


def addressed(look: Look, **changed: str) -> Mapping[str, str]:
    """What the address of the same look holds; `changed` replaces parts, "" leaves one out."""
    parts = {"for": look.own, "nivaa": look.scope, "ar": str(look.period)}
    if look.area.code != look.own:
        parts["omrade"] = look.area.code
    if look.run:
        parts["utregning"] = look.run
    return {key: value for key, value in {**parts, **changed}.items() if value}
