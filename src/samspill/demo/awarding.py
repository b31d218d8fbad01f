"""What comes of an application: the answer, the award, the work it pays for, and what is told about it."""

from datetime import datetime, time

from django.utils import timezone

from samspill.demo.funds_facts import ApplicationFact, FundReportFact, SaidOfWork, WorkFact
from samspill.demo.stage import Stage
from samspill.demo.world import workday
from samspill.directory.public import scope
from samspill.plans.public import (
    Application,
    Award,
    Call,
    FocusArea,
    FundReport,
    Measure,
    Payment,
    accept_award,
    approve_report,
    decide_application,
    mark_paid,
    planned_rows,
    report_status,
    save_fund_report,
    start_award,
)

MORNING = time(9, 40)
HUNDRED, THOUSAND = 100, 1000


def award(fact: ApplicationFact, call: Call, stage: Stage) -> None:
    """The answer of the body, and all that follows from a yes."""
    if fact.decided is None or fact.advice is None:
        return
    by = stage.secretariat(fact.decided.days)
    with scope(by):
        made = decide_application(
            Application.objects.select_related("call__scheme", "applicant").get(call=call, title=fact.title),
            kind=fact.decided.kind or fact.advice.kind,
            nok=fact.advice.nok,
            words=fact.decided.words,
            left_out=fact.advice.left_out,
            decided_on=by.today,
            by=by,
        )
    if fact.accepted is not None:
        by = stage.actor(fact.by, fact.accepted)
        with scope(by):
            accept_award(made, by=by)
    if fact.work_done is not None:
        _work(fact, fact.work_done, made, stage)


def _work(fact: ApplicationFact, work: WorkFact, made: Award, stage: Stage) -> None:
    _start(work, made, stage)
    _pay(work, made, stage)
    for said in work.said:
        _say(said, fact, made, stage)
    for report in work.reports:
        _report(report, fact, made, stage)


def _start(work: WorkFact, made: Award, stage: Stage) -> None:
    by = stage.secretariat(work.started)
    with scope(by):
        plan = stage.plan
        start_award(
            made,
            plan=plan,
            area=FocusArea.objects.get(plan=plan, number=work.area),
            payments=[(workday(one.due, stage.today), one.nok, one.condition) for one in work.payments],
            interim=[workday(day, stage.today) for day in work.interim],
            final=workday(work.final, stage.today),
            by=by,
        )


def _pay(work: WorkFact, made: Award, stage: Stage) -> None:
    for one in work.payments:
        if one.paid is None:
            continue
        by = stage.secretariat(one.paid)
        with scope(by):
            payment = Payment.objects.get(award=made, due=workday(one.due, stage.today))
            mark_paid(payment, on=workday(one.paid, stage.today), by=by)


def _say(said: SaidOfWork, fact: ApplicationFact, made: Award, stage: Stage) -> None:
    by = stage.actor(fact.by, said.days)
    with scope(by):
        measure = Measure.objects.get(plan=stage.plan, title=made.title)
        at = timezone.make_aware(datetime.combine(workday(said.days, stage.today), MORNING))
        report_status(measure, word=said.word, sentence=said.sentence, at=at, by=by)


def _report(fact: FundReportFact, application: ApplicationFact, made: Award, stage: Stage) -> None:
    """The first report of its kind that is not sent."""
    by = stage.actor(application.by, fact.days)
    with scope(by):
        waiting = FundReport.objects.filter(award=made, kind=fact.kind, state="due")
        report = waiting.select_related("award__applicant", "award__call").order_by("due")[0]
        rows = planned_rows(made) if fact.kind != "gains" else []
        save_fund_report(
            report,
            done=fact.done,
            results=fact.results,
            for_others=fact.for_others,
            spent=[row["planned"] * fact.spent // HUNDRED // THOUSAND * THOUSAND for row in rows],
            send=True,
            by=by,
        )
    if fact.approved is not None:
        by = stage.secretariat(fact.approved)
        with scope(by):
            approve_report(report, by=by)
