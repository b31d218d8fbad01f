"""`samspill indicators`: what is counted and how, and the figures over a data set.

Needs neither a database nor Django, but for what was published (`indicators_published`).
"""

import getpass
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from samspill.analysis.indicators import Definition, all_definitions, find_definition, groups
from samspill.analysis.indicators.calculation import (
    Asked,
    Engine,
    can_run,
    check_data,
    data_version,
    engine_of,
    keep,
    open_data,
    publish,
    read_ledger,
    read_levels,
    write_answer,
)
from samspill.cli.indicators_published import audit, withdraw
from samspill.cli.population_figures import check_may_write
from samspill.cli.tables import show_table
from samspill.refusal import Refused

LOG, LEDGER, AREAS = "questions.jsonl", "published", "areas.csv"
LANGUAGES = ("nb", "nn", "en")


@click.group()
def indicators() -> None:
    """Show what indicators count, and calculate them over a data set."""


indicators.add_command(audit)
indicators.add_command(withdraw)


@indicators.command("list", epilog="Example: samspill indicators list --group eldre_skropelig")
@click.option("--group", help="Only those of a group of patients.")
@click.option("--theme", help="Only those of a theme.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nb", show_default=True)
def list_(group: str | None, theme: str | None, language: str) -> None:
    """List the indicators: id, group, theme and name."""
    found = [
        one for one in all_definitions().values() if group in (None, one.group) and theme in (None, one.theme)
    ]
    if not found:
        known = [f"{kind} {', '.join(names)}" for kind, names in groups().items()]
        raise Refused("nothing_found", f"There are none. Say one of {'; '.join(known)}.")
    show_table(
        ("id", "group", "theme", "name"),
        [(one.id, one.group, one.theme, one.title[language]) for one in found],
    )


@indicators.command(epilog="Example: samspill indicators show readmissions-67-plus")
@click.argument("indicator")
@click.option("--language", type=click.Choice(LANGUAGES), default="nb", show_default=True)
def show(indicator: str, language: str) -> None:
    """Show the definition of INDICATOR."""
    one = find_definition(indicator)
    click.secho(one.title[language], bold=True)
    click.echo(one.means[language])
    for name, text in _told(one, language):
        click.echo(f"{name:<18}{text}")


def _told(one: Definition, language: str) -> list[tuple[str, str]]:
    standardised = one.standardisation
    names = groups()
    low, high = one.numerator.ages
    return [
        ("unit", one.unit[language]),
        ("group", names["groups"][one.group][language]),
        ("theme", names["themes"][one.theme][language]),
        ("kind", one.kind),
        ("ages", f"{low} and older" if high >= 105 else f"{low}–{high}"),
        ("numerator", _part(one.numerator.table, one.numerator.how, one.numerator.column)),
        (
            "denominator",
            "none"
            if one.denominator is None
            else _part(one.denominator.table, one.denominator.how, one.denominator.column),
        ),
        ("standardised", " ".join((standardised.method, *standardised.by, standardised.standard)).strip()),
        ("direction", one.direction),
        ("disclosure", one.disclosure),
        ("source", one.source),
        ("owner", f"{one.owner}, reviewed {one.reviewed}"),
        ("take care", one.caveats[language]),
        *([("not comparable", one.comparable[language])] if one.comparable else []),
    ]


def _part(table: str, how: str, column: str) -> str:
    return f"{how} of {table}{'.' + column if column else ''}"


@indicators.command("run", epilog="Example: samspill indicators run --data extract --out figures.csv")
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder with the tables.")
@click.option(
    "--engine",
    default="duckdb",
    show_default=True,
    help="duckdb, postgresql://…, spark-local, spark://… or sc://….",
)
@click.option(
    "--indicator", "ids", multiple=True, help="An id; may be repeated. Default: all the data allows."
)
@click.option("--areas", help="Municipalities or codes of other levels, with commas. Default: all.")
@click.option("--years", help="A year, or the first and last: 2015-2024. Default: all.")
@click.option(
    "--levels/--no-levels",
    default=None,
    help=f"Also communities, health regions and the country. Default: if the data has {AREAS}.",
)
@click.option(
    "--audit", type=click.Path(path_type=Path), help="A .json file for the owner: what is hidden, and why."
)
@click.option(
    "--log", type=click.Path(path_type=Path), help=f"Where questions are logged. Default: {LOG} in --data."
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A .csv or .parquet file.")
def run_(
    data: Path,
    engine: str,
    ids: Sequence[str],
    areas: str | None,
    years: str | None,
    levels: bool | None,
    audit: Path | None,
    log: Path | None,
    out: Path,
) -> None:
    """Calculate indicators and write what of them may be published: value, limits, count, population.

    Flag 0: shown. 1: there is no figure, and the note says why. 3: hidden, since few persons are behind it,
    or since it would tell of such a number. Nothing hidden can be computed from this file and those written
    before from the same data; they are remembered beside the log.

    The tables are checked first: when something is wrong, nothing is used, and what and where is told. Every
    question about persons is logged with who asked.
    """
    check_may_write(out)
    log = log or data / LOG
    asked = Asked(
        by=getpass.getuser(),
        at=datetime.now().astimezone(),
        log=log,
        areas=None if areas is None else sorted({one.strip() for one in areas.split(",")} - {""}),
        years=None if years is None else years_of(years),
    )
    wanted = [find_definition(one) for one in dict.fromkeys(ids)]
    found = open_data(data)
    check_data(found)
    version = data_version(found)
    with_sums = (data / AREAS).is_file() if levels is None else levels
    with engine_of(engine, found) as opened:
        wanted = wanted or [one for one in all_definitions().values() if can_run(one, opened)]
        published = publish(
            opened,
            wanted,
            asked,
            levels=read_levels(data) if with_sums else None,
            published=read_ledger(log.parent / LEDGER, version),
            told={"data": version},
            progress=click.echo,
        )
        say_left_out(opened, ids)
    answer = published.table
    if audit is not None:
        audit.write_text(json.dumps(published.report(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    keep(log.parent / LEDGER, answer)
    write_answer(answer, out)
    flags = answer["flag"].to_pylist()
    shown = f"{flags.count(0)} shown, {flags.count(3)} hidden, {flags.count(1)} without a figure"
    click.echo(f"Wrote {out}: {answer.num_rows} rows of {len(wanted)} indicators; {shown}.")
    for indicator, year in published.withheld:
        click.echo(f"Left out: {indicator} {year}; beside what was published before it would tell too much.")
    click.echo(f"Counts of persons: {published.audit.line()}.")


def say_left_out(engine: Engine, ids: Sequence[str]) -> None:
    """Which indicators the data lacks tables for, when all were asked for."""
    left = [] if ids else [one.id for one in all_definitions().values() if not can_run(one, engine)]
    if left:
        click.echo(f"Left out, since the data lacks their tables: {', '.join(left)}.")


def years_of(text: str) -> tuple[int, ...]:
    """`2024` or `2015-2024` as years. Refuses what is neither."""
    first, _, last = text.partition("-")
    try:
        found = tuple(range(int(first), int(last or first) + 1))
    except ValueError:
        found = ()
    if not found or len(found) > 200:
        raise Refused("years", f"{text} is no year and no years. Say 2024, or 2015-2024.", field="years")
    return found
