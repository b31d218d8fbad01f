"""Register another system, know it again by its name, and remember the ids it may use once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.care.models import CareTeam, MachineClient, TeamMembership, UsedId
from samspill.care.states import TeamFunction
from samspill.directory.public import Account, Actor, Party, call, check_may, from_row, keep_row, record
from samspill.directory.trust.public import Scope, key_set, parse_scopes, public_key
from samspill.refusal import Refused

# A system that proves its key is known as surely as a person at level 4.
LEVEL_OF_A_KEY = 4
MANAGE = "directory.manage_people"


@dataclass(frozen=True)
class NewClient:
    """What is asked when a system is let in: `keys` is its JWKS, `scopes` SMART's, with spaces between."""

    client_id: str
    name: str
    keys: Mapping[str, Any]
    scopes: str
    per_minute: int = 6000


def register_client(new: NewClient, *, team: CareTeam, by: Actor) -> MachineClient:
    """Let a system act for a team: it gets an account without a password, and is a member from today.

    Refused: `client.keys`, `client.exists`, `smart.scope`, and to who may not let people in.
    """
    check_may(by, MANAGE)
    scopes = [str(_plain(one)) for one in parse_scopes(new.scopes)]
    _check_keys(new.keys)
    with transaction.atomic():
        if find_client(new.client_id) is not None:
            raise Refused("client.exists", _("A system of this name is registered. Choose another name."))
        account = _account(new)
        TeamMembership.objects.create(
            community_id=team.community_id,
            team=team,
            account=account,
            function=TeamFunction.COORDINATOR,
            from_day=by.today,
        )
        client = MachineClient.objects.create(
            community_id=team.community_id,
            client_id=new.client_id,
            name=new.name,
            tenant_id=team.tenant_id,
            team=team,
            account=account,
            keys=dict(new.keys),
            scopes=scopes,
            per_minute=new.per_minute,
            from_day=by.today,
        )
        record(by=by, act="client.register", on=client, scopes=scopes)
    return client


def _plain(scope: Scope) -> Scope:
    """What a system may ask for is by kind of resource; who it may ask about follows from its team."""
    if scope.context != "system" or scope.query:
        raise Refused(
            "smart.scope", _("A system has scopes such as system/Observation.crs, without a query.")
        )
    return scope


def _check_keys(keys: Mapping[str, Any]) -> None:
    """At least one, public, with an id, and no id twice."""
    entries = keys.get("keys")
    for entry in entries if isinstance(entries, list) else []:
        public_key(entry, area="client")
        key_set(keys, area="client")(str(entry.get("kid", "")))
    if not entries or not isinstance(entries, list):
        raise Refused("client.keys", _("Give the public keys of the system as a JWKS with one key or more."))


def _account(new: NewClient) -> Account:
    """The address is nobody's: no mail goes to a system."""
    name = hashlib.sha256(new.client_id.encode()).hexdigest()[:32]
    account = Account(email=f"{name}@system.invalid", name=new.name)
    account.set_unusable_password()
    account.save()
    return account


def end_client(client: MachineClient, *, by: Actor) -> None:
    """From now the system is nobody here; what it did stays."""
    check_may(by, MANAGE)
    with transaction.atomic():
        client.to_day = max(by.today, client.from_day + timedelta(days=1))
        client.keys, client.scopes = {}, []
        client.save(update_fields=["to_day", "keys", "scopes"])
        held = TeamMembership.objects.filter(team=client.team_id, account=client.account_id)
        held.filter(to_day__isnull=True).update(to_day=client.to_day)
        record(by=by, act="client.end", on=client)


def find_client(client_id: str) -> MachineClient | None:
    """By its whole name, in whichever community it is. 1 query."""
    said = call("care_client_named", client_id)
    return said and from_row(MachineClient, said, tenant=from_row(Party, said["tenant"]))


def as_actor(client: MachineClient, day: date) -> Actor:
    """The system as the one who acts: a member of its team."""
    return Actor(
        today=day,
        account_id=client.account_id,
        name=client.name,
        community_id=client.community_id,
        party_ids=frozenset({client.tenant_id}),
        level=LEVEL_OF_A_KEY,
    )


class StoredIds:
    """`trust.dpop.UsedIds` in the database: of two that come at once, to whichever process, one is told."""

    def seen_before(self, token_id: str, until: float) -> bool:
        key = hashlib.sha256(token_id.encode()).hexdigest()
        used = UsedId(key=key, until=datetime.fromtimestamp(until, UTC))
        return not keep_row(used, or_nothing=True)


def forget_used_ids(*, now: datetime) -> int:
    """Ids too old to be used again are forgotten; how many."""
    return UsedId.objects.filter(until__lt=now).delete()[0]
