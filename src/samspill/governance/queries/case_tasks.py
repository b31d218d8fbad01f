"""What waits for somebody because of how the cases stand."""

from collections.abc import Iterator
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.db.models.lookups import Regex
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due, Party
from samspill.governance.models import AnchoringRound, Case, CaseText, Meeting, StatementRequest, Treatment
from samspill.governance.permissions import is_secretariat, may_act
from samspill.governance.queries.anchoring import bar_of
from samspill.governance.queries.voices import municipalities_of
from samspill.governance.rules.passages import missing_parts
from samspill.governance.states import COMING, AnchoringState, CaseState, TreatmentState
from samspill.worklist.public import next_workday

ANSWER_WORKDAYS = 5
TITLE_FITS = 70


def answer_due(reported: date) -> date:
    """When the one who reported a case has an answer: five working days after."""
    day = reported
    for _time in range(ANSWER_WORKDAYS):
        day = next_workday(day)
    return day


def dues(actor: Actor) -> list[Due]:
    """What cases ask of the actor. 4 queries or fewer, and 3 for each open round."""
    if actor.community_id is None or not actor.is_known:
        return []
    found = [*_unanswered(actor), *_rounds(actor), *_statements(actor)]
    if is_secretariat(actor):
        found += _briefs(actor)
    return found


def _title(case: Case) -> str:
    return Truncator(case.public_title if case.is_screened else case.title).chars(TITLE_FITS)


def _unanswered(actor: Actor) -> Iterator[Due]:
    """Reported cases wait for the secretariat; what came back for the one who reported it. 1 query."""
    waits = Q(state=CaseState.RETURNED, reported_by_id=actor.account_id)
    if is_secretariat(actor):
        waits |= Q(state=CaseState.REPORTED)
    rows = Case.objects.visible_to(actor).filter(waits, community_id=actor.community_id or 0)
    for case in rows.order_by("reported_at"):
        yield _returned(case) if case.state == CaseState.RETURNED else _reported(case, actor)


def _reported(case: Case, actor: Actor) -> Due:
    reported = timezone.localtime(case.reported_at).date() if case.reported_at else actor.today
    return Due(
        key=f"governance.case:{case.pk}:answer",
        title=_("«%(title)s» is reported") % {"title": _title(case)},
        text=_("Case %(number)s. %(name)s waits for an answer.")
        % {"number": case.reference, "name": case.reporter_name},
        url=reverse("governance:case-screening", args=[case.pk]),
        act_label=_("Answer"),
        due=answer_due(reported),
        weight=15,
    )


def _returned(case: Case) -> Due:
    return Due(
        key=f"governance.case:{case.pk}:missing",
        title=_("Something is missing in «%(title)s»") % {"title": _title(case)},
        text=case.answer,
        url=reverse("governance:report-again", args=[case.pk]),
        act_label=_("Mend it"),
        weight=25,
    )


def _briefs(actor: Actor) -> Iterator[Due]:
    """Cases that are prepared, with the day their brief must be whole when a meeting has one. 1 query."""
    coming = Meeting.objects.filter(
        body=OuterRef("body"), day__gte=actor.today, state__in=sorted(COMING), brief_by__isnull=False
    ).order_by("day")
    is_empty = Regex(F("text"), r"^\s*$")
    texts = CaseText.objects.filter(case=OuterRef("case"), beside=False).order_by("pk")
    treatments = (
        Treatment.objects.visible_to(actor)
        .filter(community_id=actor.community_id or 0, state=TreatmentState.PREPARING)
        .select_related("case", "body")
        .annotate(
            brief_by=Subquery(coming.values("brief_by")[:1]),
            parts=ArraySubquery(texts.values_list(JSONObject(part="part", is_empty=is_empty))),
        )
    )
    for one in treatments:
        # A part's newest text is the one that stands.
        empty = {text["part"]: text["is_empty"] for text in one.parts}
        missing = missing_parts(one.case.kind, {part for part, is_empty in empty.items() if not is_empty})
        if not missing:
            continue
        yield Due(
            key=f"governance.case:{one.case_id}:brief",
            title=_("«%(title)s» lacks %(count)s parts of its brief")
            % {"title": _title(one.case), "count": len(missing)},
            text=_("For %(body)s. Next: %(part)s.") % {"body": one.body, "part": missing[0].label},
            url=reverse("governance:brief", args=[one.case_id]) + f"#{missing[0].value}",
            act_label=_("Write"),
            due=one.brief_by,
            weight=35,
        )


def _rounds(actor: Actor) -> Iterator[Due]:
    """Open rounds in which a municipality of the actor has not answered."""
    if not may_act(actor, "cases.anchor") or is_secretariat(actor):
        return
    rows = AnchoringRound.objects.visible_to(actor).filter(
        community_id=actor.community_id or 0, state=AnchoringState.OPEN, due__gte=actor.today
    )
    rounds = list(rows.select_related("case", "region"))
    mine = municipalities_of(actor) if rounds else frozenset()
    for one in rounds:
        waits = [cell.party for cell in bar_of(one, actor.today, mine).silent if cell.is_mine]
        if waits:
            yield _round_due(one, waits)


def _round_due(one: AnchoringRound, waits: list[Party]) -> Due:
    names = ", ".join(map(str, waits))
    return Due(
        key=f"governance.round:{one.pk}",
        title=_("What does %(party)s say about «%(title)s»?") % {"party": names, "title": _title(one.case)},
        text=one.question,
        url=reverse("governance:anchoring-answer", args=[one.case_id, one.pk]),
        act_label=_("Answer"),
        due=one.due,
        weight=20,
    )


def _statements(actor: Actor) -> Iterator[Due]:
    """Statements asked of a party the actor has a role for, that nobody has given."""
    rows = (
        StatementRequest.objects.visible_to(actor)
        .filter(community_id=actor.community_id or 0, party_id__in=actor.party_ids)
        .annotate(given=Count("case__statements", filter=Q(case__statements__party=F("party"))))
        .filter(given=0)
        .select_related("case", "party")
    )
    for one in rows:
        yield Due(
            key=f"governance.statement:{one.pk}",
            title=_("What does %(name)s mean about «%(title)s»?")
            % {"name": one.party, "title": _title(one.case)},
            text=one.words,
            url=reverse("governance:statements", args=[one.case_id]),
            act_label=_("Answer"),
            due=one.due,
            weight=30,
        )
