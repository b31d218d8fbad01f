"""What others did in the community lately, in sentences; the same sentences tell a task's history."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, AuditEvent, Ref, acts_on, resolve
from samspill.worklist import wording
from samspill.worklist.queries.tasks import KIND
from samspill.worklist.registries import ACTS

SHOWN = 6
LOOK_BACK = timedelta(days=7)


@dataclass(frozen=True)
class News:
    """One thing that happened. `url` leads to it, "" when it cannot be seen any more."""

    sentence: str
    said_when: str
    url: str


def news(actor: Actor) -> list[News]:
    """Acts of other people in the last week, newest first, six at most. 1 query + 1 per kind."""
    if actor.community_id is None:
        return []
    since = timezone.make_aware(datetime.combine(actor.today - LOOK_BACK, datetime.min.time()))
    news_codes = [code for code, told in ACTS.items() if told.is_news]
    acts = (
        AuditEvent.objects.visible_to(actor)
        .filter(community_id=actor.community_id, act__in=news_codes, at__gte=since, by__isnull=False)
        .exclude(by_id=actor.account_id)[:SHOWN]
    )
    return _told(list(acts), actor)


def history(task_id: int, actor: Actor) -> list[News]:
    """What was done to a task, newest first."""
    return _told(list(acts_on(KIND, [task_id], actor)), actor, linked=False)


def _told(acts: list[AuditEvent], actor: Actor, *, linked: bool = True) -> list[News]:
    refs = {_ref(act) for act in acts if act.on_id} if linked else set()
    things = resolve(refs, actor)
    return [
        News(
            sentence=_sentence(act),
            said_when=_when(timezone.localtime(act.at), actor.today),
            url=things[_ref(act)].url if act.on_id and _ref(act) in things else "",
        )
        for act in acts
        if act.act in ACTS
    ]


def _ref(act: AuditEvent) -> Ref:
    return Ref(act.on_kind, act.on_id or 0)


def _sentence(act: AuditEvent) -> str:
    return str(ACTS[act.act].sentence) % {"who": act.by_name, "what": act.on_title}


def _when(at: datetime, today: date) -> str:
    if at.date() == today:
        return _("at %(hour)s") % {"hour": f"{at:%H.%M}"}
    return wording.moment(at.date(), today)
