"""Which parts of the world have been made, written in the audit log: what is made once is never made again.

So a second load leaves what people have changed, finished or taken away since.
"""

from collections.abc import Callable

from django.db import connection, transaction

from samspill.directory.public import Actor, AuditEvent, Community, record, scope

ACT = "demo.make"
# Any number that no other lock of ours uses: two starts at once make one world.
_LOCK = 2_026_001


def made(community: Community, by: Actor) -> dict[str, int]:
    """Parts that are made, with the seed they were made from. `community` keeps the marks."""
    with transaction.atomic(), scope(by):
        marks = AuditEvent.objects.visible_to(by).filter(community=community, act=ACT)
        return {mark["part"]: mark["seed"] for mark in marks.values_list("details", flat=True)}


def once(part: str, make: Callable[[], None], *, community: Community, by: Actor, seed: int) -> None:
    """Make a part and mark it, in one transaction; nothing happens when another start made it meanwhile."""
    with transaction.atomic(), scope(by):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if part in made(community, by):
            return
        make()
        record(by=by, act=ACT, on=community, part=part, seed=seed)
