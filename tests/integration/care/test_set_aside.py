"""What cannot be kept as it was sent is a task of a named team, and never dropped."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from factories.care import CareWorld
from factories.entering import entered, on_duty
from factories.measuring import WEIGHT, watch
from factories.safety_net import Family, refused_in
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.setting_aside import dismiss, mend
from samspill.care.models import Alert, Measurement, SetAside
from samspill.care.wording_aside import SAID
from samspill.directory.public import scope


def only(world: CareWorld) -> SetAside:
    with on_duty(world):
        return SetAside.objects.select_related("alert__team", "measurement").get()


@pytest.mark.parametrize(
    ("code", "said", "reason"),
    [
        (WEIGHT, "720", "value.impossible"),
        (WEIGHT, "tung", "number.not_a_number"),
        (WEIGHT, "nan", "number.not_a_number"),
        (WEIGHT, float("inf"), "number.not_a_number"),
        (WEIGHT, True, "number.not_a_number"),
        (WEIGHT, ("72", "mmHg"), "unit.unknown"),
        (WEIGHT, "72 1e9", "unit.unknown"),
        ("8310-5", "101", "value.impossible"),
        ("85354-9", "16/10", "value.impossible"),
        ("85354-9", "85/135", "value.turned"),
        ("85354-9", "135", "value.shape"),
        ("8867-4", "1e9", "unit.unknown"),
        ("no-such-code", "7", "unit.unknown_code"),
    ],
)
def test_it_is_kept_as_it_was_sent_with_the_reason_and_a_team_that_answers(
    world: CareWorld, home: Family, code: str, said: object, reason: str
) -> None:
    if code != "no-such-code":
        watch(world, code=code, rule=None)
    result = entered(world, home.astrid, {code: said})
    row = only(world)
    assert (result.kept, [one.pk for one in result.aside]) == ((), [row.pk])
    assert reason in [code for code, _sentence in row.reasons]
    assert reason in SAID
    assert (row.alert.kind, row.alert.team, row.alert.state) == (
        "set_aside",
        world.teams["Service"],
        "raised",
    )
    with on_duty(world):
        assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("effective", "reason"),
    [
        (timezone.now() + timedelta(days=3000), "time.future"),
        (datetime(2019, 1, 1, tzinfo=timezone.get_default_timezone()), "time.old"),
        (datetime(2026, 11, 23, 8), "time.no_zone"),
        ("i går", "time.not_a_time"),
        (None, "time.not_a_time"),
    ],
)
def test_a_clock_gone_wrong_sets_aside(
    world: CareWorld, home: Family, effective: object, reason: str
) -> None:
    watch(world)
    entered(world, home.astrid, "66", effective=effective)
    assert [code for code, _sentence in only(world).reasons] == [reason]


def test_what_is_right_in_the_same_sending_is_kept(world: CareWorld, home: Family) -> None:
    watch(world)
    watch(world, code="8867-4", rule=None)
    result = entered(world, home.astrid, {WEIGHT: "66", "8867-4": "880"})
    assert ([one.code for one in result.kept], [one.code for one in result.aside]) == ([WEIGHT], ["8867-4"])


def test_a_person_mends_it_and_the_task_is_done(world: CareWorld, home: Family) -> None:
    watch(world)
    entered(world, home.daughter, "720", how="relative")
    row, ida = only(world), world.nurses["Service"]
    said = {"value": "72,0", "effective": timezone.now(), "reason": "Ringte Mona: 72,0"}
    with scope(ida):
        mend(row.pk, row.patient_id, **said, by=ida, now=timezone.now())
    row = only(world)
    assert row.state == "mended"
    assert row.measurement is not None
    assert (row.measurement.value, row.measurement.sent_value) == ("72", "720")
    assert (row.sent_value, row.settled_by_id) == ("720", ida.account_id)
    with on_duty(world):
        states = {one.kind: one.state for one in Alert.objects.all()}
    assert states == {"set_aside": "closed", "outside": "raised"}, "72 is outside, and told"
    with scope(ida):
        again = refused_in(ida, mend, row.pk, row.patient_id, **said, now=timezone.now())
    assert again == "set_aside.settled"


def test_a_person_dismisses_it_with_a_reason(world: CareWorld, home: Family) -> None:
    watch(world)
    entered(world, home.astrid, "720")
    row, ida = only(world), world.nurses["Service"]
    now = timezone.now()
    assert refused_in(ida, dismiss, row.pk, row.patient_id, reason=" ", now=now) == "set_aside.reason"
    with scope(ida):
        dismiss(row.pk, row.patient_id, reason="Barnebarnet lekte", by=ida, now=now)
    row = only(world)
    assert (row.state, row.settled_reason, row.alert.state) == ("dismissed", "Barnebarnet lekte", "closed")


def test_the_task_ends_with_the_last_of_what_it_is_about(world: CareWorld, home: Family) -> None:
    watch(world)
    for said in ("720", "730"):
        entered(world, home.astrid, said)
    ida = world.nurses["Service"]
    with on_duty(world):
        rows = list(SetAside.objects.order_by("pk"))
    assert rows[0].alert_id == rows[1].alert_id
    for row, state in zip(rows, ("raised", "closed"), strict=True):
        with scope(ida):
            dismiss(row.pk, row.patient_id, reason="Tastefeil", by=ida, now=timezone.now())
        with on_duty(world):
            assert Alert.objects.get().state == state


def test_others_do_not_settle_it(world: CareWorld, home: Family) -> None:
    watch(world)
    entered(world, home.astrid, "720")
    row, now = only(world), timezone.now()
    for who, code in (
        (world.nurses["Ward"], "set_aside.not_here"),
        (world.nurses["Moss"], "access.no_relation"),
        (home.astrid, "access.right"),
        (home.daughter, "access.right"),
    ):
        assert refused_in(who, dismiss, row.pk, row.patient_id, reason="x", now=now) == code
    assert only(world).is_waiting


def test_a_mended_value_must_be_one(world: CareWorld, home: Family) -> None:
    watch(world)
    entered(world, home.astrid, "720")
    row, ida, now = only(world), world.nurses["Service"], timezone.now()
    told = refused_in(ida, mend, row.pk, row.patient_id, value="730", effective=now, reason="x", now=now)
    assert told == "set_aside.still"
    assert only(world).is_waiting


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM care_setaside", "UPDATE care_setaside SET sent_value = '1'", "DELETE FROM care_entry",
     "UPDATE care_entry SET key = 'x'"],
)  # fmt: skip
def test_what_was_sent_cannot_be_changed_or_dropped(world: CareWorld, home: Family, statement: str) -> None:
    watch(world)
    entered(world, home.astrid, "720")
    with on_duty(world), pytest.raises(Exception, match=r"permission denied|Cannot update"):  # noqa: SIM117
        with transaction.atomic():
            connection.cursor().execute(statement)


def test_on_the_page_it_is_said_what_came_and_why_and_mended(world: CareWorld, home: Family) -> None:
    watch(world)
    entered(world, home.daughter, "720", how="relative")
    row = only(world)
    client, page = signed_in(world.nurses["Service"]), reverse("care:aside", args=[row.patient_id])
    settle = reverse("care:settle-aside", args=[row.patient_id, row.pk])
    html = client.get(page).content.decode()
    for said in ("Vekt: 720", "Mona Lunde", "Tallet kan ikke stemme", "Service"):
        assert said in html, said
    wrong = client.post(settle, {"value": "tung", "at": "2026-11-22T08:00", "reason": "Ringte"})
    assert wrong.status_code == 422
    assert client.post(settle, {"act": "dismiss", "reason": ""}).status_code == 422
    done = client.post(settle, {"value": "72,0", "at": "2026-11-22T08:00", "reason": "Ringte Mona"})
    assert done.status_code == 303
    assert "Ringte Mona" in client.get(page).content.decode()
    assert only(world).state == "mended"
    for who in (world.nurses["Ward"], home.daughter, world.nurses["Moss"]):
        seen = signed_in(who).get(page)
        assert seen.status_code == 403 or "Vekt" not in seen.content.decode()
