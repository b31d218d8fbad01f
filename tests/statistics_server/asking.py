"""A source of ours that asks the server, with a clock that stands and chance that is the same every time."""

import random

from factories.clocks import Clock
from samspill.insight.connectors import Bucket, Patience, Source, Wire, open_source
from statistics_server.server import StatisticsServer


def wire(clock: Clock, **patience: float) -> Wire:
    hurried = Patience(**{"timeout_seconds": 5, **patience})  # type: ignore[arg-type]
    bucket = Bucket(clock=clock, sleep=clock.sleep)
    return Wire(bucket, hurried, sleep=clock.sleep, clock=clock, rng=random.Random(1))


def source(server: StatisticsServer, clock: Clock, name: str = "ssb", **patience: float) -> Source:
    address = {"ssb": server.v2, "ssb-v1": server.v1, "fhi": server.fhi}[name]
    return open_source(name, wire(clock, **patience), address=address)
