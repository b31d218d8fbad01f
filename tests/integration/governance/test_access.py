"""Who may read a case and its papers; files are kept once, refused when large, and scanned."""

import hashlib
import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from factories.bodies import Bodies
from factories.cases import reported_case, write_brief
from factories.people import TODAY, actor
from samspill.directory.public import Account, SearchEntry, nobody, scope
from samspill.governance.actions.briefs import freeze_brief, save_part
from samspill.governance.actions.papers import (
    NewFile,
    add_paper,
    add_version,
    move_paper,
    place_of,
    remove_paper,
)
from samspill.governance.actions.passages import begin
from samspill.governance.actions.screening import (
    Screening,
    release_case,
    screen_case,
    screen_paper,
    unscreen_case,
)
from samspill.governance.jobs import ScanFailed, scan
from samspill.governance.models import Case, CaseBrief, ConflictAssessment, Paper, PaperVersion, Tenure
from samspill.governance.queries.cases import case_for, visible_cases
from samspill.governance.rules.access import Reader, grounds, may_read
from samspill.governance.rules.briefs import template_of
from samspill.governance.rules.papers import content_type_of
from samspill.governance.states import Access, CaseKind, ScanState
from samspill.refusal import Refused

BACKEND = "django.contrib.auth.backends.ModelBackend"
CLOSED = Screening(Access.SECRETARIAT, "offentleglova § 23", "Tilskudd")
PDF = b"%PDF-1.7 a paper"


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(bodies: Bodies) -> Case:
    return reported_case(bodies)


def sent(content: bytes = PDF, name: str = "plan.pdf") -> NewFile:
    return NewFile(io.BytesIO(content), name, len(content))


def test_invariant_19_no_document_is_without_an_access_state_and_public_is_what_nobody_chose(
    bodies: Bodies, case: Case
) -> None:
    begin(case, bodies.fsu, by=bodies.by)
    write_brief(case)
    things = (case, add_paper(sent(), case=case, by=bodies.by), freeze_brief(case, by=bodies.by))
    assert {one.access for one in things} == {Access.PUBLIC}
    assert "" not in Access.values


@pytest.mark.parametrize(
    ("screening", "field"),
    [
        (replace(CLOSED, law_reference=""), "law_reference"),
        (replace(CLOSED, public_title=" "), "public_title"),
        (replace(CLOSED, access="secret"), "access"),
    ],
)
def test_invariant_19_screening_needs_a_law_and_a_public_title(
    bodies: Bodies, case: Case, screening: Screening, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        screen_case(case, screening, by=bodies.by)
    assert refused.value.field == field


@given(st.sampled_from(Access), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_invariant_19_the_narrower_a_document_the_fewer_read_it(
    access: Access, here: bool, secretariat: bool, of_body: bool, disqualified: bool
) -> None:
    reader = Reader(here, here and secretariat, here and of_body, disqualified)
    may = [may_read(one, reader) for one in Access]
    assert may[0] is True
    if not here or disqualified:
        assert may[1:] == [False] * 3
    assert may_read(access, reader) <= may_read(Access.PUBLIC, reader)
    assert may_read(Access.BODY, reader) <= may_read(Access.PARTIES, reader)


def test_what_is_released_is_for_everybody_and_what_is_screened_for_nobody_outside(
    bodies: Bodies, case: Case
) -> None:
    def seen() -> bool:
        visitor = nobody(TODAY)
        with scope(visitor):
            return visible_cases(visitor).filter(pk=case.pk).exists()

    assert not seen()
    with scope(bodies.by):
        release_case(case, by=bodies.by)
    assert seen()
    with scope(bodies.by):
        screen_case(case, CLOSED, by=bodies.by)
    assert not seen()
    with scope(bodies.by):
        unscreen_case(case, by=bodies.by)
    assert seen()


def test_a_screened_case_is_found_by_its_public_title_alone(bodies: Bodies, case: Case) -> None:
    screen_case(case, CLOSED, by=bodies.by)
    entry = SearchEntry.objects.get(kind="governance.case", thing_id=case.pk)
    assert (entry.title, entry.text, entry.is_open) == ("Tilskudd", "", False)


def test_who_is_disqualified_reads_no_case_that_is_not_released(bodies: Bodies, case: Case) -> None:
    by = actor("ostfold", "member")
    with scope(bodies.by):
        tenure = Tenure.objects.first()
        Account.objects.filter(pk=by.account_id).update(person=tenure.person)
        ConflictAssessment.objects.create(
            community=bodies.community, case=case, tenure=tenure, ground="party"
        )
    with scope(by):
        assert not case_for(case, by).may_read
    with scope(bodies.by):
        case = release_case(case, by=bodies.by)
    with scope(by):
        assert case_for(case, by).may_read


def test_a_member_of_another_body_meets_the_public_title(bodies: Bodies, case: Case, client: Client) -> None:
    screen_case(case, replace(CLOSED, access=Access.BODY), by=bodies.by)
    by = actor("ostfold", "member")
    client.force_login(Account.objects.get(pk=by.account_id), backend=BACKEND)
    page = client.get(reverse("governance:case", args=[case.pk])).content.decode()
    assert "Tilskudd" in page and "offentleglova § 23" in page
    assert case.title not in page
    assert case.title not in client.get(reverse("governance:case-list")).content.decode()


def test_the_common_grounds_are_there_in_both_forms() -> None:
    assert [one.law.split("§ ")[1] for one in grounds()] == ["13", "14", "15", "23", "26"]
    assert all(one.nb != one.nn for one in grounds())


def test_invariant_13_a_brief_is_frozen_in_versions_and_the_same_words_make_no_new_one(
    bodies: Bodies, case: Case
) -> None:
    begin(case, bodies.fsu, by=bodies.by)
    write_brief(case)
    first = freeze_brief(case, by=bodies.by)
    assert freeze_brief(case, by=bodies.by) == first
    newest = case.texts.filter(part="summary").first()
    save_part(case, "summary", "Nye ord.", based_on=newest.pk, by=bodies.by)
    assert freeze_brief(case, by=bodies.by).version == 2
    assert CaseBrief.objects.get(version=1).content == first.content


@pytest.mark.parametrize("kind", CaseKind.values)
def test_invariant_29_a_brief_has_headings_and_help_in_both_written_forms(kind: str) -> None:
    forms = [template_of(kind, form) for form in ("nb", "nn")]
    assert [one.part for one in forms[0]] == [one.part for one in forms[1]]
    assert all(one.heading and one.help for form in forms for one in form)


def test_the_bytes_of_a_paper_are_kept_once_by_their_sha256(bodies: Bodies, case: Case) -> None:
    one = add_paper(sent(), case=case, by=bodies.by).versions.get()
    other = add_paper(sent(name="kopi.pdf"), case=case, by=bodies.by).versions.get()
    assert one.sha256 == other.sha256 == hashlib.sha256(PDF).hexdigest()
    with default_storage.open(place_of(one.sha256)) as kept:
        assert kept.read() == PDF
    assert len([path for path in Path(default_storage.path("papers")).rglob("*") if path.is_file()]) == 1


def test_a_newer_version_keeps_the_older_and_a_removed_paper_keeps_its_file(
    bodies: Bodies, case: Case
) -> None:
    paper = add_paper(sent(), case=case, by=bodies.by)
    add_version(paper, sent(b"%PDF-1.7 newer"), by=bodies.by)
    add_version(paper, sent(b"%PDF-1.7 newer"), by=bodies.by)
    assert [one.version for one in paper.versions.all()] == [2, 1]
    remove_paper(paper, by=bodies.by)
    assert Paper.objects.get().is_removed
    assert default_storage.exists(place_of(hashlib.sha256(PDF).hexdigest()))
    remove_paper(paper, is_removed=False, by=bodies.by)
    assert not Paper.objects.get().is_removed


def test_papers_stand_in_the_order_somebody_chose(bodies: Bodies, case: Case) -> None:
    made = [add_paper(sent(name=f"{name}.pdf"), case=case, by=bodies.by) for name in "abc"]
    move_paper(made[2], up=True, by=bodies.by)
    assert [paper.title for paper in case.papers.order_by("order")] == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "paper.empty"), (b"x" * 1_001, "paper.too_large"), (b"MZ\x90", "paper.program")],
)
def test_a_file_that_is_too_large_empty_or_a_program_is_refused(
    bodies: Bodies, case: Case, settings: Settings, content: bytes, code: str
) -> None:
    settings.PAPER_BYTES = 1_000
    with pytest.raises(Refused) as refused:
        add_paper(sent(content), case=case, by=bodies.by)
    assert refused.value.code == code
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        ("Vedtak æøå".encode(), "text/plain; charset=utf-8"),
        (b"<html><script>", "application/octet-stream"),
        (b"\0\1\2", "application/octet-stream"),
        (b"PK\x03\x04broken", "application/octet-stream"),
    ],
)
def test_what_a_file_is_its_content_says(content: bytes, kind: str) -> None:
    assert content_type_of(io.BytesIO(content)) == kind


def test_one_file_among_several_that_is_too_large_stops_while_it_comes(
    bodies: Bodies, case: Case, settings: Settings
) -> None:
    settings.PAPER_BYTES = 100_000
    file = io.BytesIO(b"x" * 300_000)
    file.name = "stor.txt"
    answer = signed_in().post(reverse("governance:papers", args=[case.pk]), {"file": file})
    assert answer.status_code == 422
    assert not Paper.objects.exists()


def signed_in(role: str = "secretariat") -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor("ostfold", role).account_id), backend=BACKEND)
    return client


def test_a_file_is_handed_out_to_keep_and_never_guessed_at(bodies: Bodies, case: Case) -> None:
    paper = add_paper(sent(), case=case, by=bodies.by)
    answer = signed_in().get(reverse("governance:paper-file", args=[case.pk, paper.pk, 1]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"


def test_a_screened_paper_is_closed_for_others_than_the_secretariat(bodies: Bodies, case: Case) -> None:
    paper = screen_paper(add_paper(sent(), case=case, by=bodies.by), CLOSED, by=bodies.by)
    path = reverse("governance:paper-file", args=[case.pk, paper.pk, 1])
    assert signed_in("member").get(path).status_code == 403
    assert signed_in().get(path).status_code == 200
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(("code", "state"), [(0, ScanState.CLEAN), (1, ScanState.INFECTED)])
def test_the_virus_scan_says_whether_a_file_is_handed_out(
    bodies: Bodies, case: Case, settings: Settings, code: int, state: ScanState
) -> None:
    settings.VIRUS_SCAN = f"{sys.executable} -c 'raise SystemExit({code})'"
    paper = add_paper(sent(), case=case, by=bodies.by)
    version = paper.versions.get()
    path = reverse("governance:paper-file", args=[case.pk, paper.pk, 1])
    assert (version.scan, signed_in().get(path).status_code) == (ScanState.WAITING, 422)
    scan(bodies.community.pk, version.pk, command=settings.VIRUS_SCAN, today=TODAY)
    with transaction.atomic(), scope(bodies.by):
        assert PaperVersion.objects.get().scan == state
    client = Client()
    client.force_login(Account.objects.get(email="secretariat.ostfold@example.no"), backend=BACKEND)
    assert client.get(path).status_code == (200 if state == ScanState.CLEAN else 422)


def test_a_scan_that_fails_leaves_the_file_waiting(bodies: Bodies, case: Case, settings: Settings) -> None:
    settings.VIRUS_SCAN = f"{sys.executable} -c 'raise SystemExit(2)'"
    version = add_paper(sent(), case=case, by=bodies.by).versions.get()
    with pytest.raises(ScanFailed), transaction.atomic():
        scan(bodies.community.pk, version.pk, command=settings.VIRUS_SCAN, today=TODAY)
    version.refresh_from_db()
    assert version.scan == ScanState.WAITING


def test_without_a_scan_a_file_is_marked_as_not_scanned(bodies: Bodies, case: Case) -> None:
    assert add_paper(sent(), case=case, by=bodies.by).versions.get().scan == ScanState.UNSCANNED
