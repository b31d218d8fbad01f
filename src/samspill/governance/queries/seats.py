"""Whom a seat speaks for."""

from datetime import date

from samspill.directory.public import RegionMunicipality, alphabetical, in_force_on
from samspill.governance.models import Seat
from samspill.governance.states import Represents


def municipalities_of(seat: Seat, day: date) -> list[str]:
    """The municipalities of a region's seat on `day`, by name; none for other seats. 1 query, or none."""
    if seat.represents != Represents.REGION or seat.region_id is None:
        return []
    found = RegionMunicipality.objects.filter(in_force_on(day), region_id=seat.region_id).select_related(
        "party"
    )
    return sorted((str(one.party) for one in found), key=alphabetical)
