"""`samspill doctor` sees what is wrong with a database, and its exit code says so."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from samspill.cli import doctor
from samspill.config.embedded import Cluster
from samspill.config.embedded.connection import Role
from samspill.config.main import Installation
from samspill.refusal import Refused


def installation_as(cluster: Cluster, role: Role) -> Installation:
    """An installation whose DATABASE_URL names `role` of this server."""
    connection = cluster.connection(role)
    host = quote(connection.host, safe="")
    url = f"postgresql://{connection.user}:{connection.password}@/{connection.name}?host={host}"
    return Installation({"SAMSPILL_HOME": str(cluster.home), "DATABASE_URL": url})


def test_the_role_of_the_app_is_in_order(running: Cluster) -> None:
    found = doctor.look_at_role(installation_as(running, "app"))
    assert found == "samspill_app owns nothing and bypasses nothing"


def test_a_role_that_owns_tables_is_a_fault(cluster: Cluster) -> None:
    with psycopg.connect(**cluster.connection("owner").to_libpq()) as database:
        database.execute("CREATE TABLE note (id int)")
    with pytest.raises(Refused, match="samspill_owner owns 1 tables"):
        doctor.look_at_role(installation_as(cluster, "owner"))


def test_a_role_that_passes_by_row_level_security_is_a_fault(running: Cluster) -> None:
    with pytest.raises(Refused, match="samspill_manager passes by row-level security"):
        doctor.look_at_role(installation_as(running, "manager"))


def test_later_looks_are_spared_when_the_one_before_them_fails() -> None:
    def fails() -> str:
        raise Refused("test", "Mend this.")

    rows = doctor.look_until_fault([("one", lambda: "1"), ("two", fails), ("three", lambda: "3")])
    assert rows == [("ok", "one", "1"), ("fault", "two", "Mend this.")]


@pytest.mark.slow
def test_without_a_database_the_doctor_says_how_to_make_one_and_makes_none(
    home: Path, samspill: Callable[..., subprocess.Popen[str]]
) -> None:
    asked = samspill("doctor")
    said = asked.communicate(timeout=30)[0]
    assert asked.returncode == 1
    assert "fault  Data" in said
    assert "Run samspill migrate to make it." in said
    assert "note   Mail" in said
    assert "to mend." in said
    assert not (home / "postgres").exists()
