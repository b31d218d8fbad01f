"""«Sak til kommunestyret»: what binds a party, what is late, and what it is asked, ready to be sent on.

Plain values in the language that is active; `report.paper` puts them on paper. Not here: names of
those who have told; a case is read by everybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.directory.public import Binding, Party
from samspill.plans.queries.my_municipality import Bound
from samspill.plans.report.shapes import Part, Report, Table
from samspill.plans.rules.dates import short_day
from samspill.plans.states import IN_PLACE, ShownCarrying
from samspill.plans.wording import measures_in_words, name_in_full, plan_in_words
from samspill.plans.wording_carrying import mine_heading


@dataclass(frozen=True)
class Receiver:
    """Who shall treat the case: `title` of the document, and what the last part is called."""

    title: str
    proposal: str


def receivers(party: Party) -> dict[str, Receiver]:
    """By the word in the address. The hospital has no municipal council; its board is told the same."""
    board = (
        Receiver(_("Case for the municipal council"), _("Proposal for a decision"))
        if party.municipality_code
        else Receiver(_("Case for the board"), _("Proposal for a decision"))
    )
    leaders = Receiver(_("Case for the leaders' meeting"), _("Proposal for a conclusion"))
    return {"styret": board, "ledermotet": leaders}


def case_of(
    party: Party,
    found: Sequence[Bound],
    to: Receiver,
    *,
    language: str,
    today: date,
    bindings: Sequence[Binding] = (),
) -> Report:
    """The case as a report: what it is about, what binds us, what is late, what we are asked, a proposal.

    `bindings` are what other parts of the house bind the party to: a part each, before what is late.
    """
    late = [one for one in found if one.standing.shown == ShownCarrying.LATE]
    waiting = [one for one in found if one.standing.waits and one not in late]
    parts = [
        Part("sak", _("What the case is about"), tuple(_background(party, found))),
        Part("binder", _("What binds us"), tables=(_table(_("What binds us"), found),) if found else ()),
        *(_bound_elsewhere(one) for one in bindings),
        Part(
            "forsinket",
            _("What is late"),
            tuple(_late_elsewhere(bindings, late)),
            (_table(_("What is late"), late),) if late else (),
        ),
        Part("spurt", _("What we are asked"), tuple(_asked(late, waiting, found, bindings))),
        Part("forslag", to.proposal, tuple(_proposal(party, late, waiting, bindings))),
    ]
    about = _("what the plans of the helsefellesskap ask of us")
    day = dateformat.format(today, pgettext("date format", "j F Y"))
    return Report(
        title=f"{to.title}: {about}",
        heading=mine_heading(party, found),
        facts=(str(party.name), party.community.full_name, day),
        parts=tuple(parts),
        language=language,
    )


def _bound_elsewhere(one: Binding) -> Part:
    heading = str(one.heading)
    return Part("binding", heading, (one.summary,), (Table(heading, one.head, one.rows),))


def _late_elsewhere(bindings: Sequence[Binding], late: Sequence[Bound]) -> Iterable[str]:
    titles = [title for one in bindings for title in one.late]
    if not titles and not late:
        yield _("Nothing is past its deadline.")
    for title in titles:
        yield f"«{title}»."


def _background(party: Party, found: Sequence[Bound]) -> Iterable[str]:
    plans = {one.carried.measure.plan_id: one.carried.measure.plan for one in found}
    names = "; ".join(plan_in_words(plan) for plan in plans.values())
    yield _(
        "%(party)s is a party of %(community)s. The parties have promised each other to carry out what "
        "their plans say."
    ) % {"party": party.name, "community": party.community.full_name}
    if names:
        done = sum(one.standing.state in IN_PLACE for one in found)
        text = ngettext(
            "%(measures)s binds us, from: %(plans)s.", "%(measures)s bind us, from: %(plans)s.", len(found)
        )
        yield capfirst(text % {"measures": measures_in_words(len(found)), "plans": names})
        yield _("We have introduced %(done)s of them.") % {"done": done}


def _table(caption: str, found: Sequence[Bound]) -> Table:
    head = (_("Measure"), _("Responsible"), _("Deadline"), _("With us"), _("In a sentence"))
    rows = tuple(
        (
            one.carried.measure.name,
            name_in_full(one.carried.row.accountable) if one.carried.row.accountable else "",
            short_day(one.carried.measure.deadline) if one.carried.measure.deadline else "",
            one.standing.words,
            one.standing.told.note if one.standing.told else "",
        )
        for one in found
    )
    return Table(caption, head, rows)


def _asked(
    late: Sequence[Bound], waiting: Sequence[Bound], found: Sequence[Bound], bindings: Sequence[Binding]
) -> Iterable[str]:
    late_titles = [one.carried.measure.name for one in late]
    late_titles += [title for one in bindings for title in one.late]
    waiting_titles = [one.carried.measure.name for one in waiting]
    waiting_titles += [title for one in bindings for title in one.waiting]
    for title in late_titles:
        yield _("Decide when «%(measure)s» will be in place with us, and who sees to it.") % {
            "measure": title
        }
    for title in waiting_titles:
        yield _("Say how far we have come with «%(measure)s».") % {"measure": title}
    ours = [one for one in found if one.answers and not one.is_settled]
    for one in ours:
        yield _("We answer for «%(measure)s» on behalf of all: make sure that it has time and people.") % {
            "measure": one.carried.measure.name
        }
    if not (late_titles or waiting_titles or ours):
        yield _("Nothing now. The case is for information.")


def _proposal(
    party: Party, late: Sequence[Bound], waiting: Sequence[Bound], bindings: Sequence[Binding]
) -> Iterable[str]:
    yield _("1. The overview of what the plans ask of %(party)s is taken note of.") % {"party": party.name}
    number = 2
    if late or any(one.late for one in bindings):
        yield _(
            "%(number)s. A new day and a person in charge are set for each of the measures that are late."
        ) % {"number": number}
        number += 1
    if waiting or any(one.waiting for one in bindings):
        yield _("%(number)s. The helsefellesskap is told within two weeks how far we have come.") % {
            "number": number
        }
