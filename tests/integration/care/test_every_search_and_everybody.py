"""Everybody's searches, lists, counts and streams, and rows asked for beside the patient they are of.

What should be found is told by `factories.followed`, which knows neither tables nor policies.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client, override_settings

from factories.followed import (
    HALDEN,
    PATIENTS,
    TEAMS,
    TODAY,
    Society,
    follows,
    hidden_from,
    may_see,
    on_list_of,
    teams_of,
    told,
    works_at,
)
from integration.care.test_every_address_and_everybody import clients, tells_of
from integration.care.test_everybody_and_everything import fill
from samspill.care.actions.counting import count_teams
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import (
    Alert,
    CareNote,
    Measurement,
    MedicationList,
    Outgoing,
    PassiveInterval,
    PatientIndicator,
    SetAside,
    TeamCount,
)
from samspill.care.urls import urlpatterns
from samspill.directory.public import scope

QUICK = ("Astrid Lunde", "Inga Moe", "Lise Holt")
OF_ROW: dict[str, type[models.Model]] = {
    "hva-er-innafor/<int:plan>": apps.get_model("care.SafetyNetPlan"),
    "folges/plan/<int:plan>": apps.get_model("care.SafetyNetPlan"),
    "satt-til-side/<int:aside>": SetAside,
    "malinger/<int:number>": Measurement,
    "folges/<int:key>": PatientIndicator,
    "pauser/<int:number>": PassiveInterval,
    "notater/<int:number>": CareNote,
    "varsler/<int:alert>": Alert,
    "utboks/<int:outgoing>": Outgoing,
    "legemidler/<int:number>": MedicationList,
}
"""What the second number of an address is of."""
ASKED_OF_A_LIST: tuple[tuple[str, dict[str, str] | None], ...] = (
    ("", None), ("&vis=uten-eier", None), ("&vis=mine", None), ("", {"navn": "lu"}),
)  # fmt: skip
ASKED_OF_A_PATIENT = (
    "malinger.csv?tegn=29463-7", "malinger/?dager=30", "hendelser/?type=measurements",
    "innsyn/?egne&til=2030-01-01", f"innsyn/innsynslogg.csv?egne&virksomhet={HALDEN}",
)  # fmt: skip
REFUSED = {302, 303, 403, 404, 405}


@pytest.fixture
def society(db: None, day_of_the_database: None) -> Society:
    made = told()
    fill(made, only_open=True)
    return made


@pytest.mark.slow
def test_invariant_21_each_search_list_count_and_stream_finds_whom_one_may(
    society: Society,
) -> None:
    """In one society, which is made once for all of it."""
    everybody = list(clients(society))
    assert [*_wrong_names(everybody)] == []
    assert [*_wrong_numbers(society, everybody, QUICK)] == []
    assert [*_wrong_lists(society, everybody)] == []
    assert [*_wrong_streams(society, everybody)] == []
    assert [*_wrong_counts(society)] == []


def _wrong_names(everybody: Iterable[tuple[str, Client]]) -> Iterator[tuple[Any, ...]]:
    """By name: all, some, and by words that are nobody's."""
    for who, client in everybody:
        due = {name for team in teams_of(who) for name in on_list_of(who, team)}
        for said in ("", "lu", "Astrid", "nobody at all"):
            answer = client.post("/pasienter/finn/", {"words": said})
            wanted = {name for name in due if said.casefold() in name.casefold()}
            found, is_let = tells_of(answer, but=who), answer.status_code == 200
            if found != wanted - {who} or is_let != bool(works_at(who)):
                yield who, said, answer.status_code, found, wanted


def _wrong_numbers(
    society: Society, everybody: Iterable[tuple[str, Client]], names: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    """By number: led to the patient, or told the same as of a number that is nobody's."""
    for who, client in everybody:
        for name in names if works_at(who) else ():
            answer = client.post("/pasienter/finn/", {"words": society.numbers[name]})
            page = f"/pasienter/{society.world.patients[name].pk}/"
            due = (303, page) if may_see(who, name) else (200, "")
            if (answer.status_code, answer.headers.get("Location", "")) != due or tells_of(answer, but=who):
                yield who, name, answer.status_code


def _wrong_lists(society: Society, everybody: Iterable[tuple[str, Client]]) -> Iterator[tuple[Any, ...]]:
    """Of each team: those with an alert whose values one may see, also narrowed and counted."""
    for who, client in everybody:
        for team in (one.name for one in TEAMS):
            key = society.world.teams[team].pk
            due = {name for name in on_list_of(who, team) if "measurements" not in hidden_from(who, name)}
            for query, form in ASKED_OF_A_LIST:
                address = f"/pasienter/?team={key}{query}"
                answer = client.post(address, form) if form else client.get(address)
                wanted = {name for name in due if form is None or "lu" in name.casefold()}
                found = tells_of(answer, but=who)
                if team not in works_at(who):
                    if found or answer.status_code not in REFUSED:
                        yield who, team, query, answer.status_code, found
                elif found != (set() if "mine" in query else wanted - {who}) or _counted(answer) != len(due):
                    yield who, team, query, form, found, wanted, _counted(answer)


def _counted(answer: HttpResponse) -> int:
    return int(answer.context["board"].all_rows)  # type: ignore[attr-defined]


def _wrong_streams(society: Society, everybody: Iterable[tuple[str, Client]]) -> Iterator[tuple[Any, ...]]:
    """Who is told that a list has changed works in the team. What is sent is tried in `test_board_live`."""
    with override_settings(LISTENERS=0):  # nobody more is listened to: 204 is what those hear who may
        for who, client in everybody:
            for team in (one.name for one in TEAMS):
                said = client.get(f"/pasienter/endringer/{society.world.teams[team].pk}/").status_code
                if said != (204 if team in works_at(who) else 403):
                    yield who, team, said


def _wrong_counts(society: Society) -> Iterator[tuple[Any, ...]]:
    """How many a team follows, and how many of them with nothing open."""
    world = society.world
    with scope(world.machine), opening_by_duty(by=world.machine):
        count_teams(now=_noon(), by=world.machine)
        for team in (one.name for one in TEAMS):
            found = TeamCount.objects.get(team=world.teams[team])
            if found.followed != len(follows(team)):
                yield team, found.followed, sorted(follows(team))


def _noon() -> Any:
    return datetime.combine(TODAY, time(12), ZoneInfo("Europe/Oslo"))


def rows_of(society: Society) -> dict[type[models.Model], dict[str, list[int]]]:
    """The numbers of what there is, by patient."""
    world = society.world
    names = {one.pk: name for name, one in world.patients.items()}
    found: dict[type[models.Model], dict[str, list[int]]] = {}
    with scope(world.machine), opening_by_duty(by=world.machine):
        for model in set(OF_ROW.values()):
            by_name: dict[str, list[int]] = {}
            for pk, patient in model._default_manager.values_list("pk", "patient"):
                by_name.setdefault(names[patient], []).append(pk)
            found[model] = by_name
    return found


def routes() -> dict[str, type[models.Model]]:
    """Addresses with a patient and a row of theirs -> what the row is."""
    every = [str(one.pattern) for one in urlpatterns]
    return {
        one.replace("<slug:act>", "lukk"): of
        for one in every
        for part, of in OF_ROW.items()
        if one.startswith(f"pasienter/<int:pk>/{part}/")
    }


def test_every_address_of_a_row_is_tried() -> None:
    every = [str(one.pattern) for one in urlpatterns if str(one.pattern).count("<int:") == 2]
    assert {one.replace("<slug:act>", "lukk") for one in every} == set(routes())


@pytest.mark.slow
def test_invariant_21_no_row_is_told_of_to_who_may_not_see_it_nor_under_another_patient(
    society: Society,
) -> None:
    """Each row under its own patient, for those who may not see them; and under one whom they may see."""
    held, wrong = rows_of(society), []
    for who, client in clients(society):
        mine = next((name for name in PATIENTS if may_see(who, name)), "")
        for route, model in routes().items():
            for name in QUICK:
                if may_see(who, name) or not held[model].get(name):
                    continue
                row = held[model][name][0]
                under = [name, *([mine] if mine else [])]
                for patient in under:
                    address = _address(route, society.world.patients[patient].pk, row)
                    for answer in (client.get(address), client.post(address, {})):
                        is_told = tells_of(answer, but=who) - {mine}
                        is_no = answer.status_code in {*REFUSED, *([] if patient == name else [422])}
                        if is_told or not is_no:
                            wrong.append((who, name, patient, route, answer.status_code))
    assert wrong == []


def _address(route: str, patient: int, row: int) -> str:
    first, _, rest = route.partition("<int:pk>")
    before, _, after = rest.partition("<int:")
    return f"/{first}{patient}{before}{row}{after.partition('>')[2]}"


@pytest.mark.slow
def test_invariant_21_every_number_for_everybody(society: Society) -> None:
    assert [*_wrong_numbers(society, clients(society), PATIENTS)] == []


@pytest.mark.slow
def test_no_file_task_or_calendar_names_a_patient_whom_one_may_not_see(society: Society) -> None:
    """Tables with all that narrows them, the start page, one's calendar."""
    wrong = []
    for who, client in clients(society):
        let = {name for name in PATIENTS if may_see(who, name)}
        for address in ("/", "/kalender/"):
            found = tells_of(client.get(address, follow=True), but=who)
            wrong += [(who, address, found - let)] if found - let else []
        for name in QUICK:
            for rest in ASKED_OF_A_PATIENT:
                answer = client.get(f"/pasienter/{society.world.patients[name].pk}/{rest}")
                found = tells_of(answer, but=who)
                is_right = found <= {name} if name in let else not found and answer.status_code in REFUSED
                wrong += [] if is_right else [(who, name, rest, answer.status_code)]
    assert wrong == []
