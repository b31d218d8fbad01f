"""What others did in the community lately, in sentences; the same sentences tell a task's history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, AuditEvent, Ref, Resolved, acts_on
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


def acts_of_others(actor: Actor, news: Iterable[str]) -> QuerySet[AuditEvent]:
    """What other people did in the last week that is `news`, six at most."""
    since = timezone.make_aware(datetime.combine(actor.today - LOOK_BACK, datetime.min.time()))
    newest = (
        AuditEvent.objects.visible_to(actor)
        .filter(community_id=actor.community_id, act__in=news, at__gte=since, by__isnull=False)
        .exclude(by_id=actor.account_id)
    )
    return AuditEvent.objects.filter(pk__in=newest.values("pk")[:SHOWN])


def things_of(acts: Iterable[AuditEvent]) -> set[Ref]:
    """What was acted on."""
    return {_ref(act) for act in acts if act.on_id}


def news_of(acts: Iterable[AuditEvent], things: Mapping[Ref, Resolved], actor: Actor) -> list[News]:
    """Acts in sentences; `things` are those of `things_of` that can still be seen. No query."""
    return [
        News(
            sentence=_sentence(act),
            said_when=_when(timezone.localtime(act.at), actor.today),
            url=things[_ref(act)].url if act.on_id and _ref(act) in things else "",
        )
        for act in acts
        if act.act in ACTS
    ]


def history(task_id: int, actor: Actor) -> list[News]:
    """What was done to a task, newest first."""
    return news_of(acts_on(KIND, [task_id], actor), {}, actor)


def _ref(act: AuditEvent) -> Ref:
    return Ref(act.on_kind, act.on_id or 0)


def _sentence(act: AuditEvent) -> str:
    return str(ACTS[act.act].sentence) % {"who": act.by_name, "what": act.on_title}


def _when(at: datetime, today: date) -> str:
    if at.date() == today:
        return _("at %(hour)s") % {"hour": f"{at:%H.%M}"}
    return wording.moment(at.date(), today)
