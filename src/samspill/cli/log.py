"""`samspill log`: seal the log of access, print its anchors, and hold it against them."""

import importlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from samspill.cli.communities import find_community
from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused

LOGGER = "samspill.log"
SAID = {
    "changed": "line {line} was changed",
    "gone": "line {line} is gone",
    "added": "line {line} was put in afterwards",
    "block": "the block itself was changed",
    "link": "the block does not follow the one before it",
    "unkeyed": "the block was sealed without the key, after blocks that have it",
    "anchor": "the block is not the one that was anchored",
}


@click.group()
def log() -> None:
    """The log of who looked: seal it, print its anchors, see whether it was changed."""


@log.command(epilog="Example: samspill log verify --anchors anchors.txt")
@click.option("--community", default="", help="One helsefellesskap: its number, code or short name.")
@click.option("--anchors", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Anchors that were printed before and kept elsewhere.")  # fmt: skip
@click.pass_obj
def verify(runtime: Runtime, community: str, anchors: Path | None) -> None:
    """Hold every line of the log against its seals. A fault is told with day and line; exit code 1."""
    runtime.start_database()
    check_migrated(runtime)
    kept = read_anchors(anchors.read_text("utf-8").splitlines()) if anchors else []
    lines, is_whole = held_against(community, kept, today=datetime.now().astimezone().date())
    for line in lines:
        click.echo(line)
    if not is_whole:
        raise SystemExit(1)


@log.command(epilog="Example: samspill log anchors --days 30 > anchors.txt")
@click.option("--community", default="", help="One helsefellesskap: its number, code or short name.")
@click.option("--days", default=30, show_default=True, help="How many days back.")
@click.pass_obj
def anchors(runtime: Runtime, community: str, days: int) -> None:
    """Print the anchors, a line each: day, chain, block and hash. Keep them where nobody can change them."""
    runtime.start_database()
    check_migrated(runtime)
    for line in printed(community, days, today=datetime.now().astimezone().date()):
        click.echo(line)


def held_against(
    community: str, kept: Sequence[tuple[str, int, str]], *, today: date
) -> tuple[list[str], bool]:
    """A line for each chain and each fault, and whether nothing was found. Set Django up first."""
    care = importlib.import_module("samspill.care.public")
    lines: list[str] = []
    is_whole = True
    for here, by in _each(community, today):
        with _as(by):
            checked = care.verify_log(by=by, kept=kept)
        for one in checked:
            is_whole = is_whole and not one.faults
            if one.blocks or one.faults:
                lines.append(f"{here.slug} {one.chain}: {one.lines} lines in {one.blocks} blocks{_old(one)}")
            lines += [_told(fault) for fault in one.faults]
    return [*lines, "Nothing was changed." if is_whole else "The log was changed. See above."], is_whole


def _old(one: Any) -> str:
    return f", the first {one.unkeyed} without a key: hold them against anchors" if one.unkeyed else ""


def _told(fault: Any) -> str:
    said = SAID[fault.kind].format(line=fault.line)
    return f"  {fault.since:%Y-%m-%d %H:%M}, block {fault.number}: {said}"


def printed(community: str, days: int, *, today: date) -> list[str]:
    """As `read_anchors` reads them. Set Django up first."""
    care = importlib.import_module("samspill.care.public")
    lines = []
    for _here, by in _each(community, today):
        with _as(by):
            rows = care.log_anchors(today - timedelta(days=days), by=by)
        lines += [f"{day.isoformat()} {chain} {number} {said}" for day, chain, number, said in rows]
    return lines


def read_anchors(lines: Iterable[str]) -> list[tuple[str, int, str]]:
    """Chain, number and hash of each printed line, also of those of the server's own log, whose other lines
    are passed over. Refuses (`log.anchors`) what was not printed here.
    """
    found = []
    for count, line in enumerate(lines, start=1):
        before, named, after = line.partition(f" {LOGGER} ")
        parts = (after if named else before).split()
        if not parts:
            continue
        if len(parts) != 4 or not parts[2].isdigit() or len(parts[3]) != 64:
            raise Refused("log.anchors", f"Line {count} is no anchor. Use a file from samspill log anchors.")
        found.append((parts[1], int(parts[2]), parts[3]))
    return found


def _each(community: str, today: date) -> list[tuple[Any, Any]]:
    directory = importlib.import_module("samspill.directory.public")
    every = list(directory.Community.objects.order_by("pk"))
    chosen = [find_community(every, community)] if community else every
    return [(one, directory.machine(one.pk, today)) for one in chosen]


@contextmanager
def _as(by: Any) -> Iterator[None]:
    """A transaction as Samspill itself in a community."""
    transaction = importlib.import_module("django.db").transaction
    directory = importlib.import_module("samspill.directory.public")
    with transaction.atomic(), directory.scope(by):
        yield
