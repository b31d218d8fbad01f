"""Code sets of measures, and what may follow what. Stored values are stable codes; labels are for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeasureState(TextChoices):
    """How far a measure has come. «Late» and «unknown» are derived (`rules.status`), never stored."""

    PROPOSED = "proposed", _("Proposed")
    ADOPTED = "adopted", _("Adopted")
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    EVALUATED = "evaluated", _("Evaluated")
    IN_OPERATION = "in_operation", _("In ordinary operation")
    CARRIED_FORWARD = "carried_forward", _("Carried forward to a new plan")
    ENDED = "ended", _("Ended")


_BEGUN = {MeasureState.NOT_STARTED, MeasureState.IN_PROGRESS, MeasureState.COMPLETED, MeasureState.ENDED}

# Work often starts before the paper is signed, so a report moves a proposed measure on as well.
MEASURE_TRANSITIONS: dict[MeasureState, frozenset[MeasureState]] = {
    MeasureState.PROPOSED: frozenset(_BEGUN | {MeasureState.ADOPTED}),
    MeasureState.ADOPTED: frozenset(_BEGUN | {MeasureState.CARRIED_FORWARD}),
    MeasureState.NOT_STARTED: frozenset(_BEGUN - {MeasureState.NOT_STARTED} | {MeasureState.CARRIED_FORWARD}),
    MeasureState.IN_PROGRESS: frozenset(_BEGUN - {MeasureState.IN_PROGRESS} | {MeasureState.CARRIED_FORWARD}),
    MeasureState.COMPLETED: frozenset({MeasureState.IN_PROGRESS, MeasureState.EVALUATED}),
    MeasureState.EVALUATED: frozenset({MeasureState.IN_OPERATION}),
    MeasureState.IN_OPERATION: frozenset(),
    MeasureState.CARRIED_FORWARD: frozenset(),
    MeasureState.ENDED: frozenset(),
}

# A completed measure stays completed however old the report is.
DONE = frozenset({MeasureState.COMPLETED, MeasureState.EVALUATED, MeasureState.IN_OPERATION})
CLOSED = DONE | {MeasureState.CARRIED_FORWARD, MeasureState.ENDED}


class StatusWord(TextChoices):
    """What people say when they are asked how it goes."""

    NOT_STARTED = "not_started", pgettext_lazy("status", "Not started")
    ON_TRACK = "on_track", pgettext_lazy("status", "On track")
    LATE = "late", pgettext_lazy("status", "Late")
    DONE = "done", pgettext_lazy("status", "Done")


STATE_AFTER: dict[str, MeasureState] = {
    StatusWord.NOT_STARTED: MeasureState.NOT_STARTED,
    StatusWord.ON_TRACK: MeasureState.IN_PROGRESS,
    StatusWord.LATE: MeasureState.IN_PROGRESS,
    StatusWord.DONE: MeasureState.COMPLETED,
}


class ShownStatus(TextChoices):
    """What is shown of a measure, most urgent first. `glyph` is its shape (the design's state mark)."""

    LATE = "late", pgettext_lazy("status", "Late")
    ON_TRACK = "on_track", pgettext_lazy("status", "On track")
    DONE = "done", pgettext_lazy("status", "Done")
    NOT_STARTED = "not_started", pgettext_lazy("status", "Not started")
    UNKNOWN = "unknown", pgettext_lazy("status", "Unknown")

    @property
    def glyph(self) -> str:
        return {"on_track": "progress", "not_started": "none"}.get(self.value, self.value)


class Precision(TextChoices):
    """How exactly a deadline is written in the plan; the stored date is the last day it can mean."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    PERIOD = "period"
    ONGOING = "ongoing"


class Answers(TextChoices):
    """Accountable: the one who answers for the measure. Helper: takes part."""

    ACCOUNTABLE = "accountable"
    HELPER = "helper"


class Side(TextChoices):
    """When a plan names nobody in particular: «Felles», «kommunene». One row stands for the whole side."""

    ALL = "all", _("all parties")
    MUNICIPALITIES = "municipalities", _("all the municipalities")


class Basis(TextChoices):
    """Where a responsible comes from."""

    DOCUMENT = "document", _("written in the plan")
    INFERRED = "inferred", _("understood from the section")
    SET = "set", _("set here")


class Judgement(TextChoices):
    """What a person said of something the reader took for a measure; empty until somebody has looked."""

    ACCEPTED = "accepted", _("a measure")
    REJECTED = "rejected", _("not a measure")


class Hole(TextChoices):
    """What a measure may lack."""

    OWNER = "owner"
    DEADLINE = "deadline"
    INDICATOR = "indicator"
