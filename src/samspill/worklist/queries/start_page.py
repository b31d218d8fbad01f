"""The start page of a person: what waits, and what others did, read together."""

from dataclasses import dataclass

from samspill.directory.public import Actor, resolve
from samspill.worklist.queries.agenda import Agenda, agenda_of
from samspill.worklist.queries.at_once import tasks_and_news
from samspill.worklist.queries.news import News, news_of, things_of
from samspill.worklist.queries.tasks import ref_of


@dataclass(frozen=True)
class StartPage:
    agenda: Agenda
    news: list[News]


def start_page(actor: Actor) -> StartPage:
    """Queries: 2, one per kind of thing pointed at, and those of sources that tell from more than facts."""
    tasks, acts = tasks_and_news(actor)
    about = {ref for task in tasks.awake if (ref := ref_of(task))}
    things = resolve(about | things_of(acts), actor)
    return StartPage(agenda_of(tasks, things, actor), news_of(acts, things, actor))
