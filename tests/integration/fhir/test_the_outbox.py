"""What is sent on: written with what caused it, sent when the receiver is there, done when it is received."""

import base64
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from factories.care import FREDRIKSTAD, HALDEN, HOSPITAL, CareWorld
from factories.fhir_resources import VKP
from factories.machines import System, system
from factories.measuring import value, watch
from factories.observations import observation
from factories.safety_net import all_recipients, family, sent, with_phones
from samspill.care.actions.opening import opening_by_duty
from samspill.care.actions.outbox import LEASE, RECEIPT_WITHIN, WAITS, claim_due, resend
from samspill.care.models import Measurement, Outgoing, Receiver
from samspill.care.queries.outbox import dead_letters
from samspill.directory.public import Account, Party, scope
from samspill.fhir import validate
from samspill.fhir.sending import send_due
from samspill.refusal import Refused

PMD = "https://pmd.example/Bundle"


class Post:
    """A receiver that answers as it is told, and keeps what it got. None is one that does not answer."""

    def __init__(self, *answers: int | None) -> None:
        self.answers, self.got = list(answers), []

    def __call__(self, address: str, body: bytes, login: object = None) -> int:
        self.got.append(json.loads(body))
        status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if status is None:
            raise ConnectionError
        return status


def receiver(world: CareWorld, tenant: str = HALDEN, **more: Any) -> Receiver:
    with scope(world.machine):
        for one, number in ((HALDEN, "983971768"), (HOSPITAL, "983971725"), (FREDRIKSTAD, "974633655")):
            Party.objects.filter(pk=world.parties[one].pk).update(orgnr=number)
        return Receiver.objects.create(
            community=world.community,
            tenant=world.parties[tenant],
            team=world.teams["Service"],
            **{"name": "Pasientens måledata", "sends": "measurements", "address": PMD} | more,
        )


def rows(world: CareWorld) -> list[Outgoing]:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return list(Outgoing.objects.order_by("pk"))


def send(world: CareWorld, post: Post, after: timedelta = timedelta()) -> int:
    return send_due(by=world.machine, now=timezone.now() + after, post=post)


def dues(world: CareWorld) -> list[str]:
    nurse = world.nurses["Service"]
    with scope(nurse):
        return [one.title for one in dead_letters(nurse)]


@pytest.mark.parametrize("form", ["batch", "collection"])
def test_a_measurement_is_sent_on_in_the_form_the_receiver_has(world: CareWorld, form: str) -> None:
    receiver(world, form=form)
    value(world, "66.5")
    post = Post(200)
    assert send(world, post) == 1
    (bundle,) = post.got
    assert validate(bundle) == []
    assert bundle["meta"]["profile"] == [VKP + "pmd-Bundle-Observation"]
    assert bundle["type"] == form
    (entry,) = bundle["entry"]
    assert entry["resource"]["meta"]["profile"] == [VKP + "vkp-Observation-Bodyweight"]
    (row,) = rows(world)
    assert entry["fullUrl"] == f"urn:uuid:{row.number}"
    assert (row.state, row.next_try) == ("received", None)
    assert send(world, post) == 0


def test_without_a_receiver_nothing_is_queued(world: CareWorld) -> None:
    receiver(world, tenant=HOSPITAL)
    value(world, "66.5")
    assert rows(world) == []


def test_it_is_queued_with_the_measurement_or_not_at_all(world: CareWorld) -> None:
    """Invariant 1: one transaction."""
    receiver(world)
    with pytest.raises(RuntimeError), transaction.atomic():
        value(world, "66.5")
        raise RuntimeError
    assert rows(world) == []
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert not Measurement.objects.exists()


def test_what_a_system_sent_is_not_sent_back_to_it(world: CareWorld, nimble: System) -> None:
    receiver(world, client=nimble.registered)
    nimble.ask("POST", "/Observation", observation())
    assert rows(world) == []


def test_a_receiver_that_is_away_gets_it_when_it_is_back(world: CareWorld) -> None:
    receiver(world)
    value(world, "66.5")
    post = Post(None, 503, 200)
    assert send(world, post) == 1
    assert rows(world)[0].why == "unreachable"
    assert send(world, post) == 0, "not before it is time"
    assert send(world, post, WAITS[0]) == 1
    assert send(world, post, WAITS[0] + WAITS[1]) == 1
    assert [one.state for one in rows(world)] == ["received"]
    assert len({one["entry"][0]["fullUrl"] for one in post.got}) == 1, "the same number each time"


def test_what_is_given_up_is_a_task_and_is_sent_again_by_hand(world: CareWorld) -> None:
    receiver(world)
    value(world, "66.5")
    post, after = Post(None), timedelta()
    for wait in (*WAITS, timedelta()):
        assert send(world, post, after) == 1
        after += wait
    assert [one.state for one in rows(world)] == ["dead"]
    assert len(dues(world)) == 1
    (row,) = rows(world)
    nurse = world.nurses["Service"]
    with scope(nurse):
        resend(row.pk, row.patient_id, by=nurse, now=timezone.now())
        with pytest.raises(Refused) as refused:
            resend(row.pk, row.patient_id, by=nurse, now=timezone.now())
    assert refused.value.code == "outgoing.state"
    assert dues(world) == []
    assert send(world, Post(201)) == 1
    assert rows(world)[0].state == "received"


def test_what_is_refused_is_not_tried_again_by_itself(world: CareWorld) -> None:
    receiver(world)
    value(world, "66.5")
    send(world, Post(422))
    assert [(one.state, one.why) for one in rows(world)] == [("refused", "http-422")]
    assert send(world, Post(200), timedelta(days=1)) == 0
    assert len(dues(world)) == 1


def test_a_worker_that_dies_leaves_it_to_the_next(world: CareWorld) -> None:
    receiver(world)
    value(world, "66.5")
    now = timezone.now()
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert len(claim_due(now=now)) == 1
        assert claim_due(now=now) == []
        assert len(claim_due(now=now + LEASE)) == 1


def parameters(number: object, accepted: bool) -> dict[str, Any]:
    return {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "number", "valueUri": f"urn:uuid:{number}"},
            {"name": "accepted", "valueBoolean": accepted},
        ],
    }


def test_it_is_done_when_the_receipt_is_in(world: CareWorld, nimble: System) -> None:
    """Invariant 29. A receipt of somebody else counts for nothing; one that is said twice, once."""
    receiver(world, client=nimble.registered)
    value(world, "66.5")
    send(world, Post(202))
    (row,) = rows(world)
    assert row.state == "sent"
    other = system(world, name="other")
    assert other.ask("POST", "/$receipt", parameters(row.number, True)).status_code == 422
    for accepted in (True, True, False):
        assert nimble.ask("POST", "/$receipt", parameters(row.number, accepted)).status_code == 204
    assert [one.state for one in rows(world)] == ["received"]
    assert nimble.ask("POST", "/$receipt", {"resourceType": "Parameters"}).status_code == 422


def test_a_receipt_that_does_not_come_is_asked_for_again(world: CareWorld, nimble: System) -> None:
    receiver(world, client=nimble.registered)
    value(world, "66.5")
    post = Post(202)
    send(world, post)
    assert send(world, post, RECEIPT_WITHIN + timedelta(minutes=1)) == 1
    assert [(one.state, one.tries) for one in rows(world)] == [("sent", 2)]


def test_without_a_number_it_waits_for_a_person(world: CareWorld) -> None:
    receiver(world)
    with scope(world.machine):
        Party.objects.filter(pk=world.parties[HALDEN].pk).update(orgnr="")
    value(world, "66.5")
    assert send(world, Post(200)) == 0
    assert [(one.state, one.why) for one in rows(world)] == [("refused", "no-organisation-number")]


def test_a_plan_is_sent_whole_as_a_document(world: CareWorld) -> None:
    """C4: what it says, what is watched, whom to call, and the sheet of paper; twice the same."""
    with_phones(world)
    receiver(world, tenant=HOSPITAL, sends="plans")
    plan = sent(world, all_recipients(world, family(world)))
    post = Post(None, 200)
    assert send(world, post) == 1
    assert send(world, post, WAITS[0]) == 1
    first, second = post.got
    assert validate(first) == []
    assert first["type"] == "document"
    assert first["entry"][0]["resource"]["resourceType"] == "Composition"
    kinds = Counter(one["resource"]["resourceType"] for one in first["entry"])
    assert {"Patient", "Organization", "CareTeam", "CarePlan", "List", "DocumentReference"} <= set(kinds)
    assert kinds["ServiceRequest"] == len(plan.content["indicators"])
    assert kinds["Goal"] >= 1
    assert names(first) == names(second)
    (who,), (binary,) = (resources(first, kind) for kind in ("Patient", "Binary"))
    assert who["identifier"][0]["value"] == world.patients["Astrid Lunde"].national_number
    assert base64.b64decode(binary["data"]).startswith(b"%PDF-")
    (written,), (care_plan,) = (resources(first, kind) for kind in ("Composition", "CarePlan"))
    assert "113" in json.dumps(written)
    steps = [one["detail"] for one in care_plan["activity"] if "detail" in one]
    assert [one["code"]["coding"][0]["code"] for one in steps] == ["level-green", "level-yellow", "level-red"]
    assert all(one["performer"] for one in steps[1:]), "whom to call"
    assert "113" in {one["telecom"][0]["value"] for one in resources(first, "HealthcareService")}


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def names(bundle: dict[str, Any]) -> list[str]:
    return [one["fullUrl"] for one in bundle["entry"]]


def test_a_document_points_at_all_that_is_in_it_and_at_nothing_else(world: CareWorld) -> None:
    with_phones(world)
    receiver(world, tenant=HOSPITAL, sends="plans")
    sent(world, all_recipients(world, family(world)))
    post = Post(200)
    send(world, post)
    (bundle,) = post.got
    pointed = set(re.findall(r'"(?:reference|url)": "(urn:uuid:[^"]+)"', json.dumps(bundle)))
    assert pointed == set(names(bundle)[1:])


def test_the_outbox_is_a_page_that_names_nobody(world: CareWorld) -> None:
    receiver(world)
    watch(world)
    value(world, "66.5")
    send(world, Post(422))
    (row,) = rows(world)
    client = Client()
    client.force_login(
        Account.objects.get(pk=world.nurses["Service"].account_id),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    session = client.session
    session["oidc_level"] = 4
    session.save()
    assert 'href="/pasienter/utboks/"' in client.get("/pasienter/").content.decode(), "one finds the way"
    page = client.get("/pasienter/utboks/").content.decode()
    assert "Pasientens måledata" in page
    assert "mottakeren svarte 422" in page
    assert "Astrid" not in page
    again = client.post(f"/pasienter/{row.patient_id}/utboks/{row.pk}/")
    assert again.status_code == 303
    assert rows(world)[0].state == "queued"


def test_a_number_is_for_one_message(world: CareWorld) -> None:
    receiver(world)
    receiver(world, name="Annen plattform")
    value(world, "66.5")
    made = rows(world)
    assert len({one.number for one in made}) == len(made) == 2
    assert all(one.made <= datetime.now(UTC) for one in made)
