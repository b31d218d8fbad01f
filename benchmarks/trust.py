"""How fast it is proven who asks, and decided whether they may: what every request to the interfaces pays.

The baseline of a request is the two ES256 signatures alone, the keys already read; of the decisions, making
as many verdicts without deciding anything.
"""

from datetime import UTC, date, datetime
from itertools import count

from jwskate import Jwk, Jwt

from benchmarks import Case
from samspill.directory.jose import hash_of
from samspill.directory.trust.attest import check_attest, read_attest
from samspill.directory.trust.callers import Caller
from samspill.directory.trust.decision_facts import (
    Agreement,
    Block,
    Context,
    Episode,
    PatientFacts,
    Subject,
    Verdict,
)
from samspill.directory.trust.decision_rules import decide
from samspill.directory.trust.door import Asked, admit
from samspill.directory.trust.local_issuer import LocalIssuer

NOW = 1_795_435_200.0
URL = "https://samspill.example/fhir/Observation"
PARENT, CHILD = "983971768", "974633655"
REQUESTS = 50
ROWS = 5_000  # patients on the shared nurse list
MOST_RATIO = 4.0
ENH, FNR = "2.16.578.1.12.4.1.4.101", "2.16.578.1.12.4.1.4.1"


class Used:
    def __init__(self) -> None:
        self.ids: set[str] = set()

    def seen_before(self, token_id: str, until: float) -> bool:
        seen = token_id in self.ids
        self.ids.add(token_id)
        return seen


def cases() -> list[Case]:
    return [_requests(), _decisions(), _attests()]


def _requests() -> Case:
    numbers, client = count(), Jwk.generate(alg="ES256")
    key = Jwk(dict(Jwk.generate(alg="ES256")) | {"kid": "first", "use": "sig"})
    issuer = LocalIssuer("https://helseid.example", "samspill", key, lambda: str(next(numbers)))
    trusted = [issuer.trusted()]
    token = issuer.machine_token(client_id="hub", scopes=(), now=NOW, thumbprint=client.thumbprint())
    claims = {"htm": "POST", "htu": URL, "iat": int(NOW), "ath": hash_of(token)}
    headers = {"typ": "dpop+jwt", "alg": "ES256", "jwk": dict(client.public_jwk())}
    proofs = [
        Jwt.sign_arbitrary(claims | {"jti": str(one)}, headers, client, alg="ES256")
        for one in range(REQUESTS)
    ]
    signed = Jwt(token)
    ours, theirs = key.public_jwk(), client.public_jwk()

    def run() -> None:
        used = Used()
        for proof in proofs:
            admit(Asked("POST", URL, f"DPoP {token}", str(proof)), issuers=trusted, now=NOW, used=used)

    def baseline() -> None:
        for proof in proofs:
            ours.verify(data=signed.signed_part, signature=signed.signature, alg="ES256")
            theirs.verify(data=proof.signed_part, signature=proof.signature, alg="ES256")

    return {
        "name": "trust: a request with DPoP",
        "run": run,
        "baseline": baseline,
        "work": f"{REQUESTS} requests let in; baseline: their two signatures alone",
        "most_ratio": MOST_RATIO,
    }


def _decisions() -> Case:
    nurse = Subject("nurse", person="n", tenant="host", teams=frozenset({"team"}), level=4)
    agreement = Agreement("town", "host", frozenset({"read"}), date(2026, 1, 1), date(2027, 12, 31), "team")
    patient = PatientFacts(
        "p",
        "town",
        episodes=(Episode("host", team="team"),),
        agreements=(agreement,),
        blocks=(Block("person", "another"), Block("everyone", scope="part", part="psychiatry")),
    )
    context = Context(datetime.fromtimestamp(NOW, UTC), is_list=True)

    def run() -> None:
        for _ in range(ROWS):
            if not decide(nurse, patient, "TREAT", context).allowed:
                raise AssertionError("the nurse must see the list")

    return {
        "name": "trust: a list decided row by row",
        "run": run,
        "baseline": lambda: [Verdict(True, "TREAT", basis="list_narrow") for _ in range(ROWS)],
        "work": f"{ROWS} decisions by agreement, with two blocks each; baseline: {ROWS} verdicts made",
    }


def _attests() -> Case:
    caller = Caller(
        "person", "i", "c", frozenset(), "t", NOW, security_level=4, orgnr_parent=PARENT, pid="13916990094"
    )
    told = {
        "toa": int(NOW),
        "practitioner": {
            "identifier": {"id": "13916990094", "name": "Kari Testperson", "system": FNR},
            "legal_entity": {"id": PARENT, "system": ENH},
            "point_of_care": {"id": CHILD, "system": ENH},
        },
        "care_relation": {
            "purpose_of_use": {"code": "TREAT", "system": "2.16.840.1.113883.1.11.20448"},
            "purpose_of_use_details": {"code": "15", "system": "2.16.578.1.12.4.1.1.9151"},
            "decision_ref": {"id": "d", "user_selected": False},
        },
        "patients": [{"identifier": {"id": "05876600324", "system": FNR}}],
    }

    def run() -> None:
        for _ in range(REQUESTS):
            check_attest(read_attest(told), caller=caller, patient="05876600324", now=NOW)

    return {
        "name": "trust: an attest read and checked",
        "run": run,
        "baseline": lambda: [read_attest(told) for _ in range(REQUESTS)],
        "work": f"{REQUESTS} attests read and held against the rules; baseline: reading alone",
    }
