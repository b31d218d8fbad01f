"""Find a patient: by the whole number, or by name among those one's teams follow. Both are logged.

A number that is nobody's, and one of somebody whom one may not see, get the same answer.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from samspill.care.actions.deciding import decide
from samspill.care.actions.opening import opening_list, write_listed, write_log
from samspill.care.actions.refused_looks import count_refused
from samspill.care.carrying import carrying
from samspill.care.models import CareTeam, FollowedRow
from samspill.care.queries.access_facts import asking
from samspill.care.queries.by_number import patient_by_number
from samspill.care.states import Act
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.national_number import NationalNumber, parse

WHAT = "care.find"
NOBODY = 0
"""Whom a search was about that found nobody, among the looks that were refused."""
MOST = 50
"""Names shown at once."""
NUMBER_SAID = {
    "number_not_text": _("Write the number with digits."),
    "number_not_digits": _("Write eleven digits in a row, or six, a space and five."),
    "number_length": _("The number must have eleven digits. Count them again."),
    "number_date": _("The first six digits must be a day that exists (ddmmyy). Compare with the document."),
    "number_check_digits": _("The last two digits do not fit the others. Compare with the document."),
    "number_synthetic": _("This number is of an invented person, and is not used here."),
    "number_real": _("This number can be a real person's. Use an invented person's number here."),
}


@dataclass(frozen=True)
class FoundName:
    patient: int
    name: str
    birth_year: int | None
    team: str


def read_number(text: str) -> NationalNumber:
    """`rulebook.national_number.parse`, refused in the words of the page, with the same codes."""
    try:
        return parse(text.strip())
    except Refused as refused:
        raise number_refused(refused) from refused


def number_refused(refused: Refused) -> Refused:
    return Refused(refused.code, NUMBER_SAID.get(refused.code, refused.sentence), field=refused.field)


def find_by_number(text: str, *, by: Actor) -> int | None:
    """The patient with the number, when `by` may see them; else None, whether there is one or not.

    Refuses what is no number (`number_…`).
    """
    patient = patient_by_number(read_number(text).digits)
    if patient is None:
        count_refused(NOBODY, "access.no_relation", by=by)
        return None
    try:
        decided = decide(patient, by=by)
    except Refused as refused:
        count_refused(patient, refused.code, by=by)
        return None
    with carrying(*(one.pk for one in decided)):
        write_log(decided, what=WHAT, act=Act.SEARCH)
    return patient


def find_by_name(text: str, *, by: Actor) -> list[FoundName]:
    """Those one's teams follow whose name has every word that is written; all of them for "". At most 50.

    Who was shown is in the log as seen on a list. Who has said no to the team is not among them.
    """
    found: dict[int, FoundName] = {}
    for team in teams_of(by):
        with opening_list(team, by=by) as decision:
            rows = FollowedRow.objects.filter(team=team)
            for word in text.split()[:5]:
                rows = rows.filter(name__icontains=word)
            shown = list(rows[:MOST])
            write_listed(decision, [one.patient_id for one in shown], what=WHAT)
        for one in shown:
            found.setdefault(one.patient_id, FoundName(one.patient_id, one.name, one.birth_year, team.name))
    return sorted(found.values(), key=lambda one: (one.name, one.patient))[:MOST]


def teams_of(by: Actor) -> list[CareTeam]:
    """The teams one works in today, by name."""
    held = {one.team_id: one.team for who in asking(by) for one in who.teams}
    return sorted(held.values(), key=lambda one: (one.name, one.pk))
