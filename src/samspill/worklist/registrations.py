"""What the worklist offers the rest of the house: tasks as things, the pillar, mail acts, acts in words."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import ERASURES, INDEXERS, PILLARS, THINGS, Erasure, Pillar, ThingKind
from samspill.worklist import jobs, jobs_erasing, jobs_words, link_acts
from samspill.worklist.actions.tasks import index_community
from samspill.worklist.models import Notice
from samspill.worklist.queries.tasks import KIND, resolve_tasks
from samspill.worklist.registries import ACTS, LINK_ACTS, Told

JOBS = (
    jobs.send_due_mail,
    jobs.send_at_once,
    jobs.remind,
    jobs.sweep_stalled,
    jobs_erasing.erase,
    jobs_words.renew_words,
)
"""Named here so that starting the app is enough for a worker to know its timetable."""

TOLD = {
    "task.add": Told(_("%(who)s added «%(what)s»."), is_news=False),
    "task.finish": Told(_("%(who)s finished «%(what)s».")),
    "task.drop": Told(_("%(who)s dropped «%(what)s».")),
    "task.snooze": Told(_("%(who)s put off «%(what)s»."), is_news=False),
    "task.hand_over": Told(_("%(who)s handed over «%(what)s»."), is_news=False),
    "task.undo": Told(_("%(who)s took back the last change to «%(what)s»."), is_news=False),
    "task.chase": Told(_("%(who)s asked for an answer to «%(what)s»."), is_news=False),
    "party.add": Told(_("%(who)s added %(what)s to the parties.")),
    "body.add": Told(_("%(who)s added the body %(what)s.")),
    "retention.erase": Told(_("%(who)s erased personal data whose time was up."), is_news=False),
}
NOTICE = Erasure(
    "worklist.notice",
    Notice,
    ("text", "calendar", "asks"),
    _("What mails from Samspill said to you, with invitations"),
    _("%(period)s after the mail"),
)


def register() -> None:
    THINGS.register(KIND, ThingKind(KIND, _("Task"), resolve_tasks))
    INDEXERS.register("worklist", index_community)
    PILLARS.register(
        "worklist", Pillar(_("Tasks"), "web:start", order=10, prefixes=("/", "/oppgaver/"), is_open=False)
    )
    LINK_ACTS["worklist.finish"] = link_acts.FINISH
    LINK_ACTS["worklist.snooze"] = link_acts.SNOOZE
    ACTS.update(TOLD)
    ERASURES.register(NOTICE.key, NOTICE)
