"""How `samspill population project` projects: by cohorts from population alone, or by components.

Each method writes the file and says what came out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from samspill.analysis.cluster import Spread
from samspill.analysis.components import (
    NET_MIGRATION,
    ComponentEvents,
    ComponentUncertainty,
    estimate_rates,
    expected_events,
    project_components,
)
from samspill.analysis.packs import open_events
from samspill.analysis.population import (
    MEMORY,
    Floats,
    Plan,
    Projection,
    blocks_on,
    draw,
    prepare,
    write,
    write_streamed,
)
from samspill.analysis.source import Source
from samspill.cli.population_figures import SHOWN, Figures, origin
from samspill.cli.tables import spaced
from samspill.refusal import Refused


@dataclass(frozen=True)
class Wanted:
    """What was asked for: years, draws, seed, whether draws are written, and who computes."""

    jump_off: int
    to: int
    draws: int
    seed: int
    keep_draws: bool
    spread: Spread | None


def by_cohorts(figures: Figures, _data: Path | None, wanted: Wanted, out: Path) -> None:
    """What is too large for memory, and what is spread, is written area by area."""
    run, plan = prepare(
        figures.history,
        figures.rates,
        jump_off=wanted.jump_off,
        to=wanted.to,
        draws=wanted.draws,
        seed=wanted.seed,
    )
    band: Floats | None = None
    if wanted.draws and (wanted.spread or plan.bytes_of_draws > MEMORY):
        band = _streamed(run, plan, wanted, out)
    else:
        click.echo(f"Writing {out} …")
        run = replace(run, draws=draw(plan))
        write(run, out, keep_draws=wanted.keep_draws)
        if wanted.draws:
            band = run.band(80, percentiles=(10, 90))
    show_run(run, band, figures.source, out)


def _streamed(run: Projection, plan: Plan, wanted: Wanted, out: Path) -> Floats:
    click.echo(f"Drawing area by area, and writing {out} …")
    map_ = blocks_on(wanted.spread) if wanted.spread else None
    futures = write_streamed(run, plan, out, keep_draws=wanted.keep_draws, map=map_)
    return futures.band("80+", percentiles=(10, 90))


def by_components(figures: Figures, data: Path | None, wanted: Wanted, out: Path) -> None:
    """With the births, deaths and moves of the pack, or with what population alone tells of them."""
    events, uncertainty = _events(figures, data)
    rates = estimate_rates(figures.history, figures.rates, events, jump_off=wanted.jump_off, to=wanted.to)
    run = project_components(
        figures.history,
        rates,
        jump_off=wanted.jump_off,
        to=wanted.to,
        draws=wanted.draws,
        seed=wanted.seed,
        uncertainty=uncertainty,
        spread=wanted.spread,
    )
    click.echo(f"Writing {out} …")
    write(run, out, keep_draws=wanted.keep_draws)
    for one in run.warnings:
        click.echo(f"The {one.flow} of all areas were scaled by {one.typical:.2f} to sum to the nation's.")
    show_run(run, run.band(80, percentiles=(10, 90)) if wanted.draws else None, figures.source, out)


def _events(figures: Figures, data: Path | None) -> tuple[ComponentEvents, ComponentUncertainty | None]:
    """The events of the pack; else those worked out, with what is known of how wrong net migration is."""
    if data is None or figures.pack is None:
        raise Refused(
            "whole_nation",
            "Who moves must come to somewhere: components need all the municipalities of a data pack. "
            "Give --data and leave out --areas; or use --method cohorts.",
            field="method",
        )
    found = open_events(data, figures.pack)
    if found is not None:
        return found[0], None if found[0].moves else NET_MIGRATION
    click.echo("The pack counts no births, deaths or moves by municipality; they are worked out from people.")
    return expected_events(figures.history, figures.rates), NET_MIGRATION


METHODS: Mapping[str, Callable[[Figures, Path | None, Wanted, Path], None]] = {
    "cohorts": by_cohorts,
    "components": by_components,
}


def show_run(run: Projection, band: Floats | None, source: Source, out: Path) -> None:
    first, last = run.years[0], run.years[-1]
    click.echo(f"{run.persons.size} rows are in {out}.")
    persons = run.total(80)
    line = f"80 and older: {spaced(persons[0])} on 1 January {first}, {spaced(persons[-1])} in {last}"
    if band is not None:
        low, high = band[-1]
        line += f"; eight times of ten between {spaced(low)} and {spaced(high)}"
    click.echo(f"{line}.")
    read = run.provenance.inputs[:SHOWN]
    click.echo(f"Read: figures up to 1 January {first} only. Their fingerprint is {read}.")
    click.echo(origin(source, f"{run.provenance.method} {run.provenance.version}"))
