"""A hearing begins: who asks what, and by when. Its questions are changed until somebody is asked.

Here: reading a question set, making a hearing, changing its words and questions. Not here: who leads which
question (`dividing`), and what is answered (`contributing`, `compiling`).
"""

import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import QUESTION_READERS, Actor, WrittenForm, record
from samspill.governance.actions.moving_consultations import (
    check_is_in,
    index_consultation,
    lock_consultation,
)
from samspill.governance.jobs import SCAN_SECONDS
from samspill.governance.models import Consultation, ConsultationQuestion
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.identity import check_no_identity
from samspill.governance.rules.papers import check_size, content_type_of
from samspill.governance.rules.question_sets import FoundQuestion, check_questions
from samspill.governance.states import QUESTIONS_CHANGE
from samspill.refusal import Refused

TITLE_FITS, ASKER_FITS = 200, 160


@dataclass(frozen=True)
class ConsultationWords:
    """What a hearing is: who asks, and by when one contributes and answers. `language`: of the answer."""

    title: str
    asked_by: str = ""
    intro: str = ""
    language: str = WrittenForm.BOKMAL
    contributions_by: date | None = None
    answer_by: date | None = None

    def check(self) -> None:
        if not self.title.strip():
            raise Refused("consultation.title", _("Give the hearing a title of a few words."), field="title")
        if len(self.title) > TITLE_FITS:
            raise Refused(
                "consultation.title", _("The title is too long. Keep it to one line."), field="title"
            )
        if len(self.asked_by) > ASKER_FITS:
            raise Refused("consultation.asker", _("Say in a few words who asks."), field="asked_by")
        if self.contributions_by and self.answer_by and self.answer_by < self.contributions_by:
            raise Refused(
                "consultation.days",
                _("The answer is due before the contributions are. Move one of the two days."),
                field="contributions_by",
            )
        for field in ("title", "intro"):
            check_no_identity(getattr(self, field), field=field)


def read_questions(
    content: IO[bytes], name: str, size_bytes: int, *, limit_bytes: int, scan: str
) -> list[FoundQuestion]:
    """The questions in a document somebody sent, which is not kept.

    `scan` is the installation's virus scan, "" for none: it looks at the file before it is opened. Refuses a
    large, empty or infected file, a program, and a document without questions.
    """
    check_size(size_bytes, limit_bytes)
    content_type_of(content)
    data = content.read()
    if scan:
        _check_clean(data, scan)
    found = [
        FoundQuestion(one.number, one.text, one.line)
        for reader in QUESTION_READERS.all()
        for one in reader(data, name)
    ]
    if not found:
        raise Refused(
            "consultation.no_questions",
            _("No questions were found in the document. Paste them as text instead, one on each line."),
            field="file",
        )
    return found


def _check_clean(data: bytes, scan: str) -> None:
    with tempfile.NamedTemporaryFile(prefix="samspill-") as file:
        file.write(data)
        file.flush()
        ended = subprocess.run([*shlex.split(scan), file.name], timeout=SCAN_SECONDS, check=False)
    if ended.returncode:
        raise Refused(
            "consultation.scan",
            _("The virus scan did not clear the file, so it is not opened. Paste the questions as text."),
            field="file",
        )


def begin_consultation(
    words: ConsultationWords, questions: Sequence[FoundQuestion], *, by: Actor
) -> Consultation:
    """The secretariat registers a hearing with its questions, in their order."""
    check_may_act(by, "consultations.manage")
    if by.community_id is None:
        raise Refused(
            "consultation.no_community",
            _("Sign in to a helsefellesskap first. A hearing belongs to one."),
            forbidden=True,
        )
    words.check()
    kept = check_questions(questions)
    with transaction.atomic():
        consultation = Consultation(community_id=by.community_id)
        _write(consultation, words)
        _add(consultation, kept)
        index_consultation(consultation)
        record(by=by, act="consultation.begin", on=consultation, questions=len(kept))
    return consultation


def change_consultation(consultation: Consultation, words: ConsultationWords, *, by: Actor) -> Consultation:
    """Title, asker, days and målform; at any time before the answer is delivered."""
    check_may_act(by, "consultations.manage", consultation)
    words.check()
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        if consultation.sha256:
            raise Refused(
                "consultation.delivered", _("The answer has been delivered, so the hearing is not changed.")
            )
        _write(consultation, words)
        index_consultation(consultation)
        record(by=by, act="consultation.change", on=consultation)
    return consultation


def _write(consultation: Consultation, words: ConsultationWords) -> None:
    consultation.title, consultation.asked_by = words.title.strip(), words.asked_by.strip()
    consultation.intro, consultation.language = words.intro.strip(), WrittenForm(words.language)
    consultation.contributions_by, consultation.answer_by = words.contributions_by, words.answer_by
    consultation.save()


def _add(consultation: Consultation, questions: Sequence[FoundQuestion]) -> None:
    for order, one in enumerate(questions, 1):
        ConsultationQuestion.objects.create(
            community_id=consultation.community_id,
            consultation=consultation,
            order=order,
            number=one.number,
            text=one.text,
        )


def change_questions(
    consultation: Consultation, questions: Sequence[tuple[int | None, FoundQuestion]], *, by: Actor
) -> Consultation:
    """The set as it shall be, in its order: (number of the row it is now or None, what it says).

    A row that is left out is removed, and one that stays keeps who leads it. Refuses when somebody has been
    asked to contribute.
    """
    check_may_act(by, "consultations.manage", consultation)
    wanted = [(pk, one) for pk, one in questions if one.text.strip()]
    kept = check_questions(one for _pk, one in wanted)
    with transaction.atomic():
        consultation = lock_consultation(consultation)
        check_is_in(consultation, QUESTIONS_CHANGE)
        rows = {row.pk: row for row in consultation.questions.all()}
        last = max((row.order for row in rows.values()), default=0)
        staying = {pk for pk, _one in wanted if pk in rows}
        consultation.questions.exclude(pk__in=staying).delete()
        for place, row in enumerate((rows[pk] for pk in sorted(staying)), last + len(wanted) + 1):
            row.order = place  # out of the way, so that each order is held once all the time
            row.save(update_fields=["order"])
        for order, ((pk, _said), one) in enumerate(zip(wanted, kept, strict=True), 1):
            row = rows.get(pk or 0) or ConsultationQuestion(
                community_id=consultation.community_id, consultation=consultation
            )
            row.order, row.number, row.text = order, one.number, one.text
            row.save()
        index_consultation(consultation)
        record(by=by, act="consultation.questions", on=consultation, questions=len(kept))
    return consultation
