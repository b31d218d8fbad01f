"""Payments after the start: within the award, with a reason, kept in the history and taken back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from factories.people import TODAY
from integration.plans.funds.story import Story
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Actor, AuditEvent, scope
from samspill.plans.actions.funds.payments import add_payment, cancel_payment, change_payment, undo_payment
from samspill.plans.actions.funds.reporting import mark_paid
from samspill.plans.models import Award, Payment
from samspill.plans.rules.funds.awards import check_payment
from samspill.refusal import Refused
from samspill.worklist.models import Notice

pytestmark = pytest.mark.django_db
LATER = date(2027, 11, 1)


@pytest.fixture
def award(story: Story, secretariat: Actor) -> Award:
    """800 000 kr: 500 000 on 15 January and 300 000 on 1 September 2027."""
    return story.started(bring(small_plan(), secretariat).plan)


def payments(story: Story, award: Award) -> list[tuple[date, int]]:
    with scope(story.secretariat):
        return [(one.due, one.nok) for one in Payment.objects.filter(award=award)]


def second(story: Story, award: Award) -> Payment:
    with scope(story.secretariat):
        return Payment.objects.get(award=award, due=date(2027, 9, 1))


def change(story: Story, one: Payment, nok: int, because: str = "Ansettelsen tok tid.") -> AuditEvent:
    with scope(story.secretariat):
        return change_payment(one, due=LATER, nok=nok, condition="", because=because, by=story.secretariat)


def test_a_payment_gets_another_day_and_a_smaller_amount_and_the_rest_is_planned_anew(
    story: Story, award: Award
) -> None:
    change(story, second(story, award), 200_000)
    with scope(story.secretariat):
        add_payment(
            award, due=date(2028, 2, 1), nok=100_000, condition="", because="Resten.", by=story.secretariat
        )
    assert payments(story, award) == [
        (date(2027, 1, 15), 500_000),
        (LATER, 200_000),
        (date(2028, 2, 1), 100_000),
    ]


@pytest.mark.parametrize(("nok", "code"), [(300_001, "funds.payment_frame"), (0, "funds.payment")])
def test_payments_are_never_more_than_the_award_and_never_nothing(
    story: Story, award: Award, nok: int, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        change(story, second(story, award), nok)
    assert refused.value.code == code
    assert payments(story, award)[1] == (date(2027, 9, 1), 300_000)


@given(st.integers(-10, 2000), st.integers(0, 1000), st.integers(1, 1000))
def test_what_is_planned_stays_within_what_was_awarded(nok: int, planned: int, awarded: int) -> None:
    try:
        check_payment(nok, awarded=awarded, planned=planned)
    except Refused:
        assert nok <= 0 or planned + nok > awarded
    else:
        assert 0 < planned + nok <= awarded


def test_each_change_has_its_reason(story: Story, award: Award) -> None:
    with pytest.raises(Refused, match="hvorfor"):
        change(story, second(story, award), 300_000, because=" ")


def test_nothing_is_paid_before_it_was_awarded(story: Story, award: Award) -> None:
    with scope(story.secretariat), pytest.raises(Refused) as refused:
        change_payment(
            second(story, award), due=TODAY - timedelta(days=1), nok=1, condition="", because="Før.",
            by=story.secretariat,
        )  # fmt: skip
    assert refused.value.field == "due"


def test_what_is_paid_is_neither_changed_nor_cancelled(story: Story, award: Award) -> None:
    one = second(story, award)
    with scope(story.secretariat):
        mark_paid(one, on=TODAY, by=story.secretariat)
        with pytest.raises(Refused, match="ble betalt"):
            cancel_payment(one, because="Likevel ikke.", by=story.secretariat)
    with pytest.raises(Refused, match="ble betalt"):
        change(story, one, 100_000)


def test_only_the_secretariat_plans_payments(story: Story, award: Award) -> None:
    with scope(story.eva), pytest.raises(Refused) as refused:
        cancel_payment(second(story, award), because="Vi vil ikke.", by=story.eva)
    assert refused.value.forbidden


def test_payments_are_not_changed_before_the_work_has_started(story: Story) -> None:
    award = story.awarded()
    with scope(story.secretariat), pytest.raises(Refused) as refused:
        add_payment(award, due=LATER, nok=1, condition="", because="Nå.", by=story.secretariat)
    assert refused.value.code == "funds.not_started"


def test_every_act_can_be_taken_back_and_stands_in_the_history(story: Story, award: Award) -> None:
    before = payments(story, award)
    with scope(story.secretariat):
        gone = cancel_payment(second(story, award), because="Halden betaler selv.", by=story.secretariat)
    assert payments(story, award) == before[:1]
    with scope(story.secretariat):
        undo_payment(gone.pk, by=story.secretariat)
        assert payments(story, award) == before
        changed = change(story, second(story, award), 100_000)
        new = add_payment(award, due=LATER, nok=5, condition="", because="Litt.", by=story.secretariat)
        undo_payment(new.pk, by=story.secretariat)
        undo_payment(changed.pk, by=story.secretariat)
    assert payments(story, award) == before
    page = text_of(signed_in(story.secretariat).get(reverse("plans:fund-award", args=[award.pk])))
    assert "«Halden betaler selv.»" in page
    assert page.count("Angret.") == 3


def test_an_undo_that_would_give_more_than_the_award_is_refused(story: Story, award: Award) -> None:
    with scope(story.secretariat):
        gone = cancel_payment(second(story, award), because="Utsatt.", by=story.secretariat)
        add_payment(award, due=LATER, nok=300_000, condition="", because="Ny dag.", by=story.secretariat)
        with pytest.raises(Refused) as refused:
            undo_payment(gone.pk, by=story.secretariat)
    assert refused.value.code == "funds.payment_frame"


def test_what_is_paid_since_is_not_undone(story: Story, award: Award) -> None:
    changed = change(story, second(story, award), 100_000)
    with scope(story.secretariat):
        mark_paid(Payment.objects.get(award=award, due=LATER), on=TODAY, by=story.secretariat)
        with pytest.raises(Refused) as refused:
            undo_payment(changed.pk, by=story.secretariat)
    assert refused.value.code == "undo.changed"


def test_those_who_get_the_money_are_told_with_the_reason(story: Story, award: Award) -> None:
    change(story, second(story, award), 200_000)
    with scope(story.secretariat):
        told = Notice.objects.get(account_id=story.eva.account_id, key__startswith="plans.payment:")
    assert "Ansettelsen tok tid." in told.text
    assert "300 000 kr den 1. sept. 2027 ble 200 000 kr den 1. nov. 2027." in told.text.replace("\xa0", " ")


def test_the_page_changes_a_payment_and_offers_the_rest(story: Story, award: Award) -> None:
    client, one = signed_in(story.secretariat), second(story, award)
    here = reverse("plans:fund-change-payment", args=[one.pk])
    assert "300 000 kr skal betales 1. september 2027." in text_of(client.get(here))
    typed = {"due": "2027-11-01", "amount": "900 000", "condition": "", "because": "Mer."}
    refused = client.post(here, typed)
    assert refused.status_code == 422
    assert "Da er det 300 000 kr igjen å planlegge." in text_of(refused)
    assert 'value="900 000"' in refused.content.decode()
    done = client.post(here, {**typed, "amount": "250 000"})
    assert done.status_code == 303
    page = client.get(done["Location"])
    assert "Planlegg de 50 000 kr som er igjen" in text_of(page)
    assert "angre-utbetaling" in page.content.decode()
    new = reverse("plans:fund-add-payment", args=[award.pk])
    assert 'value="50 000"' in client.get(new).content.decode().replace("\xa0", " ")


def test_the_page_cancels_a_payment_and_takes_it_back(story: Story, award: Award) -> None:
    client, one = signed_in(story.secretariat), second(story, award)
    here = reverse("plans:fund-change-payment", args=[one.pk])
    assert client.post(here, {"cancel": "1", "because": ""}).status_code == 422
    assert client.post(here, {"cancel": "1", "because": "Halden betaler."}).status_code == 303
    with scope(story.secretariat):
        event = AuditEvent.objects.filter(act="fund.payment").latest("pk")
    undone = client.post(reverse("plans:fund-undo-payment", args=[award.pk, event.pk]))
    assert undone.status_code == 303
    assert second(story, award).nok == 300_000


def test_a_paid_payment_says_why_it_is_not_changed(story: Story, award: Award) -> None:
    client, one = signed_in(story.secretariat), second(story, award)
    client.post(reverse("plans:fund-paid", args=[one.pk]))
    page = client.get(reverse("plans:fund-change-payment", args=[one.pk]))
    assert "så den endres ikke" in text_of(page)
    assert b'name="amount"' not in page.content


@pytest.mark.parametrize("route", ["plans:fund-change-payment", "plans:fund-add-payment"])
def test_others_do_not_plan_payments(story: Story, award: Award, route: str) -> None:
    number = second(story, award).pk if route.endswith("change-payment") else award.pk
    assert signed_in(story.eva).get(reverse(route, args=[number])).status_code == 403
