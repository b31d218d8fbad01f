"""The address of who can be asked about an application goes when nobody asks any more; the name stays."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from integration.plans.funds.story import Story
from samspill.cli.people import erase_and_tell
from samspill.directory.public import Account, erase_due, machine, scope
from samspill.plans.models import Application, Call

pytestmark = pytest.mark.django_db
EVA = "eva@example.no"
ANSWERED, ENDED = date(2023, 9, 1), date(2024, 3, 31)
AFTER_THE_ANSWER, AFTER_THE_WORK = date(2025, 9, 1), date(2026, 3, 31)


def old(story: Story) -> Application:
    """A draft of a call that should have been answered long ago."""
    made = story.draft()
    with scope(story.secretariat):
        Call.objects.filter(pk=story.call.pk).update(
            opens=date(2023, 3, 1), closes=date(2023, 6, 1), decides_by=ANSWERED
        )
        Application.objects.filter(pk=made.pk).update(starts=date(2023, 10, 1), ends=ENDED)
    return made


def moved(one: Application, states: str, story: Story) -> None:
    with scope(story.secretariat):
        for state in states.split():
            Application.objects.filter(pk=one.pk).update(state=state)


def erase(story: Story, day: date) -> None:
    erase_due(by=machine(story.secretariat.community_id, day))


def addresses(one: Application, story: Story) -> set[object]:
    """Every address that stands with the application, now and in its history of this transaction."""
    with scope(story.secretariat), connection.cursor() as cursor:
        cursor.execute(
            "SELECT contact_email FROM plans_application WHERE id = %s UNION SELECT contact_email"
            " FROM plans_applicationevent WHERE pgh_obj_id = %s AND pgh_created_at = now()",
            [one.pk, one.pk],
        )
        return {address for (address,) in cursor.fetchall()}


TO_AN_ANSWER = "endorsed submitted formal_check review recommended"
REFUSED = f"{TO_AN_ANSWER} refused"
RUNNING = f"{TO_AN_ANSWER} awarded accepted running"
APPROVED = f"{RUNNING} final_report approved"


@pytest.mark.parametrize(
    ("states", "goes"),
    [("", AFTER_THE_ANSWER), (REFUSED, AFTER_THE_ANSWER), (APPROVED, AFTER_THE_WORK)],
    ids=["never sent", "refused", "carried out"],
)
def test_the_address_goes_on_its_day_also_from_history_and_the_name_stays(
    story: Story, states: str, goes: date
) -> None:
    one = old(story)
    moved(one, states, story)
    erase(story, goes - timedelta(days=1))
    assert EVA in addresses(one, story)
    erase(story, goes)
    assert addresses(one, story) == {""}
    with scope(story.secretariat):
        one.refresh_from_db()
    assert (one.contact_name, one.title) == ("Eva Lind", "Kveldspatrulje på tvers")


@pytest.mark.parametrize("states", [TO_AN_ANSWER, RUNNING], ids=["not answered", "under way"])
def test_an_application_somebody_may_have_to_ask_about_keeps_it_however_old(
    story: Story, states: str
) -> None:
    one = old(story)
    moved(one, states, story)
    erase(story, date(2026, 11, 1))
    assert EVA in addresses(one, story)


def test_the_page_without_an_address_still_names_who_to_ask(story: Story) -> None:
    one = old(story)
    moved(one, REFUSED, story)
    erase(story, AFTER_THE_ANSWER)
    client = Client()
    client.force_login(
        Account.objects.get(pk=story.secretariat.account_id),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = client.get(reverse("plans:fund-application", args=[one.pk])).content.decode()
    assert "Eva Lind" in page
    assert "mailto:" not in page


def test_the_command_line_and_the_page_about_privacy_tell_it(story: Story) -> None:
    old(story)
    said = "\n".join(erase_and_tell(today=AFTER_THE_ANSWER, is_rehearsal=True))
    assert "plans.application: 1 due" in said
    page = Client().get(reverse("web:privacy")).content.decode()
    assert "E-postadressen til den som kan svare på spørsmål om en søknad" in page
    assert "24 måneder etter at søknaden skulle vært avgjort" in page
