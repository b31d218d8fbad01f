"""`samspill serve` and `samspill demo`: the web server and the background worker, until Ctrl-C."""

import errno
import http.client
import socket
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from samspill.cli.migrate import check_migrated, follow_register, pending_migrations, run_migrations
from samspill.cli.plans import all_bytes, bring_in_all, in_folders
from samspill.cli.runtime import Demonstration, Runtime
from samspill.cli.supervise import Child, supervise
from samspill.refusal import Refused

# Where one reaches a server that listens on every address.
NEAREST = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
ANSWER_SECONDS = 2.0
END_SECONDS = 5


def _address_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
        click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True),
        click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes."),
        click.option(
            "--threads", type=click.IntRange(1), default=4, show_default=True, help="In each process."
        ),
        click.option(
            "--listeners",
            type=click.IntRange(0),
            default=32,
            show_default=True,
            help="Open lists of patients each process keeps fresh at once; the rest ask every 15 s.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(epilog="Example: samspill serve --port 8080 --workers 2")
@_address_options
@click.pass_obj
def serve(runtime: Runtime, host: str, port: int, workers: int, threads: int, listeners: int) -> None:
    """Serve the web pages and do the background work, until Ctrl-C.

    Starts the embedded database if it does not run. A proxy in front ends TLS.
    """
    check_port_is_free(host, port)
    runtime.start_database()
    check_migrated(runtime)
    environment = runtime.environment("app") | at_once(threads, listeners)
    web = web_server(host, port, workers, threads + listeners)
    run_children(host, port, web, environment, runtime.database_answers)


@click.command(epilog="Example: samspill demo --port 8080")
@_address_options
@click.option("--seed", default=2026, show_default=True, help="Another number makes another world.")
@click.option(
    "--plans",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Read in this plan document too, or all in this folder, where it says it belongs.",
)
@click.pass_obj
def demo(
    runtime: Runtime,
    host: str,
    port: int,
    workers: int,
    threads: int,
    listeners: int,
    seed: int,
    plans: tuple[Path, ...],
) -> None:
    """Open the demonstration: database, migrations, invented world, server.

    What was written the last time is kept. All persons in it are invented.
    """
    check_port_is_free(host, port)
    documents, unread = all_bytes(in_folders(plans)) if plans else ([], [])
    click.echo("Starting the database …")
    runtime.start_database()
    if pending_migrations(runtime):
        run_migrations(runtime)
    follow_register(runtime)
    world = runtime.load_demonstration(seed, click.echo)
    bring_along(documents, unread)
    show_accounts(world)
    environment = runtime.environment("app") | {"SAMSPILL_DEMO": "1"} | at_once(threads, listeners)
    web = web_server(host, port, workers, threads + listeners)
    run_children(host, port, web, environment, runtime.database_answers)


def bring_along(documents: list[tuple[Path, bytes]], unread: list[Refused]) -> None:
    """Read plans in beside the invented ones; one that cannot be read does not keep us shut."""
    try:
        bring_in_all(documents, "", today=date.today(), is_open=True, unread=unread)
    except Refused as refused:
        click.echo(refused.sentence, err=True)


def check_port_is_free(host: str, port: int) -> None:
    """Try to listen there, so that one hears of it before anything has been started."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                "serve.port",
                f"Port {port} on {host} is in use. Stop what uses it, or choose another with --port.",
            ) from error
        raise Refused(
            "serve.address",
            f"Port {port} of {host} cannot be used: {error.strerror}. Choose others with --host and --port.",
        ) from error


def at_once(threads: int, listeners: int) -> dict[str, str]:
    """What the server's processes are told: threads for work, and for pages that wait for changes."""
    return {"SAMSPILL_THREADS": str(threads), "SAMSPILL_LISTENERS": str(listeners)}


def web_server(host: str, port: int, workers: int, threads: int) -> list[str]:
    # It would warn of many threads for few cores: those that listen do no work (`config.gate`).
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "error"]
    place = ["--host", host, "--port", str(port)]
    size = ["--workers", str(workers), "--blocking-threads", str(threads)]
    # Pages that listen would keep it waiting until they beat; what is under way has this long to end.
    end = ["--workers-kill-timeout", str(END_SECONDS)]
    return [*granian, *place, *size, *end, "samspill.config.wsgi:application"]


def run_children(
    host: str, port: int, web: list[str], environment: dict[str, str], database_answers: Callable[[], bool]
) -> None:
    """Run the web server and the worker, and say the address once a page can be had."""
    nearest = NEAREST.get(host, host)
    address = f"http://[{nearest}]:{port}" if ":" in nearest else f"http://{nearest}:{port}"
    environment = {"SAMSPILL_ORIGIN": address, **environment}
    worker = [sys.executable, "-m", "django", "procrastinate", "--skip-checks", "worker"]

    def opened() -> bool:
        if not answers(nearest, port):
            return False
        click.echo(f"Samspill is open at {address} – Ctrl-C stops it.")
        return True

    children = [Child("web server", web, environment), Child("worker", worker, environment)]
    supervise(
        children,
        say=lambda line: click.echo(line, err=True),
        opened=opened,
        database_answers=database_answers,
    )
    click.echo("Stopped.")


def answers(host: str, port: int) -> bool:
    """Whether a page can be had, of whatever kind."""
    caller = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
    try:
        caller.request("HEAD", "/")
        caller.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        caller.close()
    return True


def show_accounts(world: Demonstration) -> None:
    click.echo("\nSign in as one of these. They are invented, and only in the demonstration.")
    rows = [
        (account.email, account.password, f"{account.name}, {account.role}") for account in world.accounts
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for email, password, who in rows:
        click.echo(f"  {email.ljust(widths[0])}  {password.ljust(widths[1])}  {who}")
    click.echo("")
