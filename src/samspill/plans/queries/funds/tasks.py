"""What waits for somebody in the joint money, derived from how calls, applications and reports stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due, Facts, FactSource, FoundFacts, Wanted
from samspill.plans.models import (
    Application,
    Award,
    ConflictOfInterest,
    Endorsement,
    FundReport,
    Payment,
    Review,
)
from samspill.plans.permissions import MAY
from samspill.plans.rules.funds.access import is_manager
from samspill.plans.rules.funds.amounts import kroner
from samspill.plans.rules.funds.calls import call_state_on
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


def _wants(actor: Actor) -> dict[str, Wanted]:
    if actor.community_id is None or not actor.is_known:
        return {}
    return {name: Wanted(one.rows(actor), one.facts) for name, one in SOURCES.items() if one.is_for(actor)}


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    """Everything that waits, in the order of `SOURCES`."""
    for name, one in SOURCES.items():
        yield from one.told(sorted(found.get(name, ()), key=_order), actor)


fund_dues = FactSource(_wants, _tells)


def _order(one: Facts) -> tuple[int, int]:
    """Calls stand together."""
    return (one.facts.get("call", 0), one.pk)


def _call_state(one: Facts, today: date) -> CallState:
    """What the call of a row is on a day."""
    opens, closes = one.day("opens"), one.day("closes")
    assert opens and closes  # noqa: S101  every call has both
    return call_state_on(one["call_state"], opens, closes, today, closed_on=one.day("closed_on"))


def _fit(title: str) -> str:
    return Truncator(title).chars(TITLE_FITS)


def _unanswered(actor: Actor) -> QuerySet[Endorsement]:
    return (
        Endorsement.objects.visible_to(actor)
        .filter(party_id__in=actor.party_ids, answer="", withdrawn_because="")
        .filter(application__state__in=WRITABLE)
    )


def _consents(rows: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.endorsement:{one.pk}",
            title=_("Does %(party)s say yes to «%(title)s»?")
            % {"party": one["party"], "title": _fit(one["title"])},
            text=_("Your share is %(share)s.") % {"share": kroner(sum(one["share"].values()))},
            url=reverse("plans:fund-consents", args=[one["application"]]),
            act_label=_("Answer"),
            due=one.day("correct_by") or one.day("closes"),
            weight=15,
        )


def _drafts(actor: Actor) -> QuerySet[Application]:
    own = Application.objects.visible_to(actor).filter(applicant_id__in=actor.party_ids)
    return own.filter(state__in=WRITABLE)


def _applications(rows: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    for one in rows:
        is_incomplete = one["state"] == ApplicationState.INCOMPLETE
        last = one.day("correct_by" if is_incomplete else "closes")
        is_open = is_incomplete or _call_state(one, actor.today) == CallState.OPEN
        if last is None or not is_open or last - actor.today > DRAFT_AHEAD:
            continue
        pattern = _("Something is missing in «%(title)s»") if is_incomplete else _("Send «%(title)s»")
        yield Due(
            key=f"plans.application:{one.pk}",
            title=pattern % {"title": _fit(one["title"])},
            text=one["call_title"],
            url=reverse("plans:fund-application", args=[one.pk]),
            act_label=_("Write on"),
            due=last,
            weight=20,
        )


def _unaccepted(actor: Actor) -> QuerySet[Award]:
    own = Award.objects.visible_to(actor).filter(applicant_id__in=actor.party_ids, accepted_on__isnull=True)
    return own.exclude(kind=AwardKind.REFUSED).filter(community_id=actor.community_id or 0)


def _awards(rows: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.award:{one.pk}:accept",
            title=_("Say yes to %(amount)s for «%(title)s»")
            % {"amount": kroner(one["nok"]), "title": _fit(one["title"])},
            text="",
            url=reverse("plans:fund-award", args=[one.pk]),
            act_label=_("See the award"),
            weight=25,
        )


def _unwritten(actor: Actor) -> QuerySet[FundReport]:
    own = FundReport.objects.visible_to(actor).filter(award__applicant_id__in=actor.party_ids)
    unsent = own.filter(state__in=[ReportState.DUE, ReportState.RETURNED])
    return unsent.filter(due__lte=actor.today + REPORT_AHEAD)


def _reports(rows: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.fundreport:{one.pk}",
            title=_("%(report)s on «%(title)s»")
            % {"report": ReportKind(one["kind"]).label, "title": _fit(one["title"])},
            text=one["returned_because"],
            url=reverse("plans:fund-report", args=[one.pk]),
            act_label=_("Write the report"),
            due=one.day("due"),
            weight=20,
        )


def _pending(actor: Actor) -> QuerySet[Application]:
    here = Application.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    return here.filter(call__state=CallState.ANNOUNCED, state__in=PENDING)


def _to_check(rows: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    """A line per application to check, and one per closed call for the day an answer is promised."""
    calls: dict[int, Facts] = {}
    for one in rows:
        calls[one["call"]] = one
        if one["state"] == ApplicationState.SUBMITTED:
            yield Due(
                key=f"plans.application:{one.pk}:formal",
                title=_("Check «%(title)s» formally") % {"title": _fit(one["title"])},
                text=one["call_title"],
                url=reverse("plans:fund-check", args=[one.pk]),
                act_label=_("Check it"),
                weight=30,
            )
    for number, call in calls.items():
        if _call_state(call, actor.today) == CallState.CLOSED:
            yield Due(
                key=f"plans.call:{number}:decide",
                title=_("Answer those who applied for «%(title)s»") % {"title": _fit(call["call_title"])},
                text="",
                url=reverse("plans:fund-ranking", args=[number]),
                act_label=_("See the ranking"),
                due=call.day("decides_by"),
                weight=35,
            )


def _sent(actor: Actor) -> QuerySet[FundReport]:
    here = FundReport.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    return here.filter(state=ReportState.SENT)


def _to_approve(rows: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.fundreport:{one.pk}:approve",
            title=_("Read: %(report)s on «%(title)s»")
            % {"report": str(ReportKind(one["kind"]).label).lower(), "title": _fit(one["title"])},
            text="",
            url=reverse("plans:fund-report", args=[one.pk]),
            act_label=_("Read it"),
            weight=30,
        )


def _unpaid(actor: Actor) -> QuerySet[Payment]:
    here = Payment.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    return here.filter(paid_on__isnull=True, due__lte=actor.today + PAYMENT_AHEAD)


def _to_pay(rows: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.payment:{one.pk}",
            title=_("Pay %(amount)s to «%(title)s»")
            % {"amount": kroner(one["nok"]), "title": _fit(one["title"])},
            text=one["condition"],
            url=reverse("plans:fund-award", args=[one["award"]]),
            act_label=_("See payments"),
            due=one.day("due"),
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
    )


def _to_score(rows: Iterable[Facts], actor: Actor) -> Iterator[Due]:
    for one in rows:
        yield Due(
            key=f"plans.application:{one.pk}:score",
            title=_("Give points to «%(title)s»") % {"title": _fit(one["title"])},
            text=one["call_title"],
            url=reverse("plans:fund-review", args=[one.pk]),
            act_label=_("Give points"),
            due=one.day("decides_by"),
            weight=30,
        )


class Source(NamedTuple):
    """A kind of thing that waits: for whom, which rows, how each is told, and what for: name -> field."""

    is_for: Callable[[Actor], bool]
    rows: Callable[[Actor], QuerySet[Any]]
    told: Callable[[Iterable[Facts], Actor], Iterator[Due]]
    facts: Mapping[str, str]


def _endorses(actor: Actor) -> bool:
    return actor.has_role(*MAY["funds.endorse"]) and bool(actor.party_ids)


def _applies(actor: Actor) -> bool:
    return actor.has_role(*MAY["funds.apply"]) and bool(actor.party_ids)


def _manages(actor: Actor) -> bool:
    return is_manager(actor, actor.community_id or 0)


def _anybody(actor: Actor) -> bool:
    return True


_CALL = {
    "call": "call",
    "call_title": "call__title",
    "call_state": "call__state",
    "opens": "call__opens",
    "closes": "call__closes",
    "closed_on": "call__closed_on",
    "decides_by": "call__decides_by",
}
_APPLICATION = {"title": "title", "state": "state", "correct_by": "correct_by", **_CALL}
_QUESTION = {
    "party": "party__name",
    "share": "share",
    "application": "application",
    "title": "application__title",
    "correct_by": "application__correct_by",
    "closes": "application__call__closes",
}
_REPORT = {"kind": "kind", "due": "due", "returned_because": "returned_because", "title": "award__title"}
_PAYMENT = {"nok": "nok", "due": "due", "condition": "condition", "award": "award", "title": "award__title"}
SOURCES: dict[str, Source] = {
    "consents": Source(_endorses, _unanswered, _consents, _QUESTION),
    "drafts": Source(_applies, _drafts, _applications, _APPLICATION),
    "unaccepted": Source(_applies, _unaccepted, _awards, {"title": "title", "nok": "nok"}),
    "unwritten": Source(_applies, _unwritten, _reports, _REPORT),
    "pending": Source(_manages, _pending, _to_check, _APPLICATION),
    "sent": Source(_manages, _sent, _to_approve, _REPORT),
    "unpaid": Source(_manages, _unpaid, _to_pay, _PAYMENT),
    "unscored": Source(_anybody, _unscored, _to_score, {"title": "title", **_CALL}),
}
