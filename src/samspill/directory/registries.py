"""Registries that apps fill when they start, so that siblings can meet without knowing each other.

A *thing* is anything with a kind and a number that can be pointed at: "plans.measure" 12. Its app tells how
it is shown (`Thing`), what text the search box knows of it, which kinds of links it takes, and which tasks
follow from its state.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db import models
from django.utils.functional import Promise

from samspill.directory.actor import Actor
from samspill.directory.platform_counts import PlatformCounting

Text = str | Promise


@dataclass(frozen=True)
class Ref:
    """A thing by kind and number; `str(ref)` is its stable id, "plans.measure:12"."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Resolved:
    """How a thing looks from outside.

    `state` is a short text for people, "" when it has none; `words` are other words it is known by.
    """

    title: str
    url: str
    state: str = ""
    words: str = ""


@dataclass(frozen=True)
class ThingKind:
    """`resolve(ids, actor)` answers for the ids that exist and may be seen; a missing id is left out.

    What `is_for_all` belongs to no community: its search entries, always open, stand with the first one.
    `offered(actor)` are all one may choose among, of a kind that has few enough to be listed.
    """

    kind: str
    label: Text
    resolve: Callable[[Iterable[int], Actor], Mapping[int, Resolved]]
    is_for_all: bool = False
    offered: Callable[[Actor], Mapping[int, Resolved]] | None = None


@dataclass(frozen=True)
class LinkKind:
    """A way two things can be joined: a measure is `measured_by` an indicator."""

    kind: str
    label: Text
    reverse_label: Text
    from_kinds: frozenset[str]
    to_kinds: frozenset[str]


@dataclass(frozen=True)
class Due:
    """Something that waits for somebody, as an app derives it from the state of its things.

    `act_label` is what the button says and `url` where it leads. `weight` orders within a day, low first.
    """

    key: str
    title: str
    text: str
    url: str
    act_label: str
    due: date | None = None
    weight: int = 50


TaskSource = Callable[[Actor], Iterable[Due]]
"""Who looks -> what waits for them. One that only needs rows is a `FactSource`: it is read with others."""


@dataclass(frozen=True)
class Pillar:
    """A part of the house in the main navigation. `order` as in the header; `prefixes` are its paths.

    `is_open` shows it to visitors too; with `roles`, only who holds one of them where they act sees it.
    """

    label: Text
    route: str
    order: int
    prefixes: tuple[str, ...]
    is_open: bool = True
    roles: frozenset[str] = frozenset()

    def is_for(self, actor: Actor) -> bool:
        if self.roles:
            return actor.has_role(*self.roles)
        return self.is_open or actor.is_known


@dataclass(frozen=True)
class Brief:
    """A box one app puts on another's page: `template` rendered with `context`."""

    template: str
    context: Mapping[str, object]


BriefSource = Callable[[str, int, Actor], Brief | None]
"""(kind of thing, its community's id, who looks) -> a brief for that thing's page, or None."""


ThingBriefSource = Callable[[Ref, Actor], Brief | None]
"""(a thing the actor may see, who looks) -> a brief about that very thing, or None."""


@dataclass(frozen=True)
class Stated:
    """What a document says by itself about how many people there will be, to stand beside our own figure.

    Persons aged `low`..`high` (both included; 105 is 105 and older) on 1 January `year`.
    """

    low: int
    high: int
    year: int
    persons: int
    title: str
    url: str


StatedSource = Callable[[int, Actor], Iterable[Stated]]
"""(community id, who looks) -> what that community's documents say."""


@dataclass(frozen=True)
class Figure:
    """A figure and the table behind it: the same on a page, in a download and in a document.

    key      names it within its source, in addresses
    spec     Vega-Lite, or {"wide": …, "narrow": …}
    rows     cells as values: numbers are written as the reader's language writes them
    source   data set, with its date
    method   how it was made, in a sentence or two: for a picture that is taken away from its page
    """

    key: str
    title: str
    spec: Mapping[str, object]
    head: Sequence[Text]
    rows: Sequence[Sequence[str | int | float | None]]
    source: Text
    method: Text = ""


FigureSource = Callable[[str, Actor], Figure | None]
"""(key, who looks) -> the figure, or None when there is no such figure to see."""


@dataclass(frozen=True)
class Said:
    """How it goes with one thing, told to the things it is joined to.

    word      "not_started", "on_track", "late" or "done"
    sentence  what was said, "" when nothing was
    about     the thing it was said about, in words
    """

    word: str
    sentence: str
    about: str


StatusTaker = Callable[[int, Said, Actor], bool]
"""(number of a thing, what was said of another that it is joined to, who said it) -> whether it was taken.

Called in the transaction of the one who said it, in its scope. A thing that takes no more says False.
"""


@dataclass(frozen=True)
class Binding:
    """What binds one party in one part of the house: for the party's page, and for a case to its council.

    brief    the rows on the page, with what is done in each
    heading  what the part is called; `summary` says how it stands, in one sentence
    head, rows  the same as a table, cells as they are to be read
    late, waiting  titles of what is past its deadline, and of what waits for word from the party
    """

    brief: Brief
    heading: Text
    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    late: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


BindingSource = Callable[[int, Actor, str], Binding | None]
"""(number of the party, who looks, where its page is) -> what binds it, None when nothing does.

In the language that is active.
"""


@dataclass(frozen=True)
class QuestionFound:
    """A question of a set, in the asker's words and with the asker's number; `line` counts from 1."""

    number: str
    text: str
    line: int


QuestionReader = Callable[[bytes, str], Sequence[QuestionFound]]
"""(the bytes of a document, its name) -> the questions in it, in order.

Reads in a process of its own; a document that cannot be read is Refused in the reader's language.
"""


@dataclass(frozen=True)
class Erasure:
    """Personal data beyond name and role that goes when its period is over (`register/retention.yaml`).

    columns  what is blanked in the rows of `model`, and in their history
    label    what it is, to somebody it is about; `until` when it goes, with %(period)s
    erase    (who acts) -> how many rows, for a table without history; None: the function `erase_<table>` of
             the database, made by `erasable` in a migration, which holds the day the period counts from
    """

    key: str
    model: type[models.Model]
    columns: tuple[str, ...]
    label: Text
    until: Text
    erase: Callable[[Actor], int] | None = None


@dataclass(frozen=True)
class PaperPlace:
    """Somewhere a document that was made here can be put; `label` says what it is, and when it is treated."""

    ref: Ref
    label: str


@dataclass(frozen=True)
class NewPaper:
    """A document that was made: its title for people, its file's name and bytes."""

    title: str
    name: str
    content: bytes


@dataclass(frozen=True)
class PaperTaker:
    """An app whose things take documents.

    places   who looks -> where that actor may put one, what comes first first
    take     (the place, documents, who acts) -> the address of the place; Refused where it may not be put.
             All of the documents, or none
    """

    places: Callable[[Actor], Sequence[PaperPlace]]
    take: Callable[[Ref, Sequence[NewPaper], Actor], str]


@dataclass(frozen=True)
class CaseAsked:
    """A case that a thing asks for, as the form that reports it is filled in; `papers` are made when sent."""

    title: str
    asks: str
    concerns: str
    papers: Callable[[], Sequence[NewPaper]]


@dataclass(frozen=True)
class Adopting:
    """A decision, told to the thing it adopts: made on a day by a body, in words."""

    decision: Ref
    on: date
    body: str


@dataclass(frozen=True)
class Adoptable:
    """Things of one kind that a decision adopts: a plan.

    ask      (number, who asks) -> the case about its adoption; Refused where one may not ask
    waiting  (who looks, a day) -> titles, by number, of those that actor may mark as adopted on that day
    adopt    (number, the decision, who acts): the thing is adopted, and joined to the decision; Refused
             while something stands in the way, which is shown at `address(number)`
    """

    kind: str
    ask: Callable[[int, Actor], CaseAsked]
    waiting: Callable[[Actor, date], Mapping[int, str]]
    adopt: Callable[[int, Adopting, Actor], None]
    address: Callable[[int], str]


T = TypeVar("T")


class Registry(Generic[T]):
    """Entries by key. Registering a key twice is an error: two apps would answer for one thing."""

    def __init__(self) -> None:
        self._entries: dict[str, T] = {}

    def register(self, key: str, entry: T) -> None:
        if key in self._entries and self._entries[key] != entry:
            raise ValueError(f"«{key}» is registered twice.")
        self._entries[key] = entry

    def __getitem__(self, key: str) -> T:
        return self._entries[key]

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def get(self, key: str) -> T | None:
        return self._entries.get(key)

    def all(self) -> tuple[T, ...]:
        return tuple(self._entries.values())


THINGS: Registry[ThingKind] = Registry()
BODY_PAGES: Registry[Callable[[int], str]] = Registry()
"""The address of a body's own page, from the app above that has one; it offers at most one."""
LINK_KINDS: Registry[LinkKind] = Registry()
TASK_SOURCES: Registry[TaskSource] = Registry()
PILLARS: Registry[Pillar] = Registry()
BRIEFS: Registry[BriefSource] = Registry()
THING_BRIEFS: Registry[ThingBriefSource] = Registry()
STATED: Registry[StatedSource] = Registry()
FIGURES: Registry[FigureSource] = Registry()
STATUS_TAKERS: Registry[StatusTaker] = (
    Registry()
)  # kind of thing -> takes what is said of what it is joined to
BINDINGS: Registry[BindingSource] = Registry()
PAPER_TAKERS: Registry[PaperTaker] = Registry()  # kind of thing -> the app whose thing it is
QUESTION_READERS: Registry[QuestionReader] = Registry()
ADOPTABLES: Registry[Adoptable] = Registry()  # kind of thing -> the app whose thing a decision adopts
CASE_FORMS: Registry[Callable[[Ref], str]] = Registry()
"""The form that reports a case about a thing, from the app that has cases; it offers at most one."""
ERASURES: Registry[Erasure] = Registry()
PLATFORM_COUNTS: Registry[PlatformCounting] = Registry()
"""What the parts of the house count of their own, by municipality. What no municipality answers for is left
out; a municipality with nothing is told with 0."""
INDEXERS: Registry[Callable[[int], int]] = Registry()  # community id -> entries written


def briefs_for(kind: str, community_id: int, actor: Actor) -> list[Brief]:
    """Every brief that apps offer for the page of a thing of `kind` in a community."""
    found = (source(kind, community_id, actor) for source in BRIEFS.all())
    return [brief for brief in found if brief is not None]


def briefs_about(ref: Ref, actor: Actor) -> list[Brief]:
    """Every brief that apps offer about one thing."""
    found = (source(ref, actor) for source in THING_BRIEFS.all())
    return [brief for brief in found if brief is not None]


def bindings_of(party_id: int, actor: Actor, here: str) -> list[Binding]:
    """What binds a party in every part of the house; `here` is the address of its page."""
    found = (source(party_id, actor, here) for source in BINDINGS.all())
    return [binding for binding in found if binding is not None]


def page_of_body(body_id: int) -> str:
    """The address of a body's own page; "" while no app has one."""
    return next((page(body_id) for page in BODY_PAGES.all()), "")


def case_form_for(ref: Ref) -> str:
    """The address where a case about a thing is reported; "" while no app has cases."""
    return next((form(ref) for form in CASE_FORMS.all()), "")
