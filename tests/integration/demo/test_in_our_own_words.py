"""The texts of the demonstration: complete, our own, and about nobody who exists. No database."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password

from integration.demo.conftest import SEED
from samspill.demo.cast import cast
from samspill.demo.world import HERE, World, read_worlds
from samspill.directory.public import Account

PLANS = sorted((HERE / "plans").glob("*.md"))
WORLDS = sorted(
    [
        *(HERE / "worlds").glob("*.yaml"),
        *(HERE / "carrying").glob("*.yaml"),
        *(HERE / "governing").glob("*.yaml"),
        *(HERE / "assessing").glob("*.yaml"),
    ]
)
RUN = 8  # so many words in a row are no coincidence


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of words in a line, so that a list of short names is no run."""
    lines = (words(line) for line in text.splitlines())
    return {
        tuple(line[start : start + RUN]) for line in lines for start in range(max(0, len(line) - RUN + 1))
    }


@pytest.mark.parametrize("path", PLANS + WORLDS, ids=lambda path: path.name)
def test_no_sentence_is_taken_from_a_real_plan(path: Path, seeds: Path) -> None:
    theirs = set().union(*(runs(one.read_text("utf-8")) for one in seeds.glob("*.txt")))
    assert theirs
    assert runs(path.read_text("utf-8")) & theirs == set()


@pytest.mark.parametrize("path", PLANS + WORLDS, ids=lambda path: path.name)
def test_no_number_of_a_person_and_no_telephone(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"(?<!\d)(?:\d[ ]?){8}(?!\d)|\b\d{6}[ ]?\d{5}\b", text) == []
    assert "@" not in text


def test_every_address_leads_nowhere_and_every_family_name_is_held_once() -> None:
    players = cast(read_worlds(), SEED).values()
    assert all(player.email.endswith(".example") and player.email.isascii() for player in players)
    assert len({player.name.split()[-1] for player in players}) == len(players)
    assert len({player.email for player in players}) == len(players)


def test_passwords_can_be_remembered_and_pass_the_validators() -> None:
    for player in cast(read_worlds(), SEED).values():
        if player.password:
            assert player.password.startswith("samspill-")
            validate_password(player.password, Account(email=player.email, name=player.name))


def test_everybody_who_does_something_is_among_the_people() -> None:
    for world in read_worlds():
        known = {person.key for person in world.people}
        assert acting(world) <= known, world.community


def acting(world: World) -> set[str]:
    said = {report.by for one in (world.plan.measures if world.plan else ()) for report in one.said}
    asked = {task.by for task in world.tasks} | {task.to.person for task in world.tasks if task.to.person}
    then = {task.then.by for task in world.tasks if task.then}
    former = world.carrying.former
    summed = {one.said.by for one in (former.measures if former else ()) if one.said}
    return said | asked | then | summed | {taken.by for taken in world.carrying.taken}


def test_what_stands_in_the_files_is_all_read(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="unknown"):
        World.read({"community": "ostfold", "people": [], "unknown": 1})
