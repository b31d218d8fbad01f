"""The minutes of a meeting as plain values, in the meeting's målform: whole, and as everybody may read them.

Here: who the body was on the day, who was there, what came of each item, what was decided and how. Not here:
versions and hashes (`actions.minutes_out`), pages and papers.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import dateformat, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.governance.models import AgendaItem, Decision, Meeting, MinuteText
from samspill.governance.queries.bodies import SeatOnDay, composition
from samspill.governance.queries.minute_texts import Standings, standing_of
from samspill.governance.queries.room import There, attendances_of, there_at, title_of
from samspill.governance.states import Access, DecisionMethod, Outcome, Presence, TextPart, VoteChoice

Content = dict[str, Any]
NOT_THERE = frozenset({Presence.ABSENT, Presence.LEFT})


def long_day(day: date) -> str:
    return dateformat.format(day, pgettext("date format", "j F Y")).replace(" ", "\xa0")


def content_of(meeting: Meeting, *, public: bool) -> Content:
    """`public` leaves of a screened case only its public title, and of the disqualified the ground alone."""
    with translation.override(meeting.language):
        items = list(_items(meeting))
        called = attendances_of(meeting)
        there = there_at(items, called)
        texts = standing_of(MinuteText.objects.filter(item__meeting=meeting, part=TextPart.MINUTES))
        decisions = {one.item_id: one for one in _decisions(meeting)}
        return {
            "title": _("Minutes of %(body)s, %(day)s") % {"body": meeting.body, "day": long_day(meeting.day)},
            "community": meeting.community.full_name,
            "body": meeting.body.name,
            "day": meeting.day.isoformat(),
            "starts": f"{meeting.starts:%H.%M}",
            "ends": f"{meeting.ends:%H.%M}",
            "place": meeting.place,
            "language": meeting.language,
            "composition": [_seat(one) for one in composition(meeting.body_id, meeting.day).seats],
            "attendance": [_attended(There(one, one.presence or Presence.ABSENT)) for one in called],
            "items": [
                _item(order, item, there[item.pk], texts, decisions.get(item.pk), public=public)
                for order, item in enumerate(items, 1)
            ],
        }


def _items(meeting: Meeting) -> Iterable[AgendaItem]:
    return (
        AgendaItem.objects.filter(meeting=meeting, is_removed=False)
        .select_related("treatment__case", "treatment__forwarded_by__to_body", "about")
        .order_by("order", "pk")
    )


def _decisions(meeting: Meeting) -> Iterable[Decision]:
    return Decision.objects.filter(item__meeting=meeting).prefetch_related(
        "points__follow_up__accountable_party",
        "points__follow_up__accountable_body",
        "points__parties__party",
        "votes__tenure",
        "votes__seat",
        "dissents__tenure",
    )


def _seat(one: SeatOnDay) -> Content:
    return {
        "seat": str(one.seat),
        "side": one.seat.get_bloc_display() if one.seat.bloc else "",
        "name": one.holder.name if one.holder else "",
        "role": one.holder.get_role_display() if one.holder else "",
        "votes": one.seat.may_vote,
    }


def _attended(one: There) -> Content:
    stands_in = one.attendance.stands_in_for
    return {
        "name": one.tenure.name,
        "seat": str(one.attendance.seat),
        "role": one.tenure.get_role_display(),
        "presence": one.presence,
        "for": stands_in.tenure.name if stands_in else "",
    }


def is_closed(item: AgendaItem) -> bool:
    """Everybody is told no more than its public title."""
    return item.treatment is not None and item.treatment.case.access != Access.PUBLIC


def _item(
    order: int,
    item: AgendaItem,
    there: list[There],
    texts: Standings,
    decision: Decision | None,
    *,
    public: bool,
) -> Content:
    said: Content = {
        "id": item.pk,
        "number": item.reference or str(order),
        "kind": item.get_kind_display(),
        "outcome": item.outcome,
        "outcome_words": Outcome(item.outcome).label if item.outcome else "",
    }
    said = {key: str(value) if key != "id" else value for key, value in said.items()}
    if public and is_closed(item):
        return said | {"title": item.public_title, "closed": True}
    return said | {
        "title": title_of(item) if not public else item.public_title,
        "closed": False,
        "text": texts[item.pk, TextPart.MINUTES].text,
        "went": _went(item),
        "away": [_attended(one) for one in there if _is_away_here(one)],
        "conflicts": [_conflict(one, public=public) for one in there if one.conflict],
        "decision": _decision(decision) if decision else None,
    }


def _is_away_here(one: There) -> bool:
    """Otherwise than for the rest of the meeting; the disqualified are told of by themselves."""
    return one.presence in NOT_THERE and one.attendance.presence == Presence.PRESENT


def _went(item: AgendaItem) -> Content | None:
    """Where the case went, and why."""
    forwarding = getattr(item.treatment, "forwarded_by", None) if item.treatment else None
    if forwarding is None:
        return None
    return {
        "to": str(forwarding.to_body),
        "reason": str(forwarding.get_reason_display()),
        "words": forwarding.words,
        "due": long_day(forwarding.due) if forwarding.due else "",
    }


def _conflict(one: There, *, public: bool) -> Content:
    assert one.conflict is not None  # noqa: S101  asked for those who have one
    return {
        "name": one.tenure.name,
        "ground": str(one.conflict.get_ground_display()),
        "conclusion": str(one.conflict.get_conclusion_display()),
        "because": "" if public else one.conflict.because,
        "law": one.conflict.law_reference,
    }


def _decision(decision: Decision) -> Content:
    return {
        "id": decision.pk,
        "kind": decision.kind,
        "plain": decision.plain,
        "method": decision.method,
        "method_words": str(DecisionMethod(decision.method).label),
        "authority": decision.authority_words,
        "points": [_point(point) for point in decision.points.all()],
        "votes": _votes(decision),
        "dissents": [
            {
                "name": one.tenure.name if one.tenure else str(one.get_bloc_display()),
                "kind": str(one.get_kind_display()),
                "text": one.text,
            }
            for one in decision.dissents.all()
        ],
    }


def _point(point: Any) -> Content:
    follow_up = getattr(point, "follow_up", None)
    owner = (follow_up.accountable_party or follow_up.accountable_body) if follow_up else None
    return {
        "text": point.text,
        "owner": str(owner) if owner else "",
        "due": follow_up.due.isoformat() if follow_up else "",
        "due_words": long_day(follow_up.due) if follow_up else "",
        "no_follow_up": point.no_follow_up,
        "parties": [str(one.party) for one in point.parties.all()],
    }


def _votes(decision: Decision) -> list[Mapping[str, str]]:
    return [
        {
            "name": vote.tenure.name,
            "seat": str(vote.seat),
            "side": str(vote.get_bloc_display()),
            "choice": str(VoteChoice(vote.choice).label),
        }
        for vote in decision.votes.all()
    ]
