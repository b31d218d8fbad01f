"""Which HTTP status a refusal has, by its code: one table for the whole face."""

from samspill.refusal import Refused

# Code of a refusal, or its area -> status. Codes that stand whole come first.
STATUS = {
    "fhir-too-large": 413,
    "fhir.not-found": 404,
    "fhir.method": 405,
    "fhir.format": 406,
    "fhir.content-type": 415,
    "fhir.length": 411,
    "fhir.rate": 429,
    "fhir.stale": 412,
    "fhir.if-match": 412,
    "fhir.many": 412,
    "fhir.conflict": 409,
    "fhir.immutable": 405,
    "fhir.version": 406,
    "alert.taken": 409,
    "alert.state": 409,
    "alert.note": 422,
    "token.scope": 403,
    "token.level": 403,
    "token.tenant": 403,
    "token": 401,
    "dpop": 401,
    "fhir-not-utf8": 400,
    "fhir-not-json": 400,
    "fhir-key-twice": 400,
    "fhir-number": 400,
    "fhir-not-object": 400,
    "fhir.parameter": 400,
    "fhir.search": 400,
    "fhir.bundle": 400,
}
OTHERWISE, FORBIDDEN = 422, 403


def status_of(refused: Refused) -> int:
    area = refused.code.partition(".")[0]
    found = STATUS.get(refused.code) or STATUS.get(area)
    return found or (FORBIDDEN if refused.forbidden else OTHERWISE)
