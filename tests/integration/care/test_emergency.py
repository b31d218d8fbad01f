"""Emergency access (invariant 18): a reason, a short life, told to the patient, and reviewed by another."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from factories.care import HOSPITAL, LONG_AGO, MOSS, CareWorld
from factories.pages import signed_in
from factories.people import TODAY, member
from factories.safety_net import ASTRID, Family
from samspill.care.actions.control_gaps import gap_dues
from samspill.care.actions.emergency import begin_emergency, end_emergency
from samspill.care.actions.opening import opening
from samspill.care.actions.reviewing import control_of, review, review_dues, waiting_reviews
from samspill.care.carrying import controlling, deciding
from samspill.care.models import AccessReview, Block, RefusedLook
from samspill.directory.public import Actor, Membership, acting_as, scope
from samspill.directory.trust.purposes import access_rules
from samspill.refusal import Refused

WORDS = {"reason_code": "danger_to_life", "reason": "Funnet bevisstløs hjemme"}


def officer(world: CareWorld, party: str, name: str, role: str = "privacy_officer") -> Actor:
    account = member("ostfold", "observer", name=name, email=f"{name.split()[0].lower()}@vern.example")
    with scope(world.machine):
        Membership.objects.create(
            community=world.community,
            account=account,
            role=role,
            party=world.parties[party],
            from_day=LONG_AGO,
        )
    return replace(acting_as(account, today=TODAY, community_id=world.community.pk), level=4)


def use(world: CareWorld, team: str = "Moss") -> None:
    nurse = world.nurses[team]
    with scope(nurse):
        begin_emergency(world.patients[ASTRID].pk, by=nurse, **WORDS)


def opens(world: CareWorld, who: Actor) -> bool:
    with scope(who):
        try:
            with opening(world.patients[ASTRID].pk, by=who, what="care.patient"):
                return True
        except Refused:
            return False


def test_invariant_18_emergency_access_has_a_reason_a_limit_a_notice_and_a_review(
    world: CareWorld, home: Family
) -> None:
    moss, nurse = world.parties[MOSS], world.nurses["Moss"]
    vern, head = officer(world, MOSS, "Vera Lie"), officer(world, MOSS, "Tor Dahl", "director")
    with scope(nurse), pytest.raises(Refused) as refused:
        begin_emergency(world.patients[ASTRID].pk, by=nurse, reason_code="danger_to_life", reason="kort")
    assert refused.value.code == "access.reason"
    assert not opens(world, nurse)
    with scope(nurse):
        (decision,) = begin_emergency(world.patients[ASTRID].pk, by=nurse, **WORDS)
        decision.refresh_from_db()
        assert decision.expires_at - decision.at <= timedelta(minutes=30)
        assert not AccessReview.objects.exists(), "who looked does not see the review"
    assert opens(world, nurse)
    with scope(home.astrid):
        (told,) = review_dues(home.astrid)
        assert "Astrid" not in told.title + told.text
    with scope(vern):
        (due,) = review_dues(vern)
        assert due.url == reverse("care:control", args=[moss.pk])
        with control_of(moss.pk, by=vern):
            (waits,) = waiting_reviews(moss.pk)
            within = waits.due_on - timezone.localtime(waits.at).date()
            assert within == access_rules().review_within, "the database and the table say the same"
        assert not list(review_dues(replace(vern, roles=frozenset())))
    late = replace(head, today=waits.due_on + timedelta(days=1))
    with scope(head):
        assert not list(review_dues(head)), "the head is told when it is overdue"
    with scope(late):
        (escalated,) = review_dues(late)
        assert escalated.due == waits.due_on
    with scope(vern):
        review(
            waits.pk, moss.pk, outcome="justified", words="Hun var bevisstløs.", by=vern, now=timezone.now()
        )
        assert not list(review_dues(vern))
    html = signed_in(home.astrid).get(reverse("care:looked", args=[decision.patient_id])).content.decode()
    assert "Hun var bevisstløs." in html
    with scope(home.astrid):
        assert not list(review_dues(home.astrid)), "told when the patient has read the log"


def test_the_one_who_looked_does_not_review_it_not_even_past_the_application(world: CareWorld) -> None:
    use(world)
    nurse, moss = world.nurses["Moss"], world.parties[MOSS]
    with scope(world.machine):
        Membership.objects.create(
            community=world.community, account_id=nurse.account_id, role="privacy_officer", party=moss,
            from_day=LONG_AGO,
        )  # fmt: skip
    both = replace(nurse, roles=nurse.roles | {"privacy_officer"})
    with scope(both), control_of(moss.pk, by=both):
        (one,) = waiting_reviews(moss.pk)
        with pytest.raises(Refused) as refused:
            review(one.pk, moss.pk, outcome="justified", words="Det var riktig.", by=both, now=timezone.now())
        assert refused.value.code == "review.own"
        with pytest.raises(IntegrityError, match="review_by_somebody_else"), transaction.atomic():
            AccessReview.objects.filter(pk=one.pk).update(
                outcome="justified", words="x", reviewed_by=both.account_id, reviewed_at=timezone.now()
            )


def test_a_review_is_written_once(world: CareWorld) -> None:
    use(world)
    vern, moss = officer(world, MOSS, "Vera Lie"), world.parties[MOSS]
    with scope(vern), control_of(moss.pk, by=vern):
        (one,) = waiting_reviews(moss.pk)
        for outcome, words, code in (("", "Det var riktig.", "outcome"), ("justified", "nei", "words")):
            with pytest.raises(Refused) as refused:
                review(one.pk, moss.pk, outcome=outcome, words=words, by=vern, now=timezone.now())
            assert refused.value.code == f"review.{code}"
        review(one.pk, moss.pk, outcome="unjustified", words="Ingen grunn.", by=vern, now=timezone.now())
        with pytest.raises(Refused) as again:
            review(one.pk, moss.pk, outcome="justified", words="Likevel riktig.", by=vern, now=timezone.now())
        assert again.value.code == "review.done"
        with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
            AccessReview.objects.filter(pk=one.pk).update(words="Noe annet")


@pytest.mark.parametrize("party", [HOSPITAL, "Halden"])
def test_the_officer_of_another_organisation_sees_neither_log_nor_review(
    world: CareWorld, party: str
) -> None:
    use(world)
    other, moss = officer(world, party, "Per Vik"), world.parties[MOSS]
    with scope(other):
        with pytest.raises(Refused), control_of(moss.pk, by=other):
            pass
        with controlling(moss.pk):
            assert not AccessReview.objects.exists(), (
                "the database does not believe what one says one controls"
            )
    client = signed_in(other)
    assert client.get(reverse("care:control", args=[moss.pk])).status_code == 403
    assert client.get(reverse("care:control-file", args=[moss.pk])).status_code == 403


def test_it_is_ended_and_then_a_new_reason_is_needed(world: CareWorld) -> None:
    use(world)
    nurse = world.nurses["Moss"]
    assert opens(world, nurse)
    with scope(nurse):
        end_emergency(world.patients[ASTRID].pk, by=nurse)
        end_emergency(world.patients[ASTRID].pk, by=nurse)
    assert not opens(world, nurse)
    use(world)
    assert opens(world, nurse)
    vern, moss = officer(world, MOSS, "Vera Lie"), world.parties[MOSS]
    with scope(vern), control_of(moss.pk, by=vern):
        assert len(waiting_reviews(moss.pk)) == 2, "each is reviewed"


def test_it_passes_a_block_and_is_marked(world: CareWorld) -> None:
    ward, astrid = world.nurses["Ward"], world.patients[ASTRID]
    with scope(world.machine), deciding(astrid.pk):
        Block.objects.create(
            community=world.community, patient=astrid, against="everybody", from_day=LONG_AGO
        )
    assert not opens(world, ward)
    use(world, "Ward")
    assert opens(world, ward)
    vern = officer(world, HOSPITAL, "Vera Lie")
    html = signed_in(vern).get(reverse("care:control", args=[world.parties[HOSPITAL].pk])).content.decode()
    assert "Kari Vold" in html.split('id="regel-passed_block"')[1].split("</section>")[0]


def test_from_the_refusal_to_the_page_to_the_end(world: CareWorld, home: Family) -> None:
    nurse, pk = world.nurses["Moss"], world.patients[ASTRID].pk
    client = signed_in(nurse)
    refused = client.get(reverse("care:plan-list", args=[pk]))
    assert refused.status_code == 403
    address = reverse("care:emergency", args=[pk])
    assert address in refused.content.decode()
    form = client.get(address).content.decode()
    assert "Astrid" not in form
    assert client.post(address, {"reason_code": "other", "reason": "kort"}).status_code == 422
    assert client.post(address, WORDS).status_code == 303
    opened = client.get(reverse("care:plan-list", args=[pk]))
    assert opened.status_code == 200
    assert "30 minutter igjen" in opened.content.decode()
    assert client.post(reverse("care:emergency-end", args=[pk])).status_code == 303
    assert client.get(reverse("care:plan-list", args=[pk])).status_code == 403


def test_a_number_that_is_nobodys_looks_the_same_and_opens_nothing(world: CareWorld) -> None:
    client, nobody = signed_in(world.nurses["Moss"]), 10**9
    known = world.patients[ASTRID].pk
    pages = {
        pk: client.get(reverse("care:plan-list", args=[pk]))
        .content.decode()
        .replace(f"/pasienter/{pk}/", "/pasienter/N/")
        for pk in (nobody, known)
    }
    assert without_token(pages[nobody]) == without_token(pages[known])
    address = reverse("care:emergency", args=[nobody])
    assert client.get(address).status_code == 200
    assert client.post(address, WORDS).status_code == 403


def without_token(html: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", html)


def test_a_citizen_has_no_emergency_access(world: CareWorld, home: Family) -> None:
    address = reverse("care:emergency", args=[world.patients["Odd Nilsen"].pk])
    client = signed_in(home.daughter)
    assert client.get(address).status_code == 403
    assert client.post(address, WORDS).status_code == 403


def test_a_refused_look_is_kept_when_all_else_is_undone_and_counted(world: CareWorld, home: Family) -> None:
    nurse, pk = world.nurses["Moss"], world.patients[ASTRID].pk
    client = signed_in(nurse)
    for _ in range(3):
        assert client.get(reverse("care:plan-list", args=[pk])).status_code == 403
    vern = officer(world, MOSS, "Vera Lie")
    with scope(vern), control_of(world.parties[MOSS].pk, by=vern):
        rows = list(RefusedLook.objects.all())
        assert sum(one.times for one in rows) == 3
        assert len(rows) <= 2, "one a minute"
        assert {(one.by_name, one.asked, one.code) for one in rows} == {
            ("Nina Berg", pk, "access.no_relation")
        }
    control = signed_in(vern).get(reverse("care:control", args=[world.parties[MOSS].pk])).content.decode()
    assert "Nina Berg" in control.split('id="stoppet"')[1]
    seen = (
        signed_in(home.astrid)
        .get(reverse("care:looked", args=[pk]))
        .content.decode()
        .split('id="stoppet"')[1]
    )
    assert "Moss" in seen
    assert "Nina Berg" not in seen, "nothing was seen, so the patient is told where and not who"


def test_the_officer_reviews_on_the_page(world: CareWorld) -> None:
    use(world)
    vern, moss = officer(world, MOSS, "Vera Lie"), world.parties[MOSS]
    client, address = signed_in(vern), reverse("care:control", args=[moss.pk])
    html = client.get(address).content.decode()
    assert ASTRID in html
    assert "Funnet bevisstløs hjemme" in html
    with scope(vern), control_of(moss.pk, by=vern):
        (one,) = waiting_reviews(moss.pk)
    assert client.post(address, {"kontroll": one.pk, "outcome": "justified", "words": ""}).status_code == 422
    sent = {"kontroll": one.pk, "outcome": "justified", "words": "Riktig, hun var alene."}
    assert client.post(address, sent).status_code == 303
    table = client.get(reverse("care:control-file", args=[moss.pk])).content.decode("utf-8-sig")
    assert "Nina Berg" in table
    assert ASTRID not in table


def test_an_organisation_without_a_privacy_officer_is_a_task_of_the_administrator(world: CareWorld) -> None:
    account = member("ostfold", "administrator", name="Arne Antonsen", email="arne@admin.example")
    admin = acting_as(account, today=TODAY, community_id=world.community.pk)
    officer(world, MOSS, "Vera Lie")
    with scope(admin):
        told = {one.title.split(" ")[0] for one in gap_dues(admin)}
    assert told == {str(world.teams["Ward"].tenant).split(" ")[0], str(world.teams["Service"].tenant)}
    with scope(world.nurses["Ward"]):
        assert not list(gap_dues(world.nurses["Ward"]))
