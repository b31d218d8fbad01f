"""From a plan that is ready to the decision that adopts it: the case comes filled in, the plan follows."""

import html
import re

import pytest
from django.test import Client

from factories.bodies import Bodies, make_bodies
from factories.decisions import decided
from factories.people import actor, member
from integration.governance.following import signed_in, text_of
from integration.plans.revising import NEW, OLD, map_all
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, Ref, join, joined, scope
from samspill.governance.models import Case, Decision
from samspill.governance.states import CaseState, DecisionKind, DecisionState
from samspill.plans.public import Measure, Plan, read_revision
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
TITLE = "Handlingsplan for Helsefellesskapet Østfold 2025-2045"


@pytest.fixture
def secretariat() -> Actor:
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    rows = (
        ("Avtale fast telefontid mellom BUP og skolene", "SSU", "30.06.2045"),
        ("Opprette ambulant team for unge", "", ""),
    )
    return bring(small_plan(years="2025-2045", rows=rows, adopted=""), secretariat).plan


@pytest.fixture
def bodies() -> Bodies:
    return make_bodies()


@pytest.fixture
def client(secretariat: Actor) -> Client:
    return signed_in(secretariat)


def form_of(plan: Plan) -> str:
    return f"/meld-sak/?om=plans.plan%3A{plan.pk}"


def filled(client: Client, plan: Plan) -> dict[str, str]:
    """What stands in the form when it is opened from the plan."""
    page = client.get(form_of(plan)).content.decode()
    fields = {name: re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.S)
              for name in ("asks", "concerns")}  # fmt: skip
    title = re.search(r'<input[^>]*name="title"[^>]*>', page)
    assert title
    value = re.search(r'value="([^"]*)"', title[0])
    assert value
    found = {name: html.unescape(one[1]) for name, one in fields.items() if one}
    return {"title": html.unescape(value[1]), "om": f"plans.plan:{plan.pk}", **found}


def sent(client: Client, plan: Plan) -> int:
    """The number of the case."""
    answer = client.post("/meld-sak/", filled(client, plan))
    assert answer.status_code == 303, answer.content.decode()
    return int(answer["Location"].split("/")[2])


def adopting(bodies: Bodies, case: int, **changed: str) -> Decision:
    """The case is decided; the plan's adoption is not said yet."""
    with scope(bodies.by):
        decision = decided(bodies, points=("Planen vedtas.",), number=7)
        Decision.objects.filter(pk=decision.pk).update(case_id=case, **changed)
        return Decision.objects.select_related("body").get(pk=decision.pk)


def said(client: Client, decision: Decision, plan: Plan) -> int:
    address = f"/vedtak/{decision.pk}/vedtar/"
    return client.post(address, {"ting": f"plans.plan:{plan.pk}"}).status_code


def test_the_case_is_led_to_from_the_plan_and_lists_what_the_plan_lacks(client: Client, plan: Plan) -> None:
    page = client.get(f"/planer/{plan.pk}/til-vedtaket/").content.decode()
    assert f'href="{form_of(plan)}"' in page
    form = filled(client, plan)
    assert form["title"] == f"Vedtak av {TITLE}"
    assert "To tiltak legges fram. Ett mangler ansvarlig, og ett mangler frist." in form["asks"]
    assert "Uten ansvarlig:\n– Opprette ambulant team for unge" in form["asks"]
    assert "Uten frist:\n– Opprette ambulant team for unge" in form["asks"]
    assert "Helsefellesskapet Østfold" in form["concerns"]


def test_a_revision_says_in_the_case_what_became_of_what_was_promised(
    client: Client, secretariat: Actor
) -> None:
    old = bring(OLD, secretariat).plan
    with scope(secretariat):
        new = read_revision(document_bytes=NEW, file_name="ny.md", of=old, by=secretariat).plan
        map_all(new, secretariat)
    assert "Den forrige planen lovte fire tiltak:" in filled(client, new)["asks"]


def test_the_plan_goes_with_the_case_and_each_leads_to_the_other(
    client: Client, plan: Plan, secretariat: Actor
) -> None:
    case = sent(client, plan)
    with scope(secretariat):
        paper = Case.objects.get(pk=case).papers.get()
        assert paper.title == TITLE
        assert paper.versions.get().content_type == "application/pdf"
    page = text_of(client.get(f"/saker/{case}/"))
    assert f"Legger fram: {TITLE}" in page
    there = client.get(f"/planer/{plan.pk}/til-vedtaket/").content.decode()
    assert f'href="/saker/{case}/"' in there
    assert f'href="{form_of(plan)}"' not in there


def test_a_draft_about_a_plan_is_gone_on_with_and_disturbs_no_other_draft(
    client: Client, plan: Plan, secretariat: Actor
) -> None:
    client.post("/meld-sak/kladd/", {"title": "Noe annet", "asks": "", "concerns": ""})
    kept = filled(client, plan) | {"title": "Vedtak av planen vår"}
    answer = client.post("/meld-sak/kladd/", kept)
    assert answer["Location"] == form_of(plan)
    assert filled(client, plan)["title"] == "Vedtak av planen vår"
    with scope(secretariat):
        kept_now = dict(Case.objects.values_list("title", "pk"))
    assert set(kept_now) == {"Noe annet", "Vedtak av planen vår"}
    assert sent(client, plan) == kept_now["Vedtak av planen vår"]
    with scope(secretariat):
        assert Case.objects.get(state=CaseState.DRAFT).title == "Noe annet"


def test_the_decision_adopts_the_plan_on_its_day_and_the_thread_is_seen_from_both_ends(
    client: Client, plan: Plan, bodies: Bodies, secretariat: Actor
) -> None:
    decision = adopting(bodies, sent(client, plan))
    assert "Ble planen vedtatt?" in text_of(client.get("/"))
    page = client.get(f"/vedtak/{decision.pk}/")
    assert f"Saken la fram «{TITLE}»" in text_of(page)
    assert said(client, decision, plan) == 303
    with scope(secretariat):
        plan.refresh_from_db()
        assert (plan.adopted_on, plan.adopted_by) == (decision.decided_on, decision.body.name)
        assert set(Measure.objects.filter(plan=plan).values_list("state", flat=True)) == {"adopted"}
        measure = Measure.objects.filter(plan=plan)[0]
        kinds = [one.kind for one in joined([Ref("plans.plan", plan.pk)], secretariat).popitem()[1]]
    assert sorted(kinds) == ["adopted_by", "puts_forward"]
    assert "Ble planen vedtatt?" not in text_of(client.get("/"))
    here = client.get(f"/vedtak/{decision.pk}/")
    assert f'href="/planer/{plan.pk}/"' in here.content.decode()
    assert "Saken la fram" not in text_of(here)
    for there in (f"/planer/{plan.pk}/", f"/planer/{plan.pk}/tiltak/{measure.pk}/"):
        assert f'href="/vedtak/{decision.pk}/"' in client.get(there).content.decode()


def test_a_plan_that_no_case_put_forward_is_chosen_at_the_decision(
    client: Client, plan: Plan, bodies: Bodies
) -> None:
    with scope(bodies.by):
        decision = decided(bodies)
    page = client.get(f"/vedtak/{decision.pk}/").content.decode()
    assert f'<option value="plans.plan:{plan.pk}">' in page
    assert said(client, decision, plan) == 303
    after = client.get(f"/vedtak/{decision.pk}/")
    assert f'<option value="plans.plan:{plan.pk}">' not in after.content.decode()


def test_what_stands_in_the_way_is_said_at_the_decision(
    client: Client, plan: Plan, bodies: Bodies, secretariat: Actor
) -> None:
    decision = adopting(bodies, sent(client, plan))
    with scope(secretariat):
        Measure.objects.filter(plan=plan).update(area=None)
    assert said(client, decision, plan) == 422
    with scope(secretariat):
        plan.refresh_from_db()
        assert plan.adopted_on is None


@pytest.mark.parametrize(
    "changed", [{"kind": DecisionKind.RECOMMENDATION}, {"state": DecisionState.PROPOSED}]
)
def test_only_a_decision_that_stands_adopts(
    client: Client, plan: Plan, bodies: Bodies, changed: dict[str, str]
) -> None:
    decision = adopting(bodies, sent(client, plan), **changed)
    assert "Saken la fram" not in text_of(client.get(f"/vedtak/{decision.pk}/"))
    assert said(client, decision, plan) == 422


def test_others_than_the_keepers_are_not_asked_and_may_not(
    client: Client, plan: Plan, bodies: Bodies
) -> None:
    decision = adopting(bodies, sent(client, plan))
    reader = Client()
    reader.force_login(
        member("ostfold", "member", name="Jonas Tveitan"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert "Saken la fram" not in text_of(reader.get(f"/vedtak/{decision.pk}/"))
    assert said(reader, decision, plan) == 403
    assert reader.get(form_of(plan)).status_code == 403


def test_an_address_about_nothing_gives_the_empty_form_and_an_adopted_plan_no_case(
    client: Client, plan: Plan, bodies: Bodies, secretariat: Actor
) -> None:
    for wrong in ("plans.plan:", "plans.plan:x", "insight.indicator:1", "plans.plan:²"):
        page = client.get("/meld-sak/", {"om": wrong})
        assert page.status_code == 200
        assert "følger saken" not in text_of(page)
    assert client.get("/meld-sak/?om=plans.plan:999999").status_code == 404
    decision = adopting(bodies, sent(client, plan))
    said(client, decision, plan)
    assert client.get(form_of(plan)).status_code in {409, 422}


def test_a_plan_is_not_joined_to_what_no_decision_adopts(plan: Plan, secretariat: Actor) -> None:
    with scope(secretariat), pytest.raises(Refused):
        join("puts_forward", Ref("plans.plan", plan.pk), Ref("plans.plan", plan.pk), by=secretariat)
