"""Invariant 31: minutes with their hash, papers and cases on their way come along, or nothing does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import transaction
from django.test import override_settings

from factories.bodies import Bodies, make_bodies
from factories.cases import meeting_of, queued_case, reported_case
from factories.meetings import DAY
from factories.rooms import items, point, under_way
from samspill.directory.public import scope
from samspill.governance.actions.minutes_out import send_minutes
from samspill.governance.actions.papers import NewFile, add_paper
from samspill.governance.actions.passages import put_on
from samspill.governance.actions.room import close_meeting
from samspill.governance.models import (
    Case,
    Decision,
    Forwarding,
    Meeting,
    MinutesVersion,
    PaperVersion,
    Treatment,
)
from samspill.governance.moving_package import pack_bodies, unpack_bodies
from samspill.governance.public import decide
from samspill.governance.queries.exporting import exported
from samspill.governance.rules.minutes import sha256_of
from samspill.governance.states import CaseState, ForwardingReason, TreatmentState
from samspill.refusal import Refused

PAPER, SHEET = b"%PDF-1.4 vaktplan", b"%PDF-1.4 kart"
LIFTED, WAITS, ON_AGENDA, ASKED = 51, 52, 53, 54


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "here"):
        yield


def paper(content: bytes, name: str) -> NewFile:
    return NewFile(BytesIO(content), name, len(content))


def filled(bodies: Bodies) -> None:
    """A meeting with minutes that are out, one case of each kind that waits, and papers of both."""
    meeting = under_way(bodies, bodies.fsu, ("Felles kveldspatrulje",))
    (item,) = items(meeting)
    add_paper(paper(PAPER, "vaktplan.pdf"), by=bodies.by, case=item.treatment.case)
    add_paper(paper(SHEET, "kart.pdf"), by=bodies.by, meeting=meeting, title="Kart")
    decide(item, points=[point(bodies)], by=bodies.by)
    close_meeting(meeting, by=bodies.by)
    send_minutes(meeting, by=bodies.by)
    lifted = queued_case(bodies, bodies.fsu, title="Felles innkjøp", number=LIFTED)
    Treatment.objects.filter(pk=lifted.pk).update(
        state=TreatmentState.TREATED, outcome="escalated", treated_on=DAY
    )
    sent = Forwarding.objects.create(
        community=bodies.community, treatment=lifted, kind="escalated", to_body=bodies.ssu,
        reason=ForwardingReason.ECONOMY, words="Det koster mer enn vi kan bestemme.",
    )  # fmt: skip
    Treatment.objects.create(
        community=bodies.community, case=lifted.case, body=bodies.ssu, order=2, came_by=sent,
        state=TreatmentState.QUEUED,
    )  # fmt: skip
    waits = queued_case(bodies, bodies.fsu, title="Felles vakt", number=WAITS)
    add_paper(paper(PAPER, "samme plan.pdf"), by=bodies.by, case=waits.case)
    put_on(
        meeting_of(bodies.fsu, DAY), queued_case(bodies, bodies.fsu, title="Ny rutine", number=ON_AGENDA),
        by=bodies.by,
    )  # fmt: skip
    reported_case(bodies, title="Meldt sak", number=ASKED, proposed_body=bodies.ssu)


@contextmanager
def moved(tmp_path: Path) -> Iterator[tuple[Any, Path, Bodies]]:
    """(what the file says, the package, who brings it in): the place is empty again."""
    out = tmp_path / "organer.zip"
    with transaction.atomic():
        bodies = make_bodies()
        with scope(bodies.by):
            filled(bodies)
            said = json.loads(json.dumps(exported([bodies.fsu, bodies.ssu])))
            assert pack_bodies([bodies.fsu, bodies.ssu], out) == 2
        transaction.set_rollback(True)
    with override_settings(MEDIA_ROOT=tmp_path / "there"), scope(bodies.by):
        assert not Case.objects.exists()
        yield said, out, bodies


def test_minutes_papers_and_cases_on_their_way_come_back_the_same(db: None, tmp_path: Path) -> None:
    with moved(tmp_path) as (said, package, bodies):
        new = unpack_bodies(package, by=bodies.by)
        assert json.loads(json.dumps(exported(new))) == said
        assert unpack_bodies(package, by=bodies.by) == [], "a second time changes nothing"


def test_minutes_keep_their_hash_and_papers_their_bytes(db: None, tmp_path: Path) -> None:
    with moved(tmp_path) as (_said, package, bodies):
        unpack_bodies(package, by=bodies.by)
        versions = MinutesVersion.objects.all()
        assert {one.is_public for one in versions} == {True, False}
        assert all(one.sha256 == sha256_of(one.content) for one in versions)
        assert (
            Meeting.objects.get(minutes__versions=versions[0]).items.get().decision == Decision.objects.get()
        )
        kept = {path.read_bytes() for path in (tmp_path / "there").rglob("*") if path.is_file()}
        assert kept == {PAPER, SHEET}
        assert PaperVersion.objects.count() == 3


def test_cases_wait_where_they_waited_with_their_way_and_their_words(db: None, tmp_path: Path) -> None:
    with moved(tmp_path) as (_said, package, bodies):
        unpack_bodies(package, by=bodies.by)
        cases = {one.number: one for one in Case.objects.exclude(decisions__isnull=False)}
        assert {number: one.state for number, one in cases.items()} == {
            LIFTED: CaseState.READY,
            WAITS: CaseState.READY,
            ON_AGENDA: CaseState.READY,
            ASKED: CaseState.REPORTED,
        }
        first, second = cases[LIFTED].treatments.order_by("order")
        assert (first.body.name, second.body.name) == (bodies.fsu.name, bodies.ssu.name)
        assert second.came_by.treatment == first
        assert cases[ON_AGENDA].treatments.get().state == TreatmentState.QUEUED
        assert cases[WAITS].texts.exists()


def test_a_package_without_one_of_its_papers_is_refused_whole(db: None, tmp_path: Path) -> None:
    with moved(tmp_path) as (_said, package, bodies):
        half = tmp_path / "halv.zip"
        with ZipFile(half, "w") as file:
            file.writestr("bodies.json", ZipFile(package).read("bodies.json"))
        with pytest.raises(Refused) as refused:
            unpack_bodies(half, by=bodies.by)
        assert refused.value.code == "transfer.half"
        assert ".pdf»" in str(refused.value)
        assert not Case.objects.exists()


def test_a_paper_that_was_changed_on_the_way_is_refused(db: None, tmp_path: Path) -> None:
    with moved(tmp_path) as (_said, package, bodies):
        other = tmp_path / "endret.zip"
        with ZipFile(package) as old, ZipFile(other, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name) + (b"!" if name.startswith("papers/") else b""))
        with pytest.raises(Refused) as refused:
            unpack_bodies(other, by=bodies.by)
        assert refused.value.code == "transfer.half"
        assert not Case.objects.exists()


def test_minutes_that_are_not_as_their_hash_says_are_refused(db: None, tmp_path: Path) -> None:
    with moved(tmp_path) as (said, package, bodies):
        other = tmp_path / "endret.zip"
        body = next(one for one in said["bodies"] if one["minutes"])
        body["minutes"][0]["versions"][0]["content"]["place"] = "Et annet sted"
        with ZipFile(package) as old, ZipFile(other, "w") as new:
            for name in old.namelist():
                new.writestr(name, json.dumps(said) if name == "bodies.json" else old.read(name))
        with pytest.raises(Refused) as refused:
            unpack_bodies(other, by=bodies.by)
        assert refused.value.code == "transfer.hash"
        assert not Case.objects.exists()


def test_what_is_no_package_is_refused(bodies: Bodies, tmp_path: Path) -> None:
    for content in (b"hei", b"{}"):
        (tmp_path / "x.zip").write_bytes(content)
        with pytest.raises(Refused) as refused:
            unpack_bodies(tmp_path / "x.zip", by=bodies.by)
        assert refused.value.code == "transfer.format"


def test_a_paper_that_is_lost_here_stops_the_export(bodies: Bodies, tmp_path: Path) -> None:
    waits = queued_case(bodies, bodies.fsu, number=WAITS)
    add_paper(paper(PAPER, "vaktplan.pdf"), by=bodies.by, case=waits.case)
    for path in (tmp_path / "here").rglob("*"):
        path.unlink() if path.is_file() else None
    with pytest.raises(Refused) as refused:
        pack_bodies([bodies.fsu], tmp_path / "ut.zip")
    assert refused.value.code == "transfer.lost"
