"""Who a valid access token speaks for: a person through a client, or a client alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PERSON, MACHINE = "person", "machine"


@dataclass(frozen=True)
class Caller:
    """The one who calls. Numbers that name a person are kept out of `repr`, and so out of logs.

    `kind` is `person` or `machine`. `security_level` is 0 for a machine, else 2–4 (4 is «høyt»).
    `orgnr_parent` is the responsible organisation, `orgnr_child` the place of work, `orgnr_supplier` whose
    system it is; each nine digits or "". `key_thumbprint` is the DPoP key the token is bound to, "" when it
    is bound to none. Times are in seconds since 1970. `attests` are the attests the token carries,
    unread.
    """

    kind: str
    issuer: str
    client_id: str
    scopes: frozenset[str]
    token_id: str
    expires_at: float
    issued_at: float = 0
    key_thumbprint: str = ""
    security_level: int = 0
    assurance_level: str = ""
    orgnr_parent: str = ""
    orgnr_child: str = ""
    orgnr_supplier: str = ""
    subject: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    pid: str | None = field(default=None, repr=False)
    hpr_number: str | None = field(default=None, repr=False)
    attests: tuple[Mapping[str, object], ...] = field(default=(), repr=False)

    @property
    def is_person(self) -> bool:
        return self.kind == PERSON
