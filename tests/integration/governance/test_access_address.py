"""Requests for access go where the secretariat has chosen, and to its own address until then."""

import pytest
from django.test import Client
from django.urls import reverse

from factories.bodies import Bodies, make_bodies
from factories.people import TODAY, actor, member
from samspill.directory.public import Account, AuditEvent, nobody, scope
from samspill.governance.actions.choosing_access_address import (
    choose_access_address,
    take_back_access_address,
)
from samspill.governance.models import AccessAddress
from samspill.governance.queries.secretariat import access_email
from samspill.refusal import Refused

BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = "/apent/innsyn/adresse/"
SHARED = "innsyn@ostfold.example"


@pytest.fixture
def secretariat(bodies: Bodies) -> Client:
    return signed_in("secretariat", "randi.hogasen@example.no")


def signed_in(role: str, email: str) -> Client:
    account = member("ostfold", role, email=email)
    client = Client()
    client.force_login(Account.objects.get(pk=account.pk), backend=BACKEND)
    return client


def shown(slug: str = "ostfold") -> str:
    return Client().get(f"/apent/innsyn/?hos={slug}").content.decode()


def test_until_somebody_chooses_they_go_to_the_secretariat(secretariat: Client, bodies: Bodies) -> None:
    own = access_email(bodies.community.pk, nobody(TODAY))
    assert "@" in own and f"mailto:{own}?" in shown()
    assert own in secretariat.get(PAGE).content.decode()


def test_what_is_chosen_stands_for_everybody_and_empty_is_the_secretariat_again(
    secretariat: Client, bodies: Bodies
) -> None:
    own = access_email(bodies.community.pk, nobody(TODAY))
    answer = secretariat.post(PAGE, {"email": f" {SHARED} "})
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert f"mailto:{SHARED}?" in shown()
    secretariat.post(PAGE, {"email": ""})
    assert f"mailto:{own}?" in shown()
    acts = AuditEvent.objects.filter(act="access_address.choose").order_by("pk")
    assert [(one.details["before"], one.details["after"]) for one in acts] == [("", SHARED), (SHARED, "")]


def test_it_is_undone_unless_somebody_has_chosen_since(secretariat: Client, bodies: Bodies) -> None:
    said = secretariat.post(PAGE, {"email": SHARED}, follow=True).content.decode()
    event = AuditEvent.objects.get(act="access_address.choose")
    undo = reverse("governance:access-address-back", args=[event.pk])
    assert f'action="{undo}"' in said
    assert secretariat.post(undo).status_code == 303
    assert AccessAddress.objects.get().email == ""
    said = secretariat.post(undo, follow=True).content.decode()
    assert "Adressen er endret siden" in said


@pytest.mark.parametrize("typed", ["innsyn", "innsyn@", "a@b", "a" * 260 + "@example.no", "a\x00@example.no"])
def test_what_is_no_address_is_refused_and_nothing_is_lost(secretariat: Client, typed: str) -> None:
    answer = secretariat.post(PAGE, {"email": typed})
    assert answer.status_code == 422
    assert "Dette er ingen e-postadresse" in answer.content.decode()
    assert not AccessAddress.objects.exclude(email="").exists()


def test_the_act_checks_it_too(bodies: Bodies) -> None:
    for typed, code in (("innsyn", "access_address.email"), ("", "access_address.same")):
        with pytest.raises(Refused) as refused:
            choose_access_address(typed, by=bodies.by)
        assert refused.value.code == code


def test_only_the_secretariat_sees_the_way_there_and_may_go_it(secretariat: Client, bodies: Bodies) -> None:
    assert f'href="{PAGE}"' in secretariat.get("/apent/innsyn/").content.decode()
    one = signed_in("member", "medlem@example.no")
    assert f'href="{PAGE}"' not in one.get("/apent/innsyn/").content.decode() + shown()
    assert one.get(PAGE).status_code == one.post(PAGE, {"email": SHARED}).status_code == 403
    assert Client().post(PAGE, {"email": SHARED}).status_code == 302
    with pytest.raises(Refused):
        choose_access_address(SHARED, by=actor("ostfold", "member", email="annet@example.no"))


def test_another_helsefellesskap_has_its_own(secretariat: Client, bodies: Bodies) -> None:
    event = choose_access_address(SHARED, by=bodies.by)
    other = make_bodies("vestfold")
    with scope(other.by):
        choose_access_address("innsyn@vestfold.example", by=other.by)
        assert AccessAddress.objects.filter(community=bodies.community).update(email="x@example.no") == 0
    assert f"mailto:{SHARED}?" in shown()
    assert "mailto:innsyn@vestfold.example?" in shown("vestfold")
    with scope(bodies.by):
        take_back_access_address(event, by=bodies.by)
    assert SHARED not in shown()


def test_the_page_asks_little(secretariat: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(16):
        assert secretariat.get(PAGE).status_code == 200
