"""`samspill doctor`: what is missing, and how to mend it.

A look returns what was found, or raises Refused: its sentence is the mending. Looks at the machine come from
the installation; here are those at the database and at the settings.
"""

import platform
from collections.abc import Iterable
from pathlib import Path

import click
from django.conf import settings

from samspill.cli.database import connect
from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Look, Note, Runtime
from samspill.refusal import Refused

ROLE = """
    SELECT rolname, rolsuper OR rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid)
      FROM pg_roles r WHERE rolname = current_user
"""
PUBLISHED = """
    SELECT max(id) FILTER (WHERE withdrawn_at IS NULL AND audit #>> '{tried,standing_ok}' = 'false'),
           max(audit #>> '{tried,at}')
      FROM insight_indicatorrun
"""
# NIST SP 800-107: a key of an HMAC shorter than its hash (SHA-256, 32 bytes) weakens it.
SHORTEST_SECRET = 32
FINE, NOTE, FAULT = "ok", "note", "fault"
COLOURS = {FINE: "green", NOTE: "yellow", FAULT: "red"}

Row = tuple[str, str, str]


@click.command(epilog="Example: samspill doctor")
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look at the machine, the database and the settings, and say how to mend what is wrong.

    Exit code 1 when something must be mended.
    """
    runtime: Runtime = ctx.obj
    rows = [look_at("Python", platform.python_version)]
    rows += [look_at(*look) for look in runtime.looks()]
    if not has_fault(rows):
        rows += look_until_fault(database_looks(runtime))
    rows.append(look_at("Settings", lambda: look_at_settings(runtime)))
    if not has_fault(rows[-1:]):
        rows += [look_at(*look) for look in SETTINGS_LOOKS]
    show(rows)
    if has_fault(rows):
        ctx.exit(1)


def look_at(name: str, look: Look) -> Row:
    """State, name and text of one look."""
    try:
        found = look()
    except Refused as refused:
        return FAULT, name, refused.sentence
    return (NOTE, name, found.text) if isinstance(found, Note) else (FINE, name, found)


def look_until_fault(looks: Iterable[tuple[str, Look]]) -> list[Row]:
    """Looks of which each needs the one before it to be in order."""
    rows: list[Row] = []
    for name, look in looks:
        rows.append(look_at(name, look))
        if has_fault(rows):
            break
    return rows


def has_fault(rows: Iterable[Row]) -> bool:
    return any(state == FAULT for state, _, _ in rows)


def show(rows: list[Row]) -> None:
    width = max(len(name) for _, name, _ in rows)
    for state, name, text in rows:
        click.echo(f"{click.style(state.ljust(5), fg=COLOURS[state])}  {name.ljust(width)}  {text}")
    faults = sum(state == FAULT for state, _, _ in rows)
    click.echo(f"\n{faults} to mend." if faults else "\nAll is well.")


def database_looks(runtime: Runtime) -> list[tuple[str, Look]]:
    return [
        ("Database", lambda: look_at_database(runtime)),
        ("Role", lambda: look_at_role(runtime)),
        ("Migrations", lambda: look_at_migrations(runtime)),
        ("Published", lambda: look_at_published(runtime)),
    ]


def look_at_database(runtime: Runtime) -> str:
    runtime.start_database()
    with connect(runtime.dsn("app")) as database:
        return f"PostgreSQL {database.info.server_version // 10000} answers"


def look_at_role(runtime: Runtime) -> str:
    """The app's role is held by row-level security: it bypasses nothing and owns nothing."""
    with connect(runtime.dsn("app")) as database:
        name, bypasses, owned = database.execute(ROLE).fetchone() or ("", True, 0)
    if bypasses or owned:
        fault = "passes by row-level security" if bypasses else f"owns {owned} tables"
        raise Refused(
            "doctor.role",
            f"{name} {fault}: nothing keeps one party's data from another. Set DATABASE_URL to a role that is"
            " NOSUPERUSER NOBYPASSRLS and owns nothing, and DATABASE_OWNER_URL to the owner.",
        )
    return f"{name} owns nothing and bypasses nothing"


def look_at_migrations(runtime: Runtime) -> str:
    check_migrated(runtime)
    return "all applied"


def look_at_published(runtime: Runtime) -> str | Note:
    """What the nightly audit of all published figures found."""
    with connect(runtime.dsn("app")) as database:
        leaking, tried = database.execute(PUBLISHED).fetchone() or (None, None)
    if leaking:
        raise Refused(
            "doctor.published",
            f"Run {leaking} of the indicators gives hidden numbers away. See which with: samspill indicators"
            " audit --report findings.json, and take it back with: samspill indicators withdraw"
            f' {leaking} --because "…"',
        )
    return (
        f"nothing hidden can be computed back, tried {tried[:10]}"
        if tried
        else Note("no audit of figures yet")
    )


def look_at_settings(runtime: Runtime) -> str:
    runtime.prepare_django("app")
    return f"read; files are in {runtime.home}"


def look_at_front_end() -> str:
    folder = Path(settings.STATIC_ROOT)
    files = sum(path.is_file() for path in folder.rglob("*"))
    if not files:
        raise Refused(
            "doctor.front_end", f"The front end is not built: {folder} is empty. Run make build/front.ok."
        )
    return f"{files} files in {folder}"


def look_at_secret_key() -> str:
    length = len(settings.SECRET_KEY)
    if length < SHORTEST_SECRET:
        raise Refused(
            "doctor.secret_key",
            f"SAMSPILL_SECRET_KEY has {length} characters. Make it at least {SHORTEST_SECRET}, at random.",
        )
    return f"{length} characters"


def look_at_mail() -> str | Note:
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend == "smtp":
        return f"sent through {settings.EMAIL_HOST}"
    where = f"written to {settings.EMAIL_FILE_PATH}" if backend == "filebased" else f"handled by {backend}"
    return Note(
        f"no mail leaves this machine, it is {where}. To send, set SAMSPILL_MAIL to smtp://host:587?tls=1."
    )


# Looks that need only the settings, independent of each other.
SETTINGS_LOOKS: tuple[tuple[str, Look], ...] = (
    ("Front end", look_at_front_end),
    ("Secret key", look_at_secret_key),
    ("Mail", look_at_mail),
)
