"""Plans for tests: the real one with tables, and small ones in our own words."""

from pathlib import Path
from typing import Any

import pytest

from factories.people import actor
from integration.plans.revising import NEW, OLD
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_comparing import measure_like
from integration.plans.transfer_at_hand import own_plan, plan_of_others, taken
from samspill.directory.public import Actor, scope
from samspill.documents.public import Document
from samspill.plans.actions.importing import plan as importing
from samspill.plans.models import Measure, MeasureAdoption
from samspill.plans.public import ImportResult, Plan, read_revision

TABLE_PLAN = "003_d78286b6c080bab9.txt"
READ: dict[tuple[bytes, str | None], Document] = {}
_read_in_a_process = importing.read_document


@pytest.fixture(autouse=True)
def _each_document_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small plan is brought in by hundreds of tests, and a process is started to open it. The first opens
    it in earnest; the others get the same blocks, which nobody can change. A refusal is not kept."""

    def read(path: Path, *, name: str | None = None, **limits: Any) -> Document:
        if limits:
            return _read_in_a_process(path, name=name, **limits)
        key = (path.read_bytes(), name)
        if key not in READ:
            READ[key] = _read_in_a_process(path, name=name)
        return READ[key]

    monkeypatch.setattr(importing, "read_document", read)


@pytest.fixture
def secretariat() -> Actor:
    """Østfold's secretariat."""
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def imported(secretariat: Actor) -> ImportResult:
    """The small plan in Østfold."""
    return bring(small_plan(), secretariat)


@pytest.fixture
def table_plan(seeds: Path) -> bytes:
    """The plan of Troms og Ofoten, read in place."""
    path = seeds / TABLE_PLAN
    if not path.exists():
        pytest.skip(f"NOT TESTED: {TABLE_PLAN} is not among the documents beside the checkout")
    return path.read_bytes()


@pytest.fixture
def old(secretariat: Actor) -> Plan:
    """A plan of four measures, of which two are in the next plan as well."""
    return bring(OLD, secretariat).plan


@pytest.fixture
def new(old: Plan, secretariat: Actor) -> Plan:
    """The revision, read in; nothing is said of the former measures yet."""
    with scope(secretariat):
        return read_revision(document_bytes=NEW, file_name="ny.md", of=old, by=secretariat).plan


@pytest.fixture
def own() -> Plan:
    return own_plan()


@pytest.fixture
def theirs() -> Plan:
    return plan_of_others()


@pytest.fixture
def owner() -> Actor:
    """The secretariat of those who wrote the measure."""
    return actor("more-og-romsdal", name="Arve Brunvoll", email="arve@example.no")


@pytest.fixture
def source(theirs: Plan, secretariat: Actor) -> Measure:
    return measure_like(theirs, "kurs", secretariat)


@pytest.fixture
def adoption(source: Measure, own: Plan, secretariat: Actor) -> MeasureAdoption:
    return taken(source, own, secretariat, because="Vi har ventelister")
