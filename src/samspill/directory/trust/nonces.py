"""Nonces for DPoP that nobody needs to store: a keyed hash of the five minutes they are given out in.

Source: RFC 9449 §8–9. A nonce proves that the proof was made lately; `dpop.UsedIds` that it is used once.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from samspill.refusal import Refused, Sentence

PERIOD_SECONDS = 300
SHORTEST_SECRET = 32  # bytes


@dataclass(frozen=True)
class Nonces:
    """`secret` is the installation's own, the same in all its processes. `period` is in seconds."""

    secret: bytes = field(repr=False)
    period: int = PERIOD_SECONDS

    def __post_init__(self) -> None:
        if len(self.secret) < SHORTEST_SECRET:
            raise Refused(
                "dpop.settings",
                Sentence(
                    "The secret of nonces must have %(shortest_secret)s bytes or more.",
                    shortest_secret=SHORTEST_SECRET,
                ),
            )

    def at(self, now: float) -> str:
        """The nonce to give out now."""
        return self._made(int(now // self.period))

    def accepts(self, nonce: str, now: float) -> bool:
        """Whether it was given out in this period or the one before."""
        current = int(now // self.period)
        return any(
            hmac.compare_digest(nonce.encode(), self._made(one).encode()) for one in (current, current - 1)
        )

    def _made(self, number: int) -> str:
        made = hmac.new(self.secret, f"dpop-nonce {self.period} {number}".encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(made.digest()).rstrip(b"=").decode()
