"""Where a measure came from, who has taken it up, and where it could go in one's own plans."""

from dataclasses import dataclass, field

from samspill.directory.public import Actor
from samspill.plans.models import FocusArea, Measure, MeasureAdoption, Plan
from samspill.plans.permissions import KEEPERS
from samspill.plans.queries.similar import likeness
from samspill.plans.rules.words import Difference, differences


@dataclass
class Taken:
    """An adoption as it is shown. `measure` is the one at the other end, None when it may not be seen."""

    adoption: MeasureAdoption
    measure: Measure | None

    @property
    def changes(self) -> list[Difference]:
        """What those who wrote it have changed since: taken words against present; empty when nothing."""
        if self.measure is None:
            return []
        before = f"{self.adoption.title} {self.adoption.text}".strip()
        present = f"{self.measure.title} {self.measure.text}".strip()
        return differences(before, present) if before != present else []


@dataclass
class Neighbour:
    """What joins a measure to other helsefellesskap.

    source    what it was taken from
    adopters  those who took it, newest first
    own       the adoption one's own community has of it already
    may_take  whether the actor may take it in use at home
    """

    source: Taken | None = None
    adopters: list[Taken] = field(default_factory=list)
    own: Taken | None = None
    may_take: bool = False
    may_drop: bool = False

    @property
    def alive(self) -> list[Taken]:
        return [one for one in self.adopters if not one.adoption.is_dropped]


def neighbour_of(measure: Measure, actor: Actor) -> Neighbour:
    """2 queries at most.

    No join to the other plan: the database would then hide an adoption from those whose measure it is.
    """
    seen = MeasureAdoption.objects.visible_to(actor).select_related("community", "source_community")
    rows = list(seen.filter(measure=measure) | seen.filter(source=measure))
    ends = {row.source_id if row.measure_id == measure.pk else row.measure_id for row in rows}
    others = Measure.objects.visible_to(actor).in_bulk(ends) if ends else {}
    found = Neighbour()
    for row in rows:
        if row.measure_id == measure.pk:
            found.source = Taken(row, others.get(row.source_id))
        else:
            found.adopters.append(Taken(row, others.get(row.measure_id)))
    found.adopters.sort(key=lambda one: one.adoption.at, reverse=True)
    found.own = next((one for one in found.alive if one.adoption.community_id == actor.community_id), None)
    keeper = actor.community_id is not None and actor.has_role(*KEEPERS)
    found.may_take = keeper and measure.community_id != actor.community_id and found.own is None
    found.may_drop = (
        keeper
        and measure.community_id == actor.community_id
        and found.source is not None
        and not found.source.adoption.is_dropped
    )
    return found


def find_own(source: Measure, actor: Actor) -> MeasureAdoption | None:
    """The adoption of `source` that the actor's community has in use."""
    if actor.community_id is None:
        return None
    own = MeasureAdoption.objects.visible_to(actor).filter(community_id=actor.community_id, source=source)
    return own.filter(dropped_at__isnull=True).select_related("measure", "plan").first()


def adoption_of(measure: Measure, actor: Actor) -> MeasureAdoption | None:
    """How a measure of one's own came here."""
    own = MeasureAdoption.objects.visible_to(actor).filter(measure=measure)
    return own.select_related("measure", "plan", "source_community").first()


@dataclass(frozen=True)
class Place:
    """A plan of one's own, and one of its areas; None in a plan that has no areas."""

    plan: Plan
    area: FocusArea | None

    @property
    def key(self) -> str:
        return f"{self.plan.pk}:{self.area.pk if self.area else ''}"


def places(actor: Actor) -> list[Place]:
    """Where a measure can go: the areas of one's own plans, newest plan first. 2 queries."""
    if actor.community_id is None:
        return []
    plans = list(Plan.objects.visible_to(actor).filter(community_id=actor.community_id))
    areas: dict[int, list[FocusArea]] = {plan.pk: [] for plan in plans}
    for area in FocusArea.objects.visible_to(actor).filter(plan__in=plans).order_by("order", "pk"):
        areas[area.plan_id].append(area)
    return [Place(plan, area) for plan in plans for area in (*areas[plan.pk],) or (None,)]


def nearest(source: Measure, offered: list[Place]) -> Place | None:
    """The area of the newest plan that is most like the measure and its own area; the first among equals."""
    newest = [place for place in offered if place.plan == offered[0].plan]
    text = f"{source.title} {source.text} {source.area.title if source.area else ''}"
    return max(
        newest,
        key=lambda place: likeness(text, "", place.area.title if place.area else "", "").share,
        default=None,
    )
