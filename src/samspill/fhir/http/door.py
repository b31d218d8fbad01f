"""The token door in Django: a request becomes a `Call`, or is refused and, where it can be, kept in the log.

Three come in: a registered system with a token of ours, bound to its key; a person with a token of an issuer
we trust; and a person who is signed in to Samspill, who may read what the pages show. A token for another
organisation than the one the system is registered for is refused, and kept.
"""

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from samspill.care.public import MachineClient, StoredIds, as_actor, find_client
from samspill.directory.public import Account, Actor, acting_as, machine, record, scope
from samspill.directory.trust.public import Asked as AtTheDoor
from samspill.directory.trust.public import (
    Caller,
    Scope,
    admit,
    challenge,
    granted,
    is_allowed,
    parse_scopes,
)
from samspill.fhir.http.keys import nonces, other_issuers, own_issuer
from samspill.fhir.http.negotiating import language_of
from samspill.fhir.http.pace import Pace
from samspill.fhir.http.reply import Call
from samspill.refusal import Refused, Sentence

PATH = "/fhir"
READS = frozenset({"read", "vread", "search-type", "history-instance"})
_PACE = Pace()


def base() -> str:
    """The address of the FHIR face, as clients see it."""
    return f"{settings.ORIGIN}{PATH}"


def call_of(request: HttpRequest) -> Call:
    """Who calls. Refused as by `trust.door.admit`, and `token.client`, `token.tenant` and `fhir.rate`."""
    acting: Actor = request.actor  # type: ignore[attr-defined]
    if "Authorization" not in request.headers and acting.is_known and request.method in ("GET", "HEAD"):
        return _call(request, acting, lambda _type, interaction: interaction in READS)
    caller = _admitted(request)
    return _person(request, caller) if caller.is_person else _system(request, caller)


def _admitted(request: HttpRequest) -> Caller:
    now = timezone.now().timestamp()
    asked = AtTheDoor(
        method=request.method or "",
        url=f"{settings.ORIGIN}{request.path}",
        authorization=request.headers.get("Authorization", ""),
        proof=request.headers.get("DPoP", ""),
    )
    return admit(
        asked,
        issuers=(own_issuer(settings.SECRET_KEY, base()), *other_issuers(settings.FHIR_ISSUERS)),
        now=now,
        used=StoredIds(),
        accepts_nonce=lambda nonce: nonces(settings.SECRET_KEY).accepts(nonce, now),
    )


def _system(request: HttpRequest, caller: Caller) -> Call:
    client = find_client(caller.client_id)
    if client is None or not client.holds_on(request.actor.today):  # type: ignore[attr-defined]
        raise Refused("token.client", Sentence("The system is not registered here. Ask the helsefellesskap."))
    actor = as_actor(client, request.actor.today)  # type: ignore[attr-defined]
    _check_tenant(client, caller, actor)
    wait = _PACE.seconds_to_wait(client.client_id, client.per_minute, timezone.now().timestamp())
    if wait:
        raise Refused(
            "fhir.rate",
            Sentence("Too many requests in a minute. Wait %(wait)s seconds.", wait=wait),
            facts={"wait": wait},
        )
    held = _scopes(caller, client)
    return _call(
        request, actor, lambda kind, interaction: is_allowed(held, kind, interaction) == (), client.client_id
    )


def _scopes(caller: Caller, client: MachineClient) -> tuple[Scope, ...]:
    """What the token says, within what the client has now. An issuer without SMART's scopes says nothing."""
    mine = parse_scopes(" ".join(client.scopes))
    said = [one for one in caller.scopes if one.startswith("system/")]
    return granted(parse_scopes(" ".join(said)), mine) if said else mine


def _check_tenant(client: MachineClient, caller: Caller, actor: Actor) -> None:
    """The organisation in the token must be the one the system works for: an issuer may say any."""
    theirs = caller.orgnr_parent or caller.orgnr_child
    if (
        theirs
        and client.tenant.orgnr
        and client.tenant.orgnr not in (caller.orgnr_parent, caller.orgnr_child)
    ):
        refused = Refused(
            "token.tenant",
            Sentence("The token is for another organisation than the one this system is registered for."),
            forbidden=True,
        )
        keep_refusal(refused, client)
        raise refused


def keep_refusal(refused: Refused, client: MachineClient) -> None:
    """In the log of the community, by code: no word of what was sent, which may name somebody."""
    actor = machine(client.community_id, timezone.localdate())
    with scope(actor):
        record(by=actor, act="fhir.refused", on=client, code=refused.code)


def _person(request: HttpRequest, caller: Caller) -> Call:
    """A person whose account has the identity in the token; what they may see, their account may."""
    today = request.actor.today  # type: ignore[attr-defined]
    account = Account.objects.filter(issuer=caller.issuer, subject=caller.subject, is_active=True).first()
    if account is None:
        raise Refused("token.person", Sentence("Nobody here has this identity. Ask for an account first."))
    said = [one for one in caller.scopes if "/" in one and one.partition("/")[0] in ("user", "patient")]
    held = parse_scopes(" ".join(sorted(said))) if said else ()
    actor = replace(acting_as(account, today=today), level=caller.security_level)
    return _call(request, actor, lambda kind, interaction: is_allowed(held, kind, interaction) == ())


def _call(request: HttpRequest, actor: Actor, allows: Callable[[str, str], bool], system: str = "") -> Call:
    language = language_of(request.headers.get("Accept-Language", ""))
    return Call(actor, base(), language, timezone.now(), allows, system)


def headers_of_refusal(refused: Refused, status: int) -> dict[str, str]:
    """What a client needs to do better next time: the challenge, or how long to wait."""
    if status == 429:
        return {"Retry-After": str(refused.facts.get("wait", 60))}
    if status == 405:
        return {"Allow": str(refused.facts.get("allow", "GET, HEAD, POST"))}
    if status == 401 or refused.code in ("token.scope", "token.level", "token.tenant"):
        return {"WWW-Authenticate": challenge(refused)}
    return {}


def fresh_nonce() -> str:
    return nonces(settings.SECRET_KEY).at(timezone.now().timestamp())
