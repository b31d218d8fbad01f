"""The plan as a board: measures by how they go, narrowed to an area or to who answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from samspill.directory.public import Actor, alphabetical
from samspill.plans.models import Plan
from samspill.plans.queries.rows import Row, rows_without_holes
from samspill.plans.states import ShownStatus

COLUMNS = (
    ShownStatus.NOT_STARTED,
    ShownStatus.ON_TRACK,
    ShownStatus.LATE,
    ShownStatus.DONE,
    ShownStatus.UNKNOWN,
)
NOBODY = "ingen"
"""In the address, for measures nobody answers for."""


@dataclass
class Board:
    """Columns in their order. `areas` and `people` are what one may narrow to, (value, words)."""

    columns: list[tuple[ShownStatus, list[Row]]]
    areas: list[tuple[str, str]]
    people: list[str]
    area: str
    who: str
    total: int

    @property
    def shown(self) -> int:
        return sum(len(rows) for _status, rows in self.columns)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.area or self.who)


def board(plan: Plan, query: Mapping[str, str], actor: Actor) -> Board:
    """3 queries."""
    rows = rows_without_holes([plan], actor)
    areas = {str(row.measure.area_id): str(row.measure.area) for row in rows if row.measure.area}
    people = sorted({str(row.accountable) for row in rows if row.accountable}, key=alphabetical)
    area = query.get("omrade", "") if query.get("omrade", "") in areas else ""
    who = query.get("ansvarlig", "") if query.get("ansvarlig", "") in {*people, NOBODY} else ""
    wanted = [row for row in rows if _fits(row, area, who)]
    return Board(
        columns=[(one, [row for row in wanted if row.shown.status == one]) for one in COLUMNS],
        areas=list(areas.items()),
        people=people,
        area=area,
        who=who,
        total=len(rows),
    )


def _fits(row: Row, area: str, who: str) -> bool:
    if area and str(row.measure.area_id) != area:
        return False
    if who == NOBODY:
        return row.accountable is None
    return not who or str(row.accountable or "") == who
