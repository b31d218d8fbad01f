"""The log tells when it was changed, also by the owner of the database."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from factories.care import HOSPITAL, CareWorld, care_world
from factories.safety_net import ASTRID
from samspill.care.actions.opening import opening, opening_by_duty
from samspill.care.actions.sealing import MARGIN, anchor, anchors_since, horizon, name_of, seal, verify
from samspill.care.models import AccessLogEntry, LogBlock
from samspill.cli.log import held_against, printed, read_anchors
from samspill.directory.public import scope
from samspill.refusal import Refused


def look(world: CareWorld, what: str) -> None:
    ward = world.nurses["Ward"]
    with scope(ward), opening(world.patients[ASTRID].pk, by=ward, what=what):
        pass


def after_this() -> object:
    """The clock of the database stands still within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() + interval '1 second'")
        return cursor.fetchone()[0]


def sealed(world: CareWorld) -> int:
    with scope(world.machine):
        return seal(by=world.machine, until=after_this())  # type: ignore[arg-type]


def faults(world: CareWorld) -> list[tuple[str, str, str]]:
    with scope(world.machine):
        return [(one.chain, one.kind, one.line) for said in verify(by=world.machine) for one in said.faults]


def test_each_organisation_has_its_own_chain_and_what_samspill_did_another(world: CareWorld) -> None:
    look(world, "care.timeline")
    with scope(world.machine), opening_by_duty(by=world.machine):
        pass
    assert sealed(world) == 2
    assert sealed(world) == 0, "what is sealed is not sealed again"
    with scope(world.machine):
        blocks = {name_of(one.tenant_id): [line[0] for line in one.lines] for one in LogBlock.objects.all()}
    assert blocks == {name_of(world.parties[HOSPITAL].pk): ["d", "l"], "duty": ["d"]}
    assert faults(world) == []


def test_many_lines_stand_in_several_blocks_each_once(world: CareWorld) -> None:
    ward = world.nurses["Ward"]
    look(world, "care.timeline")
    with scope(ward), connection.cursor() as cursor:
        one = AccessLogEntry.objects.get()
        for ago in (5, 4, 4, 4, 3, 2, 1):
            AccessLogEntry.objects.create(
                community=world.community, decision_id=one.decision_id, by_id=one.by_id, by_name=one.by_name,
                patient_id=one.patient_id, act="read", what="care.notes", at=one.at - timedelta(minutes=ago),
            )  # fmt: skip
        cursor.execute("SELECT now() + interval '1 second'")
        until = cursor.fetchone()[0]
    with scope(world.machine):
        made = seal(by=world.machine, until=until, most=2)
        lines = [line for block in LogBlock.objects.order_by("number") for line in block.lines]
    assert made > 2
    assert len(lines) == len(set(lines)) == 9, "eight lines and their decision"
    assert faults(world) == []


def test_nothing_is_sealed_that_an_open_transaction_can_add_to(world: CareWorld) -> None:
    look(world, "care.timeline")
    with scope(world.machine):
        assert horizon() < after_this()  # type: ignore[operator]
        assert seal(by=world.machine, until=horizon()) == 0


def test_nobody_but_samspill_reads_the_whole_log_or_seals_it(world: CareWorld) -> None:
    look(world, "care.timeline")
    service = world.nurses["Service"]
    with scope(service):
        assert seal(by=service, until=after_this()) == 0  # type: ignore[arg-type]
        assert not AccessLogEntry.objects.exists()


def test_anchors_are_printed_read_again_and_held_against(world: CareWorld) -> None:
    look(world, "care.timeline")
    sealed(world)
    today = timezone.localdate()
    with scope(world.machine):
        until = LogBlock.objects.get().until
        day = timezone.localtime(until).date() + timedelta(days=1)
        assert anchor(day, by=world.machine) == 1
        assert anchor(day, by=world.machine) == 0
        assert len(anchors_since(day, by=world.machine)) == 1
    lines = printed("ostfold", 30, today=today)
    (kept,) = read_anchors(lines)
    said, is_whole = held_against("ostfold", [kept], today=today)
    assert is_whole, said
    other = (kept[0], kept[1], "0" * 64)
    said, is_whole = held_against("ostfold", [other], today=today)
    assert not is_whole
    assert any("anchored" in line for line in said)
    with pytest.raises(Refused, match="Line 1"):
        read_anchors(["ikke et anker"])


def test_each_block_is_told_elsewhere_as_it_is_made(
    world: CareWorld, caplog: pytest.LogCaptureFixture
) -> None:
    """Who takes blocks off the end is caught by the server's own lines."""
    look(world, "care.timeline")
    with caplog.at_level("INFO", logger="samspill.log"):
        sealed(world)
    (told,) = [f"2026-11-23 12:00:00,000 INFO {one.name} {one.message}" for one in caplog.records]
    (kept,) = read_anchors([told])
    assert held_against("ostfold", [kept], today=timezone.localdate())[1]
    later = (kept[0], kept[1] + 1, kept[2])
    assert not held_against("ostfold", [later], today=timezone.localdate())[1]


def test_what_was_sealed_with_a_former_secret_holds(world: CareWorld, settings: Any) -> None:
    look(world, "care.timeline")
    sealed(world)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of an installation"
    assert faults(world) == []
    settings.SECRET_KEY_FALLBACKS = []
    assert [kind for _chain, kind, _line in faults(world)] == ["block"]


def test_what_is_committed_waits_seconds_to_be_sealed(world: CareWorld) -> None:
    """The job comes each minute; how far back it seals is this, and what is open."""
    assert timedelta(seconds=10) >= MARGIN
    assert app.periodic_registry.periodic_tasks[("care.seal_log", "")].cron == "* * * * *"


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The test's own transaction is the owner's, and undone like any other."""
    from samspill.config.embedded import connection_settings

    if os.environ.get("DATABASE_URL"):
        pytest.skip("NOT TESTED: the owner of a server that is not ours")
    before = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    theirs = connection_settings(Path(os.environ["SAMSPILL_HOME"]), "owner")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        connection.settings_dict.update({key: theirs[key] for key in ("USER", "PASSWORD")})
    yield
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connection.close()
        connection.settings_dict.update(before)


@pytest.fixture
def as_owner(owner: None, db: None) -> CareWorld:
    return care_world()


OPENED = "ALTER TABLE {0} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {0} DISABLE TRIGGER USER"


@pytest.mark.parametrize(
    ("tampering", "kind"),
    [
        ("UPDATE care_accesslogentry SET by_name = 'Ingen' WHERE id = {line}", "changed"),
        ("UPDATE care_accesslogentry SET what = 'care.list' WHERE id = {line}", "changed"),
        ("UPDATE care_accesslogentry SET at = at - interval '1 microsecond' WHERE id = {line}", "changed"),
        ("UPDATE care_accesslogentry SET at = at + interval '1 day' WHERE id = {line}", "gone"),
        ("DELETE FROM care_accesslogentry WHERE id = {line}", "gone"),
        ("UPDATE care_accessdecision SET purpose = 'BTG' WHERE id = {decision}", "changed"),
        ("UPDATE care_logblock SET lines = '{{}}'", "block"),
    ],
)
def test_the_owner_of_the_database_cannot_change_a_line_unseen(
    as_owner: CareWorld, tampering: str, kind: str
) -> None:
    world = as_owner
    look(world, "care.timeline")
    look(world, "care.safety_net")
    assert sealed(world) == 1
    assert faults(world) == []
    ward = world.nurses["Ward"]
    with scope(ward):
        one = AccessLogEntry.objects.get(what="care.safety_net")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("care_accesslogentry", "care_accessdecision", "care_logblock"):
            cursor.execute(OPENED.format(table))
        cursor.execute(tampering.format(line=one.pk, decision=one.decision_id))
    line = {"block": ""}.get(kind, f"d{one.decision_id}" if "decision SET" in tampering else f"l{one.pk}")
    chain = name_of(world.parties[HOSPITAL].pk)
    assert (chain, kind, line) in faults(world)
    said, is_whole = held_against("ostfold", [], today=timezone.localdate())
    assert not is_whole
    assert any(line in row and "block 1" in row for row in said)
