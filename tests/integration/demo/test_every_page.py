"""Every address in the demonstration: a page read within 25 queries, or an act that takes POST."""

from collections.abc import Iterator
from functools import cache

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY
from factories.tried import a_few
from integration.demo import addresses_api as api
from integration.demo import addresses_beds as beds
from integration.demo import addresses_care as care
from integration.demo import addresses_data as data
from integration.demo import addresses_fhir as fhir
from integration.demo import addresses_governance as governance
from integration.demo import addresses_services as services
from samspill.demo.public import Demonstration
from samspill.directory.public import Account, AuditEvent, Body, Community, Membership, Party, machine, scope
from samspill.governance.public import Case, Consultation, Decision, FollowUp, Meeting, Tenure
from samspill.insight.public import Assessment
from samspill.plans.public import Measure, Plan, PlanDocument, Project
from samspill.worklist.public import Task

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRETARIAT = "Sekretariatet, Østfold"
MOST_QUERIES = 25

# Addresses people read. The values are arguments: "plan" stands for Østfold's plan, and so on.
PAGES: dict[str, tuple[object, ...]] = (
    governance.PAGES
    | beds.PAGES
    | api.PAGES
    | services.PAGES
    | {
        "web:start": (),
        "web:search": (),
        "web:figure": ("befolkning", "ostfold_alle_80", "csv"),
        "web:blocks": (),
        "web:accessibility": (),
        "web:privacy": (),
        "directory:sign-in": (),
        "directory:signed-out": (),
        "directory:forgotten-password": (),
        "directory:my-page": (),
        "directory:account": (),
        "directory:change-password": (),
        "directory:community-list": (),
        "directory:community": ("ostfold",),
        "worklist:new-task": (),
        "directory:end-role": ("ostfold", "membership"),
        "worklist:task": ("task",),
        "worklist:finish": ("task",),
        "worklist:snooze": ("task",),
        "worklist:hand-over": ("task",),
        "worklist:drop": ("task",),
        "worklist:calendar": (),
        "plans:plan-list": (),
        "plans:fund-list": (),
        "plans:fund-new-scheme": (),
        "plans:read-in": (),
        "plans:plan": ("plan",),
        "plans:review": ("plan",),
        "plans:contents": ("plan",),
        "plans:source": ("plan",),
        "plans:original": ("plan", "document"),
        "plans:compare": (),
        "plans:compare-csv": (),
        "plans:similar": ("plan", "measure"),
        "plans:solved": (),
        "plans:solved-csv": (),
        "plans:take-up": ("plan", "measure"),
        "plans:plan-report": ("plan",),
        "plans:plan-report-docx": ("plan",),
        "plans:place": ("plan",),
        "plans:revision": ("plan",),
        "plans:begin-revision": ("plan",),
        "plans:adoption-case": ("plan",),
        "plans:plan-report-pdf": ("plan",),
        "plans:plan-docx": ("plan",),
        "plans:plan-pdf": ("plan",),
        "plans:measures-csv": ("plan",),
        "plans:measures-xlsx": ("plan",),
        "plans:bring-in": ("plan",),
        "plans:timeline": ("plan",),
        "plans:board": ("plan",),
        "plans:measure": ("plan", "measure"),
        "plans:matrix": ("plan",),
        "plans:matrix-csv": ("plan",),
        "plans:matrix-xlsx": ("plan",),
        "plans:matrix-row": ("plan", "measure"),
        "plans:matrix-cell": ("plan", "measure", "party"),
        "plans:milestones": ("plan", "measure"),
        "plans:my-municipality": (),
        "plans:party-plans": ("3101",),
        "plans:project-list": (),
        "plans:new-project": (),
        "plans:project": ("project",),
        "plans:change-project": ("project",),
        "insight:mine": (),
        "insight:all": (),
        "insight:indicator-list": (),
        "insight:indicator": ("share-80-plus",),
        "insight:what-happened": ("measure", "share-80-plus"),
        "insight:expect": ("measure", "share-80-plus"),
        "insight:pin": ("share-80-plus",),
        "insight:signals": (),
        "insight:profile": ("ostfold",),
        "insight:municipality": ("ostfold", "3110"),
        "insight:models": ("ostfold",),
        "insight:model": ("ostfold", "jordmor"),
        "insight:calculation-list": ("ostfold",),
        "insight:scenario-list": ("ostfold",),
        "insight:memo": ("ostfold",),
        "insight:memo-file": ("ostfold", "pdf"),
        "insight:demand": ("ostfold",),
        "insight:demand-service": ("ostfold", "liggedogn"),
        "insight:demand-trial": ("ostfold",),
        "insight:demand-method": ("ostfold",),
        "insight:assessments": ("ostfold",),
        "insight:new-assessment": ("ostfold",),
        "insight:assessment": ("ostfold", "assessment"),
        "insight:assessment-pdf": ("ostfold", "assessment"),
        "insight:assessment-docx": ("ostfold", "assessment"),
        "insight:assessment-part": ("ostfold", "assessment", "metode"),
        "insight:staff": ("ostfold",),
        "insight:staff-profession": ("ostfold", "sykepleiere"),
        "insight:gp-lists": ("ostfold",),
        "insight:midwives": ("ostfold",),
        "insight:workload": ("ostfold",),
        "insight:region": ("ostfold",),
        "insight:accuracy": (),
        "insight:data-list": (),
        "insight:data-send": (),
        "insight:backtest": ("ostfold",),
        "insight:backtest-at-work": ("ostfold", "aaaaaaaaaaaa"),
        "insight:profile-csv": ("ostfold",),
        "insight:profile-xlsx": ("ostfold",),
    }
)
# Addresses that only do something.
ACTS: dict[str, tuple[object, ...]] = (
    governance.ACTS
    | beds.ACTS
    | services.ACTS
    | {
        "web:set-language": (),
        "directory:sign-out": (),
        "directory:sign-out-everywhere": (),
        "directory:choose-community": (),
        "directory:new-party": ("ostfold",),
        "directory:new-body": ("ostfold",),
        "directory:new-member": ("ostfold",),
        "directory:new-region": ("ostfold",),
        "directory:invite-again": ("ostfold", 1),
        "worklist:chase-all": (),
        "worklist:chase": ("task",),
        "worklist:undo": ("task", 1),
        "worklist:new-feed-token": (),
        "insight:work-out-backtest": ("ostfold",),
        "insight:stop-expecting": ("measure", "share-80-plus"),
        "insight:undo-expecting": (1,),
        "insight:say-signal": (1,),
        "insight:take-back-signal": (1,),
        "insight:follow-indicator": ("share-80-plus",),
        "plans:adopt": ("plan",),
        "plans:publish": ("plan",),
        "plans:undo-place": ("plan", 1),
        "plans:revise": ("plan",),
        "plans:leave-revision": ("plan",),
        "plans:accept-fates": ("plan",),
        "plans:fate": ("plan", "measure"),
        "plans:undo-fates": ("plan", 1),
        "plans:accept-many": ("plan",),
        "plans:judge": ("plan", "measure"),
        "plans:split": ("plan", "measure"),
        "plans:fill": ("plan", "measure", "owner"),
        "plans:undo": ("plan", "measure", 1),
        "plans:report": ("plan", "measure"),
        "plans:responsible": ("plan", "measure"),
        "plans:deadline": ("plan", "measure"),
        "plans:indicator": ("plan", "measure"),
        "plans:text": ("plan", "measure"),
        "plans:undo-take-up": ("plan", "measure"),
        "plans:give-up": ("plan", "measure"),
        "plans:tell-column": ("plan",),
        "plans:tell-row": ("plan", "measure"),
        "plans:tell": ("plan", "measure", "party"),
        "plans:concern": ("plan", "measure"),
        "plans:undo-told": ("plan", 1),
        "plans:add-milestone": ("plan", "measure"),
        "plans:edit-milestone": ("plan", "measure", 1),
        "plans:reach-milestone": ("plan", "measure", 1),
        "plans:remove-milestone": ("plan", "measure", 1),
        "plans:undo-milestone": ("plan", "measure", 1),
        "plans:join-project": ("plan", "measure"),
        "plans:part-project": ("plan", "measure", 1),
        "plans:move-project": (1,),
        "plans:publish-project": (1,),
        "plans:undo-project": (1, 1),
        "insight:keep": ("ostfold",),
        "insight:memo-answer": ("ostfold",),
        "insight:memo-send": ("ostfold",),
        "insight:renew-calculation": ("0123456789ab",),
        "insight:open-calculation": ("0123456789ab",),
        "insight:use-calculation": ("0123456789ab",),
        "insight:stop-using-calculation": ("0123456789ab", 1),
        "insight:make-scenario": ("ostfold",),
        "insight:rename-scenario": ("ostfold", 1),
        "insight:renew-scenario": ("ostfold", 1),
        "insight:copy-scenario": ("ostfold", 1),
        "insight:archive-scenario": ("ostfold", 1),
        "insight:bring-back-scenario": ("ostfold", 1),
        "insight:open-scenario": ("ostfold", 1),
        "insight:move-assessment": ("ostfold", "assessment"),
        "insight:show-assessment": ("ostfold", "assessment"),
        "insight:undo-assessment": ("ostfold", "assessment", 1),
        "insight:join-decision": ("ostfold", "assessment"),
        "insight:part-decision": ("ostfold", "assessment", 1),
        "insight:take-over-assessment": ("ostfold", "assessment"),
    }
)
# Addresses that need something the demonstration does not have; each is tested where it belongs.
ELSEWHERE = (
    governance.ELSEWHERE
    | api.ELSEWHERE
    | data.ELSEWHERE
    | services.ELSEWHERE
    | care.ELSEWHERE
    | fhir.ELSEWHERE
    | {
        "plans:case": "test_my_municipality",
        "insight:calculation": "test_calculation_pages",
        "insight:check-calculation": "test_calculation_pages",
        "insight:calculation-file": "test_calculation_pages",
        "insight:scenario": "test_scenario_pages",
        "insight:compare-scenarios": "test_scenario_pages",
        "directory:invitation": "test_invitations",
        "directory:invitation-link": "test_invitations",
        "plans:table": "test_table_pages",
        "plans:table-take": "test_table_pages",
        "plans:table-undo": "test_table_pages",
        "plans:table-again": "test_table_pages",
        "plans:table-to-mend": "test_table_pages",
        "worklist:link": "test_mail_links",
        "worklist:feed": "test_calendar_feed",
        "plans:fund-scheme": "test_fund_pages",
        "plans:fund-new-call": "test_fund_pages",
        "plans:fund-call": "test_fund_pages",
        "plans:fund-edit-call": "test_fund_pages",
        "plans:fund-announce": "test_fund_pages",
        "plans:fund-close": "test_fund_pages",
        "plans:fund-reopen": "test_fund_pages",
        "plans:fund-appoint": "test_fund_pages",
        "plans:fund-dismiss": "test_fund_pages",
        "plans:fund-apply": "test_fund_pages",
        "plans:fund-ranking": "test_fund_pages",
        "plans:fund-applications-csv": "test_fund_pages",
        "plans:fund-applications-xlsx": "test_fund_pages",
        "plans:fund-payments-csv": "test_fund_pages",
        "plans:fund-payments-xlsx": "test_fund_pages",
        "plans:fund-application": "test_fund_pages",
        "plans:fund-consents": "test_fund_pages",
        "plans:fund-ask": "test_fund_pages",
        "plans:fund-answer": "test_fund_pages",
        "plans:fund-send": "test_fund_pages",
        "plans:fund-check": "test_fund_pages",
        "plans:fund-review": "test_fund_pages",
        "plans:fund-conflict": "test_fund_pages",
        "plans:fund-advise": "test_fund_pages",
        "plans:fund-decide": "test_fund_pages",
        "plans:fund-award": "test_fund_pages",
        "plans:fund-accept": "test_fund_pages",
        "plans:fund-start": "test_fund_pages",
        "plans:fund-paid": "test_fund_pages",
        "plans:fund-change-payment": "test_fund_payments",
        "plans:fund-add-payment": "test_fund_payments",
        "plans:fund-undo-payment": "test_fund_payments",
        "plans:fund-report": "test_fund_pages",
        "plans:fund-approve": "test_fund_pages",
        "plans:fund-return": "test_fund_pages",
    }
)


@pytest.fixture
def secretariat(world: Demonstration) -> Client:
    """A browser in which Østfold's secretariat is signed in."""
    client = Client()
    person = next(one for one in world.accounts if one.role == SECRETARIAT)
    client.force_login(Account.objects.get(email=person.email), backend=BACKEND)
    return client


def named(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, pattern.namespace or namespace)
        else:
            yield f"{namespace}:{pattern.name}"


def address(route: str, arguments: tuple[object, ...]) -> str:
    return reverse(route, args=[stood_for().get(str(one), one) for one in arguments])


@cache
def stood_for() -> dict[str, int]:
    """What the words in addresses stand for in the kept world. Asked for once: a test takes its acts back."""
    community = Community.objects.get(slug="ostfold")
    with transaction.atomic(), scope(machine(community.pk, TODAY)):
        plan = Plan.objects.filter(community=community).latest("period_start")
        body = Body.objects.get(community=community, short_name="FSU EK")
        tenure = Tenure.objects.filter(seat__body=body, to_day__isnull=True)[0]
        called = Meeting.objects.get(body__community=community, state="called")
        held = Meeting.objects.filter(body=body, state="minutes_out").latest("day")
        decision = Decision.objects.filter(community=community, points__follow_up__isnull=False)[0]
        hearing = Consultation.objects.get(community=community)
        return {
            "consultation": hearing.pk,
            "question": hearing.questions.all()[0].pk,
            "meeting": called.pk,
            "held": held.pk,
            "case": Case.objects.get(community=community, title__startswith="Felles kveldspatrulje").pk,
            "decision": decision.pk,
            "follow_up": FollowUp.objects.filter(point__decision=decision)[0].pk,
            "body": body.pk,
            "seat": tenure.seat_id,
            "tenure": tenure.pk,
            "plan": plan.pk,
            "party": Party.objects.get(community=community, short_name="Halden").pk,
            "project": Project.objects.filter(community=community).values_list("pk", flat=True)[0],
            "document": PlanDocument.objects.filter(plan=plan).earliest("pk").pk,
            "assessment": Assessment.objects.filter(community=community, state="draft")[0].pk,
            "measure": Measure.objects.filter(plan=plan).values_list("pk", flat=True)[0],
            "membership": Membership.objects.filter(community=community).values_list("pk", flat=True)[0],
            "task": Task.objects.values_list("pk", flat=True)[0],
        }


def test_no_address_is_forgotten() -> None:
    assert sorted(named(get_resolver())) == sorted([*PAGES, *ACTS, *ELSEWHERE])


@pytest.mark.parametrize("route", PAGES)
def test_a_page_asks_the_database_at_most_25_times(
    secretariat: Client, route: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = address(route, PAGES[route])
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = secretariat.get(path)
    assert answer.status_code in {200, 302, 303}, answer.content[:500]


@pytest.mark.parametrize("route", ACTS)
def test_an_act_is_not_done_by_following_a_link(secretariat: Client, route: str) -> None:
    answer = secretariat.get(address(route, ACTS[route]))
    assert answer.status_code == 405


@pytest.mark.parametrize("route", [*PAGES, *ACTS])
def test_a_visitor_never_meets_a_fault(world: Demonstration, visitor: Client, route: str) -> None:
    path = address(route, (PAGES | ACTS)[route])
    for answer in (visitor.get(path), visitor.post(path)):
        assert answer.status_code < 500, answer.content[:500]


@pytest.mark.parametrize("route", ACTS)
def test_a_visitor_can_do_nothing_to_a_community(world: Demonstration, visitor: Client, route: str) -> None:
    if not ACTS[route]:
        return
    community = Community.objects.get(slug="ostfold")
    acts = []
    for post in (None, visitor.post):
        if post:
            assert post(address(route, ACTS[route])).status_code in {302, 403, 404, 422}
        with transaction.atomic(), scope(machine(community.pk, TODAY)):
            acts.append(AuditEvent.objects.count())
    assert acts[0] == acts[1] > 0


@a_few("route", PAGES, every=12)
def test_a_page_is_in_the_language_one_chose(secretariat: Client, route: str) -> None:
    path = address(route, PAGES[route])
    for language in ("nb", "nn", "en"):
        secretariat.cookies["samspill_language"] = language
        assert secretariat.get(path).headers["Content-Language"] == language


def test_who_has_not_chosen_meets_the_community_s_own_written_form(world: Demonstration) -> None:
    client = Client()
    person = next(one for one in world.accounts if one.role == "Sekretariatet, Møre og Romsdal")
    client.force_login(Account.objects.get(email=person.email), backend=BACKEND)
    assert client.get("/").headers["Content-Language"] == "nn"
    client.cookies["samspill_language"] = "nb"
    assert client.get("/").headers["Content-Language"] == "nb"
