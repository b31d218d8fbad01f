"""An award becomes work: a project, a measure in a plan, payments and report dates, all joined.

A measure always stands in a document. Here the document is the decision itself: its text is kept beside the
plan's own documents (`actions.measures_without_document`), with the line the measure stands on.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Ref, join, record
from samspill.plans.actions.funds.applications import lock_application, move
from samspill.plans.actions.funds.calls import AWARD, check_may_manage
from samspill.plans.actions.indexing import MEASURE, index_measure
from samspill.plans.actions.measures_without_document import Origin, add_measure
from samspill.plans.actions.projects import CARRIED_OUT_BY, PROJECT
from samspill.plans.models import (
    Application,
    Award,
    FocusArea,
    FundReport,
    Measure,
    MeasureResponsible,
    Payment,
    Plan,
    Project,
    ProjectParty,
)
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.funds.applications import standing
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.rules.funds.awards import check_payments
from samspill.plans.states import (
    CONSENTING,
    Answers,
    ApplicationState,
    Basis,
    MeasureState,
    Precision,
    ProjectState,
    ReportKind,
    TakesPart,
)
from samspill.refusal import Refused

FUNDED_BY = "funded_by"
RULE = "award"


def start(
    award: Award,
    *,
    plan: Plan,
    area: FocusArea | None,
    payments: Iterable[tuple[date, int, str]],
    interim: Iterable[date],
    final: date,
    by: Actor,
) -> Project:
    """The work begins. `payments` are (day, kroner, condition); `interim` and `final` are days of reports.

    Refuses payments that are not the award, an area of another plan, and an award that is not accepted.
    """
    check_may_manage(by, award.community_id)
    check_may_act(by, "plans.change", plan)
    payments, interim = list(payments), sorted(interim)
    check_payments([(day, nok) for day, nok, _condition in payments], award.nok)
    if area is not None and area.plan_id != plan.pk:
        raise Refused("funds.area", gettext_lazy("Choose an area of that plan."), field="area")
    if interim and interim[-1] >= final:
        raise Refused(
            "funds.report_days",
            gettext_lazy("The final report is due before the last interim report. Change one of the days."),
            field="final",
        )
    with transaction.atomic():
        application = lock_application(Application(pk=award.application_id))
        move(application, ApplicationState.RUNNING)
        project = _project(award, application)
        measure = _measure(award, application, plan, area, by)
        _join(award, measure, project, by)
        _payments_and_reports(award, payments, interim, final)
        record(by=by, act="fund.start", on=award, plan=plan.pk, measure=measure.pk, project=project.pk)
    return project


def _project(award: Award, application: Application) -> Project:
    project = Project.objects.create(
        community_id=award.community_id,
        name=_free_name(award),
        purpose=application.need,
        state=ProjectState.RUNNING,
        starts=application.starts,
        ends=application.ends,
        transfer_value=application.transfer_value,
        is_published=award.call.scheme.is_published,
    )
    partners = [one.party_id for one in standing(application) if one.answer in CONSENTING]
    takes_part = dict.fromkeys(partners, TakesPart.PARTNER) | {award.applicant_id: TakesPart.LEADS}
    ProjectParty.objects.bulk_create(
        ProjectParty(community_id=award.community_id, project=project, party_id=pk, takes_part=how)
        for pk, how in takes_part.items()
    )
    return project


def _free_name(award: Award) -> str:
    """The award's title; with its year and number when another project has the name."""
    taken = Project.objects.filter(community_id=award.community_id, name=award.title).exists()
    return f"{award.title[:180]} ({award.decided_on.year}-{award.pk})" if taken else award.title


def _measure(
    award: Award, application: Application, plan: Plan, area: FocusArea | None, by: Actor
) -> Measure:
    """The work as a measure of the plan, adopted with the award, answered for by the applicant."""
    origin = _letter(award, application, plan)
    measure = add_measure(plan=plan, area=area, text=origin.words[0], title=award.title, origin=origin, by=by)
    measure.state = MeasureState.ADOPTED
    measure.deadline = application.ends
    measure.deadline_precision = Precision.DAY if application.ends else ""
    measure.save(update_fields=["state", "deadline", "deadline_precision"])
    names = [
        award.applicant,
        *(one.party for one in standing(application) if one.party_id != award.applicant_id),
    ]
    MeasureResponsible.objects.bulk_create(
        MeasureResponsible(
            community_id=plan.community_id,
            plan=plan,
            measure=measure,
            raw=str(party),
            party=party,
            role=Answers.HELPER if order else Answers.ACCOUNTABLE,
            basis=Basis.SET,
            order=order,
        )
        for order, party in enumerate(names)
    )
    index_measure(measure)
    return measure


def _letter(award: Award, application: Application, plan: Plan) -> Origin:
    """The award as a document of the plan, in the plan's language; its last line is the work."""
    with translation.override(plan.language):
        before = [
            award.title,
            f"{award.call.scheme.name}. {award.call.title}. {award.pk}",
            "",
            _("%(body)s decided %(day)s to give %(applicant)s %(amount)s.")
            % {
                "body": award.decided_by.name,
                "day": format_date(award.decided_on, "j. F Y"),
                "applicant": award.applicant.name,
                "amount": kroner(award.nok),
            },
            *([_("Left out: %(text)s") % {"text": award.left_out}] if award.left_out else []),
            "",
        ]
        name = _("Award")
    return Origin(
        name=f"{name} {award.decided_on:%Y-%m-%d} {award.title}"[:250] + ".txt",
        before=before,
        words=[" ".join(application.work.split())],
        rule=RULE,
    )


def _join(award: Award, measure: Measure, project: Project, by: Actor) -> None:
    """The thread: measure and project are paid by the award, and the project carries the measure out."""
    join(FUNDED_BY, Ref(MEASURE, measure.pk), Ref(AWARD, award.pk), by=by)
    join(FUNDED_BY, Ref(PROJECT, project.pk), Ref(AWARD, award.pk), by=by)
    join(CARRIED_OUT_BY, Ref(MEASURE, measure.pk), Ref(PROJECT, project.pk), by=by)


def _payments_and_reports(
    award: Award, payments: list[tuple[date, int, str]], interim: list[date], final: date
) -> None:
    owned = {"community_id": award.community_id, "award": award}
    Payment.objects.bulk_create(
        Payment(**owned, due=day, nok=nok, condition=condition.strip()[:200])
        for day, nok, condition in payments
    )
    FundReport.objects.bulk_create(
        [
            *(FundReport(**owned, kind=ReportKind.INTERIM, due=day) for day in interim),
            FundReport(**owned, kind=ReportKind.FINAL, due=final),
        ]
    )
