"""Invariants 16, 17, 19–21, 28–30 and 32: what is written stays, is open where it may be, and is named."""

import io
import itertools
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from factories.bodies import Bodies, hold
from factories.meetings import give_account, holder_of, seat_of
from factories.open_world import OpenWorld, open_world
from factories.people import TODAY, actor
from factories.rooms import first_item, items, point, under_way
from integration.governance.following import signed_in, text_of
from integration.governance.test_identity import number
from samspill.directory.public import ERASURES, AuditEvent, Party, Person, machine, nobody, record, scope
from samspill.documents.writing import to_docx, to_pdf
from samspill.governance.actions.delivering import make_delivery, package_of
from samspill.governance.actions.opening import open_what_is_due
from samspill.governance.jobs_open import open_due
from samspill.governance.minutes_paper import paper_of
from samspill.governance.models import (
    Case,
    Meeting,
    Minutes,
    MinutesVersion,
    OpenEntry,
    Paper,
    Tenure,
)
from samspill.governance.public import (
    NewFile,
    add_addendum,
    add_version,
    approve_minutes,
    close_meeting,
    decide,
    send_minutes,
)
from samspill.governance.queries.open_search import Wanted, search_open
from samspill.governance.rules.access import check_screening
from samspill.governance.rules.identity import identity_numbers
from samspill.governance.rules.minutes import sha256_of
from samspill.governance.states import Access, MinutesState, OpenKind
from samspill.refusal import Refused, reason

FNR = number("010190")
# Made again from their thing; a video room's address; a reader's own; what only a machine writes.
NOT_SHARED = {"openentry", "subscription", "onlineroom"}


def held(bodies: Bodies, **kwargs: object) -> Meeting:
    meeting = under_way(bodies, bodies.fsu, **kwargs)  # type: ignore[arg-type]
    decide(first_item(meeting), points=[point(bodies)], by=bodies.by)
    return close_meeting(meeting, by=bodies.by)


def approved(bodies: Bodies) -> Minutes:
    meeting = held(bodies)
    send_minutes(meeting, by=bodies.by)
    return approve_minutes(Minutes.objects.get(meeting=meeting), by=bodies.by)


def raw(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("moved", [-400, -1, 0, 1, 400])
def test_invariant_16_the_minutes_show_who_sat_on_the_day_whoever_sits_there_when_they_are_written(
    bodies: Bodies, moved: int
) -> None:
    day = TODAY + timedelta(days=moved)
    old = holder_of(seat_of(bodies, 1))
    old.to_day = day
    old.save()
    hold(old.seat, "Nye Nilsen", from_day=day)
    meeting = held(bodies)
    send_minutes(meeting, by=bodies.by)
    for version in MinutesVersion.objects.all():
        names = {one["name"] for one in version.content["composition"]}
        assert ("Nye Nilsen" in names) == (day <= meeting.day)
        assert ("Per Solbakken" in names) == (meeting.day < day)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE governance_minutes SET state = 'out' WHERE id = %s",
        "UPDATE governance_minutes SET sha256 = repeat('0', 64) WHERE id = %s",
        "UPDATE governance_minutes SET approved_on = approved_on + 1 WHERE id = %s",
        "DELETE FROM governance_minutes WHERE id = %s",
        "UPDATE governance_minutesversion SET content = '{}' WHERE minutes_id = %s",
        "DELETE FROM governance_minutesversion WHERE minutes_id = %s",
        "UPDATE governance_minutesaddendum SET text = 'Noe annet' WHERE minutes_id = %s",
    ],
)
def test_invariant_17_the_database_refuses_every_change_of_approved_minutes(
    bodies: Bodies, change: str
) -> None:
    minutes = approved(bodies)
    add_addendum(minutes, text="Rett navn er Per.", because="Skrivefeil.", by=bodies.by)
    with pytest.raises(DatabaseError):
        raw(change, minutes.pk)
    minutes.refresh_from_db()
    version = MinutesVersion.objects.get(minutes=minutes, is_public=False)
    assert minutes.state == MinutesState.APPROVED
    assert minutes.sha256 == version.sha256 == sha256_of(version.content)
    assert minutes.addenda.get().text == "Rett navn er Per."


@given(st.sampled_from([*Access, "", "hemmelig"]), st.text(max_size=3), st.text(max_size=3))
def test_invariant_19_screening_says_by_which_law_and_what_everybody_is_told(
    access: str, law: str, title: str
) -> None:
    is_whole = access == Access.PUBLIC or bool(access in Access.values and law.strip() and title.strip())
    assert (reason(check_screening, access, law, title) == "") == is_whole


def test_invariant_19_every_document_has_an_access_state_public_unless_somebody_says_otherwise(
    bodies: Bodies,
) -> None:
    documents = [
        model
        for model in apps.get_app_config("governance").get_models()
        if any(field.name == "access" for field in model._meta.fields)
        and not model.__name__.endswith("Event")
    ]
    assert {model.__name__ for model in documents} == {"Case", "CaseBrief", "Paper"}
    for model in documents:
        field = model._meta.get_field("access")
        assert field.default == Access.PUBLIC
        assert not field.null
        assert not field.blank
    for silent in ("", "parties"):
        case = Case.objects.create(community=bodies.community, title="En sak")
        if silent:
            with pytest.raises(IntegrityError, match="screened_by_law_with_title"):
                raw("UPDATE governance_case SET access = %s WHERE id = %s", silent, case.pk)


def test_invariant_20_what_is_public_is_reachable_searchable_and_has_a_stable_address_at_once(
    bodies: Bodies,
) -> None:
    world = open_world(bodies)
    open_what_is_due(by=bodies.by)
    with scope(nobody(TODAY)):
        kinds = set(OpenEntry.objects.values_list("kind", flat=True))
    assert kinds == set(OpenKind.values)
    addresses = addresses_of(world)
    for address, words in addresses.items():
        page = Client().get(address)
        assert page.status_code == 200, address
        assert words in text_of(page), address
    Case.objects.filter(pk=world.case.pk).update(title="Felles kveldspatrulje i tre kommuner")
    open_what_is_due(by=bodies.by)
    assert addresses_of(world).keys() == addresses.keys(), "a new title moves nothing"
    hits = search_open(Wanted(words="kveldspatruljene"), TODAY).hits
    assert "Felles kveldspatrulje i tre kommuner" in [one.title for one in hits]


def addresses_of(world: OpenWorld) -> dict[str, str]:
    return {
        reverse("governance:case", args=[world.case.pk]): "Felles kveldspatrulje",
        reverse("governance:decision", args=[world.decision.pk]): "Kveldspatruljen begynner 1. februar.",
        reverse("governance:meeting", args=[world.meeting.pk]): "Felles kveldspatrulje",
        reverse("governance:minutes", args=[world.meeting.pk]): "Alle var enige.",
        reverse("governance:open"): "kveldspatrulje",
    }


def test_invariant_20_what_no_act_has_opened_is_found_within_the_hour_by_a_job_every_ten_minutes(
    bodies: Bodies,
) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.periodic import PeriodicRegistry

    registry: PeriodicRegistry = app.periodic_registry
    crons = [one.cron for one in registry.periodic_tasks.values() if one.task.name == open_due.name]
    assert crons == ["*/10 * * * *"]
    world = open_world(bodies)
    closed = {"access": Access.BODY, "law_reference": "offl. § 13", "public_title": "En sak"}
    Case.objects.filter(pk=world.case.pk).update(**closed, screened_until=TODAY)
    with scope(nobody(TODAY)):
        assert not OpenEntry.objects.filter(case=world.case.pk).exists()
    open_what_is_due(by=machine(bodies.community.pk, TODAY))
    with scope(nobody(TODAY)):
        found = OpenEntry.objects.get(kind=OpenKind.CASE, case=world.case.pk)
    assert timezone.now() - found.changed < timedelta(hours=1)


def shared_texts() -> Iterator[tuple[str, str, bool]]:
    """Every column of governance in which somebody can write words: table, column, whether it is JSON."""
    for model in apps.get_app_config("governance").get_models():
        if model.__name__.endswith("Event") or model._meta.model_name in NOT_SHARED:
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            is_json = isinstance(field, models.JSONField)
            if (is_text or is_json) and field.name != "sha256":
                yield model._meta.db_table, field.column, is_json


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "column", "is_json"), list(shared_texts()))
def test_invariant_21_no_text_of_governance_is_saved_with_a_fodselsnummer(
    table: str, column: str, is_json: bool
) -> None:
    """A new field is here by itself; a new table asks for `guarded("…")` in its migration."""
    sql = f"INSERT INTO {table} ({column}) VALUES (%s)"  # noqa: S608  names of our own tables
    with pytest.raises(Refused) as refused:
        raw(sql, f'{{"text": ["Om {FNR}."]}}' if is_json else FNR)
    assert (refused.value.code, refused.value.field) == ("text.identity", column)
    with pytest.raises(DatabaseError):  # the rest of the row is missing: the text is not what is wrong
        raw(sql, '{"text": "Ingen ringte."}' if is_json else "Nei")


DIGITS = st.text("0123456789 .-\u00a0x", max_size=24) | st.builds(
    lambda day, month, year, one, gap: gap.join(
        itertools.accumulate([number(f"{day:02d}{month:02d}{year:02d}", one)], lambda a, b: a + b)
    ),
    st.integers(1, 31), st.integers(1, 12), st.integers(0, 99), st.integers(0, 500), st.just(""),
)  # fmt: skip


@given(st.lists(DIGITS, max_size=4), st.sampled_from([" ", ", ", "nr. ", "\n", ""]))
@settings(max_examples=60)
@pytest.mark.django_db
def test_invariant_21_the_database_and_the_rule_find_the_same_numbers(parts: list[str], between: str) -> None:
    text = between.join(parts)
    with connection.cursor() as cursor:
        cursor.execute("SELECT governance_holds_identity(%s)", [text])
        assert cursor.fetchone() == (bool(identity_numbers(text)),)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE directory_auditevent SET by_name = 'Noen andre' WHERE id = %s",
        "UPDATE directory_auditevent SET details = '{}' WHERE id = %s",
        "DELETE FROM directory_auditevent WHERE id = %s",
        "SET LOCAL pgtrigger.ignore = '{directory_auditevent:append_only}'; "
        "DELETE FROM directory_auditevent WHERE id = %s",
    ],
)
def test_invariant_28_the_log_is_only_added_to_also_by_raw_sql_of_the_application(
    bodies: Bodies, change: str
) -> None:
    case = Case.objects.create(community=bodies.community, title="En sak")
    party = Party.objects.filter(community=bodies.community).first()
    event = record(by=bodies.by, act="case.prove", on=case, on_behalf_of=party, why="Fordi.")
    with pytest.raises(DatabaseError):
        raw(change, event.pk)
    kept = AuditEvent.objects.get(pk=event.pk)
    assert (kept.by_name, kept.act, kept.on_id) == (bodies.by.name, "case.prove", case.pk)
    assert (kept.on_behalf_of, kept.details) == (party, {"why": "Fordi."})
    assert kept.at is not None


WORDS = {"nb": ("Referat fra", "Til stede", "ikke"), "nn": ("Referat frå", "Til stades", "ikkje")}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_invariant_29_a_document_is_one_malform_whoever_makes_it_and_whatever_they_read_in(
    bodies: Bodies, language: str
) -> None:
    meeting = held(bodies)
    Meeting.objects.filter(pk=meeting.pk).update(language=language)
    Minutes.objects.filter(meeting=meeting).update(language=language)
    meeting.refresh_from_db()
    send_minutes(meeting, by=bodies.by)
    other = "nn" if language == "nb" else "nb"
    for version in MinutesVersion.objects.all():
        assert version.content["language"] == language
        assert WORDS[language][0] in version.content["title"]
        assert WORDS[other][0] not in version.content["title"]
    paper = paper_of(MinutesVersion.objects.first().content, made_at=datetime(2026, 11, 22, tzinfo=UTC))
    assert paper.language == language
    assert PdfReader(io.BytesIO(to_pdf(paper))).trailer["/Root"]["/Lang"].startswith(language)
    with zipfile.ZipFile(io.BytesIO(to_docx(paper))) as word:
        styles = word.read("word/styles.xml").decode()
    assert f'"{language}-NO"' in styles
    for reader in ("nb", "nn"):
        client = Client()
        client.cookies["samspill_language"] = reader
        page = client.get(reverse("governance:minutes", args=[meeting.pk]))
        assert page.headers["Content-Language"] == reader
        assert f'lang="{language}"' in page.content.decode(), "the content says which målform it is"
    assert package_of(meeting) == package_of(meeting)
    assert make_delivery(meeting, by=bodies.by)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_invariant_29_the_package_for_the_archives_is_in_the_malform_of_the_meeting(
    bodies: Bodies, language: str
) -> None:
    world = open_world(bodies)
    Meeting.objects.filter(pk=world.meeting.pk).update(language=language)
    world.meeting.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(package_of(world.meeting))) as zipped:
        said = zipped.read("noark.json").decode()
        papers = [name for name in zipped.namelist() if name.endswith(".pdf") and "-VL-" not in name]
        languages = {PdfReader(io.BytesIO(zipped.read(name))).trailer["/Root"]["/Lang"] for name in papers}
    assert f'"spraak": "{language}"' in said
    assert ("Offentleg saksliste" in said) == (language == "nn")
    assert ("Offentlig saksliste" in said) == (language == "nb")
    assert {one.partition("-")[0] for one in languages} == {language}


def test_invariant_29_every_text_one_writes_in_carries_its_language(bodies: Bodies) -> None:
    carries = {
        model.__name__
        for model in apps.get_app_config("governance").get_models()
        if any(field.name == "language" for field in model._meta.fields)
    }
    assert {"Case", "Meeting", "Minutes", "Decision", "Consultation", "OpenEntry"} <= carries


def test_invariant_30_the_bytes_that_came_are_kept_and_a_newer_file_never_takes_their_place(
    bodies: Bodies,
) -> None:
    world = open_world(bodies)
    first = Paper.objects.get(pk=world.paper.pk).versions.get()
    before = (first.sha256, first.name, first.size_bytes)
    add_version(world.paper, NewFile(io.BytesIO(b"%PDF-1.7 nyere"), "nyere.pdf", 14), by=bodies.by)
    first.refresh_from_db()
    assert (first.sha256, first.name, first.size_bytes) == before
    assert [one.version for one in world.paper.versions.all()] == [2, 1]


def test_invariant_32_a_person_who_is_removed_is_still_named_where_they_sat_and_what_they_did(
    bodies: Bodies,
) -> None:
    kari = holder_of(seat_of(bodies, 0))
    acting = give_account(holder_of(seat_of(bodies, 1)))
    meeting = held(bodies)
    send_minutes(meeting, by=bodies.by)
    before = MinutesVersion.objects.get(is_public=False).content
    person = kari.person
    with transaction.atomic(), scope(bodies.by):
        Person.objects.get(pk=person.pk).delete()
    kari.refresh_from_db()
    assert (kari.person, kari.name) == (None, "Kari Nordli")
    assert MinutesVersion.objects.get(is_public=False).content == before
    assert Tenure.objects.filter(name="Kari Nordli", seat__body=bodies.fsu).exists()
    with pytest.raises(ProtectedError), transaction.atomic():
        Person.objects.get(account=acting.account_id).delete()
    page = text_of(signed_in(actor("ostfold")).get(reverse("governance:minutes", args=[meeting.pk])))
    assert "Kari Nordli" in page


def test_invariant_32_a_party_with_a_history_is_not_removed_but_leaves_on_a_day(bodies: Bodies) -> None:
    party = seat_of(bodies, 0).party
    with pytest.raises(ProtectedError), transaction.atomic():
        party.delete()
    Party.objects.filter(pk=party.pk).update(left=date(2026, 1, 1))
    meeting = held(bodies)
    send_minutes(meeting, by=bodies.by)
    seats = {one["seat"] for one in MinutesVersion.objects.first().content["composition"]}
    assert str(party) in seats
    assert len(items(meeting)) == 1


def test_invariant_32_beyond_name_and_role_governance_keeps_nothing_but_two_addresses() -> None:
    """A new field of somebody's own data is caught here: say when it is erased, or do not keep it."""
    by_name_and_role = {"name", "title", "by_name", "reporter_name", "presenter"}
    kept = {
        f"{model.__name__}.{field}"
        for model in apps.get_app_config("governance").get_models()
        for field in getattr(model, "PERSONAL", ())
        if field not in by_name_and_role and not model.__name__.endswith("Event")
    }
    office = {"AccessAddress.email"}  # chosen by the secretariat, and everybody's to read
    assert kept - office == {"Nomination.email", "Subscription.email"}
    assert kept - office <= {
        f"{one.model.__name__}.{column}" for one in ERASURES.all() for column in one.columns
    }
    subscription = apps.get_model("governance", "Subscription")
    assert not hasattr(subscription, "events"), "nothing is kept of a reader who has left"
