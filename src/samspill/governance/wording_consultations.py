"""What is said about hearings in words: the message of the page, its way, and the acts on it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.governance.queries.consultation_way import Way
from samspill.governance.queries.consultations import Standing, Writer
from samspill.governance.rules.days import long_day
from samspill.governance.states import ConsultationState, Outcome
from samspill.governance.wording_cases import Node
from samspill.worklist.public import number_in_words

S = ConsultationState
GLYPHS = {
    S.RECEIVED: "none",
    S.DIVIDED: "none",
    S.CONTRIBUTIONS: "progress",
    S.COMPILED: "progress",
    S.FOR_APPROVAL: "progress",
    S.APPROVED: "progress",
    S.DELIVERED: "done",
    S.PUBLISHED: "done",
}
MOST_NAMES = 4


def message(standing: Standing, way: Way | None = None) -> str:
    """The heading of the hearing's page: what it waits for. `way`: where the answer is, for those inside."""
    one = standing.consultation
    body = one.approved_by_body
    said = {
        S.RECEIVED: _("The questions are to be divided."),
        S.DIVIDED: _("Each question has somebody who leads it. Now the parties can be asked."),
        S.COMPILED: _("The joint answer is written. Now a body can approve it."),
        S.FOR_APPROVAL: _approval(way),
        S.APPROVED: _("%(body)s has approved the answer. Now it can be delivered.") % {"body": body},
        S.DELIVERED: _("The answer is delivered."),
        S.PUBLISHED: _("This is our joint answer."),
    }
    return said.get(S(one.state)) or _contributions(standing)


def _approval(way: Way | None) -> str:
    if way is not None and way.now is None and way.last is not None:
        if way.last.outcome == Outcome.RECOMMENDED:
            return _("%(body)s recommends the answer, but may not approve it. Choose who does.") % {
                "body": way.last.body
            }
        return _("%(body)s has treated the answer without approving it. Choose who does.") % {
            "body": way.last.body
        }
    if way is None or way.now is None:
        return _("The joint answer waits for approval.")
    if way.meeting is None:
        return _("The joint answer waits for the next meeting of %(body)s.") % {"body": way.now.body}
    return _("%(body)s takes up the joint answer %(day)s.") % {
        "body": way.now.body,
        "day": long_day(way.meeting.day),
    }


def recommended(way: Way | None) -> str:
    """That a body below recommends the answer, while the one above has it; else ""."""
    if way is None or way.now is None or way.last is None or way.last.outcome != Outcome.RECOMMENDED:
        return ""
    return _("%(body)s recommends it.") % {"body": way.last.body}


def _contributions(standing: Standing) -> str:
    silent, left = len(standing.silent), len(standing.questions) - standing.done
    if not left:
        return _("All the joint answers are written.")
    if not silent:
        return (
            _("Everybody has contributed. %(count)s joint answers are left to write.")
            % {"count": number_in_words(left)}
            if left > 1
            else _("Everybody has contributed. One joint answer is left to write.")
        )
    return (
        ngettext("One has not contributed yet.", "%(count)s have not contributed yet.", silent)
        % {"count": number_in_words(silent)}
    ).capitalize()


def nodes(state: str) -> list[Node]:
    """The way of a hearing: what has been, where it is, what is to come."""
    here = list(S).index(S(state))
    last = S(state) == S.PUBLISHED
    return [
        Node("", str(one.label), at="" if place < here or last else "now" if place == here else "next")
        for place, one in enumerate(S)
    ]


def missing(writers: Sequence[Writer]) -> str:
    """«Halden, Moss og 4 til mangler.»"""
    shown = [one.name for one in writers[:MOST_NAMES]]
    rest = len(writers) - len(shown)
    said = _("%(names)s and %(count)s more are missing.") if rest else _("%(names)s is missing.")
    return said % {"names": ", ".join(shown), "count": rest} if shown else ""
