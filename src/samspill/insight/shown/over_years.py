"""An area over the years, for small curves and for those who do not see them."""

from django.utils.translation import gettext as _

from samspill.insight.drawings.small_curve import Mark
from samspill.insight.queries.measured import Area, Point
from samspill.insight.wording.comparing import written


def marks_of(area: Area | None) -> list[Mark]:
    """A mark for each period; None where there is no figure."""
    return [_mark(one) for one in area.points] if area else []


def _mark(point: Point) -> Mark:
    if point.value is None:
        return None
    lower = point.value if point.lower is None else point.lower
    upper = point.value if point.upper is None else point.upper
    return point.value, lower, upper


def years_in_words(area: Area | None) -> str:
    """«15,2 in 2016, 17,1 in 2025», of the first and the last year with a figure."""
    shown = [one for one in area.points if one.value is not None] if area else []
    if not shown:
        return ""
    return _("%(first)s in %(from)s, %(last)s in %(to)s") % {
        "first": written(shown[0].value),
        "from": shown[0].period,
        "last": written(shown[-1].value),
        "to": shown[-1].period,
    }
