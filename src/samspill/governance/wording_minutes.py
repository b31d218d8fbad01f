"""Minutes in one line: what a meeting came to. Plain values in, text out."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.governance.states import Outcome
from samspill.worklist.public import number_in_words

MOST_KINDS = 3
PASSED_ON = (Outcome.ESCALATED, Outcome.DELEGATED, Outcome.SENT_BACK)


def minutes_heading(content: Mapping[str, Any]) -> str:
    """«Seks vedtak, to saker utsatt»; approvals of minutes are no decisions.

    For a meeting with none of either, its own title.
    """
    came = Counter(
        str(item.get("outcome") or "")
        for item in content.get("items", [])
        if item.get("decision") or item.get("closed") or item.get("outcome") != Outcome.DECIDED
    )
    passed = sum(came[one] for one in PASSED_ON)
    counted = (
        (came[Outcome.DECIDED], ngettext("one decision", "%(count)s decisions", came[Outcome.DECIDED])),
        (
            came[Outcome.RECOMMENDED],
            ngettext("one recommendation", "%(count)s recommendations", came[Outcome.RECOMMENDED]),
        ),
        (
            came[Outcome.POSTPONED],
            ngettext("one postponed", "%(count)s postponed", came[Outcome.POSTPONED]),
        ),
        (passed, ngettext("one passed on", "%(count)s passed on", passed)),
        (came[Outcome.NOTED], ngettext("one noted", "%(count)s noted", came[Outcome.NOTED])),
    )
    said = [words % {"count": number_in_words(number)} for number, words in counted if number][:MOST_KINDS]
    return capfirst(", ".join(said)) if said else str(content.get("title", "")) or _("Minutes")
