"""Put something into somebody's next mail. Mail leaves in bundles (`mail`), never from here."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.directory.public import Account, Actor, Community
from samspill.worklist import wording
from samspill.worklist.models import Notice, Task
from samspill.worklist.queries.tasks import events_of, people_behind
from samspill.worklist.registries import Ask
from samspill.worklist.rules import next_workday
from samspill.worklist.states import NoticeState


@dataclass(frozen=True)
class Words:
    """A paragraph of a mail: its headline and a sentence or two."""

    title: str
    text: str = ""


def notify(
    *, to: Iterable[Account], key: str, words: Callable[[], Words], by: Actor, path: str = "",
    asks: Iterable[Ask] = (), calendar: Callable[[Account], str] | None = None,
) -> int:  # fmt: skip
    """Tell each of `to` once; returns how many had not been told.

    `words` is called in each person's written form, so translate inside it. `key` names what is told:
    the same key for the same person makes no second notice. `path` is where more stands, without host.
    `calendar` makes the iCalendar message that goes with a person's mail.
    """
    assert by.community_id is not None  # noqa: S101  people are told from inside a community
    community = Community.objects.get(pk=by.community_id)
    offered = [asdict(ask) for ask in asks]
    notices = []
    for account in to:
        with translation.override(account.written_form or community.written_form):
            said = words()
            event = calendar(account) if calendar else ""
        notices.append(
            Notice(
                community=community,
                account=account,
                key=key,
                title=said.title[:300],
                text=said.text,
                path=path,
                asks=offered,
                calendar=event,
                made_by_id=by.account_id,
            )
        )
    with transaction.atomic():
        before = Notice.objects.filter(community=community, key=key).count()
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        return Notice.objects.filter(community=community, key=key).count() - before


class TakenBack(NamedTuple):
    """How many notices never left, and how many had gone out before."""

    unsent: int
    sent: int


def take_back(keys: Iterable[str], *, by: Actor) -> TakenBack:
    """What waits in the outbox under these keys is not sent. What is sent stays sent."""
    said = Notice.objects.filter(community_id=by.community_id or 0, key__in=list(keys))
    sent = said.filter(state=NoticeState.SENT).count()
    return TakenBack(said.filter(state=NoticeState.WAITING).delete()[0], sent)


def task_asks(task_id: int, today: date) -> tuple[Ask, ...]:
    """What a mail about a task offers: it is done, or put it off a week."""
    until = next_workday(today + timedelta(days=6))
    return (
        Ask("worklist.finish", task_id),
        Ask("worklist.snooze", task_id, {"until": until.isoformat()}),
    )


def tell_holders(task: Task, *, by: Actor) -> None:
    """The people a task now waits for are told, except the one who gave it."""
    others = [account for account in people_behind(task, by.today) if account.pk != by.account_id]

    def words() -> Words:
        return Words(
            task.title,
            wording.sentence(
                _("New from %(name)s") % {"name": by.name},
                wording.dated_deadline(task.due, by.today),
                task.text,
            ),
        )

    notify(
        to=others,
        key=f"task.new:{task.pk}:{events_of(task).count()}",
        words=words,
        by=by,
        path=task.get_absolute_url(),
        asks=task_asks(task.pk, by.today),
    )
