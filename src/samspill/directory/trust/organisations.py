"""Which organisations a HelseID token speaks for: plain claims, and `helseid_authorization` for clients that
serve several.

Sources: HelseID, «Organisasjonsnumre» and «Profil for tillitsrammeverk» (utviklerportal.nhn.no);
github.com/NorskHelsenett/HelseID.Samples and HelseID.Library; RFC 9396 (authorization_details).
"""

import re
from collections.abc import Mapping
from typing import Any

from samspill.directory.oidc.identity import ORGNR_CHILD, ORGNR_PARENT
from samspill.refusal import Refused, Sentence

PARENT, CHILD, SUPPLIER = "orgnr_parent", "orgnr_child", "orgnr_supplier"
CLAIMS = {
    PARENT: ORGNR_PARENT[0],
    CHILD: ORGNR_CHILD[0],
    SUPPLIER: "helseid://claims/client/claims/orgnr_supplier",
}
AUTHORIZATION = "helseid_authorization"
TRUST_FRAMEWORK = "nhn:tillitsrammeverk:parameters"
DIGITS = re.compile(r"[0-9]{9}")
# How an organisation is written, by the system of its identifier. A client for one organisation names the
# place of work; a client for several names the responsible organisation, and may name the place of work.
WRITTEN = {
    "urn:oid:1.0.6523": re.compile(r"NO:ORGNR:(?P<orgnr_parent>[0-9]{9})(?::(?P<orgnr_child>[0-9]{9})?)?"),
    "urn:oid:2.16.578.1.12.4.1.4.101": re.compile(r"(?P<orgnr_child>[0-9]{9})"),
}


def organisations_of(claims: Mapping[str, Any]) -> dict[str, str]:
    """`orgnr_parent`, `orgnr_child` and `orgnr_supplier` -> nine digits, or "".

    Refused (`token.organisation`): a number that is none, and two that contradict each other.
    """
    found = {name: _digits(claims.get(claim, "")) for name, claim in CLAIMS.items()}
    for name, number in _authorized(details_of(claims)).items():
        if found[name] not in ("", number):
            raise _wrong(Sentence("The token names two different organisations for one thing."))
        found[name] = number
    return found


def attests_of(claims: Mapping[str, Any]) -> tuple[Mapping[str, object], ...]:
    """The attests a token carries: as a claim of their own, or among its `authorization_details`."""
    said = claims.get(TRUST_FRAMEWORK, [])
    own = said if isinstance(said, list) else [said]
    among = [one for one in details_of(claims) if one.get("type") == TRUST_FRAMEWORK]
    return tuple(one for one in (*own, *among) if isinstance(one, Mapping))


def details_of(claims: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The `authorization_details` of a token; a single one may stand without its list."""
    said = claims.get("authorization_details", [])
    details = said if isinstance(said, list) else [said]
    if not all(isinstance(one, Mapping) for one in details):
        raise _wrong(Sentence("authorization_details must be a list of objects."))
    return details


def _authorized(details: list[Mapping[str, Any]]) -> dict[str, str]:
    chosen = [one for one in details if one.get("type") == AUTHORIZATION]
    if len(chosen) > 1:
        raise _wrong(Sentence("The token has %(authorization)s more than once.", authorization=AUTHORIZATION))
    return _identified(chosen[0]) if chosen else {}


def _identified(detail: Mapping[str, Any]) -> dict[str, str]:
    at: Any = detail
    for step in ("practitioner_role", "organization", "identifier"):
        at = at.get(step) if isinstance(at, Mapping) else None
    if not isinstance(at, Mapping) or at.get("type", "ENH") != "ENH" or str(at.get("system")) not in WRITTEN:
        raise _wrong(
            Sentence(
                "%(authorization)s must name an organisation by NO:ORGNR:parent:child.",
                authorization=AUTHORIZATION,
            )
        )
    if (match := WRITTEN[str(at["system"])].fullmatch(str(at.get("value", "")))) is None:
        raise _wrong(
            Sentence(
                "%(authorization)s must name an organisation by NO:ORGNR:parent:child.",
                authorization=AUTHORIZATION,
            )
        )
    return {name: number for name, number in match.groupdict().items() if number}


def _digits(value: object) -> str:
    if value in ("", None):
        return ""
    if not isinstance(value, str) or not DIGITS.fullmatch(value):
        raise _wrong(Sentence("An organisation number has nine digits."))
    return value


def _wrong(sentence: Sentence) -> Refused:
    return Refused("token.organisation", sentence)
