"""What a project may be, and what may follow what in its life."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from samspill.plans.states import PROJECT_TRANSITIONS, ProjectState
from samspill.refusal import Refused


def check_project(name: str, starts: date | None, ends: date | None, *, is_taken: bool) -> None:
    if not name.strip():
        raise Refused("project.name", _("The project has no name. Write what people call it."), field="name")
    if is_taken:
        raise Refused(
            "project.twice",
            _("There is a project called that already. Open it, or choose another name."),
            field="name",
        )
    if starts and ends and ends < starts:
        raise Refused(
            "project.days", _("The project ends before it begins. Correct one of the days."), field="ends"
        )


def check_parties(leads: int | None, pilots: set[int], partners: set[int], register: set[int]) -> None:
    """Every party is of this helsefellesskap, and takes part in one way."""
    named = {*pilots, *partners} | ({leads} if leads else set())
    if named - register:
        raise Refused("project.who", _("Choose parties of this helsefellesskap from the list."), field="lead")
    if (leads in pilots | partners) or pilots & partners:
        raise Refused(
            "project.one_way",
            _("A party takes part in one way only: it leads, tries it out first, or takes part."),
            field="partners",
        )


def check_project_step(before: str, after: str, because: str) -> None:
    """Refuses what `PROJECT_TRANSITIONS` does not allow, and stopping without a reason."""
    if (
        after not in ProjectState.values
        or ProjectState(after) not in PROJECT_TRANSITIONS[ProjectState(before)]
    ):
        raise Refused(
            "project.state",
            _("A project that is «%(before)s» cannot become that. Look at it again.")
            % {"before": ProjectState(before).label},
        )
    if after == ProjectState.STOPPED and not because.strip():
        raise Refused(
            "project.reason",
            _("Say why the project is stopped: what it taught is of use to others."),
            field="because",
        )
