"""`samspill beds flow`: simulate a model that stands in a YAML file."""

import json
from dataclasses import asdict
from pathlib import Path

import click
import yaml

from samspill.analysis.capacity import (
    EXAMPLE,
    Estimate,
    Flow,
    Model,
    UnitResult,
    each_on,
    model_from,
    simulate,
)
from samspill.analysis.cluster import Spread
from samspill.cli.tables import show_table
from samspill.refusal import Refused


@click.command(
    epilog="Example: samspill beds flow --example > model.yaml; samspill beds flow model.yaml --days 365"
)
@click.argument("model", type=click.Path(path_type=Path), required=False)
@click.option("--example", is_flag=True, help="Print a model to start from, and nothing else.")
@click.option("--days", type=click.IntRange(1), default=365, show_default=True, help="Days that are counted.")
@click.option(
    "--warm-up", type=click.IntRange(0), default=90, show_default=True, help="Days before, not counted."
)
@click.option("--replications", type=click.IntRange(1), default=20, show_default=True)
@click.option(
    "--seed", type=click.IntRange(0), default=2026, show_default=True, help="Same seed, same patients."
)
@click.option("--cluster", help="A Dask scheduler, as tcp://10.0.0.5:8786. Without it: this machine.")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes; same result."
)
@click.option("--keep", type=click.Path(path_type=Path), help="Folder in which a run that stops can go on.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def flow(
    model: Path | None,
    example: bool,
    days: int,
    warm_up: int,
    replications: int,
    seed: int,
    cluster: str | None,
    workers: int,
    keep: Path | None,
    as_json: bool,
) -> None:
    """Simulate patients from hospital to municipality and home, by a MODEL in YAML.

    A patient whose treatment is over keeps the bed until the next place is free. Intervals are 95 % of the
    mean over the replications.
    """
    if example:
        click.echo(EXAMPLE.read_text("utf-8"), nl=False)
        return
    if model is None:
        raise Refused(
            "missing_file", "Name a file with a model; --example prints one to start from.", field="model"
        )
    read = model_from(_yaml(model))
    found = simulate(
        read,
        days=days,
        warm_up_days=warm_up,
        replications=replications,
        seed=seed,
        keep=keep,
        each=each_on(Spread(workers, cluster)),
        progress=None if as_json else _say,
    )
    if as_json:
        results = [asdict(one) for one in found.results()]
        click.echo(json.dumps({"run": asdict(found.run), "units": results}, ensure_ascii=False, indent=2))
    else:
        _show_flow(read, found)


def _yaml(path: Path) -> object:
    if not path.is_file():
        raise Refused("missing_file", f"There is no file {path}. Check the path.", field="model")
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        line = " ".join(str(problem).split())
        raise Refused("unreadable_file", f"{path.name} is not YAML: {line}.", field="model") from problem


def _say(done: int, wanted: int) -> None:
    click.echo(f"\r{done} of {wanted} replications", nl=done == wanted, err=True)


def _show_flow(model: Model, found: Flow) -> None:
    click.echo(
        f"{model.name}: {len(found.done)} replications of {found.run.days} days "
        f"after {found.run.warm_up_days}. Mean numbers of people, day and night.\n"
    )
    head = [
        "unit",
        "beds",
        "in bed",
        "95 %",
        "p90 of peaks",
        "corridor",
        "ready",
        "held",
        "waiting",
        "refused/day",
    ]
    show_table(head, [_flow_cells(one) for one in found.results()])
    click.echo(
        "\ncorridor: above the beds there are. ready: discharge-ready, waiting here for another place. "
        f"held: until a day of leaving.\nSeed {found.run.seed}, method {found.run.method} "
        f"{found.run.version}, model {found.run.model[:12]}."
    )


def _flow_cells(one: UnitResult) -> list[str]:
    return [
        one.unit,
        "–" if one.beds is None else str(one.beds),
        f"{one.in_use.mean:.1f}",
        _interval(one.in_use),
        f"{one.peak_percentiles[1]:.0f}",
        *(f"{part.mean:.2f}" for part in (one.overflow, one.ready, one.held, one.waiting, one.refused)),
    ]


def _interval(one: Estimate) -> str:
    return "–" if one.low is None or one.high is None else f"{one.low:.1f}–{one.high:.1f}"
