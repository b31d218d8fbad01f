"""Demand in sentences: what it is and becomes, what a difference is, how far off it has been."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis.demand import catalogue
from samspill.insight.wording import about, decimal, signed
from samspill.insight.wording.services import IN_SHORT, SERVICES, name_of, unit_of, within

SHOWN_SIDES = {
    "hospital": ("hospital_bed_days", "discharge_ready_days", "outpatient"),
    "municipality": ("kad_days", "home_care_hours", "housing_and_long_stay", "nurse_fte"),
}
"""What tells what each side has to do; the others are parts of these or follow them."""
BEDS = ("hospital_bed_days", "discharge_ready_days")
WORK = "nurse_fte"  # what all that comes back to the municipalities needs


def growth(percent: Sequence[float]) -> str:
    """«+19 %, eight of ten +4 to +31 %» of (low, middle, high)."""
    low, middle, high = (signed(round(value)) for value in percent)
    return _("%(middle)s. Eight of ten: %(low)s to %(high)s.") % {"middle": middle, "low": low, "high": high}


def overall(services: Mapping[str, Any], to: int) -> str:
    """The message of all services together, by their growth."""
    ordered = sorted(services, key=lambda code: -services[code]["growth"][1])
    growing = [code for code in ordered if services[code]["growth"][1] > 0]
    values = {
        "strongest": within(ordered[0]),
        "growing": len(growing),
        "all": len(ordered),
        "to": to,
    }
    if len(growing) == len(ordered):
        return _("We need more of everything by %(to)s. Most growth: %(strongest)s.") % values
    return _("%(growing)s of %(all)s services grow by %(to)s. Most growth: %(strongest)s.") % values


def now_and_then(code: str, place: str, service: Mapping[str, Any], years: Sequence[int]) -> str:
    return _(
        "%(name)s in %(place)s: about %(now)s %(unit)s in %(year)s, and about %(then)s in %(to)s if all goes "
        "on as now."
    ) % {
        "name": name_of(code),
        "place": place,
        "unit": unit_of(code),
        "year": years[0],
        "now": about(service["now"][1]),
        "to": years[-1],
        "then": about(service["then"][1]),
    }


def difference(band: Sequence[float], unit: str) -> str:
    """«20 200 fewer bed-days a year. Eight of ten: 12 200 to 31 400 fewer.»"""
    low, middle, high = band
    values = {"unit": unit, "middle": about(abs(middle))}
    if about(abs(low)) == about(abs(high)) == "0":
        return _("No difference in %(unit)s.") % values
    if high <= 0:
        values |= {"from": about(-high), "to": about(-low)}
        return _("%(middle)s fewer %(unit)s. Eight of ten: %(from)s to %(to)s fewer.") % values
    if low >= 0:
        values |= {"from": about(low), "to": about(high)}
        return _("%(middle)s more %(unit)s. Eight of ten: %(from)s to %(to)s more.") % values
    values |= {"fewer": about(-low), "more": about(high)}
    if middle < 0:
        return _("%(middle)s fewer %(unit)s. Eight of ten: from %(fewer)s fewer to %(more)s more.") % values
    return _("%(middle)s more %(unit)s. Eight of ten: from %(fewer)s fewer to %(more)s more.") % values


def fewer_or_more(amount: float, unit: str) -> str:
    values = {"number": about(abs(amount)), "unit": unit}
    if amount < 0:
        return _("%(number)s fewer %(unit)s") % values
    return _("%(number)s more %(unit)s") % values


def one_side(side: str, sides: Mapping[str, Any]) -> str:
    """What a side gets more and less of, in one sentence; empty when it is as before."""
    said = [
        fewer_or_more(sides[code]["units"][1], str(IN_SHORT[code]))
        for code in SHOWN_SIDES[side]
        if code in sides and about(abs(sides[code]["units"][1])) != "0"
    ]
    if not said:
        return ""
    listed = ", ".join(said)
    if side == "hospital":
        return _("The hospital: %(list)s.") % {"list": listed}
    return _("The municipalities: %(list)s.") % {"list": listed}


def who_gains(sides: Mapping[str, Any]) -> str:
    """The message of what is tried: which side gets less to do, and which more."""
    beds = sum(sides[code]["units"][1] for code in BEDS if code in sides)
    low, middle, high = sides[WORK]["units"] if WORK in sides else (0.0, 0.0, 0.0)
    if not sides:
        return _("Nothing is tried yet")
    if beds >= 0:
        return _("This gives the hospital no less to do")
    if low < 0 < high:
        return _("The hospital gets less to do. For the municipalities it may go either way")
    if middle > 0:
        return _("The hospital gets less to do, the municipalities more")
    if middle < 0:
        return _("Both sides get less to do")
    return _("The hospital gets less to do, the municipalities as much as before")


def tested(skill: Mapping[str, Any]) -> str:
    """How far off the way of a service has been beside «no change», in one sentence."""
    if not skill["errors"]:
        return _("Not tried on old figures: there are none. The line follows more and older people alone.")
    values = {
        "ahead": skill["ahead"],
        "from": skill["from"][0],
        "to": skill["from"][-1],
        "ours": decimal(skill["errors"]["ours"][0], 1),
        "flat": decimal(skill["errors"]["no_change"][0], 1),
    }
    if skill["verdict"] == "better":
        return (
            _(
                "Tried on figures from %(from)s–%(to)s it missed by %(ours)s percent after %(ahead)s years. "
                "«No change» missed by %(flat)s percent."
            )
            % values
        )
    return (
        _(
            "Tried on figures from %(from)s–%(to)s our way missed by %(ours)s percent after %(ahead)s "
            "years, and «no change» by %(flat)s. So the flat line is drawn."
        )
        % values
    )


def verdict(skill: Mapping[str, Any]) -> str:
    """The same in a few words, for a row."""
    if not skill["errors"]:
        return _("Not tried on old figures")
    if skill["verdict"] == "better":
        return _("Has missed less than «no change»")
    return _("No better than «no change»: flat line")


def level(code: str, levels: Mapping[str, Sequence[float]]) -> str:
    """Where the level comes from, when no figure of the municipalities' own shows it; else empty."""
    service = catalogue()[code]
    if not service.series:
        return ""
    if not levels:
        return _("No figures from here: the level is that of the rates, and the interval is wider.")
    if service.side == "hospital":
        percent = round(100 * next(iter(levels.values()))[1])
        return _(
            "Use of hospital here is %(percent)s percent of the mean of the trusts that there are figures "
            "of, at the same ages."
        ) % {"percent": percent}
    return ""


def assumed(code: str) -> str:
    """What a figure of the service rests on beside counts; must stand wherever the figure does."""
    return str(SERVICES[code].assumed)
