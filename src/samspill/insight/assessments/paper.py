"""A minimetodevurdering on paper, in the order of the national form: Word and PDF from the same words."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.documents.writing import Block, Bullets, Heading, Paper, Row, Table, Text, Title, Tone
from samspill.insight.models import Assessment
from samspill.insight.shown.assessments import STUDY_HEAD, Answer, PartShown

SHARES = (2.2, 1.4, 1.0, 1.4, 1.2, 1.6, 1.2)
"""Of the width, by column of the evidence table."""


def paper_of(
    assessment: Assessment,
    parts: Sequence[PartShown],
    *,
    language: str,
    made_at: datetime,
    address: str,
) -> Paper:
    """Every part stands there, also an empty one, so that one sees what is not answered."""
    state = assessment.get_state_display()
    blocks: list[Block] = [
        Title(),
        Text(_("Minimetodevurdering. %(state)s.") % {"state": state}, Tone.LEAD),
        Text(address, Tone.SMALL),
    ]
    for part in parts:
        blocks += _part(part)
    whose = assessment.community.full_name
    return Paper(
        title=assessment.title,
        language=language,
        author=whose,
        header=whose,
        footer=assessment.title,
        page_of=pgettext("foot of a page", "Page %(page)s of %(pages)s"),
        made_at=made_at,
        blocks=tuple(blocks),
    )


def _part(part: PartShown) -> Iterator[Block]:
    yield Heading(f"{part.number} {part.name}")
    if part.is_empty:
        yield Text(_("Not written yet."), Tone.QUIET)
    for answer in part.answers:
        yield from _answer(answer)
    if part.studies:
        yield Table(
            caption=part.name,
            head=tuple(str(name) for name in STUDY_HEAD),
            rows=tuple(Row(tuple(row)) for row in part.studies),
            shares=SHARES,
        )


def _answer(answer: Answer) -> Iterator[Block]:
    yield Heading(answer.label, level=2)
    if answer.runs:
        yield Bullets(tuple(name for _key, name in answer.runs))
    elif answer.decisions:
        yield Bullets(tuple(name for _address, name in answer.decisions))
    elif answer.is_list:
        yield Bullets(tuple(answer.lines))
    for line in () if answer.is_list else answer.lines:
        yield Text(line)
