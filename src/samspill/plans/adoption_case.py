"""The adoption of a plan, as the parts of the house with cases and decisions meet it.

Here: the words and papers of the case, and what a decision does. Not here: the rules of adoption
(`actions.adoption`), nor the page that keepers see (`views.revision_page`).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Adoptable, Adopting, CaseAsked, NewPaper
from samspill.documents.writing import to_pdf
from samspill.plans.actions.adoption import adopt
from samspill.plans.document.making import plan_paper
from samspill.plans.models import Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.adoption import lacking, put_forward, waiting_for_decision
from samspill.plans.queries.plans import find_plan
from samspill.plans.queries.revision import revision_of
from samspill.plans.queries.rows import PLAN, Row
from samspill.plans.revision_in_words import case_heading, promised
from samspill.plans.wording import plan_in_words
from samspill.refusal import Refused

TITLE_FITS = 180


def case_asked(number: int, actor: Actor) -> CaseAsked:
    """The case about the adoption of a plan: what is put forward, and what it lacks (invariant 25)."""
    plan = find_plan(number, actor)
    check_may_act(actor, "plans.adopt", plan)
    if plan.is_adopted:
        raise Refused("plan.adopted_already", _("The plan is adopted already."))
    name = plan_in_words(plan)
    return CaseAsked(
        title=Truncator(_("Adoption of %(plan)s") % {"plan": name}).chars(TITLE_FITS),
        asks="\n\n".join(_asks(plan, name, actor)),
        concerns=_("The parties to %(community)s, and the patients the plan is for.")
        % {"community": plan.community.full_name},
        papers=lambda: [_paper(plan, name, actor)],
    )


def _asks(plan: Plan, name: str, actor: Actor) -> Iterable[str]:
    revision = revision_of(plan, actor)
    rows = put_forward(plan, revision, actor)
    holes = lacking(rows)
    yield (
        _("%(plan)s is put forward for adoption.") % {"plan": name}
        + " "
        + case_heading(len(rows), len(holes["owner"]), len(holes["deadline"]))
    )
    yield from _listed(_("Without a responsible"), holes["owner"])
    yield from _listed(_("Without a deadline"), holes["deadline"])
    yield from _listed(_("Outside all areas"), holes["area"])
    if revision:
        yield promised(revision)
        if revision.former.adopted_by:
            yield _("The former plan was adopted by %(body)s.") % {"body": revision.former.adopted_by}


def _listed(heading: str, rows: Sequence[Row]) -> Iterable[str]:
    if rows:
        yield "\n".join([f"{heading}:", *(f"– {row.measure.name}" for row in rows)])


def _paper(plan: Plan, name: str, actor: Actor) -> NewPaper:
    address = settings.ORIGIN + reverse("plans:plan", args=[plan.pk])
    return NewPaper(name, f"{slugify(plan.title) or 'plan'}.pdf", to_pdf(plan_paper(plan, actor, address)))


def waiting(actor: Actor, on: date) -> dict[int, str]:
    """What plans a decision made on a day may adopt, by number."""
    return {number: plan_in_words(plan) for number, plan in waiting_for_decision(actor, on).items()}


def adopt_by_decision(number: int, decided: Adopting, actor: Actor) -> None:
    plan = find_plan(number, actor)
    adopt(plan, on=decided.on, adopted_by=decided.body, decision=decided.decision, by=actor)


def _address(number: int) -> str:
    return reverse("plans:adoption-case", args=[number])


ADOPTION = Adoptable(PLAN, case_asked, waiting, adopt_by_decision, _address)
