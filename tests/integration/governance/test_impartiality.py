"""Habilitet: out of attendance, vote list and closed documents of one item, with the substitute in."""

from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from factories.bodies import Bodies
from factories.meetings import SENT, called, done, give_account, holder_of, seat_of, substitute
from integration.governance.following import signed_in, text_of
from samspill.directory.public import Actor
from samspill.governance.actions.conflicts import (
    Judgement,
    conclude_conflict,
    raise_conflict,
    text_for_minutes,
)
from samspill.governance.actions.notice import send_notice
from samspill.governance.actions.papers import NewFile, add_paper
from samspill.governance.models import (
    AgendaItem,
    Attendance,
    Case,
    CaseBrief,
    ConflictAssessment,
    Meeting,
    Paper,
    PaperVersion,
)
from samspill.governance.queries.agenda import live_items
from samspill.governance.queries.attendance import expected_at
from samspill.governance.queries.impartiality import may_read_closed
from samspill.governance.queries.reading import reading
from samspill.governance.queries.room import attendances_of, there_at, voters_of
from samspill.governance.states import Access, ConflictConclusion, ImpartialityGround, ItemKind, ScanState
from samspill.refusal import Refused

OUT = Judgement(ConflictConclusion.DISQUALIFIED, "Kommunen har søkt.", "forvaltningsloven § 6 første ledd e")
IN = Judgement(ConflictConclusion.QUALIFIED, "Saken gjelder alle likt.", "forvaltningsloven § 6")


@pytest.fixture
def per(bodies: Bodies) -> Actor:
    actor = give_account(holder_of(seat_of(bodies, 1)))
    substitute(seat_of(bodies, 1), "Vara Først")
    return actor


@pytest.fixture
def kari(bodies: Bodies) -> Actor:
    """The chair of FSU."""
    return give_account(holder_of(seat_of(bodies, 0)))


@pytest.fixture
def meeting(bodies: Bodies, per: Actor, kari: Actor) -> Meeting:
    return called(bodies)


def decision(meeting: Meeting) -> AgendaItem:
    return live_items(meeting).get(kind=ItemKind.DECISION)


def taking_part(item: AgendaItem) -> set[str]:
    there = there_at([item], attendances_of(item.meeting))[item.pk]
    return {one.tenure.name for one in there if one.is_there}


def voters(item: AgendaItem) -> set[str]:
    return {one.tenure.name for one in voters_of(item)}


def raised(meeting: Meeting, by: Actor) -> ConflictAssessment:
    return done(raise_conflict, decision(meeting), ground=ImpartialityGround.REPRESENTS, by=by)


def test_a_disqualified_person_is_out_of_attendance_vote_and_closed_documents(
    bodies: Bodies, meeting: Meeting, per: Actor, kari: Actor
) -> None:
    """Invariant 15."""
    item = decision(meeting)
    case = Case.objects.get(pk=item.treatment.case_id)
    Case.objects.filter(pk=case.pk).update(
        access=Access.BODY, law_reference="offentleglova § 13", public_title="En sak"
    )
    case.refresh_from_db()
    assert may_read_closed(per, case)
    conflict = raised(meeting, per)
    assert not may_read_closed(per, case)
    assert may_read_closed(kari, case)
    done(conclude_conflict, conflict, OUT, meeting=meeting, by=kari, sent=SENT)
    assert "Per Solbakken" not in taking_part(item) | voters(item)
    assert "Vara Først" in voters(item)
    assert len(voters(item)) == 4
    for other in live_items(meeting).exclude(pk=item.pk):
        assert "Per Solbakken" in voters(other)
        assert "Vara Først" not in taking_part(other)
    read = next(one for one in reading(meeting, per) if one.item == item)
    assert read.is_disqualified
    assert not read.asks
    conflict.refresh_from_db()
    assert "Per Solbakken" in text_for_minutes(conflict)
    assert "forvaltningsloven § 6" in text_for_minutes(conflict)


def test_the_rest_of_the_meeting_still_has_its_holder(meeting: Meeting, per: Actor, kari: Actor) -> None:
    done(conclude_conflict, raised(meeting, per), OUT, meeting=meeting, by=kari, sent=SENT)
    comes = {one.comes for one in expected_at(meeting).seats}
    assert "Per Solbakken" in comes
    assert "Vara Først" not in comes


def test_a_judgement_that_is_changed_lets_the_person_in_again(
    meeting: Meeting, per: Actor, kari: Actor
) -> None:
    conflict = raised(meeting, per)
    done(conclude_conflict, conflict, OUT, meeting=meeting, by=kari, sent=SENT)
    done(conclude_conflict, conflict, IN, meeting=meeting, by=kari, sent=SENT)
    item = decision(meeting)
    assert "Per Solbakken" in voters(item)
    assert "Vara Først" not in taking_part(item)
    assert may_read_closed(per, Case.objects.get(pk=item.treatment.case_id))
    conflict.refresh_from_db()
    assert conflict.because == IN.because


def test_a_judgement_holds_when_the_notice_is_sent_again(
    bodies: Bodies, meeting: Meeting, per: Actor, kari: Actor
) -> None:
    done(conclude_conflict, raised(meeting, per), OUT, meeting=meeting, by=kari, sent=SENT)
    before = Attendance.objects.count()
    send_notice(meeting, by=bodies.by, sent=SENT)
    assert Attendance.objects.count() == before
    assert len(voters(decision(meeting))) == 4


def test_nobody_concludes_about_themselves_and_members_do_not_conclude(
    bodies: Bodies, meeting: Meeting, per: Actor, kari: Actor
) -> None:
    about_the_chair = raised(meeting, kari)
    for by in (kari, per):
        with pytest.raises(Refused):
            done(conclude_conflict, about_the_chair, IN, meeting=meeting, by=by, sent=SENT)
    done(conclude_conflict, about_the_chair, IN, meeting=meeting, by=bodies.by, sent=SENT)


@pytest.mark.parametrize(
    "judgement",
    [
        Judgement(ConflictConclusion.DISQUALIFIED, " "),
        Judgement(ConflictConclusion.QUALIFIED, "Fordi.", " "),
        Judgement(ConflictConclusion.RAISED, "Fordi."),
    ],
)
def test_a_conclusion_has_a_reason_and_a_paragraph(
    meeting: Meeting, per: Actor, kari: Actor, judgement: Judgement
) -> None:
    with pytest.raises(Refused):
        done(conclude_conflict, raised(meeting, per), judgement, meeting=meeting, by=kari, sent=SENT)


def test_an_item_that_is_no_case_has_no_disqualified(meeting: Meeting, per: Actor) -> None:
    item = live_items(meeting).get(kind=ItemKind.OTHER_BUSINESS)
    with pytest.raises(Refused) as refused:
        done(raise_conflict, item, ground=ImpartialityGround.PARTY, by=per)
    assert refused.value.code == "conflict.no_case"


def test_a_disqualified_person_is_shut_out_of_what_is_closed_on_every_page_of_the_case(
    bodies: Bodies, meeting: Meeting, per: Actor, kari: Actor, settings: Settings, tmp_path: Path
) -> None:
    """Invariant 15: what everybody reads of the released case is theirs too, and nothing else."""
    settings.MEDIA_ROOT = tmp_path
    item = decision(meeting)
    assert item.treatment is not None
    case = item.treatment.case
    paper = add_paper(NewFile(BytesIO(b"%PDF-1.7 a"), "kostnader.pdf", 10), case=case, by=bodies.by)
    PaperVersion.objects.filter(paper=paper).update(scan=ScanState.CLEAN)
    Paper.objects.filter(pk=paper.pk).update(is_open=False)
    case.texts.create(community_id=case.community_id, part="background", text="Nytt siden sist.", by_name="R")
    conflict = raised(meeting, per)
    done(conclude_conflict, conflict, OUT, meeting=meeting, by=kari, sent=SENT)
    pages = {
        "case": reverse("governance:case", args=[case.pk]),
        "file": reverse("governance:paper-file", args=[case.pk, paper.pk, 1]),
        "brief": reverse("governance:brief", args=[case.pk]),
        "versions": reverse("governance:brief-versions", args=[case.pk]),
    }
    shut, let_in = signed_in(per), signed_in(kari)
    assert "Nytt siden sist." in text_of(let_in.get(pages["case"]))
    assert "Nytt siden sist." not in text_of(shut.get(pages["case"]))
    assert [one.get(pages["file"]).status_code for one in (shut, let_in)] == [403, 200]
    assert [one.get(pages["brief"]).status_code for one in (shut, let_in)] == [403, 200]
    CaseBrief.objects.create(
        community_id=case.community_id,
        case=case,
        version=99,
        content=[{"part": "summary", "heading": "Kort", "text": "Lukket ordlyd."}],
        access=Access.BODY,
        law_reference="offentleglova § 23",
        public_title="En sak",
        by_name="Randi",
    )
    assert "Lukket ordlyd." in text_of(let_in.get(pages["versions"]))
    assert "Lukket ordlyd." not in text_of(shut.get(pages["versions"]))
    Case.objects.filter(pk=case.pk).update(
        access=Access.BODY, law_reference="offentleglova § 23", public_title="En sak"
    )
    assert "Lukket ordlyd." not in text_of(shut.get(pages["case"]))
    assert shut.get(pages["versions"]).status_code == 403
