"""The pages of the directory as a visitor, a member, a secretariat and another secretariat meet them."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from factories.people import TODAY, actor, member
from samspill.directory.public import (
    BRIEFS,
    Account,
    Actor,
    AuditEvent,
    Body,
    Brief,
    Community,
    Membership,
    Party,
    add_body,
    scope,
)

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = "/helsefellesskap/ostfold/"


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture
def randi() -> Account:
    return member("ostfold", "secretariat", name="Randi Høgåsen")


@pytest.fixture
def secretariat(randi: Account) -> Client:
    return signed_in(randi)


@pytest.fixture
def committee_member() -> Client:
    return signed_in(member("ostfold", "member", name="Jonas Tveitan"))


@pytest.fixture
def neighbour() -> Client:
    return signed_in(member("vestfold", "secretariat", name="Siri Holm"))


def text_of(response: object) -> str:
    """The page's text without tags, spaces made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))  # type: ignore[attr-defined]


# All helsefellesskap


def test_all_nineteen_stand_by_health_region_with_their_municipalities(client: Client) -> None:
    page = client.get("/helsefellesskap/")
    regions = re.findall(r'<h2 id="region-\d-h">(.*?)</h2>', page.content.decode())
    assert regions == ["Helse Midt-Norge", "Helse Nord", "Helse Sør-Øst", "Helse Vest"]
    assert len(re.findall(r'href="/helsefellesskap/[a-z-]+/"', page.content.decode())) == 19
    assert "Helsefellesskapet Østfold 13 kommuner" in text_of(page)
    assert "Helsefellesskap Oslo Én kommune" in text_of(page)


def test_norwegian_letters_come_last(client: Client) -> None:
    names = re.findall(
        r'href="/helsefellesskap/([a-z-]+)/"', client.get("/helsefellesskap/").content.decode()
    )
    south_east = names[names.index("agder") : names.index("ostfold") + 1]
    assert south_east == [
        "agder",
        "ahus",
        "innlandet",
        "oslo",
        "telemark",
        "vest-viken",
        "vestfold",
        "ostfold",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("halden", ["ostfold"]),
        ("HALDEN", ["ostfold"]),
        ("førde", []),
        ("sunnfjord", ["sogn-og-fjordane"]),
        ("finnmark", ["finnmark"]),
        ("våler", ["innlandet", "ostfold"]),
    ],
)
def test_a_municipality_leads_to_its_helsefellesskap(client: Client, words: str, found: list[str]) -> None:
    page = client.get("/helsefellesskap/", {"q": words})
    assert re.findall(r'href="/helsefellesskap/([a-z-]+)/"', page.content.decode()) == found


def test_who_finds_nothing_is_told_what_to_try(client: Client) -> None:
    page = text_of(client.get("/helsefellesskap/", {"q": "Atlantis <b>"}))
    assert "Ingen kommuner eller helsefellesskap heter «Atlantis &lt;b&gt;»" in page
    assert "Prøv navnet kommunen har i dag" in page


# One helsefellesskap


def test_a_visitor_sees_the_parties_and_neither_people_nor_forms(client: Client, randi: Account) -> None:
    page = client.get(PAGE)
    assert "13 kommuner og Sykehuset Østfold er likeverdige parter" in text_of(page)
    assert "Halden 3101" in text_of(page)
    assert randi.email.encode() not in page.content
    assert b'name="party-name"' not in page.content


def test_a_member_sees_what_a_visitor_sees(committee_member: Client, randi: Account) -> None:
    page = committee_member.get(PAGE)
    assert page.status_code == 200
    assert randi.email.encode() not in page.content
    assert b'name="member-email"' not in page.content


def test_another_secretariat_may_look_and_not_change(neighbour: Client) -> None:
    assert b'name="member-email"' not in neighbour.get(PAGE).content


def test_the_secretariat_sees_who_works_here_and_may_add(secretariat: Client, randi: Account) -> None:
    page = secretariat.get(PAGE)
    assert randi.email.encode() in page.content
    for field in ("party-name", "body-name", "member-email"):
        assert f'name="{field}"'.encode() in page.content
    assert not re.search(r"<details class=\"s-fold[^>]* open", page.content.decode())


def test_no_helsefellesskap_is_not_found(client: Client) -> None:
    assert client.get("/helsefellesskap/atlantis/").status_code == 404


def test_a_party_and_a_body_have_an_address_of_their_own_on_the_page(client: Client) -> None:
    randi = actor("ostfold", email="annen@example.no")
    with scope(randi):
        body = add_body(
            community=Community.objects.get(slug="ostfold"), kind="strategic", name="SSU Østfold", by=randi
        )
    halden = Party.objects.get(municipality_code="3101")
    page = client.get(PAGE).content.decode()
    assert f'id="organ-{body.pk}"' in page
    assert f'id="part-{halden.pk}"' in page


def test_bodies_stand_from_the_top_down_and_ended_ones_say_so(secretariat: Client) -> None:
    for kind, name, ends in (
        ("network", "Fagnettverk lindring", ""),
        ("strategic", "Strategisk utvalg", ""),
        ("working_group", "Gruppe for utskriving", "2026-06-30"),
    ):
        typed = {"body-kind": kind, "body-name": name, "body-starts": "2026-01-01", "body-ends": ends}
        assert secretariat.post(f"{PAGE}organer/", typed).status_code == 303
    page = text_of(secretariat.get(PAGE))
    assert page.index("Strategisk utvalg") < page.index("Gruppe for utskriving") < page.index("Fagnettverk")
    assert "Gruppe for utskriving arbeidsgruppe · sluttet 30. juni 2026" in page


def test_a_body_last_day_is_the_last_day_it_is_there(secretariat: Client) -> None:
    typed = {
        "body-kind": "network",
        "body-name": "Nett",
        "body-starts": "2026-01-01",
        "body-ends": "2026-01-01",
    }
    assert secretariat.post(f"{PAGE}organer/", typed).status_code == 303
    assert Body.objects.get(name="Nett").ends == date(2026, 1, 2)


@pytest.fixture
def brief() -> Iterator[Callable[[str, int, Actor], Brief | None]]:
    def source(kind: str, community_id: int, who: Actor) -> Brief | None:
        return (
            Brief("directory/parts/held_for.html", {"row": {"party": {"name": "Fra en annen app"}}})
            if (kind == "directory.community")
            else None
        )

    BRIEFS._entries["test"] = source
    yield source
    del BRIEFS._entries["test"]


def test_what_other_apps_have_stands_on_the_page(client: Client, brief: object) -> None:
    assert "Fra en annen app" in text_of(client.get(PAGE))


# Adding, and what is refused

PARTY = {"party-kind": "municipality", "party-name": "Ny kommune", "party-municipality_code": "3101"}
BODY = {"body-kind": "strategic", "body-name": "SSU"}
MEMBER = {
    "member-name": "Torunn Eikeland",
    "member-email": "torunn@example.no",
    "member-role": "member",
    "member-from_day": "2026-11-01",
}


@pytest.mark.parametrize(
    ("path", "typed", "words"),
    [
        ("parter/", PARTY, "Nummer 3101 er Halden kommune, som alt er part i Helsefellesskapet Østfold."),
        ("parter/", PARTY | {"party-municipality_code": "9999"}, "Ingen kommune har nummer 9999."),
        ("parter/", PARTY | {"party-municipality_code": "0101"}, "Nummer 0101 er ikke i bruk lenger."),
        ("parter/", PARTY | {"party-municipality_code": "31"}, "Et kommunenummer har fire sifre."),
        ("parter/", PARTY | {"party-municipality_code": ""}, "En kommune trenger nummeret sitt"),
        ("parter/", PARTY | {"party-name": ""}, "Fyll ut dette feltet."),
        ("parter/", PARTY | {"party-kind": "kingdom"}, "Velg et gyldig valg"),
        ("parter/", PARTY | {"party-orgnr": "12345678x"}, "Et organisasjonsnummer har ni sifre."),
        ("organer/", BODY | {"body-starts": "2026-02-01", "body-ends": "2026-01-31"}, "Siste dag er før"),
        ("organer/", BODY | {"body-starts": "31. februar"}, "Skriv en dato som finnes"),
        ("organer/", BODY | {"body-ends": "9999-12-31"}, "Velg en tidligere dag."),
        ("organer/", BODY | {"body-name": "x" * 161}, "160"),
        ("folk/", MEMBER | {"member-to_day": "2026-10-31"}, "Siste dag er før første dag."),
        ("folk/", MEMBER | {"member-email": "torunn(at)example.no"}, "Skriv hele e-postadressen"),
        ("folk/", MEMBER | {"member-role": "king"}, "Velg et gyldig valg"),
        ("folk/", MEMBER | {"member-role": ""}, "Fyll ut dette feltet."),
        ("folk/", MEMBER | {"member-from_day": ""}, "Fyll ut dette feltet."),
        ("folk/", MEMBER | {"member-name": "a\x00b"}, "Null-tegn"),
        ("folk/", MEMBER | {"member-party": "999999"}, "Velg et gyldig valg"),
    ],
)  # fmt: skip
def test_bad_input_is_422_with_a_sentence_in_the_open_form_and_nothing_written(
    secretariat: Client, path: str, typed: dict[str, str], words: str
) -> None:
    before = (Party.objects.count(), Body.objects.count(), Account.objects.count())
    answer = secretariat.post(PAGE + path, typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert len(re.findall(r"<details class=\"s-fold[^>]* open", answer.content.decode())) == 1
    assert (Party.objects.count(), Body.objects.count(), Account.objects.count()) == before


def test_what_was_typed_is_still_there(secretariat: Client) -> None:
    answer = secretariat.post(f"{PAGE}folk/", MEMBER | {"member-email": "nei"})
    assert b'value="Torunn Eikeland"' in answer.content


def test_the_second_body_of_one_name_is_refused(secretariat: Client) -> None:
    assert secretariat.post(f"{PAGE}organer/", BODY).status_code == 303
    answer = secretariat.post(f"{PAGE}organer/", BODY)
    assert answer.status_code == 422
    assert "Det finnes alt et utvalg som heter «SSU»" in text_of(answer)


def test_a_municipality_that_has_left_can_be_a_party_again(secretariat: Client, randi: Account) -> None:
    ostfold = Community.objects.get(slug="ostfold")
    with scope(Actor(today=TODAY, account_id=randi.pk, community_id=ostfold.pk)):
        Party.objects.filter(municipality_code="3101").update(left=TODAY)
    assert secretariat.post(f"{PAGE}parter/", PARTY).status_code == 303
    assert Party.objects.filter(municipality_code="3101", left__isnull=True).get().name == "Ny kommune"


@pytest.mark.parametrize(("path", "typed"), [("parter/", PARTY), ("organer/", BODY), ("folk/", MEMBER)])
def test_only_the_secretariat_adds(
    client: Client, committee_member: Client, neighbour: Client, path: str, typed: dict[str, str]
) -> None:
    typed = typed | (
        {"party-kind": "health_trust", "party-municipality_code": ""} if path == "parter/" else {}
    )
    before = (Party.objects.count(), Body.objects.count(), Account.objects.count())
    assert client.post(PAGE + path, typed).status_code == 404
    assert neighbour.post(PAGE + path, typed).status_code == 404
    assert committee_member.post(PAGE + path, typed).status_code == 403
    assert (Party.objects.count(), Body.objects.count(), Account.objects.count()) == before


def test_a_party_of_another_helsefellesskap_cannot_be_chosen(secretariat: Client) -> None:
    theirs = Party.objects.get(municipality_code="3905")
    answer = secretariat.post(f"{PAGE}folk/", MEMBER | {"member-party": str(theirs.pk)})
    assert answer.status_code == 422
    assert not Account.objects.filter(email="torunn@example.no").exists()


# Ending a role


def roles_of(account: Account) -> list[Membership]:
    with scope(Actor(today=TODAY, account_id=account.pk)):
        return list(Membership.objects.filter(account=account))


def test_a_role_ends_after_its_last_day(secretariat: Client) -> None:
    jonas = member("ostfold", "member", name="Jonas Tveitan")
    (role,) = roles_of(jonas)
    path = f"{PAGE}folk/{role.pk}/avslutt/"
    assert "Når slutter Jonas Tveitan som utvalgsmedlem?" in text_of(secretariat.get(path))
    assert secretariat.post(path, {"to_day": "2026-12-31"}).status_code == 303
    (role,) = roles_of(jonas)
    assert role.to_day == date(2027, 1, 1)
    assert "til og med 31. desember 2026" in text_of(secretariat.get(PAGE))


@pytest.mark.parametrize("typed", [{"to_day": ""}, {"to_day": "i går"}, {"to_day": "2025-12-31"}])
def test_a_role_cannot_end_before_it_began(secretariat: Client, typed: dict[str, str]) -> None:
    jonas = member("ostfold", "member", name="Jonas Tveitan")
    (role,) = roles_of(jonas)
    assert secretariat.post(f"{PAGE}folk/{role.pk}/avslutt/", typed).status_code == 422
    assert roles_of(jonas)[0].to_day is None


def test_nobody_else_ends_a_role(
    client: Client, committee_member: Client, neighbour: Client, randi: Account
) -> None:
    path = f"{PAGE}folk/{roles_of(randi)[0].pk}/avslutt/"
    theirs = path.replace("ostfold", "vestfold")
    typed = {"to_day": (TODAY + timedelta(days=1)).isoformat()}
    assert client.post(path, typed).status_code == 404
    assert committee_member.get(path).status_code == 403
    assert committee_member.post(path, typed).status_code == 403
    assert neighbour.post(path, typed).status_code == 404
    assert neighbour.post(theirs, typed).status_code == 404
    assert roles_of(randi)[0].to_day is None


def test_what_the_secretariat_does_is_in_the_log(secretariat: Client, randi: Account) -> None:
    secretariat.post(f"{PAGE}organer/", BODY)
    secretariat.post(f"{PAGE}folk/", MEMBER)
    with scope(Actor(today=TODAY, account_id=randi.pk)):
        acts = dict(AuditEvent.objects.filter(by=randi).values_list("act", "on_title"))
    assert acts == {"body.add": "SSU", "membership.add": "Torunn Eikeland"}


# How much the database is asked


@pytest.mark.parametrize("path", ["/helsefellesskap/", PAGE, "/min-side/", "/sok/?q=halden", "/logg-inn/"])
def test_a_page_asks_the_database_at_most_25_times(
    secretariat: Client, django_assert_max_num_queries: Callable, path: str
) -> None:
    for number in range(12):
        member("ostfold", "observer", name=f"Observatør {number}", email=f"o{number}@example.no")
    secretariat.get(path)
    with django_assert_max_num_queries(25):
        assert secretariat.get(path).status_code == 200


def test_the_last_who_can_let_people_in_keeps_the_role(secretariat: Client, randi: Account) -> None:
    (role,) = roles_of(randi)
    answer = secretariat.post(f"{PAGE}folk/{role.pk}/avslutt/", {"to_day": "2026-12-31"})
    assert answer.status_code == 422
    assert "ingen andre som kan slippe folk inn" in answer.content.decode()
