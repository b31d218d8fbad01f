"""`samspill data take|versions|refresh`: files and answers become versions of data sets."""

import importlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from samspill.analysis.intake import FileMapping, from_plain, guess, read_mapping, to_difference
from samspill.cli.data_look import as_table, check_table, show_difference, show_faults
from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime
from samspill.cli.tables import show_table
from samspill.insight.connectors import provenance_of
from samspill.refusal import Refused

HEAD = ("data set", "table", "version", "state", "years", "rows", "retrieved", "taken by", "asked last")


@click.command("take", epilog="Example: samspill data take p.csv --as places --mapping p.yaml --use")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--as", "table", required=True, help="The table it becomes; see docs/reference/tables.md.")
@click.option("--mapping", "path", type=click.Path(path_type=Path), help="Made by data look. Else guessed.")
@click.option("--set", "key", default="", help="The data set. Otherwise called as the table.")
@click.option("--title", default="", help="What a new data set is called.")
@click.option("--source", default="", help="Who the figures of a new data set are from.")
@click.option("--licence", default="", help="Under which licence.")
@click.option("--use", "uses", is_flag=True, help="Take it in use when nothing is wrong or to be looked at.")
@click.pass_obj
def take(
    runtime: Runtime, /, file: Path, table: str, path: Path | None, key: str, uses: bool, **said: str
) -> None:
    """Bring FILE in by a mapping: every row is checked, and compared with the version in use.

    FILE is CSV, XLSX, Parquet or JSON-stat, or a folder with Parquet files of one table.

    A file of `samspill data pull` brings with it where it came from. Nothing is used before it is taken in
    use, here or on its page; of a file with faults nothing is kept but what is wrong with it.
    """
    check_table(table)
    with as_table(file) as plain:
        mapping = read_mapping(path) if path else guess(plain, today=date.today(), table=table)
    runtime.start_database()
    check_migrated(runtime)
    version = bring_in_file(file, mapping, key or table, today=date.today(), **said)
    tell(version)
    if version.state == "refused":
        raise Refused("data.faults", f"{file.name} has faults, and nothing of it is used.")
    if uses and version.faults:
        raise Refused("data.asks", "Look at it first, and take it in use on its page.")
    if uses:
        use(version, today=date.today())
        click.echo(f"In use: {version}.")


def bring_in_file(file: Path, mapping: FileMapping, key: str, *, today: date, **said: str) -> Any:
    """A checked version, or a refused one, by Samspill itself."""
    insight = importlib.import_module("samspill.insight.public")
    timezone = importlib.import_module("django.utils.timezone")
    about = _about(file)
    by = _machine(today)
    data_set = insight.DataSet.objects.filter(key=key).first() or insight.make_data_set(
        key,
        mapping.table,
        by=by,
        titles={"nb": said.get("title") or key},
        source=said.get("source") or _source(about),
        licence=said.get("licence") or about.get("licence", ""),
    )
    with as_table(file) as plain:
        version = insight.bring_in(
            data_set,
            plain,
            mapping=mapping,
            retrieved_at=_fetched_at(about) or timezone.now(),
            source_updated=str(about.get("updated", "")),
            about=about,
            by=by,
        )
    return insight.check_version(version, by=by)


def use(version: Any, *, today: date) -> None:
    importlib.import_module("samspill.insight.public").take_in_use(version, by=_machine(today))


def tell(version: Any) -> None:
    """What came of it: rows and years, what is wrong or to be looked at, what it changes."""
    show_faults(from_plain(version.faults))
    if version.state == "refused":
        return
    told = version.provenance
    click.echo(f"{version}: {version.rows} rows, {version.first_year}–{version.last_year}.")
    if told.get("lacking"):
        kinds = ", ".join(f"{count} {kind}" for kind, count in told["lacking_by_kind"].items())
        click.echo(f"Figures that lack ({kinds}) are left out with their municipality's year, and never 0.")
    if told.get("zeros_left_out"):
        click.echo(f"{told['zeros_left_out']} zeros of municipalities not in use that year are left out.")
    if version.difference:
        show_difference(to_difference(version.difference))


@click.command("versions", epilog="Example: samspill data versions")
@click.pass_obj
def versions(runtime: Runtime) -> None:
    """List data sets with their versions, the newest first."""
    runtime.start_database()
    check_migrated(runtime)
    rows = version_rows()
    if rows:
        show_table(HEAD, rows)
    else:
        click.echo("There are no data sets yet. Bring a file in with: samspill data take FILE")


def version_rows() -> list[Sequence[str]]:
    insight = importlib.import_module("samspill.insight.public")
    found = insight.DataVersion.objects.select_related("data_set").order_by("data_set__key", "-number")
    return [_row(one) for one in found]


def _row(one: Any) -> Sequence[str]:
    asked = one.data_set.last_asked
    return (
        one.data_set.key,
        one.table,
        str(one.number),
        one.state.replace("_", " "),
        f"{one.first_year}–{one.last_year}" if one.first_year else "",
        str(one.rows),
        f"{one.retrieved_at:%Y-%m-%d}",
        one.taken_by,
        f"{asked:%Y-%m-%d}{' without an answer' if one.data_set.last_refusal else ''}" if asked else "",
    )


@click.command("refresh", epilog="Example: samspill data refresh population")
@click.argument("key")
@click.option("--address", default="", help="Another server that speaks the same protocol.")
@click.option("--use", "uses", is_flag=True, help="Take it in use when nothing is wrong or to be looked at.")
@click.pass_obj
def refresh(runtime: Runtime, key: str, address: str, uses: bool) -> None:
    """Ask the source of the data set KEY now: population comes described, others are made on their page.

    From then on it is asked again when it is due. When the source is away, the last version stands.
    """
    runtime.start_database()
    check_migrated(runtime)
    insight = importlib.import_module("samspill.insight.public")
    timezone = importlib.import_module("django.utils.timezone")
    by = _machine(date.today())
    data_set = insight.find_or_make(key, by=by, address=address)
    version = insight.refresh(
        data_set, by=by, now=timezone.now(), say=lambda line: click.echo(line, err=True)
    )
    data_set.refresh_from_db()
    if data_set.last_refusal:
        raise click.ClickException(f"{data_set.last_refusal} The last version stands.")
    if version is None:
        click.echo("Nothing new: the last version stands.")
        return
    tell(version)
    if uses and version.state == "checked" and not version.faults:
        use(version, today=date.today())
        click.echo(f"In use: {version}.")


def _machine(today: date) -> Any:
    return importlib.import_module("samspill.directory.public").machine(None, today)


def _about(file: Path) -> dict[str, Any]:
    """Where a pulled file came from, as it stands beside it."""
    try:
        read = json.loads(provenance_of(file).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _source(about: dict[str, Any]) -> str:
    return ", ".join(str(about[name]) for name in ("producer", "table") if about.get(name))


def _fetched_at(about: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(about.get("fetched_at")))
    except ValueError:
        return None
