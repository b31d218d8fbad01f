"""A baseline of what is published for a helsefellesskap, when it has no figures of its own to give.

Published are agreed FTE of nurses, specialist nurses and specialist physicians in hospitals, and of nurses in
some municipalities. Who comes is not: the neutral assumption is that as many are trained as go.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from samspill.analysis.packs import HospitalStaff, MunicipalNurses
from samspill.analysis.workforce.baseline import Baseline
from samspill.analysis.workforce.flow import Convention, step
from samspill.analysis.workforce.reading import from_fte, uncertainty
from samspill.analysis.workforce.shocks import draw_shocks
from samspill.analysis.workforce.terms import Floats, Profession, Sector
from samspill.refusal import Refused

IN_HOSPITAL = {
    "nurse": Profession.NURSE,
    "specialist_nurse": Profession.SPECIALIST_NURSE,
    "specialist_physician": Profession.PHYSICIAN,
}
PACE = "Antakelse: det utdannes så mange som det slutter i det første året"
SPECIALISTS = "physician, hospital: Bare legespesialister; de i spesialisering er ikke publisert (SSB 13953)"
UNCOUNTED = (
    "specialist_nurse, hospital: Antakelse: de som videreutdanner seg, er ikke trukket fra sykehusets "
    "sykepleiere, fordi kommunenes ikke er talt"
)
MIXED = "specialist_nurse, hospital: Kan omfatte jordmødre (SSB 13953)"


def published_region(
    hospitals: HospitalStaff,
    nurses: MunicipalNurses | None,
    *,
    community: str,
    municipalities: Sequence[str],
    year: int,
) -> Baseline:
    """The stock of 1 January after `year`, by agreed FTE of that year; training keeps pace with exits.

    Municipal nurses are counted only if every one of `municipalities` is published. Where they are not,
    nobody counted here is a nurse less when specialist nurses are trained. What is left out is among the
    assumptions. Refuses a community or year that is not held.
    """
    found = hospitals.of_community(community, year)
    fte = {
        (str(profession), str(Sector.HOSPITAL)): found[group]
        for group, profession in IN_HOSPITAL.items()
        if np.isfinite(found[group])
    }
    notes = [SPECIALISTS, MIXED]
    municipal = _municipal(nurses, municipalities, year)
    if municipal is None:
        notes.append(f"nurse, municipality: Ikke med, fordi {year} ikke er publisert for alle kommunene")
        notes.append(UNCOUNTED)
    else:
        fte[str(Profession.NURSE), str(Sector.MUNICIPALITY)] = municipal
    if not fte:
        raise Refused("missing_cell", f"No FTE are published for {community} in {year}.")
    made = from_fte(fte, {}, year=year + 1, notes=tuple(notes))
    if municipal is None:
        # those of the hospital alone are too few to train all specialist nurses from
        made = replace(made, drawn_from=tuple(None for _ in made.professions))
    return keeping_pace(made)


def keeping_pace(baseline: Baseline) -> Baseline:
    """The same with so many training places, now and before, that each profession keeps its number.

    The first year's exits are replaced exactly on the middle path; later years drift as the stock ages. A
    profession to which enough come without training gets none.
    """
    count = len(baseline.professions)
    start = _change(baseline, np.zeros(count))
    effect = np.stack([_change(baseline, unit) - start for unit in np.eye(count)], axis=1)
    trained = effect.diagonal() > 0
    places = np.zeros(count)
    kept = np.ix_(trained, trained)
    places[trained] = np.linalg.solve(effect[kept], -start[trained])
    return replace(_with_places(baseline, np.maximum(0.0, places)), assumptions=(*baseline.assumptions, PACE))


def _change(baseline: Baseline, places: Floats) -> Floats:
    """(P,) how many more there are of each profession after the first year."""
    made = _with_places(baseline, places)
    shocks = draw_shocks(uncertainty(), made.professions, years=1, draws=0, seed=0)
    persons = made.persons[..., None]
    year = step(made, persons, made.rates, places, shocks, 0, Convention.EVEN)
    return np.asarray((year.end - persons).sum(axis=(1, 2, 3, 4)))


def _with_places(baseline: Baseline, places: Floats) -> Baseline:
    begun = np.repeat(places[:, None], baseline.begun.shape[1], axis=1)
    return replace(baseline, rates=replace(baseline.rates, places=places), begun=begun)


def _municipal(nurses: MunicipalNurses | None, municipalities: Sequence[str], year: int) -> float | None:
    if nurses is None or year not in nurses.years or not set(municipalities) <= set(nurses.municipalities):
        return None
    columns = [nurses.municipalities.index(one) for one in municipalities]
    whole = float(nurses.fte[nurses.years.index(year), columns].sum())
    return whole if columns and np.isfinite(whole) else None
