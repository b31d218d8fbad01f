"""Applications: who may see which, and one of them whole."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from samspill.directory.public import Account, Actor, Membership, Party, PartyKind, RoleCode, in_force_on
from samspill.plans.models import Application, BudgetLine, Call, ConflictOfInterest, Endorsement
from samspill.plans.rules.funds.access import has_conflict, is_manager
from samspill.plans.rules.funds.budget import Line, shares
from samspill.plans.rules.funds.consents import Given
from samspill.plans.states import PENDING, WRITABLE, ApplicationState

# What only those who write it and those who are asked see.
UNSENT = WRITABLE - PENDING
# What the deciding body sees: when there is an advice.
READY = frozenset(ApplicationState) - WRITABLE - PENDING | {ApplicationState.RECOMMENDED}


def applications_for(actor: Actor) -> QuerySet[Application]:
    """Those the actor may read.

    The secretariat all; others those of their own party and those it is asked about; reviewers those under
    review where they have no conflict; the deciding body those with an advice.
    """
    rows = Application.objects.visible_to(actor)
    if actor.community_id is not None and is_manager(actor, actor.community_id):
        return rows
    asked = Endorsement.objects.filter(party_id__in=actor.party_ids, withdrawn_because="")
    conflicts = ConflictOfInterest.objects.filter(account_id=actor.account_id or 0)
    own = Q(applicant_id__in=actor.party_ids) | Q(pk__in=asked.values("application"))
    reviewing = (
        Q(call__in=Call.objects.filter(reviewers__account_id=actor.account_id or 0))
        & ~Q(state__in=[*UNSENT, ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE])
        & ~Q(pk__in=conflicts.values("application"))
    )
    deciding = Q(call__scheme__decided_by__in=actor.body_ids, state__in=READY)
    return rows.filter(own | reviewing | deciding)


def find_application(pk: int, actor: Actor) -> Application:
    rows = applications_for(actor).select_related("call__scheme__decided_by", "applicant")
    return get_object_or_404(rows, pk=pk)


def applications_of(call: Call, actor: Actor) -> list[Application]:
    """A call's applications that the actor may read, by number."""
    rows = applications_for(actor).filter(call=call).select_related("applicant", "award")
    return list(rows.order_by("pk"))


def lines_of(application: Application) -> list[BudgetLine]:
    return list(BudgetLine.objects.filter(application=application).select_related("party"))


def as_lines(rows: Iterable[BudgetLine]) -> list[Line]:
    return [Line(row.year, row.source, row.nok, row.party_id, row.label) for row in rows]


def years_of(application: Application, rows: Iterable[BudgetLine] = ()) -> list[int]:
    """The years of the period and of the money; the year after the answer when there are none."""
    period = set()
    if application.starts and application.ends:
        period = set(range(application.starts.year, application.ends.year + 1))
    found = period | {row.year for row in rows}
    return sorted(found) or [application.call.decides_by.year + 1]


def period_years(application: Application) -> list[int]:
    """The years of the period, [] while it is not set."""
    if not (application.starts and application.ends):
        return []
    return list(range(application.starts.year, application.ends.year + 1))


def standing(application: Application) -> list[Endorsement]:
    """The consents that hold or are waited for."""
    rows = Endorsement.objects.filter(application=application, withdrawn_because="")
    return list(rows.select_related("party"))


def fallen_away(application: Application) -> list[Endorsement]:
    """Consents and questions that hold no more, each saying why."""
    rows = Endorsement.objects.filter(application=application).exclude(withdrawn_because="")
    return list(rows.select_related("party"))


def as_given(endorsements: Iterable[Endorsement]) -> list[Given]:
    return [
        Given(one.party_id, one.party.name, one.party.kind == PartyKind.MUNICIPALITY, one.answer, one.share)
        for one in endorsements
    ]


def parties_in(application: Application) -> set[int]:
    """Everybody with a hand in it: the applicant, those who pay, those who are asked."""
    paying = BudgetLine.objects.filter(application=application, party__isnull=False)
    asked = Endorsement.objects.filter(application=application, withdrawn_because="")
    return {
        application.applicant_id,
        *paying.values_list("party_id", flat=True),
        *asked.values_list("party_id", flat=True),
    }


def shares_of(application: Application) -> dict[int, dict[int, int]]:
    return shares(as_lines(BudgetLine.objects.filter(application=application)))


def is_conflicted(application: Application, actor: Actor) -> bool:
    """Set for this application, or plain from whom the actor acts for today."""
    stored = ConflictOfInterest.objects.filter(application=application, account_id=actor.account_id or 0)
    return has_conflict(actor, parties_in(application)) or stored.exists()


def community_parties(community_id: int) -> list[Party]:
    """The parties of a community today, the hospital first."""
    return list(Party.objects.filter(community_id=community_id, left__isnull=True).order_by("kind", "name"))


def people_of_party(party_id: int, actor: Actor) -> list[Account]:
    """Whom to ask on behalf of a party: its directors, or its members when it has none here. 1 query."""
    held = Membership.objects.filter(
        in_force_on(actor.today),
        community_id=actor.community_id or 0,
        party_id=party_id,
        role__in=[RoleCode.DIRECTOR, RoleCode.MEMBER],
        account__is_active=True,
    ).select_related("account")
    rows = list(held.order_by("pk"))
    directors = [one for one in rows if one.role == RoleCode.DIRECTOR]
    return list({one.account_id: one.account for one in directors or rows}.values())
