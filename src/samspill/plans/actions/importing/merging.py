"""A reading meets the plan as it stands: what is new is added, what is there stays, what is gone is marked.

A measure is recognised by its area and words (`recognising`), so that restarting labels, moved lines and
edited words do not make it another. Status, responsibles, deadlines and edits are never touched here; nor is
the area or goal of a measure that a person has put elsewhere than its document does (`placed_here`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from samspill.directory.public import WrittenForm
from samspill.plans.actions.importing.names import Names
from samspill.plans.actions.importing.recognising import free_keys, keyed, recognised, standing
from samspill.plans.models import FocusArea, Goal, Measure, MeasureResponsible, Plan, PlanDocument
from samspill.plans.queries.placed_here import placed_here
from samspill.plans.reading import candidates
from samspill.plans.reading.words import fold
from samspill.plans.states import NO_EDITIONS, Answers, Basis, MeasureState, Precision

INFERRED = "section"
SPLIT = "/"
"""Between the key of a measure in the document and the number of a part a person split off it."""


@dataclass
class Merged:
    """Which measures a reading brought: new ones, those that were there, those that are gone.

    kept_goals  those under another goal here than the document says, with what it says
    """

    created: list[Measure] = field(default_factory=list)
    unchanged: list[Measure] = field(default_factory=list)
    gone: list[Measure] = field(default_factory=list)
    unknown_names: dict[str, str] = field(default_factory=dict)
    kept_goals: list[tuple[Measure, candidates.Measure]] = field(default_factory=list)


class Merger:
    """One reading of one document into one plan."""

    def __init__(self, plan: Plan, document: PlanDocument, names: Names) -> None:
        self.plan, self.document, self.names = plan, document, names
        self.owned = {"community_id": plan.community_id, "plan": plan}
        self.merged = Merged()
        self._moved: set[int] = set()

    def merge(self, reading: candidates.PlanReading) -> Merged:
        areas = self._areas(reading.focus_areas)
        goals = self._goals(reading.goals, reading.measures, areas)
        measures = list(self._measures())
        read = list(keyed(reading.measures, areas))
        known = recognised([key for _found, key in read], measures, standing(read, areas, measures))
        seen = {one.pk for one in known.values()}
        there = {one.source_key: one for one in measures if one.pk not in seen}
        self._moved = placed_here(measures)
        keys = free_keys(one.source_key for one in measures)
        new: list[tuple[Measure, candidates.Measure]] = []
        for order, (found, key) in enumerate(read):
            area = areas.get(found.focus_area)
            goal = goals.get(_goal_key(found, area))
            for part in [one for one in there if one.startswith(f"{key}{SPLIT}")]:
                self._found_again(there.pop(part), order, area, None, is_part=True)
            if key in known:
                self._found_again(known[key], order, area, goal)
                if found.goal and goal != known[key].goal:
                    self.merged.kept_goals.append((known[key], found))
            else:
                own = keys(area.title if area else "", found.text)
                new.append((self._measure(found, own, order, area, goal), found))
        self._mark_gone(one for one in there.values() if one.document.format not in NO_EDITIONS)
        self._add(new)
        return self.merged

    def _measures(self) -> QuerySet[Measure]:
        found = Measure.objects.filter(plan=self.plan).select_related("area", "goal", "document")
        return found.defer("document__content", "document__lines")

    def _areas(self, found: Sequence[candidates.FocusArea]) -> dict[str, FocusArea]:
        """By the reading's key. An area keeps its row when its title or number is the same."""
        known = list(FocusArea.objects.filter(plan=self.plan))
        by_title = {(one.parent_id, fold(one.title)): one for one in known}
        areas: dict[str, FocusArea] = {}
        for order, one in enumerate(found):
            parent = areas.get(one.parent) if one.parent else None
            place = (parent.pk if parent else None, fold(one.title))
            if place not in by_title:
                by_title[place] = FocusArea.objects.create(
                    **self.owned, parent=parent, number=one.number[:20], title=one.title[:300], order=order
                )
            areas[one.key] = by_title[place]
        return areas

    def _goals(
        self,
        found: Sequence[candidates.Goal],
        measures: Sequence[candidates.Measure],
        areas: dict[str, FocusArea],
    ) -> dict[tuple[int | None, str], Goal]:
        """By area and folded text; a goal that only a measure speaks of counts as well."""
        known = {(one.area_id, fold(one.title)): one for one in Goal.objects.filter(plan=self.plan)}
        wanted = [(one.focus_area, one.text) for one in found] + [
            (one.focus_area, one.goal) for one in measures if one.goal
        ]
        new: dict[tuple[int | None, str], Goal] = {}
        for order, (area_key, text) in enumerate(wanted):
            area = areas.get(area_key)
            place = (area.pk if area else None, fold(text))
            if place not in known and place not in new:
                new[place] = Goal(**self.owned, area=area, title=text[:500], order=order)
        Goal.objects.bulk_create(new.values())
        return known | new

    def _measure(
        self,
        found: candidates.Measure,
        key: str,
        order: int,
        area: FocusArea | None,
        goal: Goal | None,
    ) -> Measure:
        precision = found.deadline_precision
        return Measure(
            **self.owned,
            area=area,
            goal=goal,
            order=order,
            label=found.label[:20],
            text=found.text,
            state=MeasureState.ADOPTED if self.plan.is_adopted else MeasureState.PROPOSED,
            deadline=found.deadline,
            deadline_raw=found.deadline_raw[:200],
            deadline_precision=precision if precision in Precision.values else "",
            document=self.document,
            line=found.line,
            last_line=max(found.line, found.last_line),
            page=found.page,
            verbatim=found.verbatim,
            source_key=key,
            found_by=found.rule[:60],
            confidence=min(max(found.confidence, 0.0), 1.0),
        )

    def _found_again(
        self,
        known: Measure,
        order: int,
        area: FocusArea | None,
        goal: Goal | None,
        *,
        is_part: bool = False,
    ) -> None:
        """`is_part`: it was split from another by a person, and keeps that one's goal.

        One that a person has put elsewhere stays there: the document still says the first place.
        """
        self.merged.unchanged.append(known)
        is_elsewhere = known.area and area and fold(known.area.title) != fold(area.title)
        if known.pk in self._moved or is_elsewhere:
            area, goal = known.area, known.goal
        place = {"order": order, "area": area, "goal": known.goal if is_part else goal, "gone_in": None}
        if any(getattr(known, name) != value for name, value in place.items()):
            for name, value in place.items():
                setattr(known, name, value)
            known.save(update_fields=list(place))

    def _mark_gone(self, missed: Iterable[Measure]) -> None:
        for measure in missed:
            if measure.gone_in_id is None:
                measure.gone_in = self.document
                measure.save(update_fields=["gone_in"])
                self.merged.gone.append(measure)

    def _add(self, new: list[tuple[Measure, candidates.Measure]]) -> None:
        self.merged.created = Measure.objects.bulk_create(measure for measure, _found in new)
        MeasureResponsible.objects.bulk_create(
            row for measure, found in new for row in self._responsibles(measure, found)
        )

    def _responsibles(self, measure: Measure, found: candidates.Measure) -> Iterator[MeasureResponsible]:
        """The first one named answers, the others take part."""
        basis = Basis.INFERRED if found.responsible_from == INFERRED else Basis.DOCUMENT
        for order, one in enumerate(found.responsible):
            place = self.names.find(one.raw, one.name)
            if not place.is_known:
                self.merged.unknown_names.setdefault(fold(one.raw), one.raw)
            yield MeasureResponsible(
                **self.owned,
                measure=measure,
                raw=one.raw[:200],
                body_id=place.body_id,
                party_id=place.party_id,
                side=place.side,
                role=Answers.HELPER if order else Answers.ACCOUNTABLE,
                basis=basis,
                order=order,
            )


def _goal_key(found: candidates.Measure, area: FocusArea | None) -> tuple[int | None, str]:
    return (area.pk if area else None, fold(found.goal))


def language_of(reading: candidates.PlanReading, otherwise: str) -> str:
    return reading.language if reading.language in WrittenForm.values else otherwise
