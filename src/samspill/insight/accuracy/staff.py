"""How far off one would have been about staff: measured once, shown with every figure, held by a test.

`samspill staff backtest --data <data pack> --horizon 5`: FTE of nurses in 19 municipalities of Østfold and
Vestfold, from each year 2016 to 2020 five years ahead (Statistics Norway, table 14534), weighted error and
bias in per cent. Students, exits and movers are not published by region: the flows cannot be tested.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from samspill.analysis import demand
from samspill.analysis.workforce import FOLLOWS, PEOPLE, Profession, Sector
from samspill.insight.wording import decimal
from samspill.insight.wording.staff import FOLLOWED, capital

FIRST, LAST, HORIZON, MUNICIPALITIES = 2016, 2020, 5, 19
SOURCE = "Statistisk sentralbyrå (SSB), tabell 14534 (CC BY 4.0)"


class Missed(NamedTuple):
    error: float
    bias: float


NO_CHANGE = Missed(9.1, -7.0)
REGION = Missed(8.7, 3.2)
OWN = Missed(9.4, 3.9)


def of_staff() -> str:
    """The back-test of staff against no change, in a sentence or two."""
    return _(
        "Tried on the nurses of %(units)s municipalities, %(horizon)s years ahead from %(first)s to "
        "%(last)s: «as many as now» missed by %(flat)s percent, the region's trend by %(region)s, each "
        "municipality's own trend by %(own)s. So a gap of less than nine percent in five years is within "
        "what has been missed before."
    ) % {
        "units": MUNICIPALITIES,
        "horizon": HORIZON,
        "first": FIRST,
        "last": LAST,
        "flat": decimal(NO_CHANGE.error, 1),
        "region": decimal(REGION.error, 1),
        "own": decimal(OWN.error, 1),
    }


def of_need(profession: str, sectors: tuple[str, ...]) -> list[str]:
    """What each need follows, and how its curve has done against «no change»; a sentence per service."""
    found = []
    for service in dict.fromkeys(FOLLOWS[Profession(profession), Sector(one)] for one in sectors):
        what = capital(str(FOLLOWED[service]))
        skill = demand.measured().get(service) if service != PEOPLE else None
        if skill is None or not skill.scores:
            found.append(_("%(what)s: not tested against what came.") % {"what": what})
            continue
        values = {
            "what": what,
            "years": skill.ahead,
            "ours": decimal(skill.of(demand.OURS).error, 1),
            "flat": decimal(skill.of("no_change").error, 1),
        }
        if skill.verdict == demand.BETTER:
            sentence = _(
                "%(what)s: %(years)s years ahead the curve missed by %(ours)s percent, «no change» by "
                "%(flat)s."
            )
        else:
            sentence = _(
                "%(what)s: %(years)s years ahead the curve missed by %(ours)s percent, «no change» by only "
                "%(flat)s, so use is held as it is."
            )
        found.append(sentence % values)
    return found


def backtest_rows() -> list[list[str | float]]:
    """The table of the back-test: method, error, bias."""
    return [
        [_("As many as now"), NO_CHANGE.error, NO_CHANGE.bias],
        [_("The region's trend"), REGION.error, REGION.bias],
        [_("Each municipality's own trend"), OWN.error, OWN.bias],
    ]
