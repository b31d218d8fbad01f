"""`samspill beds flow` and `samspill beds forecast`: the commands that read a file."""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
import numpy as np
import yaml

from samspill.analysis.capacity import (
    EXAMPLE,
    OSLO,
    Each,
    Estimate,
    Flow,
    Forecast,
    ForecastScore,
    Model,
    Stays,
    Twice,
    UnitResult,
    forecast_backtest,
    forecast_from_stays,
    model_from,
    simulate,
    to_utc,
)
from samspill.analysis.packs import StayRows, read_stays
from samspill.cli.tables import per_cent, show_table
from samspill.refusal import Refused

DAY = 86_400.0
CLOCK = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d")
WEEK = 7


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
    with _workers(workers) as each:
        found = simulate(
            read,
            days=days,
            warm_up_days=warm_up,
            replications=replications,
            seed=seed,
            keep=keep,
            each=each,
            progress=None if as_json else _say,
        )
    if as_json:
        results = [asdict(one) for one in found.results()]
        click.echo(json.dumps({"run": asdict(found.run), "units": results}, ensure_ascii=False, indent=2))
    else:
        _show_flow(read, found)


@click.command(epilog="Example: samspill beds forecast stays.csv --at 2026-11-20T08:00 --days 7 --beds 60")
@click.argument("stays", type=click.Path(path_type=Path))
@click.option("--at", type=click.DateTime(CLOCK), required=True, help="The moment, as the clock shows it.")
@click.option(
    "--days", type=click.IntRange(1, 28), default=14, show_default=True, help="How many days ahead."
)
@click.option("--beds", type=click.IntRange(0), help="Beds there are: shows the risk of too few.")
@click.option(
    "--backtest",
    type=click.IntRange(0),
    default=12,
    show_default=True,
    help="Weeks back that it is tried on.",
)
@click.option(
    "--twice",
    type=click.Choice([one.value for one in Twice]),
    default=Twice.REFUSE.value,
    show_default=True,
    help="Which is meant of an hour that the clock showed twice.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def forecast(
    stays: Path, at: datetime, days: int, beds: int | None, backtest: int, twice: str, as_json: bool
) -> None:
    """Beds needed in the coming days, from STAYS: a .csv or .parquet with came, left and group.

    Who has no time of leaving is still there. Nothing later than --at is read. The forecast is tried on the
    weeks before and its error shown beside that of «as many as now».
    """
    known, moment = _days(read_stays(stays), at, Twice(twice))
    found = forecast_from_stays(known, moment, days=days)
    origins = [moment - WEEK * week for week in range(backtest, 0, -1)]
    scores = forecast_backtest(known, origins, days=days) if origins else ()
    if as_json:
        click.echo(json.dumps(_forecast_json(found, beds, scores), ensure_ascii=False, indent=2))
    else:
        _show_forecast(found, known.in_bed(moment), beds, scores)


def _yaml(path: Path) -> object:
    if not path.is_file():
        raise Refused("missing_file", f"There is no file {path}. Check the path.", field="model")
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        line = " ".join(str(problem).split())
        raise Refused("unreadable_file", f"{path.name} is not YAML: {line}.", field="model") from problem


@contextmanager
def _workers(number: int) -> Iterator[Each]:
    if number == 1:
        yield map
        return
    with ProcessPoolExecutor(number) as pool:
        yield pool.map


def _say(done: int, wanted: int) -> None:
    click.echo(f"\r{done} of {wanted} replications", nl=done == wanted, err=True)


def _days(rows: StayRows, at: datetime, twice: Twice) -> tuple[Stays, float]:
    """Stays and the moment in days since the midnight before it (days of 24 hours)."""
    moment = np.array([np.datetime64(at, "s")])
    zero = to_utc(moment.astype("datetime64[D]"), zone=OSLO, twice=twice)[0]
    came, left = (to_utc(times, zone=OSLO, twice=twice) for times in (rows.came, rows.left))
    ended = np.where(np.isnat(left), np.nan, (left - zero).astype(np.float64) / DAY)
    begun = (came - zero).astype(np.float64) / DAY
    known = Stays(begun, ended, rows.group, rows.groups, weekday_of_day_0=at.weekday())
    return known, float((to_utc(moment, zone=OSLO, twice=twice)[0] - zero).astype(np.float64) / DAY)


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


def _forecast_json(found: Forecast, beds: int | None, scores: tuple[ForecastScore, ...]) -> dict[str, object]:
    low, middle, high = found.percentiles().T.tolist()
    told: dict[str, object] = {"mean": found.mean.tolist(), "p10": low, "p50": middle, "p90": high}
    if beds is not None:
        told["over"] = found.over(beds).tolist()
    return {**told, "beyond": found.beyond, "backtest": [asdict(one) for one in scores]}


def _show_forecast(found: Forecast, now: int, beds: int | None, scores: tuple[ForecastScore, ...]) -> None:
    click.echo(f"{now} are in bed now.\n")
    head = ["days ahead", "median", "8 of 10 times", "of those here now", "to come"]
    over = found.over(beds) if beds is not None else None
    head += [f"more than {beds}"] if over is not None else []
    head += ["error before", "«as now»"] if scores else []
    rows = []
    for day, (low, middle, high) in enumerate(found.percentiles()):
        row = [
            str(day + 1),
            str(middle),
            f"{low}–{high}",
            f"{found.present[day]:.1f}",
            f"{found.coming[day]:.1f}",
        ]
        row += [per_cent(over[day])] if over is not None else []
        row += [f"{scores[day].error:.1f}", f"{scores[day].no_change:.1f}"] if scores else []
        rows.append(row)
    show_table(head, rows)
    if found.beyond:
        click.echo(
            f"\n{found.beyond} have been here longer than anybody before; how long they stay is a guess."
        )
    if scores:
        covered = per_cent(sum(one.covered for one in scores) / len(scores))
        click.echo(
            f"\nTried on the {scores[0].origins} weeks before: mean error in beds, beside «as many as now». "
            f"The band held the true figure {covered} of the time (80 % is meant)."
        )
