"""What a document says besides its measures is kept, and has a page."""

import pytest
from django.test import Client
from django.urls import reverse

from factories.people import actor
from samspill.directory.public import Account, Actor, Community, scope
from samspill.plans.public import ImportResult, Plan, community_named_in, import_plan
from samspill.plans.queries.contents import contents_of_plan
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"

HEARING = """# Innspill fra Helsefellesskapet Østfold

1. Hva har dere lært av å arbeide sammen om utskriving?

Vi har lært at en fast telefonvakt sparer begge sider for purringer.

2. Hvilken støtte savner dere?

Vi savner felles tall for kommuner og sykehus, og en enklere måte å dele dem på.
"""


def brought_in(content: str, by: Actor | None = None) -> ImportResult:
    by = by or actor("ostfold")
    with scope(by):
        return import_plan(
            document_bytes=content.encode(),
            file_name="innspill.md",
            community=Community.objects.get(slug="ostfold"),
            by=by,
        )


def test_a_document_of_questions_becomes_a_plan_without_measures() -> None:
    result = brought_in(HEARING)
    assert (result.created, result.has_measures, result.problems) == (0, False, [])
    by = actor("ostfold")
    with scope(by):
        found = contents_of_plan(result.plan, by)
    assert found is not None
    assert [question.text for question in found.questions] == [
        "Hva har dere lært av å arbeide sammen om utskriving?",
        "Hvilken støtte savner dere?",
    ]
    assert "fast telefonvakt" in found.questions[0].answers[0]


def test_a_document_with_neither_measures_nor_questions_is_refused_still() -> None:
    with pytest.raises(Refused) as refused:
        brought_in("# Helsefellesskapet Østfold\n\nDet var en fin dag i går.\n")
    assert refused.value.code == "plan.empty"
    with scope(actor("ostfold")):
        assert not Plan.objects.exists()


def test_the_page_tells_how_much_there_is_and_leads_to_the_line(secretariat: Actor, client: Client) -> None:
    client.force_login(Account.objects.get(pk=secretariat.account_id), backend=BACKEND)
    plan = brought_in(HEARING, secretariat).plan
    page = client.get(reverse("plans:contents", args=[plan.pk])).content.decode()
    assert "To spørsmål med svar." in page
    assert f"{reverse('plans:source', args=[plan.pk])}?dokument=" in page
    assert "Ingen tiltak ble lest" in client.get(reverse("plans:plan", args=[plan.pk])).content.decode()


def test_a_document_tells_itself_whose_it_is() -> None:
    assert community_named_in(HEARING.encode(), "innspill.md") == "HF01"


def test_a_document_that_does_not_tell_whose_it_is_is_asked_for_it() -> None:
    with pytest.raises(Refused) as refused:
        community_named_in(b"# Handlingsplan\n\n- Vi skal starte et kurs i samtaler.\n", "plan.md")
    assert refused.value.code == "plan.community_missing"
