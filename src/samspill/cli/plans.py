"""`samspill plans read` and `samspill plans import`: action plans from the command line.

Reading needs neither a database nor Django: it shows what is in a document. Importing makes a plan of it.
"""

import importlib
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from samspill.cli.communities import find_community
from samspill.cli.runtime import Runtime
from samspill.directory import register
from samspill.documents.public import read as read_document
from samspill.plans.reading import KnownCommunity, PlanReading, read_plan, to_json
from samspill.refusal import Refused


@click.group()
def plans() -> None:
    """Read an action plan, or bring it in."""


@plans.command(epilog="Example: samspill plans read handlingsplan.docx --json")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything that was found, as JSON.")
def read(file: Path, as_json: bool) -> None:
    """Show what FILE holds: areas, goals, measures, who answers for them and on which line they stand.

    FILE is a Word document (.docx), PDF, Markdown or text.
    """
    reading = read_plan(read_document(file), communities=known_communities(date.today()))
    if as_json:
        click.echo(json.dumps(to_json(reading), ensure_ascii=False, indent=2))
    else:
        show(reading)


def known_communities(today: date) -> list[KnownCommunity]:
    """The helsefellesskap of the register, which needs no database."""
    municipalities: dict[str, list[str]] = {}
    for one in register.municipalities(today):
        municipalities.setdefault(one.community_code, []).append(one.name)
    return [
        KnownCommunity(
            code=one.code,
            name=one.name,
            full_names=(one.full_name,),
            trust_names=(one.trust_name, one.trust_short_name),
            municipalities=tuple(municipalities.get(one.code, ())),
        )
        for one in register.communities()
    ]


@plans.command("import", epilog="Example: samspill plans import handlingsplan.docx --community ostfold")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--community",
    default="",
    help="Its number, its code (HF01) or its short name (ostfold); otherwise as each document says.",
)
@click.option("--publish", is_flag=True, help="Open each plan to everybody.")
@click.pass_obj
def import_(runtime: Runtime, files: tuple[Path, ...], community: str, publish: bool) -> None:
    """Make living plans of FILES (a folder stands for the documents in it). A file again changes nothing.

    What cannot be brought in is told and left out; the others are brought in all the same.
    """
    contents, unread = all_bytes(in_folders(files))
    runtime.start_database()
    runtime.prepare_django()
    bring_in_all(contents, community, today=date.today(), is_open=publish, unread=unread)


def in_folders(files: Iterable[Path]) -> list[Path]:
    """The files, and those in the folders, in order of name; hidden ones and Word's locks are left alone."""
    found: list[Path] = []
    for file in files:
        inside = sorted(one for one in file.iterdir() if one.is_file()) if file.is_dir() else [file]
        found += [one for one in inside if not one.name.startswith((".", "~$")) or one == file]
    if not found:
        raise Refused(
            "document.missing", "There is no document to read in. Name a file, or a folder of them."
        )
    return found


def bring_in_all(
    contents: list[tuple[Path, bytes]],
    wanted: str,
    *,
    today: date,
    is_open: bool,
    unread: Iterable[Refused] = (),
) -> None:
    """Bring in each, a line for each. One that is refused does not keep the others out; then exit code 2.

    `unread` are refusals of files that could not even be opened.
    """
    refusals = list(unread)
    for refused in refusals:
        click.echo(refused.sentence, err=True)
    total = len(contents) + len(refusals)
    for file, content in contents:
        try:
            result = bring_in(content, file.name, wanted, today=today, is_open=is_open)
        except Refused as refused:
            refusals.append(refused)
            if total > 1:
                click.echo(f"{file.name}: {refused.sentence}", err=True)
            continue
        click.echo(f"{result.plan.title}: {told(result)}")
        for problem in result.problems:
            click.echo(f"  {problem}")
    if refusals and total == 1:
        raise refusals[0]
    if refusals:
        raise Refused("plans.some", f"{len(refusals)} of {total} documents were not brought in.")


def all_bytes(files: list[Path]) -> tuple[list[tuple[Path, bytes]], list[Refused]]:
    """Each file with its bytes, and the refusals of those that cannot be opened. One alone is refused."""
    contents, unread = [], []
    for file in files:
        try:
            contents.append((file, bytes_of(file)))
        except Refused as refused:
            unread.append(refused)
    if unread and not contents:
        raise unread[0]
    return contents, unread


def bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused("document.missing", f"There is no file at «{file}». Check the name.") from error


def bring_in(content: bytes, name: str, wanted: str, *, today: date, is_open: bool = False) -> Any:
    """Import as Samspill itself in the community called `wanted`, or the one the document names."""
    # Models can be imported only now that Django is set up.
    directory = importlib.import_module("samspill.directory.public")
    door = importlib.import_module("samspill.plans.public")
    transaction = importlib.import_module("django.db.transaction")
    translation = importlib.import_module("django.utils.translation")
    with translation.override("en"), transaction.atomic():
        try:
            said = wanted or door.community_named_in(content, name)
            community = find_community(directory.Community.objects.all(), said)
            by = directory.machine(community.pk, today)
            with directory.scope(by):
                result = door.import_plan(document_bytes=content, file_name=name, community=community, by=by)
                if is_open:
                    door.publish(result.plan, by=by)
                return result
        except Refused as refused:
            # The sentence is put into words here, while the language is that of the command line.
            raise Refused(refused.code, refused.sentence) from refused


def told(result: Any) -> str:
    if not result.is_new and not result.created and not result.gone:
        return f"read in before, {result.unchanged} measures, nothing is changed."
    if result.is_new and not result.has_measures:
        return "no measures; what it says is kept."
    if result.is_new:
        return f"{result.created} measures."
    return f"{result.created} new, {result.unchanged} as before, {result.gone} gone."


def show(reading: PlanReading) -> None:
    """A table a person can read: a line per measure, under its area."""
    period = "–".join(str(year) for year in dict.fromkeys([reading.period.start, reading.period.end]) if year)
    click.secho(reading.title or "Without title", bold=True)
    click.echo(", ".join(part for part in (reading.community.name or reading.community.raw, period) if part))
    areas = {area.key: f"{area.number} {area.title}".strip() for area in reading.focus_areas}
    area = None
    for measure in reading.measures:
        if measure.focus_area != area:
            area = measure.focus_area
            click.secho(f"\n{areas.get(area, 'Outside all areas')}", bold=True)
        who = ", ".join(one.raw for one in measure.responsible) or "–"
        click.echo(f"{measure.line:>5}  {measure.text}\n       {who}{deadline_of(measure)}")
    with_owner = sum(bool(measure.responsible) for measure in reading.measures)
    click.echo(f"\n{len(reading.measures)} measures, {with_owner} with a responsible.")
    for problem in reading.problems:
        click.echo(f"Line {problem.line}: {problem.sentence}" if problem.line else problem.sentence)


def deadline_of(measure: Any) -> str:
    said = measure.deadline_raw or measure.deadline
    return f"; {said}" if said else ""
