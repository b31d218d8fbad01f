"""What is posted from an open item, as plain values: the points with who and when, votes, and words beside.

The fields are numbered by point; nothing here checks what the acts check. What cannot be read is left out
of the values and told where it stands, so that nobody loses what was typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from samspill.governance.actions.decision_rows import NewDissent, NewPoint
from samspill.governance.models import Attendance
from samspill.governance.queries.proposals import ProposedPoint, Register
from samspill.governance.rules.points import first_sentence
from samspill.governance.states import DissentKind, Outcome
from samspill.refusal import Refused

MOST_POINTS = 30


@dataclass
class Typed:
    """`outcome` is "" until somebody chooses; `points` as they stand on the page."""

    outcome: str = ""
    text: str = ""
    points: list[ProposedPoint] = field(default_factory=list)
    plain: str = ""
    method: str = ""
    votes: dict[int, str] = field(default_factory=dict)
    dissents: list[tuple[str, str, str]] = field(default_factory=list)
    reason: str = ""
    words: str = ""
    to_body: str = ""
    due: date | None = None
    effective_from: date | None = None


def read(post: QueryDict) -> Typed:
    """Values of a posted item. Refuses a day that is none."""
    return Typed(
        outcome=post.get("outcome", ""),
        text=post.get("text", "").replace("\r\n", "\n"),
        points=_points(post),
        plain=post.get("plain", "").strip()[:500],
        method=post.get("method", ""),
        votes={
            int(key[5:]): str(post[key]) for key in post if key.startswith("vote-") and _is_number(key[5:])
        },
        dissents=_dissents(post),
        reason=post.get("reason", ""),
        words=post.get("words", "").strip(),
        to_body=post.get("to_body", ""),
        due=_day(post.get("due", ""), "due"),
        effective_from=_day(post.get("effective_from", ""), "effective_from"),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _points(post: QueryDict) -> list[ProposedPoint]:
    found = []
    for number in range(1, MOST_POINTS + 1):
        if f"point-{number}" not in post:
            break
        text = " ".join(str(post[f"point-{number}"]).split())
        if text or number == 1:
            found.append(_point(post, number, text))
    return found


def _point(post: QueryDict, number: int, text: str) -> ProposedPoint:
    return ProposedPoint(
        text=text,
        owner=post.get(f"owner-{number}", ""),
        due=_day(post.get(f"due-{number}", ""), f"due-{number}"),
        no_follow_up=f"none-{number}" in post or post.get(f"owner-{number}") == "none",
        binds=post.get(f"binds-{number}", ""),
        parties=tuple(int(one) for one in post.getlist(f"party-{number}") if _is_number(one)),
        helpers=tuple(str(one) for one in post.getlist(f"helper-{number}")),
    )


def _day(text: str, name: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        sentence = _("«%(text)s» is not a day. Write it like 2027-03-01.") % {"text": text}
        raise Refused("decision.day", sentence, field=name) from error


def _dissents(post: QueryDict) -> list[tuple[str, str, str]]:
    rows = zip(
        post.getlist("dissent-who"), post.getlist("dissent-kind"), post.getlist("dissent-text"), strict=False
    )
    return [(who, kind, text.strip()) for who, kind, text in rows if text.strip()]


def new_points(typed: Typed, register: Register) -> list[NewPoint]:
    """The points as the acts want them."""
    return [
        NewPoint(
            text=one.text,
            owner="" if one.no_follow_up else one.owner,
            due=None if one.no_follow_up else one.due,
            no_follow_up=one.no_follow_up,
            parties=_bound(one, register),
            helpers=() if one.no_follow_up else one.helpers,
            plain=first_sentence(one.text) if len(one.text) > 200 else "",
        )
        for one in typed.points
    ]


def _bound(point: ProposedPoint, register: Register) -> tuple[int, ...]:
    if point.binds == "named":
        return point.parties
    return register.group(point.binds) if point.binds else ()


def new_dissents(typed: Typed, called: Sequence[Attendance]) -> list[NewDissent]:
    by_key = {str(one.tenure_id): one.tenure for one in called}
    kinds = set(DissentKind.values)
    return [
        NewDissent(text, by_key.get(who), kind if kind in kinds else DissentKind.NOTE)
        for who, kind, text in typed.dissents
    ]


DECIDES = frozenset({Outcome.DECIDED, Outcome.RECOMMENDED})
