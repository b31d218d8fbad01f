"""The pages of joint money as people meet them, without script: who sees what, and what is kept."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY, actor
from integration.plans.funds.story import Story
from integration.plans.small_plans import bring, small_plan
from integration.plans.test_pages import signed_in, text_of
from samspill.directory.public import Account, Actor, machine, scope
from samspill.plans.actions.funds.reporting import remind_of_reports
from samspill.plans.models import (
    Application,
    Award,
    BudgetLine,
    Call,
    Endorsement,
    FundReport,
    Payment,
    Plan,
)
from samspill.plans.queries.funds.tasks import fund_dues
from samspill.worklist import mail
from samspill.worklist import public as worklist

pytestmark = pytest.mark.django_db
ORIGIN = "https://samspill.example.no"


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring(small_plan(), secretariat).plan


@pytest.fixture
def others() -> Actor:
    """The secretariat of another community."""
    return actor("troms-og-ofoten", name="Siri Bakke")


def page(who: Actor | None, route: str, *args: int) -> str:
    client = signed_in(who) if who else Client()
    answer = client.get(reverse(route, args=args))
    assert answer.status_code == 200, answer.content[:400]
    return text_of(answer)


def form_of(story: Story, **changed: str) -> dict[str, object]:
    """The editor's form as it is sent."""
    halden, hospital = story.halden.pk, story.hospital.pk
    return {
        "title": "Kveldspatrulje på tvers", "contact_name": "Eva Lind", "contact_email": "eva@example.no",
        "need": "Åtte av ti legges inn om kvelden.", "work": "Vi kjører ut sammen.",
        "patient_groups": ["eldre_skropelig"], "effect": "Færre innleggelser.",
        "transfer_value": "Vaktplanen.",
        "starts": "2027-01-01", "ends": "2027-12-31", "k0-label": "Lønn", "k0-2027": "1 000 000",
        "g-2027": "800 000", f"p{halden}-2027": "150 000", f"p{hospital}-2027": "50 000", **changed,
    }  # fmt: skip


def written(story: Story) -> tuple[Client, Application]:
    """A draft begun on the page by Halden's director."""
    client = signed_in(story.eva)
    answer = client.post(
        reverse("plans:fund-apply", args=[story.call.pk]),
        {"applicant": story.halden.pk, "title": "Kveldspatrulje på tvers"},
    )
    assert answer.status_code == 303
    with scope(story.secretariat):
        made = Application.objects.get(call=story.call)
    return client, made


def test_everybody_reads_an_announced_call_and_nobody_a_draft(story: Story) -> None:
    said = page(None, "plans:fund-call", story.call.pk)
    assert "Søk om inntil 2 000 000 kr" in said
    assert "Overføringsverdi" in said
    assert "Samhandlingsmidler 2027" in page(None, "plans:fund-list")
    with scope(story.secretariat):
        draft = Call.objects.create(
            community_id=story.call.community_id, scheme=story.scheme, title="Kladd", text="x", frame_nok=1,
            opens=TODAY, closes=TODAY, decides_by=TODAY,
        )  # fmt: skip
    assert Client().get(reverse("plans:fund-call", args=[draft.pk])).status_code == 404


def test_a_scheme_and_a_call_are_set_up_on_the_page(story: Story) -> None:
    client = signed_in(story.secretariat)
    first = client.get(reverse("plans:fund-new-scheme"))
    assert "Innenfor formålet" in first.content.decode()
    rows = {
        "k-TOTAL_FORMS": "2", "k-INITIAL_FORMS": "0", "k-0-name": "Behov", "k-0-kind": "scored",
        "k-0-points": "5",
        "k-0-weight": "2", "k-1-name": "", "k-1-kind": "scored", "k-1-points": "5", "k-1-weight": "1",
    }  # fmt: skip
    scheme = {
        "name": "Startmidler",
        "purpose": "Nytt",
        "decided_by": story.body.pk,
        "municipalities_needed": "2",
    }
    answer = client.post(reverse("plans:fund-new-scheme"), {**scheme, **rows})
    assert answer.status_code == 303
    call = {
        "title": "Startmidler vår", "text": "Til små prøver.", "frame_nok": "1,25 mill.", "opens": TODAY,
        "closes": TODAY + timedelta(days=30), "decides_by": TODAY + timedelta(days=60),
    }  # fmt: skip
    refused = client.post(answer["Location"], call)
    assert refused.status_code == 422
    assert "er ikke et beløp vi kan regne med" in refused.content.decode()
    assert "Til små prøver." in refused.content.decode(), "nothing typed is lost"
    made = client.post(answer["Location"], {**call, "frame_nok": "1 250 000"})
    assert "er en kladd" in text_of(client.get(made["Location"]))
    with scope(story.secretariat):
        saved = Call.objects.get(title="Startmidler vår")
        assert (saved.frame_nok, saved.criteria.count()) == (1_250_000, 1)
    client.post(reverse("plans:fund-announce", args=[saved.pk]))
    assert "Startmidler vår" in page(None, "plans:fund-list")


def test_an_application_is_written_saved_and_read_back(story: Story) -> None:
    client, made = written(story)
    here = reverse("plans:fund-application", args=[made.pk])
    shown = client.get(here).content.decode()
    assert f'name="p{story.hospital.pk}-' in shown, "both sides stand in the sheet from the start"
    with scope(story.eva):
        client.post(here, {**form_of(story), "version": "1", "starts": "2027-01-01"})
    answer = client.post(here, {**form_of(story), "version": "2"})
    assert answer.status_code == 303
    shown = client.get(here).content.decode()
    assert 'value="1\xa0000\xa0000"' in shown
    assert "2027: Kostnader og betaling stemmer" in shown
    with scope(story.secretariat):
        assert BudgetLine.objects.filter(application=made).count() == 4


def test_what_is_no_amount_keeps_everything_that_was_typed(story: Story) -> None:
    client, made = written(story)
    here = reverse("plans:fund-application", args=[made.pk])
    client.post(here, {**form_of(story), "version": "1"})
    answer = client.post(
        here, {**form_of(story, **{"g-2027": "0,8 mill.", "need": "Nytt behov."}), "version": "2"}
    )
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "«0,8 mill.» er ikke et beløp" in shown
    assert 'value="0,8 mill."' in shown
    assert "Nytt behov." in shown
    with scope(story.secretariat):
        assert Application.objects.get(pk=made.pk).need != "Nytt behov."


def test_two_who_write_at_once_see_both_texts(story: Story) -> None:
    client, made = written(story)
    here = reverse("plans:fund-application", args=[made.pk])
    client.post(here, {**form_of(story, need="Evas ord."), "version": "1"})
    late = client.post(here, {**form_of(story, need="Mine ord."), "version": "1"})
    assert late.status_code == 422
    shown = late.content.decode()
    assert "Evas ord." in shown
    assert "Mine ord." in shown
    version = re.search(r'name="version" value="(\d+)"', shown)
    assert version
    assert client.post(here, {**form_of(story, need="Begges ord."), "version": version[1]}).status_code == 303
    with scope(story.secretariat):
        assert Application.objects.get(pk=made.pk).need == "Begges ord."


def test_a_page_that_saves_itself_never_writes_over_another(story: Story) -> None:
    """Only somebody who has seen both texts joins them: the version sent by the script stays the old one."""
    client, made = written(story)
    here = reverse("plans:fund-application", args=[made.pk])
    client.post(here, {**form_of(story, need="Evas ord."), "version": "1"})
    for _time in range(2):
        late = client.post(
            here, {**form_of(story, need="Mine ord."), "version": "1"}, headers={"HX-Request": "true"}
        )
        assert 'name="version" value="1"' in late.content.decode()
    with scope(story.secretariat):
        assert Application.objects.get(pk=made.pk).need == "Evas ord."


def test_from_the_page_to_a_sent_application(story: Story) -> None:
    client, made = written(story)
    here = reverse("plans:fund-application", args=[made.pk])
    client.post(here, {**form_of(story), "version": "1"})
    client.post(here, {**form_of(story), "version": "2"})
    consents = reverse("plans:fund-consents", args=[made.pk])
    assert "Ingen er spurt ennå" in text_of(client.get(consents))
    client.post(reverse("plans:fund-ask", args=[made.pk]), {"party": [story.halden.pk, story.hospital.pk]})
    refused = client.post(reverse("plans:fund-send", args=[made.pk]))
    assert refused.status_code == 422
    with scope(story.secretariat):
        asked = {one.party_id: one.pk for one in Endorsement.objects.filter(application=made)}
    for who, party in ((story.eva, story.halden), (story.jon, story.hospital)):
        seen = signed_in(who)
        assert "Sier " in text_of(seen.get(consents))
        address = reverse("plans:fund-answer", args=[made.pk, asked[party.pk]])
        without = seen.post(address, {"answer": "no", "words": ""})
        assert without.status_code == 422
        assert "hvorfor ikke" in text_of(without)
        assert seen.post(address, {"answer": "yes", "words": ""}).status_code == 303
    assert "Begge sider har sagt ja" in text_of(client.get(consents))
    assert client.post(reverse("plans:fund-send", args=[made.pk])).status_code == 303
    assert "Sekretariatet kontrollerer" in text_of(client.get(here))


def test_consent_is_given_from_a_mail_in_two_clicks_once(client: Client, story: Story) -> None:
    application = story.draft()
    story.ask(application)
    now = timezone.now()
    for account, communities in mail.people_with_mail(now).items():
        mail.send_bundle(account, communities, now=now, origin=ORIGIN)
    letter = next(one.body for one in django_mail.outbox if one.to == ["jon@example.no"])
    assert "«Kveldspatrulje på tvers»" in letter
    assert "50\xa0000\xa0kr" in letter
    (link,) = re.findall(rf"Ja, vi samtykker: {ORIGIN}(/lenke/\S+/)", letter)
    assert "50\xa0000\xa0kr" in client.get(link).content.decode()
    assert answers(story, application) == {""}, "looking changes nothing"
    assert "har sagt ja" in client.post(link).content.decode()
    assert answers(story, application) == {"", "yes"}
    assert client.post(link).status_code == 410


def answers(story: Story, application: Application) -> set[str]:
    with scope(story.secretariat):
        return set(Endorsement.objects.filter(application=application).values_list("answer", flat=True)) | {
            ""
        }


def test_an_old_mail_gives_no_consent_to_another_amount(client: Client, story: Story) -> None:
    from integration.plans.funds.story import TEXTS
    from samspill.plans.actions.funds.applications import save

    application = story.draft()
    endorsement = story.ask(application)[story.hospital.pk]
    with scope(machine(story.call.community_id, TODAY)):
        token = worklist.make_link(
            worklist.Ask("plans.endorse", endorsement.pk, {"answer": "yes"}),
            account=Account.objects.get(pk=story.jon.account_id), community_id=story.call.community_id,
            now=timezone.now(),
        )  # fmt: skip
    with scope(story.eva):
        save(
            application, values=TEXTS, lines=story.budget(hospital=500_000), version=application.version,
            by=story.eva,
        )  # fmt: skip
    answer = client.post(f"/lenke/{token}/")
    assert answer.status_code == 410
    assert "spurt på nytt" in answer.content.decode()


def test_the_whole_way_on_the_pages(story: Story, plan: Plan) -> None:
    application = story.recommended()
    story.close()
    client = signed_in(story.secretariat)
    decide = reverse("plans:fund-decide", args=[application.pk])
    assert "God plan." in client.get(decide).content.decode(), "the advice stands in the form"
    answer = client.post(
        decide, {"kind": "whole", "amount": "", "left_out": "", "words": "", "decided_on": TODAY}
    )
    assert answer.status_code == 303
    with scope(story.secretariat):
        award = Award.objects.get(application=application)
        area = plan.focusarea_set.first()
    assert area
    here = reverse("plans:fund-award", args=[award.pk])
    assert signed_in(story.eva).post(reverse("plans:fund-accept", args=[award.pk])).status_code == 303
    start = reverse("plans:fund-start", args=[award.pk])
    assert 'value="400\xa0000"' in client.get(start).content.decode(), "two payments are proposed"
    rows = {"due-0": "2027-01-15", "nok-0": "500 000", "due-1": "2027-09-01", "nok-1": "299 999"}
    form = {"place": f"{plan.pk}-{area.pk}", "interim": "2027-10-01", "final": "2028-10-01", **rows}
    wrong = client.post(start, form)
    assert wrong.status_code == 422
    assert "Få dem til å stemme" in text_of(wrong)
    assert client.post(start, {**form, "nok-1": "300 000"}).status_code == 303
    said = text_of(client.get(here))
    assert "500 000 kr" in said
    assert "Delrapport" in said
    measure = client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    assert "Kveldspatrulje på tvers" in measure
    with scope(story.secretariat):
        payment = Payment.objects.filter(award=award)[0]
        final = FundReport.objects.get(award=award, kind="final")
        number = plan.measure_set.get(found_by="award").pk
    shown = text_of(client.get(reverse("plans:measure", args=[plan.pk, number])))
    assert "Penger 800 000 kr" in shown, "the thread of the measure shows the money"
    client.post(reverse("plans:fund-paid", args=[payment.pk]))
    report = reverse("plans:fund-report", args=[final.pk])
    eva = signed_in(story.eva)
    assert eva.get(report).status_code == 200
    typed = {"done": "Fire kvelder i uken.", "results": "Ti færre.", "for_others": "Vaktplanen.", "send": "1"}
    spent = {"spent-0": "790 000", "spent-1": "150 000", "spent-2": "50 000"}
    assert eva.post(report, {**typed, **spent, "spent-0": "ca. 800"}).status_code == 422
    assert eva.post(report, {**typed, **spent}).status_code == 303
    back = client.post(reverse("plans:fund-return", args=[final.pk]), {"because": ""})
    assert back.status_code == 422
    assert client.post(reverse("plans:fund-approve", args=[final.pk])).status_code == 303
    assert "Gevinster et år etter" in text_of(client.get(here))


def test_tasks_follow_from_how_things_stand(story: Story, plan: Plan) -> None:
    def titles(who: Actor) -> list[str]:
        with scope(who):
            return [due.title for due in fund_dues(who)]

    application = story.draft()
    asked = story.ask(application)
    assert any("sier ja" in one or "Sier " in one for one in titles(story.jon))
    story.answer(asked[story.halden.pk], story.eva)
    story.answer(asked[story.hospital.pk], story.jon)
    assert titles(story.jon) == []
    from samspill.plans.actions.funds.applications import submit

    with scope(story.eva):
        submit(application, by=story.eva)
    assert titles(story.secretariat) == ["Formalkontroll av «Kveldspatrulje på tvers»"]


def test_those_who_owe_a_report_are_reminded_a_month_and_a_week_before(story: Story, plan: Plan) -> None:
    story.started(plan)
    told = []
    for days in (31, 30, 8, 7):
        samspill = machine(story.call.community_id, date(2027, 10, 1) - timedelta(days=days))
        with scope(samspill):
            told.append(remind_of_reports(by=samspill))
    assert told == [0, 1, 0, 1]


def test_applications_and_payments_are_taken_along_without_formulas(story: Story, plan: Plan) -> None:
    award = story.awarded(title="=HYPERLINK(1)")
    story.started(plan, award)
    client = signed_in(story.secretariat)
    text = client.get(reverse("plans:fund-applications-csv", args=[story.call.pk])).content.decode(
        "utf-8-sig"
    )
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert rows[1][5:10] == ["1000000", "800000", "200000", "0", "800000"]
    book = load_workbook(
        io.BytesIO(client.get(reverse("plans:fund-payments-xlsx", args=[story.call.pk])).content)
    )
    cells = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert sum(row[3] for row in cells) == 800_000
    assert book.active["C2"].data_type != "f"
    assert (
        signed_in(story.eva).get(reverse("plans:fund-payments-csv", args=[story.call.pk])).status_code == 403
    )


def test_a_page_asks_the_database_at_most_25_times(
    story: Story, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        story.in_review(title=f"Søknad {number}", lines=story.budget(grant=100_000 + number))
    award = story.started(plan, story.awarded())
    draft_call = story.make_call()
    story.call = draft_call
    draft = story.draft(title="Enda en")
    story.ask(draft)
    with scope(story.secretariat):
        review = Application.objects.filter(state="review")[0]
        report = FundReport.objects.filter(award=award)[0]
    reads = [
        (story.secretariat, "plans:fund-list", []),
        (story.secretariat, "plans:fund-new-scheme", []),
        (story.secretariat, "plans:fund-call", [award.call_id]),
        (story.secretariat, "plans:fund-ranking", [award.call_id]),
        (story.secretariat, "plans:fund-check", [review.pk]),
        (story.secretariat, "plans:fund-award", [award.pk]),
        (story.secretariat, "plans:fund-applications-csv", [award.call_id]),
        (story.secretariat, "plans:fund-report", [report.pk]),
        (story.reviewer, "plans:fund-review", [review.pk]),
        (story.eva, "plans:fund-application", [draft.pk]),
        (story.eva, "plans:fund-consents", [draft.pk]),
        (story.jon, "plans:fund-application", [draft.pk]),
    ]
    for who, route, args in reads:
        client = signed_in(who)
        with django_assert_max_num_queries(25):
            answer = client.get(reverse(route, args=args))
        assert answer.status_code == 200, (route, answer.content[:300])
