"""A log that shows when it was changed: lines are hashed, blocks of them hold on to the block before.

Plain values only: what the lines are, and where blocks are kept, is `actions.sealing`. A block tells of its
lines one by one, so that it can be said which was changed; and whoever changes blocks too must change every
later one, and the anchors that are kept elsewhere.

SHA-256 over JSON with sorted keys. What a line is hashed over is named by its version, so that a column more
in a table changes no line that is sealed. The hash of a block is keyed (HMAC, RFC 2104) with a key that is
not in the database: who has the database alone, and makes lines and blocks anew, cannot make them fit. Blocks
from before there was a key have none, and stand before those that do.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

VERSION = "1"
CHANGED, GONE, ADDED, BLOCK, LINK, ANCHOR = "changed", "gone", "added", "block", "link", "anchor"
UNKEYED = "unkeyed"
NO_KEY = b""


@dataclass(frozen=True)
class Sealed:
    """A block as it is kept. `lines` are "key:hash", in the order of their time; `former` is "" for the
    first, else the hash of the block before."""

    chain: str
    number: int
    since: datetime
    until: datetime
    lines: tuple[str, ...]
    former: str
    hash: str


@dataclass(frozen=True)
class Fault:
    """What does not hold: `kind` is one of the words above, `line` the key of a line, "" for a block."""

    kind: str
    chain: str
    number: int
    since: datetime
    line: str = ""


def line_of(key: str, values: Mapping[str, object]) -> str:
    """A line as a block keeps it: what it is called, and the hash of all it says."""
    return f"{key}:{_hash([VERSION, key, values])}"


def key_of(line: str) -> str:
    return line.rpartition(":")[0]


def block_hash(
    chain: str,
    number: int,
    since: datetime,
    until: datetime,
    lines: Sequence[str],
    former: str,
    key: bytes = NO_KEY,
) -> str:
    """Over everything a block says, and the block before; with `key`, only who has it can make it."""
    said = [VERSION, chain, number, since, until, list(lines), former]
    return hmac.new(key, _bytes(said), hashlib.sha256).hexdigest() if key else _hash(said)


def is_keyed(block: Sealed, keys: Sequence[bytes]) -> bool:
    """Whether one of the keys made its hash."""
    return any(hmac.compare_digest(_hash_of(block, key), block.hash) for key in keys)


def _hash_of(block: Sealed, key: bytes) -> str:
    return block_hash(block.chain, block.number, block.since, block.until, block.lines, block.former, key)


def _hash(said: object) -> str:
    return hashlib.sha256(_bytes(said)).hexdigest()


def _bytes(said: object) -> bytes:
    return json.dumps(
        said, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def _plain(value: object) -> str:
    """The same moment is written in the same way, whatever its zone; TypeError for what has no such way."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("A moment in the log has a zone.")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"{type(value).__name__} is not written in the log.")


def faults_within(
    block: Sealed, present: Sequence[str], *, keys: Sequence[bytes] = (), was_keyed: bool = False
) -> list[Fault]:
    """What differs between a block and the lines that are there now for its time, and in the block itself.

    `keys` are those that blocks were sealed with; `was_keyed` tells that the one before had a key.
    """
    found = {key_of(one): one for one in present}
    kept = {key_of(one): one for one in block.lines}
    faults = [_fault(CHANGED, block, key) for key in kept if key in found and found[key] != kept[key]]
    faults += [_fault(GONE, block, key) for key in kept if key not in found]
    faults += [_fault(ADDED, block, key) for key in found if key not in kept]
    if is_keyed(block, keys):
        return faults
    if _hash_of(block, NO_KEY) != block.hash:
        return [*faults, _fault(BLOCK, block)]
    return [*faults, _fault(UNKEYED, block)] if was_keyed else faults


def faults_between(blocks: Sequence[Sealed]) -> list[Fault]:
    """Where a block does not hold on to the one before: another hash, a number left out, a time left out."""
    faults = []
    for place, block in enumerate(blocks):
        former = blocks[place - 1] if place else None
        follows = (
            block.former == former.hash and block.number == former.number + 1 and block.since == former.until
            if former
            else block.former == "" and block.number == 1
        )
        if not follows:
            faults.append(_fault(LINK, block))
    return faults


def faults_of_anchors(blocks: Sequence[Sealed], anchors: Mapping[int, str]) -> list[Fault]:
    """Anchors by the number of their block: one that is another now, or is not there any more."""
    hashes = {block.number: block for block in blocks}
    return [
        Fault(ANCHOR, blocks[0].chain if blocks else "", number, _since(hashes.get(number), blocks))
        for number, kept in sorted(anchors.items())
        if number not in hashes or hashes[number].hash != kept
    ]


def _since(block: Sealed | None, blocks: Sequence[Sealed]) -> datetime:
    if block is not None:
        return block.since
    return blocks[-1].until if blocks else datetime.fromtimestamp(0, UTC)


def _fault(kind: str, block: Sealed, line: str = "") -> Fault:
    return Fault(kind, block.chain, block.number, block.since, line)
