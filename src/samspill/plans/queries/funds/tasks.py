"""What waits for somebody in the joint money, derived from how calls, applications and reports stand."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Community, Due
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
PAYMENT_AHEAD = timedelta(days=14)


def fund_dues(actor: Actor) -> list[Due]:
    """1 query to see what there is, and 1 for each kind of thing that waits."""
    if actor.community_id is None or not actor.is_known:
        return []
    sources = {name: one for name, one in SOURCES.items() if one.is_for(actor)}
    waiting: Any = {name: Exists(one.rows(actor)) for name, one in sources.items()}
    there: Any = Community.objects.filter(pk=actor.community_id).values(**waiting).get()
    return [due for name, one in sources.items() if there[name] for due in one.told(one.rows(actor), actor)]


def _fit(title: str) -> str:
    return Truncator(title).chars(TITLE_FITS)


def _unanswered(actor: Actor) -> QuerySet[Endorsement]:
    return (
        Endorsement.objects.visible_to(actor)
        .filter(party_id__in=actor.party_ids, answer="", withdrawn_because="")
        .filter(application__state__in=WRITABLE)
        .select_related("application__call", "party")
    )


def _consents(rows: QuerySet[Endorsement], actor: Actor) -> Iterator[Due]:
    for one in rows:
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


def _drafts(actor: Actor) -> QuerySet[Application]:
    own = Application.objects.visible_to(actor).filter(applicant_id__in=actor.party_ids)
    return own.filter(state__in=WRITABLE).select_related("call")


def _applications(rows: QuerySet[Application], actor: Actor) -> Iterator[Due]:
    for one in rows:
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


def _unaccepted(actor: Actor) -> QuerySet[Award]:
    own = Award.objects.visible_to(actor).filter(applicant_id__in=actor.party_ids, accepted_on__isnull=True)
    return own.exclude(kind=AwardKind.REFUSED).filter(community_id=actor.community_id or 0)


def _awards(rows: QuerySet[Award], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.award:{one.pk}:accept",
            title=_("Say yes to %(amount)s for «%(title)s»")
            % {"amount": kroner(one.nok), "title": _fit(one.title)},
            text="",
            url=reverse("plans:fund-award", args=[one.pk]),
            act_label=_("See the award"),
            weight=25,
        )


def _unwritten(actor: Actor) -> QuerySet[FundReport]:
    own = FundReport.objects.visible_to(actor).filter(award__applicant_id__in=actor.party_ids)
    unsent = own.filter(state__in=[ReportState.DUE, ReportState.RETURNED])
    return unsent.filter(due__lte=actor.today + REPORT_AHEAD).select_related("award")


def _reports(rows: QuerySet[FundReport], actor: Actor) -> Iterator[Due]:
    for one in rows:
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


def _pending(actor: Actor) -> QuerySet[Application]:
    here = Application.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    asked = here.filter(call__state=CallState.ANNOUNCED, state__in=PENDING)
    return asked.select_related("call").order_by("call_id", "pk")


def _to_check(rows: QuerySet[Application], actor: Actor) -> Iterator[Due]:
    """A line per application to check, and one per closed call for the day an answer is promised."""
    calls: dict[int, Call] = {}
    for one in rows:
        calls[one.call_id] = one.call
        if one.state == ApplicationState.SUBMITTED:
            yield Due(
                key=f"plans.application:{one.pk}:formal",
                title=_("Check «%(title)s» formally") % {"title": _fit(one.title)},
                text=one.call.title,
                url=reverse("plans:fund-check", args=[one.pk]),
                act_label=_("Check it"),
                weight=30,
            )
    for call in calls.values():
        if state_of(call, actor) == CallState.CLOSED:
            yield Due(
                key=f"plans.call:{call.pk}:decide",
                title=_("Answer those who applied for «%(title)s»") % {"title": _fit(call.title)},
                text="",
                url=reverse("plans:fund-ranking", args=[call.pk]),
                act_label=_("See the ranking"),
                due=call.decides_by,
                weight=35,
            )


def _sent(actor: Actor) -> QuerySet[FundReport]:
    here = FundReport.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    return here.filter(state=ReportState.SENT).select_related("award")


def _to_approve(rows: QuerySet[FundReport], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.fundreport:{one.pk}:approve",
            title=_("Read: %(report)s on «%(title)s»")
            % {"report": str(ReportKind(one.kind).label).lower(), "title": _fit(one.award.title)},
            text="",
            url=reverse("plans:fund-report", args=[one.pk]),
            act_label=_("Read it"),
            weight=30,
        )


def _unpaid(actor: Actor) -> QuerySet[Payment]:
    here = Payment.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    soon = here.filter(paid_on__isnull=True, due__lte=actor.today + PAYMENT_AHEAD)
    return soon.select_related("award")


def _to_pay(rows: QuerySet[Payment], actor: Actor) -> Iterator[Due]:
    for one in rows:
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


def _unscored(actor: Actor) -> QuerySet[Application]:
    """What a reviewer has not scored, except where there is a conflict of interest."""
    account = actor.account_id or 0
    conflicts = ConflictOfInterest.objects.filter(account_id=account)
    here = Application.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    asked = here.filter(state=ApplicationState.REVIEW, call__reviewers__account_id=account)
    return (
        asked.exclude(pk__in=conflicts.values("application"))
        .exclude(pk__in=Review.objects.filter(by_id=account).values("application"))
        .exclude(applicant_id__in=actor.party_ids)
        .select_related("call")
    )


def _to_score(rows: QuerySet[Application], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.application:{one.pk}:score",
            title=_("Give points to «%(title)s»") % {"title": _fit(one.title)},
            text=one.call.title,
            url=reverse("plans:fund-review", args=[one.pk]),
            act_label=_("Give points"),
            due=one.call.decides_by,
            weight=30,
        )


class Source(NamedTuple):
    """A kind of thing that waits: for whom, which rows, and how each is told."""

    is_for: Callable[[Actor], bool]
    rows: Callable[[Actor], QuerySet[Any]]
    told: Callable[[QuerySet[Any], Actor], Iterator[Due]]


def _endorses(actor: Actor) -> bool:
    return actor.has_role(*MAY["funds.endorse"]) and bool(actor.party_ids)


def _applies(actor: Actor) -> bool:
    return actor.has_role(*MAY["funds.apply"]) and bool(actor.party_ids)


def _manages(actor: Actor) -> bool:
    return is_manager(actor, actor.community_id or 0)


def _anybody(actor: Actor) -> bool:
    return True


SOURCES: dict[str, Source] = {
    "consents": Source(_endorses, _unanswered, _consents),
    "drafts": Source(_applies, _drafts, _applications),
    "unaccepted": Source(_applies, _unaccepted, _awards),
    "unwritten": Source(_applies, _unwritten, _reports),
    "pending": Source(_manages, _pending, _to_check),
    "sent": Source(_manages, _sent, _to_approve),
    "unpaid": Source(_manages, _unpaid, _to_pay),
    "unscored": Source(_anybody, _unscored, _to_score),
}
