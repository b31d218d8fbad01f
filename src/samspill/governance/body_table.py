"""Who sits in a body on a day as a table: semicolons and a byte order mark, as a Norwegian Excel opens it."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.governance.queries.bodies import SeatOnDay
from samspill.governance.queries.body_page import BodyView
from samspill.governance.wording_bodies import last_day, rights_in_words, side_in_words


def table_of(view: BodyView) -> list[list[str]]:
    """A header, then a row for each seat."""
    return [_head(), *(_cells(side_in_words(side.bloc), one) for side in view.sides for one in side.seats)]


def _head() -> list[str]:
    return [
        _("Side"),
        _("Seat"),
        _("Name"),
        _("Position"),
        pgettext("of a person in a body", "Role"),
        _("From"),
        _("Last day"),
        _("Stands in"),
        _("Appointed by"),
        _("Rights"),
    ]


def _cells(side: str, one: SeatOnDay) -> list[str]:
    holder = one.holder
    return [
        side,
        str(one.seat),
        holder.name if holder else "",
        holder.title if holder else "",
        str(holder.get_role_display()) if holder else "",
        holder.from_day.isoformat() if holder else "",
        last_day(holder.to_day).isoformat() if holder and holder.to_day else "",
        ", ".join(other.name for other in one.substitutes),
        one.seat.appointed_by,
        rights_in_words(one.seat),
    ]
