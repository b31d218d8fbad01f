"""The medication list: gone through line by line, signed, replaced, and read by those who may."""

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from factories.care import LONG_AGO, CareWorld, care_world
from factories.safety_net import (
    ASTRID,
    COMPARED,
    LINES,
    NOW,
    Family,
    all_recipients,
    family,
    refused_in,
    sent,
    signed_list,
    with_phones,
)
from integration.care.test_safety_net_pages import signed_in
from samspill.care.actions.medication import (
    begin_list,
    check_list,
    continue_rest,
    paste,
    save_list,
    sign_list,
    take_back_list,
    take_out,
    undo_list,
)
from samspill.care.actions.opening import opening
from samspill.care.carrying import deciding
from samspill.care.medication_lines import Line, from_plain
from samspill.care.models import Block, MedicationLine, MedicationList
from samspill.care.queries.medication import changes_said, find_list, list_in_use
from samspill.directory.public import Actor, scope

LATER = NOW + timedelta(days=1)
LETTER = "Nye:\nFurosemid tab 40 mg, 1 om morgenen mot væske\n\nRamipril 5 mg 1 x 1"


@pytest.fixture
def world(db: None) -> CareWorld:
    made = care_world()
    with_phones(made)
    return made


@pytest.fixture
def home(world: CareWorld) -> Family:
    return family(world)


def begun(world: CareWorld, by: str = "Ward") -> MedicationList:
    nurse = world.nurses[by]
    with scope(nurse):
        return begin_list(world.patients[ASTRID].pk, by=nurse, now=NOW)


def kept(row: MedicationList, by: Actor) -> MedicationList:
    with scope(by), opening(row.patient_id, by=by, what="x"):
        return find_list(row.pk, row.patient_id)


def test_a_letter_is_pasted_decided_undone_and_signed(world: CareWorld) -> None:
    nurse, row = world.nurses["Ward"], begun(world)
    pk, patient = row.pk, row.patient_id
    with scope(nurse):
        assert paste(pk, patient, LETTER, by=nurse) == 2
        continue_rest(pk, patient, by=nurse)
        take_out(pk, patient, 0, by=nurse)
    assert [one.name for one in from_plain(kept(row, nurse).draft)] == ["Ramipril"]
    with scope(nurse):
        assert undo_list(pk, patient, by=nurse)
        lines = from_plain(find(pk, patient, nurse).draft)
        assert decided(lines) == [("Furosemid", "new"), ("Ramipril", "continued")]
        save_list(pk, patient, lines, about=COMPARED, by=nurse)
        signed = sign_list(pk, patient, by=nurse, now=NOW)
    assert (signed.state, signed.signed_by_name, signed.draft) == ("signed", nurse.name, [])
    found = kept(row, nurse)
    assert [(one.order, str(one), one.purpose) for one in found.lines.all()] == [
        (1, "Furosemid 40 mg tablett", "væske"), (2, "Ramipril 5 mg", ""),
    ]  # fmt: skip


def decided(lines: Iterable[Line]) -> list[tuple[str, str]]:
    return [(one.name, one.decision) for one in lines]


def find(pk: int, patient: int, by: Actor) -> MedicationList:
    with opening(patient, by=by, what="x"):
        return find_list(pk, patient)


def test_what_is_typed_is_undone_together_and_in_the_end_there_is_nothing_more(world: CareWorld) -> None:
    nurse, row = world.nurses["Ward"], begun(world)
    with scope(nurse):
        for name in ("R", "Ram", "Ramipril"):
            save_list(row.pk, row.patient_id, [Line(name)], about=COMPARED, by=nurse)
        assert undo_list(row.pk, row.patient_id, by=nurse)
        assert find(row.pk, row.patient_id, nurse).draft == []
        assert not undo_list(row.pk, row.patient_id, by=nurse)


def test_a_list_is_not_signed_before_every_line_is_decided(world: CareWorld) -> None:
    nurse, row = world.nurses["Ward"], begun(world)
    undecided = [*LINES, Line("Marevan", dose="etter skjema")]
    with scope(nurse):
        save_list(row.pk, row.patient_id, undecided, about=COMPARED, by=nurse)
        assert [one.field for one in check_list(find(row.pk, row.patient_id, nurse))] == ["decision-3"]
    assert refused_in(nurse, sign_list, row.pk, row.patient_id, now=NOW) == "medication.not_ready"


def test_an_empty_list_is_signed_when_somebody_says_that_nothing_is_taken(world: CareWorld) -> None:
    nurse, row = world.nurses["Ward"], begun(world)
    about = replace(COMPARED, uses_none=True)
    with scope(nurse):
        save_list(row.pk, row.patient_id, [], about=about, by=nurse)
        assert sign_list(row.pk, row.patient_id, by=nurse, now=NOW).is_in_use


def test_a_new_list_begins_with_what_is_taken_and_takes_the_place_of_the_former(world: CareWorld) -> None:
    nurse, first = world.nurses["Ward"], signed_list(world)
    row = begun(world)
    assert decided(from_plain(row.draft)) == [("Furosemid", ""), ("Ramipril", "")]
    assert (row.version, begun(world).pk) == (2, row.pk)
    second = signed_list(world, LINES[:2], at=LATER)
    assert (second.pk, second.replaces_id, kept(first, nurse).state) == (row.pk, first.pk, "replaced")
    with scope(nurse), opening(row.patient_id, by=nurse, what="x"):
        assert list_in_use(row.patient_id) == second


def test_a_list_that_is_wrong_is_taken_back_with_a_reason_by_those_who_made_it(world: CareWorld) -> None:
    nurse, row = world.nurses["Ward"], signed_list(world)
    args: tuple[Any, ...] = (take_back_list, row.pk, row.patient_id)
    assert refused_in(nurse, *args, reason=" ", now=LATER) == "medication.reason"
    service = world.nurses["Service"]
    assert refused_in(service, *args, reason="feil", now=LATER) == "medication.not_here"
    assert refused_in(nurse, *args, reason="feil pasient", now=LATER) == ""
    assert kept(row, nurse).end_reason == "feil pasient"
    with scope(nurse), opening(row.patient_id, by=nurse, what="x"):
        assert list_in_use(row.patient_id) is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE care_medicationlist SET place = 'et annet sted'",
        "UPDATE care_medicationlist SET state = 'draft'",
        "DELETE FROM care_medicationlist",
        "UPDATE care_medicationline SET dose = '2'",
        "DELETE FROM care_medicationline",
        'INSERT INTO care_medicationline (community_id, tenant_id, patient_id, list_id, "order", name, '
        "strength, form, dose, purpose, decision, reason, said_by, atc) SELECT community_id, tenant_id, "
        "patient_id, list_id, 9, 'Mer', '', '', '', '', 'continued', '', '', '' FROM care_medicationline",
    ],
)
def test_the_database_keeps_a_signed_list_as_it_is(world: CareWorld, statement: str) -> None:
    nurse, row = world.nurses["Ward"], signed_list(world)
    with (
        scope(nurse), opening(row.patient_id, by=nurse, what="x"), connection.cursor() as cursor,
        pytest.raises(Error), transaction.atomic(),
    ):  # fmt: skip
        cursor.execute(statement)


def test_the_list_is_seen_where_the_plan_it_went_with_is(world: CareWorld, home: Family) -> None:
    service, moss = world.nurses["Service"], world.nurses["Moss"]
    row = signed_list(world)
    assert refused_in(service, find, row.pk, row.patient_id) == "medication.not_here"
    plan = sent(world, all_recipients(world, home))
    assert (plan.medication_list_id, plan.medication_reconciled_by) == (
        plan.medication_list_id or 0, world.nurses["Ward"].name,
    )  # fmt: skip
    with scope(service), opening(row.patient_id, by=service, what="x"):
        assert [one.name for one in MedicationLine.objects.filter(list=plan.medication_list_id)] == [
            "Furosemid", "Ramipril", "Ibuprofen",
        ]  # fmt: skip
    assert refused_in(moss, find, plan.medication_list_id, row.patient_id) == "access.no_relation"


def test_what_is_other_than_before_is_said_in_plain_words(world: CareWorld) -> None:
    nurse, row = world.nurses["Ward"], signed_list(world)
    assert changes_said(kept(row, nurse).lines.all()) == [
        "Nytt: Furosemid 40 mg tablett, 1 om morgenen. Bruksområde: væske i kroppen.",
        "Slutt med: Ibuprofen 400 mg tablett. Hvorfor: det belaster nyrene.",
    ]


def test_the_plan_its_sheet_and_the_own_page_tell_of_the_medicines(world: CareWorld, home: Family) -> None:
    plan = sent(world, all_recipients(world, home))
    for who in (home.daughter, world.nurses["Service"]):
        html = signed_in(who).get(reverse("care:plan", args=[plan.patient_id, plan.pk])).content.decode()
        assert "Nytt: Furosemid 40 mg tablett" in html
    made = signed_in(home.astrid).get(reverse("care:plan-pdf", args=[plan.patient_id, plan.pk]))
    paper = pypdf.PdfReader(io.BytesIO(made.content))
    assert (len(paper.pages), "Slutt med: Ibuprofen" in paper.pages[0].extract_text()) == (1, True)
    own = signed_in(home.daughter).get(reverse("care:own")).content.decode()
    assert "Furosemid 40 mg tablett" in own
    whole = signed_in(home.daughter).get(reverse("care:medication", args=[plan.patient_id])).content.decode()
    assert "Ramipril 5 mg tablett" in whole
    assert "Gå gjennom" not in whole


def test_what_the_patient_has_blocked_is_not_there(world: CareWorld, home: Family) -> None:
    plan, service = sent(world, all_recipients(world, home)), world.nurses["Service"]
    with scope(world.machine), deciding(plan.patient_id):
        Block.objects.create(
            community=world.community, patient_id=plan.patient_id, against="team",
            team=world.teams["Service"], kinds=["medication"], from_day=LONG_AGO,
        )  # fmt: skip
    client = signed_in(service)
    assert client.get(reverse("care:medication", args=[plan.patient_id])).status_code == 403
    for name, args in (("plan", [plan.patient_id, plan.pk]), ("patient", [plan.patient_id])):
        assert "Furosemid" not in client.get(reverse(f"care:{name}", args=args)).content.decode()


def fields(html: str) -> dict[str, str]:
    found = re.findall(
        r'<input class="ds-input" type="(?!checkbox)\w+" id="([^"]+)" name="\1" value="([^"]*)"', html
    )
    chosen = re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', html, re.S)
    said = {name: re.findall(r'value="([^"]*)" selected', inside) for name, inside in chosen}
    count = re.findall(r'name="count" value="(\d+)"', html)[0]
    return {"count": count, **dict(found), **{name: one[0] for name, one in said.items() if one}}


def test_a_nurse_fills_the_page_and_signs(world: CareWorld) -> None:
    client, patient = signed_in(world.nurses["Ward"]), world.patients[ASTRID].pk
    page = client.post(reverse("care:begin-medication", args=[patient]))["Location"]
    html = client.get(page).content.decode()
    came = client.post(page, fields(html) | {"pasted": LETTER, "act": "paste"})
    assert (came.status_code, came["Location"]) == (303, f"{page}#linjer")
    html = client.get(page).content.decode()
    not_ready = client.post(page, fields(html) | {"act": "sign"})
    assert not_ready.status_code == 422
    assert 'href="#decision-1"' in not_ready.content.decode()
    done = fields(html) | {"act": "sign", "sources": ["discharge", "patient"], "decision-1": "continued"}
    came = client.post(page, done)
    assert came.status_code == 303, re.findall(r's-err__list">(.*?)</ul>', came.content.decode(), re.S)
    assert came["Location"] == reverse("care:medication", args=[patient])
    shown = client.get(reverse("care:medication", args=[patient])).content.decode()
    assert "Furosemid 40 mg tablett" in shown
    assert "epikrisen" in shown
    assert "Furosemid 40 mg tablett" in client.get(reverse("care:patient", args=[patient])).content.decode()


def test_what_is_written_is_kept_by_enter_and_while_one_types(world: CareWorld) -> None:
    nurse, row = world.nurses["Ward"], begun(world)
    client, page = signed_in(nurse), reverse("care:reconcile", args=[row.patient_id, row.pk])
    typed = {"count": "1", "name-0": "Ramipril", "place": "Kalnes\x00", "occasion": "mars"}
    live = client.post(page, typed, headers={"HX-Request": "true"})
    assert (live.status_code, "skriv hvor" in live.content.decode()) == (200, False)
    assert client.post(page, {**typed, "act": "paste"}).status_code == 200
    found = kept(row, nurse)
    assert (found.draft, found.place, found.occasion) == ([{"name": "Ramipril"}], "Kalnes", "other")
    assert client.post(page, {"count": "x" * 9, "act": "out-0"}).status_code == 303
    assert client.post(page, {"count": "0", "act": "undo"}).status_code == 303


def test_others_do_not_reach_a_draft(world: CareWorld, home: Family) -> None:
    row = begun(world)
    for who in (home.daughter, home.astrid, world.nurses["Service"], world.nurses["Moss"]):
        for name in ("reconcile", "medication-list"):
            answer = signed_in(who).get(reverse(f"care:{name}", args=[row.patient_id, row.pk]))
            assert answer.status_code == 403, (who.name, name)
