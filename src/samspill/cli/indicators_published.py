"""`samspill indicators audit` and `withdraw`: what was published, tried and taken back."""

import importlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime

SHOWN = 12  # characters of a version that people compare


@click.command(epilog="Example: samspill indicators audit --report findings.json")
@click.option(
    "--report", type=click.Path(path_type=Path), help="A file for the owner, with all that was found."
)
@click.pass_context
def audit(ctx: click.Context, report: Path | None) -> None:
    """Try everything ever published: can anybody compute what is hidden?

    All runs over the same data are taken together, withdrawn ones too. Exit code 1 when something that stands
    gives a hidden number away. It is done every night as well.
    """
    runtime: Runtime = ctx.obj
    runtime.start_database()
    check_migrated(runtime)
    found, leaking = audit_all()
    for data, tried in found.items():
        table, _space, version = data.partition(" ")
        click.echo(f"{table} {version[:SHOWN]}: {line_of(tried)}")
    if not found:
        click.echo("Nothing about persons has been published yet.")
    if report is not None:
        said = {data: {"ok": one.ok, "findings": list(one.findings)} for data, one in found.items()}
        report.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if leaking:
        numbers = ", ".join(map(str, leaking))
        click.echo(f"To be withdrawn, or published anew with more hidden: run {numbers}.")
        ctx.exit(1)


@click.command(
    epilog='Example: samspill indicators withdraw 12 --because "Stays of 2024 were counted twice."'
)
@click.argument("run", type=click.IntRange(min=1))
@click.option("--because", default="", help="Why, in a sentence. It stands wherever the figures were shown.")
@click.option("--undo", is_flag=True, help="Take the figures in use again: they were right after all.")
@click.pass_obj
def withdraw(runtime: Runtime, run: int, because: str, undo: bool) -> None:
    """Show nothing of RUN any more, on pages, in files, in the API or embedded, but why.

    The run before it that stands speaks for its indicators again. RUN is the number that figures name.
    """
    runtime.start_database()
    check_migrated(runtime)
    take_out(run, because, undo=undo, today=date.today())
    click.echo(f"{'In use again' if undo else 'Withdrawn'}: run {run}.")


def audit_all() -> tuple[dict[str, Any], list[int]]:
    """What was found by version of a table, and the runs that stand and give something away."""
    # Models can be imported only now that Django is set up.
    insight = importlib.import_module("samspill.insight.public")
    timezone = importlib.import_module("django.utils.timezone")
    return insight.audit_everything(at=timezone.now()), insight.leaking_runs()


def take_out(run: int, because: str, *, undo: bool, today: date) -> Any:
    """Withdraw a run, or take that back. Refuses an unknown number and a missing reason."""
    directory = importlib.import_module("samspill.directory.public")
    insight = importlib.import_module("samspill.insight.public")
    found, by = insight.find_run(run), directory.machine(None, today)
    return insight.take_back_run(found, by=by) if undo else insight.withdraw_run(found, because, by=by)


def line_of(tried: Any) -> str:
    told = "nothing can be computed back" if tried.ok else f"{len(tried.findings)} can be computed back"
    return f"{spaced(tried.cells)} numbers, {spaced(tried.hidden)} hidden, {told}"


def spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
