"""From the formal check to the last report: who may, what is refused, and what an award becomes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from factories.people import TODAY
from integration.plans.funds.story import Story, later
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import Actor, Ref, joined, scope
from samspill.plans.actions.funds.applications import save, submit
from samspill.plans.actions.funds.awarding import accept
from samspill.plans.actions.funds.calls import appoint
from samspill.plans.actions.funds.checking import check_formally
from samspill.plans.actions.funds.conflicts import declare_conflict
from samspill.plans.actions.funds.reporting import approve_report, mark_paid, return_report, save_report
from samspill.plans.actions.funds.reviewing import recommend, save_scores
from samspill.plans.actions.funds.starting import start
from samspill.plans.models import (
    Application,
    Award,
    ConflictOfInterest,
    Endorsement,
    FundReport,
    Measure,
    Payment,
    Plan,
    Project,
    Review,
)
from samspill.plans.queries.funds.awards import planned_rows
from samspill.plans.queries.funds.reviews import ranking, scored_criteria
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(secretariat: Actor) -> Plan:
    return bring(small_plan(), secretariat).plan


def check(story: Story, application: Application, missing: str = "", met: bool = True) -> None:
    with scope(story.secretariat):
        check_formally(
            application,
            met={one.pk: met for one in story.call.criteria.filter(kind="formal")},
            words={},
            missing=missing,
            correct_by=TODAY + timedelta(days=7) if missing else None,
            by=story.secretariat,
        )


def test_what_is_missing_goes_back_is_mended_and_sent_again(story: Story) -> None:
    application = story.submitted()
    with pytest.raises(Refused, match="er ikke oppfylt"):
        check(story, application, met=False)
    assert story.state(application) == "submitted"
    check(story, application, missing="Skriv hvem som leder.", met=False)
    assert story.state(application) == "incomplete"
    application = story.fresh(application)
    with scope(story.eva):
        values = {name: getattr(application, name) for name in FIELDS} | {"work": "Halden leder arbeidet."}
        save(application, values=values, lines=story.budget(), version=application.version, by=story.eva)
        submit(application, by=story.eva)
    check(story, application)
    assert story.state(application) == "review"


FIELDS = (
    "title", "contact_name", "contact_email", "need", "work", "effect", "transfer_value", "patient_groups",
    "starts", "ends",
)  # fmt: skip


def test_what_is_missing_may_be_mended_after_the_call_is_closed(story: Story) -> None:
    application = story.submitted()
    check(story, application, missing="Skriv hvem som leder.")
    story.close()
    with scope(story.eva):
        assert submit(application, by=story.eva).state == "submitted"


def test_a_reviewer_of_a_party_of_the_application_has_a_conflict_by_itself(story: Story) -> None:
    """Invariant 24, second half."""
    application = story.in_review()
    with scope(story.secretariat):
        appoint(story.call, account_id=story.jon.account_id or 0, by=story.secretariat)
        (conflict,) = ConflictOfInterest.objects.filter(application=application)
    assert conflict.is_automatic
    assert conflict.account_id == story.jon.account_id
    with scope(story.jon):
        given = {one.pk: (5, "Vår egen.") for one in scored_criteria(story.call.pk)}
        with pytest.raises(Refused, match="inhabil") as refused:
            save_scores(application, given=given, by=story.jon)
        assert refused.value.forbidden
        (row,) = ranking(story.call, story.jon)
    assert row.is_hidden
    assert row.sheets == []


def test_a_conflict_holds_also_for_who_changed_party_after_the_appointment(story: Story) -> None:
    """Nothing is stored for Mona, but she acts for a party that is asked since."""
    application = story.in_review()
    with scope(story.secretariat):
        appoint(story.call, account_id=story.mona.account_id or 0, by=story.secretariat)
        assert not ConflictOfInterest.objects.filter(account_id=story.mona.account_id or 0).exists()
        Endorsement.objects.create(
            community_id=application.community_id, application=application, party=story.moss
        )
    with scope(story.mona), pytest.raises(Refused, match="inhabil"):
        save_scores(application, given={}, by=story.mona)


def test_a_declared_conflict_takes_the_scores_along(story: Story) -> None:
    application = story.in_review()
    story.scores(application)
    with scope(story.reviewer):
        with pytest.raises(Refused, match="få ord"):
            declare_conflict(application, ground="other", words="", by=story.reviewer)
        declare_conflict(application, ground="family", words="Min søster leder det.", by=story.reviewer)
    with scope(story.secretariat):
        assert not Review.objects.filter(application=application).exists()
    with pytest.raises(Refused, match="inhabil"):
        story.scores(application)


def test_a_score_without_its_reason_is_refused_here_and_by_the_database(story: Story) -> None:
    application = story.in_review()
    first, second = scored_criteria_of(story)
    with scope(story.reviewer), pytest.raises(Refused, match="uten grunn"):
        save_scores(application, given={first: (4, "Godt."), second: (3, "  ")}, by=story.reviewer)
    with scope(story.reviewer), pytest.raises(Refused, match="0 til 5"):
        save_scores(application, given={first: (6, "For godt."), second: (3, "Ja.")}, by=story.reviewer)
    story.scores(application)
    with scope(story.secretariat), pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.get(application=application).scores.update(words="")


def scored_criteria_of(story: Story) -> tuple[int, int]:
    with scope(story.secretariat):
        first, second = scored_criteria(story.call.pk)
    return first.pk, second.pk


def test_the_ranking_shows_ties_and_spread(story: Story) -> None:
    one, two = story.in_review(title="Den ene"), story.in_review(title="Den andre")
    kari = story.person("Kari Dahl", "analyst", None)
    with scope(story.secretariat):
        appoint(story.call, account_id=kari.account_id or 0, by=story.secretariat)
    story.scores(one, 5)
    story.scores(one, 1, who=kari)
    story.scores(two, 3)
    story.scores(two, 3, who=kari)
    with scope(story.secretariat):
        rows = ranking(story.call, story.secretariat)
    assert [row.placed.place for row in rows if row.placed] == [1, 1]
    assert all(row.placed and row.placed.is_tied for row in rows)
    assert [int(row.placed.spread) for row in rows if row.placed] == [80, 0]


def test_a_reviewer_sees_the_points_of_others_after_giving_their_own(story: Story) -> None:
    application = story.in_review()
    kari = story.person("Kari Dahl", "analyst", None)
    with scope(story.secretariat):
        appoint(story.call, account_id=kari.account_id or 0, by=story.secretariat)
    story.scores(application)
    with scope(kari):
        assert [row.is_hidden for row in ranking(story.call, kari)] == [True]
    story.scores(application, 2, who=kari)
    with scope(kari):
        assert [len(row.sheets) for row in ranking(story.call, kari)] == [2]


def test_an_advice_needs_a_sheet_and_words(story: Story) -> None:
    application = story.in_review()
    with scope(story.secretariat), pytest.raises(Refused, match="Ingen har gitt poeng"):
        recommend(application, kind="whole", nok=0, words="Ja.", by=story.secretariat)
    story.scores(application)
    with scope(story.secretariat), pytest.raises(Refused, match="Si hvorfor"):
        recommend(application, kind="whole", nok=0, words="", by=story.secretariat)


def test_nothing_is_decided_while_others_may_apply(story: Story) -> None:
    application = story.recommended()
    with pytest.raises(Refused, match="Andre kan fortsatt søke"):
        story.decide(application)


def test_the_frame_holds(story: Story) -> None:
    story.call = story.make_call(frame=1_000_000)
    one, two = (
        story.recommended(title="Den ene"),
        story.recommended(title="Den andre", kind="part", nok=200_000),
    )
    story.close()
    story.decide(one)
    with pytest.raises(Refused, match="200\xa0000\xa0kr er igjen"):
        story.decide(two)
    story.decide(two, "part", 200_000, left_out="Ett årsverk mindre.")
    with scope(story.secretariat):
        story.call.refresh_from_db()
    assert story.call.state == "decided"


@pytest.mark.parametrize(
    ("kind", "nok", "words", "left_out", "sentence"),
    [
        ("refused", 0, "", "", "trenger en grunn"),
        ("part", 800_000, "", "Noe.", "mindre enn"),
        ("part", 0, "", "Noe.", "mer enn ingenting"),
        ("part", 300_000, "", "", "holdes utenfor"),
        ("halv", 1, "", "", "Velg hele"),
    ],
)
def test_an_answer_says_what_it_must(
    story: Story, kind: str, nok: int, words: str, left_out: str, sentence: str
) -> None:
    application = story.recommended()
    story.close()
    with pytest.raises(Refused, match=sentence):
        story.decide(application, kind, nok, words=words, left_out=left_out)
    assert story.state(application) == "recommended"


def test_the_database_gives_no_money_without_both_sides(story: Story) -> None:
    """Invariant 24, below every check of ours."""
    application = story.recommended()
    with scope(story.secretariat):
        Endorsement.objects.filter(application=application, party=story.hospital).update(
            withdrawn_because="Testet."
        )
        with pytest.raises(IntegrityError, match="municipality and the hospital"), transaction.atomic():
            Award.objects.create(
                community_id=application.community_id, application=application, call=story.call,
                title="Uten sykehuset", applicant=story.halden, kind="whole", nok=800_000, decided_on=TODAY,
                decided_by=story.body,
            )  # fmt: skip


@pytest.mark.parametrize("after", ["awarded", "review", "running", "gains_followed_up"])
def test_the_database_takes_no_step_that_is_not_in_the_table(story: Story, after: str) -> None:
    application = story.draft()
    with scope(story.secretariat), pytest.raises(DatabaseError, match="transition"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state=after)


def test_what_was_decided_is_not_changed(story: Story) -> None:
    award = story.awarded()
    with scope(story.secretariat), pytest.raises(DatabaseError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(nok=1)


def test_only_the_applicant_accepts(story: Story) -> None:
    award = story.awarded()
    with scope(story.jon), pytest.raises(Refused) as refused:
        accept(award, by=story.jon)
    assert refused.value.forbidden


def test_an_award_becomes_a_project_and_a_measure_on_one_thread(story: Story, plan: Plan) -> None:
    award = story.started(plan)
    with scope(story.secretariat):
        measure = Measure.objects.select_related("document").get(plan=plan, found_by="award")
        project = Project.objects.get(name=award.title)
        links = joined([Ref("plans.measure", measure.pk)], story.secretariat)
        kinds = {(one.kind, str(one.other)) for one in links[Ref("plans.measure", measure.pk)]}
        parties = {(str(one.party), one.takes_part) for one in project.parties.all()}
        owners = [(str(one.party), one.role) for one in measure.responsibles.all()]
    assert kinds == {
        ("funded_by", f"plans.award:{award.pk}"),
        ("carried_out_by", f"plans.project:{project.pk}"),
    }
    assert (str(story.halden), "leads") in parties
    assert (str(story.hospital), "partner") in parties
    assert owners[0] == (str(story.halden), "accountable")
    assert measure.deadline == date(2028, 6, 30)
    assert measure.document.lines[measure.line - 1] == measure.verbatim
    assert "Strategisk samarbeidsutvalg" in "\n".join(measure.document.lines)


def test_payments_are_the_award_and_no_more(story: Story, plan: Plan) -> None:
    award = story.awarded()
    with scope(story.eva):
        accept(award, by=story.eva)
    with scope(story.secretariat), pytest.raises(Refused, match="799\xa0999\xa0kr til sammen"):
        start(
            award, plan=plan, area=None, payments=[(date(2027, 1, 1), 799_999, "")], interim=[],
            final=date(2028, 1, 1), by=story.secretariat,
        )  # fmt: skip
    with scope(story.secretariat):
        assert not Project.objects.filter(name=award.title).exists()


def test_reports_go_to_the_end_and_gains_are_asked_about_a_year_later(story: Story, plan: Plan) -> None:
    award = story.started(plan)
    with scope(story.secretariat):
        interim, final = FundReport.objects.filter(award=award)
        amounts = [row["planned"] for row in planned_rows(award)]
    assert sum(amounts) == 1_000_000
    send(story, interim, amounts)
    assert story.state(award.application) == "interim_report"
    with scope(story.secretariat):
        return_report(interim, because="Skriv hvor mange som fikk hjelp.", by=story.secretariat)
    send(story, interim, amounts)
    with scope(story.secretariat):
        approve_report(interim, by=story.secretariat)
    send(story, final, amounts)
    assert story.state(award.application) == "final_report"
    day = later(story.secretariat, date(2028, 2, 29))
    with scope(day):
        approve_report(final, by=day)
        gains = FundReport.objects.get(award=award, kind="gains")
        assert Project.objects.get(name=award.title).state == "completed"
    assert gains.due == date(2029, 2, 28)
    assert story.state(award.application) == "approved"
    send(story, gains, [])
    with scope(story.secretariat):
        approve_report(gains, by=story.secretariat)
    assert story.state(award.application) == "gains_followed_up"


def send(story: Story, report: FundReport, spent: list[int]) -> None:
    with scope(story.eva):
        save_report(
            report, done="Fire kvelder i uken.", results="Som planlagt.", for_others="Vaktplanen.",
            spent=spent, send=True, by=story.eva,
        )  # fmt: skip


def test_a_report_with_nothing_in_it_is_kept_but_not_sent(story: Story, plan: Plan) -> None:
    award = story.started(plan)
    with scope(story.eva):
        report = FundReport.objects.filter(award=award, kind="final")[0]
        rows = [0] * len(planned_rows(award))
        save_report(report, done="Litt.", results="", for_others="", spent=rows, send=False, by=story.eva)
        with pytest.raises(Refused, match="sammenlignet"):
            save_report(report, done="Litt.", results="", for_others="", spent=rows, send=True, by=story.eva)
        report.refresh_from_db()
    assert (report.state, report.done) == ("due", "Litt.")


def test_a_payment_is_marked_and_taken_back(story: Story, plan: Plan) -> None:
    award = story.started(plan)
    with scope(story.secretariat):
        first = Payment.objects.filter(award=award)[0]
        assert mark_paid(first, on=TODAY, by=story.secretariat).paid_on == TODAY
        assert mark_paid(first, on=None, by=story.secretariat).paid_on is None
        with pytest.raises(Refused, match="i dag eller før"):
            mark_paid(first, on=TODAY + timedelta(days=1), by=story.secretariat)
