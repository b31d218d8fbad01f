"""`samspill demand`: what the population will use of services, and how wrong that has been.

Needs neither a database nor Django. The figures are those that come with Samspill, or a data pack's.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from samspill.analysis.demand import (
    METHOD,
    OURS,
    VERSION,
    Assumptions,
    Moved,
    Outcome,
    Skill,
    Use,
    catalogue,
    choose,
    embedded_use,
    expected_on,
    freeze,
    measure,
    measured,
    mitigators,
    pack_use,
    rates_version,
    read_assumptions,
    what_if,
    write_demand,
)
from samspill.analysis.population import draw, prepare
from samspill.cli.population import silent
from samspill.cli.population_figures import (
    Figures,
    check_may_write,
    count,
    open_figures,
    origin,
)
from samspill.cli.population_figures import choose as choose_areas
from samspill.cli.spread import spread_of, spread_options
from samspill.cli.tables import spaced
from samspill.refusal import Refused

SEED = 2026
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder with a data pack. Without it: the figures that come with Samspill (Østfold).",
)
SERVICES = click.option(
    "--services", help="Codes with commas, as «samspill demand services» lists. Default all."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
VERDICTS = {
    "better": "better than no change",
    "none": "no skill: the flat line is drawn",
    "untested": "not tested",
}


@click.group()
def demand() -> None:
    """Tell what the population will use of services, and test how well that goes."""


@demand.command(
    "project", epilog="Example: samspill demand project --jump-off 2026 --to 2040 --out demand.csv"
)
@DATA
@click.option("--jump-off", type=int, required=True, help="Nothing later than 1 January of it is read.")
@click.option("--to", type=int, required=True, help="The last year.")
@click.option("--areas", help="Municipalities (3101) or helsefellesskap (HF01), with commas. Default all.")
@SERVICES
@click.option("--draws", type=click.IntRange(2), default=256, show_default=True, help="Random futures.")
@click.option(
    "--seed", type=click.IntRange(0), default=SEED, show_default=True, help="The same seed, the same draws."
)
@click.option(
    "--assumptions",
    type=click.Path(path_type=Path),
    help="A YAML file: a mitigator and its size per line (length_of_stay: 1).",
)
@spread_options
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A .csv or .parquet file.")
@JSON
def project_(
    data: Path | None,
    jump_off: int,
    to: int,
    areas: str | None,
    services: str | None,
    draws: int,
    seed: int,
    assumptions: Path | None,
    cluster: str | None,
    workers: int | None,
    parts: Path | None,
    out: Path,
    as_json: bool,
) -> None:
    """Write year, area, service, p10, p50 and p90 of each service, and the difference assumptions make.

    The true figure lies between p10 and p90 eight times of ten. The rows of the area «all» are those of the
    sum; percentiles must not be added up.
    """
    check_may_write(out)
    codes = codes_of(services)
    choose(codes)
    tried = read_assumptions(assumptions) if assumptions else Assumptions()
    say = silent if as_json else click.echo
    figures, use = open_with_use(data, codes)
    chosen = choose_areas(figures, areas)
    say(f"Projecting {count(len(chosen.history.areas), 'municipality', 'municipalities')} to {to} …")
    run, plan = prepare(chosen.history, chosen.rates, jump_off=jump_off, to=to, draws=draws, seed=seed)
    spread = spread_of(cluster, workers, parts, what="parts of the areas", quiet=as_json)
    baseline = freeze(
        run if spread else replace(run, draws=draw(plan)),
        figures.history,
        actual=use,
        skills=measured(),
        services=codes,
        expected=expected_on(plan, spread) if spread else None,
    )
    outcome = what_if(baseline, tried)
    rows = write_demand(outcome, out)
    if as_json:
        click.echo(json.dumps(outcome_as_json(outcome, figures, rows), ensure_ascii=False, indent=2))
    else:
        show_outcome(outcome, figures, rows, out)


@demand.command("backtest", epilog="Example: samspill demand backtest --data FOLDER --jump-off 2020")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder with a data pack. Without it: the table that was measured before.",
)
@click.option(
    "--jump-off",
    "jump_offs",
    type=int,
    multiple=True,
    help="The last year of use that is known; may be repeated. Default all that can be tested.",
)
@click.option(
    "--horizon", type=click.IntRange(1), default=5, show_default=True, help="Years ahead (with --data)."
)
@SERVICES
@JSON
def backtest_(
    data: Path | None, jump_offs: tuple[int, ...], horizon: int, services: str | None, as_json: bool
) -> None:
    """Tell how far off demand would have been, beside «no change» and three simple lines.

    The true population is handed in. Error is the sum of absolute errors over the sum of what came, and bias
    the same with its sign, in per cent. Where ours does not beat no change, the flat line is drawn.
    """
    codes = codes_of(services)
    wanted = [one.code for one in choose(codes)]
    if data is None:
        if jump_offs:
            raise Refused(
                "needs_data",
                "A jump-off of one's own needs figures to test on. Give the folder with --data.",
                field="data",
            )
        skills = {code: measured()[code] for code in wanted}
    else:
        figures = open_figures(data, say=silent)
        skills = measure(
            pack_use(data, services=codes),
            figures.history,
            jump_offs=jump_offs or None,
            ahead=horizon,
            services=codes,
        )
    if as_json:
        plain = {code: asdict(skill) for code, skill in skills.items()}
        click.echo(json.dumps({"method": f"{METHOD} {VERSION}", "skills": plain}, indent=2))
    else:
        show_skills(skills)


@demand.command("services", epilog="Example: samspill demand services --json")
@JSON
def services_(as_json: bool) -> None:
    """List the services, with unit, year, source and what is assumed."""
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "side": one.side,
            "unit": one.unit,
            "from": one.since,
            "source": one.source,
            "licence": one.licence,
            "note": one.note,
            "assumption": one.assumption,
            "verdict": measured()[one.code].verdict,
        }
        for one in catalogue().values()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.secho(f"{row['code']}: {row['name']} ({row['side']}; {row['unit']}, {row['from']})", bold=True)
        click.echo(f"  {row['source']}. {row['licence']}. {VERDICTS[str(row['verdict'])].capitalize()}.")
        for key in ("note", "assumption"):
            if row[key]:
                click.echo(f"  {key.capitalize()}: {row[key]}")


@demand.command("mitigators", epilog="Example: samspill demand mitigators")
@JSON
def mitigators_(as_json: bool) -> None:
    """List what may change demand, with its range, its evidence, and where the units go."""
    if as_json:
        plain = [asdict(one) for one in mitigators().values()]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for one in mitigators().values():
        low, high = one.factor
        click.secho(f"{one.code}: {one.name}", bold=True)
        parts = f", chapters {', '.join(one.parts)}" if one.parts else ""
        ages = f", from age {one.ages}" if one.ages else ""
        click.echo(f"  What is left of {', '.join(one.services)}{parts}{ages}: {low:g} to {high:g}")
        click.echo(f"  (eight times of ten), in full after {one.years} years.")
        for back in one.returns:
            click.echo(
                f"  {back.share:.0%} of {one.counts} come back as {back.amount:g} {back.service} each."
            )
        click.echo(f"  {one.saved:.0%} saved: {one.because}")
        click.echo(f"  Evidence: {one.source}.")
        if one.assumption:
            click.echo(f"  Assumption: {one.assumption}")


def codes_of(services: str | None) -> tuple[str, ...] | None:
    return None if services is None else tuple(part.strip() for part in services.split(",") if part.strip())


def open_with_use(data: Path | None, codes: tuple[str, ...] | None) -> tuple[Figures, dict[str, Use]]:
    """The figures and the published use of the pack, or those that come with Samspill."""
    figures = open_figures(data, say=silent)
    return figures, embedded_use() if data is None else pack_use(data, services=codes)


def show_outcome(outcome: Outcome, figures: Figures, rows: int, out: Path) -> None:
    baseline = outcome.baseline
    first, last = baseline.years[0], baseline.years[-1]
    click.echo(f"{rows} rows are in {out}.")
    for service in baseline.services:
        band, change = outcome.band(service.code), outcome.difference_band(service.code)[-1]
        low, middle, high = (spaced(value) for value in band[-1])
        line = f"{service.name}: {spaced(band[0][1])} in {first}, {middle} in {last} ({low} to {high})"
        if change.any():
            line += f"; the assumptions make {change[1]:+.0f}"
        mark = " Assumed." if service.assumption else ""
        click.echo(f"{line}; {VERDICTS[baseline.skills[service.code].verdict]}.{mark}")
    for moved in outcome.moved:
        avoided = moved.avoided[-1].mean()
        found = ", ".join(f"{values[-1].mean():.1f} {code}" for code, values in moved.found.items())
        saved = moved.saved[-1].mean()
        click.echo(
            f"{moved.mitigator} in {last}: {avoided:.0f} {moved.counts} taken away; found again: "
            f"{found or 'none'}; saved {saved:.0f}: {moved.because}"
        )
    later = sorted(
        {str(one.since) for one in baseline.services if one.since > first and one.licence != "own"}
    )
    if later:
        click.echo(f"The rates of use are of {', '.join(later)}: later than the jump-off.")
    click.echo(origin(figures.source))


def outcome_as_json(outcome: Outcome, figures: Figures, rows: int) -> dict[str, object]:
    baseline = outcome.baseline
    return {
        "method": f"{METHOD} {VERSION}",
        "years": [baseline.years[0], baseline.years[-1]],
        "rows": rows,
        "seed": baseline.seed,
        "fingerprint": outcome.fingerprint,
        "rates": rates_version(),
        "figures": {"name": figures.source.name, "version": figures.source.version},
        "services": {
            one.code: {
                "unit": one.unit,
                "band": outcome.band(one.code)[-1].tolist(),
                "difference": outcome.difference_band(one.code)[-1].tolist(),
                "verdict": baseline.skills[one.code].verdict,
                "assumption": one.assumption,
                "waterfall": waterfall_as_json(outcome, one.code),
            }
            for one in baseline.services
        },
        "moved": [moved_as_json(one) for one in outcome.moved],
        "levels": [asdict(level) for level in baseline.levels if level.local],
    }


def waterfall_as_json(outcome: Outcome, service: str) -> dict[str, object]:
    """Means of the steps from the first year to the last: unlike percentiles they add up."""
    fall = outcome.waterfall(service, outcome.baseline.years[-1])
    steps = {name: float(values.mean()) for name, values in fall.steps.items()}
    return {"start": float(fall.start.mean()), **steps, "end": float(fall.end.mean())}


def moved_as_json(moved: Moved) -> dict[str, object]:
    """Means in the last year."""
    return {
        "mitigator": moved.mitigator,
        "counts": moved.counts,
        "avoided": float(moved.avoided[-1].mean()),
        "found": {code: float(values[-1].mean()) for code, values in moved.found.items()},
        "saved": float(moved.saved[-1].mean()),
        "because": moved.because,
    }


def show_skills(skills: dict[str, Skill]) -> None:
    click.secho(f"{'service':<24}{'units':>6}{'ours':>8}{'bias':>8}{'no change':>11}{'bias':>8}  ", bold=True)
    for code, skill in skills.items():
        head = f"{code:<24}"
        if skill.scores:
            ours, flat = skill.of(OURS), skill.of("no_change")
            head += (
                f"{skill.units:>6}{ours.error:>8.1f}{ours.bias:>+8.1f}{flat.error:>11.1f}{flat.bias:>+8.1f}"
            )
        click.echo(f"{head}  {VERDICTS[skill.verdict]}")
    tested = next((one for one in skills.values() if one.scores), None)
    if tested:
        starts = ", ".join(map(str, sorted({year for one in skills.values() for year in one.jump_offs})))
        click.echo(f"\n{tested.ahead} years ahead from the use of {starts}. Error and bias in per cent.")
