"""The door of the demonstration: `load` makes the world that `samspill demo` opens.

Østfold with its bodies, its people, tasks, a plan that revised a former one and is carried out, money given
together, and patients they follow; Troms og Ofoten, where a plan can be read in; Møre og Romsdal in nynorsk;
Vestfold next door.
Everything goes through the same actions people use.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from samspill.demo.asking import ask
from samspill.demo.assessing import assess
from samspill.demo.caring import follow
from samspill.demo.carrying import carry_out
from samspill.demo.cast import Cast, cast
from samspill.demo.extent import WHOLE, Extent
from samspill.demo.funding import fund
from samspill.demo.hearing import hear
from samspill.demo.marks import made, once
from samspill.demo.measuring import measure
from samspill.demo.meeting_year import meet
from samspill.demo.planning import make_plan
from samspill.demo.revising import revise
from samspill.demo.seating import has_seating, seat
from samspill.demo.settling import settle
from samspill.demo.stage import Stage
from samspill.demo.taking import take
from samspill.demo.trying import try_out
from samspill.demo.world import NAMES, World, read_worlds
from samspill.directory.demo_accounts import DemoAccount, keep
from samspill.directory.public import Community, machine, scope, sync_register
from samspill.insight.public import sync_indicators, use_embedded

__all__ = ["Demonstration", "Extent", "load"]

FIGURES = "figures"
HOME = NAMES[0]
"""The community that keeps the marks of what has been made."""

Progress = Callable[[str], None]


class Part(NamedTuple):
    """Something of a world that is made at one go. `of` is empty for a world without it."""

    name: str
    line: str
    of: Callable[[World], object]
    make: Callable[[Stage], None]

    def mark(self, world: World) -> str:
        """What the log says once the part is made."""
        return f"{self.name}:{world.community}"


PARTS = (
    Part("people", "Inventing people in {name} …", lambda world: world.people, settle),
    Part("seats", "Filling the seats of {name} …", has_seating, seat),
    Part("plan", "Reading the plan of {name} …", lambda world: world.plan, make_plan),
    Part("year", "Holding meetings in {name} …", lambda world: world.year.meetings, meet),
    Part("hearing", "Answering a hearing in {name} …", lambda world: world.hearing.title, hear),
    Part("tasks", "Handing out tasks in {name} …", lambda world: world.tasks, ask),
    Part("former", "Revising the former plan of {name} …", lambda world: world.carrying.former, revise),
    Part("funds", "Giving joint money in {name} …", lambda world: world.funds.scheme, fund),
    Part("weighed", "Weighing new ways in {name} …", lambda world: world.assessments, assess),
    Part("carried", "Carrying out the plan of {name} …", lambda world: world.carrying.measures, carry_out),
    Part("patients", "Following patients in {name} …", lambda world: world.care.patients, follow),
    Part("scenarios", "Trying what may come in {name} …", lambda world: world.scenarios, try_out),
)
# What needs that the other communities are there.
BETWEEN = (
    Part("taken", "Taking measures of others in use in {name} …", lambda world: world.carrying.taken, take),
)


@dataclass(frozen=True)
class Demonstration:
    """`accounts` is everybody one can sign in as, the secretariat of Østfold first."""

    accounts: list[DemoAccount]


def load(
    *, seed: int, progress: Progress, today: date | None = None, extent: Extent = WHOLE
) -> Demonstration:
    """Make what is not made yet, each part in its own transaction; a second load changes nothing.

    The same `seed` on the same `today` (now when left out) always makes the same world. A world that is there
    keeps its own seed. `progress` is told in a line what is being made; `extent` is what the figures rest on.
    """
    today = today or timezone.localdate()
    home = _follow_release(today, progress)
    by = machine(home.pk, today)
    there = made(home, by)
    if there and seed not in there.values():
        seed = next(iter(there.values()))
        progress(f"The world made from seed {seed} is here already, and stays.")
    worlds = read_worlds()
    players = cast(worlds, seed)
    for parts, world in product((PARTS, BETWEEN), worlds):
        missing = [part for part in parts if part.of(world) and part.mark(world) not in there]
        if missing:
            community = Community.objects.get(slug=world.community)
            stage = Stage(world, community, players, seed, today, extent)
            for part in missing:
                progress(part.line.format(name=community.name))
                make = partial(_inside, stage, part)
                once(part.mark(world), make, community=home, by=by, seed=seed)
    if FIGURES not in there:
        progress("Counting what has been done, of invented registers …")
        once(FIGURES, partial(measure, seed=seed, by=by, extent=extent), community=home, by=by, seed=seed)
    accounts = listed(players)
    keep(accounts)
    return Demonstration(accounts)


def _inside(stage: Stage, part: Part) -> None:
    with scope(stage.machine):
        part.make(stage)


def _follow_release(today: date, progress: Progress) -> Community:
    """The register, the definitions and the figures that come with this release. Returns HOME."""
    home = Community.objects.filter(slug=HOME).first()
    if home is None:
        progress("Reading the register of municipalities …")
        sync_register(today=today)
        home = Community.objects.get(slug=HOME)
    sync_indicators()
    by = machine(home.pk, today)
    with transaction.atomic(), scope(by):
        use_embedded(by=by, progress=progress)
    return home


def listed(players: Cast) -> list[DemoAccount]:
    """The accounts of the sign-in page, in the order of the worlds."""
    return [
        DemoAccount(name=one.name, email=one.email, password=one.password, role=one.account)
        for one in players.values()
        if one.password
    ]
