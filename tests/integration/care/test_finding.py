"""A patient is found by who may see them, and taken in by a team; a number tells nobody anything."""

import re
from datetime import date
from itertools import islice
from typing import Any

import pytest
from django.urls import reverse

from factories.care import HALDEN, HOSPITAL, LONG_AGO, MOSS, CareWorld
from factories.pages import signed_in
from factories.safety_net import ASTRID, ODD, Family
from samspill.care.actions.finding import NOBODY, find_by_name, find_by_number
from samspill.care.actions.opening import opening
from samspill.care.actions.registering import (
    NewPatient,
    add_near,
    end_near,
    move_episode,
    places_of,
    take_in_patient,
)
from samspill.care.carrying import deciding
from samspill.care.models import AccessLogEntry, Block, CareEpisode, Patient, RefusedLook, RelatedPerson
from samspill.care.queries.by_number import patient_by_number
from samspill.directory.public import Actor, scope
from samspill.refusal import Refused
from samspill.rulebook.national_number import Sex
from samspill.rulebook.synthetic_number import synthetic_numbers

ASTRIDS, FREE = (one.digits for one in islice(synthetic_numbers(date(1941, 3, 4), sex=Sex.FEMALE), 2))


@pytest.fixture
def known(world: CareWorld) -> CareWorld:
    """Astrid's number has the right check digits."""
    with scope(world.machine), deciding(world.patients[ASTRID].pk):
        Patient.objects.filter(pk=world.patients[ASTRID].pk).update(national_number=ASTRIDS)
    return world


def new(**said: Any) -> NewPatient:
    return NewPatient(**{"given_name": "Berit", "family_name": "Moen", "number": FREE, **said})


def take_in(world: CareWorld, team: str = "Ward", *, by: Actor | None = None, **said: Any) -> Patient:
    nurse = by or world.nurses[team]
    with scope(nurse):
        place = next(one.key for one in places_of(nurse) if one.agreement is None)
        reason = said.pop("reason", "Lungebetennelse")
        return take_in_patient(new(**said), place=place, reason=reason, by=nurse, production=False)[0]


def test_who_follows_finds_by_the_number_as_people_write_it_and_it_is_logged(known: CareWorld) -> None:
    ward, pk = known.nurses["Ward"], known.patients[ASTRID].pk
    with scope(ward):
        assert find_by_number(ASTRIDS, by=ward) == pk
        assert find_by_number(f" {ASTRIDS[:6]} {ASTRIDS[6:]} ", by=ward) == pk
        assert AccessLogEntry.objects.filter(patient_id=pk, act="search", what="care.find").count() == 2


def test_who_may_not_see_gets_the_same_answer_as_for_nobody_and_it_is_kept(known: CareWorld) -> None:
    moss = known.nurses["Moss"]
    with scope(moss):
        assert find_by_number(ASTRIDS, by=moss) is None
        assert find_by_number(FREE, by=moss) is None
        asked = set(RefusedLook.objects.values_list("asked", "code"))
    assert asked == {(known.patients[ASTRID].pk, "access.no_relation"), (NOBODY, "access.no_relation")}
    pages = {}
    client = signed_in(moss)
    for number in (ASTRIDS, FREE):
        answer = client.post(reverse("care:find"), {"words": number})
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        pages[number] = re.sub(r"\w{64}", "", answer.content.decode().replace(number, "N"))
    assert pages[ASTRIDS] == pages[FREE]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0411", "number_length"),
        ("abc", "number_not_digits"),
        ("32834112345", "number_date"),
        ("０４８３４１１２３４５", "number_not_digits"),
        (f"{FREE[:-1]}{(int(FREE[-1]) + 1) % 10}", "number_check_digits"),
    ],
)
def test_what_is_no_number_is_told_and_not_repeated(world: CareWorld, written: str, code: str) -> None:
    ward = world.nurses["Ward"]
    with scope(ward), pytest.raises(Refused) as refused:
        find_by_number(written, by=ward)
    assert refused.value.code == code
    assert written not in refused.value.sentence


def test_names_are_found_among_those_ones_teams_follow_alone(world: CareWorld) -> None:
    def names(team: str, words: str) -> list[str]:
        nurse = world.nurses[team]
        with scope(nurse):
            return [one.name for one in find_by_name(words, by=nurse)]

    assert names("Ward", "lund ast") == [ASTRID]
    assert names("Service", "") == [ASTRID]
    assert names("Moss", "astrid") == []
    assert names("Moss", "") == [ODD]
    assert names("Ward", "%") == [], "a sign of the database is a sign"
    with scope(world.nurses["Ward"]):
        seen = AccessLogEntry.objects.filter(what="care.find", act="list")
        assert {one for row in seen for one in row.patients} == {world.patients[ASTRID].pk}


@pytest.mark.parametrize("against", ["person", "team", "tenant", "everybody"])
def test_invariant_19_who_has_said_no_is_not_found(known: CareWorld, against: str) -> None:
    ward, astrid = known.nurses["Ward"], known.patients[ASTRID]
    whom: dict[str, Any] = {
        "person": {"account_id": ward.account_id},
        "team": {"team": known.teams["Ward"]},
        "tenant": {"tenant": known.parties[HOSPITAL]},
        "everybody": {},
    }[against]
    with scope(known.machine), deciding(astrid.pk):
        Block.objects.create(
            community=known.community, patient=astrid, against=against, from_day=LONG_AGO, **whom
        )
    with scope(ward):
        assert find_by_name("", by=ward) == []
        assert find_by_number(ASTRIDS, by=ward) is None
    with scope(known.nurses["Moss"]):
        assert [one.name for one in find_by_name("", by=known.nurses["Moss"])] == [ODD]


def test_a_name_follows_the_episode_and_the_person(world: CareWorld) -> None:
    ward, astrid = world.nurses["Ward"], world.patients[ASTRID]
    with scope(world.machine), deciding(astrid.pk):
        Patient.objects.filter(pk=astrid.pk).update(family_name="Lunde Vik")
    with scope(ward):
        assert [one.name for one in find_by_name("vik", by=ward)] == ["Astrid Lunde Vik"]
    with scope(world.machine), deciding(astrid.pk):
        CareEpisode.objects.filter(team=world.teams["Ward"]).update(state="finished", to_day=LONG_AGO)
    with scope(ward):
        assert find_by_name("vik", by=ward) == []


def test_a_ward_nurse_takes_in_a_new_patient(world: CareWorld) -> None:
    made = take_in(world)
    ward = world.nurses["Ward"]
    with scope(ward), opening(made.pk, by=ward, what="care.patient") as opened:
        assert (str(opened.patient), opened.patient.national_number) == ("Berit Moen", FREE)
        assert (opened.patient.birth_date, opened.patient.sex) == (date(1941, 3, 4), "female")
        assert AccessLogEntry.objects.filter(what="care.register", act="write").exists()
    moss = world.nurses["Moss"]
    with scope(moss):
        assert find_by_number(FREE, by=moss) is None


def test_who_is_there_already_is_followed_by_one_team_more_and_is_the_same_person(known: CareWorld) -> None:
    pk, moss = known.patients[ASTRID].pk, known.nurses["Moss"]
    made = take_in(known, "Moss", number=ASTRIDS, given_name="A", family_name="lunde")
    assert made.pk == pk
    with scope(moss), opening(pk, by=moss, what="care.patient") as opened:
        assert str(opened.patient) == ASTRID
        assert opened.tenants == {known.parties[MOSS].pk}
        assert [one.team for one in CareEpisode.objects.all()] == [known.teams["Moss"]]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"number": ASTRIDS, "family_name": "Hansen"}, "register.other_name"),
        ({"given_name": " "}, "register.name"),
        ({"reason": " "}, "register.reason"),
        ({"municipality": 10**9}, "register.municipality"),
        ({"number": "123"}, "number_length"),
        ({"number": "01010750160"}, "number_real"),
    ],
)
def test_who_cannot_be_taken_in_is_told_why(known: CareWorld, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        take_in(known, **said)
    assert refused.value.code == code


def test_invariant_23_an_invented_person_is_not_taken_in_where_patients_are_real(world: CareWorld) -> None:
    ward = world.nurses["Ward"]
    with scope(ward), pytest.raises(Refused) as refused:
        take_in_patient(new(), place=places_of(ward)[0].key, reason="Fall", by=ward, production=True)
    assert refused.value.code == "number_synthetic"
    with scope(ward):
        assert patient_by_number(FREE) is None


def test_a_team_takes_in_where_it_works_and_by_agreement(world: CareWorld) -> None:
    service = world.nurses["Service"]
    with scope(service):
        places = {one.tenant: one for one in places_of(service)}
        assert set(places) == {world.teams["Service"].tenant, world.parties[HALDEN]}
        by_agreement = places[world.parties[HALDEN]].key
        made, episode = take_in_patient(
            new(), place=by_agreement, reason="Kols", by=service, production=False
        )
        assert (episode.tenant, episode.agreement_id) == (world.parties[HALDEN], world.agreement.pk)  # type: ignore[union-attr]
        foreign = f"{world.teams['Ward'].pk}:{world.parties[HOSPITAL].pk}"
        with pytest.raises(Refused) as refused:
            take_in_patient(new(), place=foreign, reason="Kols", by=service, production=False)
        assert refused.value.code == "register.place"
        with pytest.raises(Refused) as twice:
            take_in_patient(new(), place=by_agreement, reason="Kols", by=service, production=False)
        assert twice.value.code == "register.followed"
    assert made.pk


def test_an_episode_is_paused_taken_up_and_finished_with_its_history(world: CareWorld) -> None:
    made, ward = take_in(world), world.nurses["Ward"]
    with scope(ward), opening(made.pk, by=ward, what="care.episode"):
        episode = CareEpisode.objects.get()
        for to in ("onhold", "active"):
            move_episode(episode.pk, made.pk, to=to, by=ward)
        with pytest.raises(Refused) as refused:
            move_episode(episode.pk, made.pk, to="active", by=ward)
        assert refused.value.code == "episode.state"
    client = signed_in(ward)
    page = reverse("care:episodes", args=[made.pk])
    assert "Sett oppfølgingen på pause" in client.get(page).content.decode()
    assert client.post(page, {"forlop": episode.pk, "to": "finished"}).status_code == 303
    assert client.get(page).status_code == 403, "who has finished follows no more"


def test_a_team_moves_its_own_episodes_alone(world: CareWorld) -> None:
    service, pk = world.nurses["Service"], world.patients[ASTRID].pk
    with scope(service), opening(pk, by=service, what="care.episode"), pytest.raises(Refused) as refused:
        move_episode(world.episodes[ASTRID, "Ward"].pk, pk, to="finished", by=service)
    assert refused.value.code == "episode.not_yours"


def test_somebody_near_is_added_and_taken_away(world: CareWorld, home: Family) -> None:
    ward, pk = world.nurses["Ward"], world.patients[ASTRID].pk
    with scope(ward), opening(pk, by=ward, what="care.contacts"):
        with pytest.raises(Refused) as refused:
            add_near(pk, name="Per", relation="child", email="ingen@hjemme.example", by=ward)
        assert refused.value.code == "near.email"
        made = add_near(
            pk, name="Per Lunde", relation="child", email="mona@hjemme.example", may_enter=True, by=ward
        )
        assert (made.account_id, made.may_enter) == (home.daughter.account_id, False), "who may not see"
        end_near(made.pk, pk, by=ward)
        assert RelatedPerson.objects.get(pk=made.pk).to_day == ward.today
        with pytest.raises(Refused):
            end_near(made.pk, pk, by=ward)
    client, page = signed_in(ward), reverse("care:near", args=[pk])
    sent = {"name": "Eva Lunde", "relation": "sibling", "may_see": "on"}
    assert client.post(page, sent).status_code == 303
    assert "Eva Lunde" in client.get(page).content.decode()
    assert signed_in(home.daughter).get(page).status_code == 403
    assert signed_in(home.daughter).post(page, sent).status_code == 403


def test_the_pages_take_in_and_find(world: CareWorld, home: Family, settings: Any) -> None:
    settings.DEMO = True
    client = signed_in(world.nurses["Ward"])
    page = client.get(reverse("care:register"))
    assert "Ward" in page.content.decode()
    place = f"{world.teams['Ward'].pk}:{world.parties[HOSPITAL].pk}"
    sent = {"number": "12", "given_name": "Berit", "family_name": "Moen", "language": "nn", "place": place,
            "reason": "Kols", "municipality": world.parties[HALDEN].pk}  # fmt: skip
    told = client.post(reverse("care:register"), sent)
    assert told.status_code == 422
    assert "elleve siffer" in told.content.decode()
    assert client.post(reverse("care:register"), sent | {"number": FREE}).status_code == 303
    found = client.post(reverse("care:find"), {"words": FREE})
    assert found.status_code == 303
    assert FREE not in found["Location"]
    assert "Berit Moen" in client.post(reverse("care:find"), {"words": "berit"}).content.decode()
    assert client.post(reverse("care:find"), {"words": "123"}).status_code == 422
    assert signed_in(home.daughter).get(reverse("care:find")).status_code == 403
    assert signed_in(home.daughter).get(reverse("care:register")).status_code == 403


def test_emergency_by_the_number_opens_and_tells_no_more_than_it_must(known: CareWorld) -> None:
    client = signed_in(known.nurses["Moss"])
    sent = {
        "act": "emergency",
        "number": ASTRIDS,
        "reason_code": "acute_illness",
        "reason": "Falt om på gata",
    }
    assert client.post(reverse("care:find"), sent | {"reason": "kort"}).status_code == 422
    assert client.post(reverse("care:find"), sent | {"number": FREE}).status_code == 422
    opened = client.post(reverse("care:find"), sent)
    assert opened.status_code == 303
    assert client.get(opened["Location"]).status_code == 200
