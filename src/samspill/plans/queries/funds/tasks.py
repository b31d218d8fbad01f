"""What waits for somebody in the joint money, derived from how calls, applications and reports stand."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due
from samspill.plans.models import (
    Application,
    Award,
    Call,
    ConflictOfInterest,
    Endorsement,
    FundReport,
    Payment,
    Review,
)
from samspill.plans.permissions import MAY
from samspill.plans.queries.funds.calls import state_of
from samspill.plans.rules.funds.access import is_manager
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.states import (
    PENDING,
    WRITABLE,
    ApplicationState,
    AwardKind,
    CallState,
    ReportKind,
    ReportState,
)

TITLE_FITS = 70
# How long before its day a report, and a draft before the call closes, stands among the tasks.
REPORT_AHEAD, DRAFT_AHEAD = timedelta(days=60), timedelta(days=21)


def fund_dues(actor: Actor) -> list[Due]:
    """9 queries or fewer; none for somebody without a role."""
    if actor.community_id is None or not actor.is_known:
        return []
    found: list[Due] = []
    if actor.has_role(*MAY["funds.endorse"]) and actor.party_ids:
        found += _consents(actor)
    if actor.has_role(*MAY["funds.apply"]) and actor.party_ids:
        found += [*_applications(actor), *_awards(actor), *_reports(actor)]
    if is_manager(actor, actor.community_id):
        found += [*_to_check(actor), *_to_approve(actor), *_to_pay(actor)]
    return [*found, *_to_score(actor)]


def _fit(title: str) -> str:
    return Truncator(title).chars(TITLE_FITS)


def _consents(actor: Actor) -> Iterator[Due]:
    rows = Endorsement.objects.visible_to(actor).filter(
        party_id__in=actor.party_ids, answer="", withdrawn_because="", application__state__in=WRITABLE
    )
    for one in rows.select_related("application__call", "party"):
        yield Due(
            key=f"plans.endorsement:{one.pk}",
            title=_("Does %(party)s say yes to «%(title)s»?")
            % {"party": one.party.name, "title": _fit(one.application.title)},
            text=_("Your share is %(share)s.") % {"share": kroner(one.total)},
            url=reverse("plans:fund-consents", args=[one.application_id]),
            act_label=_("Answer"),
            due=one.application.correct_by or one.application.call.closes,
            weight=15,
        )


def _applications(actor: Actor) -> Iterator[Due]:
    rows = Application.objects.visible_to(actor).filter(applicant_id__in=actor.party_ids, state__in=WRITABLE)
    for one in rows.select_related("call"):
        is_incomplete = one.state == ApplicationState.INCOMPLETE
        last = one.correct_by if is_incomplete else one.call.closes
        is_open = is_incomplete or state_of(one.call, actor) == CallState.OPEN
        if last is None or not is_open or last - actor.today > DRAFT_AHEAD:
            continue
        pattern = _("Something is missing in «%(title)s»") if is_incomplete else _("Send «%(title)s»")
        yield Due(
            key=f"plans.application:{one.pk}",
            title=pattern % {"title": _fit(one.title)},
            text=one.call.title,
            url=reverse("plans:fund-application", args=[one.pk]),
            act_label=_("Write on"),
            due=last,
            weight=20,
        )


def _awards(actor: Actor) -> Iterator[Due]:
    rows = Award.objects.visible_to(actor).filter(applicant_id__in=actor.party_ids, accepted_on__isnull=True)
    for one in rows.exclude(kind=AwardKind.REFUSED).filter(community_id=actor.community_id or 0):
        yield Due(
            key=f"plans.award:{one.pk}:accept",
            title=_("Say yes to %(amount)s for «%(title)s»")
            % {"amount": kroner(one.nok), "title": _fit(one.title)},
            text="",
            url=reverse("plans:fund-award", args=[one.pk]),
            act_label=_("See the award"),
            weight=25,
        )


def _reports(actor: Actor) -> Iterator[Due]:
    rows = FundReport.objects.visible_to(actor).filter(
        award__applicant_id__in=actor.party_ids,
        state__in=[ReportState.DUE, ReportState.RETURNED],
        due__lte=actor.today + REPORT_AHEAD,
    )
    for one in rows.select_related("award"):
        yield Due(
            key=f"plans.fundreport:{one.pk}",
            title=_("%(report)s on «%(title)s»")
            % {"report": ReportKind(one.kind).label, "title": _fit(one.award.title)},
            text=one.returned_because,
            url=reverse("plans:fund-report", args=[one.pk]),
            act_label=_("Write the report"),
            due=one.due,
            weight=20,
        )


def _to_check(actor: Actor) -> Iterator[Due]:
    """One line per call: applications to check, and the day an answer is promised."""
    calls = Call.objects.visible_to(actor).filter(
        community_id=actor.community_id or 0, state=CallState.ANNOUNCED
    )
    states = list(
        Application.objects.visible_to(actor)
        .filter(call__in=calls, state__in=PENDING)
        .values_list("call_id", "state", "pk", "title")
    )
    for call in calls:
        here = [row for row in states if row[0] == call.pk]
        for _call, state, pk, title in here:
            if state == ApplicationState.SUBMITTED:
                yield Due(
                    key=f"plans.application:{pk}:formal",
                    title=_("Check «%(title)s» formally") % {"title": _fit(title)},
                    text=call.title,
                    url=reverse("plans:fund-check", args=[pk]),
                    act_label=_("Check it"),
                    weight=30,
                )
        if here and state_of(call, actor) == CallState.CLOSED:
            yield Due(
                key=f"plans.call:{call.pk}:decide",
                title=_("Answer those who applied for «%(title)s»") % {"title": _fit(call.title)},
                text="",
                url=reverse("plans:fund-ranking", args=[call.pk]),
                act_label=_("See the ranking"),
                due=call.decides_by,
                weight=35,
            )


def _to_approve(actor: Actor) -> Iterator[Due]:
    rows = FundReport.objects.visible_to(actor).filter(
        community_id=actor.community_id or 0, state=ReportState.SENT
    )
    for one in rows.select_related("award"):
        yield Due(
            key=f"plans.fundreport:{one.pk}:approve",
            title=_("Read: %(report)s on «%(title)s»")
            % {"report": str(ReportKind(one.kind).label).lower(), "title": _fit(one.award.title)},
            text="",
            url=reverse("plans:fund-report", args=[one.pk]),
            act_label=_("Read it"),
            weight=30,
        )


def _to_pay(actor: Actor) -> Iterator[Due]:
    soon = Q(due__lte=actor.today + timedelta(days=14))
    rows = Payment.objects.visible_to(actor).filter(
        soon, community_id=actor.community_id or 0, paid_on__isnull=True
    )
    for one in rows.select_related("award"):
        yield Due(
            key=f"plans.payment:{one.pk}",
            title=_("Pay %(amount)s to «%(title)s»")
            % {"amount": kroner(one.nok), "title": _fit(one.award.title)},
            text=one.condition,
            url=reverse("plans:fund-award", args=[one.award_id]),
            act_label=_("See payments"),
            due=one.due,
            weight=40,
        )


def _to_score(actor: Actor) -> Iterator[Due]:
    """For reviewers: what they have not scored, except where they have a conflict."""
    conflicts = ConflictOfInterest.objects.filter(account_id=actor.account_id or 0)
    rows = (
        Application.objects.visible_to(actor)
        .filter(
            community_id=actor.community_id or 0,
            state=ApplicationState.REVIEW,
            call__reviewers__account_id=actor.account_id or 0,
        )
        .exclude(pk__in=conflicts.values("application"))
        .exclude(pk__in=Review.objects.filter(by_id=actor.account_id or 0).values("application"))
        .exclude(applicant_id__in=actor.party_ids)
    )
    for one in rows.select_related("call"):
        yield Due(
            key=f"plans.application:{one.pk}:score",
            title=_("Give points to «%(title)s»") % {"title": _fit(one.title)},
            text=one.call.title,
            url=reverse("plans:fund-review", args=[one.pk]),
            act_label=_("Give points"),
            due=one.call.decides_by,
            weight=30,
        )
