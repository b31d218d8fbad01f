"""`samspill people invite`: let the first one in, who can then let in the rest on the community's page.

`samspill people duty`: say when a team is told of alerts that nobody takes.

`samspill people erase`: erase personal data whose time is up, as the nightly job does.
"""

import importlib
from datetime import date, datetime
from typing import Any

import click

from samspill.cli.communities import find_community
from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused

_CLOCK = click.DateTime(["%H:%M"])
DEFAULT_ROLE = "secretariat"


@click.group()
def people() -> None:
    """Let somebody in, and erase what is no longer to be kept."""


@people.command(
    epilog='Example: samspill people invite kari@example.no --name "Kari Nordmann" --community ostfold'
)
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--community", required=True, help="Its number, its code (HF01) or its short name (ostfold).")
@click.option("--role", default=DEFAULT_ROLE, show_default=True, help="The code of the role.")
@click.pass_obj
def invite(runtime: Runtime, email: str, name: str, community: str, role: str) -> None:
    """Give EMAIL a role in a helsefellesskap from today, and print the link that lets them choose a password.

    The same link goes to EMAIL by mail. Whoever has been in already gets the role, and no link.
    """
    runtime.start_database()
    check_migrated(runtime)
    link = let_in(email, name, community, role, now=datetime.now().astimezone())
    click.echo(f"{name} is let in.")
    if link:
        click.echo(f"The way in, good once and for seven days: {link}")


@people.command(
    epilog='Example: samspill people duty "Oppfølging" --community ostfold --from 07:30 --until 15:30'
)
@click.argument("team")
@click.option("--community", required=True, help="Its number, its code (HF01) or its short name (ostfold).")
@click.option("--from", "starts", type=_CLOCK, help="When the duty begins, by the clock in Norway.")
@click.option("--until", type=_CLOCK, help="When it ends; the next day when it is not after.")
@click.option("--weekdays", is_flag=True, help="Not on Saturdays, Sundays and public holidays.")
@click.pass_obj
def duty(
    runtime: Runtime,
    team: str,
    community: str,
    starts: datetime | None,
    until: datetime | None,
    weekdays: bool,
) -> None:
    """Say when TEAM is told by mail of alerts that nobody takes; without times, day and night.

    Who leads the team is told at once, day and night.
    """
    runtime.start_database()
    check_migrated(runtime)
    systems = importlib.import_module("samspill.cli.systems")
    care = importlib.import_module("samspill.care.public")
    said = care.DutyTime(starts.time() if starts else None, until.time() if until else None, not weekdays)
    systems.inside(community, lambda by: care.set_duty(systems.find_team(team, by), said, by=by))
    times = f"from {said.starts:%H:%M} until {said.until:%H:%M}" if said.starts else "day and night"
    click.echo(f"{team} is told {times}{'' if said.weekends else ', on weekdays'}.")


def let_in(email: str, name: str, community: str, role: str, *, now: datetime) -> str:
    """The link of the invitation; "" for somebody who can sign in already. Refuses what cannot be."""
    # Models can be imported only now that Django is set up.
    transaction = importlib.import_module("django.db").transaction
    directory = importlib.import_module("samspill.directory.public")
    check_typed(email, role, directory)
    here = find_community(directory.Community.objects.all(), community)
    by = directory.machine(here.pk, now.date())
    with transaction.atomic(), directory.scope(by):
        new = directory.NewMember(name=name.strip(), email=email, role=role, from_day=now.date())
        membership = directory.add_member(community=here, new=new, by=by, invited_at=now)
        return str(directory.way_in(membership.account, now=now))


def check_typed(email: str, role: str, directory: Any) -> None:
    validate = importlib.import_module("django.core.validators").validate_email
    wrong = importlib.import_module("django.core.exceptions").ValidationError
    try:
        validate(email)
    except wrong as error:
        raise Refused("person.email", f"«{email}» is not an e-mail address. Check it.") from error
    if role not in directory.RoleCode.values:
        raise Refused(
            "person.role", f"«{role}» is no role. Say one of: {', '.join(directory.RoleCode.values)}."
        )


@people.command(epilog="Example: samspill people erase --dry-run")
@click.option("--dry-run", is_flag=True, help="Count what is past its period, and change nothing.")
@click.pass_obj
def erase(runtime: Runtime, dry_run: bool) -> None:
    """Erase personal data beyond name and role that is past its period, also from history.

    The worker does the same every night. One line for each kind: rows, and rows of history.
    """
    runtime.start_database()
    check_migrated(runtime)
    for line in erase_and_tell(today=datetime.now().astimezone().date(), is_rehearsal=dry_run):
        click.echo(line)


def erase_and_tell(*, today: date, is_rehearsal: bool) -> list[str]:
    """A line for each kind, with its period. Set Django up first."""
    directory = importlib.import_module("samspill.directory.public")
    periods = directory.periods()
    said = "due" if is_rehearsal else "erased"
    return [
        f"{one.key}: {one.rows} {said}, {one.history} in history, kept for {span(periods[one.key])}"
        for one in directory.erase_everywhere(today=today, is_rehearsal=is_rehearsal)
    ]


def span(period: Any) -> str:
    return f"{period.months} months" if period.months else f"{period.days} days"
