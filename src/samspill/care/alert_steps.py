"""The steps a person can take with an alert: what each is called, what it asks for, and when it can be taken.

A table and plain values. Not here: what a step does (`actions.alerting`), and the pages (`views.alerts`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.care.states import ALERT_MOVES, AlertAct

NOTE, MAY_NOTE, TEAM, MESSAGE = "note", "may_note", "team", "message"
"""What a step asks for: words one must write, words one may write, another team, a message to the patient."""


@dataclass(frozen=True)
class Step:
    """`slug` is its address and `key` what presses it; `undo` the slug of the step that takes it back.

    `of_offered` is for the team it is offered to; `owned` tells whether it takes an owner (None: whichever).
    """

    act: AlertAct
    slug: str
    key: str
    label: Promise
    done: Promise
    asks: tuple[str, ...] = ()
    undo: str = ""
    of_offered: bool = False
    owned: bool | None = None

    def can(self, at: "Standing", mine: Collection[int]) -> bool:
        """Whether somebody in the teams `mine` can take it now."""
        team = at.offered_to if self.of_offered else at.team
        if team not in mine or at.state not in ALERT_MOVES[self.act][0]:
            return False
        if self.act == AlertAct.PROPOSED and at.offered_to is not None:
            return False
        return self.owned is None or self.owned == (at.owner is not None)


@dataclass(frozen=True)
class Standing:
    """Where an alert stands: its team, its owner's account, the team it is offered to, its state."""

    team: int
    owner: int | None
    offered_to: int | None
    state: str


STEPS: Sequence[Step] = (
    Step(
        AlertAct.ACCEPTED, "godta", "T", _("Take over"), _("Your team answers for it now."), of_offered=True
    ),
    Step(
        AlertAct.DECLINED, "avsla", "O", _("Say no"), _("The team that offered it still answers for it."),
        (NOTE,), of_offered=True,
    ),
    Step(
        AlertAct.TAKEN, "ta", "T", _("Take the alert"), _("You have it now."), undo="slipp", owned=False
    ),
    Step(
        AlertAct.PROPOSED, "overlat", "O", pgettext_lazy("an alert", "Hand over"),
        _("It is offered. Your team answers for it until they take over."), (TEAM, NOTE),
    ),
    Step(
        AlertAct.ACKNOWLEDGED, "kvitter", "Q", _("Acknowledge"), _("It is acknowledged."), (MAY_NOTE, MESSAGE)
    ),
    Step(AlertAct.ACTED, "gjort", "G", _("Write what was done"), _("It is written down."), (NOTE,)),
    Step(AlertAct.CLOSED, "lukk", "L", _("Close the alert"), _("The alert is closed."), (NOTE,)),
    Step(
        AlertAct.RELEASED, "slipp", "S", _("Let it go"), _("Nobody has it now. The team answers for it."),
        undo="ta", owned=True,
    ),
)  # fmt: skip
BY_SLUG = {one.slug: one for one in STEPS}


def possible(at: Standing, mine: Collection[int]) -> list[Step]:
    """What somebody in the teams `mine` can do now, in the order of the table."""
    return [one for one in STEPS if one.can(at, mine)]
