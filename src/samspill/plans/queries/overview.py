"""The plan page: its measures in areas, counted, filtered and sorted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from samspill.directory.public import Actor
from samspill.plans.models import FocusArea, Plan
from samspill.plans.queries.rows import Row, is_keeper, rows_of
from samspill.plans.states import Hole, ShownStatus

# A plan of this size is read without folding; in a longer one an area is open when something in it waits.
SHORT_PLAN = 30

STATUS_IN_ADDRESS = {
    "forsinket": ShownStatus.LATE,
    "i-rute": ShownStatus.ON_TRACK,
    "fullfort": ShownStatus.DONE,
    "ikke-startet": ShownStatus.NOT_STARTED,
    "ukjent": ShownStatus.UNKNOWN,
}
HOLE_IN_ADDRESS = {"ansvarlig": Hole.OWNER, "frist": Hole.DEADLINE, "indikator": Hole.INDICATOR}
_FAR = date.max


@dataclass(frozen=True)
class Choice:
    """What the address asks for: which measures, in which order, and which one is open."""

    only_holes: bool = False
    hole: Hole | None = None
    status: ShownStatus | None = None
    words: str = ""
    sort: str = ""
    open_id: int | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Choice":
        number = query.get("tiltak", "")
        sort = query.get("sorter", "")
        return cls(
            only_holes=query.get("vis") == "hull",
            hole=HOLE_IN_ADDRESS.get(query.get("slag", "")),
            status=STATUS_IN_ADDRESS.get(query.get("tilstand", "")),
            words=query.get("sok", "").strip()[:100],
            sort=sort if sort in _SORTS else "",
            open_id=int(number) if number.isdecimal() and len(number) < 18 else None,
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.only_holes or self.status or self.words)

    def wants(self, row: Row) -> bool:
        if self.only_holes and not (self.hole in row.holes if self.hole else row.holes):
            return False
        if self.status and row.shown.status != self.status:
            return False
        return not self.words or _speaks_of(row, self.words)


def _speaks_of(row: Row, words: str) -> bool:
    measure = row.measure
    text = " ".join(
        str(part)
        for part in (measure.title, measure.text, measure.area, measure.goal, *row.responsibles)
        if part
    ).casefold()
    return all(word in text for word in words.casefold().split())


_SORTS: dict[str, Callable[[Row], tuple]] = {
    "frist": lambda row: (row.measure.deadline or _FAR, row.measure.order),
    "ansvarlig": lambda row: (str(row.accountable or "\uffff").casefold(), row.measure.order),
    "tilstand": lambda row: (list(ShownStatus).index(row.shown.status), row.measure.order),
}


@dataclass
class AreaView:
    """A focus area with the measures that are asked for. `area` is None for measures outside all areas."""

    area: FocusArea | None
    rows: list[Row] = field(default_factory=list)
    is_open: bool = True

    @property
    def holes(self) -> int:
        return sum(len(row.holes) for row in self.rows)

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """The rows by goal, in order; one group without a name when there are no goals."""
        groups: list[tuple[str, list[Row]]] = []
        for row in self.rows:
            title = row.measure.goal.title if row.measure.goal else ""
            if not groups or groups[-1][0] != title:
                groups.append((title, []))
            groups[-1][1].append(row)
        return groups


@dataclass
class Overview:
    """All that the plan page shows. `rows` are all measures, `areas` what is asked for, in areas.

    `flat` is filled instead of `areas` when the measures are sorted across areas.
    """

    plan: Plan
    choice: Choice
    rows: list[Row]
    is_keeper: bool
    areas: list[AreaView] = field(default_factory=list)
    flat: list[Row] = field(default_factory=list)

    @property
    def fillable(self) -> int:
        """Holes that a proposal is there for."""
        return sum(row.fillable for row in self.rows)

    @property
    def holes(self) -> int:
        return sum(len(row.holes) for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """Nothing fits what was asked for."""
        return not (self.flat or self.areas)


def overview(plan: Plan, choice: Choice, actor: Actor) -> Overview:
    """The plan as `actor` sees it on `actor.today`."""
    rows = rows_of(plan, actor)
    shown = Overview(plan=plan, choice=choice, rows=rows, is_keeper=is_keeper(plan, actor))
    wanted = [row for row in rows if choice.wants(row)]
    if choice.sort:
        shown.flat = sorted(wanted, key=_SORTS[choice.sort])
    else:
        shown.areas = _in_areas(wanted, choice, len(rows))
    return shown


def _in_areas(rows: list[Row], choice: Choice, size: int) -> list[AreaView]:
    views: dict[int | None, AreaView] = {}
    for row in rows:
        views.setdefault(row.measure.area_id, AreaView(row.measure.area)).rows.append(row)
    for view in views.values():
        view.is_open = choice.is_narrowed or size <= SHORT_PLAN or _asks_for_something(view, choice)
    found = sorted(views.values(), key=lambda view: (view.area is None, view.area.order if view.area else 0))
    if found and not any(view.is_open for view in found):
        found[0].is_open = True
    return found


def _asks_for_something(view: AreaView, choice: Choice) -> bool:
    return any(
        row.id == choice.open_id or row.shown.status == ShownStatus.LATE or row.holes for row in view.rows
    )
