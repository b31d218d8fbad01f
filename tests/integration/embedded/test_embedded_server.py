"""The embedded server is made, started, shared and stopped; its roles may what they should and no more."""

import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from samspill.config.embedded import Cluster, connection_settings
from samspill.config.embedded.connection import Role

USES_AND_IS_KILLED = """
import os, signal, sys
from pathlib import Path
from samspill.config.embedded import Cluster
Cluster(Path(sys.argv[1])).start()
os.kill(os.getpid(), signal.SIGKILL)
"""
STARTS = """
import sys
from pathlib import Path
from samspill.config.embedded import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
print((cluster.data / "postmaster.pid").read_text().split()[0])
"""


def as_role(cluster: Cluster, role: Role, **changes: str) -> psycopg.Connection:
    return psycopg.connect(**(cluster.connection(role).to_libpq() | changes), autocommit=True)


def server_pid(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_what_was_written_is_there_after_stop_and_start(cluster: Cluster) -> None:
    with as_role(cluster, "owner") as database:
        database.execute("CREATE TABLE note (text text)")
        database.execute("INSERT INTO note VALUES ('kept')")
    cluster.stop()
    assert not cluster.is_running()
    cluster.start()
    with as_role(cluster, "owner") as database:
        assert database.execute("SELECT text FROM note").fetchone() == ("kept",)


def test_starting_twice_uses_the_same_server(cluster: Cluster) -> None:
    pid = server_pid(cluster)
    again = Cluster(cluster.home)
    assert again.start() == cluster.connection("app")
    cluster.start()
    assert server_pid(cluster) == pid


def test_the_last_to_leave_stops_the_server(cluster: Cluster) -> None:
    other = Cluster(cluster.home)
    other.start()
    cluster.release()
    assert other.is_running()
    cluster.release()
    assert other.is_running()
    other.release()
    assert not other.is_running()


def test_a_server_whose_starter_was_killed_is_stopped_by_the_next_to_leave(home: Path) -> None:
    subprocess.run([sys.executable, "-c", USES_AND_IS_KILLED, str(home)], check=False)
    cluster = Cluster(home)
    assert cluster.is_running()
    cluster.start()
    cluster.release()
    assert not cluster.is_running()


def test_two_first_starts_at_once_make_one_database(home: Path) -> None:
    starts = [
        subprocess.Popen([sys.executable, "-c", STARTS, str(home)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    pids = {start.communicate(timeout=60)[0].strip() for start in starts}
    assert [start.returncode for start in starts] == [0, 0]
    assert pids == {str(server_pid(Cluster(home)))}
    with as_role(Cluster(home), "owner") as database:
        database.execute("CREATE TABLE whole (id int)")


def test_a_first_start_that_was_cut_off_is_made_anew(home: Path) -> None:
    half = home / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    Cluster(home).start()
    assert not half.exists()


def test_stopping_what_does_not_run_does_nothing(home: Path) -> None:
    Cluster(home).stop()
    Cluster(home).release()
    assert not home.exists()


def test_folders_and_passwords_are_closed_to_others(home: Path) -> None:
    cluster = Cluster(home)
    cluster.start()
    folders = (cluster.home, cluster.data, cluster.home / "run", cluster.home / "postgres.log")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folders}
    assert modes == {"home": 0o700, "postgres": 0o700, "run": 0o700, "postgres.log": 0o600}
    assert stat.S_IMODE((cluster.data / "samspill.json").stat().st_mode) == 0o600
    assert (cluster.data / "pg_hba.conf").read_text() == "local all all scram-sha-256\n"


def test_django_settings_read_beside_the_server_reach_it(running: Cluster) -> None:
    settings = connection_settings(running.home, "app")
    assert settings == running.dsn("app")
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
    ) as database:
        assert database.execute("SELECT current_user").fetchone() == ("samspill_app",)


def test_the_app_bypasses_nothing_and_owns_nothing(running: Cluster) -> None:
    with as_role(running, "app") as database:
        rights = database.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication,"
            " (SELECT count(*) FROM pg_database WHERE datdba = r.oid)"
            " FROM pg_roles r WHERE rolname = current_user"
        ).fetchone()
        assert rights == (False, False, False, False, False, 0)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            database.execute("CREATE TABLE mine (id int)")


def test_the_owner_is_no_superuser_and_may_what_migrations_and_tests_need(running: Cluster) -> None:
    with as_role(running, "owner") as database:
        rights = database.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert rights == (False, False, True, False)
        for extension in ("pg_trgm", "btree_gist", "unaccent"):
            database.execute(f"CREATE EXTENSION {extension}")
        database.execute("CREATE DATABASE test_samspill")


@pytest.mark.parametrize("role", ["app", "owner", "manager"])
def test_nobody_comes_in_with_a_wrong_password(running: Cluster, role: Role) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        as_role(running, role, password="wrong")


def test_the_server_is_durable_speaks_norwegian_and_listens_to_no_network(running: Cluster) -> None:
    with as_role(running, "app") as database:
        names = (
            "listen_addresses",
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "TimeZone",
            "server_encoding",
        )
        shown = [database.execute(f"SHOW {name}").fetchone() for name in names]
        assert shown == [("",), ("on",), ("on",), ("on",), ("UTC",), ("UTF8",)]
        query = "SELECT lower('ÆØÅ'), to_tsvector('norwegian', 'Møtene på ÅSEN')::text"
        assert database.execute(query).fetchone() == ("æøå", "'møt':1 'åsen':3")


NAMES = {"comma": "med mellomrom, komma", "quotes": 'blåbær «sylt» it\'s "$HOME"', "long": "a" * 130}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_folder_may_have_any_name(home: Path, cluster_in: Callable[[Path], Cluster], name: str) -> None:
    home.mkdir()
    cluster = cluster_in(home / name)
    cluster.start()
    try:
        with as_role(cluster, "app") as database:
            assert database.execute("SELECT 1").fetchone() == (1,)
    finally:
        cluster.stop()
