"""Seal the log, and hold it against its seals: by organisation, in blocks of what is committed for good.

Nobody who reads waits for it: a block is made afterwards, of the lines from before the oldest transaction
that is still open, so that no line comes into a time that is sealed. A line that is there all the same was
put there, and is told of.

The key of the blocks comes of the installation's secret, which is not in the database; the hash of each new
block goes to the log of the process too, which a server keeps elsewhere.
"""

import hashlib
import hmac
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from samspill.care.carrying import sealing
from samspill.care.log_chain import (
    Fault,
    Sealed,
    block_hash,
    faults_between,
    faults_of_anchors,
    faults_within,
    is_keyed,
    line_of,
)
from samspill.care.models import AccessDecision, AccessLogEntry, LogAnchor, LogBlock
from samspill.care.states import Basis
from samspill.directory.public import Actor, Party

_log = logging.getLogger("samspill.log")
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
MARGIN = timedelta(seconds=10)
BLOCK_LINES = 5_000
"""Lines in a block at most, so that verifying needs little memory."""
DECISION_SAYS = (
    "id", "community_id", "by_id", "by_name", "patient_id", "team_id", "purpose", "basis", "episode_id",
    "agreement_id", "relative_id", "tenants", "is_chosen", "reason_code", "reason", "flags", "hidden_parts",
    "hidden_fields", "at", "expires_at",
)  # fmt: skip
LINE_SAYS = (
    "id", "community_id", "decision_id", "by_id", "by_name", "team_name", "tenant_name", "patient_id",
    "patients", "act", "what", "tenants", "worked_for_id", "purpose", "basis", "is_chosen", "reason_code",
    "flags", "at",
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What was held against its seals: lines in blocks, and what does not hold."""

    chain: str
    blocks: int
    lines: int
    faults: list[Fault]
    unkeyed: int = 0


def sealing_keys() -> list[bytes]:
    """The key that new blocks are sealed with, and then those of secrets that were used before."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [hmac.new(one.encode(), b"samspill care log", hashlib.sha256).digest() for one in secrets]


def horizon() -> datetime:
    """Before this moment no line can come any more: every transaction that is open began after it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(now(), (SELECT min(xact_start) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()))"
        )
        oldest: datetime = cursor.fetchone()[0]
    return oldest - MARGIN


def seal(*, by: Actor, until: datetime, most: int = BLOCK_LINES) -> int:
    """Blocks of about `most` lines for every organisation with new lines before `until`; how many. For
    Samspill itself."""
    with transaction.atomic(), sealing():
        _one_at_a_time(by)
        return sum(_seal_chain(tenant, by, until, most) for tenant in chains(by))


def chains(by: Actor) -> list[int | None]:
    """The organisations of the community, also those that left, and None for what Samspill did itself."""
    parties = Party.objects.filter(community_id=by.community_id or 0).order_by("pk")
    return [*parties.values_list("pk", flat=True), None]


def _one_at_a_time(by: Actor) -> None:
    """Two that seal at once would both make the next block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('care_log'), %s)", [by.community_id or 0])


def _seal_chain(tenant: int | None, by: Actor, until: datetime, most: int) -> int:
    last = (
        LogBlock.objects.filter(community_id=by.community_id or 0, tenant_id=tenant)
        .order_by("-number")
        .first()
    )
    since = last.until if last else BEGINNING
    made = 0
    while since < until and (upto := _end(tenant, since, until, most)):
        lines = _lines(tenant, since, upto)
        kept = [line for _at, line in lines]
        number, former = (last.number + 1, last.hash) if last else (1, "")
        last = LogBlock.objects.create(
            community_id=by.community_id or 0,
            tenant_id=tenant,
            number=number,
            since=since,
            until=upto,
            lines=kept,
            former=former,
            hash=block_hash(name_of(tenant), number, since, upto, kept, former, sealing_keys()[0]),
        )
        _told_elsewhere(last)
        since, made = upto, made + 1
    return made


def _told_elsewhere(block: LogBlock) -> None:
    """As `samspill log verify --anchors` reads it: it names no person."""
    day = timezone.localtime(block.until).date().isoformat()
    _log.info("%s %s %s %s", day, name_of(block.tenant_id), block.number, block.hash)


def _end(tenant: int | None, since: datetime, until: datetime, most: int) -> datetime | None:
    """Where a block of about `most` lines ends: between two moments, so that none is in two blocks. None
    when there is no line."""
    everything = (AccessDecision.objects.all(), AccessLogEntry.objects.all())
    moments = [_in_time(every, tenant, since, until).values_list("at", flat=True) for every in everything]
    if not any(found.exists() for found in moments):
        return None
    filled = [at for found in moments for at in found[most : most + 1]]
    later = [at for found in moments for at in found.filter(at__gt=min(filled))[:1]] if filled else []
    return min(later, default=until)


def _lines(tenant: int | None, since: datetime, until: datetime) -> list[tuple[datetime, str]]:
    """Decisions and lines of the chain in the time, first first; those on duty are a chain of their own."""
    kinds = (
        ("d", AccessDecision.objects.all(), DECISION_SAYS),
        ("l", AccessLogEntry.objects.all(), LINE_SAYS),
    )
    found = [
        (one["at"], line_of(f"{kind}{one['id']}", one))
        for kind, every, says in kinds
        for one in _rows(every, says, tenant, since, until)
    ]
    return sorted(found, key=lambda one: (one[0], len(one[1]), one[1]))


def _rows(
    every: QuerySet[Any], says: Sequence[str], tenant: int | None, since: datetime, until: datetime
) -> Iterator[dict[str, Any]]:
    return _in_time(every, tenant, since, until).values(*says).iterator(chunk_size=2_000)


def _in_time(every: QuerySet[Any], tenant: int | None, since: datetime, until: datetime) -> QuerySet[Any]:
    """Rows of the chain in the time, first first."""
    whose = Q(basis=Basis.DUTY) if tenant is None else Q(tenants__contains=[tenant]) & ~Q(basis=Basis.DUTY)
    return every.filter(whose, at__gte=since, at__lt=until).order_by("at", "pk")


def name_of(tenant: int | None) -> str:
    """What a chain is called in its hashes: never the name, which can change."""
    return "duty" if tenant is None else f"party:{tenant}"


def anchor(day: date, *, by: Actor) -> int:
    """For each chain the last block that was sealed by the end of the day; how many. Twice is once."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))
    made = 0
    with transaction.atomic():
        _one_at_a_time(by)
        for tenant in chains(by):
            rows = LogBlock.objects.filter(
                community_id=by.community_id or 0, tenant_id=tenant, until__lte=end
            )
            last = rows.order_by("-number").first()
            whose = {"community_id": by.community_id or 0, "tenant_id": tenant, "day": day}
            if last and not LogAnchor.objects.filter(**whose).exists():
                LogAnchor.objects.create(**whose, number=last.number, hash=last.hash)
                made += 1
    return made


def verify(*, by: Actor, kept: Sequence[tuple[str, int, str]] = ()) -> list[Checked]:
    """Every chain held against its blocks, its anchors, and those `kept` elsewhere (chain, number, hash)."""
    with transaction.atomic(), sealing():
        return [_check(tenant, by, kept) for tenant in chains(by)]


def _check(tenant: int | None, by: Actor, kept: Sequence[tuple[str, int, str]]) -> Checked:
    here = {"community_id": by.community_id or 0, "tenant_id": tenant}
    blocks: list[Sealed] = []
    faults: list[Fault] = []
    count, unkeyed, keys = 0, 0, sealing_keys()
    for row in LogBlock.objects.filter(**here).order_by("number").iterator(chunk_size=50):
        block = _sealed(row, tenant)
        present = [line for _at, line in _lines(tenant, block.since, block.until)]
        faults += faults_within(block, present, keys=keys, was_keyed=len(blocks) > unkeyed)
        unkeyed += not is_keyed(block, keys)
        count += len(block.lines)
        blocks.append(
            Sealed(block.chain, block.number, block.since, block.until, (), block.former, block.hash)
        )
    faults += faults_between(blocks)
    ours = dict(LogAnchor.objects.filter(**here).values_list("number", "hash"))
    theirs = {number: said for chain, number, said in kept if chain == name_of(tenant)}
    for anchors in (ours, theirs):
        faults += faults_of_anchors(blocks, anchors)
    return Checked(name_of(tenant), len(blocks), count, faults, unkeyed)


def _sealed(row: LogBlock, tenant: int | None) -> Sealed:
    return Sealed(name_of(tenant), row.number, row.since, row.until, tuple(row.lines), row.former, row.hash)


def anchors_since(day: date, *, by: Actor) -> list[tuple[date, str, int, str]]:
    """Day, chain, number of the block, hash: to be printed, and kept where nobody here can change it."""
    rows = LogAnchor.objects.filter(community_id=by.community_id or 0, day__gte=day).order_by(
        "day", "tenant_id"
    )
    return [(one.day, name_of(one.tenant_id), one.number, one.hash) for one in rows]
