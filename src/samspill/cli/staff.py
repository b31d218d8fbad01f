"""`samspill staff`: who will be at work, what lacks, what would close it; workload norms, and GP lists.

Needs neither a database nor Django. The stock is Østfold's, which comes with Samspill, or a file's.
"""

import json
from pathlib import Path

import click
import numpy as np

from samspill.analysis.figures import embedded
from samspill.analysis.packs import read_municipal_nurses
from samspill.analysis.workforce import (
    WORKING,
    Activity,
    Additional,
    Lists,
    Support,
    WorkingTime,
    backtest_staff,
    demand_like_now,
    lists_like_the_nation,
    national_lists,
    project_lists,
    read_demand,
    steady_growth,
    wisn,
    working_times,
)
from samspill.analysis.workforce import gap as missing
from samspill.cli.staff_asked import Asked, staff_options
from samspill.cli.staff_shown import COLUMN, WIDTH, banded, show, show_closing
from samspill.cli.tables import spaced
from samspill.refusal import Refused

GP = "general_practitioner"


@click.group()
def staff() -> None:
    """Project staff, see what lacks, and try what would close the gap."""


@staff.command(
    "project", epilog="Example: samspill staff project --to 2035 --lever retention=0.2:nurse:municipality"
)
@staff_options
def project_(asked: Asked) -> None:
    """Tell how many FTE of each profession there will be at each level on 1 January.

    p10 to p90 holds eight times of ten. FTE are agreed ones, with more of them if sick leave falls.
    """
    baseline = asked.baseline()
    run = asked.project(baseline)
    rows = [
        {"year": year, "profession": name, "sector": str(sector), **banded(run.of(name, sector)[place])}
        for place, year in enumerate(run.years)
        for name in run.professions
        for sector in WORKING
        if run.of(name, sector)[0].any()
    ]
    show(rows, baseline, as_json=asked.as_json, unit="FTE on 1 January")


@staff.command(
    "gap",
    epilog="Example: samspill staff gap --to 2035 --growth-low 0.5 --growth-high 2 --close nurse",
)
@staff_options
@click.option(
    "--demand",
    type=click.Path(path_type=Path),
    help="What is needed: a CSV file with year, profession, sector, fte (or draw_1 …). Instead of --growth.",
)
@click.option("--growth", type=float, default=1.0, show_default=True, help="Demand, per cent a year.")
@click.option("--growth-low", type=float, help="Lower end, one time of ten below it. Default: --growth.")
@click.option("--growth-high", type=float, help="Upper end, one time of ten above it. Default: --growth.")
@click.option(
    "--vacancy", type=click.FloatRange(0, 50), default=4.0, show_default=True, help="Posts empty now, %."
)
@click.option("--close", "closing", help="What each lever must be to close the gap of this PROFESSION.")
def gap_(
    asked: Asked,
    demand: Path | None,
    growth: float,
    growth_low: float | None,
    growth_high: float | None,
    vacancy: float,
    closing: str | None,
) -> None:
    """Tell how many FTE lack when demand grows steadily from today's staff and empty posts.

    For demand by age and service, project it first and compare through Samspill's pages or its library.
    """
    baseline = asked.baseline()
    low, high = (growth if end is None else end for end in (growth_low, growth_high))
    shocks = asked.shocks(baseline)
    unaided = asked.follow(baseline, shocks, pulled=False)
    if demand is None:
        steady = steady_growth(shocks, percent=growth, low=low, high=high, seed=asked.seed)
        needed = demand_like_now(baseline, unaided, steady, vacancy=vacancy / 100)
    else:
        years = range(baseline.year, asked.to + 1)
        needed = read_demand(demand, years=years, professions=baseline.professions)
    frozen = asked.freeze(baseline, shocks, unaided, needed)
    if closing is not None:
        show_closing(frozen, closing, asked.to, as_json=asked.as_json)
        return
    found = missing(asked.follow(baseline, shocks), needed) if asked.pulled else frozen.gap
    rows = [
        {"year": year, "profession": name, "sector": str(sector), **banded(found.of(name, sector)[place])}
        for place, year in enumerate(found.years)
        for name in found.professions
        for sector in WORKING
        if frozen.staffing.of(name, sector)[0].any() and not np.isnan(found.of(name, sector)).any()
    ]
    show(rows, baseline, as_json=asked.as_json, unit="FTE that lack")


@staff.command(
    "wisn", epilog="Example: samspill staff wisn --activity birth,400,20 --support records,0.15 --present 6"
)
@click.option(
    "--time", "code", type=click.Choice(["shifts", "day"]), default="shifts", help="A customary year."
)
@click.option("--sick", type=float, help="Days a year away sick, instead of the customary.")
@click.option("--activity", multiple=True, required=True, help="NAME,TIMES A YEAR,HOURS EACH; repeat it.")
@click.option("--support", multiple=True, help="NAME,SHARE of everybody's time.")
@click.option("--additional", multiple=True, help="NAME,PERSONS,HOURS A YEAR EACH.")
@click.option("--present", type=float, help="FTE there are, to compare with.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def wisn_(
    code: str,
    sick: float | None,
    activity: tuple[str, ...],
    support: tuple[str, ...],
    additional: tuple[str, ...],
    present: float | None,
    as_json: bool,
) -> None:
    """Tell how many FTE a workload needs, as the World Health Organization reckons (WISN, 2010)."""
    norm = working_times()[code]
    time = norm.time if sick is None else WorkingTime(**{**vars(norm.time), "sick": sick})
    need = wisn(
        time,
        [Activity(name, *numbers) for name, numbers in parts(activity, 2, "activity")],
        [Support(name, *numbers) for name, numbers in parts(support, 1, "support")],
        [Additional(name, *numbers) for name, numbers in parts(additional, 2, "additional")],
    )
    answer: dict[str, object] = {
        "available_hours": round(need.available_hours, 1),
        "by_activity": {name: round(value, 2) for name, value in need.by_activity.items()},
        "category_factor": round(need.category_factor, 4),
        "individual_factor": round(need.individual_factor, 4),
        "fte": round(need.total, 2),
        "source": norm.source,
    }
    if present is not None:
        answer["ratio"] = round(need.ratio(present), 2)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    click.echo(f"A full post has {need.available_hours:.0f} hours a year. {norm.source}.")
    for name, value in need.by_activity.items():
        click.echo(f"{name.ljust(WIDTH)}{value:>{COLUMN}.2f} FTE")
    click.echo(f"{'times, for support'.ljust(WIDTH)}{need.category_factor:>{COLUMN}.3f}")
    click.echo(f"{'plus, for what some do besides'.ljust(WIDTH)}{need.individual_factor:>{COLUMN}.2f} FTE")
    click.echo(f"{'Needed'.ljust(WIDTH)}{need.total:>{COLUMN}.2f} FTE")
    if present is not None:
        click.echo(f"{present:g} FTE are {100 * need.ratio(present):.0f} per cent of that.")


@staff.command("gp", epilog="Example: samspill staff gp --people 336615 --to 2035 --length-change -1.5")
@staff_options
@click.option(
    "--people", type=click.FloatRange(1), help="People on lists. Without it: all who live in Østfold."
)
@click.option(
    "--people-growth", type=click.FloatRange(-10, 10), default=0.5, show_default=True, help="Per cent a year."
)
@click.option(
    "--length-change", type=click.FloatRange(-20, 20), default=0.0, show_default=True, help="List length, %."
)
def gp_(
    asked: Asked,
    people: float | None,
    people_growth: float,
    length_change: float,
) -> None:
    """Tell how many people will be without a GP as doctors come and go, and lists change in length.

    Lists are as the nation's until the area's own are known; they have grown shorter for years.
    """
    baseline = asked.baseline()
    if GP not in baseline.professions:
        raise Refused("unknown_profession", "The stock holds no general practitioners. Add them.")
    run = asked.project(baseline)
    gps = run.persons[:, run.professions.index(GP), :2].sum(axis=1)
    people = float(embedded()[0].on(baseline.year).sum()) if people is None else people
    now: Lists = lists_like_the_nation(people, gps=float(gps[0].mean()))
    ahead = np.arange(len(run.years))[:, None]
    future = project_lists(
        now,
        gps,
        np.asarray(people * (1 + people_growth / 100) ** ahead, dtype=np.float64),
        first_year=run.years[0],
        length_change=length_change / 100,
    )
    rows = [
        {"year": year, "what": what, **banded(values[place])}
        for place, year in enumerate(run.years)
        for what, values in (("GPs", gps), ("people without a GP", future.people_without))
    ]
    older = run.share_over(60)[:, run.professions.index(GP), 1]
    if not asked.as_json:
        nation = national_lists()[-1]
        click.echo(
            f"Norway on {nation.when}: {spaced(nation.people_without)} without a GP, "
            f"{100 * nation.share_without:.1f} per cent; {nation.mean_length:.0f} people per list. "
            f"Of the GPs here {100 * older[0]:.0f} per cent are 60 or older, "
            f"{100 * older[-1]:.0f} in {asked.to}."
        )
    show(rows, baseline, as_json=asked.as_json, unit="persons on 1 January")


@staff.command("backtest", epilog="Example: samspill staff backtest --data FOLDER --horizon 5")
@click.option("--data", type=click.Path(path_type=Path), required=True, help="A data pack with nurses' FTE.")
@click.option("--horizon", type=click.IntRange(1), default=5, show_default=True, help="Years ahead.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def backtest_(data: Path, horizon: int, as_json: bool) -> None:
    """Tell how far off one would have been about nurses in municipalities, against no change."""
    nurses = read_municipal_nurses(data)
    jump_offs = [year for year in nurses.years[1:] if year + horizon <= nurses.years[-1]]
    scores = backtest_staff(nurses.years, nurses.fte, horizon=horizon, jump_offs=jump_offs)
    if as_json:
        click.echo(json.dumps([vars(one) for one in scores], ensure_ascii=False, indent=2))
        return
    click.echo(f"{'method'.ljust(WIDTH)}{'error, %':>{COLUMN}}{'bias, %':>{COLUMN}}")
    for one in scores:
        click.echo(f"{one.method.ljust(WIDTH)}{one.error:>{COLUMN}.1f}{one.bias:>+{COLUMN}.1f}")
    click.echo(
        f"{scores[0].units} municipalities, {horizon} years ahead, from {jump_offs[0]} to {jump_offs[-1]}. "
        "Students, exits and movers are not published by region: the flows cannot be tested."
    )


def parts(written: tuple[str, ...], numbers: int, what: str) -> list[tuple[str, list[float]]]:
    """NAME,NUMBER,… each."""
    found = []
    for one in written:
        name, *rest = one.split(",")
        try:
            values = [float(value) for value in rest]
        except ValueError:
            values = []
        if len(values) != numbers:
            raise Refused(what, f"«{one}» must be a name and {numbers} number(s), with commas.", field=what)
        found.append((name, values))
    return found
