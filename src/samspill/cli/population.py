"""`samspill population`: project the population of municipalities, and see how wrong that would have been.

Needs neither a database nor Django. The figures are those that come with Samspill, or a data pack's.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from samspill.analysis.packs import open_districts, open_official
from samspill.analysis.population import (
    METHOD,
    VERSION,
    Score,
    backtest,
    project_districts,
    write,
)
from samspill.analysis.source import Source
from samspill.cli.population_figures import (
    check_may_write,
    choose,
    count,
    open_figures,
    origin,
    shared_options,
)
from samspill.cli.population_methods import METHODS, Wanted, show_run
from samspill.cli.population_regions import regions_
from samspill.cli.spread import spread_of, spread_options
from samspill.refusal import Refused

WIDTHS = (8, 14, 6)
COLUMN = 16


@click.group()
def population() -> None:
    """Project the population of municipalities, and test how well that goes."""


population.add_command(regions_)


@population.command(
    "project", epilog="Example: samspill population project --jump-off 2026 --to 2040 --out ostfold.csv"
)
@shared_options
@click.option("--to", type=int, required=True, help="The last 1 January.")
@click.option(
    "--draws", type=click.IntRange(0), default=0, help="Random futures; 300 give a steady interval."
)
@click.option("--districts", help="A city (0301) of the data pack: project its districts and nothing else.")
@click.option("--keep-draws", is_flag=True, help="Write every draw too, as draw_1, draw_2 …")
@click.option(
    "--method",
    type=click.Choice(sorted(METHODS)),
    default="cohorts",
    show_default=True,
    help="Follow cohorts from population alone, or births, deaths and moves.",
)
@spread_options
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A .csv or .parquet file.")
def project_(
    data: Path | None,
    jump_off: int,
    areas: str | None,
    seed: int,
    to: int,
    draws: int,
    districts: str | None,
    keep_draws: bool,
    method: str,
    cluster: str | None,
    workers: int | None,
    parts: Path | None,
    out: Path,
) -> None:
    """Write year, area, sex, age and persons on 1 January of each year to a file.

    With draws also p10, p50 and p90 of each row: the true figure lies between p10 and p90 eight times of ten.
    They hold for that row alone and must not be added up. All municipalities of the nation together are held
    to the nation; a choice of areas stands for itself.
    """
    check_may_write(out)
    check_draws_to_keep(draws, keep=keep_draws)
    if districts is not None:
        _project_districts(data, districts, areas, out, keep_draws, (jump_off, to, draws, seed))
        return
    figures = choose(open_figures(data, say=click.echo), areas)
    places = count(len(figures.history.areas), "municipality", "municipalities")
    click.echo(f"Projecting {places} from {jump_off} to {to} …")
    spread = spread_of(cluster, workers, parts, what="parts of the draws")
    asked = Wanted(jump_off, to, draws, seed, keep_draws, spread)
    METHODS[method](figures, data, asked, out)


def _project_districts(
    data: Path | None,
    city: str,
    areas: str | None,
    out: Path,
    keep_draws: bool,
    run_of: tuple[int, int, int, int],
) -> None:
    """The city's districts, held to the city as it is projected with all municipalities of the pack."""
    found = open_districts(data) if data is not None else None
    if found is None or areas is not None:
        raise Refused(
            "no_districts",
            "--districts needs --data with a data pack that has city districts, and no --areas.",
            field="districts",
        )
    figures = open_figures(data, say=click.echo)
    jump_off, to, draws, seed = run_of
    run = project_districts(
        found,
        figures.history,
        figures.rates,
        municipality=city,
        jump_off=jump_off,
        to=to,
        draws=draws,
        seed=seed,
    )
    write(run, out, keep_draws=keep_draws)
    show_run(run, run.band(80, percentiles=(10, 90)) if draws else None, figures.source, out)


@population.command(
    "backtest", epilog="Example: samspill population backtest --data FOLDER --jump-off 2016 --horizon 8"
)
@shared_options
@click.option(
    "--horizon",
    "horizons",
    type=click.IntRange(1),
    multiple=True,
    required=True,
    help="Years ahead; may be repeated.",
)
@click.option("--draws", type=click.IntRange(0), default=100, show_default=True, help="For the intervals.")
@click.option("--json", "as_json", is_flag=True, help="Print every score as JSON.")
def backtest_(
    data: Path | None,
    jump_off: int,
    areas: str | None,
    seed: int,
    horizons: tuple[int, ...],
    draws: int,
    as_json: bool,
) -> None:
    """Tell how far off the projection would have been, had it been made at the jump-off.

    Beside it stand two methods that need no model: nothing changes, and every cohort goes on as in the last
    five years; and Statistics Norway's projections of the time, when the data pack has them: main (MMMM), low
    (LLML) and high growth (HHMH), which are scenarios and not probabilities. Error is the mean absolute error
    in per cent, over municipalities by size, communities, all, and the municipalities of the official ones.
    """
    say = silent if as_json else click.echo
    figures = choose(open_figures(data, say=say), areas)
    say(f"Projecting from {jump_off} and comparing with what came …")
    scores = backtest(
        figures.history,
        figures.rates,
        jump_off=jump_off,
        horizons=sorted(set(horizons)),
        draws=draws,
        seed=seed,
        official=open_official(data) if data is not None else (),
    )
    if as_json:
        click.echo(json.dumps(scores_as_json(scores, figures.source), ensure_ascii=False, indent=2))
    else:
        show_scores(scores)
        click.echo(f"\n{origin(figures.source)}")


def check_draws_to_keep(draws: int, *, keep: bool) -> None:
    if keep and not draws:
        raise Refused(
            "no_draws", "There are no draws to keep. Say how many with --draws, or leave --keep-draws out."
        )


def silent(_line: str) -> None:
    """Progress that would stand in the way of JSON."""


def scores_as_json(scores: Sequence[Score], source: Source) -> dict[str, object]:
    """Errors and biases in per cent; `covered` is the share of units within the 80 % interval, or null."""
    return {
        "method": f"{METHOD} {VERSION}",
        "figures": {"name": source.name, "version": source.version, "credit": source.credit},
        "scores": [asdict(score) for score in scores],
    }


def show_scores(scores: Sequence[Score]) -> None:
    """A table per horizon: a line per age group and level, the methods beside each other."""
    for horizon in dict.fromkeys(score.horizon for score in scores):
        found = {(one.ages, one.level, one.method): one for one in scores if one.horizon == horizon}
        year = scores[0].jump_off
        methods = list(dict.fromkeys(score.method for score in scores))
        click.secho(f"\nFrom 1 January {year}, {horizon} years ahead: {year + horizon}", bold=True)
        titles = "".join(title.rjust(COLUMN) for title in ("bias", "in interval", *methods))
        head = "".join(
            title.ljust(width) for title, width in zip(("ages", "level", "units"), WIDTHS, strict=True)
        )
        click.echo(head + titles)
        for ages, level in dict.fromkeys((ages, level) for ages, level, _ in found):
            click.echo(score_line([found.get((ages, level, method)) for method in methods]))
    click.echo("\nBias and interval are ours; the columns named by a method are its error. All in per cent.")


def score_line(scores: Sequence[Score | None]) -> str:
    """A line of the table; a method that does not cover these ages there has a dash."""
    ours = scores[0]
    if ours is None:
        raise ValueError("our own score stands first in every line")
    labels = (ours.ages, ours.level, str(ours.units))
    head = "".join(label.ljust(width) for label, width in zip(labels, WIDTHS, strict=True))
    covered = "–" if ours.covered is None else f"{ours.covered:.0f}"
    errors = ("–" if score is None else f"{score.error:.1f}" for score in scores)
    return head + "".join(cell.rjust(COLUMN) for cell in (f"{ours.bias:+.1f}", covered, *errors))
