"""Minutes in one line: what a meeting came to. Plain values in, text out."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.governance.states import Outcome

MOST_KINDS = 3
PASSED_ON = (Outcome.ESCALATED, Outcome.DELEGATED, Outcome.SENT_BACK)


def minutes_heading(content: Mapping[str, Any]) -> str:
    """«6 vedtak, 2 utsatt»; approvals of minutes are no decisions. For a meeting with none, its own title."""
    came = Counter(
        str(item.get("outcome") or "")
        for item in content.get("items", [])
        if item.get("decision") or item.get("closed") or item.get("outcome") != Outcome.DECIDED
    )
    passed = sum(came[one] for one in PASSED_ON)
    counted = (
        (came[Outcome.DECIDED], ngettext("%(count)d decision", "%(count)d decisions", came[Outcome.DECIDED])),
        (
            came[Outcome.RECOMMENDED],
            ngettext("%(count)d recommendation", "%(count)d recommendations", came[Outcome.RECOMMENDED]),
        ),
        (
            came[Outcome.POSTPONED],
            ngettext("%(count)d postponed", "%(count)d postponed", came[Outcome.POSTPONED]),
        ),
        (passed, ngettext("%(count)d passed on", "%(count)d passed on", passed)),
        (came[Outcome.NOTED], ngettext("%(count)d noted", "%(count)d noted", came[Outcome.NOTED])),
    )
    said = [words % {"count": number} for number, words in counted if number][:MOST_KINDS]
    return capfirst(", ".join(said)) if said else str(content.get("title", "")) or _("Minutes")
