"""The addresses of the FHIR face: a request in, JSON out, and every no as an OperationOutcome.

The door is outside the transaction of what is done: that a proof was used is kept also when the rest is
refused, and nothing of the rest is.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt

from samspill import __version__
from samspill.care.public import find_client
from samspill.directory.public import scope
from samspill.fhir.capability import capability_statement, served
from samspill.fhir.http.bodies import has_body, read_body
from samspill.fhir.http.door import PATH, base, call_of, fresh_nonce, headers_of_refusal, keep_refusal
from samspill.fhir.http.negotiating import FHIR_JSON, FORM, check_accepts, check_content_type, language_of
from samspill.fhir.http.reply import Asked, Call, Json, Reply
from samspill.fhir.http.statuses import status_of
from samspill.fhir.http.words import in_words
from samspill.fhir.outcome import operation_outcome
from samspill.fhir.serving.bundles import take_bundle
from samspill.fhir.serving.performing import EVERYTHING, SEARCH, Invalid, perform
from samspill.fhir.wire import encode, parse
from samspill.refusal import Refused, Sentence

View = Callable[..., HttpResponse]
_MINIMAL, _LENIENT = "return=minimal", "handling=lenient"


def answer(body: Json | None, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """A resource as FHIR JSON, that nobody on the way may keep."""
    made = HttpResponse(
        b"" if body is None else encode(body), status=status, content_type=f"{FHIR_JSON}; charset=utf-8"
    )
    made.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        made.headers[name] = value
    return made


def outcome(refused: Refused, language: str) -> HttpResponse:
    status = status_of(refused)
    made = operation_outcome(refused, in_words=in_words(language))
    return answer(made, status, headers_of_refusal(refused, status))


def in_fhir(view: View) -> View:
    """Every refusal of the view as an OperationOutcome, in the language that was asked for."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = language_of(request.headers.get("Accept-Language", ""))
        with translation.override(language):
            try:
                check_accepts(request.headers.get("Accept", ""), request.GET.get("_format", ""))
                response = view(request, *args, **kwargs)
            except Refused as refused:
                response = outcome(refused, language)
            except Invalid as invalid:
                made = operation_outcome(invalid.issues, in_words=in_words(language))
                response = answer(made, 422)
        response.headers["Content-Language"] = language
        response.headers["DPoP-Nonce"] = fresh_nonce()
        return response

    return answered


def _done(request: HttpRequest, call: Call, work: Callable[[], Reply]) -> HttpResponse:
    """The work as the caller, whole or not at all; a refusal by who they are is kept in the log."""
    try:
        with transaction.atomic(), scope(call.actor):
            reply = work()
    except Refused as refused:
        if refused.forbidden and call.system and (client := find_client(call.system)) is not None:
            keep_refusal(refused, client)
        raise
    _keep_refused_entries(call, reply)
    return told(request, call, reply)


def _keep_refused_entries(call: Call, reply: Reply) -> None:
    """A bundle with entries that were refused by who asks: once for each reason, in the log."""
    codes = {code for one in _outcomes(reply) for code in _forbidden(one)}
    if codes and call.system and (client := find_client(call.system)) is not None:
        for code in sorted(codes):
            keep_refusal(Refused(code, "", forbidden=True), client)


def _outcomes(reply: Reply) -> list[Json]:
    """The OperationOutcomes of a reply: itself, or those of the entries of a bundle."""
    resource = reply.resource or {}
    entries = [(one.get("response") or {}).get("outcome") or {} for one in resource.get("entry") or []]
    return [resource, *entries]


def _forbidden(outcome: Json) -> list[str]:
    return [
        one["details"]["coding"][0]["code"]
        for one in outcome.get("issue") or []
        if outcome.get("resourceType") == "OperationOutcome" and one.get("code") == "forbidden"
    ]


def told(request: HttpRequest, call: Call, reply: Reply) -> HttpResponse:
    headers = dict(reply.headers)
    if reply.version:
        headers["ETag"] = reply.etag
    if reply.location:
        ends = f"/_history/{reply.version}" if reply.version else ""
        headers["Location"] = f"{call.base}/{reply.location}{ends}"
    if reply.modified:
        headers["Last-Modified"] = http_date(reply.modified.timestamp())
    is_minimal = _MINIMAL in request.headers.get("Prefer", "") and reply.status < 300
    wants_less = is_minimal and request.method in ("POST", "PUT")
    return answer(None if wants_less else reply.resource, reply.status, headers)


@in_fhir
def metadata(request: HttpRequest) -> HttpResponse:
    """What is served here, for everybody."""
    if request.method not in ("GET", "HEAD"):
        raise Refused("fhir.method", Sentence("The CapabilityStatement is read with GET."))
    today = timezone.localdate().isoformat()
    return answer(capability_statement(url=base(), version=__version__, date=today))


@in_fhir
def bundle(request: HttpRequest) -> HttpResponse:
    """POST of a Bundle to the base."""
    if request.method != "POST":
        raise Refused("fhir.method", Sentence("A Bundle is sent here with POST."))
    call = call_of(request)
    check_content_type(request.headers.get("Content-Type", ""))
    body = parse(read_body(request))
    return _done(request, call, lambda: take_bundle(call, body))


@in_fhir
def resource(
    request: HttpRequest, kind: str, name: str = "", operation: str = "", version: str = ""
) -> HttpResponse:
    """Every interaction with one type of resource."""
    call = call_of(request)
    asked = _asked(request, kind, name, operation, version)
    if asked.type == "Bundle" and asked.method == "POST" and not name:
        return _done(request, call, lambda: take_bundle(call, asked.resource or {}))
    return _done(request, call, lambda: perform(call, asked))


def _asked(request: HttpRequest, kind: str, name: str, operation: str, version: str) -> Asked:
    method = request.method or ""
    parameters = [(key, one) for key, values in request.GET.lists() for one in values]
    more, body = _sent(request, operation)
    return Asked(
        method=method,
        type=kind,
        id=name,
        operation=operation,
        version=version,
        parameters=(*parameters, *more),
        resource=body,
        if_match=request.headers.get("If-Match", ""),
        if_none_exist=request.headers.get("If-None-Exist", ""),
        is_lenient=_LENIENT in request.headers.get("Prefer", ""),
    )


def _sent(request: HttpRequest, operation: str) -> tuple[list[tuple[str, str]], Json | None]:
    """What is in the body: the parameters of a form, or a resource. An operation may do without."""
    if request.method not in ("POST", "PUT", "PATCH"):
        return [], None
    said = request.headers.get("Content-Type", "")
    if request.method == "POST" and operation == SEARCH:
        check_content_type(said, (FORM,))
        return _form(read_body(request)), None
    if request.method == "POST" and operation == EVERYTHING and not has_body(request):
        return [], None
    check_content_type(said)
    return [], parse(read_body(request))


def _form(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100)
    except (UnicodeDecodeError, ValueError):
        raise Refused(
            "fhir.parameter", Sentence("The body is no form in UTF-8 with a hundred fields at most.")
        ) from None


@in_fhir
def elsewhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """What is no address of ours, in the same form as every other no."""
    raise Refused(
        "fhir.not-found",
        Sentence("There is no such address here. See %(path)s/metadata for what there is.", path=PATH),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours: nothing was kept, and it can be sent again."""
    refused = Refused(
        "fhir.failed", Sentence("Something went wrong here, and nothing was kept. Send it again later.")
    )
    language = language_of(request.headers.get("Accept-Language", ""))
    with translation.override(language):
        made = operation_outcome(refused, in_words=in_words(language))
    made["issue"][0] |= {"severity": "fatal", "code": "exception"}
    return answer(made, 500)


def scopes_served() -> list[str]:
    """SMART's scopes for what is served, by type."""
    return [f"system/{one.type}.{_letters(one.interactions)}" for one in served()]


def _letters(interactions: tuple[str, ...]) -> str:
    held = {"create": "c", "read": "r", "update": "u", "search-type": "s"}
    found = {held[one] for one in interactions if one in held}
    return "".join(letter for letter in "cruds" if letter in found)
