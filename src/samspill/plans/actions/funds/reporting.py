"""Reports are written, sent, sent back or approved, and payments are marked as paid."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Ref, check_may, joined, record
from samspill.plans.actions.funds.applications import lock_application, move
from samspill.plans.actions.funds.calls import AWARD, check_may_manage
from samspill.plans.actions.funds.moments import moment
from samspill.plans.actions.funds.payments import lock_payment
from samspill.plans.actions.funds.starting import FUNDED_BY
from samspill.plans.actions.projects import PROJECT
from samspill.plans.models import Application, FundReport, Payment, Project
from samspill.plans.permissions import MAY
from samspill.plans.queries.funds.applications import people_of_party
from samspill.plans.queries.funds.awards import planned_rows
from samspill.plans.rules.dates import short_day
from samspill.plans.rules.funds.access import check_acts_for, check_here
from samspill.plans.rules.funds.awards import GAINS_AFTER_MONTHS, months_after
from samspill.plans.rules.funds.calls import check_report_move
from samspill.plans.states import (
    STATE_AFTER_REPORT,
    ApplicationState,
    ProjectState,
    ReportKind,
    ReportState,
)
from samspill.refusal import Refused
from samspill.worklist.public import Words, notify


def check_may_report_on(report: FundReport, by: Actor) -> None:
    """The applicant's own, while the report is theirs to write."""
    check_here(by, report.community_id)
    check_may(by, "funds.apply", MAY)
    check_acts_for(by, report.award.applicant_id, or_manager_of=report.community_id)
    if report.state not in {ReportState.DUE, ReportState.RETURNED}:
        raise Refused(
            "funds.report_sent",
            gettext_lazy("The report is sent. Ask to have it sent back to change it."),
        )


def save_report(
    report: FundReport,
    *,
    done: str,
    results: str,
    for_others: str,
    spent: Sequence[int],
    send: bool,
    by: Actor,
) -> FundReport:
    """Keep what is written; with `send` it goes to the secretariat. `spent` is kroner per row of the plan."""
    check_may_report_on(report, by)
    rows = planned_rows(report.award) if report.kind != ReportKind.GAINS else []
    if len(spent) != len(rows):
        raise Refused("funds.spent", gettext_lazy("The budget has changed meanwhile. Open the page anew."))
    with transaction.atomic():
        report = _lock(report)
        report.done, report.results, report.for_others = done.strip(), results.strip(), for_others.strip()
        report.spent = [{**row, "spent": nok} for row, nok in zip(rows, spent, strict=True)]
        if send:
            _check_whole(report)
            _send(report, by)
        report.save()
        record(by=by, act="fund.report" if send else "fund.report_draft", on=report, title=report.award.title)
    return report


def _lock(report: FundReport) -> FundReport:
    rows = FundReport.objects.select_for_update(of=("self",)).select_related(
        "award__applicant", "award__call"
    )
    return rows.get(pk=report.pk)


_ASKED = {
    "done": gettext_lazy("Write what was done."),
    "results": gettext_lazy("Write how it went compared with what you planned."),
    "for_others": gettext_lazy("Write what others can take from it."),
}


def needed_in(kind: str) -> list[str]:
    """What must be written before a report of this kind is sent."""
    return ["done"] if kind == ReportKind.INTERIM else list(_ASKED)


def _check_whole(report: FundReport) -> None:
    for name in needed_in(report.kind):
        if not getattr(report, name):
            raise Refused("funds.report_incomplete", _ASKED[name], field=name)


def _send(report: FundReport, by: Actor) -> None:
    check_report_move(report.state, ReportState.SENT)
    report.state, report.returned_because = ReportState.SENT, ""
    report.sent_at, report.sent_by_id, report.by_name = moment(by), by.account_id, by.name
    application = lock_application(Application(pk=report.award.application_id))
    after = STATE_AFTER_REPORT.get(ReportKind(report.kind))
    if after is not None and application.state != after:
        move(application, after)


def return_report(report: FundReport, *, because: str, by: Actor) -> FundReport:
    """Back to those who wrote it, with words."""
    check_may_manage(by, report.community_id)
    if not because.strip():
        raise Refused(
            "funds.return_reason",
            gettext_lazy("Say what is missing, so that they can mend it."),
            field="because",
        )
    with transaction.atomic():
        report = _lock(report)
        check_report_move(report.state, ReportState.RETURNED)
        report.state, report.returned_because = ReportState.RETURNED, because.strip()[:500]
        report.save(update_fields=["state", "returned_because"])
        record(by=by, act="fund.report_return", on=report, title=report.award.title)
        notify(
            to=people_of_party(report.award.applicant_id, by),
            key=f"plans.report_back:{report.pk}:{timezone.now():%Y%m%d%H%M%S}",
            words=partial(_back, report),
            by=by,
            path=reverse("plans:fund-report", args=[report.pk]),
        )
    return report


def _back(report: FundReport) -> Words:
    return Words(
        _("The report on «%(title)s» came back") % {"title": report.award.title}, report.returned_because
    )


def approve_report(report: FundReport, *, by: Actor) -> FundReport:
    """Yes to a report. A final one ends the project and asks about the gains a year later."""
    check_may_manage(by, report.community_id)
    with transaction.atomic():
        report = _lock(report)
        check_report_move(report.state, ReportState.APPROVED)
        report.state, report.approved_on = ReportState.APPROVED, by.today
        report.save(update_fields=["state", "approved_on"])
        record(by=by, act="fund.report_approve", on=report, title=report.award.title)
        application = lock_application(Application(pk=report.award.application_id))
        if report.kind == ReportKind.FINAL:
            move(application, ApplicationState.APPROVED)
            FundReport.objects.create(
                community_id=report.community_id,
                award=report.award,
                kind=ReportKind.GAINS,
                due=months_after(by.today, GAINS_AFTER_MONTHS),
            )
            _end_project(report, by)
        elif report.kind == ReportKind.GAINS:
            move(application, ApplicationState.GAINS_FOLLOWED_UP)
    return report


def _end_project(report: FundReport, by: Actor) -> None:
    ref = Ref(AWARD, report.award_id)
    ids = [
        one.other.id for one in joined([ref], by)[ref] if one.kind == FUNDED_BY and one.other.kind == PROJECT
    ]
    for project in Project.objects.filter(pk__in=ids, state=ProjectState.RUNNING):
        project.state = ProjectState.COMPLETED
        project.save(update_fields=["state"])
        record(by=by, act="project.complete", on=project)


def mark_paid(payment: Payment, *, on: date | None, by: Actor) -> Payment:
    """The money has left on a day; None takes that back."""
    check_may_manage(by, payment.community_id)
    if on is not None and on > by.today:
        raise Refused("funds.paid_later", gettext_lazy("A payment is made today or earlier."), field="on")
    with transaction.atomic():
        payment = lock_payment(payment)
        payment.paid_on = on
        payment.save(update_fields=["paid_on"])
        record(
            by=by, act="fund.pay", on=payment, title=payment.award.title, day=on.isoformat() if on else None
        )
    return payment


REMIND_BEFORE_DAYS = (30, 7)


def remind_of_reports(*, by: Actor) -> int:
    """A month and a week before a report is due, those who owe it are told; returns how many are new.

    The day before and after it the worklist reminds by itself, as of everything on «Mine oppgaver».
    """
    new = 0
    due = FundReport.objects.visible_to(by).filter(
        community_id=by.community_id or 0, state__in=[ReportState.DUE, ReportState.RETURNED]
    )
    for report in due.select_related("award"):
        days = (report.due - by.today).days
        if days in REMIND_BEFORE_DAYS:
            new += notify(
                to=people_of_party(report.award.applicant_id, by),
                key=f"plans.fund_report:{report.pk}:{days}",
                words=partial(_soon, report),
                by=by,
                path=reverse("plans:fund-report", args=[report.pk]),
            )
    return new


def _soon(report: FundReport) -> Words:
    values: Mapping[str, str] = {
        "report": str(ReportKind(report.kind).label),
        "title": report.award.title,
        "day": short_day(report.due),
    }
    return Words(
        _("%(report)s on «%(title)s» by %(day)s") % values,
        _("Figures from the budget stand in the form already. Write what was done and what was spent."),
    )
