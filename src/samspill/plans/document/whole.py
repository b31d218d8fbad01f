"""A plan as plain values, ready to be written: its facts, its areas in order, and what each promises.

`whole_of` collects them from what is stored. Not here: how they are worded on paper (`contents`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from samspill.directory.public import Actor, alphabetical
from samspill.plans.models import FocusArea, Goal, Plan, PlanDocument
from samspill.plans.queries.rows import Row
from samspill.plans.wording import adoption_in_words


@dataclass(frozen=True)
class Promise:
    """A measure as the plan writes it. `responsible`: the one who answers first, then those who take part."""

    text: str
    label: str = ""
    goal: str = ""
    responsible: tuple[str, ...] = ()
    deadline_raw: str = ""
    deadline: date | None = None


@dataclass(frozen=True)
class Section:
    """A focus area. `parent` is the place of the area above in `Whole.sections`, None at the top.

    `goals` are all its goals in order, those nothing is done for too.
    """

    title: str
    number: str = ""
    parent: int | None = None
    goals: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()


@dataclass(frozen=True)
class Whole:
    """`loose` are measures outside all areas. `adoption` is a sentence without its full stop, or ""."""

    title: str
    kind: str
    community: str
    community_name: str
    language: str
    start: date | None = None
    end: date | None = None
    adoption: str = ""
    slogan: str = ""
    abbreviations: Mapping[str, str] | None = None
    bodies: tuple[tuple[str, int], ...] = ()
    sections: tuple[Section, ...] = ()
    loose: Section = Section("")


def whole_of(plan: Plan, rows: Sequence[Row], actor: Actor) -> Whole:
    """The plan as it stands. `rows` are its measures in order. Names are in the active language."""
    areas = list(_in_order(FocusArea.objects.visible_to(actor).filter(plan=plan).order_by("order", "pk")))
    place = {area.pk: number for number, area in enumerate(areas)}
    goals: dict[int | None, list[str]] = defaultdict(list)
    for goal in Goal.objects.visible_to(actor).filter(plan=plan).order_by("order", "pk"):
        goals[goal.area_id].append(goal.title)
    promises: dict[int | None, list[Promise]] = defaultdict(list)
    for row in rows:
        promises[row.measure.area_id].append(promise_of(row))
    return Whole(
        title=plan.title,
        kind=str(plan.get_kind_display()),
        community=plan.community.full_name,
        community_name=plan.community.name,
        language=plan.language,
        start=plan.period_start,
        end=plan.period_end,
        adoption=adoption_in_words(plan) if plan.is_adopted else "",
        slogan=plan.slogan,
        abbreviations=_abbreviations(plan, actor),
        bodies=_bodies(rows),
        sections=tuple(
            Section(
                title=area.title,
                number=area.number,
                parent=place.get(area.parent_id) if area.parent_id else None,
                goals=tuple(goals[area.pk]),
                promises=tuple(promises[area.pk]),
            )
            for area in areas
        ),
        loose=Section("", goals=tuple(goals[None]), promises=tuple(promises[None])),
    )


def promise_of(row: Row) -> Promise:
    measure = row.measure
    people = [*filter(None, [row.accountable]), *row.helpers]
    return Promise(
        text=measure.text,
        label=measure.label,
        goal=measure.goal.title if measure.goal else "",
        responsible=tuple(one.raw for one in people),
        deadline_raw=measure.deadline_raw,
        deadline=measure.deadline,
    )


def _in_order(areas: Iterable[FocusArea]) -> Iterator[FocusArea]:
    """Each area followed by those inside it."""
    below: dict[int | None, list[FocusArea]] = defaultdict(list)
    for area in areas:
        below[area.parent_id].append(area)

    def walk(parent: int | None) -> Iterator[FocusArea]:
        for area in below[parent]:
            yield area
            yield from walk(area.pk)

    return walk(None)


def _abbreviations(plan: Plan, actor: Actor) -> dict[str, str]:
    """What the plan's documents explain, the newest first."""
    explained: dict[str, str] = {}
    documents = PlanDocument.objects.visible_to(actor).filter(plan=plan).order_by("-pk")
    for one in documents.values_list("abbreviations", flat=True):
        explained = {**one, **explained}
    return dict(sorted(explained.items(), key=lambda pair: alphabetical(pair[0])))


def _bodies(rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
    """Who answers, with how many measures, most first."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.accountable:
            counts[_name(row)] += 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], alphabetical(pair[0]))))


def _name(row: Row) -> str:
    """Without brackets: a name with its short form in brackets reads as an abbreviation explained."""
    one = row.accountable
    if one is None:
        return ""
    known = one.body or one.party
    if known is None:
        return one.raw
    short = known.short_name
    return f"{known.name}, {short}" if short and short != known.name else known.name
