"""A measure as a line: what its drawing needs on the plan page and on its own."""

from datetime import date
from typing import Any

from django.urls import reverse

from samspill.directory.public import Actor, AuditEvent, address
from samspill.plans.acts_in_words import about_in_words
from samspill.plans.models import Plan
from samspill.plans.permissions import check_may_report
from samspill.plans.queries.overview import HOLE_IN_ADDRESS
from samspill.plans.queries.rows import Row
from samspill.plans.queries.transfer import neighbour_of
from samspill.plans.states import StatusWord
from samspill.plans.wording import deadline_in_words, name_in_full, people_in_words
from samspill.refusal import reason

HOLE_WORD = {hole: word for word, hole in HOLE_IN_ADDRESS.items()}
REPORT_WORDS = (StatusWord.ON_TRACK, StatusWord.LATE, StatusWord.DONE)


def row_context(plan: Plan, row: Row, here: str, today: date) -> dict[str, Any]:
    """What every drawing of a measure needs. `here` is where its acts lead back to."""
    measure = reverse("plans:measure", args=[plan.pk, row.id])
    return {
        "row": row,
        "measure": row.measure,
        "url": measure,
        "deadline": deadline_in_words(row, today),
        "holes": {
            hole.value: {
                "proposal": proposal,
                "post": address(
                    reverse("plans:fill", args=[plan.pk, row.id, HOLE_WORD[hole]]), {"neste": here}
                ),
            }
            for hole, proposal in row.holes.items()
        },
        "here": here,
    }


def opened(row: Row, actor: Actor) -> dict[str, Any]:
    """What an opened measure shows besides its line."""
    return {
        "people": people_in_words(row),
        "said_of": about_in_words(row.report.about) if row.report and row.report.about else "",
        "accountable": name_in_full(row.accountable) if row.accountable else "",
        "helpers": [name_in_full(one) for one in row.helpers],
        "may_report": not reason(check_may_report, actor, row.measure, row.responsibles),
        "words": [(word.value, word.label) for word in REPORT_WORDS],
        "neighbour": neighbour_of(row.measure, actor),
    }


def undo_address(plan: Plan, event: AuditEvent, here: str) -> str:
    return address(reverse("plans:undo", args=[plan.pk, event.on_id, event.pk]), {"neste": here})
