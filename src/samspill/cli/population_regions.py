"""`samspill population regions`: project any set of municipalities, with bands of the whole set."""

from pathlib import Path

import click

from samspill.analysis.packs import open_pack
from samspill.analysis.population import (
    AGE_GROUPS,
    Futures,
    Projection,
    Region,
    check_regions,
    parse_region,
    project,
    read_regions,
    simulate,
    to_region_columns,
    write_columns,
)
from samspill.cli.population_figures import (
    check_may_write,
    count,
    open_figures,
    origin,
    shared_options,
)
from samspill.cli.tables import spaced
from samspill.refusal import Refused

KINDS = ("helsefellesskap", "county", "hospital area")


@click.command(
    "regions",
    epilog="Example: samspill population regions --jump-off 2026 --to 2040 --region A=3110,3103 --out a.csv",
)
@shared_options
@click.option("--to", type=int, required=True, help="The last 1 January.")
@click.option("--draws", type=click.IntRange(0), default=300, show_default=True, help="Random futures.")
@click.option("--region", "named", multiple=True, help="NAME=3101,3103; may be repeated.")
@click.option(
    "--regions", "listed", type=click.Path(path_type=Path), help="A CSV with region and kommune_nr."
)
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="All such of the data pack.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A .csv or .parquet file.")
def regions_(
    data: Path | None,
    jump_off: int,
    areas: str | None,
    seed: int,
    to: int,
    draws: int,
    named: tuple[str, ...],
    listed: Path | None,
    kinds: tuple[str, ...],
    out: Path,
) -> None:
    """Write year, kind, region, sex, ages, persons and with draws p10, p50, p90 of each region to a file.

    A region is any set of municipalities: a helsefellesskap, a county, the area of a local hospital, a
    legevaktsdistrikt, or one's own. Its band is computed from its sum in each draw. Sex is empty for both.
    """
    check_may_write(out)
    if areas is not None:
        raise Refused("areas", "Name regions with --region, --regions or --kind, not with --areas.")
    figures = open_figures(data, say=click.echo)
    wanted = _wanted(data, named, listed, kinds)
    check_regions(wanted, figures.history.areas)
    places = count(len(wanted), "region", "regions")
    click.echo(f"Projecting {places} from {jump_off} to {to} …")
    run: Projection | Futures
    if draws:
        run = simulate(figures.history, figures.rates, jump_off=jump_off, to=to, draws=draws, seed=seed)
    else:
        run = project(figures.history, figures.rates, jump_off=jump_off, to=to, seed=seed)
    write_columns(to_region_columns(run, wanted, AGE_GROUPS), out)
    for region in wanted:
        _show(run, region)
    click.echo(f"The rows are in {out}.\n{origin(figures.source)}")


def _wanted(
    data: Path | None, named: tuple[str, ...], listed: Path | None, kinds: tuple[str, ...]
) -> list[Region]:
    wanted = [parse_region(text) for text in named]
    wanted += read_regions(listed) if listed is not None else ()
    if kinds and data is None:
        raise Refused("no_geography", "--kind needs a data pack with --data: it holds the geography.")
    if kinds and data is not None:
        wanted += [region for region in open_pack(data).regions() if region.kind in kinds]
    if not wanted:
        raise Refused(
            "region", "Name at least one region: --region NAME=3101,3103, --regions FILE or --kind."
        )
    return wanted


def _show(run: Projection | Futures, region: Region) -> None:
    point = run.run if isinstance(run, Futures) else run
    persons = point.total(80, areas=region.areas)
    line = (
        f"{region.name}: {spaced(persons[0])} aged 80 and older, {spaced(persons[-1])} in {point.years[-1]}"
    )
    if isinstance(run, Futures):
        low, _, high = run.band("80+", areas=region.areas)[-1]
        line += f"; eight times of ten between {spaced(low)} and {spaced(high)}"
    click.echo(f"{line}.")
