"""The slow obvious version of a year: a person's way cell by cell, as one would do it on paper."""

import numpy as np

from samspill.analysis.workforce import AGES, SECTORS, SEXES, Baseline


def slow_year(baseline: Baseline, *, even: bool) -> np.ndarray:
    """(P, S, A, K) a year after the baseline, without draws, measures or students from other professions."""
    rates = baseline.rates
    end = np.zeros_like(baseline.persons)
    for p in range(len(baseline.professions)):
        graduates = baseline.begun[p, -baseline.delay[p]] * rates.completion[p]
        for s in range(len(SEXES)):
            for a in range(AGES):
                stayed = []
                entered = []
                for k in range(len(SECTORS)):
                    here = baseline.persons[p, s, a - 1, k] if a else 0.0
                    came = graduates * baseline.graduates[p, s, a] * baseline.first_sector[p, k]
                    came += rates.recruits[p, k] * baseline.joiners[p, s, a]
                    came += rates.international[p] * baseline.joiners[p, s, a] * baseline.first_sector[p, k]
                    exposed = here + (came / 2 if even else 0)
                    alive = exposed * (1 - rates.deaths[s, a])
                    working = alive * (1 - rates.retiring[p, a]) * (1 - rates.leaving[p, a, k])
                    stayed.append(working)
                    entered.append(came / 2 if even else came)
                for k in range(len(SECTORS)):
                    moved = sum(stayed[j] * rates.mobility[p, j, k] for j in range(len(SECTORS)))
                    end[p, s, a, k] = moved + entered[k]
    return end
