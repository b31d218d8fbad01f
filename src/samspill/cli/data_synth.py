"""`samspill data synth`: invent an extract of contacts and services, of any size."""

import os
from pathlib import Path

import click

from samspill.analysis.indicators.calculation import write_areas
from samspill.analysis.indicators.synthetic import synthesise, world_of
from samspill.cli.indicators import years_of
from samspill.cli.population_figures import SEED, choose, open_figures
from samspill.directory import register

MOST_YEARS = "2015-2025"


@click.command("synth", epilog="Example: samspill data synth --contacts 10_000_000 --out extract")
@click.option("--contacts", default="1_000_000", show_default=True, help="How many, over all years.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A folder that is not there yet.")
@click.option(
    "--data", type=click.Path(path_type=Path), help="Data pack with the population. Default: Østfold."
)
@click.option("--areas", help="Municipalities (3101) or helsefellesskap (HF01), with commas. Default: all.")
@click.option("--years", default=MOST_YEARS, show_default=True, help="A year, or the first and last.")
@click.option(
    "--seed", type=click.IntRange(0), default=SEED, show_default=True, help="The same gives the same."
)
@click.option(
    "--workers", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes. Default: all cores."
)
def synth(
    contacts: str, out: Path, data: Path | None, areas: str | None, years: str, seed: int, workers: int
) -> None:
    """Invent contacts with hospitals, use of services and the other tables of indicators, as Parquet.

    Nobody in them exists. Numbers follow the real population by age and sex; some municipalities truly differ
    and the others by chance alone: about.json tells which. Discharges are counted anew from 2025, as in
    the real figures. The same seed gives the same files, whatever the number of workers.
    """
    number = whole(contacts)
    figures = choose(open_figures(data, say=click.echo), areas)
    world = world_of(figures.history, years_of(years), seed)
    source = f"{figures.source.name}, version {figures.source.version}"
    written = synthesise(world, out, number, workers=workers, source=source, progress=click.echo)
    write_areas(out, areas_of_norway())
    click.echo(f"Wrote {out}: {', '.join(f'{rows} {name}' for name, rows in written.rows.items())}.")


def areas_of_norway() -> list[tuple[str, str, str]]:
    """Every municipality with its helsefellesskap and health region, in the borders of today."""
    regions = {one.code: one.health_region for one in register.communities()}
    everywhere = register.municipalities(register.COMPLETE_FROM)
    return [(one.code, one.community_code, regions[one.community_code]) for one in everywhere]


def whole(text: str) -> int:
    """A number above zero; `_` and blanks may part its thousands."""
    plain = text.replace("_", "").replace(" ", "")
    if not plain.isdecimal() or int(plain) < 1:
        raise click.BadParameter(f"{text} is no number above 0; say 10_000_000.", param_hint="--contacts")
    return int(plain)
