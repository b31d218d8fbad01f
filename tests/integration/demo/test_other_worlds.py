"""The same seed makes the same world, another seed another; on any day, and after an interruption."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker, Settings

from factories.databases import in_database
from factories.people import TODAY
from integration.demo.conftest import SEED, quiet
from integration.demo.looking import WORLDS, actor_of
from samspill.demo.public import Demonstration, Extent, load
from samspill.directory.public import Community, Membership, machine, scope
from samspill.plans.public import (
    MeasureAdoption,
    MeasureFate,
    Milestone,
    PartyImplementation,
    Plan,
    Project,
    ShownStatus,
    StatusReport,
    rows_of,
)
from samspill.worklist.public import Task

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LITTLE = Extent(contacts=20_000, years=3, days=3)
"""The worlds are told apart by their people, not by how many contacts their figures rest on."""


@pytest.fixture(autouse=True)
def _quick_and_apart(settings: Settings, tmp_path: Path) -> None:
    """Own folder for the list of accounts; passwords that are quick to make, since nobody signs in here."""
    settings.HOME = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def told() -> list[object]:
    """What people would read in all communities, without the database's own numbers and moments."""
    found: list[object] = []
    for slug in WORLDS:
        community = Community.objects.get(slug=slug)
        with scope(machine(community.pk, TODAY)):
            for rows, columns in (
                (Membership.objects, ("account__name", "account__email", "role", "from_day", "to_day")),
                (StatusReport.objects, ("measure__text", "at", "by_name", "word", "sentence")),
                (Task.objects, ("title", "text", "made_by__name", "account__name", "due", "state")),
                (MeasureFate.objects, ("old__text", "new__text", "fate", "reason")),
                (PartyImplementation.objects, ("measure__text", "party__name", "state", "day", "by_name")),
                (Milestone.objects, ("title", "due", "done_on", "done_by_name")),
                (Project.objects, ("name", "state", "starts", "ends", "is_published")),
                (MeasureAdoption.objects, ("measure__text", "title", "because", "by_name")),
            ):
                mine = rows.filter(community=community).order_by("pk")
                found.append(list(mine.values_list(*columns)))
    return found


def names(slug: str) -> set[str]:
    """What the people with a part to play in a community are called."""
    community = Community.objects.get(slug=slug)
    with scope(machine(community.pk, TODAY)):
        return set(Membership.objects.filter(community=community).values_list("account__name", flat=True))


@pytest.fixture(scope="module")
def whole(kept: tuple[Demonstration, str, Path], django_db_blocker: DjangoDbBlocker) -> list[object]:
    """What the world tells that is kept for the other files of tests."""
    _demonstration, name, _home = kept
    with django_db_blocker.unblock(), in_database(name), transaction.atomic():
        return told()


@pytest.fixture(scope="module")
def people(kept: tuple[Demonstration, str, Path], django_db_blocker: DjangoDbBlocker) -> dict[str, set[str]]:
    """What people are called in the world that is kept."""
    _demonstration, name, _home = kept
    with django_db_blocker.unblock(), in_database(name), transaction.atomic():
        return {slug: names(slug) for slug in WORLDS}


# A world from another seed is made on one of the days, so that none has to be made for the seed alone.
@pytest.mark.parametrize(
    ("today", "seed"), [(date(2026, 6, 27), SEED), (date(2027, 2, 28), 7), (date(2028, 7, 16), SEED)]
)
def test_the_world_is_alive_on_any_day_and_has_other_people_from_another_seed(
    today: date, seed: int, people: dict[str, set[str]]
) -> None:
    world: Demonstration = load(seed=seed, progress=quiet, today=today, extent=LITTLE)
    actor = actor_of(world, "Sekretariatet, Østfold", today)
    with scope(actor):
        rows = rows_of(Plan.objects.filter(community_id=actor.community_id).latest("period_start"), actor)
        assert Task.objects.filter(community_id=actor.community_id, due__lt=today).exists()
    shown = [row.shown.status for row in rows]
    assert {ShownStatus.LATE, ShownStatus.DONE, ShownStatus.UNKNOWN} <= set(shown)
    for slug in WORLDS:
        assert names(slug)
        assert (names(slug) == people[slug]) is (seed == SEED)


class Interrupted(Exception):
    """Somebody pulled the plug."""


def test_the_same_seed_tells_the_same_also_after_an_interruption(whole: list[object]) -> None:
    """It is taken up where it stopped, and what is told is what a world tells that was made at one go."""

    def pull_the_plug(line: str) -> None:
        if line.startswith("Reading the plan of Møre og Romsdal"):
            raise Interrupted

    with pytest.raises(Interrupted):
        load(seed=SEED, progress=pull_the_plug, today=TODAY, extent=LITTLE)
    said: list[str] = []
    load(seed=SEED, progress=said.append, today=TODAY, extent=LITTLE)
    assert said[0].startswith("Reading the plan of Møre og Romsdal")
    assert told() == whole
