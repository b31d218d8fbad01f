"""What the need for each profession follows: a service, as demand tells it, or the number of people.

The need grows as the service does, from what is staffed on the first day and the posts that are empty. That
a profession's work follows one service is an assumption; `FOLLOWS` says which, and `demand_following` is
what a gap is measured against. Use comes as plain arrays, so nothing here knows how it was projected.
"""

from collections.abc import Mapping

import numpy as np

from samspill.analysis.workforce.baseline import Baseline
from samspill.analysis.workforce.demand import Demand, demand_like_now
from samspill.analysis.workforce.projecting import Staffing
from samspill.analysis.workforce.terms import SECTORS, WORKING, Floats, Profession, Sector
from samspill.refusal import Refused

PEOPLE = "people"
"""All who live there: what the lists of general practitioners follow."""
VACANCY = 0.04  # of posts that are empty on the first day; an assumption until a region counts its own

HOSPITAL, MUNICIPALITY = WORKING
FOLLOWS: Mapping[tuple[Profession, Sector], str] = {
    (Profession.MIDWIFE, HOSPITAL): "births",
    (Profession.MIDWIFE, MUNICIPALITY): "births",
    (Profession.NURSE, HOSPITAL): "hospital_bed_days",
    (Profession.NURSE, MUNICIPALITY): "nurse_fte",
    (Profession.SPECIALIST_NURSE, HOSPITAL): "hospital_bed_days",
    (Profession.SPECIALIST_NURSE, MUNICIPALITY): "nurse_fte",
    (Profession.GENERAL_PRACTITIONER, HOSPITAL): PEOPLE,
    (Profession.GENERAL_PRACTITIONER, MUNICIPALITY): PEOPLE,
    (Profession.PHYSICIAN, HOSPITAL): "hospital_stays",
    (Profession.PHYSICIAN, MUNICIPALITY): "housing_and_long_stay",
    (Profession.HEALTH_CARE_WORKER, HOSPITAL): "hospital_bed_days",
    (Profession.HEALTH_CARE_WORKER, MUNICIPALITY): "housing_and_long_stay",
}


def services_followed() -> tuple[str, ...]:
    """The codes of the services that `demand_following` must be given, `PEOPLE` apart."""
    return tuple(sorted(set(FOLLOWS.values()) - {PEOPLE}))


def demand_following(
    baseline: Baseline, staffing: Staffing, use: Mapping[str, Floats], *, vacancy: float = VACANCY
) -> Demand:
    """FTE that are needed when each profession follows its service of `FOLLOWS`.

    use  (T+1, D) by service, and by `PEOPLE`: the years of `staffing`, D draws or 1. Growth is taken within
         each draw, so that what is not known of today's level is in no curve.

    Refuses a service that lacks (`missing_use`), other years (`use_years`), and a first year without use.
    """
    years, width = len(staffing.years), max((one.shape[-1] for one in use.values()), default=1)
    growth = np.ones((years, len(baseline.professions), len(SECTORS), width))
    for place, profession in enumerate(baseline.professions):
        for sector in WORKING:
            service = FOLLOWS[Profession(profession), sector]
            growth[:, place, SECTORS.index(sector)] = _growth(service, use, years)
    return demand_like_now(baseline, staffing, growth, vacancy=vacancy)


def _growth(service: str, use: Mapping[str, Floats], years: int) -> Floats:
    if service not in use:
        raise Refused("missing_use", f"The use of {service} lacks. Project it too.", field="use")
    found = use[service]
    if found.ndim != 2 or len(found) != years:
        raise Refused(
            "use_years", f"The use of {service} must be (years, draws) with {years} years.", field="use"
        )
    if not (found[0] > 0).all():
        raise Refused("use", f"Nobody uses {service} in the first year, so it cannot grow.", field="use")
    return np.asarray(found / found[0])
