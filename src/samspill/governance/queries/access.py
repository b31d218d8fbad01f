"""Who may read a case and its papers: the actor as a reader, and what stands instead when it is closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from samspill.directory.public import Actor
from samspill.governance.models import Case, ConflictAssessment, Paper, Tenure
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.bodies import tenures_of
from samspill.governance.rules.access import Reader, may_read
from samspill.governance.states import ConflictConclusion


@dataclass(frozen=True)
class Reading:
    """What an actor's reading of cases rests on. `disqualified`: cases by number."""

    actor: Actor
    body_ids: frozenset[int]
    disqualified: frozenset[int]

    def of(self, case: Case, bodies: Collection[int]) -> Reader:
        """The actor as a reader of `case`, which goes through `bodies`."""
        is_here = self.actor.community_id == case.community_id
        return Reader(
            is_here=is_here,
            is_secretariat=is_here and is_secretariat(self.actor),
            is_of_body=is_here and not self.body_ids.isdisjoint(bodies),
            is_disqualified=case.pk in self.disqualified,
        )


def reading_of(actor: Actor) -> Reading:
    """2 queries, none for a visitor."""
    if not actor.is_known:
        return Reading(actor, frozenset(), frozenset())
    return reading_from(actor, tenures_of(actor), conflicts_of(actor).values_list("case_id", flat=True))


def conflicts_of(actor: Actor) -> QuerySet[ConflictAssessment]:
    """What shuts cases for the actor; the database's `governance_shut_cases()` says the same."""
    mine = ConflictAssessment.objects.filter(
        community_id=actor.community_id or 0, tenure__person__account=actor.account_id
    )
    return mine.exclude(conclusion=ConflictConclusion.QUALIFIED)


def reading_from(actor: Actor, tenures: Iterable[Tenure], disqualified: Iterable[int]) -> Reading:
    """The same, for who has at hand the actor's seats and the cases that are closed for the actor."""
    seats = {tenure.seat.body_id for tenure in tenures}
    return Reading(actor, frozenset(actor.body_ids | seats), frozenset(disqualified))


def may_read_case(case: Case, reader: Reader) -> bool:
    """What is released and public is everybody's; before that, it is closed for the disqualified as well."""
    if reader.is_disqualified and not (case.is_open and not case.is_screened):
        return False
    return may_read(case.access, reader)


def may_read_not_released(case: Case, reader: Reader) -> bool:
    """What is not for everybody of a case: what is being written, who said what, papers not released."""
    return reader.is_here and not reader.is_disqualified and may_read(case.access, reader)


def may_read_paper(paper: Paper, case: Case, reader: Reader) -> bool:
    """The disqualified read what everybody reads, and nothing before everybody does."""
    if reader.is_disqualified and not paper.is_open:
        return False
    return may_read_case(case, reader) and may_read(paper.access, reader)


def title_for(case: Case, reader: Reader) -> str:
    """The title, or what everybody is told that a screened case is."""
    return case.title if may_read_case(case, reader) else case.public_title or case.title
