"""Awards: one of them with its payments, reports and thread, and what was planned to be spent."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor, AuditEvent, Joined, Ref, joined
from samspill.plans.models import Award, BudgetLine, Call, FundReport, Payment
from samspill.plans.queries.funds.applications import applications_for
from samspill.plans.rules.funds.access import is_manager
from samspill.plans.rules.funds.budget import spread
from samspill.plans.states import AwardKind, BudgetSource

AWARD = "plans.award"


def awards_for(actor: Actor) -> QuerySet[Award]:
    """Open awards, those of applications one may read, and all for the secretariat."""
    rows = Award.objects.visible_to(actor)
    if actor.community_id is not None and is_manager(actor, actor.community_id):
        return rows
    own = applications_for(actor).values("pk")
    return rows.filter(Award.open_rows()) | rows.filter(application__in=own)


def find_award(pk: int, actor: Actor) -> Award:
    rows = awards_for(actor).select_related("call__scheme", "applicant", "decided_by", "community")
    return get_object_or_404(rows.distinct(), pk=pk)


def find_report(pk: int, actor: Actor) -> FundReport:
    rows = FundReport.objects.visible_to(actor).filter(award__in=awards_for(actor).values("pk"))
    return get_object_or_404(rows.select_related("award__applicant", "award__call__scheme"), pk=pk)


def find_payment(pk: int, actor: Actor) -> Payment:
    rows = Payment.objects.visible_to(actor).filter(award__in=awards_for(actor).values("pk"))
    return get_object_or_404(rows.select_related("award"), pk=pk)


def payments_of(award: Award, actor: Actor) -> list[Payment]:
    return list(Payment.objects.visible_to(actor).filter(award=award))


def changes_of(award: Award, actor: Actor) -> list[AuditEvent]:
    """How the payments were changed after the start, newest first; what was taken back tells so too."""
    events = AuditEvent.objects.visible_to(actor).filter(on_kind=AWARD, on_id=award.pk)
    return list(events.filter(act__in=["fund.payment", "fund.payment_undo"]).order_by("-pk")[:20])


def reports_of(award: Award, actor: Actor) -> list[FundReport]:
    return list(FundReport.objects.visible_to(actor).filter(award=award))


def payments_in(call: Call, actor: Actor) -> list[Payment]:
    rows = Payment.objects.visible_to(actor).filter(award__call=call)
    return list(rows.select_related("award__applicant").order_by("due", "pk"))


def thread_of(award: Award, actor: Actor) -> list[Joined]:
    """The measure and the project the award pays for."""
    ref = Ref(AWARD, award.pk)
    return joined([ref], actor)[ref]


def planned_rows(award: Award) -> list[dict[str, Any]]:
    """What was planned per year and side: [{"year", "source", "party", "who", "planned"}, …].

    The fund's own share is the award, over the years as the application had it.
    """
    rows = BudgetLine.objects.filter(application_id=award.application_id).exclude(source=BudgetSource.COST)
    found: dict[tuple[int, str, int | None, str], int] = defaultdict(int)
    for row in rows.select_related("party"):
        who = str(row.party) if row.party else row.label
        found[(row.year, row.source, row.party_id, who)] += row.nok
    grant = {key[0]: nok for key, nok in found.items() if key[1] == BudgetSource.GRANT}
    given = spread(award.nok, grant) if award.kind != AwardKind.REFUSED else {}
    order = [*BudgetSource]
    return [
        {
            "year": year,
            "source": source,
            "party": party,
            "who": who,
            "planned": given.get(year, 0) if source == BudgetSource.GRANT else nok,
        }
        for (year, source, party, who), nok in sorted(
            found.items(), key=lambda one: (one[0][0], order.index(BudgetSource(one[0][1])), one[0][3])
        )
        if nok
    ]
