"""Schemes and calls: what is announced, to whom it is open, and what has been asked for."""

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from samspill.directory.public import Account, Actor, Membership, in_force_on
from samspill.plans.models import Award, Call, FundScheme, Reviewer
from samspill.plans.rules.funds.calls import call_state_on
from samspill.plans.states import PENDING, WRITABLE, AwardKind, CallState


@dataclass(frozen=True)
class CallLine:
    """A call as a row: what it is today, and how many have asked for how much."""

    call: Call
    state: CallState
    sent: int
    drafts: int
    awarded: int


@dataclass
class SchemeView:
    scheme: FundScheme
    calls: list[CallLine] = field(default_factory=list)


def state_of(call: Call, actor: Actor) -> CallState:
    return call_state_on(call.state, call.opens, call.closes, actor.today, closed_on=call.closed_on)


def own_schemes(actor: Actor) -> list[SchemeView]:
    """The schemes of the actor's community with their calls, newest first. 2 queries."""
    if actor.community_id is None:
        return []
    schemes = FundScheme.objects.visible_to(actor).filter(community_id=actor.community_id or 0)
    views = {scheme.pk: SchemeView(scheme) for scheme in schemes.select_related("decided_by")}
    for call in _counted(Call.objects.visible_to(actor).filter(scheme__in=list(views))):
        views[call.scheme_id].calls.append(_line(call, actor))
    return list(views.values())


def calls_of_others(actor: Actor) -> list[CallLine]:
    """Announced calls of other communities that still take applications, or will. 1 query."""
    calls = Call.objects.visible_to(actor).filter(Call.open_rows()).select_related("scheme__community")
    if actor.community_id:
        calls = calls.exclude(community_id=actor.community_id or 0)
    lines = [_line(call, actor) for call in _counted(calls)]
    return [line for line in lines if line.state in {CallState.OPEN, CallState.ANNOUNCED}]


def _counted(calls: QuerySet[Call]) -> QuerySet[Call]:
    return calls.annotate(
        sent=Count("applications", filter=~Q(applications__state__in=WRITABLE - PENDING), distinct=True),
        drafts=Count("applications", filter=Q(applications__state__in=WRITABLE - PENDING), distinct=True),
    ).order_by("-closes", "-pk")


def _line(call: Call, actor: Actor) -> CallLine:
    return CallLine(call, state_of(call, actor), call.sent, call.drafts, 0)  # type: ignore[attr-defined]


def find_scheme(pk: int, actor: Actor) -> FundScheme:
    return get_object_or_404(FundScheme.objects.visible_to(actor).select_related("decided_by"), pk=pk)


def find_call(pk: int, actor: Actor) -> Call:
    calls = Call.objects.visible_to(actor).select_related("scheme__decided_by", "scheme__community")
    return get_object_or_404(calls, pk=pk)


def awards_of(call: Call, actor: Actor) -> list[Award]:
    """What has been given, largest first; refusals are left out for all but the secretariat's own pages."""
    awards = Award.objects.visible_to(actor).filter(call=call).exclude(kind=AwardKind.REFUSED)
    return list(awards.select_related("applicant").order_by("-nok", "title"))


def given_in(call: Call) -> int:
    """How much of the frame is given, in kroner."""
    return Award.objects.filter(call=call).aggregate(given=Sum("nok"))["given"] or 0


def reviewers_of(call: Call, actor: Actor) -> list[Reviewer]:
    found = Reviewer.objects.visible_to(actor).filter(call=call).select_related("account")
    return sorted(found, key=lambda one: one.account.name)


def possible_reviewers(call: Call, actor: Actor) -> list[tuple[Account, str]]:
    """Members of the community who are not reviewers yet, each with whom they act for. 1 query."""
    members = (
        Membership.objects.filter(in_force_on(actor.today), community_id=call.community_id)
        .filter(account__is_active=True)
        .exclude(account__in=Reviewer.objects.filter(call=call).values("account"))
        .select_related("account", "party")
        .order_by("account__name", "pk")
    )
    found: dict[int, tuple[Account, set[str]]] = {}
    for one in members:
        names = found.setdefault(one.account_id, (one.account, set()))[1]
        if one.party:
            names.add(str(one.party))
    return [(account, ", ".join(sorted(names))) for account, names in found.values()]
