"""The pages of hearings: registered, divided, answered, compiled, approved and delivered on real pages."""

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hearing import asked, compiled, parties, say
from pytest_django import DjangoAssertNumQueries, Settings

from factories.bodies import Bodies
from factories.people import actor
from samspill.directory.public import Account, Actor, Party, scope
from samspill.governance.actions.delivering_consultations import publish
from samspill.governance.models import Case, Consultation, Contribution, JointText
from samspill.governance.queries.consultations import of_party
from samspill.governance.states import ConsultationState
from samspill.worklist.public import LINK_ACTS

BACKEND = "django.contrib.auth.backends.ModelBackend"
HTMX = {"HX-Request": "true"}
MOST_QUERIES = 25
SET = "1. Hva haster mest for dere nå?\n2. Hvem skal gjøre hva i helgene?\n"
WORDS = {
    "title": "Innspill om helgene",
    "asked_by": "Rådet for prøver",
    "language": "nb",
    "contributions_by": "2026-12-01",
    "answer_by": "2026-12-20",
    "intro": "Vi spør alle.",
}


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def secretariat(bodies: Bodies) -> Client:
    return _signed_in(actor("ostfold", "secretariat"))


@pytest.fixture
def another(bodies: Bodies) -> Client:
    return _signed_in(actor("ostfold", "secretariat", name="Liv Rognerud", email="liv@example.no"))


def _signed_in(who: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id), backend=BACKEND)
    return client


def rows_of(page: str) -> dict[str, str]:
    """The question rows as the page would send them again."""
    numbers = dict(re.findall(r'name="(nummer-\d+)" value="([^"]*)"', page))
    texts = dict(re.findall(r'name="(sporsmal-\d+)" rows="2">([^<]*)<', page))
    lines = dict(re.findall(r'name="(linje-\d+)" value="(\d+)"', page))
    return {**numbers, **texts, **lines, "antall": str(len(texts))}


def test_a_pasted_set_is_looked_through_moved_about_and_then_registered(secretariat: Client) -> None:
    new = reverse("governance:new-consultation")
    page = secretariat.post(new, {**WORDS, "questions": SET, "gjor": "les"}).content.decode()
    assert rows_of(page)["linje-1"] == "2"
    assert not Consultation.objects.exists()
    page = secretariat.post(new, {**WORDS, **rows_of(page), "gjor": "opp:1"}).content.decode()
    page = secretariat.post(new, {**WORDS, **rows_of(page), "gjor": "legg-til"}).content.decode()
    rows = rows_of(page) | {"sporsmal-2": "Noe annet?", "nummer-2": "9"}
    page = secretariat.post(new, {**WORDS, **rows, "gjor": "fjern:1"}).content.decode()
    answer = secretariat.post(new, {**WORDS, **rows_of(page), "gjor": "lagre"})
    found = Consultation.objects.get()
    assert answer["Location"] == reverse("governance:consultation", args=[found.pk])
    assert [(one.number, one.text) for one in found.questions.all()] == [
        ("2", "Hvem skal gjøre hva i helgene?"),
        ("9", "Noe annet?"),
    ]


def test_a_document_is_read_with_its_lines_and_a_broken_one_loses_nothing(secretariat: Client) -> None:
    new = reverse("governance:new-consultation")
    file = SimpleUploadedFile("sett.md", f"# Spørsmål\n\n{SET}".encode())
    page = secretariat.post(new, {**WORDS, "file": file, "gjor": "les"}).content.decode()
    assert [rows_of(page)["linje-0"], rows_of(page)["linje-1"]] == ["3", "4"]
    broken = SimpleUploadedFile("sett.pdf", b"%PDF-1.4 ikke mer")
    answer = secretariat.post(new, {**WORDS, **rows_of(page), "file": broken, "gjor": "les"})
    assert answer.status_code == 422
    assert WORDS["title"] in answer.content.decode()
    assert rows_of(answer.content.decode())["antall"] == "2"


def test_what_is_wrong_is_said_at_its_field_and_the_questions_stay(secretariat: Client) -> None:
    new = reverse("governance:new-consultation")
    rows = {"antall": "1", "sporsmal-0": "Hva?", "nummer-0": "1"}
    answer = secretariat.post(new, {**WORDS, **rows, "title": "", "gjor": "lagre"})
    assert answer.status_code == 422
    assert rows_of(answer.content.decode())["sporsmal-0"] == "Hva?"
    answer = secretariat.post(new, {**WORDS, "gjor": "les"})
    assert answer.status_code == 422


def test_the_questions_are_divided_and_asked_with_a_way_back(secretariat: Client, bodies: Bodies) -> None:
    rows = {"antall": "2", "sporsmal-0": "Hva haster?", "sporsmal-1": "Hvem gjør hva?"}
    secretariat.post(reverse("governance:new-consultation"), {**WORDS, **rows, "gjor": "lagre"})
    found = Consultation.objects.get()
    first, second = found.questions.all()
    divide = reverse("governance:consultation-divide", args=[found.pk])
    assert f"leder-{second.pk}" in secretariat.get(divide).content.decode()
    secretariat.post(
        divide, {f"leder-{first.pk}": f"body-{bodies.fsu.pk}", f"leder-{second.pk}": "", "resten": "1"}
    )
    found.refresh_from_db()
    assert found.state == ConsultationState.DIVIDED
    step = reverse("governance:consultation-step", args=[found.pk])
    page = secretariat.post(step, {"steg": "be"}, follow=True).content.decode()
    assert "?steg=be-tilbake" in page
    secretariat.post(f"{step}?steg=be-tilbake")
    found.refresh_from_db()
    assert found.state == ConsultationState.DIVIDED
    assert secretariat.post(step, {"steg": "sammenstill"}).status_code == 422
    assert secretariat.post(step, {"steg": "ukjent"}).status_code == 404


def test_a_contribution_saves_itself_and_two_who_write_get_both_texts(
    secretariat: Client, another: Client, bodies: Bodies
) -> None:
    found = asked(bodies)
    question, party = found.questions.all()[0], parties(bodies)[1]
    path = reverse("governance:contribution", args=[found.pk, question.pk, of_party(party).key])
    first = secretariat.post(path, {"text": "Først.", "based_on": ""}, headers=HTMX)
    assert first.status_code == 200
    row = Contribution.objects.get()
    assert f'value="{row.pk}"' in first.content.decode()
    secretariat.post(path, {"text": "Først, av en.", "based_on": str(row.pk)})
    both = another.post(path, {"text": "Først, av to.", "based_on": str(row.pk)})
    assert "s-wrote" in both.content.decode()
    stands = Contribution.objects.filter(beside=False).latest("pk")
    beside = Contribution.objects.get(beside=True)
    settle = reverse("governance:contribution-settle", args=[found.pk, question.pk, of_party(party).key])
    secretariat.post(settle, {"choice": f"both:{beside.pk}:{stands.pk}"})
    assert Contribution.objects.latest("pk").text == "Først, av en.\n\nFørst, av to."


def test_the_matrix_offers_what_is_missing_and_reminds_one(secretariat: Client, bodies: Bodies) -> None:
    found = asked(bodies)
    say(found.questions.all()[1], parties(bodies)[1], "Vi mener dette.", bodies)
    page = secretariat.get(reverse("governance:consultation", args=[found.pk])).content.decode()
    assert f"party-{parties(bodies)[0].pk}" in page
    assert 'name="bare"' in page
    step = reverse("governance:consultation-step", args=[found.pk])
    answer = secretariat.post(step, {"steg": "purr", "bare": f"party-{parties(bodies)[0].pk}"}, follow=True)
    assert str(parties(bodies)[0]) in answer.content.decode()


def test_take_in_saves_what_is_in_the_field_and_shows_the_source(secretariat: Client, bodies: Bodies) -> None:
    found = asked(bodies)
    question, party = found.questions.all()[0], parties(bodies)[1]
    said = say(question, party, "Hos oss mangler det biler i helgene.", bodies)
    take = reverse("governance:joint-text-take-in", args=[found.pk, question.pk])
    page = secretariat.post(
        take, {"text": "Vi begynner slik.", "based_on": "", "bidrag": said.pk}, follow=True
    )
    row = JointText.objects.latest("pk")
    assert row.text == "Vi begynner slik.\n\nHos oss mangler det biler i helgene."
    assert row.sources == [[], [said.pk]]
    assert f"Bygger på: {party}" in page.content.decode()
    done = reverse("governance:joint-text-done", args=[found.pk, question.pk])
    secretariat.post(done, {"text": row.text, "based_on": str(row.pk)})
    question.refresh_from_db()
    assert question.is_done
    secretariat.post(f"{done}?tilbake=1")
    question.refresh_from_db()
    assert not question.is_done


def test_two_who_write_the_joint_text_are_shown_both(
    secretariat: Client, another: Client, bodies: Bodies
) -> None:
    found = asked(bodies)
    question = found.questions.all()[0]
    path = reverse("governance:joint-text", args=[found.pk, question.pk])
    secretariat.post(path, {"text": "Ett.", "based_on": ""}, headers=HTMX)
    both = another.post(path, {"text": "To.", "based_on": ""}, headers=HTMX).content.decode()
    assert "s-wrote" in both
    stands, beside = JointText.objects.get(beside=False), JointText.objects.get(beside=True)
    settle = reverse("governance:joint-text-settle", args=[found.pk, question.pk])
    secretariat.post(settle, {"choice": f"mine:{beside.pk}:{stands.pk}"})
    assert JointText.objects.latest("pk").text == "To."


def test_a_table_in_an_answer_stands_as_a_table_on_the_page_and_in_word(
    secretariat: Client, bodies: Bodies
) -> None:
    found = asked(bodies)
    question = found.questions.all()[0]
    path = reverse("governance:joint-text", args=[found.pk, question.pk])
    secretariat.post(
        path, {"text": "| Krevende | Tiltak |\n|---|---|\n| Tid | Flere møter |", "based_on": ""}
    )
    assert "<td>Flere møter</td>" in secretariat.get(path).content.decode()
    content = secretariat.get(reverse("governance:consultation-docx", args=[found.pk])).content
    table = docx.Document(io.BytesIO(content)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Krevende", "Tiltak"],
        ["Tid", "Flere møter"],
    ]


def test_the_answer_is_sent_for_approval_from_the_page_and_links_to_its_case(
    secretariat: Client, bodies: Bodies
) -> None:
    found = compiled(bodies)
    page = secretariat.get(reverse("governance:consultation", args=[found.pk])).content.decode()
    assert re.search(r'<option value="\d+" selected>', page)
    send = reverse("governance:consultation-approval", args=[found.pk])
    assert secretariat.post(send, {"organ": "0"}).status_code == 422
    page = secretariat.post(send, {"organ": str(bodies.ssu.pk)}, follow=True).content.decode()
    case = Case.objects.get()
    assert reverse("governance:case", args=[case.pk]) in page
    assert "?steg=hent-tilbake" in page
    back = secretariat.get(reverse("governance:case", args=[case.pk])).content.decode()
    assert reverse("governance:consultation", args=[found.pk]) in back


def test_a_visitor_reads_a_published_answer_and_no_contribution(client: Client, bodies: Bodies) -> None:
    found = compiled(bodies)
    path = reverse("governance:consultation", args=[found.pk])
    assert client.get(path).status_code == 404
    Consultation.objects.filter(pk=found.pk).update(state=ConsultationState.DELIVERED)
    publish(found, by=bodies.by)
    page = client.get(path).content.decode()
    assert "Felles svar på 1." in page
    assert "Vi mener dette om" not in page
    assert client.get(reverse("governance:consultation-pdf", args=[found.pk])).content.startswith(b"%PDF")
    assert found.title in client.get(reverse("governance:consultation-list")).content.decode()


def test_the_list_is_searched_sorted_and_empty_in_words(secretariat: Client, bodies: Bodies) -> None:
    path = reverse("governance:consultation-list")
    assert "Her kommer høringene til å stå" in secretariat.get(path).content.decode()
    found = asked(bodies)
    assert found.title in secretariat.get(f"{path}?q=kveldene&sorter=frist&ned=1").content.decode()
    assert found.title not in secretariat.get(f"{path}?vis=levert").content.decode()
    assert found.title in secretariat.get(reverse("governance:consultation-list-csv")).content.decode()


def test_a_hearing_with_many_texts_asks_the_database_as_often_as_one_with_few(
    secretariat: Client, bodies: Bodies, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = asked(bodies)
    question = found.questions.all()[0]
    for party in parties(bodies)[:6]:
        say(question, party, "Dette mener vi.", bodies)
    for path in (
        reverse("governance:consultation", args=[found.pk]),
        reverse("governance:consultation-divide", args=[found.pk]),
        reverse("governance:consultation-contributions", args=[found.pk]),
        reverse("governance:joint-text", args=[found.pk, question.pk]),
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert secretariat.get(path).status_code == 200


def test_a_party_without_remarks_answers_from_its_mail(bodies: Bodies) -> None:
    found = asked(bodies)
    act, party = LINK_ACTS["governance.no_remarks"], parties(bodies)[3]
    arguments = {"party": str(party.pk)}
    assert act.describe(found.pk, arguments, bodies.by).title == found.title
    act.perform(found.pk, {**arguments, "sentence": "Vi slutter oss til de andre."}, bodies.by)
    said = [one.text for one in Contribution.objects.filter(party=party).order_by("pk")]
    assert said[0] == "Vi slutter oss til de andre."
    assert len(said) == found.questions.count()


def test_what_waits_for_a_party_and_for_the_secretariat_stands_among_their_tasks(bodies: Bodies) -> None:
    from factories.people import TODAY
    from samspill.directory.public import NewMember, acting_as, add_member
    from samspill.governance.queries.consultation_tasks import dues

    found = asked(bodies)
    party = Party.objects.get(pk=parties(bodies)[0].pk)
    new = NewMember(name="Turid Aas", email="turid@example.no", role="director", from_day=TODAY)
    account = add_member(community=bodies.community, new=new, by=bodies.by, party=party).account
    turid = acting_as(account, today=TODAY)
    with scope(turid):
        (due,) = dues(turid)
        assert due.due == found.contributions_by
    for question in found.questions.all():
        say(question, party, "Dette mener vi.", bodies)
    with scope(turid):
        (due,) = dues(turid)
    assert due.url == reverse("governance:joint-text", args=[found.pk, found.questions.all()[0].pk])
