"""The pages of «Hva er innafor»: a nurse builds and sends, others confirm and ask."""

import io
import re
from collections.abc import Mapping
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories.care import CareWorld
from factories.safety_net import ASTRID, Family, all_recipients, draft, ready, sent, signed_list, team_key
from factories.tried import a_few
from samspill.care.actions.opening import opening
from samspill.care.forms import number
from samspill.care.models import SafetyNetPlan
from samspill.care.queries.safety_net import find_plan, sent_plans
from samspill.directory.public import Account, Actor, scope
from samspill.rulebook.safety_net import from_plain

BACKEND = "django.contrib.auth.backends.ModelBackend"
LEVEL = "oidc_level"
MOST_QUERIES = 25


def signed_in(who: Actor, language: str = "nb") -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=who.account_id), backend=BACKEND)
    session = client.session
    session[LEVEL] = 4
    session.save()
    client.cookies["samspill_language"] = language
    return client


def url(name: str, row: SafetyNetPlan) -> str:
    return reverse(f"care:{name}", args=[row.patient_id, row.pk])


def fields_of(html: str) -> dict[str, Any]:
    """What a browser would send of the builder as it stands."""
    found: dict[str, Any] = {}
    for tag, inner in re.findall(r"<textarea ([^>]*)>(.*?)</textarea>", html, re.S):
        found[_attribute(tag, "name")] = _plain(inner)
    for tag in re.findall(r"<input ([^>]*)>", html):
        name = _attribute(tag, "name")
        if "checkbox" not in tag:
            found[name] = _plain(_attribute(tag, "value"))
        elif " checked" in tag:
            found.setdefault(name, []).append(_attribute(tag, "value"))
    return {name: value for name, value in found.items() if name and name != "csrfmiddlewaretoken"}


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'(?<![\w-]){name}="([^"]*)"', tag)
    return found[1] if found else ""


def _plain(text: str) -> str:
    return text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&").lstrip("\n")


def saved(world: CareWorld, row: SafetyNetPlan) -> SafetyNetPlan:
    ward = world.nurses["Ward"]
    with scope(ward), opening(row.patient_id, by=ward, what="x"):
        return find_plan(row.pk, row.patient_id)


def complete_fields(html: str, world: CareWorld) -> dict[str, Any]:
    """Every field that is missing; the medication list is signed besides."""
    signed_list(world)
    phones = {
        name: "69 11 22 33"
        for name, value in fields_of(html).items()
        if name.startswith("phone-") and not value
    }
    return (
        fields_of(html)
        | phones
        | {
            "weight-yellow_high": "72,5",
            "is_read": "1",
            "to": [team_key(world, "Service")],
            "act": "send",
        }
    )


def test_a_nurse_begins_builds_and_sends(world: CareWorld, home: Family) -> None:
    client, pk = signed_in(world.nurses["Ward"]), world.patients[ASTRID].pk
    page = client.get(reverse("care:plan-list", args=[pk]))
    assert "Hjertesvikt" in page.content.decode()
    begun = client.post(reverse("care:begin-plan", args=[pk]), {"problem": "heart_failure"})
    assert begun.status_code == 303
    html = client.get(begun["Location"]).content.decode()
    done = client.post(begun["Location"], complete_fields(html, world))
    assert done.status_code == 303, re.findall(r's-err__list">(.*?)</ul>', done.content.decode(), re.S)
    assert "Service" in client.get(done["Location"]).content.decode()
    ward = world.nurses["Ward"]
    with scope(ward), opening(pk, by=ward, what="x"):
        (row,) = sent_plans(pk)
        weight = next(one for one in from_plain(row.content).indicators if one.id == "weight")
        assert str(weight.limits.yellow_high) == "72.5"  # type: ignore[union-attr]


def test_a_page_that_is_sent_as_it_stands_changes_nothing(world: CareWorld, home: Family) -> None:
    row = ready(world, all_recipients(world, home))
    client = signed_in(world.nurses["Ward"])
    html = client.get(url("build", row)).content.decode()
    assert client.post(url("build", row), fields_of(html)).status_code == 200
    after = saved(world, row)
    assert from_plain(after.content) == from_plain(row.content)
    assert after.language_checked_at == row.language_checked_at


def test_what_is_missing_is_said_at_once_and_nothing_is_lost(world: CareWorld, home: Family) -> None:
    row = draft(world)
    client = signed_in(world.nurses["Ward"])
    written = fields_of(client.get(url("build", row)).content.decode())
    written |= {"weight-yellow_high": "mye", "yellow-do": "Ring & spør «noen» <nå>", "act": "send"}
    told = client.post(url("build", row), written)
    html = told.content.decode()
    assert told.status_code == 422
    assert 'value="mye"' in html
    assert "Ring &amp; spør «noen» &lt;nå&gt;" in html
    for href in re.findall(r'href="#([\w-]+)"', html):
        assert f'id="{href}"' in html, href
    assert from_plain(saved(world, row).content).levels["yellow"].do == "Ring & spør «noen» <nå>"
    assert saved(world, row).is_draft


def test_the_reading_level_is_told_while_one_writes(world: CareWorld, home: Family) -> None:
    row = draft(world)
    client = signed_in(world.nurses["Ward"])
    written = fields_of(client.get(url("build", row)).content.decode())
    assert "LIX" in client.get(url("build", row)).content.decode()
    html = client.post(
        url("build", row),
        written | {"about": "Du har hatt en eksaserbasjon."},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "eksaserbasjon" in html.split('id="sjekk"')[1]
    assert "forverring" in html.split('id="sjekk"')[1]


@pytest.mark.parametrize("who", ["Service", "daughter", "astrid"])
def test_a_recipient_reads_confirms_and_asks(world: CareWorld, home: Family, who: str) -> None:
    row = sent(world, all_recipients(world, home))
    actor = world.nurses["Service"] if who == "Service" else getattr(home, who)
    client = signed_in(actor)
    html = client.get(url("plan", row)).content.decode()
    assert "Bekreft" in html
    assert client.post(url("confirm-plan", row)).status_code == 303
    html = client.get(url("plan", row)).content.decode()
    assert url("confirm-plan", row) not in html
    answered = client.post(url("answer", row), {"v-weight": "72,6"}).content.decode()
    assert "Utenfor" in answered.split('id="svar"')[1][:900]
    assert "tel:" in answered.split('id="svar"')[1][:1500]
    inside = client.post(url("answer", row), {"v-weight": "71,9", "v-breath": ""}).content.decode()
    assert "Innenfor" in inside.split('id="svar"')[1][:900]


@pytest.mark.parametrize(
    "sent_values", [{}, {"v-weight": "tung"}, {"v-weight": "nan"}, {"v-breath": "lilla"}, {"v-ukjent": "3"},
                    {"v-weight": "1e99999"}, {"v-chest": "yellow"}],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_told_of(
    world: CareWorld, home: Family, sent_values: Mapping[str, str]
) -> None:
    row = sent(world, all_recipients(world, home))
    assert signed_in(home.daughter).post(url("answer", row), sent_values).status_code == 422


def test_the_sheet_of_paper_is_one_page_and_its_name_tells_nothing(world: CareWorld, home: Family) -> None:
    row = sent(world, all_recipients(world, home))
    made = signed_in(home.daughter).get(url("plan-pdf", row))
    assert len(pypdf.PdfReader(io.BytesIO(made.content)).pages) == 1
    assert "Astrid" not in made["Content-Disposition"]


def test_others_see_no_page(world: CareWorld, home: Family) -> None:
    row = sent(world, [f"related:{home.near.pk}"])
    for name in ("plan", "plan-pdf", "build"):
        assert signed_in(world.nurses["Service"]).get(url(name, row)).status_code == 403
        assert signed_in(world.nurses["Moss"]).get(url(name, row)).status_code == 403
        assert Client().get(url(name, row)).status_code == 302
    assert signed_in(home.daughter).get(url("build", row)).status_code in {403, 422}
    unsent = draft(world, problem="copd")
    assert signed_in(home.daughter).get(url("plan", unsent)).status_code == 403


def test_a_replaced_plan_leads_to_the_newest(world: CareWorld, home: Family) -> None:
    first = sent(world, all_recipients(world, home))
    second = sent(world, all_recipients(world, home))
    html = signed_in(home.daughter).get(url("plan", first)).content.decode()
    assert url("plan", second) in html
    assert url("answer", first) not in html


@a_few("language", ("nb", "nn", "en"), most=1)
def test_each_page_is_read_within_25_queries(
    world: CareWorld, home: Family, django_assert_max_num_queries: DjangoAssertNumQueries, language: str
) -> None:
    row, begun = sent(world, all_recipients(world, home)), draft(world, problem="copd")
    listed = reverse("care:plan-list", args=[row.patient_id])
    for who in (world.nurses["Ward"], world.nurses["Service"], home.daughter, home.astrid):
        client = signed_in(who, language)
        client.get(listed)  # the first look within an hour keeps a decision for each record, too
        for address in (listed, url("plan", row), url("plan-pdf", row)):
            with django_assert_max_num_queries(MOST_QUERIES):
                assert client.get(address).status_code == 200
    client = signed_in(world.nurses["Ward"], language)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(url("build", begun)).status_code == 200


@pytest.mark.parametrize(
    ("said", "is_"), [("72,5", "72.5"), ("−1", "-1"), (" 1 200 ", "1200"), ("70.0", "70.0")]
)
def test_a_number_is_read_as_people_write_it(said: str, is_: str) -> None:
    assert str(number(said)) == is_


@pytest.mark.parametrize("said", ["", "nan", "inf", "1e9", "7,2,1", "10 kg", "0.00001", "1_0", "７２", "72."])
def test_what_is_no_number_is_none(said: str) -> None:
    with pytest.raises(ValueError):
        number(said)
