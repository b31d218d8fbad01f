"""The anchoring round in plain values: its day, what an answer must have, and how the answers add up."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from samspill.governance.states import AnchoringState, Stance
from samspill.refusal import Refused

DAYS_BEFORE_MEETING = 3
DAYS_WITHOUT_MEETING = 14


def proposed_due(next_meeting: date | None, today: date) -> date:
    """Three days before the meeting it is for; tomorrow when that is past; in two weeks without a meeting."""
    if next_meeting is None:
        return today + timedelta(days=DAYS_WITHOUT_MEETING)
    return max(next_meeting - timedelta(days=DAYS_BEFORE_MEETING), today + timedelta(days=1))


def check_round(question: str, due: date, today: date) -> None:
    if not question.strip():
        raise Refused(
            "anchoring.question",
            _("Write what the municipalities are asked, as a question."),
            field="question",
        )
    if due < today:
        raise Refused("anchoring.due", _("The day has passed. Choose one that is to come."), field="due")


def check_answer(stance: str, remark: str, *, state: str, due: date, today: date) -> None:
    """Refuses an answer to a round that is over, an unknown answer, and a remark that is not there."""
    if state != AnchoringState.OPEN or due < today:
        raise Refused(
            "anchoring.closed",
            _("The round is over. Talk to the secretariat if your answer should still be heard."),
        )
    if stance not in Stance.values:
        raise Refused("anchoring.stance", _("Press one of the three answers."), field="stance")
    if stance == Stance.WITH_REMARK and not remark.strip():
        raise Refused(
            "anchoring.remark",
            _("Write your remark as well, so that the meeting knows what you mean."),
            field="remark",
        )


def check_because(because: str) -> None:
    if not because.strip():
        raise Refused(
            "anchoring.because",
            _("Say why one need not wait for the municipalities. The reason stands at the case."),
            field="because",
        )


def tally(stances: Iterable[str]) -> dict[str, int]:
    """How many gave each answer; "" counts those who have not answered."""
    counts = Counter(stances)
    return {key: counts[key] for key in (*Stance.values, "")}
