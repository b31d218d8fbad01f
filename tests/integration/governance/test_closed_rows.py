"""What is closed of a case, asked of the database itself: raw SQL inside the scope of who may not read it."""

import io
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.db import connection
from psycopg import sql
from pytest_django import Settings

from factories.bodies import Bodies
from factories.cases import meeting_of, queued_case
from factories.meetings import DAY, SENT, called, done, give_account, holder_of, meeting_with_cases, seat_of
from factories.people import TODAY
from samspill.directory.public import Actor, nobody, scope
from samspill.governance.actions.agenda import fill_agenda
from samspill.governance.actions.briefs import save_part
from samspill.governance.actions.conflicts import raise_conflict
from samspill.governance.actions.delivering import make_delivery
from samspill.governance.actions.meetings import Slot, add_meeting
from samspill.governance.actions.notice import send_notice
from samspill.governance.actions.papers import NewFile, add_paper
from samspill.governance.actions.standing_items import put_answer
from samspill.governance.actions.statements import give_statement
from samspill.governance.models import (
    AgendaItem,
    Case,
    CaseBrief,
    CaseGist,
    CaseText,
    ConflictAssessment,
    Meeting,
    Paper,
    PaperVersion,
    Statement,
)
from samspill.governance.queries.agenda import live_items
from samspill.governance.queries.room import title_of
from samspill.governance.queries.voices import voices_of
from samspill.governance.states import Access, BriefPart, ImpartialityGround, ItemKind
from samspill.refusal import Refused

MARK = "Kråkebolle"
OF_A_CASE = (
    "governance_casetext",
    "governance_casebrief",
    "governance_casegist",
    "governance_casegistevent",
    "governance_statement",
    "governance_paper",
    "governance_paperevent",
    "governance_paperversion",
    "governance_paperversionevent",
)
SCREENED = {"access": Access.BODY, "law_reference": "offentleglova § 13", "public_title": "En sak"}


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def per(bodies: Bodies) -> Actor:
    return give_account(holder_of(seat_of(bodies, 1)))


@pytest.fixture
def kari(bodies: Bodies) -> Actor:
    return give_account(holder_of(seat_of(bodies, 0)))


@pytest.fixture
def meeting(bodies: Bodies, per: Actor, kari: Actor) -> Meeting:
    return called(bodies)


def rows_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT to_jsonb(t)::text FROM {} t").format(sql.Identifier(table)))
        return [text for (text,) in cursor.fetchall()]


def marked(by: Actor) -> set[str]:
    """Tables of a case in which raw SQL finds what is marked, for `by`."""
    with scope(by):
        return {table for table in OF_A_CASE if any(MARK in row for row in rows_of(table))}


def decision(meeting: Meeting) -> AgendaItem:
    return live_items(meeting).get(kind=ItemKind.DECISION)


def fill(bodies: Bodies, case: Case) -> None:
    """A draft, a frozen brief, a statement and a paper with a file, none of them for everybody."""
    own = {"community": bodies.community, "case": case}
    CaseText.objects.create(**own, part=BriefPart.BACKGROUND, text=MARK, by_name="Randi")
    CaseBrief.objects.create(
        **own, version=90, content=[{"part": "summary", "text": MARK}], by_name="Randi", **SCREENED
    )
    CaseGist.objects.filter(case=case).delete()
    CaseGist.objects.create(**own, question=f"{MARK}?", summary=MARK)
    Statement.objects.create(**own, text=MARK, by_name="Kari")
    file = NewFile(io.BytesIO(b"%PDF-1.7 a"), f"{MARK}.pdf", 10)
    add_paper(file, case=case, by=bodies.by)
    Paper.objects.filter(case=case).update(is_open=False)


def test_raw_sql_gives_who_is_disqualified_no_row_of_what_is_closed_of_the_case(
    bodies: Bodies, meeting: Meeting, per: Actor, kari: Actor
) -> None:
    """Invariant 15, in the database: from the moment it is raised, history too."""
    item = decision(meeting)
    assert item.treatment is not None
    case = item.treatment.case
    fill(bodies, case)
    Case.objects.filter(pk=case.pk).update(**SCREENED)
    assert marked(per) == marked(kari) == set(OF_A_CASE)
    done(raise_conflict, item, ground=ImpartialityGround.REPRESENTS, by=per)
    assert marked(per) == set()
    assert marked(kari) == marked(bodies.by) == set(OF_A_CASE)
    ConflictAssessment.objects.update(conclusion="qualified", because="Nei.", law_reference="fvl. § 6")
    assert marked(per) == set(OF_A_CASE)


def test_who_is_disqualified_keeps_what_everybody_reads_and_every_other_case(
    bodies: Bodies, meeting: Meeting, per: Actor
) -> None:
    item = decision(meeting)
    assert item.treatment is not None
    case = item.treatment.case
    other = Case.objects.exclude(pk=case.pk).filter(treatments__isnull=False).first()
    for one in (case, other):
        add_paper(NewFile(io.BytesIO(b"%PDF-1.7 a"), "plan.pdf", 10), case=one, by=bodies.by)
    CaseText.objects.create(community=bodies.community, case=other, part="summary", text="x", by_name="R")
    CaseGist.objects.create(community=bodies.community, case=case, question="Skal vi?")
    done(raise_conflict, item, ground=ImpartialityGround.REPRESENTS, by=per)
    with scope(per):
        assert {row.case_id for row in Paper.objects.all()} == {case.pk, other.pk}, "the case is released"
        assert PaperVersion.objects.count() == 2
        assert CaseBrief.objects.filter(case=case).exists()
        assert Case.objects.get(pk=case.pk).question == "Skal vi?", "everybody reads it"
        assert set(CaseText.objects.filter(case__in=[case, other]).values_list("case", flat=True)) == {
            other.pk
        }


def test_a_paper_of_a_meeting_is_no_paper_of_a_case(bodies: Bodies, meeting: Meeting, per: Actor) -> None:
    add_paper(NewFile(io.BytesIO(b"%PDF-1.7 a"), "kart.pdf", 10), meeting=meeting, by=bodies.by)
    done(raise_conflict, decision(meeting), ground=ImpartialityGround.REPRESENTS, by=per)
    with scope(per):
        assert Paper.objects.filter(meeting=meeting).exists()
        assert PaperVersion.objects.exists()


def test_a_notice_sent_by_one_who_is_disqualified_is_whole_all_the_same(bodies: Bodies) -> None:
    """The secretary may sit in the body; what they may not read is frozen and opened with the rest."""
    secretary = give_account(holder_of(seat_of(bodies, 1)), role="secretariat")
    meeting = meeting_with_cases(bodies)
    fill_agenda(meeting, by=bodies.by)
    item = decision(meeting)
    assert item.treatment is not None
    case = item.treatment.case
    add_paper(NewFile(io.BytesIO(b"%PDF-1.7 a"), "plan.pdf", 10), case=case, by=bodies.by)
    ConflictAssessment.objects.create(
        community=bodies.community, case=case, tenure=holder_of(seat_of(bodies, 1)), ground="party"
    )
    with scope(secretary):
        assert not Paper.objects.filter(case=case).exists()
        send_notice(meeting, by=secretary, sent=SENT)
    assert case.briefs.get(version=1).content
    assert Paper.objects.get(case=case).is_open


def test_who_is_disqualified_is_told_that_somebody_else_must_do_it(
    bodies: Bodies, meeting: Meeting, per: Actor
) -> None:
    item = decision(meeting)
    assert item.treatment is not None
    case = item.treatment.case
    secretary = give_account(holder_of(seat_of(bodies, 2)), role="secretariat")
    for by, tenure in ((per, None), (bodies.by, holder_of(seat_of(bodies, 2)))):
        done(raise_conflict, item, ground=ImpartialityGround.REPRESENTS, tenure=tenure, by=by)
    file = NewFile(io.BytesIO(b"%PDF-1.7 a"), "plan.pdf", 10)
    with scope(per):
        voice = voices_of(per)[0]
    acts = (
        (save_part, per, (case, "summary", "Nytt."), {"based_on": None}),
        (give_statement, per, (case,), {"voice": voice, "stance": "yes", "text": "Ja."}),
        (add_paper, per, (file,), {"case": case}),
        (make_delivery, secretary, (meeting,), {}),
    )
    for act, by, given, named in acts:
        with pytest.raises(Refused) as refused:
            done(act, *given, by=by, **named)
        assert refused.value.code == "case.disqualified", act


def test_before_the_notice_nobody_outside_can_read_what_a_meeting_is_called(bodies: Bodies) -> None:
    slot = Slot(DAY + timedelta(days=60), time(9), time(11))
    meeting = add_meeting(bodies.fsu, slot, title=f"Om {MARK}", by=bodies.by)
    tables = ("governance_meeting", "governance_meetingevent", "governance_workingtitle")

    def told() -> list[str]:
        with scope(nobody(TODAY)):
            return [table for table in tables if any(MARK in row for row in rows_of(table))]

    assert told() == []
    with scope(nobody(TODAY)):
        assert Meeting.objects.filter(pk=meeting.pk).exists(), "that a body meets is for everybody"
    fill_agenda(meeting, by=bodies.by)
    send_notice(meeting, by=bodies.by, sent=SENT)
    assert told() == ["governance_meeting"]


def test_an_item_put_on_after_the_notice_is_closed_until_the_next_one(
    bodies: Bodies, meeting: Meeting
) -> None:
    late = AgendaItem.objects.create(
        community=bodies.community,
        meeting=meeting,
        body=bodies.fsu,
        kind=ItemKind.DISCUSSION,
        order=99,
        public_title=MARK,
    )
    with scope(nobody(TODAY)):
        assert not AgendaItem.objects.filter(pk=late.pk).exists()
        assert AgendaItem.objects.filter(meeting=meeting).count() == live_items(meeting).count()
    send_notice(meeting, by=bodies.by, sent=SENT)
    with scope(nobody(TODAY)):
        assert AgendaItem.objects.filter(pk=late.pk).exists()


def test_which_cases_are_shut_is_worked_out_once_in_a_statement(
    bodies: Bodies, meeting: Meeting, per: Actor
) -> None:
    with scope(per), connection.cursor() as cursor:
        for table in OF_A_CASE:
            cursor.execute(sql.SQL("EXPLAIN SELECT * FROM {}").format(sql.Identifier(table)))
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "InitPlan" in plan, plan
            filters = [line for line in plan.splitlines() if "Filter" in line]
            assert not any("governance_shut_cases" in line for line in filters), plan


def test_what_a_screened_case_answered_is_brought_by_its_public_title(bodies: Bodies) -> None:
    """Those who may read the case are told which it is; the item itself does not say it."""
    answer = queued_case(bodies, bodies.ssu, title=f"Om {MARK}", number=7)
    Case.objects.filter(pk=answer.case_id).update(**SCREENED)
    answer.case.refresh_from_db()
    below = meeting_of(bodies.fsu, DAY)
    item = put_answer(below, answer, by=bodies.by)
    assert item.public_title.endswith("En sak")
    assert MARK in title_of(item)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text FROM governance_agendaitem t WHERE id = %s", [item.pk])
        assert MARK not in cursor.fetchone()[0]
