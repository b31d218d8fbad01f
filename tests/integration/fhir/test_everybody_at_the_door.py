"""Everybody who can come to the FHIR face, and all they can ask: no resource too many, and none too few.

What each should be told is said by `factories.asked`, from rules in words (`factories.followed`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from factories.asked import ABOUT, Rows, callers, every_row, may_be_told
from factories.fhir_resources import quantity
from factories.followed import PATIENTS, Society, hidden_from, is_followed, may_see, told
from factories.machines import System, said
from factories.observations import observation
from factories.pages import signed_in
from factories.rows import any_row
from integration.care.test_everybody_and_everything import fill
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import (
    CareEpisode,
    CareTeam,
    Measurement,
    MedicationList,
    Patient,
    PatientIndicator,
    SafetyNetPlan,
)
from samspill.directory.public import Account, Community, Party, scope
from samspill.fhir.serving.table import KINDS

QUICK = ("Astrid Lunde", "Knut Vang", "Lise Holt")
SOME = ("The system of Service", "The system of Halden", "Tor Hagen", "Mona Lunde", "Astrid Lunde")
"""Each comes in and is let in by another way."""
OF_A_PATIENT = sorted(kind.type for kind in KINDS.values() if kind.of_patient)
UNTRIED = {"AuditEvent"}
"""The log is tried by itself."""


@pytest.fixture
def society(db: None, day_of_the_database: None) -> Society:
    made = told()
    fill(made)
    with scope(made.world.machine), opening_by_duty(by=made.world.machine):
        for episode in made.world.episodes.values():
            _plan_and_answer(made, episode)
        _sign_the_lists(made)
    return made


def _sign_the_lists(made: Society) -> None:
    """A medication list is told of when it is signed, with its lines."""
    by = made.people["Kari Vold"].account_id
    lists = MedicationList.objects.filter(state="draft")
    lists.filter(lines__isnull=True).update(uses_none=True)
    lists.update(
        state="signed",
        signed_at=timezone.now(),
        signed_by=by,
        signed_by_name="Kari Vold",
        sources=["patient"],
    )


def _plan_and_answer(made: Society, episode: Any) -> None:
    """A draft, and an answer to a question."""
    owned = {
        "community": made.world.community, "tenant_id": episode.tenant_id, "patient_id": episode.patient_id,
    }  # fmt: skip
    by = Account.objects.get(pk=made.people["Kari Vold"].account_id)
    there = {
        Community: made.world.community, Account: by, Party: episode.tenant, Patient: episode.patient,
        CareTeam: episode.team, CareEpisode: episode,
    }  # fmt: skip
    any_row(
        SafetyNetPlan, there, **owned, team=episode.team, problem=f"p{episode.pk}", content={}, made_by=by
    )
    asked = PatientIndicator.objects.create(
        **owned, episode=episode, kind="asked", code="pust", name="Pust", unit=""
    )
    any_row(
        Measurement, there, **owned, indicator=asked, code="pust", value="ja", fingerprint=f"f{episode.pk}"
    )


@pytest.fixture
def asking(society: Society, tmp_path: Path) -> Iterator[dict[str, System]]:
    with callers(society, tmp_path) as found:
        yield found


def batch(caller: System, addresses: list[str]) -> list[dict[str, Any]]:
    """What each address answers, asked together."""
    entries = [{"request": {"method": "GET", "url": one}} for one in addresses]
    answer = caller.ask("POST", "", {"resourceType": "Bundle", "type": "batch", "entry": entries})
    assert answer.status_code == 200, answer.content
    return list(said(answer)["entry"])


def ids_in(resource: dict[str, Any] | None) -> dict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for entry in (resource or {}).get("entry", []):
        one = entry["resource"]
        found[one["resourceType"]].add(one["id"])
    return found


def but_the_log(found: dict[str, set[str]]) -> dict[str, set[str]]:
    return {kind: ids for kind, ids in found.items() if ids and kind not in UNTRIED}


@pytest.mark.slow
def test_invariant_21_nobody_is_told_too_much_or_too_little_at_the_door(
    society: Society, asking: dict[str, System]
) -> None:
    """In one society, which is made once for all of it."""
    rows = every_row(society)
    assert {*ABOUT, *UNTRIED} == set(OF_A_PATIENT)
    assert all(any(rows[name][kind] for name in PATIENTS) for kind in ABOUT), "a type nothing is tried of"
    assert _wrong_everything(society, asking, rows, QUICK) == []
    assert [*_wrong_searches(society, {who: asking[who] for who in SOME}, rows, QUICK)] == []
    assert [*_wrong_in_a_browser(society, rows)] == []
    assert [*_wrong_looks(society, asking)] == []
    assert [*_wrong_new_values(society, asking)] == []


def _wrong_everything(
    society: Society, asking: dict[str, System], rows: Rows, names: Sequence[str]
) -> list[tuple[Any, ...]]:
    """One bundle for each caller: what is open for one entry opens nothing for the next."""
    wrong: list[tuple[Any, ...]] = []
    for who, caller in asking.items():
        addresses = [f"Patient/{society.world.patients[name].pk}/$everything" for name in names]
        for name, answer in zip(names, batch(caller, addresses), strict=True):
            due = but_the_log(may_be_told(who, name, rows, society))
            found = but_the_log(ids_in(answer.get("resource")))
            status = answer["response"]["status"]
            if found != due or bool(due) != (status == "200"):
                wrong.append((who, name, status, found, due))
    return wrong


@pytest.mark.slow
def test_invariant_21_everything_about_everybody(society: Society, asking: dict[str, System]) -> None:
    assert _wrong_everything(society, asking, every_row(society), PATIENTS) == []


@pytest.mark.slow
def test_invariant_21_every_type_for_some_about_everybody(
    society: Society, asking: dict[str, System]
) -> None:
    some = {who: asking[who] for who in SOME}
    assert [*_wrong_searches(society, some, every_row(society), PATIENTS)] == []


@pytest.mark.slow
def test_invariant_21_every_type_for_everybody_about_some(
    society: Society, asking: dict[str, System]
) -> None:
    assert [*_wrong_searches(society, asking, every_row(society), QUICK)] == []


def _wrong_searches(
    society: Society, asking: dict[str, System], rows: Rows, names: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    for who, caller in asking.items():
        for name in names:
            yield from _wrong_searches_of(who, caller, name, rows, society)


def _wrong_searches_of(
    who: str, caller: System, name: str, rows: Rows, society: Society
) -> Iterator[tuple[str, ...]]:
    due = may_be_told(who, name, rows, society)
    pk, kinds = society.world.patients[name].pk, sorted(ABOUT)
    addresses = [
        f"{kind}?_id={pk}" if kind == "Patient" else f"{kind}?patient=Patient/{pk}&_count=200"
        for kind in kinds
    ]
    for kind, answer in zip(kinds, batch(caller, addresses), strict=True):
        bundle, status = answer.get("resource"), answer["response"]["status"]
        if bool(may_see(who, name)) != (status == "200") and kind != "Patient":
            yield who, name, kind, status
        if ids_in(bundle)[kind] != due[kind]:
            yield who, name, kind, str(ids_in(bundle)[kind]), str(due[kind])
        if bundle is not None and bundle["total"] != len(due[kind]):
            yield who, name, kind, "total", str(bundle["total"])


BROAD = {
    "date": "ge2000", "_lastUpdated": "ge2000", "recorded": "ge2000", "authored": "ge2000",
    "authored-on": "ge2000", "sent": "ge2000",
}  # fmt: skip
NARROW = {
    "status": ("active", "draft", "requested", "final", "finished", "in-progress"),
    "code": ("29463-7", "pust", "outside"), "category": ("vital-signs", "safety_net"),
    "identifier": ("vekt|1",), "priority": ("urgent", "asap"), "name": ("M",),
    "questionnaire": ("urn:samspill:questionnaire:pust",),
}  # fmt: skip


@pytest.mark.slow
def test_invariant_21_every_parameter_by_number_in_the_body(
    society: Society, asking: dict[str, System]
) -> None:
    """POST _search: what narrows a search never widens it; what holds for all finds all."""
    rows, wrong = every_row(society), []
    for who in SOME:
        caller = asking[who]
        for name in QUICK:
            due = may_be_told(who, name, rows, society)
            for kind in sorted(ABOUT):
                by_number = "identifier" if kind == "Patient" else "patient.identifier"
                for parameter, value in [("", ""), *_asked(kind)]:
                    form = {by_number: society.numbers[name], "_count": "200"} | (
                        {parameter: value} if parameter else {}
                    )
                    answer = said(caller.ask("POST", f"/{kind}/_search", form))
                    found = ids_in(answer)[kind]
                    is_all = not parameter or (parameter in BROAD and kind not in ("CarePlan",))
                    if found - due[kind] or (is_all and found != due[kind]):
                        wrong.append((who, name, kind, parameter, found, due[kind]))
    assert wrong == []


def _asked(kind: str) -> Iterator[tuple[str, str]]:
    for parameter in KINDS[kind].filters:
        yield from (
            (parameter, value) for value in (BROAD.get(parameter), *NARROW.get(parameter, ())) if value
        )


@pytest.mark.slow
def test_invariant_21_every_resource_read_by_its_address_with_its_history(
    society: Society, asking: dict[str, System]
) -> None:
    rows, wrong = every_row(society), []
    for who, caller in asking.items():
        for name in QUICK:
            due = may_be_told(who, name, rows, society)
            every = [(kind, pk) for kind in sorted(ABOUT) for pk, _tenant in sorted(rows[name][kind])]
            ends = ["", *(["/_history", "/_history/1"])]
            asked = [
                (kind, pk, end) for kind, pk in every for end in (ends if kind == "Observation" else [""])
            ]
            answers = batch(caller, [f"{kind}/{pk}{end}" for kind, pk, end in asked])
            for (kind, pk, end), answer in zip(asked, answers, strict=True):
                is_there = answer["response"]["status"] == "200"
                if is_there != (pk in due[kind]) or ("resource" in answer) != is_there:
                    wrong.append((who, name, kind, pk, end, answer["response"]["status"]))
    assert wrong == []


def _wrong_in_a_browser(society: Society, rows: Rows) -> Iterator[tuple[Any, ...]]:
    """With the session of a browser, without a token: reading alone, and the same as with one."""
    for who in ("Tor Hagen", "Mona Lunde", "Astrid Lunde", "Siv Lien", "Randi Høgåsen"):
        client = signed_in(society.people[who])
        for name in QUICK:
            pk = society.world.patients[name].pk
            due = but_the_log(may_be_told(who, name, rows, society))
            found = but_the_log(ids_in(said(client.get(f"/fhir/Patient/{pk}/$everything"))))
            if found != due:
                yield who, name, found, due


def _wrong_new_values(society: Society, asking: dict[str, System]) -> Iterator[tuple[Any, ...]]:
    """While the patient of the first entry is open, the second is about another, and is answered as ever."""
    who, world = "The system of Halden", society.world
    for name in ("Berit Lien", "Jon Bakken", "Knut Vang", "Odd Nilsen"):
        kept, read = _sent_with_a_read(asking[who], world.patients[name].pk, world.patients["Odd Nilsen"].pk)
        follows = is_followed(name, "Halden") and bool(may_see(who, name))
        due = follows and "measurements" not in hidden_from(who, name)
        if (kept == "201") != due or read != "403":
            yield name, kept, read


def _sent_with_a_read(caller: System, of: int, other: int) -> tuple[str, str]:
    new = observation(value=quantity(74, "kg")) | {"subject": {"reference": f"Patient/{of}"}}
    entries = [
        {"fullUrl": f"urn:uuid:00000000-0000-4000-8000-{of:012}", "resource": new,
         "request": {"method": "POST", "url": "Observation"}},
        {"request": {"method": "GET", "url": f"Observation?patient=Patient/{other}"}},
    ]  # fmt: skip
    answer = caller.ask("POST", "", {"resourceType": "Bundle", "type": "batch", "entry": entries})
    return tuple(one["response"]["status"] for one in said(answer)["entry"])  # type: ignore[return-value]


def _wrong_looks(society: Society, asking: dict[str, System]) -> Iterator[tuple[Any, ...]]:
    """Somebody at work is told of their own looks; the patient, and who is let in by the patient, of all."""
    pk = society.world.patients["Astrid Lunde"].pk
    near, at_work = {"Mona Lunde", "Astrid Lunde"}, {"Kari Vold", "Ida Strand"}
    for who in (*near, *at_work, "Nina Berg"):
        bundle = said(asking[who].ask("GET", f"/AuditEvent?patient=Patient/{pk}&_count=200"))
        lines = [entry["resource"] for entry in bundle.get("entry", [])]
        seen = {one["agent"][0]["who"]["display"].partition(",")[0] for one in lines}
        due = {who} if who in at_work else seen | near | at_work if who in near else set()
        if seen != due:
            yield who, seen, due
