"""The audit of everything published from the same data: this release and all before it, together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from samspill.analysis.disclosure import Rules, SourcedRules
from samspill.analysis.disclosure.auditing_sums import Found, Sums, audit_sums
from samspill.analysis.indicators.counts import Count, Places
from samspill.analysis.indicators.families import Counting
from samspill.analysis.indicators.protecting import Layout, lowest_of


@dataclass(frozen=True)
class Audited:
    """`cells` counts of persons that are shown or hidden, now or before; `findings` hidden ones not safe."""

    cells: int
    hidden: int
    findings: tuple[Mapping[str, Any], ...]
    rules: Mapping[str, SourcedRules]

    @property
    def ok(self) -> bool:
        return not self.findings

    def line(self) -> str:
        """In one line."""
        told = "nothing can be computed back" if self.ok else f"{len(self.findings)} can be computed back"
        return f"{_spaced(self.cells)} cells, {_spaced(self.hidden)} hidden, {told}"

    def report(self) -> dict[str, Any]:
        """For the owner, as JSON: also what is found, and by which rules."""
        rules = {
            code: {
                "from": one.applies_from.isoformat(),
                "source": one.source,
                "highest_hidden": one.rules.highest_hidden,
                "zeros_shown": one.rules.zeros_shown,
            }
            for code, one in self.rules.items()
        }
        findings = [dict(one) for one in self.findings]
        return {
            "ok": self.ok,
            "cells": self.cells,
            "hidden_cells": self.hidden,
            "findings": findings,
            "rules": rules,
        }


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def audit_union(
    counts: Mapping[Counting, Count],
    layouts: Sequence[Layout],
    places: Places,
    rules: Rules,
    sourced: Mapping[str, SourcedRules],
) -> Audited:
    """What can be computed, or nearly, of all that is hidden now or was before."""
    cells = sum(int((one.shown | one.sought).sum()) for one in counts.values())
    hidden = sum(int(one.sought.sum()) for one in counts.values())
    covers, tiles = _areas(places)
    findings = [one for layout in layouts for one in _of_family(layout, places, rules, covers, tiles)]
    return Audited(cells, hidden, tuple(findings), sourced)


def _areas(places: Places) -> tuple[sparse.csr_array, sparse.csr_array]:
    """(places, municipalities) that are in each; and sums of places that are exactly another, -1 for that."""
    names = sorted({one for within in places.within for one in within})
    number = {name: place for place, name in enumerate(names)}
    covers = np.zeros((len(places.within), len(names)), dtype=np.int64)
    for place, within in enumerate(places.within):
        covers[place, [number[name] for name in within]] = 1
    tiles = [tile for tile in map(places.tile, range(len(places.within))) if tile is not None]
    return sparse.csr_array(covers), sparse.csr_array(
        np.array(tiles, dtype=np.int64).reshape(-1, len(places.within))
    )


def _of_family(
    layout: Layout, places: Places, rules: Rules, covers: sparse.csr_array, tiles: sparse.csr_array
) -> Iterable[dict[str, Any]]:
    """Of one family, year by year; rests that are few are sought too, as hidden counts are."""
    holds = np.concatenate([layout.family.holds, layout.family.rests]).astype(np.int64)
    beside = np.zeros(layout.small_rests.shape, dtype=bool)
    shown = _beside([one.shown for one in layout.counts], beside)
    sought = _beside([one.sought for one in layout.counts], layout.small_rests)
    high = _beside([one.high for one in layout.counts], np.full(beside.shape, 10**12))
    values = layout.atoms @ holds.T
    matrix = sparse.csr_array(sparse.kron(covers, holds, format="csr"))
    parts = sparse.csr_array(sparse.kron(tiles, np.eye(len(holds), dtype=np.int64), format="csr"))
    leaves = np.flatnonzero([len(within) == 1 for within in places.within])
    for year in np.flatnonzero(sought.any(axis=(0, 2))):
        held = Sums(
            covers=matrix,
            values=values[:, year].ravel(),
            shown=shown[:, year].ravel(),
            sought=sought[:, year].ravel(),
            low=np.tile(lowest_of(layout, rules), len(places.within)),
            high=high[:, year].ravel().astype(float),
            tiles=parts,
        )
        for found in audit_sums(held, layout.atoms[leaves, year].ravel(), rules.width):
            yield _told(found, layout, places, int(year), len(holds))


def _beside(of_sets: Sequence[np.ndarray], of_rests: np.ndarray) -> np.ndarray:
    return np.concatenate([np.stack(of_sets, axis=-1), of_rests], axis=-1)


def _told(found: Found, layout: Layout, places: Places, year: int, sets: int) -> dict[str, Any]:
    place, one = divmod(found.cell, sets)
    area = next(code for code, number in places.codes.items() if number == place)
    names = [f"{count.counting.unit} {dict(count.counting.conditions)}" for count in layout.counts]
    what = names[one] if one < len(names) else "a difference of " + " and ".join(names)
    return {
        "area": area,
        "year": places.years[year],
        "what": what,
        "how": found.how,
        "low": found.low,
        "high": found.high,
    }
