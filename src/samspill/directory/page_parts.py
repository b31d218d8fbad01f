"""What apps put on pages that are not theirs: a line on top, a page to come home to, ways on."""

from collections.abc import Callable
from dataclasses import dataclass

from samspill.directory.actor import Actor
from samspill.directory.registries import Brief, Registry
from samspill.refusal import Refused

NoticeSource = Callable[[str, Actor], Brief | None]
"""(path of the page, who looks) -> a line on top of that page, or None. Asked when the page is printed."""


@dataclass(frozen=True)
class WayOn:
    """What somebody who was refused can do instead: a link in words, and its address."""

    label: str
    url: str


@dataclass(frozen=True)
class RefusalEar:
    """An app that hears of refusals on its pages.

    keep    (the refusal, the path, who asked): after all else in the request is undone, in a transaction of
            its own
    way_on  the same -> what else can be done, for the page that tells of the refusal; or None
    """

    keep: Callable[[Refused, str, Actor], None]
    way_on: Callable[[Refused, str, Actor], WayOn | None]


PAGE_NOTICES: Registry[NoticeSource] = Registry()
REFUSAL_EARS: Registry[RefusalEar] = Registry()
OWN_PAGES: Registry[str] = Registry()
"""Role -> the route of the page that is home to somebody who has that role and no other."""


def notices_on(path: str, actor: Actor) -> list[Brief]:
    found = (source(path, actor) for source in PAGE_NOTICES.all())
    return [one for one in found if one is not None]


def ways_on(refusal: Refused, path: str, actor: Actor) -> list[WayOn]:
    found = (ear.way_on(refusal, path, actor) for ear in REFUSAL_EARS.all())
    return [one for one in found if one is not None]


def own_page_of(actor: Actor) -> str:
    """The route of the page that is home to the actor; "" for who works here, and so has the start page."""
    role = next(iter(actor.roles)) if len(actor.roles) == 1 else ""
    return OWN_PAGES.get(role) or ""
