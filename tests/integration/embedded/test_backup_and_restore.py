"""A backup holds everything, a restore puts everything back, and one that fails changes nothing."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from samspill.config.embedded import Cluster
from samspill.config.embedded.connection import Connection, Role
from samspill.config.main import main

# A small picture of the product's database: tenants kept apart by forced row-level security, history, search.
SCHEMA = """
    CREATE EXTENSION pg_trgm;
    CREATE TABLE django_migrations (app text, name text);
    CREATE TABLE party (id bigint PRIMARY KEY, name text NOT NULL);
    CREATE TABLE note (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        party_id bigint NOT NULL REFERENCES party,
        text text NOT NULL,
        words tsvector GENERATED ALWAYS AS (to_tsvector('norwegian', text)) STORED
    );
    CREATE INDEX note_text ON note USING gin (text gin_trgm_ops);
    ALTER TABLE note ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON note USING (party_id = NULLIF(current_setting('samspill.tenant', true), '')::bigint);
    GRANT SELECT ON party TO samspill_app;
    GRANT SELECT, INSERT ON note TO samspill_app;
    INSERT INTO party VALUES (1, 'Halden'), (2, 'Moss');
    INSERT INTO note (party_id, text)
        SELECT 1 + n % 2, 'Møte ' || n || ' ' || md5(n::text) FROM generate_series(1, 4000) AS n;
    ALTER TABLE note FORCE ROW LEVEL SECURITY;
    ALTER DATABASE samspill SET default_text_search_config TO 'norwegian';
    ALTER DATABASE samspill SET search_path TO "$user", public, pg_temp;
    REVOKE CONNECT ON DATABASE samspill FROM PUBLIC;
    GRANT CONNECT ON DATABASE samspill TO samspill_app;
"""


def as_role(cluster: Cluster, role: Role) -> psycopg.Connection:
    return psycopg.connect(**cluster.connection(role).to_libpq(), autocommit=True)


def seen_by_app(cluster: Cluster, tenant: str) -> int:
    with as_role(cluster, "app") as database:
        database.execute("SELECT set_config('samspill.tenant', %s, false)", [tenant])
        (count,) = database.execute("SELECT count(*) FROM note").fetchone() or (-1,)
    return count


def everything(cluster: Cluster) -> dict[str, object]:
    """What must be the same after a round trip, as the database itself tells it."""
    queries = {
        "rows": "SELECT md5(string_agg(note::text, '|' ORDER BY id)) FROM note",
        "tables": "SELECT string_agg(relname || relkind::text || pg_get_userbyid(relowner)"
        " || coalesce(relacl::text, '') || relrowsecurity || relforcerowsecurity, '|' ORDER BY relname)"
        " FROM pg_class WHERE relnamespace = 'public'::regnamespace",
        "policies": "SELECT string_agg(p::text, '|') FROM pg_policies p",
        "constraints": "SELECT string_agg(pg_get_constraintdef(oid), '|' ORDER BY conname) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "next": "SELECT last_value FROM note_id_seq",
        "extension": "SELECT pg_get_userbyid(extowner) FROM pg_extension WHERE extname = 'pg_trgm'",
        "database": "SELECT pg_get_userbyid(datdba) || pg_encoding_to_char(encoding) FROM pg_database"
        " WHERE datname = current_database()",
        "defaults": "SELECT current_setting('default_text_search_config') || current_setting('search_path')",
        "closed": "SELECT NOT EXISTS (SELECT FROM pg_database d, aclexplode(datacl) a"
        " WHERE datname = current_database() AND grantee = 0 AND privilege_type = 'CONNECT')",
    }
    with as_role(cluster, "manager") as database:
        return {name: database.execute(query).fetchone() for name, query in queries.items()}


@pytest.fixture
def filled(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A running cluster with the picture in it, and the command line pointed at it."""
    for name in list(os.environ):
        if name.startswith("DATABASE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SAMSPILL_HOME", str(cluster.home))
    with as_role(cluster, "owner") as database:
        database.execute(SCHEMA)
    yield cluster


@pytest.fixture
def file(home: Path) -> Path:
    return home.parent / "fredag.backup"


def test_a_restore_puts_back_rows_roles_and_policies(filled: Cluster, file: Path) -> None:
    before = everything(filled)
    assert main(["backup", str(file)]) == 0
    with as_role(filled, "owner") as database:
        database.execute(
            "ALTER TABLE note NO FORCE ROW LEVEL SECURITY; DELETE FROM note; DROP POLICY own ON note"
        )
    assert everything(filled) != before
    assert main(["restore", str(file), "--replace"]) == 0
    filled.start()
    assert everything(filled) == before
    assert [seen_by_app(filled, tenant) for tenant in ("", "1", "2")] == [0, 2000, 2000]
    with as_role(filled, "manager") as database:
        names = database.execute("SELECT datname FROM pg_database WHERE datname LIKE 'samspill%'").fetchall()
    assert names == [("samspill",)]


def test_a_backup_moves_to_another_machine(
    filled: Cluster, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["backup", str(file)]) == 0
    before = everything(filled)
    filled.stop()
    other = Cluster(filled.home.parent / "other")
    monkeypatch.setenv("SAMSPILL_HOME", str(other.home))
    assert main(["restore", str(file)]) == 0
    assert not other.is_running()
    other.start()
    try:
        # What belongs to the database itself stays with the machine.
        after = everything(other)
        assert {**after, "defaults": None, "closed": None} == {**before, "defaults": None, "closed": None}
    finally:
        other.stop()


def test_a_backup_is_complete_or_not_there_and_closed_to_others(
    filled: Cluster, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert main(["backup", str(file)]) == 2
    assert "exists already" in capsys.readouterr().err
    first = file.stat().st_mtime_ns
    assert main(["backup", str(file), "--force"]) == 0
    assert file.stat().st_mtime_ns != first
    (filled.data / "postgresql.conf").write_text("broken")
    filled.stop()
    assert main(["backup", str(file), "--force"]) == 2
    assert file.stat().st_size > 1000
    assert [path.name for path in file.parent.iterdir() if path.suffix == ".part"] == []


def cut_in_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def garble_the_rows(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[-20_000:-10_000] = os.urandom(10_000)
    file.write_bytes(whole)


def make_it_text(file: Path) -> None:
    file.write_text("SELECT 1;\n")


def take_it_away(file: Path) -> None:
    file.unlink()


@pytest.mark.parametrize("spoil", [cut_in_half, garble_the_rows, make_it_text, take_it_away])
def test_a_spoilt_backup_leaves_the_present_database_as_it_was(
    filled: Cluster, file: Path, spoil: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(file)]) == 0
    with as_role(filled, "owner") as database:
        database.execute("INSERT INTO party VALUES (3, 'Rakkestad')")
    before = everything(filled)
    spoil(file)
    capsys.readouterr()
    assert main(["restore", str(file), "--replace"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said
    assert str(file) in said or "The present database is as it was." in said
    filled.start()
    assert everything(filled) == before
    with as_role(filled, "manager") as database:
        names = database.execute("SELECT datname FROM pg_database WHERE datname LIKE 'samspill%'").fetchall()
    assert names == [("samspill",)]


def test_a_backup_of_another_program_is_refused(
    filled: Cluster, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with as_role(filled, "owner") as database:
        database.execute("ALTER TABLE django_migrations RENAME TO others")
    assert main(["backup", str(file)]) == 0
    assert main(["restore", str(file), "--replace"]) == 2
    assert "another program" in capsys.readouterr().err


def test_data_is_not_replaced_without_being_told_to(
    filled: Cluster, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(file)]) == 0
    assert main(["restore", str(file)]) == 2
    assert "holds 3 tables" in capsys.readouterr().err


def test_nothing_is_restored_while_somebody_is_connected(
    filled: Cluster, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(file)]) == 0
    filled.start()
    with as_role(filled, "app"):
        assert main(["restore", str(file), "--replace"]) == 2
    assert "Stop samspill serve" in capsys.readouterr().err


def url(connection: Connection) -> str:
    host = quote(connection.host, safe="")
    return f"postgresql://{connection.user}:{connection.password}@/{connection.name}?host={host}"


def test_a_server_of_ones_own_needs_a_role_that_sees_every_row(
    filled: Cluster, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(filled)
    monkeypatch.setenv("DATABASE_URL", url(filled.connection("app")))
    monkeypatch.setenv("DATABASE_OWNER_URL", url(filled.connection("owner")))
    assert main(["backup", str(file)]) == 2
    assert "set DATABASE_BACKUP_URL" in capsys.readouterr().err.replace("Set", "set")
    with as_role(filled, "manager") as database:
        database.execute("CREATE ROLE samspill_backup LOGIN BYPASSRLS PASSWORD 'ord'")
        database.execute("GRANT pg_read_all_data TO samspill_backup")
        database.execute("GRANT CONNECT ON DATABASE samspill TO samspill_backup")
    reader = filled.connection("owner")
    monkeypatch.setenv(
        "DATABASE_BACKUP_URL", url(Connection(reader.host, "", "samspill_backup", "ord", reader.name))
    )
    assert main(["backup", str(file)]) == 0
    assert main(["restore", str(file), "--replace"]) == 0
    assert everything(filled) == before


def test_a_server_that_does_not_answer_is_refused_without_showing_the_password(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ola:hemmelig@127.0.0.1:9/samspill")
    assert main(["backup", str(file)]) == 2
    said = capsys.readouterr().err
    assert "samspill at 127.0.0.1 does not let ola in" in said
    assert "hemmelig" not in said
    assert said.count("\n") == 1
