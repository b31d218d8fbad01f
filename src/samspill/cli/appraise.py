"""`samspill appraise`: which way to do it is worth its cost, for whom, and how sure that is.

Needs neither a database nor Django. A FILE is a model in YAML, or the name of an example that comes with
Samspill (midwifery, integrated_team); for `icer` and `ceac` also a table in CSV.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click

from samspill.analysis.appraisal import (
    EXAMPLES,
    METHOD,
    VERSION,
    Bearing,
    BudgetImpact,
    Model,
    Outcomes,
    Precision,
    acceptability,
    compare_strategies,
    enough_draws,
    example,
    flips,
    read_draws,
    read_model,
    read_strategies,
    tornado,
)
from samspill.cli.appraised import (
    acceptability_as_json,
    attribution_as_json,
    budget_as_json,
    comparison_as_json,
    information_as_json,
    standing_as_json,
    tornado_as_json,
)
from samspill.refusal import Refused

DRAWS = 2000
THRESHOLDS = (0.0, 25_000.0, 50_000.0, 100_000.0, 250_000.0, 500_000.0)
SHOWN = 12  # characters of a fingerprint that people compare
NAME, FIGURE = 44, 16
STILL = 1e-9  # of the outcome: a bar that is nothing but rounding
BEARS = {
    Bearing.GAINS: "gains",
    Bearing.PAYS: "pays",
    Bearing.UNTOUCHED: "untouched",
    Bearing.UNSURE: "not sure which",
}


def _options(*, draws: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def with_options(command: Callable[..., None]) -> Callable[..., None]:
        command = click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")(command)
        if draws:
            command = click.option(
                "--draws",
                type=click.IntRange(2, 1_000_000),
                default=DRAWS,
                show_default=True,
                help="Random draws of the assumptions.",
            )(command)
        return command

    return with_options


@click.group()
def appraise() -> None:
    """Compare ways to do it: cost and effect, budgets by payer, and what would change the answer."""


@appraise.command("icer", epilog="Example: samspill appraise icer midwifery")
@click.argument("file")
@_options()
def icer_(file: str, draws: int, as_json: bool) -> None:
    """Tell which strategies are worth considering, and what more effect costs in each.

    FILE is a table (.csv) with the columns strategy, cost and effect, or a model: then means of its draws.
    """
    precision: tuple[Precision, ...] = ()
    if file.endswith(".csv"):
        strategies = read_strategies(Path(file))
    else:
        outcomes = model_of(file).outcomes(draws=draws)
        strategies = outcomes.means()
        precision = precision_of(outcomes)
    standings = compare_strategies(strategies)
    if as_json:
        show_json({"strategies": [standing_as_json(one) for one in standings]})
        return
    show_row("strategy", ("cost", "effect", "more per effect"))
    for one in standings:
        ratio = "–" if one.icer is None else spaced(one.icer)
        show_row(one.strategy.name, (spaced(one.strategy.cost), f"{one.strategy.effect:.4f}", ratio))
        click.echo(f"  {one.because}")
    if precision and not all(one.enough for one in precision):
        click.echo(f"\nMore draws would steady the means: {max(one.needed for one in precision)} are enough.")


@appraise.command("ceac", epilog="Example: samspill appraise ceac midwifery --threshold 0 --threshold 20000")
@click.argument("file")
@click.option(
    "--threshold", "thresholds", type=click.FloatRange(0), multiple=True, help="Kroner per unit of effect."
)
@_options()
def ceac_(file: str, thresholds: tuple[float, ...], draws: int, as_json: bool) -> None:
    """Tell how often each strategy is best at what one is willing to pay, and what knowing more is worth.

    FILE is a model, or a table (.csv) with the columns draw, strategy, cost and effect.
    """
    outcomes = read_draws(Path(file)) if file.endswith(".csv") else model_of(file).outcomes(draws=draws)
    found = acceptability(outcomes, sorted(set(thresholds)) or THRESHOLDS)
    if as_json:
        show_json(acceptability_as_json(found))
        return
    show_row("willing to pay", (*found.strategies, "worth of knowing"))
    for row, level in enumerate(found.thresholds):
        shares = [f"{share:.0%}" for share in found.probability[row]]
        shares[found.best[row]] += " *"
        show_row(spaced(level), (*shares, spaced(found.evpi[row])))
    click.echo(
        "\nHow often each is best; * has the highest mean. Worth of knowing: EVPI, kroner per person.\n"
        "Draws in which two are equally good count for the one named first."
    )


@appraise.command("worth", epilog="Example: samspill appraise worth midwifery --threshold 5000")
@click.argument("file")
@click.option(
    "--threshold", type=click.FloatRange(0), required=True, help="Kroner one would pay for a unit of effect."
)
@_options()
def worth_(file: str, threshold: float, draws: int, as_json: bool) -> None:
    """Tell which figures are worth measuring before choosing, kroner per person (EVPPI by regression)."""
    model = model_of(file)
    found = model.information(threshold, draws=draws)
    everything = float(acceptability(model.outcomes(draws=draws), [threshold]).evpi[0])
    if as_json:
        show_json(information_as_json(found, everything, threshold))
        return
    show_row("to know", ("is worth", "of everything"))
    for one in found:
        share = "–" if one.share is None else f"{one.share:.0%}"
        show_row(" + ".join(one.parameters), (spaced(one.value), share))
    show_row("everything", (spaced(everything), "100%"))
    click.echo("Figures that matter together make more or less than the sum of each.")
    show_origin(model)


@appraise.command("budget", epilog="Example: samspill appraise budget integrated_team --scenario team")
@click.argument("file")
@click.option("--scenario", help="Only this one; default all but the old.")
@_options()
def budget_(file: str, scenario: str | None, draws: int, as_json: bool) -> None:
    """Show what each payer pays more each year, and who gains. Fixed prices, not discounted."""
    model = model_of(file)
    if model.budget is None:
        raise Refused("no_budget", f"{file} has no `budget`. Write years, uptake and payers.", field="file")
    names = [one.name for one in model.scenarios if one.name != model.budget.old]
    impacts = {name: model.impact(name, draws=draws) for name in ([scenario] if scenario else names)}
    if as_json:
        show_json({name: budget_as_json(one) for name, one in impacts.items()})
        return
    for name, one in impacts.items():
        click.secho(f"\n{name}, against {model.budget.old}: more to pay, kroner", bold=True)
        show_budget(one)
    show_origin(model)


@appraise.command("tornado", epilog="Example: samspill appraise tornado midwifery --scenario combined_posts")
@click.argument("file")
@click.option("--scenario", help="Which to hold against the first; default the second.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def tornado_(file: str, scenario: str | None, as_json: bool) -> None:
    """Show which assumption moves the answer most, and which would give another scenario the lead.

    Each assumption alone at its 10 and 90 per cent bounds, the others at their means.
    """
    model = model_of(file)
    contest = model.contest()
    if len(contest.names) < 2:
        raise Refused("scenarios", f"{file} has only one scenario. Write a second to compare with.")
    chosen = scenario or contest.names[1]
    found = tornado(contest.assumptions(), contest.gap(chosen, contest.names[0]))
    turning = flips(contest)
    if as_json:
        show_json(tornado_as_json(found, turning, model, chosen))
        return
    click.secho(f"{model.judged_by}: {chosen} minus {contest.names[0]} is {spaced(found.base)}", bold=True)
    show_row("assumption", ("at its low", "at its high"))
    moving = [bar for bar in found.bars if bar.width > STILL * abs(found.base)]
    for bar in moving:
        show_row(bar.name, (spaced(bar.outcome_low), spaced(bar.outcome_high)))
    if len(moving) < len(found.bars):
        click.echo(f"{len(found.bars) - len(moving)} others do not move it.")
    click.secho("\nWhat would flip the ranking, alone", bold=True)
    for one in turning:
        click.echo(
            f"  {one.name}: {one.before} leads below {one.value:.5g} and {one.after} above; "
            f"it is {one.base:.5g} now, on the other side {chance(one.likely)}."
        )
    if not turning:
        click.echo("  No single assumption within what is thought possible.")
    show_origin(model)


@appraise.command("compare", epilog="Example: samspill appraise compare integrated_team --outcome beds")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--outcome", "wanted", multiple=True, help="Only these outcomes.")
@click.option("--withdrawn", multiple=True, help="A data version that must not be used any more.")
@_options()
def compare_(
    files: tuple[str, ...], wanted: tuple[str, ...], withdrawn: tuple[str, ...], draws: int, as_json: bool
) -> None:
    """Show up to five scenarios side by side, on the same draws of the same assumptions.

    Of several files the scenarios stand together; they must start from the same assumptions and formulas.
    """
    model = together([model_of(file) for file in files])
    found = model.compare(draws=draws, withdrawn=withdrawn)
    outcomes = wanted or tuple(found.values)
    bands = {name: (found.band(name), found.difference_band(name)) for name in outcomes}
    if as_json:
        show_json(comparison_as_json(found, bands, model))
        return
    for name, (values, differences) in bands.items():
        click.secho(f"\n{name}, {model.units[name]['nb']}", bold=True)
        show_row("scenario", ("middle", "10 %", "90 %", "difference", "10 %", "90 %"))
        for row, scenario in enumerate(found.scenarios):
            low, middle, high = (spaced(value) for value in values[row])
            less, change, more = (spaced(value) for value in differences[row])
            show_row(scenario, (middle, low, high, *((change, less, more) if row else ("–",) * 3)))
    click.echo(f"\nDifferences are to {found.scenarios[0]}, within each draw.")
    click.echo(f"The fingerprint of the comparison is {found.fingerprint[:SHOWN]}.")
    show_origin(model)


@appraise.command(
    "waterfall", epilog="Example: samspill appraise waterfall midwifery --scenario combined_posts"
)
@click.argument("file")
@click.option("--scenario", help="Which to explain against the baseline; default the last.")
@click.option("--outcome", help="Which outcome; default the one the file is judged by.")
@_options()
def waterfall_(file: str, scenario: str | None, outcome: str | None, draws: int, as_json: bool) -> None:
    """Show which change of a scenario makes how much of its difference from the baseline.

    Means over the draws; they add up. When the order of the changes would matter, the mean over all orders
    is shown (Shapley values).
    """
    model = model_of(file)
    chosen, wanted = scenario or model.scenarios[-1].name, outcome or model.judged_by
    found = model.attribute(chosen, wanted, draws=draws)
    if as_json:
        show_json(attribution_as_json(found, chosen, wanted))
        return
    click.secho(f"{wanted}, {model.units[wanted]['nb']}: {chosen} against the baseline", bold=True)
    means = found.shown.mean(axis=0)
    show_row("baseline", (spaced(found.start.mean()),))
    for group, mean in zip(found.groups, means, strict=True):
        show_row(group, (signed(mean),))
    show_row("all together", (signed(found.total.mean()),))
    show_row(chosen, (spaced((found.start + found.total).mean()),))
    if found.order_matters:
        click.echo("The order of the changes matters, so the mean over all orders is shown.")
    show_origin(model)


def model_of(file: str) -> Model:
    """The model in a file, or the example of that name."""
    if file in EXAMPLES and not Path(file).exists():
        return example(file)
    return read_model(Path(file))


def together(models: Sequence[Model]) -> Model:
    """One model with the scenarios of all; a scenario that is the same in two files stands once."""
    first = models[0]
    scenarios = list(first.scenarios)
    for other in models[1:]:
        if (other.baseline, dict(other.formulas.steps)) != (first.baseline, dict(first.formulas.steps)):
            raise Refused(
                "other_baseline",
                f"{other.baseline.name} does not start from the same assumptions, formulas, data and seed as "
                f"{first.baseline.name}, so they cannot be compared draw by draw.",
                field="files",
            )
        scenarios += [one for one in other.scenarios if one not in scenarios]
    return first.having(tuple(scenarios))


def precision_of(outcomes: Outcomes) -> tuple[Precision, ...]:
    columns = [*outcomes.cost.T, *outcomes.effect.T]
    return tuple(enough_draws(column) for column in columns if column.min() < column.max())


def show_row(name: str, cells: Sequence[str]) -> None:
    click.echo(name.ljust(NAME) + "".join(cell.rjust(max(FIGURE, len(cell) + 2)) for cell in cells))


def show_budget(impact: BudgetImpact) -> None:
    middle = impact.band((50,))[0]
    show_row("", [str(year) for year in impact.years])
    for row, payer in enumerate([*impact.payers, "all together"]):
        show_row(str(payer), [spaced(value) for value in middle[row]])
    for side in impact.sides():
        click.echo(
            f"  {side.payer} {BEARS[side.bearing]}: {spaced(side.mean)} over all years, eight times of ten "
            f"between {spaced(side.low)} and {spaced(side.high)}."
        )
    click.echo("  Yearly figures are middle values and need not add up; the means over all years do.")


def show_origin(model: Model) -> None:
    guessed = sum(one.assumption for one in model.baseline.parameters)
    about = f"{guessed} of {len(model.baseline.parameters)} figures are assumptions that nobody has measured."
    kind = " This is an example, not advice." if model.example else ""
    click.echo(f"\nMethod {METHOD} {VERSION}, data {model.baseline.data_version}. {about}{kind}")


def chance(likely: float | None) -> str:
    if likely is None or likely < 0.005:
        return "less than once in 200 times"
    return f"{100 * likely:.0f} of 100 times"


def spaced(value: float) -> str:
    """Whole numbers with spaces from a thousand up, three figures below."""
    if abs(value) >= 1000:
        return f"{value:,.0f}".replace(",", " ")
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def signed(value: float) -> str:
    return f"{'+' if value >= 0 else ''}{spaced(value)}"


def show_json(values: Mapping[str, object]) -> None:
    click.echo(json.dumps({"method": f"{METHOD} {VERSION}", **values}, ensure_ascii=False, indent=2))
