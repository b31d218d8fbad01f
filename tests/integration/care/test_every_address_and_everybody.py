"""Everybody at every address about a patient, and on every list: nobody is named whom the rules hide.

What should be seen is told by `factories.followed.may_see`. Each patient's name stands nowhere else, so that
a page that holds it tells of the patient.
"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from factories.followed import (
    FOLLOWED,
    NEAR,
    OWN,
    PATIENTS,
    ROLES,
    WORKS,
    Society,
    may_see,
    told,
)
from integration.care.test_everybody_and_everything import fill
from integration.care.test_safety_net_pages import signed_in
from samspill.care.urls import urlpatterns

ABOUT = "pasienter/<int:pk>/"
LISTS = ("/pasienter/", "/pasienter/finn/", "/pasienter/utboks/", "/min-side/helse/", "/")
REFUSED = {302, 303, 403, 404, 405}
QUICK = ("Astrid Lunde",)


def addresses() -> list[str]:
    """Those that name a patient, and nothing more."""
    routes = [str(one.pattern) for one in urlpatterns if isinstance(one, URLPattern)]
    return sorted({one for one in routes if one.startswith(ABOUT) and one.count("<") == 1})


@pytest.fixture
def society(db: None, day_of_the_database: None) -> Society:
    made = told()
    fill(made, only_open=True)
    return made


def words(answer: HttpResponse) -> str:
    return b"".join(answer).decode("utf-8", "replace") if answer.streaming else answer.content.decode()


def tells_of(answer: HttpResponse, *, but: str = "") -> set[str]:
    """The patients a page names, besides who looks."""
    said = words(answer)
    return {name for name in PATIENTS if name != but and name in said}


def clients(society: Society) -> Iterator[tuple[str, Client]]:
    for who, actor in society.people.items():
        client = signed_in(actor)
        client.raise_request_exception = True
        yield who, client


@pytest.mark.parametrize(
    ("names", "apart"), [(QUICK, 4), pytest.param(PATIENTS, 1, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_invariant_21_no_address_tells_of_a_patient_whom_one_may_not_see(
    society: Society, names: tuple[str, ...], apart: int
) -> None:
    """Of some, everybody tries each `apart`-th address, and every address is tried by somebody."""
    wrong = []
    for place, (who, client) in enumerate(clients(society)):
        for name in names:
            key = society.world.patients[name].pk
            for route in addresses()[place % apart :: apart]:
                answer = client.get("/" + route.replace("<int:pk>", str(key)))
                told_of = tells_of(answer, but=who)
                if may_see(who, name):
                    wrong += [(who, name, route, "another")] if told_of - {name} else []
                elif told_of or (answer.status_code not in REFUSED and not _says_nothing(answer, route)):
                    wrong.append((who, name, route, str(answer.status_code)))
    assert wrong == []


def _says_nothing(answer: HttpResponse, route: str) -> bool:
    """Emergency access is asked for by those who may not see, and says nothing of who it is about."""
    return route == f"{ABOUT}nodtilgang/" and answer.status_code == 200


def test_who_may_see_a_patient_reads_the_page(society: Society) -> None:
    wrong = []
    works = {one.who for one in WORKS}
    for who, client in clients(society):
        for name in PATIENTS:
            if may_see(who, name) and who in works and _by_work(who, name):
                answer = client.get(f"/pasienter/{society.world.patients[name].pk}/")
                wrong += [(who, name, answer.status_code)] if tells_of(answer) != {name} else []
    assert wrong == []


def _by_work(who: str, name: str) -> bool:
    """Sees the patient through a team, and not as somebody near."""
    teams = {one.team for one in WORKS if one.who == who}
    return any(one.patient == name and one.team in teams for one in FOLLOWED)


@pytest.mark.slow
def test_invariant_21_no_list_names_a_patient_whom_one_may_not_see(society: Society) -> None:
    wrong = []
    for who, client in clients(society):
        let = {name for name in PATIENTS if may_see(who, name)}
        for address in LISTS:
            found = tells_of(client.get(address, follow=True), but=who)
            wrong += [(who, address, sorted(found - let))] if found - let else []
    assert wrong == []


def test_each_of_those_near_finds_who_they_may_see(society: Society) -> None:
    """0 too few: the own page names whom one may see."""
    wrong = []
    citizens = {
        who for who in society.people if who in ROLES["citizen"] and who not in ROLES["health_worker"]
    }
    for who, client in clients(society):
        let = {one.patient for one in NEAR if one.who == who and may_see(who, one.patient)}
        if who in citizens and let:
            said = words(client.get("/min-side/helse/", follow=True))
            wrong += [(who, name) for name in let if name.split()[0] not in said]
    assert set(OWN) <= set(PATIENTS)
    assert wrong == []
