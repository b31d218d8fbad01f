"""The figures on a board in words and drawings: a number with a sentence, years, or a place among others."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspill.insight.area_names import ALL, COUNTRY, name_of
from samspill.insight.drawings.small_curve import SmallCurve, small_curve
from samspill.insight.models import BoardItem
from samspill.insight.queries.boards import Held
from samspill.insight.shown.over_years import marks_of, years_in_words
from samspill.insight.shown.placings import Row, row_of
from samspill.insight.wording.comparing import written


@dataclass(frozen=True)
class Face:
    """An item as it stands on the board; `row` is None where nothing has been worked out."""

    item: BoardItem
    title: str
    area: str
    sentence: str
    row: Row | None
    curve: SmallCurve | None
    years: str
    low: str
    high: str
    first: int
    last: int

    @property
    def whole(self) -> str:
        """What the middle of a spine is called."""
        held = self.row.placing.measured.whole if self.row else None
        return held.name if held else ""


def face_of(held: Held) -> Face:
    item, placing = held.item, held.placing
    title, area = item.indicator.title(), name_of(item.area)
    if placing is None:
        return Face(item, title, area, _("No figure has been worked out yet."), None, None, "", "", "", 0, 0)
    whole = placing.measured.whole
    row = row_of(placing, whole.code if whole and whole.code == COUNTRY else ALL)
    marks = marks_of(placing.area)
    ends = [end for one in marks if one for end in one]
    curve = small_curve(marks, min(ends), max(ends)) if ends else None
    periods = placing.measured.periods
    return Face(
        item,
        title,
        area,
        _sentence(row),
        row,
        curve,
        years_in_words(placing.area),
        written(min(ends, default=None)),
        written(max(ends, default=None)),
        periods[0],
        periods[-1],
    )


def _sentence(row: Row) -> str:
    """«Higher than the country, probably not chance.» with better or worse where it is."""
    return f"{row.sentence.rstrip('.')}."
