"""What the analysis of beds refuses, in the reader's language. Its own sentences are for the command line."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.refusal import Refused

SENTENCES: Mapping[str, Promise] = {
    "mapping": gettext_lazy("How the file is understood cannot be read: %(what)s."),
    "unstable_queue": gettext_lazy(
        "Patients come faster than they leave, so the queue would grow without end. "
        "Give at least %(least)s beds, or fewer or shorter stays."
    ),
    "circular_blocking": gettext_lazy(
        "%(units)s go in a circle: patients could wait for each other's beds for ever. "
        "Let one of them take patients in the corridor when it is full."
    ),
    "circular_refusal": gettext_lazy(
        "%(units)s send patients they have no room for to each other in a circle. Break the circle in "
        "one place."
    ),
    "clock_twice": gettext_lazy(
        "Row %(row)s says %(time)s, an hour the clock showed twice that night when summer time ended. "
        "Say below which of them is meant."
    ),
    "clock_never": gettext_lazy(
        "Row %(row)s says %(time)s, an hour the clock left out that night when summer time began. "
        "Correct the time."
    ),
    "stay_backwards": gettext_lazy("Row %(row)s leaves before it comes. Correct one of the times."),
    "bad_value": gettext_lazy(
        "Row %(row)s is not understood. Times are written like 2026-11-20 08:15, and only «left» may be "
        "empty."
    ),
    "missing_column": gettext_lazy(
        "The file must have the columns «came» and «left» in its first row, and may have «group»."
    ),
    "unreadable_file": gettext_lazy(
        "The file is no table we can read. Save it as CSV with «came» and «left» in the first row."
    ),
    "no_stays": gettext_lazy("There are no stays in the file."),
    "history_too_short": gettext_lazy(
        "There are %(days)s days of stays before the moment, and at least %(least)s are needed. "
        "Take a longer period, or fill in the numbers instead."
    ),
    "observed_stays": gettext_lazy(
        "Nobody has left yet in one of the groups, so we do not know how long they stay. Take a longer "
        "period."
    ),
    "window_too_short": gettext_lazy("The file must hold at least one whole week."),
    "bad_model": gettext_lazy("The model cannot be read at «%(where)s». Compare it with the example."),
    "number_out_of_range": gettext_lazy("The number at «%(where)s» is outside what it can be. Correct it."),
    "unknown_unit": gettext_lazy(
        "Patients go to «%(unit)s», which is not among the units or has no length of stay. Add it, or "
        "mend the name."
    ),
    "duplicate_name": gettext_lazy("The name «%(name)s» stands twice. Give each its own."),
    "no_name": gettext_lazy("There must be at least one unit and one group, each with a name."),
    "shares": gettext_lazy("More than everybody leaves a unit: the shares onward sum to more than 1."),
    "too_many_results": gettext_lazy("So many days do not fit in memory. Take fewer."),
    "too_many_patients": gettext_lazy(
        "So many patients cannot be simulated here. Have fewer come, or fewer days."
    ),
}


def in_words(refused: Refused) -> str:
    """Its sentence in the reader's language; its own where none is written here, or its values lack."""
    sentence = SENTENCES.get(refused.code)
    values = {name: _listed(value) for name, value in refused.facts.items()}
    try:
        return str(sentence) % values if sentence is not None else refused.sentence
    except KeyError:
        return refused.sentence


def _listed(value: object) -> str:
    if not isinstance(value, list):
        return str(value).replace("T", " ") if value is not None else "–"
    head, last = value[:-1], value[-1]
    return _("%(head)s and %(last)s") % {"head": ", ".join(head), "last": last} if head else str(last)
