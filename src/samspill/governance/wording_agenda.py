"""Agendas in words: what has changed between two that were sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.governance.meeting_wording import many
from samspill.governance.queries.preparation import Finding
from samspill.governance.rules.agenda import AgendaChanges
from samspill.worklist.public import number_in_words


def changes_in_words(changes: AgendaChanges, items: Mapping[str, Mapping[str, Any]]) -> str:
    """«New: 14/26 … Moved: 12/26.»; "" when nothing has changed. `items` by number, the newest last."""
    sentences = (
        (changes.new, _("New: %(items)s.")),
        (changes.removed, _("Taken off: %(items)s.")),
        (changes.moved, _("Moved: %(items)s.")),
        (changes.changed, _("Changed: %(items)s.")),
    )
    return " ".join(
        pattern % {"items": many(f"{number} {items[number]['title']}" for number in numbers)}
        for numbers, pattern in sentences
        if numbers
    )


def summary_of_findings(found: Sequence[Finding]) -> str:
    """The heading above what is to be known before the notice."""
    late = sum(one.g == "late" for one in found)
    if not found:
        return _("Nothing is missing")
    if not late:
        return _("Nothing stops the notice")
    return capfirst(
        ngettext("one thing to see to first", "%(count)s things to see to first", late)
        % {"count": number_in_words(late)}
    )
