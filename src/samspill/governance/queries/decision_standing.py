"""How a decision stands, in a few words, for whoever points at it: «Gjelder: 1 forsinket, 2 utført»."""

from collections import Counter
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from samspill.governance.models import Decision, FollowUp
from samspill.governance.states import SETTLED, FollowUpState

_NOT_LATE = SETTLED | {FollowUpState.DELIVERED}


def what_follows() -> ArraySubquery:
    """State and deadline of every follow-up of a decision, to be read along with it."""
    rows = FollowUp.objects.filter(point__decision=OuterRef("pk")).order_by("point__order")
    return ArraySubquery(rows.values(told=JSONObject(state="state", due="due")))


def standing_in_words(decision: Decision, today: date) -> str:
    """Of a decision that was read with `follows=what_follows()`."""
    said = Counter(_word(one["state"], date.fromisoformat(one["due"]), today) for one in decision.follows)  # type: ignore[attr-defined]
    state = str(decision.get_state_display())
    if not said:
        return state
    counted = ", ".join(f"{count} {word.lower()}" for word, count in said.items())
    return f"{state}: {next(iter(said)).lower() if said.total() == 1 else counted}"


def _word(state: str, due: date, today: date) -> str:
    if state not in _NOT_LATE and due < today:
        return _("Late")
    return str(FollowUpState(state).label)
