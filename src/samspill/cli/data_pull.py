"""`samspill data pull`: figures from SSB, FHI and KLASS to a file, with where they came from beside it.

Needs neither a database nor Django. How sources are asked is known by `samspill.insight.connectors`.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from samspill.analysis.packs import CodeChange, read_changes
from samspill.insight.connectors import (
    KLASS,
    SOURCES,
    Klass,
    Patience,
    Pulled,
    Source,
    Unreachable,
    Wire,
    check_output,
    missing_where_absent,
    open_source,
    period_of,
    provenance_of,
    read_choices,
    throw_away,
    to_code_changes,
    write_output,
)
from samspill.insight.connectors import pull as pull_figures
from samspill.refusal import Refused

KLASS_NAME = "klass"


@click.command(
    epilog='Example: samspill data pull ssb 07459 --select Region=3101,3103 --select "Tid=top(3)" --out p.csv'
)
@click.argument("source", type=click.Choice([*SOURCES, KLASS_NAME]))
@click.argument("table")
@click.option(
    "--select",
    "choices",
    multiple=True,
    help="VARIABLE=CODES, codes with commas between, or *, 31??, top(3), bottom(3), from(2020), to(2024), "
    "range(2020,2024). A variable that is not chosen is taken whole, or its total where there is one.",
)
@click.option("--codelist", "codelists", multiple=True, help="VARIABLE=ID, such as Region=agg_KommSummer.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A .csv, .parquet or .json file.")
@click.option("--resume", is_flag=True, help="Go on where a pull to the same file broke off.")
@click.option("--keep-zeros", is_flag=True, help="Do not ask KLASS which codes were in use in which year.")
@click.option("--shares", type=click.Path(path_type=Path), help="klass: a table of code changes with shares.")
@click.option(
    "--since", type=int, default=2006, show_default=True, help="klass: from 1 January of this year."
)
@click.option("--language", default="no", show_default=True, help="Of labels, where the source has several.")
@click.option("--address", help="Another server that speaks the same protocol.")
@click.option("--klass-address", help="Another server that speaks KLASS' protocol.")
@click.option("--tries", type=click.IntRange(1), default=6, show_default=True, help="Before giving up.")
def pull(
    source: str,
    table: str,
    choices: tuple[str, ...],
    codelists: tuple[str, ...],
    out: Path,
    resume: bool,
    keep_zeros: bool,
    shares: Path | None,
    since: int,
    language: str,
    address: str | None,
    klass_address: str | None,
    tries: int,
) -> None:
    """Fetch figures of TABLE from SOURCE into a file: a row per figure, with its codes, value and status.

    SOURCE is ssb (TABLE 07459), ssb-v1, fhi (TABLE nokkel/187) or klass (TABLE 131: what became of former
    municipalities, as data packs have it). The question is parted as the source wants it, asked at the pace
    it allows, and again when it fails. FILE is written when all is there; until then the last version stands.
    A figure that lacks has its symbol in `status` and is never 0. FILE.source.json tells where it came from.
    """
    patience = Patience(tries=tries)
    wire, klass = Wire(patience=patience, say=_say), Klass(Wire(patience=patience, say=_say), KLASS)
    klass.address = (klass_address or (address if source == KLASS_NAME else None) or KLASS).rstrip("/")
    # The municipalities of another country have other codes than KLASS.
    asks_klass = not keep_zeros and (address is None or klass_address is not None)
    try:
        if source == KLASS_NAME:
            pull_code_changes(klass, table, out, shares, since=since, today=date.today())
            return
        named = dict(_named(text) for text in codelists)
        opened = open_source(source, wire, address=address, language=language, codelists=named)
        pull_table(opened, klass if asks_klass else None, table, choices, out, resume=resume)
    except Unreachable as unreachable:
        raise click.ClickException(f"{unreachable.sentence} {_what_stands(out)}") from None


def pull_table(
    source: Source, klass: Klass | None, table: str, choices: tuple[str, ...], out: Path, *, resume: bool
) -> None:
    """The figures to `out`; with `klass`, without the zeros of codes that were not in use."""
    check_output(out)
    folder = parts_of(out)
    pulled = pull_figures(
        source, table, read_choices(choices), folder=folder, resume=resume, say=_say, progress=_progress
    )
    pulled, absent = _without_absent(pulled, klass)
    write_output(out, pulled, source, fetched_at=datetime.now(UTC), absent=absent)
    throw_away(folder)
    missing = sum(value is None for value, _ in pulled.dataset.cells())
    click.echo(f"{out}: {len(pulled.dataset)} figures, {missing} of them missing.")
    if absent:
        click.echo(f"{absent} zeros of codes that were not in use that year are missing, not 0.")
    click.echo(
        f"{source.producer}, {pulled.table.label}, updated {pulled.dataset.updated}, {source.licence}."
    )


def pull_code_changes(
    klass: Klass, table: str, out: Path, shares: Path | None, *, since: int, today: date
) -> None:
    """The table of code changes that data packs have, from KLASS; splits by the shares in a table."""
    check_output(out)
    if out.suffix != ".csv":
        raise Refused("output.suffix", f"{out.name} must end with .csv: packs have code changes as CSV.")
    first, end = date(since, 1, 1), date(today.year + 1, 1, 2)
    known = read_changes(shares) if shares else ()
    changes = to_code_changes(
        klass.changes(table, first=first, end=end),
        klass.validities(table, first=first, end=end),
        newest=today,
        shares=_shares(known),
    )
    beside = out.with_name(f"{out.name}.new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kommune_nr_original", f"kommune_nr_{today.year}", "weight", "year_from", "year_to"))
        writer.writerows((one.former, one.newest, one.share, one.first, one.last) for one in changes)
    beside.replace(out)
    click.echo(f"{out}: {len(changes)} rows, what former codes are counted as on {today}.")


def parts_of(out: Path) -> Path:
    """Where the parts of a pull are kept until it is done."""
    return out.with_name(f"{out.name}.parts")


def _without_absent(pulled: Pulled, klass: Klass | None) -> tuple[Pulled, int]:
    period = period_of(pulled.dataset)
    if klass is None or period is None or not pulled.dataset.with_role("geo"):
        return pulled, 0
    first, end = period
    dataset, absent = missing_where_absent(pulled.dataset, klass.validities(first=first, end=end))
    return replace(pulled, dataset=dataset), absent


def _shares(known: tuple[CodeChange, ...]) -> Mapping[str, Mapping[str, float]]:
    """By former code: the newest ones and the share of each, of the last years that are told of."""
    last = {one.former: max(row.last for row in known if row.former == one.former) for one in known}
    shares: dict[str, dict[str, float]] = {}
    for one in known:
        if one.last == last[one.former]:
            shares.setdefault(one.former, {})[one.newest] = one.share
    return shares


def _what_stands(out: Path) -> str:
    kept = len(list(parts_of(out).glob("*.part"))) if parts_of(out).is_dir() else 0
    go_on = f" {kept} parts are kept: go on with --resume." if kept else ""
    if not out.exists():
        return f"Nothing was written.{go_on}"
    return f"{out} stands as it was{_fetched_at(out)}.{go_on}"


def _fetched_at(out: Path) -> str:
    try:
        told = json.loads(provenance_of(out).read_text("utf-8"))["fetched_at"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return f" fetched {str(told)[:10]}"


def _named(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign and value):
        raise Refused("source.codelist", f"«{text}» names no code list. Write VARIABLE=ID.")
    return name, value


def _say(line: str) -> None:
    click.echo(line, err=True)


def _progress(done: int, whole: int) -> None:
    click.echo(f"\r{done} of {whole} parts", nl=done == whole, err=True)
