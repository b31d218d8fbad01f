"""What a party or a body says to the questions of a hearing: saved while it is written, never overwritten."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, AuditEvent, record
from samspill.governance.actions.moving_consultations import check_is_in, lock_consultation
from samspill.governance.actions.writing import save_text, settle
from samspill.governance.models import Consultation, ConsultationQuestion, Contribution
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.consultations import Writer, speaks_for, standing_of
from samspill.governance.queries.wordings import Saved
from samspill.governance.states import ANSWERED_IN
from samspill.refusal import Refused


def check_may_contribute(consultation: Consultation, writer: Writer, by: Actor) -> None:
    """Refuses one who does not speak for `writer`, and a hearing that takes no contributions now."""
    check_may_act(by, "consultations.contribute", consultation)
    check_is_in(consultation, ANSWERED_IN)
    thing = writer.party or writer.body
    is_here = thing is not None and thing.community_id == consultation.community_id
    if not is_here or not speaks_for(writer, by):
        raise Refused(
            "consultation.speaks",
            gettext_lazy("You do not speak for them in this hearing. Talk to the secretariat."),
            forbidden=True,
        )


def save_contribution(
    question: ConsultationQuestion,
    writer: Writer,
    text: str,
    *,
    based_on: int | None,
    by: Actor,
    via: str = "",
) -> Saved[Contribution]:
    """Save what `writer` says to a question. What somebody else saved in between is kept, and so is this.

    The log is told the first time, not at each save.
    """
    with transaction.atomic():
        consultation = lock_consultation(question.consultation)
        check_may_contribute(consultation, writer, by)
        saved = save_text(Contribution, {"question": question, **writer.keys}, text, based_on, by=by)
        _tell_once(consultation, writer, by, via)
    return saved


def settle_contribution(
    question: ConsultationQuestion, writer: Writer, *, beside: int, over: int, choice: str, by: Actor
) -> Saved[Contribution]:
    """Decide about a wording that was kept beside the one that stands."""
    with transaction.atomic():
        check_may_contribute(lock_consultation(question.consultation), writer, by)
        keys = {"question": question, **writer.keys}
        return settle(Contribution, keys, beside=beside, over=over, choice=choice, by=by)


def say_no_remarks(
    consultation: Consultation, writer: Writer, sentence: str, *, by: Actor, via: str = ""
) -> int:
    """A party has nothing to add: it stands at each question it has not written to; returns how many.

    With a sentence, that stands there instead, at the first of them.
    """
    said = sentence.strip() or _("No remarks.")
    with transaction.atomic():
        standing = standing_of(lock_consultation(consultation), by)
        empty = [one.question for one in standing.questions if writer.key not in one.said]
        for place, question in enumerate(empty):
            text = said if place == 0 else _("No remarks.")
            save_contribution(question, writer, text, based_on=None, by=by, via=via)
    return len(empty)


def _tell_once(consultation: Consultation, writer: Writer, by: Actor, via: str) -> None:
    told = AuditEvent.objects.filter(
        act="consultation.contribute",
        on_kind=consultation._meta.label_lower,
        on_id=consultation.pk,
        by_id=by.account_id,
        details__writer=writer.key,
    )
    if not told.exists():
        details = {"via": via} if via else {}
        record(
            by=by,
            act="consultation.contribute",
            on=consultation,
            on_behalf_of=writer.party,
            writer=writer.key,
            words=writer.name,
            **details,
        )
