"""What governance offers the house: bodies."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import BODY_PAGES, TASK_SOURCES
from samspill.governance.actions.rounds import remind_of_rounds
from samspill.governance.queries.body_tasks import body_dues
from samspill.governance.queries.open_addresses import path_of_body
from samspill.worklist.public import ACTS, REMINDERS, Told

TOLD = {
    "tenure.appoint": Told(_("%(who)s put %(what)s into a seat.")),
    "tenure.end": Told(_("%(who)s set the last day of %(what)s in a seat.")),
    "mandate.set": Told(_("%(who)s gave a new mandate: %(what)s.")),
    "rule.set": Told(_("%(who)s changed how a body is put together: %(what)s.")),
    "body.import": Told(_("%(who)s brought in a body from a file: %(what)s.")),
    "body.end": Told(_("%(who)s set the last day of %(what)s.")),
    "round.begin": Told(_("%(who)s asked for names: %(what)s.")),
    "round.close": Told(_("%(who)s put in those who were named: %(what)s.")),
}


def register() -> None:
    TASK_SOURCES.register("governance.bodies", body_dues)
    BODY_PAGES.register("governance", path_of_body)
    ACTS.update(TOLD)
    REMINDERS["governance.rounds"] = remind_of_rounds
