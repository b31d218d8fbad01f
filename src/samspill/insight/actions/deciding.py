"""Join a minimetodevurdering to the decision that was made on it: pulled from either end.

Decisions are things of a sibling, known by name alone: whoever has them registers them.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.analysis.appraisal import Part
from samspill.directory.public import Actor, Found, Joined, LinkKind, Ref, join, joined, part, resolve, search
from samspill.insight.actions.assessments import (
    ASSESSMENT,
    check_written_now,
    lock_assessment,
    mark_of,
    write_part,
)
from samspill.insight.models import Assessment
from samspill.insight.permissions.assessments import check_may_assess
from samspill.insight.states.assessments import AssessmentState
from samspill.refusal import Refused

DECISION = "governance.decision"
DECIDED_BY = "decided_by"
DECIDES = LinkKind(
    DECIDED_BY,
    pgettext_lazy("link", "Decided by"),
    pgettext_lazy("link", "Decides on the assessment"),
    frozenset({ASSESSMENT}),
    frozenset({DECISION}),
)
SHOWN = 6
FITS = 300  # characters of the line that names the decision


def decisions_found(words: str, actor: Actor) -> list[Found]:
    """Decisions of the actor's own community that have the words."""
    if not words or actor.community is None:
        return []
    here = actor.community.name
    return [hit for hit in search(words, actor, kind=DECISION).hits if hit.community == here][:SHOWN]


def decisions_on(assessment: Assessment, actor: Actor) -> list[Joined]:
    """The decisions it is joined to, with how far each has come; 1 query, 2 when there are any."""
    ref = Ref(ASSESSMENT, assessment.pk)
    return [one for one in joined([ref], actor)[ref] if one.kind == DECIDED_BY]


def decide_by(assessment: Assessment, thing: str, *, by: Actor) -> int:
    """Join it to the decision `thing` ("governance.decision:12"); the number of the link. Twice is once.

    While the decision is being written its line is filled in when it is empty, so that paper says it too.
    """
    check_may_assess(by, "assessments.decide", assessment)
    kind, _colon, number = thing.partition(":")
    if kind != DECISION or not number.isdecimal() or len(number) > 17:
        raise Refused("assessment.link", _("Choose the decision that was made."))
    ref = Ref(DECISION, int(number))
    with transaction.atomic():
        found = lock_assessment(assessment.pk)
        if found.state == AssessmentState.DRAFT:
            check_written_now(found, Part.DECISION)
        link = join(DECIDED_BY, Ref(ASSESSMENT, found.pk), ref, by=by).pk
        if found.state == AssessmentState.IN_REVIEW:
            _name_it(found, ref, by)
    return link


def _name_it(assessment: Assessment, ref: Ref, by: Actor) -> None:
    answers = assessment.content.get(Part.DECISION, {})
    if answers.get("decision"):
        return
    seen = resolve([ref], by)[ref]
    line = ": ".join(text for text in (seen.words, seen.title) if text)[:FITS]
    write_part(assessment, Part.DECISION, {**answers, "decision": line}, seen=mark_of(answers), by=by)


def not_decided_by(assessment: Assessment, link: int, *, by: Actor) -> None:
    """Take the link away. Nothing happens when it is none of the assessment's."""
    check_may_assess(by, "assessments.decide", assessment)
    if any(one.link_id == link for one in decisions_on(assessment, by)):
        part(link, by=by)
