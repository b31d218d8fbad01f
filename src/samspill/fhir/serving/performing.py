"""One interaction, alone or in a bundle: is it served, may they, is the body right – and it is done."""

from samspill.fhir.http.reply import Asked, Call, Json, Reply
from samspill.fhir.serving.everything import everything, with_parameters
from samspill.fhir.serving.kinds import Kind
from samspill.fhir.serving.reading import read, search
from samspill.fhir.serving.table import KINDS
from samspill.fhir.validation.issue import Issue, is_valid
from samspill.fhir.validation.validating import validate
from samspill.refusal import Refused, Sentence

SEARCH, HISTORY, EVERYTHING = "_search", "_history", "$everything"


class Invalid(Exception):
    """What came is not valid FHIR, or not what its profile asks for. `issues` say where and why."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__("invalid")
        self.issues = issues


def perform(call: Call, asked: Asked) -> Reply:
    """The reply. Refused with a code of `http.statuses`; Invalid when the resource is."""
    kind = KINDS.get(asked.type)
    if kind is None:
        raise Refused(
            "fhir.not-found", Sentence("There is no such address here. See /fhir/metadata for what there is.")
        )
    if any("\x00" in one for pair in asked.parameters for one in pair):
        raise Refused(
            "fhir.parameter", Sentence("A parameter has a sign that text cannot have. Leave it out.")
        )
    interaction = interaction_of(asked)
    is_everything = asked.operation == EVERYTHING and kind.type == "Patient"
    if interaction not in kind.interactions and not is_everything:
        sentence = Sentence(
            "%(type)s is served by: %(interactions)s.",
            type=kind.type,
            interactions=", ".join(kind.interactions),
        )
        raise Refused("fhir.method", sentence, facts={"allow": _allow(kind)})
    if not call.allows(kind.type, interaction):
        raise Refused(
            "token.scope",
            Sentence(
                "The token does not cover %(interaction)s of %(type)s.",
                interaction=interaction,
                type=kind.type,
            ),
            forbidden=True,
        )
    if interaction in ("create", "update"):
        return _written(kind, interaction, call, asked)
    if is_everything:
        if asked.resource is not None:
            _check("Parameters", interaction, asked, asked.resource)
        return everything(call, with_parameters(asked))
    return search(kind, call, asked) if interaction == "search-type" else read(kind, call, asked)


def _allow(kind: Kind) -> str:
    """The methods that some interaction with the type has."""
    return ", ".join(["GET", "HEAD", "POST", *(["PUT"] if kind.update else [])])


def interaction_of(asked: Asked) -> str:
    """As R4 names it; "" for what is none of ours."""
    if asked.method in ("GET", "HEAD", "POST") and asked.operation == EVERYTHING:
        return "read"
    if asked.method == "POST":
        return "search-type" if asked.operation == SEARCH else "" if asked.id else "create"
    if asked.method in ("GET", "HEAD"):
        return _reads(asked)
    return {"PUT": "update", "DELETE": "delete", "PATCH": "patch"}.get(asked.method, "")


def _reads(asked: Asked) -> str:
    if not asked.id:
        return "search-type"
    if asked.operation == HISTORY:
        return "vread" if asked.version else "history-instance"
    return "read"


def _written(kind: Kind, interaction: str, call: Call, asked: Asked) -> Reply:
    resource = asked.resource
    if resource is None:
        raise Refused(
            "fhir-not-object", Sentence("The body must be one JSON object, a resource with resourceType.")
        )
    _check(kind.type, interaction, asked, resource)
    act = kind.create if interaction == "create" else kind.update
    assert act is not None  # noqa: S101 - it is among the kind's interactions
    return act(call, asked)


def _check(wanted: str, interaction: str, asked: Asked, resource: Json) -> None:
    issues = [] if asked.is_checked else validate(resource)
    if not is_valid(issues):
        raise Invalid(issues)
    if resource.get("resourceType") != wanted:
        sentence = Sentence(
            "The body is another resource than the address names (%(type)s). Let them agree.", type=wanted
        )
        raise Refused("fhir.type", sentence, field="resourceType")
    if interaction == "update" and resource.get("id") != asked.id:
        raise Refused(
            "fhir.id", Sentence("The id of the resource must be the one in the address."), field="id"
        )
