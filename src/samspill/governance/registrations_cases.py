"""What governance offers the house: cases."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Value
from django.db.models.expressions import Combinable
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.public import (
    CASE_FORMS,
    INDEXERS,
    LINK_KINDS,
    PAPER_TAKERS,
    TASK_SOURCES,
    THINGS,
    Actor,
    LinkKind,
    Ref,
    Resolved,
    ThingKind,
    address,
)
from samspill.governance import jobs
from samspill.governance.actions.anchoring import ANCHOR, close_rounds_of_the_past
from samspill.governance.actions.indexing_cases import CASE, index_community
from samspill.governance.actions.statements import STATE
from samspill.governance.link_acts_cases import ANSWER_ANCHORING, GIVE_STATEMENT
from samspill.governance.paper_places import CASES
from samspill.governance.queries.access import conflicts_of, reading_from, title_for
from samspill.governance.queries.case_tasks import dues
from samspill.governance.queries.cases import visible_cases
from samspill.governance.queries.putting_forward import PUTS_FORWARD
from samspill.governance.states import CaseState
from samspill.governance.views.report_case import THING
from samspill.worklist.public import ACTS, LINK_ACTS, REMINDERS, Told

JOBS = (jobs.scan_paper,)
"""Named here so that starting the app is enough for a worker to know them."""

TOLD = {
    "case.report": Told(_("%(who)s reported case «%(what)s».")),
    "case.take_up": Told(_("%(who)s took up case «%(what)s».")),
    "case.return": Told(_("%(who)s asked for more about case «%(what)s»."), is_news=False),
    "case.reject": Told(_("%(who)s did not take up case «%(what)s»."), is_news=False),
    "case.bring_back": Told(_("%(who)s brought back case «%(what)s»."), is_news=False),
    "case.withdraw": Told(_("%(who)s took back case «%(what)s»."), is_news=False),
    "case.change": Told(_("%(who)s changed how case «%(what)s» is treated."), is_news=False),
    "case.ready": Told(_("%(who)s made case «%(what)s» ready for a meeting.")),
    "case.back_to_preparing": Told(_("%(who)s took case «%(what)s» back to work more on it."), is_news=False),
    "case.close": Told(_("%(who)s closed case «%(what)s».")),
    "case.freeze": Told(_("%(who)s fixed a version of the brief of «%(what)s»."), is_news=False),
    "case.screen": Told(_("%(who)s changed who may read «%(what)s»."), is_news=False),
    "case.open": Told(_("%(who)s opened case «%(what)s» to everybody.")),
    "case.shut": Told(_("%(who)s closed case «%(what)s» for those outside."), is_news=False),
    "case.ask_statement": Told(_("%(who)s asked for statements on «%(what)s».")),
    "case.state": Told(_("%(who)s gave a statement on «%(what)s».")),
    "case.anchor": Told(_("%(who)s asked the municipalities about «%(what)s».")),
    "case.anchor_answer": Told(_("%(who)s answered for a municipality about «%(what)s».")),
    "case.anchor_chase": Told(_("%(who)s asked again about «%(what)s»."), is_news=False),
    "case.anchor_close": Told(_("%(who)s ended the round about «%(what)s»."), is_news=False),
    "case.anchor_waive": Told(_("%(who)s decided not to wait for the municipalities in «%(what)s».")),
    "paper.add": Told(_("%(who)s added a paper to «%(what)s»."), is_news=False),
    "paper.version": Told(_("%(who)s added a newer version of a paper in «%(what)s»."), is_news=False),
    "paper.remove": Told(_("%(who)s removed a paper from «%(what)s»."), is_news=False),
    "paper.put_back": Told(_("%(who)s put back a paper in «%(what)s»."), is_news=False),
}
PUT_FORWARD = LinkKind(
    PUTS_FORWARD,
    pgettext_lazy("link", "Puts forward"),
    pgettext_lazy("link", "Put forward in"),
    frozenset({CASE}),
    frozenset({"plans.plan"}),
)


def register() -> None:
    """Things, tasks, acts in words and acts of mail links of this part."""
    THINGS.register(CASE, ThingKind(CASE, _("Case"), resolve_cases))
    INDEXERS.register("governance.cases", index_community)
    LINK_KINDS.register(PUTS_FORWARD, PUT_FORWARD)
    CASE_FORMS.register("governance", case_form)
    PAPER_TAKERS.register(CASE, CASES)
    TASK_SOURCES.register("governance.cases", dues)
    ACTS.update(TOLD)
    LINK_ACTS[ANCHOR] = ANSWER_ANCHORING
    LINK_ACTS[STATE] = GIVE_STATEMENT
    REMINDERS["governance.anchoring"] = close_rounds_of_the_past


def case_form(thing: Ref) -> str:
    """Where a case that puts a thing forward is reported."""
    return address(reverse("governance:report-case"), {THING: str(thing)})


def resolve_cases(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """1 query."""
    cases = list(visible_cases(actor).filter(pk__in=list(ids)).annotate(is_shut=_is_shut(actor)))
    # What a case is called rests on no body: those who sit in one are told of it there.
    reading = reading_from(actor, (), [case.pk for case in cases if case.is_shut])
    return {
        case.pk: Resolved(
            f"{case.reference} {title_for(case, reading.of(case, ()))}".strip(),
            reverse("governance:case", args=[case.pk]),
            str(CaseState(case.state).label),
        )
        for case in cases
    }


def _is_shut(actor: Actor) -> Combinable:
    return Exists(conflicts_of(actor).filter(case=OuterRef("pk"))) if actor.is_known else Value(False)
