"""Invariant 32: personal data beyond name and role goes on schedule, also from history; the rest stays."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from factories.bodies import Bodies
from factories.meetings import holder_of, meeting_with_cases, seat_of
from factories.people import member
from factories.rooms import first_item
from samspill.cli.people import erase_and_tell
from samspill.directory.public import (
    ERASURES,
    Account,
    Actor,
    AuditEvent,
    Membership,
    Person,
    erase_due,
    erase_everywhere,
    kept_for_a_time,
    machine,
    periods,
    scope,
)
from samspill.governance.actions.agenda import fill_agenda
from samspill.governance.models import AppointmentRound, Nomination, PrivateNote, Subscription, Tenure
from samspill.governance.states import Follows, RoundState
from samspill.worklist.jobs_erasing import erase as erase_job
from samspill.worklist.models import Notice
from samspill.worklist.states import NoticeState

CLOSED = date(2025, 3, 1)
DAY = date(2025, 9, 1)
"""Six months after CLOSED: the first day on which the address may go."""
KARI = "kari.nordli@eksempel.no"
LONG = date(2026, 11, 1)
NUMBER = 900_000_001
"""Of a nomination; no other test has left history of it."""
OF_A_LINE = {"pgh_id", "pgh_obj_id", "pgh_created_at"}
HERE = "pgh_created_at = now() AND pgh_obj_id"
"""History of this transaction: other tests leave theirs, of rows that had the same numbers."""


def rows(query: str, *values: object) -> list[tuple[object, ...]]:
    """Straight from the table, as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def nominated(bodies: Bodies, state: RoundState = RoundState.CLOSED) -> Nomination:
    """An address that was corrected once, so that history holds two."""
    found = AppointmentRound.objects.create(
        community=bodies.community, body=bodies.fsu, from_day=CLOSED, answer_by=date(2025, 2, 1), state=state
    )
    one = Nomination.objects.create(
        pk=NUMBER,
        community=bodies.community,
        round=found,
        seat=seat_of(bodies, 0),
        name="Kari Nordli",
        email="kari@eksempel.no",
        title="kommuneoverlege",
    )
    one.email = KARI
    one.save(update_fields=["email"])
    return one


def on(day: date, bodies: Bodies) -> Actor:
    return machine(bodies.community.pk, day)


def addresses(one: Nomination) -> set[object]:
    """Every address of a nomination that stands anywhere."""
    now = rows("SELECT email FROM governance_nomination WHERE id = %s", one.pk)
    then = rows(
        "SELECT email FROM governance_nominationevent WHERE pgh_obj_id = %s",
        one.pk,
    )
    return {address for (address,) in (*now, *then)}


def test_an_address_and_its_history_go_on_the_day_and_never_before(bodies: Bodies) -> None:
    one = nominated(bodies)
    erase_due(by=on(DAY - timedelta(days=1), bodies))
    assert addresses(one) == {"kari@eksempel.no", KARI}
    erase_due(by=on(DAY, bodies))
    assert addresses(one) == {""}
    assert rows("SELECT name, title FROM governance_nomination WHERE id = %s", one.pk) == [
        ("Kari Nordli", "kommuneoverlege")
    ]
    names = rows(
        "SELECT DISTINCT name, title FROM governance_nominationevent WHERE pgh_obj_id = %s",
        one.pk,
    )
    assert names == [("Kari Nordli", "kommuneoverlege")]


def test_what_is_erased_is_told_in_the_log_without_the_address(bodies: Bodies) -> None:
    nominated(bodies)
    erase_due(by=on(DAY, bodies))
    said = AuditEvent.objects.get(act="retention.erase", on_kind="governance.nomination")
    assert (said.by_name, said.on_id) == ("Samspill", None)
    assert said.details == {"columns": ["email"], "rows": 1, "history": 2}


def test_twice_is_the_same_and_says_nothing_more(bodies: Bodies) -> None:
    nominated(bodies)
    erase_due(by=on(DAY, bodies))
    logged = AuditEvent.objects.filter(act="retention.erase").count()
    assert {(one.rows, one.history) for one in erase_due(by=on(DAY, bodies))} == {(0, 0)}
    assert AuditEvent.objects.filter(act="retention.erase").count() == logged


def test_an_open_round_keeps_its_addresses_however_old_it_is(bodies: Bodies) -> None:
    one = nominated(bodies, RoundState.OPEN)
    erase_due(by=on(LONG, bodies))
    assert KARI in addresses(one)


def test_another_community_does_not_reach_the_rows(bodies: Bodies) -> None:
    one = nominated(bodies)
    other = rows(
        "SELECT id FROM directory_community WHERE slug = 'telemark-og-vestfold' OR id <> %s",
        bodies.community.pk,
    )
    erase_due(by=machine(int(str(other[0][0])), DAY))
    assert KARI in addresses(one)


def test_history_of_a_row_that_was_deleted_goes_when_its_last_line_is_old_enough(bodies: Bodies) -> None:
    one = nominated(bodies)
    event = apps.get_model("governance", "NominationEvent")
    same = [field.column for field in event._meta.fields if field.column not in OF_A_LINE]
    for number, made in ((NUMBER + 1, CLOSED), (NUMBER + 2, DAY)):
        rows(
            f"INSERT INTO governance_nominationevent (pgh_obj_id, pgh_created_at, {', '.join(same)})"  # noqa: S608
            f" SELECT %s, %s, {', '.join(same)} FROM governance_nominationevent WHERE pgh_obj_id = %s"
            " RETURNING pgh_id",
            number, made, one.pk,
        )  # fmt: skip
    erase_due(by=on(DAY, bodies))
    read = "SELECT DISTINCT email FROM governance_nominationevent WHERE pgh_obj_id = %s"
    assert rows(read, NUMBER + 1) == [("",)]
    assert set(rows(read, NUMBER + 2)) == {("kari@eksempel.no",), (KARI,)}


@pytest.mark.parametrize(
    "call",
    [
        "erase_governance_nomination(5, '2025-09-01')",
        "erase_governance_nomination(-600, '2025-03-02')",
        "erase_governance_nomination(6, '2999-01-01')",
        "erase_governance_nomination(NULL, '2025-09-01')",
        "erase_governance_nomination(6, NULL)",
        "erase_directory_account(23, '2026-01-01')",
        "erase_directory_person(11, '2026-01-01')",
        "erase_governance_privatenote(23, '2026-01-01')",
        "erase_worklist_notice(11, '2026-01-01')",
        "erase_plans_application(23, '2026-01-01')",
    ],
)
def test_the_database_refuses_a_shorter_period_and_a_day_to_come(bodies: Bodies, call: str) -> None:
    one = nominated(bodies)
    with pytest.raises(DatabaseError, match="months"), transaction.atomic():
        rows(f"SELECT * FROM {call}")  # noqa: S608
    assert KARI in addresses(one)


def test_the_application_can_change_history_in_no_other_way(bodies: Bodies) -> None:
    nominated(bodies)
    for act in ("UPDATE governance_nominationevent SET name = 'x'", "DELETE FROM governance_nominationevent"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            rows(act + " RETURNING pgh_id")
    made = rows("SELECT proname, prosecdef FROM pg_proc WHERE proname LIKE 'erase\\_%%' ORDER BY 1")
    mine = {f"erase_{one.model._meta.db_table}" for one in ERASURES.all() if one.erase is None}
    assert dict(made) == dict.fromkeys(mine, True)
    assert rows("SELECT count(*) FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace") == [
        (len(mine),)
    ]


def left(bodies: Bodies, day: date) -> Tenure:
    """Kari of the first seat left on a day."""
    kari = holder_of(seat_of(bodies, 0))
    Person.objects.filter(pk=kari.person_id).update(email=KARI, phone="91 23 45 67", title="kommuneoverlege")
    Tenure.objects.filter(person=kari.person_id).update(to_day=day)
    kari.refresh_from_db()
    return kari


def test_somebody_who_left_keeps_name_and_seat_but_not_address_and_telephone(bodies: Bodies) -> None:
    kari = left(bodies, date(2025, 6, 1))
    erase_due(by=on(date(2026, 5, 31), bodies))
    assert Person.objects.get(pk=kari.person_id).phone == "91 23 45 67"
    erase_due(by=on(date(2026, 6, 1), bodies))
    for table, key in (("directory_person", "id"), ("directory_personevent", HERE)):
        found = set(rows(f"SELECT email, phone FROM {table} WHERE {key} = %s", kari.person_id))  # noqa: S608
        assert found == {("", "")}
    person = Person.objects.get(pk=kari.person_id)
    assert (person.name, person.title) == ("Kari Nordli", "kommuneoverlege")
    kari.refresh_from_db()
    assert (kari.person_id, kari.name) == (person.pk, "Kari Nordli")


def test_somebody_who_still_has_a_seat_or_a_role_keeps_both(bodies: Bodies) -> None:
    kari = left(bodies, date(2025, 6, 1))
    account = member("ostfold", "member", email="kari@example.no")
    Account.objects.filter(pk=account.pk).update(person=kari.person_id)
    erase_due(by=on(LONG, bodies))
    assert Person.objects.get(pk=kari.person_id).email == KARI


def gone(role_ended: date, last_here: datetime | None) -> Account:
    """An account whose only role has ended."""
    account = member("ostfold", "member", name="Per Solbakken", email="per@example.no")
    Membership.objects.filter(account=account).update(from_day=date(2023, 1, 1), to_day=role_ended)
    Account.objects.filter(pk=account.pk).update(last_login=last_here, subject="12345", issuer="idporten")
    return account


def test_the_key_of_somebody_who_has_left_is_closed_and_its_address_goes(bodies: Bodies) -> None:
    account = gone(date(2024, 5, 1), datetime(2024, 3, 1, 9, tzinfo=UTC))
    erase_due(by=on(date(2026, 4, 30), bodies))
    account.refresh_from_db()
    assert account.email == "per@example.no"
    erase_due(by=on(date(2026, 5, 1), bodies))
    account.refresh_from_db()
    assert (account.name, account.email) == ("Per Solbakken", f"erased-{account.pk}@samspill.invalid")
    assert (account.issuer, account.subject, account.is_active) == ("", "", False)
    assert not account.has_usable_password()
    then = rows(
        f"SELECT DISTINCT name, email, subject FROM directory_accountevent WHERE {HERE} = %s",  # noqa: S608
        account.pk,
    )
    assert then == [("Per Solbakken", account.email, "")]


@pytest.mark.parametrize(
    ("ended", "here"),
    [(date(2024, 5, 1), datetime(2026, 10, 1, tzinfo=UTC)), (date(2027, 1, 1), None)],
    ids=["was here lately", "still has a role"],
)
def test_a_key_in_use_stays(bodies: Bodies, ended: date, here: datetime | None) -> None:
    account = gone(ended, here)
    erase_everywhere(today=LONG)
    account.refresh_from_db()
    assert (account.email, account.is_active) == ("per@example.no", True)


def test_a_role_in_another_community_keeps_the_key(bodies: Bodies) -> None:
    account = gone(date(2024, 5, 1), None)
    member("troms-og-ofoten", "member", name="Per Solbakken", email="per@example.no")
    erase_everywhere(today=LONG)
    account.refresh_from_db()
    assert account.is_active


def test_a_private_note_goes_two_years_after_its_meeting_and_is_seen_by_nobody_meanwhile(
    bodies: Bodies,
) -> None:
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    item = first_item(meeting)
    account = member("ostfold", "member", email="per@example.no")
    writer = Actor(today=DAY, account_id=account.pk, community_id=bodies.community.pk)
    with scope(writer):
        PrivateNote.objects.create(community=bodies.community, item=item, account=account, text="Spør Kari")
    type(meeting).objects.filter(pk=meeting.pk).update(day=date(2024, 4, 1))
    read = "SELECT text FROM governance_privatenote UNION SELECT text FROM governance_privatenoteevent"
    for day, stands in ((date(2026, 3, 31), "Spør Kari"), (date(2026, 4, 1), "")):
        erase_due(by=on(day, bodies))
        with scope(on(day, bodies)):
            assert rows(read) == []
        with scope(writer):
            assert rows(read) == [(stands,)]


def test_what_a_mail_said_goes_a_year_after_it_left_and_its_headline_stays(bodies: Bodies) -> None:
    account = member("ostfold", "member", email="per@example.no")
    one = Notice.objects.create(
        community=bodies.community,
        account=account,
        key="prøve",
        title="Innkalling",
        text="Kari Nordli møter",
        calendar="ATTENDEE:mailto:kari@eksempel.no",
        state=NoticeState.SENT,
        sent_at=datetime(2025, 2, 1, 9, tzinfo=UTC),
    )
    erase_due(by=on(date(2026, 1, 31), bodies))
    one.refresh_from_db()
    assert one.calendar
    erase_due(by=on(date(2026, 2, 1), bodies))
    read = "SELECT text, calendar, title FROM {} WHERE {} = %s"
    for table, key in (("worklist_notice", "id"), ("worklist_noticeevent", HERE)):
        assert set(rows(read.format(table, key), one.pk)) == {("", "", "Innkalling")}


def test_an_address_that_was_never_confirmed_is_gone_after_two_days(bodies: Bodies) -> None:
    for age, name in ((1, "ny"), (3, "gammel")):
        Subscription.objects.create(
            community=bodies.community,
            email=f"{name}@eksempel.no",
            follows=Follows.COMMUNITY,
            token_hash=name,
            made=timezone.now() - timedelta(days=age),
        )
    erase_due(by=on(LONG, bodies))
    assert [one.email for one in Subscription.objects.all()] == ["ny@eksempel.no"]


def test_a_rehearsal_counts_the_same_and_changes_nothing(bodies: Bodies) -> None:
    one = nominated(bodies)
    counted = erase_everywhere(today=DAY, is_rehearsal=True)
    assert addresses(one) == {"kari@eksempel.no", KARI}
    assert not AuditEvent.objects.filter(act="retention.erase").exists()
    assert erase_everywhere(today=DAY) == counted
    assert addresses(one) == {""}


def test_the_command_line_says_how_many_of_each_kind(bodies: Bodies) -> None:
    nominated(bodies)
    said = erase_and_tell(today=DAY, is_rehearsal=True)
    assert "governance.nomination: 1 due, 2 in history, kept for 6 months" in said
    assert len(said) == len(ERASURES.all())
    assert "governance.nomination: 1 erased, 2 in history, kept for 6 months" in erase_and_tell(
        today=DAY, is_rehearsal=False
    )


def test_the_nightly_job_asks_for_every_community(bodies: Bodies) -> None:
    erase_job(int(datetime(2026, 11, 1, 2, 40, tzinfo=UTC).timestamp()))
    asked = ProcrastinateJob.objects.filter(task_name="worklist.erase_in")
    communities = {number for (number,) in rows("SELECT id FROM directory_community")}
    assert {job.args["community_id"] for job in asked} == communities


KEPT = {
    "governance.OnlineRoom.address": "the address of a room on the net, nobody's own",
    "governance.AccessAddress.email": "where everybody asks for access, the office's",
    "governance.AgendaVersion.recipients": "how many got the notice, a number",
}
"""Named like an address or a telephone number, but not somebody's own."""
LIKE_AN_ADDRESS = re.compile(r"mail|phone|mobile|address|recipient")


def like_an_address(model: type[models.Model]) -> Callable[[models.Field], bool]:
    return lambda field: isinstance(field, models.EmailField) or bool(LIKE_AN_ADDRESS.search(field.name))


def test_every_column_like_an_address_is_erased_or_kept_for_a_reason() -> None:
    erased = {
        f"{one.model._meta.app_label}.{one.model.__name__}.{column}"
        for one in ERASURES.all()
        for column in one.columns
    }
    found = {
        f"{label}.{model.__name__}.{field.name}"
        for label in ("directory", "worklist", "governance", "plans", "insight")
        for model in apps.get_app_config(label).get_models()
        if not hasattr(model, "pgh_tracked_model")
        for field in filter(like_an_address(model), model._meta.fields)
    }
    assert found - erased == set(KEPT)


def test_every_kind_has_a_period_and_the_database_holds_the_same_one(bodies: Bodies) -> None:
    assert {one.key for one in ERASURES.all()} == periods().keys()
    for one in ERASURES.all():
        assert {field.name for field in one.model._meta.fields} >= set(one.columns)
        if one.erase is None:
            (code,) = rows(
                "SELECT prosrc FROM pg_proc WHERE proname = %s", f"erase_{one.model._meta.db_table}"
            )
            assert f"_months < {periods()[one.key].months} " in str(code[0])


@pytest.mark.parametrize(
    ("form", "said"), [("nb", "6 måneder etter oppnevningen"), ("nn", "6 månader etter oppnemninga")]
)
def test_the_page_about_privacy_says_the_same_periods(db: None, form: str, said: str) -> None:
    client = Client()
    client.cookies["samspill_language"] = form
    page = client.get(reverse("web:privacy")).content.decode()
    with translation.override(form):
        assert all(one.until in page and one.what in page for one in kept_for_a_time())
        assert said in {one.until for one in kept_for_a_time()}
