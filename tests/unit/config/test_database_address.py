"""A DATABASE_URL becomes Django's settings, or a sentence that says what is wrong with it."""

import pytest

from samspill.config.embedded import Connection, database_from_url
from samspill.config.embedded.clients import client_program, libpq_environment
from samspill.config.embedded.connection import connection_from_url
from samspill.refusal import Refused


def test_every_part_of_the_address_reaches_django() -> None:
    settings = database_from_url("postgresql://ola:p%40ss%2Fw@db.example.no:6432/sam%20spill?sslmode=require")
    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "sam spill",
        "USER": "ola",
        "PASSWORD": "p@ss/w",
        "HOST": "db.example.no",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_is_given_as_the_host_after_the_question_mark() -> None:
    settings = database_from_url("postgres:///samspill?host=/run/postgresql&port=5433")
    assert (settings["HOST"], settings["PORT"], settings["OPTIONS"]) == ("/run/postgresql", "5433", {})


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("mysql://ola:hemmelig@host/samspill", "begins with mysql:"),
        ("postgresql://ola:hemmelig@host", "name of the database is missing"),
        ("postgresql://ola:hemmelig@host/", "name of the database is missing"),
        ("postgresql://ola:hemmelig@host:port/samspill", "host or the port"),
        ("postgresql://ola:hemmelig@[host/samspill", "host or the port"),
        ("postgresql://ola:hemmelig@host/samspill?ssl=on", "option ssl is unknown"),
        ("", "begins with nothing"),
    ],
)
def test_a_wrong_address_is_refused_without_showing_the_password(url: str, what: str) -> None:
    with pytest.raises(Refused) as refusal:
        database_from_url(url)
    assert refusal.value.code == "database.url"
    assert what in refusal.value.sentence
    assert "hemmelig" not in refusal.value.sentence


def test_a_connection_does_not_show_its_password_when_printed() -> None:
    assert "hemmelig" not in repr(Connection("host", "", "ola", "hemmelig", "samspill"))


def test_postgresql_programs_get_the_connection_in_their_environment() -> None:
    connection = connection_from_url(
        "postgresql://ola:ord@host/sam?sslmode=disable&application_name=a&connect_timeout=3"
    )
    assert libpq_environment(connection) == {
        "PGHOST": "host",
        "PGUSER": "ola",
        "PGPASSWORD": "ord",
        "PGDATABASE": "sam",
        "PGSSLMODE": "disable",
        "PGAPPNAME": "a",
        "PGCONNECT_TIMEOUT": "3",
    }


def test_a_server_that_demands_tls_gets_the_programs_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    encrypted = connection_from_url("postgresql://ola@host/sam?sslmode=verify-full")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Refused) as refusal:
        client_program(encrypted, "pg_dump")
    assert refusal.value.code == "database.client"
    assert client_program(connection_from_url("postgresql://ola@host/sam"), "pg_dump").exists()
