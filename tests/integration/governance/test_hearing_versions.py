"""Earlier wordings of contributions and joint answers: who wrote what when, and what changed."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from hearing import asked, compiled, parties, say

from factories.bodies import Bodies
from factories.people import actor
from samspill.directory.public import Account, Actor
from samspill.governance.actions.compiling import save_joint
from samspill.governance.actions.contributing import save_contribution
from samspill.governance.actions.delivering_consultations import publish
from samspill.governance.models import Consultation, ConsultationQuestion
from samspill.governance.queries.consultations import of_party
from samspill.governance.states import ConsultationState


def signed_in(who: Actor) -> Client:
    client = Client()
    account = Account.objects.get(pk=who.account_id)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def secretariat(bodies: Bodies) -> Client:
    return signed_in(actor("ostfold", "secretariat"))


def of_joint(question: ConsultationQuestion) -> str:
    return reverse("governance:joint-text-versions", args=[question.consultation_id, question.pk])


def of_said(question: ConsultationQuestion, who: str) -> str:
    return reverse("governance:contribution-versions", args=[question.consultation_id, question.pk, who])


def items(page: object) -> list[str]:
    """Each wording as its line says it, the newest first."""
    found = re.findall(r'<ol class="s-list s-diff">(.*?)</ol>', page.content.decode(), re.DOTALL)  # type: ignore[attr-defined]
    return [re.sub(r"\s+", " ", one) for one in re.findall(r"<li>(.*?)</li>", found[0], re.DOTALL)]


def test_a_joint_answer_shows_who_changed_what(bodies: Bodies, secretariat: Client) -> None:
    found = compiled(bodies)
    question = found.questions.all()[0]
    first = question.joint_texts.get().pk
    liv = actor("ostfold", "secretariat", name="Liv Rognerud", email="liv@example.no")
    save_joint(question, "Samlet svar på 1.", based_on=first, by=liv)
    save_joint(question, "Eget svar på 1.", based_on=first, by=bodies.by)
    page = secretariat.get(of_joint(question))
    beside, stands, oldest = items(page)
    assert "Teksten er lagret tre ganger." in page.content.decode()
    assert "Liv Rognerud" in stands and "står nå" in stands
    assert "<del>Felles" in stands and "<ins>Samlet" in stands
    assert bodies.by.name in beside and "tatt vare på" in beside
    assert "<ins>Felles svar på 1.</ins>" in oldest


def test_a_contribution_has_its_own_and_is_reached_from_where_it_is_written(
    bodies: Bodies, secretariat: Client
) -> None:
    found = asked(bodies)
    question, party = found.questions.all()[0], parties(bodies)[0]
    first = say(question, party, "Vi mangler folk.", bodies)
    save_contribution(question, of_party(party), "Vi mangler senger.", based_on=first.pk, by=bodies.by)
    path = of_said(question, f"party-{party.pk}")
    where = reverse("governance:consultation-contributions", args=[found.pk]) + f"?for=party-{party.pk}"
    written = secretariat.get(where).content.decode()
    assert f'href="{path}"' in written
    assert of_said(found.questions.all()[1], f"party-{party.pk}") not in written
    newest, _oldest = items(secretariat.get(path))
    assert "<del>folk" in newest and "<ins>senger" in newest


def test_what_has_never_been_written_has_no_versions(bodies: Bodies, secretariat: Client) -> None:
    question = asked(bodies).questions.all()[0]
    assert secretariat.get(of_joint(question)).status_code == 404
    assert secretariat.get(of_said(question, f"party-{parties(bodies)[0].pk}")).status_code == 404
    assert secretariat.get(of_said(question, "party-0")).status_code == 404


def test_versions_of_a_published_answer_are_for_those_inside(
    client: Client, bodies: Bodies, secretariat: Client
) -> None:
    found = compiled(bodies)
    Consultation.objects.filter(pk=found.pk).update(state=ConsultationState.DELIVERED)
    publish(found, by=bodies.by)
    question = found.questions.all()[0]
    path, page = of_joint(question), reverse("governance:consultation", args=[found.pk])
    assert f'href="{path}"' in secretariat.get(page).content.decode()
    assert f"{page}#svar-{question.pk}" in secretariat.get(path).content.decode()
    assert path not in client.get(page).content.decode()
    assert client.get(path).status_code == 302
    assert signed_in(actor("vestfold", "secretariat")).get(path).status_code in {403, 404}
