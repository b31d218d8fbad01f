"""Published figures over HTTP. What may be asked stands in `api.parameters`, what is answered in `api`."""

import hashlib
from collections.abc import Callable, Sequence
from functools import wraps
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspill.directory.public import for_machines, tagged, unchanged
from samspill.documents.sheets import CSV
from samspill.insight.api import documents
from samspill.insight.api.areas import areas_on
from samspill.insight.api.cubes import as_jsonstat
from samspill.insight.api.figures import Chosen, as_csv, choose, rows
from samspill.insight.api.parameters import (
    LANG,
    NO_FIGURES,
    OF_AREAS,
    OF_FIGURES,
    OF_INDICATORS,
    OF_ONE,
    OF_RUNS,
    Parameter,
    not_there,
    place,
    read_all,
    said_back,
)
from samspill.insight.models import Indicator, IndicatorAnswer, IndicatorRun
from samspill.insight.queries.published import answer_of, codes_in, indicators_in_use, newest_answers
from samspill.refusal import Refused

SHAPE = 1
"""Raise it when the same figures are written otherwise: readers then fetch them anew."""
FOR_EVER = "public, max-age=31536000, immutable"
ATTACHED = 'attachment; filename="{name}"'

T = TypeVar("T")
Asked = dict[str, Any]


def asking(known: Sequence[Parameter]) -> Callable[[Callable[..., HttpResponse]], Callable[..., Any]]:
    """The view gets what was asked, read; its sentences are in the language that was asked for."""

    def around(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
        @for_machines
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            language = request.GET.get("lang", "")
            language = language if language in LANG.schema["enum"] else "nb"
            with override(language):
                try:
                    response = view(request, read_all(request.GET, known), **kwargs)
                except Refused as refused:  # its sentence must be made while the language is active
                    said = refused.sentence
                    raise Refused(refused.code, said, field=refused.field) from refused
            response.headers["Content-Language"] = language
            return response

        return answer

    return around


@asking(OF_INDICATORS)
def indicators(request: HttpRequest, asked: Asked) -> HttpResponse:
    answers = newest_answers()
    found = [
        one
        for one in indicators_in_use()
        if asked["group"] in (None, one.definition["group"])
        and asked["theme"] in (None, one.definition["theme"])
        and asked["figures"] in (None, one.pk in answers)
    ]
    here, links = _page(request, found, asked, lambda one: one.code)
    said = [documents.indicator_document(one, answers.get(one.pk, ()), settings.ORIGIN) for one in here]
    return _listed(request, said, links)


@asking(OF_ONE)
def indicator(request: HttpRequest, asked: Asked, code: str) -> HttpResponse:
    found = _indicator(code)
    answers = newest_answers().get(found.pk, ())
    return tagged(request, documents.indicator_document(found, answers, settings.ORIGIN))


@asking(OF_AREAS)
def areas(request: HttpRequest, asked: Asked) -> HttpResponse:
    every = areas_on(request.actor.today).values()  # type: ignore[attr-defined]
    found = [one for one in every if not asked["level"] or one.level in asked["level"]]
    here, links = _page(request, found, asked, lambda one: one.code)
    return _listed(request, [documents.area_document(one, asked["lang"]) for one in here], links)


@asking(OF_RUNS)
def runs(request: HttpRequest, asked: Asked) -> HttpResponse:
    here, links = _page(request, list(IndicatorRun.objects.all()), asked, lambda one: str(one.pk))
    codes = codes_in(here)
    return _listed(request, [documents.run_document(one, codes[one.pk]) for one in here], links)


@asking(OF_ONE)
def run(request: HttpRequest, asked: Asked, pk: int) -> HttpResponse:
    found = _run(pk)
    return tagged(request, documents.run_document(found, codes_in([found])[found.pk]), changed=found.made_at)


@asking(OF_FIGURES)
def figures(request: HttpRequest, asked: Asked, code: str) -> HttpResponse:
    """Figures of a run never change, so its number and the question are the fingerprint."""
    answer, after = _answer(code, asked)
    tag = _tag_of(answer, asked, after)
    same = unchanged(request, tag)
    if same is not None:
        return same
    chosen = choose(
        answer,
        areas=asked["areas"],
        levels=asked["level"],
        spans=asked["periods"],
        language=asked["lang"],
    )
    response = FORMS[asked["format"]](request, chosen, asked, after, tag)
    response.headers["Last-Modified"] = http_date(answer.run.made_at.timestamp())
    return response


def _answer(code: str, asked: Asked) -> tuple[IndicatorAnswer, int]:
    """The answer to take figures of, and how many rows of it have been read. Refuses what is not there."""
    number, after = place(asked["cursor"]) if asked["cursor"] else (None, 0)
    wanted = number or asked["run"]
    run = _run(wanted, "run") if wanted else None
    if run is not None and run.withdrawn_at:
        raise Refused(
            "api.withdrawn",
            _("Run %(run)s was withdrawn: %(because)s") % {"run": run.pk, "because": run.withdrawn_because},
            field="run",
        )
    found = answer_of(code, asked["per"], run)
    if found is None:
        _indicator(code)
        raise not_there("run" if run else "code", NO_FIGURES)
    return found, after


def _tag_of(answer: IndicatorAnswer, asked: Asked, after: int) -> str:
    question = sorted((name, str(value)) for name, value in asked.items() if name not in ("run", "cursor"))
    text = repr((SHAPE, settings.ORIGIN, answer.pk, after, question))
    return f'"{answer.run_id}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def _json(request: HttpRequest, chosen: Chosen, asked: Asked, after: int, tag: str) -> HttpResponse:
    every = list(islice(rows(chosen), after, after + asked["limit"] + 1))
    here = every[: asked["limit"]]
    answer = chosen.answer
    path = settings.ORIGIN + reverse("insight:api-figures", args=[chosen.code])
    same = {name: value for name, value in request.GET.items() if name not in ("cursor", "format", "run")}
    pinned = same | {"run": str(answer.run_id)}
    links = {"self": f"{path}?{urlencode(pinned | ({'cursor': asked['cursor']} if after else {}))}"}
    if len(every) > len(here):
        links["next"] = f"{path}?{urlencode(pinned | {'cursor': f'{answer.run_id}:{after + len(here)}'})}"
    links["html"] = settings.ORIGIN + reverse("insight:indicator", args=[chosen.code])
    for form in ("csv", "json-stat"):
        links[form] = f"{path}?{urlencode(pinned | {'format': form})}"
    said = {
        "indicator": chosen.code,
        "per": answer.period,
        "title": chosen.title(),
        "unit": chosen.unit(),
        "definition": answer.definition,
        "run": documents.provenance(answer.run, [chosen.code]),
        "data": here,
        "links": links,
    }
    response = tagged(request, said, tag=tag)
    if "next" in links:
        response.headers["Link"] = f'<{links["next"]}>; rel="next"'
    return response


def _csv(request: HttpRequest, chosen: Chosen, asked: Asked, after: int, tag: str) -> HttpResponse:
    response = tagged(request, as_csv(chosen), content_type=CSV, tag=tag)
    response.headers["Content-Disposition"] = ATTACHED.format(name=f"{chosen.code}.csv")
    return response


def _jsonstat(request: HttpRequest, chosen: Chosen, asked: Asked, after: int, tag: str) -> HttpResponse:
    return tagged(request, as_jsonstat(chosen), tag=tag)


FORMS = {"json": _json, "csv": _csv, "json-stat": _jsonstat}


def _indicator(code: str) -> Indicator:
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise not_there(
            "code",
            _("There is no indicator «%(code)s». All of them are at /api/v1/indicators/.")
            % {"code": said_back(code)},
        )
    return found


def _run(pk: int, name: str = "id") -> IndicatorRun:
    found = IndicatorRun.objects.filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise not_there(name, _("There is no run %(run)s. All of them are at /api/v1/runs/.") % {"run": pk})
    return found


def _page(
    request: HttpRequest, found: Sequence[T], asked: Asked, key: Callable[[T], str]
) -> tuple[Sequence[T], dict[str, str]]:
    """The things after the one the cursor names, and links to here and to the next."""
    keys = [key(one) for one in found]
    start = keys.index(asked["cursor"]) + 1 if asked["cursor"] in keys else 0
    if asked["cursor"] and not start:
        raise not_there("cursor", _("Begin again without it: what it pointed at is not in the list."))
    here = found[start : start + asked["limit"]]
    path, same = settings.ORIGIN + request.path, request.GET.dict()
    links = {"self": path + (f"?{urlencode(same)}" if same else "")}
    if start + len(here) < len(found):
        links["next"] = f"{path}?{urlencode(same | {'cursor': keys[start + len(here) - 1]})}"
    return here, links


def _listed(request: HttpRequest, said: Sequence[dict[str, Any]], links: dict[str, str]) -> HttpResponse:
    response = tagged(request, {"data": said, "links": links})
    if "next" in links:
        response.headers["Link"] = f'<{links["next"]}>; rel="next"'
    return response
