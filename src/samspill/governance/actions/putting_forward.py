"""A case puts a thing of another part of the house forward for adoption, and a decision adopts it: a plan."""

from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import ADOPTABLES, Actor, Adopting, Ref, join
from samspill.governance.actions.cases import CaseWords, report_case, save_draft
from samspill.governance.actions.indexing_cases import CASE
from samspill.governance.actions.indexing_decisions import DECISION
from samspill.governance.actions.papers import NewFile, add_paper
from samspill.governance.models import Case, Decision
from samspill.governance.queries.putting_forward import PUTS_FORWARD
from samspill.governance.states import DecisionKind, DecisionState
from samspill.refusal import Refused


def keep_draft(
    words: CaseWords, *, thing: Ref | None, by: Actor, draft: Case | None = None, language: str = ""
) -> Case:
    """Keep what is written so far of a case, and what thing it puts forward."""
    with transaction.atomic():
        case = save_draft(words, by=by, draft=draft, language=language)
        if thing is not None:
            join(PUTS_FORWARD, Ref(CASE, case.pk), thing, by=by)
    return case


def report(
    words: CaseWords, *, thing: Ref | None, by: Actor, draft: Case | None = None, language: str = ""
) -> Case:
    """Send a case. The papers of the thing it puts forward go with it, as they are now."""
    if thing is None:
        return report_case(words, by=by, draft=draft, language=language)
    asked = ADOPTABLES[thing.kind].ask(thing.id, by)
    with transaction.atomic():
        case = report_case(words, by=by, draft=draft, language=language)
        join(PUTS_FORWARD, Ref(CASE, case.pk), thing, by=by)
        for paper in asked.papers():
            file = NewFile(BytesIO(paper.content), paper.name, len(paper.content))
            add_paper(file, case=case, title=paper.title, by=by)
    return case


def adopt_by(decision: Decision, thing: Ref, *, by: Actor) -> None:
    """The decision adopts a thing. Whether it may be, the part whose thing it is says."""
    if decision.community_id != by.community_id:
        raise Refused(
            "governance.other_community",
            _("This belongs to another helsefellesskap. You can read it, not change it."),
            forbidden=True,
        )
    if (decision.state, decision.kind) != (DecisionState.ADOPTED, DecisionKind.DECISION):
        raise Refused("decision.adopts", _("Only a decision that stands adopts anything."))
    kind = ADOPTABLES.get(thing.kind)
    if kind is None:
        raise Refused("decision.adopts_what", _("Choose what the decision adopts."))
    kind.adopt(thing.id, Adopting(Ref(DECISION, decision.pk), decision.decided_on, decision.body.name), by)
