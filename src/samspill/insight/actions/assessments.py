"""A minimetodevurdering is begun, written part by part, moved on, opened to others; and undone again."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.analysis.appraisal import Part
from samspill.directory.public import Actor, AuditEvent, Community, Ref, put, record
from samspill.insight.actions.calculations import open_to_all
from samspill.insight.assessments.fields import runs_of
from samspill.insight.assessments.form import form_of, missing
from samspill.insight.models import Assessment, Calculation
from samspill.insight.permissions.assessments import check_may_assess
from samspill.insight.states.assessments import TRANSITIONS, WRITTEN_IN, AssessmentState
from samspill.insight.wording.assessments import in_words
from samspill.refusal import Refused

ASSESSMENT = "insight.assessment"
WRITE, MOVE, UNDO = "assessment.write", "assessment.move", "assessment.undo"
Answers = Mapping[str, Any]


def start_assessment(community: Community, title: str, *, by: Actor) -> Assessment:
    """A draft that holds nothing but what it is called."""
    check_may_assess(by, "assessments.write")
    named = title.strip()[:200]
    if not named:
        raise Refused("assessment.title", _("Write what it is about."), field="title")
    if Assessment.objects.filter(community=community, title__iexact=named).exists():
        raise Refused(
            "assessment.title",
            _("There is one called «%(title)s» already.") % {"title": named},
            field="title",
        )
    with transaction.atomic():
        made = Assessment.objects.create(
            community=community,
            title=named,
            content={Part.METHOD: {"name": named}},
            owner_id=by.account_id,
            made_by=by.name,
            changed_by=by.name,
        )
        _index(made)
        record(by=by, act="assessment.start", on=made)
    return made


def write_part(assessment: Assessment, part: Part, answers: Answers, *, seen: str, by: Actor) -> AuditEvent:
    """The answers of a part. `seen` is `mark_of` the answers that were there when the part was opened.

    Refuses a part that is not written in now, and answers that somebody else has changed meanwhile
    (`assessment.changed`).
    """
    with transaction.atomic():
        found = lock_assessment(assessment.pk)
        check_may_assess(by, "assessments.decide" if part is Part.DECISION else "assessments.write", found)
        check_written_now(found, part)
        before = found.content.get(part, {})
        if seen != mark_of(before):
            raise Refused(
                "assessment.changed",
                _(
                    "Somebody else has written in this part since you opened it. Your text stands here; save "
                    "once more if it is to replace theirs."
                ),
            )
        form_of({**found.content, part: answers})
        _write(found, {**found.content, part: dict(answers)}, by)
        return record(by=by, act=WRITE, on=found, part=part, before=before, after=dict(answers))


def move_assessment(assessment: Assessment, to: str, *, by: Actor) -> AuditEvent:
    """To a peer, to the decision, or back to be written. Refuses when something is missing first."""
    with transaction.atomic():
        found = lock_assessment(assessment.pk)
        wanted = AssessmentState(to) if to in AssessmentState.values else None
        if wanted is None or wanted not in TRANSITIONS[AssessmentState(found.state)]:
            raise Refused("assessment.state", _("It cannot go there from where it is."))
        decides = AssessmentState.FINISHED in (wanted, found.state)
        check_may_assess(by, "assessments.decide" if decides else "assessments.write", found)
        lacks = missing(found.content, found.state)
        if lacks and wanted != AssessmentState.DRAFT:
            raise Refused(
                "assessment.missing",
                _("Something is missing first: %(sentences)s")
                % {"sentences": " ".join(in_words(gap) for gap in lacks)},
            )
        before = found.state
        found.state, found.changed_by = wanted, by.name
        found.save(update_fields=["state", "changed_at", "changed_by"])
        return record(by=by, act=MOVE, on=found, before=before, after=str(wanted))


def open_assessment(assessment: Assessment, *, is_open: bool, by: Actor) -> Assessment:
    """Show it to everybody, or to its own helsefellesskap alone.

    The answers it points at are opened with it, and stay open, since others may point at them too.
    """
    with transaction.atomic():
        found = lock_assessment(assessment.pk)
        check_may_assess(by, "assessments.open", found)
        found.is_open = is_open
        found.save(update_fields=["is_open"])
        _index(found)
        _open_answers(found, by)
        record(by=by, act="assessment.open" if is_open else "assessment.close", on=found)
    return found


def take_over_assessment(assessment: Assessment, *, by: Actor) -> Assessment:
    """Whoever acts answers for it from now on. Nothing happens when they do already."""
    with transaction.atomic():
        found = lock_assessment(assessment.pk)
        check_may_assess(by, "assessments.write", found)
        if found.owner_id != by.account_id:
            record(by=by, act="assessment.take_over", on=found, before=found.owner_id)
            found.owner_id = by.account_id
            found.save(update_fields=["owner"])
    return found


def undo_assessment(assessment: Assessment, event_id: int, *, by: Actor) -> Assessment:
    """Take back a part that was written, or a step that was taken, when nothing has come after it there."""
    event = AuditEvent.objects.visible_to(by).filter(
        pk=event_id, act__in=(WRITE, MOVE), on_id=assessment.pk, community_id=by.community_id
    )
    done = event.first()
    if done is None:
        raise Refused("undo.unknown", _("There is nothing to undo here."))
    with transaction.atomic():
        found = lock_assessment(assessment.pk)
        check_may_assess(by, "assessments.write", found)
        part, before, after = done.details.get("part"), done.details["before"], done.details["after"]
        now = found.content.get(part, {}) if part else found.state
        if now != after or (part and part not in WRITTEN_IN[AssessmentState(found.state)]):
            raise Refused(
                "undo.changed", _("It has been changed again since, so it was not undone. See the history.")
            )
        if part:
            _write(found, {**found.content, part: before}, by)
        else:
            found.state, found.changed_by = before, by.name
            found.save(update_fields=["state", "changed_at", "changed_by"])
        record(by=by, act=UNDO, on=found, part=part or "", after=before)
    return found


def mark_of(answers: Answers) -> str:
    """What tells answers apart from those that somebody else has written."""
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check_written_now(assessment: Assessment, part: Part) -> None:
    """Refuses a part that its state keeps as it is (`assessment.closed`)."""
    state = AssessmentState(assessment.state)
    if part in WRITTEN_IN[state]:
        return
    sentence = {
        AssessmentState.DRAFT: _("This is written when a peer has it. Send it to a peer first."),
        AssessmentState.IN_REVIEW: _("A peer is reading it. Take it back to change this."),
        AssessmentState.FINISHED: _("It is decided. Take it up again to change this."),
    }[state]
    raise Refused("assessment.closed", sentence)


def lock_assessment(number: int) -> Assessment:
    found = Assessment.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise Refused("assessment.gone", _("It is not here any more. Go back to the list."))
    return found


def index_assessments(community_id: int) -> int:
    """Renew what the search box knows of a community's assessments."""
    found = list(Assessment.objects.filter(community_id=community_id).select_related("community"))
    for one in found:
        _index(one)
    return len(found)


def _write(assessment: Assessment, content: Mapping[str, Answers], by: Actor) -> None:
    assessment.content = dict(content)
    assessment.changed_by = by.name
    assessment.save(update_fields=["content", "changed_at", "changed_by"])
    _index(assessment)
    _open_answers(assessment, by)


def _open_answers(assessment: Assessment, by: Actor) -> None:
    """What everybody reads points at nothing that only some can see."""
    if assessment.is_open:
        keys = runs_of(assessment.content)
        for one in Calculation.objects.filter(community_id=assessment.community_id, key__in=keys):
            open_to_all(one, by=by)


def _index(assessment: Assessment) -> None:
    form = form_of(assessment.content)
    put(
        Ref(ASSESSMENT, assessment.pk),
        community_id=assessment.community_id,
        title=assessment.title,
        text="\n".join(text for text in (form.method.describes, form.question.population) if text),
        language=assessment.community.written_form,
        is_open=assessment.is_open,
    )
