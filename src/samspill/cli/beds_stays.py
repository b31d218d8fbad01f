"""`samspill beds forecast` and `samspill beds occupancy`: what a ward's own stays tell."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from samspill.analysis.capacity import (
    HOURS_OF_WEEK,
    Forecast,
    ForecastScore,
    Occupancy,
    Twice,
    forecast_backtest,
    forecast_from_stays,
    known_at,
    to_utc,
    weekly_origins,
)
from samspill.analysis.capacity import occupancy as occupancy_of
from samspill.analysis.packs import read_stays
from samspill.cli.tables import per_cent, show_table

CLOCK = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SHOWN = {"mean": None, "p50": 50.0, "p75": 75.0, "p90": 90.0, "p95": 95.0}
clock_twice = click.option(
    "--twice",
    type=click.Choice([one.value for one in Twice]),
    default=Twice.REFUSE.value,
    show_default=True,
    help="Which is meant of an hour that the clock showed twice.",
)


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
    help="How many earlier weeks it is tried on.",
)
@clock_twice
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def forecast(
    stays: Path, at: datetime, days: int, beds: int | None, backtest: int, twice: str, as_json: bool
) -> None:
    """Beds needed in the coming days, from STAYS: a .csv or .parquet with came, left and group.

    Who has no time of leaving is still there. Nothing later than --at is read. The forecast is tried on
    earlier weeks and its error shown beside that of «as many as now».
    """
    rows = read_stays(stays)
    known, moment = known_at(rows.came, rows.left, rows.group, rows.groups, at=at, twice=Twice(twice))
    found = forecast_from_stays(known, moment, days=days)
    origins = weekly_origins(known, moment, weeks=backtest, days=days)
    scores = forecast_backtest(known, origins, days=days) if origins else ()
    if as_json:
        click.echo(json.dumps(_forecast_json(found, beds, scores), ensure_ascii=False, indent=2))
    else:
        _show_forecast(found, known.in_bed(moment), beds, scores)


@click.command(
    epilog="Example: samspill beds occupancy stays.csv --start 2026-01-05 --end 2026-06-29 --show p90"
)
@click.argument("stays", type=click.Path(path_type=Path))
@click.option("--start", type=click.DateTime(("%Y-%m-%d",)), required=True, help="The first day.")
@click.option("--end", type=click.DateTime(("%Y-%m-%d",)), required=True, help="The day after the last.")
@click.option(
    "--show", type=click.Choice(list(SHOWN)), default="p90", show_default=True, help="What of each hour."
)
@clock_twice
@click.option(
    "--json", "as_json", is_flag=True, help="Print all of it as JSON, by group and hour of the week."
)
def occupancy(stays: Path, start: datetime, end: datetime, show: str, twice: str, as_json: bool) -> None:
    """How full it is by hour of the week, from STAYS: a .csv or .parquet with came, left and group.

    A figure is of the mean number of people in bed in that hour over the weeks; all groups together.
    """
    rows = read_stays(stays)
    came, left = (to_utc(times, twice=Twice(twice)) for times in (rows.came, rows.left))
    first, after = start.date(), end.date()
    if as_json:
        found = occupancy_of(came, left, unit=rows.group, units=rows.groups, start=first, end=after)
        click.echo(json.dumps(_occupancy_json(found), ensure_ascii=False, indent=2))
        return
    profile = occupancy_of(came, left, start=first, end=after).profile(
        [share for share in SHOWN.values() if share is not None]
    )
    wanted = SHOWN[show]
    week = profile.mean[0] if wanted is None else profile.percentiles[0, :, profile.shares.index(wanted)]
    show_table(
        ["hour", *WEEKDAYS],
        [[f"{hour:02}–{hour + 1:02}", *(f"{one:.1f}" for one in week[hour::24])] for hour in range(24)],
    )
    click.echo(
        f"\n{show} of {profile.weeks.max()} weeks. Mean over all hours: {profile.mean.mean():.1f} in bed."
    )


def _occupancy_json(found: Occupancy) -> dict[str, object]:
    profile = found.profile()
    groups = {
        group: {
            "mean": profile.mean[place].tolist(),
            **{
                f"p{share:.0f}": profile.percentiles[place, :, column].tolist()
                for column, share in enumerate(profile.shares)
            },
        }
        for place, group in enumerate(profile.units)
    }
    return {"hours": HOURS_OF_WEEK, "first": "Monday 00", "weeks": profile.weeks.tolist(), "groups": groups}


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
            f"\nTried {scores[0].origins} times, a week apart: mean error in beds, beside «as many as now». "
            f"The band held the true figure {covered} of the time (80 % is meant)."
        )
