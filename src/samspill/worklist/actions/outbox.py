"""Put something into somebody's next mail. Mail leaves in bundles (`mail`), never from here."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
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


@dataclass(frozen=True)
class Letter:
    """What one person is told; see `notify` for what its parts are.

    `leaves_from` is for what cannot wait for the working day: from then on it leaves, day and night.
    """

    to: Account
    key: str
    words: Callable[[], Words]
    path: str = ""
    asks: tuple[Ask, ...] = ()
    calendar: Callable[[Account], str] | None = None
    leaves_from: datetime | None = None


def notify(
    *, to: Iterable[Account], key: str, words: Callable[[], Words], by: Actor, path: str = "",
    asks: Iterable[Ask] = (), calendar: Callable[[Account], str] | None = None,
) -> int:  # fmt: skip
    """Tell each of `to` once; returns how many had not been told.

    `words` is called in each person's written form, so translate inside it. `key` names what is told:
    the same key for the same person makes no second notice. `path` is where more stands, without host.
    `calendar` makes the iCalendar message that goes with a person's mail.
    """
    offered = tuple(asks)
    return notify_each((Letter(one, key, words, path, offered, calendar) for one in to), by=by)


def notify_each(letters: Iterable[Letter], *, by: Actor) -> int:
    """Tell each what is theirs, all in one statement; returns how many had not been told."""
    assert by.community_id is not None  # noqa: S101  people are told from inside a community
    community = Community.objects.get(pk=by.community_id)
    notices = [_notice(one, community, by) for one in letters]
    here = Notice.objects.filter(community=community, key__in={one.key for one in notices})
    with transaction.atomic():
        before = here.count()
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        return here.count() - before


def _notice(letter: Letter, community: Community, by: Actor) -> Notice:
    with translation.override(letter.to.written_form or community.written_form):
        said = letter.words()
        event = letter.calendar(letter.to) if letter.calendar else ""
    return Notice(
        community=community,
        account=letter.to,
        key=letter.key,
        title=said.title[:300],
        text=said.text,
        path=letter.path,
        asks=[asdict(ask) for ask in letter.asks],
        calendar=event,
        made_by_id=by.account_id,
        leaves_from=letter.leaves_from,
    )


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
