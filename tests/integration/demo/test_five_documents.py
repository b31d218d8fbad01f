"""The five documents beside the checkout become living plans in the demonstration, by command and by page."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from factories.people import TODAY
from factories.tried import a_few
from integration.demo.conftest import sign_in
from integration.demo.looking import actor_of
from samspill.cli.plans import bring_in, bring_in_all, in_folders
from samspill.demo.public import Demonstration
from samspill.directory.public import scope
from samspill.plans.public import (
    Measure,
    MeasureState,
    Plan,
    ShownStatus,
    StatusWord,
    report_status,
    rows_of,
    set_deadline,
)

pytestmark = pytest.mark.django_db

# File, whose it is, what is at least found in it, and what it says besides.
DOCUMENTS = [
    ("000_e0d59b8f1d269b38.txt", "Sekretariatet, Østfold", 20, 0),
    ("001_bbdcd5e9cd663f90.txt", "Sekretariatet, Vestfold", 4, 0),
    ("002_5dde4b884e3cbafc.txt", "Sekretariatet, Østfold", 0, 11),
    ("003_d78286b6c080bab9.txt", "Sekretariatet, Troms og Ofoten", 25, 0),
    ("004_62ecb995f422bd54.txt", "Sekretariatet, Sogn og Fjordane", 20, 0),
]
FILES = [name for name, *_rest in DOCUMENTS]


def content_of(seeds: Path, name: str) -> bytes:
    path = seeds / name
    if not path.exists():
        pytest.skip(f"NOT TESTED: {name} is not among the documents beside the checkout")
    return path.read_bytes()


@a_few(("name", "role", "measures", "questions"), DOCUMENTS, every=2, most=2)
def test_the_secretariat_reads_it_in_on_the_page_and_follows_it_up(
    world: Demonstration, seeds: Path, name: str, role: str, measures: int, questions: int
) -> None:
    client = sign_in(world, role)
    file = SimpleUploadedFile(name, content_of(seeds, name))
    answer = client.post(reverse("plans:read-in"), {"file": file})
    assert answer.status_code == 303, answer.content.decode()[-2000:]
    actor = actor_of(world, role)
    with transaction.atomic(), scope(actor):
        plan = Plan.objects.filter(community_id=actor.community_id).latest("pk")
        assert Measure.objects.filter(plan=plan).count() >= measures
        document = plan.plandocument_set.get()
        assert len(document.contents["questions"]) >= questions
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(reverse("plans:plan", args=[plan.pk])).status_code == 200
    if measures:
        _live_with(plan, role, world)


def _live_with(plan: Plan, role: str, world: Demonstration) -> None:
    """A measure gets a deadline and is said to be on track; a second one is said to be done."""
    actor = actor_of(world, role)
    with transaction.atomic(), scope(actor):
        first, second, *_others = Measure.objects.filter(plan=plan).order_by("order")
        set_deadline(first, deadline=TODAY + timedelta(days=90), by=actor)
        report_status(first, word=StatusWord.ON_TRACK, by=actor)
        report_status(second, word=StatusWord.DONE, by=actor)
        status = {row.measure.pk: row.shown.status for row in rows_of(plan, actor)}
        assert status[first.pk] == ShownStatus.ON_TRACK
        assert status[second.pk] == ShownStatus.DONE
        assert Measure.objects.get(pk=second.pk).state == MeasureState.COMPLETED


def test_the_command_reads_the_whole_folder_in_where_each_belongs(
    world: Demonstration, seeds: Path, capsys: pytest.CaptureFixture, client: Client
) -> None:
    contents = [(path, path.read_bytes()) for path in in_folders([seeds])]
    if {path.name for path, _content in contents} < set(FILES):
        pytest.skip("NOT TESTED: the five documents are not beside the checkout")
    bring_in_all(contents, "", today=TODAY, is_open=True)
    told = capsys.readouterr().out
    assert "25 measures." in told
    assert "no measures; what it says is kept." in told
    page = client.get(reverse("plans:plan-list")).content.decode()
    for name in ("Østfold", "Vestfold", "Troms og Ofoten", "Sogn og Fjordane"):
        assert name in page
    assert client.get(reverse("plans:compare")).status_code == 200


def test_reading_the_folder_in_again_changes_nothing(
    world: Demonstration, seeds: Path, capsys: pytest.CaptureFixture
) -> None:
    first = bring_in(content_of(seeds, FILES[3]), FILES[3], "", today=TODAY, is_open=True)
    again = bring_in(content_of(seeds, FILES[3]), FILES[3], "", today=TODAY, is_open=True)
    assert (again.plan.pk, again.created, again.is_new) == (first.plan.pk, 0, False)
