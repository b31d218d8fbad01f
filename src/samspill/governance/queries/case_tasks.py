"""What waits for somebody because of how the cases stand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.lookups import Regex
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due, Facts, FactSource, FoundFacts, Wanted
from samspill.governance.models import Case, CaseText, Meeting, Statement, StatementRequest, Treatment
from samspill.governance.permissions import is_secretariat, may_act
from samspill.governance.queries.anchoring_facts import rounds_that_wait, silent_in
from samspill.governance.queries.screening_facts import TITLE, TITLE_OF_CASE, title_of
from samspill.governance.rules.passages import missing_parts
from samspill.governance.states import COMING, CaseState, TreatmentState
from samspill.worklist.public import next_workday

ANSWER_WORKDAYS = 5
TITLE_FITS = 70
_LAST = datetime.max.replace(tzinfo=UTC)
_CASE = {
    **TITLE,
    "state": "state",
    "year": "year",
    "number": "number",
    "reported_at": "reported_at",
    "reporter_name": "reporter_name",
    "answer": "answer",
}
_STATEMENT = {
    **TITLE_OF_CASE,
    "case": "case_id",
    "party_name": "party__name",
    "party_short": "party__short_name",
    "words": "words",
    "due": "due",
}
_BRIEF = {
    **TITLE_OF_CASE,
    "case": "case_id",
    "kind": "case__kind",
    "body_name": "body__name",
    "short": "body__short_name",
    "brief_by": "brief_by",
    "parts": "parts",
}


def answer_due(reported: date) -> date:
    """When the one who reported a case has an answer: five working days after."""
    day = reported
    for _time in range(ANSWER_WORKDAYS):
        day = next_workday(day)
    return day


def _wants(actor: Actor) -> dict[str, Wanted]:
    """What waits for an answer, then rounds and statements for those who are asked, briefs to write."""
    if actor.community_id is None or not actor.is_known:
        return {}
    wanted = {"answers": Wanted(_unanswered(actor), _CASE)}
    if may_act(actor, "cases.anchor") and not is_secretariat(actor):
        wanted["rounds"] = rounds_that_wait(actor)
    wanted["statements"] = Wanted(_statements(actor), _STATEMENT)
    if is_secretariat(actor):
        wanted["briefs"] = Wanted(_briefs(actor), _BRIEF)
    return wanted


def _tells(found: FoundFacts, actor: Actor) -> Iterator[Due]:
    for one in sorted(found.get("answers", ()), key=lambda one: one.at("reported_at") or _LAST):
        yield _returned(one) if one["state"] == CaseState.RETURNED else _reported(one, actor)
    for one in found.get("rounds", ()):
        names = silent_in(one)
        if names:
            yield _round_due(one, names)
    yield from map(_statement, found.get("statements", ()))
    for one in found.get("briefs", ()):
        yield from _brief(one)


dues = FactSource(_wants, _tells)


def _title(one: Facts) -> str:
    return Truncator(title_of(one)).chars(TITLE_FITS)


def _unanswered(actor: Actor) -> QuerySet[Case]:
    """Reported cases wait for the secretariat; what came back for the one who reported it."""
    waits = Q(state=CaseState.RETURNED, reported_by_id=actor.account_id)
    if is_secretariat(actor):
        waits |= Q(state=CaseState.REPORTED)
    return Case.objects.inside(actor).filter(waits)


def _reported(one: Facts, actor: Actor) -> Due:
    at = one.at("reported_at")
    case = Case(year=one["year"], number=one["number"])
    return Due(
        key=f"governance.case:{one.pk}:answer",
        title=_("«%(title)s» is reported") % {"title": _title(one)},
        text=_("Case %(number)s. %(name)s waits for an answer.")
        % {"number": case.reference, "name": one["reporter_name"]},
        url=reverse("governance:case-screening", args=[one.pk]),
        act_label=_("Answer"),
        due=answer_due(timezone.localtime(at).date() if at else actor.today),
        weight=15,
    )


def _returned(one: Facts) -> Due:
    return Due(
        key=f"governance.case:{one.pk}:missing",
        title=_("Something is missing in «%(title)s»") % {"title": _title(one)},
        text=one["answer"],
        url=reverse("governance:report-again", args=[one.pk]),
        act_label=_("Mend it"),
        weight=25,
    )


def _briefs(actor: Actor) -> QuerySet[Treatment]:
    """Cases that are prepared, with the day their brief must be whole when a meeting has one."""
    coming = Meeting.objects.filter(
        body=OuterRef("body"), day__gte=actor.today, state__in=sorted(COMING), brief_by__isnull=False
    ).order_by("day")
    is_empty = Regex(F("text"), r"^\s*$")
    texts = CaseText.objects.filter(case=OuterRef("case"), beside=False).order_by("pk")
    return (
        Treatment.objects.inside(actor)
        .filter(state=TreatmentState.PREPARING)
        .annotate(
            brief_by=Subquery(coming.values("brief_by")[:1]),
            parts=ArraySubquery(texts.values_list(JSONObject(part="part", is_empty=is_empty))),
        )
    )


def _brief(one: Facts) -> Iterator[Due]:
    # A part's newest text is the one that stands.
    empty = {text["part"]: text["is_empty"] for text in one["parts"]}
    missing = missing_parts(one["kind"], {part for part, is_empty in empty.items() if not is_empty})
    if not missing:
        return
    yield Due(
        key=f"governance.case:{one['case']}:brief",
        title=_("«%(title)s» lacks %(count)s parts of its brief")
        % {"title": _title(one), "count": len(missing)},
        text=_("For %(body)s. Next: %(part)s.")
        % {"body": one["short"] or one["body_name"], "part": missing[0].label},
        url=reverse("governance:brief", args=[one["case"]]) + f"#{missing[0].value}",
        act_label=_("Write"),
        due=one.day("brief_by"),
        weight=35,
    )


def _round_due(one: Facts, names: list[str]) -> Due:
    return Due(
        key=f"governance.round:{one.pk}",
        title=_("What does %(party)s say about «%(title)s»?")
        % {"party": ", ".join(names), "title": _title(one)},
        text=one["question"],
        url=reverse("governance:anchoring-answer", args=[one["case"], one.pk]),
        act_label=_("Answer"),
        due=one.day("due"),
        weight=20,
    )


def _statements(actor: Actor) -> QuerySet[StatementRequest]:
    """Statements asked of a party the actor has a role for, that nobody has given."""
    given = Statement.objects.filter(case=OuterRef("case"), party=OuterRef("party"))
    asked = StatementRequest.objects.inside(actor).filter(party_id__in=actor.party_ids)
    return asked.exclude(Exists(given))


def _statement(one: Facts) -> Due:
    return Due(
        key=f"governance.statement:{one.pk}",
        title=_("What does %(name)s mean about «%(title)s»?")
        % {"name": one["party_short"] or one["party_name"], "title": _title(one)},
        text=one["words"],
        url=reverse("governance:statements", args=[one["case"]]),
        act_label=_("Answer"),
        due=one.day("due"),
        weight=30,
    )
