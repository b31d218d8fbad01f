"""Cases as places for documents that other apps make: figures, briefs."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, NewPaper, PaperPlace, PaperTaker, Ref
from samspill.governance.actions.indexing_cases import CASE
from samspill.governance.actions.papers import NewFile, add_paper, add_version
from samspill.governance.models import AgendaItem, Paper, Treatment
from samspill.governance.permissions import may_act
from samspill.governance.queries.access import may_read_case, reading_of, title_for
from samspill.governance.queries.cases import UNDER_WAY, case_for, find_case, visible_cases
from samspill.governance.states import COMING, CaseState
from samspill.refusal import Refused
from samspill.worklist.public import day_of_month

OPEN_FOR_PAPERS = (
    CaseState.REPORTED,
    CaseState.RETURNED,
    CaseState.PREPARING,
    CaseState.READY,
    CaseState.ON_AGENDA,
)


def places_for(actor: Actor) -> Sequence[PaperPlace]:
    """Cases of the actor's helsefellesskap that are not treated yet, those of the next meeting first.

    2 queries. Nobody is told of a case whose title he or she may not read.
    """
    if actor.community_id is None or not may_act(actor, "cases.supply"):
        return []
    ahead = AgendaItem.objects.filter(
        treatment__case=OuterRef("pk"), meeting__state__in=sorted(COMING), meeting__day__gte=actor.today
    ).order_by("meeting__day", "pk")
    now = Treatment.objects.filter(case=OuterRef("pk"), state__in=UNDER_WAY).order_by("-order")
    rows = visible_cases(actor).filter(community_id=actor.community_id, state__in=OPEN_FOR_PAPERS)
    cases = rows.select_related("proposed_body").annotate(
        meets=Subquery(ahead.values("meeting__day")[:1]),
        called=Subquery(now.values("body__short_name")[:1]),
        named=Subquery(now.values("body__name")[:1]),
        held_by=Subquery(now.values("body_id")[:1]),
    )
    reading = reading_of(actor)
    found = []
    for case in cases.order_by("meets", "-year", "-number", "-pk"):
        body = case.held_by or case.proposed_body_id
        reader = reading.of(case, {body} if body else set())
        if may_read_case(case, reader):
            title = f"{case.reference} {title_for(case, reader)}".strip()
            found.append(
                PaperPlace(
                    Ref(CASE, case.pk), _told(title, case.called or case.named, case.meets, actor.today)
                )
            )
    return found


def take(place: Ref, papers: Sequence[NewPaper], by: Actor) -> str:
    """Add the documents to the case; a newer file under a title it has already is a newer version of it."""
    case = find_case(place.id, by)
    if not case_for(case, by).may_read or case.state not in OPEN_FOR_PAPERS:
        raise Refused(
            "case.closed_for_papers",
            _("This case takes no more papers. Choose a case that is not treated yet."),
            field="place",
        )
    with transaction.atomic():
        for paper in papers:
            file = NewFile(BytesIO(paper.content), paper.name, len(paper.content))
            earlier = (
                Paper.objects.visible_to(by).filter(case=case, title=paper.title, is_removed=False).first()
            )
            if earlier is None:
                add_paper(file, case=case, title=paper.title, by=by)
            else:
                add_version(earlier, file, by=by)
    return reverse("governance:case", args=[case.pk])


def _told(title: str, body: str | None, day: date | None, today: date) -> str:
    if body and day:
        values = {"case": title, "body": body, "day": day_of_month(day, today)}
        return _("%(case)s (%(body)s, %(day)s)") % values
    return f"{title} ({body})" if body else title


CASES = PaperTaker(places_for, take)
