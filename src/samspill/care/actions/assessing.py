"""Assessments: answers to an instrument, scored by the rulebook, kept as they were.

An answer that cannot wait raises an alert in the same transaction, whatever the total (invariant 25).
"""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from samspill.care.actions.alerting import raise_alert
from samspill.care.actions.working import Work, working
from samspill.care.models import Assessment, Patient
from samspill.care.states import AlertKind, Right
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.instruments import Score, definition, score
from samspill.rulebook.triage import Colour

WHAT, PART = "care.assessments", "assessments"


def assess(
    patient_id: int,
    instrument: str,
    answers: Mapping[str, object],
    *,
    on: date,
    by: Actor,
    corrects: int | None = None,
) -> tuple[Assessment, Score]:
    """Keep what was answered on the day, with its total when nothing is missing.

    Refused: as `working` and as `instruments.score`; `assessment.future` a day that has not been;
    `assessment.empty` no answer at all; `assessment.not_here` nothing to correct, `assessment.corrected`.
    """
    name = definition(instrument).code
    if on > by.today:
        raise Refused("assessment.future", _("The day has not been yet. Mend the day."), field="on")
    found = score(name, answers, on=on)
    if not found.parts.keys() & found.answers.keys():
        raise Refused("assessment.empty", _("Answer at least one of the questions."))
    with working(patient_id, by=by, what=WHAT, right=Right.MEASURE, part=PART) as work:
        former = _former(work, name, corrects) if corrects else None
        alert = None
        if found.safety_flag:
            alert = raise_alert(work.episode, None, kind=AlertKind.SAFETY_ANSWER, severity=Colour.RED, by=by)
        kept = Assessment.objects.create(
            community_id=work.episode.community_id,
            tenant_id=former.tenant_id if former else work.episode.tenant_id,
            patient_id=patient_id,
            episode_id=former.episode_id if former else work.episode.pk,
            instrument=name,
            version=found.version,
            on=on,
            answers={part: _plain(given) for part, given in answers.items() if given is not None},
            total=found.total,
            band=found.band or "",
            alert=alert,
            corrects=former,
            by_id=by.account_id,
            by_name=by.name,
        )
    return kept, found


def _former(work: Work, instrument: str, number: int) -> Assessment:
    patient_id = work.episode.patient_id
    Patient.objects.select_for_update().get(pk=patient_id)  # what only grows cannot be locked
    former = Assessment.objects.filter(patient_id=patient_id, pk=number, instrument=instrument).first()
    if former is None:
        raise Refused("assessment.not_here", _("There is nothing here to correct."), forbidden=True)
    if Assessment.objects.filter(corrects=former).exists():
        raise Refused("assessment.corrected", _("This is corrected already. Correct the newest one."))
    return former


def _plain(given: object) -> object:
    """Numbers as they were written."""
    return given if isinstance(given, str | int) else str(given)
