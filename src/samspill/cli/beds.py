"""`samspill beds`: how many beds, what a queue costs, who is refused, what the next days bring.

Needs neither a database nor Django. Here: the commands on plain numbers. Those that read files are in
`beds_flow` and `beds_stays`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from samspill.analysis.capacity import (
    DAYS_PER_YEAR,
    Demand,
    Price,
    Prices,
    Rule,
    SharedBeds,
    beds_for_risk,
    beds_from_bed_days,
    cost_of,
    erlang_b,
    norms,
    price_of_utilisation,
    shared_table,
    waiting,
)
from samspill.cli.beds_flow import flow
from samspill.cli.beds_stays import forecast, occupancy
from samspill.cli.tables import per_cent, show_table, spaced
from samspill.refusal import Refused

PER_DAY = click.FloatRange(min=0, min_open=True)
DAYS = click.FloatRange(min=0, min_open=True)
as_json = click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
PRICE_OPTIONS = ("wait_days", "hospital_days", "hospital_price", "municipal_price", "fee")


@click.group()
def beds() -> None:
    """Beds and flow: closed formulas, shared beds, simulation and forecast."""


@beds.command(epilog="Example: samspill beds need --bed-days 100000 --stay 4")
@click.option("--bed-days", type=click.FloatRange(min=0, min_open=True), required=True, help="In a year.")
@click.option("--stay", type=DAYS, required=True, help="Mean stay in days.")
@click.option(
    "--utilisation",
    "utilisations",
    type=click.FloatRange(0, 1, min_open=True),
    multiple=True,
    help="Share of beds in use, as 0.85; may be repeated. Default: those in use in Norway.",
)
@click.option(
    "--cv", type=click.FloatRange(0), default=1.0, show_default=True, help="Spread of stays: sd / mean."
)
@click.option(
    "--risk",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    help="Probability of too few beds.",
)
@as_json
def need(
    bed_days: float, stay: float, utilisations: tuple[float, ...], cv: float, risk: float, as_json: bool
) -> None:
    """How many beds a year's bed-days ask for, and what each utilisation costs in queue.

    Waiting and refusal are what would come of it if patients came at random all year: «must wait» when
    who finds no bed waits, «turned away» when he or she goes elsewhere.
    """
    per_day = bed_days / stay / DAYS_PER_YEAR
    shares = utilisations or tuple(norm.utilisation for norm in norms().values())
    prices = price_of_utilisation(per_day, stay, shares, scv=cv**2)
    needs = [beds_from_bed_days(bed_days, share) for share in shares]
    risks = [beds_for_risk(bed_days / DAYS_PER_YEAR, risk, rule=rule) for rule in Rule]
    if as_json:
        click.echo(
            _json(
                {"by_utilisation": [asdict(one) for one in prices], "by_risk": [asdict(one) for one in risks]}
            )
        )
        return
    click.echo(
        f"On average {bed_days / DAYS_PER_YEAR:.1f} beds are in use; {per_day:.1f} patients come a day.\n"
    )
    rows = [
        [per_cent(price.utilisation), f"{one.exact:.1f}", str(price.beds), *_queue_cells(price)]
        for price, one in zip(prices, needs, strict=True)
    ]
    show_table(["utilisation", "exactly", "beds", "must wait", "mean wait, hours", "turned away"], rows)
    click.echo(f"\nBeds for a risk of {per_cent(risk)}:")
    told = {Rule.OVERFLOW: "more needed than there are", Rule.LOSS: "turned away", Rule.DELAY: "must wait"}
    rows = [[told[one.rule], str(one.beds), per_cent(one.risk), per_cent(one.utilisation)] for one in risks]
    show_table(["when full", "beds", "risk left", "utilisation"], rows)
    if not utilisations:
        for norm in norms().values():
            click.echo(f"\n{per_cent(norm.utilisation)}: {norm.note} {norm.source}.")


@beds.command(epilog="Example: samspill beds queue --arrivals 10 --stay 4 --beds 46")
@click.option("--arrivals", type=PER_DAY, required=True, help="Patients a day.")
@click.option("--stay", type=DAYS, required=True, help="Mean stay in days.")
@click.option("--beds", "number", type=click.IntRange(1), required=True, help="How many there are.")
@click.option(
    "--cv", type=click.FloatRange(0), default=1.0, show_default=True, help="Spread of stays: sd / mean."
)
@click.option("--loss", is_flag=True, help="Who finds no bed goes elsewhere; otherwise he or she waits.")
@as_json
def queue(arrivals: float, stay: float, number: int, cv: float, loss: bool, as_json: bool) -> None:
    """What becomes of those who come: how many wait and how long, or how many are turned away."""
    load = arrivals * stay
    if loss:
        away = erlang_b(load, number)
        used = load * (1 - away) / number
        found: dict[str, object] = {"load": load, "turned_away": away, "utilisation": used}
        told = f"{per_cent(away)} are turned away: {DAYS_PER_YEAR * arrivals * away:.0f} a year."
    else:
        line = waiting(arrivals, stay, number, scv=cv**2)
        used = line.utilisation
        found = {"load": load, **asdict(line)}
        told = (
            f"{per_cent(line.waits)} must wait. The mean wait over all is {24 * line.mean_wait_days:.1f} "
            f"hours; {line.mean_waiting:.1f} are waiting on average."
        )
    click.echo(
        _json(found) if as_json else f"{load:.1f} beds are needed on average, {number} there are.\n{told}"
    )
    if not as_json:
        click.echo(f"{per_cent(used)} of the beds are in use.")


@beds.command(
    epilog="Example: samspill beds shared --beds 8 --acute 1.5 --acute-stay 3 --ready 0.6 --ready-stay 6"
)
@click.option("--beds", "number", type=click.IntRange(1), required=True, help="How many are shared.")
@click.option("--acute", type=click.FloatRange(0), required=True, help="Acute patients a day.")
@click.option("--acute-stay", type=DAYS, required=True, help="Their mean stay in days.")
@click.option("--ready", type=click.FloatRange(0), required=True, help="Discharge-ready patients a day.")
@click.option("--ready-stay", type=DAYS, required=True, help="Their mean stay in days.")
@click.option(
    "--reserved", type=click.IntRange(0), multiple=True, help="Beds kept for acute; default: each number."
)
@click.option(
    "--wait-days", type=float, help="Days that a refused discharge-ready patient stays in hospital."
)
@click.option("--hospital-days", type=float, help="Days that a refused acute patient is in hospital.")
@click.option("--hospital-price", type=float, help="Kroner for a day in a hospital bed.")
@click.option("--municipal-price", type=float, help="Kroner for a municipal bed a day, used or not.")
@click.option("--fee", type=float, help="Kroner that the municipality pays for a day of waiting.")
@as_json
def shared(
    number: int,
    acute: float,
    acute_stay: float,
    ready: float,
    ready_stay: float,
    reserved: tuple[int, ...],
    as_json: bool,
    **prices: float | None,
) -> None:
    """Beds for acute and discharge-ready patients at once: who is refused, for each number kept for acute.

    With the five prices also the days in hospital that follow, and what both sides pay in a year.
    """
    table = shared_table(Demand(acute, acute_stay, ready, ready_stay), number, reserved or None)
    given = _prices(prices)
    if as_json:
        click.echo(_json([_shared_json(row, given) for row in table]))
        return
    head = ["reserved", "acute refused", "a year", "ready refused", "a year", "beds used"]
    if given:
        head += ["days waiting", "hospital, kr", "municipality, kr", "sum, kr"]
    show_table(head, [_shared_cells(row, given) for row in table])
    if given:
        click.echo("\nThe fee is in both columns and not in the sum: it moves money, it costs none.")


def _prices(given: dict[str, float | None]) -> Prices | None:
    held = [given[name] for name in PRICE_OPTIONS]
    values = [value for value in held if value is not None]
    if not values:
        return None
    if len(values) < len(held):
        lacking = next(name for name in PRICE_OPTIONS if given[name] is None).replace("_", "-")
        raise Refused(
            "prices", f"The cost needs all five prices; --{lacking} lacks. Give it, or none of them."
        )
    return Prices(*values)


def _shared_cells(row: SharedBeds, prices: Prices | None) -> list[str]:
    cells = [
        str(row.reserved),
        per_cent(row.acute_refused),
        spaced(row.acute_refused_per_year),
        per_cent(row.ready_refused),
        spaced(row.ready_refused_per_year),
        per_cent(row.utilisation),
    ]
    if prices:
        cost = cost_of(row, prices)
        cells += [
            spaced(one) for one in (cost.waiting_days, cost.hospital_nok, cost.municipal_nok, cost.total_nok)
        ]
    return cells


def _shared_json(row: SharedBeds, prices: Prices | None) -> dict[str, object]:
    found: dict[str, object] = {
        "reserved": row.reserved,
        "acute_refused": row.acute_refused,
        "ready_refused": row.ready_refused,
        "acute_in_use": row.acute_in_use,
        "ready_in_use": row.ready_in_use,
    }
    if prices:
        cost = cost_of(row, prices)
        found |= {**asdict(cost), "total_nok": cost.total_nok}
    return found


def _queue_cells(price: Price) -> list[str]:
    return [
        per_cent(price.waiting.waits),
        f"{24 * price.waiting.mean_wait_days:.1f}",
        per_cent(price.turned_away),
    ]


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)


def _add(commands: Sequence[click.Command]) -> None:
    for command in commands:
        beds.add_command(command)


_add((flow, forecast, occupancy))
