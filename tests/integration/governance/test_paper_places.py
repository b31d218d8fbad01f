"""A document made elsewhere comes to a case: who may put one there, where, and that it is whole."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from factories.bodies import Bodies
from factories.cases import reported_case
from factories.meetings import meeting_with_cases
from factories.people import TODAY, actor
from samspill.directory.public import PAPER_TAKERS, NewPaper, PaperTaker, Ref, nobody, scope
from samspill.governance.actions.agenda import fill_agenda
from samspill.governance.actions.papers import remove_paper
from samspill.governance.actions.screening import Screening, screen_case
from samspill.governance.models import Case, Paper
from samspill.governance.states import Access, CaseState
from samspill.refusal import Refused

PDF = b"%PDF-1.7 a paper"
CASE = "governance.case"


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(bodies: Bodies) -> Case:
    return reported_case(bodies)


def taker() -> PaperTaker:
    return PAPER_TAKERS[CASE]


def memo(content: bytes = PDF, title: str = "Tallene bak") -> NewPaper:
    return NewPaper(title, "tallene.pdf", content)


def test_an_analyst_puts_a_document_in_a_case_and_is_told_where(case: Case) -> None:
    analyst = actor("ostfold", "analyst")
    with scope(analyst):
        (place,) = taker().places(analyst)
        assert place.ref == Ref(CASE, case.pk)
        assert case.title in place.label
        address = taker().take(place.ref, [memo(), memo(title="Tala bak")], analyst)
        assert address == f"/saker/{case.pk}/"
        assert sorted(Paper.objects.filter(case=case).values_list("title", flat=True)) == [
            "Tala bak",
            "Tallene bak",
        ]


def test_the_same_title_again_is_a_newer_version_of_the_paper(case: Case, bodies: Bodies) -> None:
    place = Ref(CASE, case.pk)
    taker().take(place, [memo()], bodies.by)
    taker().take(place, [memo(PDF + b" anew")], bodies.by)
    assert [one.versions.count() for one in Paper.objects.filter(case=case)] == [2]
    remove_paper(Paper.objects.get(case=case), by=bodies.by)
    taker().take(place, [memo(PDF)], bodies.by)
    assert Paper.objects.filter(case=case, is_removed=False).count() == 1


def test_one_document_that_is_refused_keeps_the_others_out(case: Case, bodies: Bodies) -> None:
    with pytest.raises(Refused):
        taker().take(Ref(CASE, case.pk), [memo(), memo(b"", "Tomt")], bodies.by)
    assert not Paper.objects.filter(case=case).exists()


@pytest.mark.parametrize("role", ["plan_owner", "administrator"])
def test_who_has_nothing_to_do_with_cases_is_offered_none_and_refused(case: Case, role: str) -> None:
    other = actor("ostfold", role)
    with scope(other):
        assert taker().places(other) == []
        with pytest.raises(Refused) as refusal:
            taker().take(Ref(CASE, case.pk), [memo()], other)
        assert refusal.value.forbidden


def test_a_visitor_is_offered_nothing(case: Case) -> None:
    assert taker().places(nobody(TODAY)) == []


def test_a_case_closed_for_an_analyst_is_not_named_and_takes_nothing(case: Case, bodies: Bodies) -> None:
    screen_case(case, Screening(Access.SECRETARIAT, "offentleglova § 23", "Tilskudd"), by=bodies.by)
    analyst = actor("ostfold", "analyst")
    with scope(analyst):
        assert taker().places(analyst) == []
        with pytest.raises(Refused) as refusal:
            taker().take(Ref(CASE, case.pk), [memo()], analyst)
        assert refusal.value.code == "case.closed_for_papers"


def test_a_case_that_has_ended_takes_no_more(case: Case, bodies: Bodies) -> None:
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED)
    assert taker().places(bodies.by) == []
    with pytest.raises(Refused, match="tar ikke imot flere vedlegg"):
        taker().take(Ref(CASE, case.pk), [memo()], bodies.by)


def test_a_case_of_the_next_meeting_comes_first_and_says_when(bodies: Bodies) -> None:
    later = reported_case(bodies, title="Ny sak uten møte", number=90)
    meeting = meeting_with_cases(bodies, day=TODAY + timedelta(10))
    fill_agenda(meeting, by=bodies.by)
    labels = [place.label for place in taker().places(bodies.by)]
    assert labels[-1].endswith(later.title)
    assert all(label.endswith("2.\xa0desember)") for label in labels[:-1])
    assert len(labels) > 2
