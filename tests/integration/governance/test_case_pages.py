"""The pages of cases: every address, its queries, its refusals, and what each sort of reader meets."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from factories.bodies import Bodies
from factories.cases import reported_case, write_brief
from factories.people import TODAY, actor
from factories.tried import a_few
from samspill.directory.public import Account, Party, scope
from samspill.governance import urls_cases
from samspill.governance.actions.anchoring import answer_anchoring, ask_anchoring
from samspill.governance.actions.briefs import freeze_brief, save_part
from samspill.governance.actions.papers import NewFile, add_paper
from samspill.governance.actions.passages import begin
from samspill.governance.actions.screening import release_case
from samspill.governance.models import (
    AnchoringAnswer,
    AnchoringRound,
    Case,
    CaseBrief,
    CaseText,
    Paper,
    Statement,
    StatementRequest,
)
from samspill.governance.states import Access, AnchoringState, CaseState

BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST_QUERIES = 25


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(bodies: Bodies) -> Case:
    """Prepared for FSU with a whole brief, a round with an answer, and a paper."""
    case = reported_case(
        bodies,
        question="Skal vi dele en patrulje?",
        summary="Om kveldene.",
        asks="Kan vi?",
        reported_at=timezone.now(),
    )
    begin(case, bodies.fsu, by=bodies.by)
    write_brief(case)
    case.refresh_from_db()
    found = ask_anchoring(case, due=TODAY + timedelta(days=5), by=bodies.by)
    answer_anchoring(
        found,
        party=Party.objects.filter(community=bodies.community, kind="municipality").first(),
        stance="supports",
        by=bodies.by,
    )
    add_paper(NewFile(io.BytesIO(b"%PDF-1"), "a.pdf", 6), case=case, by=bodies.by)
    freeze_brief(case, by=bodies.by)
    return case


def signed_in(role: str = "secretariat", slug: str = "ostfold") -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor(slug, role).account_id), backend=BACKEND)
    return client


READ = (
    "case",
    "case-receipt",
    "case-screening",
    "brief",
    "brief-versions",
    "statements",
    "anchoring",
    "papers",
    "case-access",
)
DONE = (
    "case-withdraw",
    "case-take-up",
    "case-return",
    "case-reject",
    "case-bring-back",
    "case-handling",
    "case-ready",
    "case-close",
    "give-statement",
    "ask-statement",
    "anchoring-waive",
    "case-release",
)


def address(name: str, case: Case, *rest: object) -> str:
    return reverse(f"governance:{name}", args=[case.pk, *rest])


def inner(case: Case) -> dict[str, str]:
    found, paper = case.anchoring_rounds.get(), case.papers.get()
    return {
        "brief-part-versions": address("brief-part-versions", case, "summary"),
        "anchoring-answer": address("anchoring-answer", case, found.pk),
        "paper-access": address("paper-access", case, paper.pk),
        "paper-file": address("paper-file", case, paper.pk, 1),
    }


def inner_acts(case: Case) -> dict[str, str]:
    found, paper = case.anchoring_rounds.get(), case.papers.get()
    return {
        "brief-part": address("brief-part", case, "summary"),
        "brief-settle": address("brief-settle", case, "summary"),
        "anchoring-chase": address("anchoring-chase", case, found.pk),
        "anchoring-close": address("anchoring-close", case, found.pk),
        "paper-move": address("paper-move", case, paper.pk),
        "paper-remove": address("paper-remove", case, paper.pk),
    }


@a_few("language", ("nb", "nn", "en"), most=1)
def test_every_page_of_a_case_is_read_within_its_queries(
    bodies: Bodies, case: Case, django_assert_max_num_queries: DjangoAssertNumQueries, language: str
) -> None:
    client = signed_in()
    with scope(bodies.by):
        paths = [*(address(name, case) for name in READ), *inner(case).values()]
    client.cookies["samspill_language"] = language
    for path in paths:
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(path)
        assert answer.status_code == 200, path


def test_an_act_is_not_done_by_following_a_link_and_a_visitor_does_nothing(
    bodies: Bodies, case: Case
) -> None:
    with scope(bodies.by):
        paths = [*(address(name, case) for name in DONE), *inner_acts(case).values()]
    client, visitor = signed_in(), Client()
    for path in paths:
        assert client.get(path).status_code == 405, path
        assert visitor.post(path).status_code in {302, 403, 404}, path
    for path in (address(name, case) for name in READ):
        assert visitor.get(path).status_code in {302, 403, 404}, path


def test_no_address_of_cases_is_forgotten(bodies: Bodies, case: Case) -> None:
    tested = {*READ, *DONE, *inner(case), *inner_acts(case)}
    tested |= {"report-case", "report-again", "save-draft", "case-list", "case-list-csv"}
    ours = {pattern.name for pattern in urls_cases.urlpatterns if pattern.name}
    ours = {name for name in ours if "case" in name or "anchoring" in name or "paper" in name}
    assert ours <= tested


def test_j2_a_case_is_reported_with_a_paper_and_the_receipt_says_when_there_is_an_answer(
    bodies: Bodies,
) -> None:
    client = signed_in("member")
    file = io.BytesIO(b"%PDF-1.7")
    file.name = "grunnlag.pdf"
    answer = client.post(
        "/meld-sak/", {"title": "Kveldspatrulje", "asks": "Kan vi dele?", "concerns": "", "papers": file}
    )
    with scope(bodies.by):
        case = Case.objects.get()
        assert case.papers.get().title == "grunnlag"
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).content.decode()
    assert case.reference in page
    assert "Sekretariatet svarer deg innen" in page


def test_a_form_that_comes_back_keeps_every_word(bodies: Bodies) -> None:
    answer = signed_in("member").post("/meld-sak/", {"title": "", "asks": "Kan vi dele vakt?"})
    assert answer.status_code == 422
    assert "Kan vi dele vakt?" in answer.content.decode()


def test_the_draft_saves_itself_and_is_there_next_time(bodies: Bodies) -> None:
    client = signed_in("member")
    for asks in ("Kan", "Kan vi dele?"):
        answer = client.post("/meld-sak/kladd/", {"title": "Vakt", "asks": asks}, HTTP_HX_REQUEST="true")
        assert "Lagret" in answer.content.decode()
    assert "Kan vi dele?" in client.get("/meld-sak/").content.decode()
    with scope(bodies.by):
        assert Case.objects.get().state == CaseState.DRAFT


def test_a_part_saves_itself_and_shows_both_texts_when_two_wrote_at_once(bodies: Bodies, case: Case) -> None:
    client, path = signed_in(), address("brief-part", case, "background")
    with scope(bodies.by):
        stands = case.texts.filter(part="background").get()
        save_part(case, "background", "Kari skrev dette.", based_on=stands.pk, by=bodies.by)
    answer = client.post(
        path, {"text": "Jeg skrev dette.", "based_on": stands.pk}, HTTP_HX_REQUEST="true"
    ).content.decode()
    assert "Ta med begge" in answer
    assert "Behold min" in answer
    with scope(bodies.by):
        newest, over = CaseText.objects.filter(part="background").order_by("-pk")[:2]
    done = client.post(address("brief-settle", case, "background"), {"choice": f"both:{newest.pk}:{over.pk}"})
    assert done.status_code == 303
    page = client.get(address("brief", case)).content.decode()
    assert "Kari skrev dette.\n\nJeg skrev dette." in page


def test_a_refused_part_comes_back_with_its_words(bodies: Bodies, case: Case) -> None:
    text = "Pasienten 01019000083 kom hjem."
    with_number = text.replace("01019000083", _number())
    answer = signed_in().post(address("brief-part", case, "background"), {"text": with_number})
    assert answer.status_code == 422
    assert with_number in answer.content.decode()


def _number() -> str:
    from integration.governance.test_identity import number

    return number("010190")


def test_the_secretariat_takes_up_returns_and_rejects_on_one_page(bodies: Bodies) -> None:
    client = signed_in()
    with scope(bodies.by):
        cases = [reported_case(bodies, number=place, title=f"Sak {place}") for place in (1, 2, 3)]
    client.post(address("case-take-up", cases[0]), {"body": bodies.fsu.pk, "answer": "Ja."})
    client.post(address("case-return", cases[1]), {"mangler-answer": "Hva koster det?"})
    client.post(address("case-reject", cases[2]), {"avvis-answer": "Avgjort før."})
    assert client.post(address("case-reject", cases[1]), {"avvis-answer": ""}).status_code == 422
    with scope(bodies.by):
        states = list(Case.objects.order_by("pk").values_list("state", flat=True))
    assert states == [CaseState.PREPARING, CaseState.RETURNED, CaseState.REJECTED]


def test_a_case_is_made_ready_and_taken_back_and_says_why_it_cannot(bodies: Bodies, case: Case) -> None:
    client, path = signed_in(), address("case-ready", case)
    with scope(bodies.by):
        Case.objects.filter(pk=case.pk).update(needs_anchoring=True)
    refused = client.post(path)
    assert refused.status_code == 422
    assert "Kommunene har ikke svart" in refused.content.decode()
    with scope(bodies.by):
        found = AnchoringRound.objects.get()
    client.post(address("anchoring-close", case, found.pk))
    assert client.post(path).status_code == 303
    assert client.post(path, {"tilbake": "1"}).status_code == 303
    with scope(bodies.by):
        assert Case.objects.get(pk=case.pk).state == CaseState.PREPARING


def test_the_pages_of_a_round_ask_answer_chase_and_waive(bodies: Bodies, case: Case) -> None:
    client = signed_in()
    with scope(bodies.by):
        found, party = (
            AnchoringRound.objects.get(),
            Party.objects.filter(community=bodies.community, kind="municipality").last(),
        )
    answered = client.post(
        address("anchoring-answer", case, found.pk),
        {"party": party.pk, "stance": "opposes", "remark": "Dyrt"},
    )
    empty = client.post(
        address("anchoring-answer", case, found.pk), {"party": party.pk, "stance": "with_remark"}
    )
    assert (answered.status_code, empty.status_code) == (303, 422)
    assert client.post(address("anchoring-chase", case, found.pk)).status_code == 303
    assert "Dyrt" in client.get(address("case", case)).content.decode()
    again = client.post(address("anchoring", case), {"region": "", "due": "2026-12-01", "question": "Ja?"})
    assert again.status_code == 422
    assert client.post(address("anchoring-waive", case), {"because": "Haster."}).status_code == 303
    with scope(bodies.by):
        assert AnchoringRound.objects.get().state == AnchoringState.WAIVED
        assert AnchoringAnswer.objects.count() == 2


def test_statements_are_asked_for_and_stand_side_by_side(bodies: Bodies, case: Case) -> None:
    client = signed_in()
    with scope(bodies.by):
        party = Party.objects.filter(kind="health_trust", community=bodies.community).get()
    client.post(
        address("ask-statement", case), {"who": [f"party:{party.pk}"], "due": "2026-12-01", "words": ""}
    )
    with scope(bodies.by):
        assert StatementRequest.objects.get().party == party
    client.post(
        address("give-statement", case), {"voice": f"party:{party.pk}", "stance": "supports", "text": "Bra."}
    )
    with scope(bodies.by):
        assert Statement.objects.get().text == "Bra."
    assert "Bra." in client.get(address("case", case)).content.decode()


def test_access_is_changed_on_its_page_and_shown_on_every_page(bodies: Bodies, case: Case) -> None:
    client, path = signed_in(), address("case-access", case)
    assert client.post(path, {"access": "secretariat"}).status_code == 422
    client.post(
        path, {"access": "secretariat", "law_reference": "offentleglova § 13", "public_title": "Personsak"}
    )
    with scope(bodies.by):
        assert Case.objects.get(pk=case.pk).access == Access.SECRETARIAT
    for name in ("case", "brief", "papers", "statements"):
        assert "offentleglova § 13" in client.get(address(name, case)).content.decode(), name


def test_papers_are_added_and_removed_with_a_way_back(bodies: Bodies, case: Case) -> None:
    client, path = signed_in(), address("papers", case)
    file = io.BytesIO(b"tall")
    file.name = "tall.txt"
    assert client.post(path, {"title": "Tallene", "file": file}).status_code == 303
    with scope(bodies.by):
        paper = Paper.objects.get(title="Tallene")
    client.post(address("paper-remove", case, paper.pk))
    assert "Tallene" not in client.get(address("case", case)).content.decode()
    client.post(address("paper-remove", case, paper.pk) + "?tilbake=1")
    assert "Tallene" in client.get(address("case", case)).content.decode()


def test_a_visitor_reads_a_released_case_with_the_brief_that_was_sent(bodies: Bodies, case: Case) -> None:
    with scope(bodies.by):
        release_case(case, by=bodies.by)
        newest = case.texts.filter(part="background").get()
        save_part(case, "background", "Etter utsending.", based_on=newest.pk, by=bodies.by)
        sent = CaseBrief.objects.get()
    page = Client().get(address("case", case)).content.decode()
    assert next(one["text"] for one in sent.content if one["part"] == "background") in page
    assert "Etter utsending." not in page
    assert case.title in Client().get("/saker/").content.decode()


def test_the_list_filters_sorts_and_is_saved_as_a_table(bodies: Bodies, case: Case) -> None:
    client = signed_in()
    with scope(bodies.by):
        reported_case(bodies, number=2, title="=Ågot")
    assert "Ågot" not in client.get("/saker/?vis=utredes").content.decode()
    assert "Ingen saker passer" in client.get("/saker/?q=finnesikke").content.decode()
    table = client.get("/saker/csv/?sorter=nr").content.decode("utf-8-sig").splitlines()
    assert [row.split(";")[0] for row in table[1:]] == ["2026/1", "2026/2"]
    assert ";'=Ågot;" in table[2]
    for odd in ("?organ=²", "?organ=99999999999999999999", "?vis=x&sorter=y"):
        assert client.get(f"/saker/{odd}").status_code == 200
