"""What the page of the meeting room is drawn from: one item open, the others in a row beside it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from samspill.directory.public import Actor, Bloc
from samspill.governance.models import AgendaItem, Decision, Meeting, MinuteText
from samspill.governance.queries.bodies import above_by, mandate_on, rule_on
from samspill.governance.queries.minute_texts import Standings, standing_of
from samspill.governance.queries.proposals import (
    ProposedPoint,
    Register,
    choices_in,
    later_day,
    may_say_on,
    proposed_points,
    recommendation_of,
    wants_points,
)
from samspill.governance.queries.room import (
    There,
    attendances_of,
    by_bloc,
    items_of,
    open_item_id,
    there_at,
    title_of,
    voters,
)
from samspill.governance.states import (
    OUTCOME_KEYS,
    REASONS,
    VOTED,
    Answer,
    DecisionMethod,
    DissentKind,
    ForwardingKind,
    ItemKind,
    MeetingState,
    Outcome,
    Presence,
    TextPart,
    VoteChoice,
)
from samspill.governance.views.room_acts import usual_words
from samspill.governance.views.room_form import Typed
from samspill.governance.wording_follow_ups import in_words, sentence_case
from samspill.refusal import Refused

_O = Outcome
WITHOUT_CASE = frozenset({_O.DECIDED, _O.NOTED, _O.POSTPONED})
MARK = {
    _O.DECIDED: "done", _O.RECOMMENDED: "done", _O.NOTED: "done", _O.POSTPONED: "none",
    _O.SENT_BACK: "none", _O.ESCALATED: "progress", _O.DELEGATED: "progress",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """An item in the row of items."""

    item: AgendaItem
    title: str
    is_open: bool

    @property
    def mark(self) -> str:
        return MARK.get(Outcome(self.item.outcome), "done") if self.item.outcome else ""


def room_page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    item_id: int | None = None,
    typed: Typed | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """The room, with what was typed when an act said no."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    listed = list(items_of(meeting, actor))
    for item in listed:
        item.meeting = meeting
        for one in (item, item.treatment):
            if one is not None and one.body_id == meeting.body_id:
                one.body = meeting.body
    here = _here(meeting, listed, item_id)
    called = attendances_of(meeting)
    left = [item for item in listed if not item.outcome]
    context: dict[str, Any] = {
        "meeting": meeting,
        "lines": [Line(item, title_of(item), item == here) for item in listed],
        "left": len(left),
        "counted": sentence_case(in_words(len(left))),
        "is_called": meeting.state == MeetingState.CALLED,
        "is_under_way": meeting.state == MeetingState.UNDER_WAY,
        "consent": [item for item in left if item.is_consent],
        "called": called,
        "some_are_missing": any(
            one.presence != Presence.PRESENT for one in called if one.answer != Answer.NO
        ),
        "refused": refused,
    }
    if here is not None:
        context |= _open_item(meeting, here, called, typed, listed)
    return render(request, "governance/room/room.html", context, status=422 if refused else 200)


def _here(meeting: Meeting, listed: list[AgendaItem], wanted: int | None) -> AgendaItem | None:
    """The item that is asked for, else the one the room is at, else the first that waits."""
    by_id = {item.pk: item for item in listed}
    if wanted in by_id:
        return by_id[wanted]
    opened = by_id.get(open_item_id(meeting) or 0)
    return opened or next((item for item in listed if not item.outcome), listed[-1] if listed else None)


def _open_item(
    meeting: Meeting, item: AgendaItem, called: list[Any], typed: Typed | None, listed: list[AgendaItem]
) -> dict[str, Any]:
    there = there_at([item], called)[item.pk]
    texts = standing_of(MinuteText.objects.filter(item=item))
    case = item.treatment.case if item.treatment else None
    context: dict[str, Any] = {
        "item": item,
        "title": title_of(item),
        "case": case,
        "there": there,
        "counts": by_bloc(voters(there)),
        "sides": [(label, by_bloc(voters(there))[bloc]) for bloc, label in Bloc.choices],
        "minutes": texts[item.pk, TextPart.MINUTES],
        "following": _next(item, listed),
    }
    if item.outcome:
        decision = Decision.objects.filter(item=item).prefetch_related("points").first()
        return context | {"decision": decision}
    return context | _choices(meeting, item, there, texts, typed)


def _next(item: AgendaItem, listed: list[AgendaItem]) -> AgendaItem | None:
    later = [one for one in listed if not one.outcome and (one.order, one.pk) > (item.order, item.pk)]
    earlier = [one for one in listed if not one.outcome and one.pk != item.pk]
    return next(iter([*later, *earlier]), None)


def _choices(
    meeting: Meeting, item: AgendaItem, there: list[There], texts: Standings, typed: Typed | None
) -> dict[str, Any]:
    register = Register.of(meeting.community_id)
    mandate = mandate_on(item.body_id, meeting.day)
    says = may_say_on(item, mandate)
    above = above_by(mandate, item.body)
    rule = rule_on(item.body_id, meeting.day)
    method = (typed.method if typed else "") or (rule.decision_method if rule else DecisionMethod.CONSENSUS)
    return {
        "typed": typed or Typed(),
        "points": _points(item, register, texts, typed),
        "with_points": item.treatment is not None and (wants_points(item) or says.outcome != _O.NOTED),
        "decision_text": texts[item.pk, TextPart.DECISION],
        "choices": texts[item.pk, TextPart.CHOICES],
        "register": register,
        "says": says,
        "outcomes": _outcomes(item, says.outcome, str(above) if above else ""),
        "above": above,
        "method": method,
        "methods": DecisionMethod.choices,
        "is_voted": method in VOTED,
        "voters": [
            (voter, (typed.votes if typed else {}).get(voter.seat_id, VoteChoice.FOR))
            for voter in voters(there)
        ],
        "vote_choices": VoteChoice.choices,
        "dissent_kinds": DissentKind.choices,
        "reasons": _reasons(item, above, meeting.language),
        "bodies": [body for body in register.bodies if body.pk != item.body_id],
    }


def _points(
    item: AgendaItem, register: Register, texts: Standings, typed: Typed | None
) -> list[tuple[int, ProposedPoint]]:
    if item.treatment is None:
        return []
    if typed is not None and typed.points:
        return list(enumerate(typed.points, 1))
    saved = texts[item.pk, TextPart.DECISION]
    text = saved.text if saved.row else recommendation_of(item)
    chosen = choices_in(texts[item.pk, TextPart.CHOICES])
    points = proposed_points(item, text, chosen, register, later_day(item.meeting))
    return list(enumerate(points, 1))


def _outcomes(item: AgendaItem, says: str, above: str) -> list[tuple[str, str, str, bool]]:
    """(key, outcome, its word, whether it is the likely one); what cannot be said here is left out."""
    found = []
    for key, outcome in OUTCOME_KEYS.items():
        if item.treatment is None and outcome not in WITHOUT_CASE:
            continue
        if outcome == _O.ESCALATED and not above:
            continue
        if item.treatment is not None and outcome == _O.DECIDED and says == _O.RECOMMENDED:
            continue
        word = Outcome(outcome).label
        if outcome == _O.DECIDED and item.kind == ItemKind.APPROVAL:
            word = ItemKind.APPROVAL.label
        found.append((key, str(outcome), str(word), outcome == says))
    return found


def _reasons(item: AgendaItem, above: object, language: str) -> dict[str, list[tuple[str, str, str]]]:
    """Reasons of each way on, with the sentence that goes along."""
    came_by = item.treatment.came_by if item.treatment else None
    back_to = came_by.treatment.body if came_by else item.body
    to = {ForwardingKind.ESCALATED: above, ForwardingKind.SENT_BACK: back_to, ForwardingKind.DELEGATED: "…"}
    found = {}
    for kind, reasons in REASONS.items():
        rows = []
        for reason in reasons:
            with translation.override(language):
                words = usual_words(reason, to[kind])
            rows.append((str(reason), str(reason.label), words))
        found[str(kind)] = rows
    return found
