"""How far a project has come, and how a party takes part in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectState(TextChoices):
    """A project is stopped for a reason, or it is completed; what it taught stands in its transfer value."""

    PLANNED = "planned", pgettext_lazy("project", "Planned")
    RUNNING = "running", pgettext_lazy("project", "Running")
    COMPLETED = "completed", pgettext_lazy("project", "Completed")
    STOPPED = "stopped", pgettext_lazy("project", "Stopped")


PROJECT_TRANSITIONS: dict[ProjectState, frozenset[ProjectState]] = {
    ProjectState.PLANNED: frozenset({ProjectState.RUNNING, ProjectState.STOPPED}),
    ProjectState.RUNNING: frozenset({ProjectState.COMPLETED, ProjectState.STOPPED}),
    ProjectState.COMPLETED: frozenset({ProjectState.RUNNING}),
    ProjectState.STOPPED: frozenset({ProjectState.RUNNING}),
}


class TakesPart(TextChoices):
    """How a party takes part: it leads, tries it out first, or takes part."""

    LEADS = "leads", _("leads the project")
    PILOTS = "pilots", _("tries it out first")
    PARTNER = "partner", _("takes part")
