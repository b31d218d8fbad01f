"""`samspill systems`: let other systems in by FHIR, send to them, and shut them out again."""

import importlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from samspill.cli.communities import find_community
from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused

USUAL_SCOPES = "system/Observation.crs system/Patient.s"


@click.group()
def systems() -> None:
    """Let other systems send and read by FHIR, and send to them."""


_community = click.option(
    "--community", required=True, help="Its number, its code (HF01) or its short name (ostfold)."
)


@systems.command(
    epilog='Example: samspill systems add nimble --name "Nimble" --community ostfold --team "Oppfølging" '
    "--keys jwks.json"
)
@click.argument("client_id")
@click.option("--name", required=True, help="What it is called in the patient's access log.")
@_community
@click.option("--team", required=True, help="The team it works for: it sees what the team sees.")
@click.option("--keys", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Its public keys, as a JWKS file.")  # fmt: skip
@click.option("--scopes", default=USUAL_SCOPES, show_default=True, help="What it may do, as SMART writes it.")
@click.option("--per-minute", default=6000, show_default=True, help="Requests a minute.")
@click.pass_obj
def add(
    runtime: Runtime,
    client_id: str,
    name: str,
    community: str,
    team: str,
    keys: Path,
    scopes: str,
    per_minute: int,
) -> None:
    """Register the system CLIENT_ID, which proves who it is with its own key."""
    runtime.start_database()
    check_migrated(runtime)
    care = importlib.import_module("samspill.care.public")
    new = care.NewClient(client_id, name, read_keys(keys), scopes, per_minute)
    inside(community, lambda by: care.register_client(new, team=find_team(team, by), by=by))
    click.echo(f"{name} is registered, and asks for tokens at /fhir/token.")


@systems.command(epilog="Example: samspill systems end nimble --community ostfold")
@click.argument("client_id")
@_community
@click.pass_obj
def end(runtime: Runtime, client_id: str, community: str) -> None:
    """Shut CLIENT_ID out, from this moment. What it did stays."""
    runtime.start_database()
    check_migrated(runtime)
    care = importlib.import_module("samspill.care.public")

    def work(by: Any) -> None:
        client = care.find_client(client_id)
        if client is None or client.community_id != by.community_id:
            raise Refused("client.unknown", f"No system is called {client_id} there. Check the name.")
        care.end_client(client, by=by)

    inside(community, work)
    click.echo(f"{client_id} is shut out.")


def _login_options(command: Any) -> Any:
    """Who gives the tokens that a receiver wants."""
    for option in (
        click.option("--bearer", is_flag=True, help="Tokens bound to no key. Default: bound by DPoP."),
        click.option("--kind", default="smart", show_default=True, help="smart or helseid."),
        click.option("--scope", default="", help="What is asked for there, as system/Bundle.c."),
        click.option("--as", "login_as", default="", help="What we are called there (client_id)."),
        click.option("--issuer", default="", help="Who gives the tokens it wants. Default: it wants none."),
    ):
        command = option(command)
    return command


@systems.command(
    epilog='Example: samspill systems send "Pasientens måledata" --community ostfold --team "Oppfølging" '
    "--to https://pmd.example/Bundle"
)
@click.argument("name")
@_community
@click.option("--team", required=True, help="The team that is told when something does not come through.")
@click.option("--to", "address", required=True, help="Where it is sent, by https.")
@click.option("--what", default="measurements", show_default=True, help="measurements or plans.")
@click.option("--form", default="batch", show_default=True, help="batch or collection, as PMD has them.")
@click.option("--organisation", default="", help="Whose records. Default: those of the team's organisation.")
@click.option("--receipts-from", default="", help="The registered system whose receipts are believed.")
@_login_options
@click.pass_obj
def send(
    runtime: Runtime, /, name: str, community: str, team: str, address: str, what: str, form: str,
    organisation: str, receipts_from: str, **login: Any,
) -> None:  # fmt: skip
    """Send what happens in the records of an organisation to the receiver NAME."""
    runtime.start_database()
    check_migrated(runtime)
    care = importlib.import_module("samspill.care.public")

    def work(by: Any) -> None:
        new = care.NewReceiver(name, what, form, address, organisation, receipts_from)
        care.add_receiver(new, team=find_team(team, by), by=by, login=_login(**login))

    inside(community, work)
    click.echo(f"New {what} are sent to {name}.")
    if login["issuer"]:
        click.echo("samspill systems show prints the public key its issuer must have.")


@systems.command(
    "login",
    epilog='Example: samspill systems login "Pasientens måledata" --community ostfold '
    "--issuer https://helseid.example --kind helseid --as 5e1f0c --scope nhn:pmd/write",
)
@click.argument("name")
@_community
@_login_options
@click.pass_obj
def login_command(runtime: Runtime, /, name: str, community: str, **login: Any) -> None:
    """Say who gives the tokens that the receiver NAME wants; without --issuer, that it wants none."""
    runtime.start_database()
    check_migrated(runtime)
    care = importlib.import_module("samspill.care.public")

    def work(by: Any) -> None:
        for one in find_receivers(name, by):
            care.set_login(one, _login(**login), by=by)

    inside(community, work)
    click.echo(f"{name}: {_said_of_login(login['issuer'], login['login_as'])}.")


@systems.command(epilog="Example: samspill systems show --community ostfold")
@_community
@click.option("--keys", "with_keys", is_flag=True, help="With our public keys, to give to the issuers.")
@click.pass_obj
def show(runtime: Runtime, community: str, with_keys: bool) -> None:
    """The systems that are let in, and the receivers of what is sent."""
    runtime.start_database()
    check_migrated(runtime)
    care = importlib.import_module("samspill.care.public")

    def work(by: Any) -> None:
        for one in care.MachineClient.objects.visible_to(by).order_by("client_id"):
            click.echo(f"in   {one.client_id}  {' '.join(one.scopes)}")
        for one in care.Receiver.objects.visible_to(by).order_by("name", "sends"):
            click.echo(
                f"out  {one.name}  {one.sends}  {one.address}  {_said_of_login(one.issuer, one.login_as)}"
            )
            if with_keys and one.login_as:
                click.echo(public_key_of(one.login_as))

    inside(community, work)


def _said_of_login(issuer: str, login_as: str) -> str:
    return f"as {login_as} of {issuer}" if issuer else "without tokens"


def public_key_of(client_id: str) -> str:
    """The public half alone, as the key set an issuer takes."""
    settings = importlib.import_module("django.conf").settings
    keys = importlib.import_module("samspill.fhir.http.keys")
    key = keys.client_key(settings.SECRET_KEY, settings.FHIR_CLIENT_KEYS, client_id)
    return json.dumps({"keys": [dict(key.public_jwk())]}, indent=2)


def _login(*, issuer: str, login_as: str, scope: str, kind: str, bearer: bool) -> Any:
    care = importlib.import_module("samspill.care.public")
    return care.NewLogin(issuer, login_as, scope, kind, not bearer)


def find_receivers(name: str, by: Any) -> list[Any]:
    """Those of that name: it may get both measurements and plans. Refused: none."""
    care = importlib.import_module("samspill.care.public")
    found = list(care.Receiver.objects.visible_to(by).filter(name__iexact=name.strip()))
    if not found:
        known = ", ".join(sorted({one.name for one in care.Receiver.objects.visible_to(by)})) or "none"
        raise Refused("receiver.unknown", f"Nothing is sent to {name}. Receivers here: {known}.")
    return found


def inside(community: str, work: Any) -> None:
    """As Samspill itself in the community, in one transaction."""
    transaction = importlib.import_module("django.db").transaction
    directory = importlib.import_module("samspill.directory.public")
    here = find_community(directory.Community.objects.all(), community)
    by = directory.machine(here.pk, datetime.now().astimezone().date())
    with transaction.atomic(), directory.scope(by):
        work(by)


def find_team(name: str, by: Any) -> Any:
    """The one team of that name. Refused: none, and several."""
    care = importlib.import_module("samspill.care.public")
    found = list(care.CareTeam.objects.visible_to(by).filter(name__iexact=name.strip()))
    if len(found) != 1:
        known = ", ".join(sorted({one.name for one in care.CareTeam.objects.visible_to(by)})) or "none"
        raise Refused("team.unknown", f"There is not one team called {name}. Teams here: {known}.")
    return found[0]


def read_keys(path: Path) -> dict[str, Any]:
    """The JWKS in a file. Refused (`client.keys`) when it is none."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError):
        found = None
    if not isinstance(found, dict):
        raise Refused("client.keys", f"{path.name} is no JWKS: a JSON object with keys. Ask for a new one.")
    return found
