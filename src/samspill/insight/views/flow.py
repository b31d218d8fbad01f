"""«Fra sykehus til kommune»: numbers moved and simulated at once, or thoroughly in the background and "
"kept."""

from collections.abc import Mapping
from typing import Any

import yaml
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.analysis.capacity import EXAMPLE
from samspill.directory.public import Actor, Community
from samspill.insight.actions.calculations import key_of
from samspill.insight.calculating import Plain
from samspill.insight.calculations.flow import KEY, QUICK, THOROUGH, answered, whole
from samspill.insight.flow_models import BEDS, PATIENTS, question_of, tried_numbers
from samspill.insight.jobs import done_in, folder_of, is_at_work, put_to_work
from samspill.insight.models import Calculation
from samspill.insight.questions import read, sliders
from samspill.insight.sealing import SEAL, question_from, sealed_query
from samspill.insight.telling import Asked, Told
from samspill.insight.telling.flow import tell
from samspill.insight.views.answering import answer_page
from samspill.insight.views.keeping import check_may_keep, may_keep
from samspill.insight.views.trying import calculated_on, try_out
from samspill.refusal import Refused

LONGEST_TEXT = 40_000  # characters of a model


WORDS = (
    ("beds", gettext_lazy("Beds in the place. Without it there are as many as are needed.")),
    ("level", gettext_lazy("Whose beds: hospital or municipality.")),
    (
        "when_full",
        gettext_lazy(
            "When it is full: wait, refuse (they go elsewhere) or overflow (they lie in the corridor)."
        ),
    ),
    ("refused_to", gettext_lazy("Where those who are refused go.")),
    ("reserved", gettext_lazy("Beds kept for groups of priority 0.")),
    ("admits", gettext_lazy("Days on which it takes new patients, Monday to Sunday: 1 is yes, 0 is no.")),
    ("leaves", gettext_lazy("The share of those who are well that may leave each day, Monday to Sunday.")),
    ("enters", gettext_lazy("Where the group comes first.")),
    ("arrivals_per_day", gettext_lazy("Patients a day.")),
    (
        "stay",
        gettext_lazy("How long: mean in days, and cv, how much it differs (standard deviation over mean)."),
    ),
    ("then", gettext_lazy("Where next, as shares. The rest go home.")),
)
"""The words of a model, with what they mean."""


def numbers_in(data: Mapping[str, str]) -> Plain:
    return read(data, (*BEDS, *PATIENTS, *tried_numbers({})))


@require_safe
def flow(request: HttpRequest, slug: str) -> HttpResponse:
    """Numbers as today and as tried, in the address; a few repetitions at once."""
    community = get_object_or_404(Community, slug=slug)
    asked = numbers_in(request.GET)
    numbers = (*BEDS, *PATIENTS, *tried_numbers(asked))
    tried = try_out(
        KEY,
        asked,
        numbers,
        of=community,
        names={},
        source=calculated_on(request.actor),  # type: ignore[attr-defined]
        answer=lambda given: answered({**question_of(given), **QUICK}),
    )
    shown = tried.sliders if tried.refusal else sliders(numbers, asked)
    patients = len(BEDS) + len(PATIENTS)
    context = {
        "shown_community": community,
        "tried": tried,
        "today": shown[: len(BEDS)],
        "patients": shown[len(BEDS) : patients],
        "moved": shown[patients:],
        "replications": QUICK["replications"],
        "may_keep": may_keep(request, community),
    }
    return answer_page(request, "insight/beds/flow.html", context, tried.told, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def written(request: HttpRequest, slug: str) -> HttpResponse:
    """A model of another shape, written as text; simulated at once, and told.

    The text stands sealed in the address of the answer's figures.
    """
    community = get_object_or_404(Community, slug=slug)
    text = _text_in(request)
    told: Told | None = None
    asked: Plain = {}
    refusal = ""
    if text is not None:
        try:
            asked, found = answered({"model": model_in(text), **QUICK})
            source = calculated_on(request.actor)  # type: ignore[attr-defined]
            told = tell(Asked(community, asked, found, {}, source))
        except Refused as refused:
            refusal = refused.sentence
    context = {
        "shown_community": community,
        "text": _example() if text is None else text,
        "asked": asked,
        "refusal": refusal,
        "words": WORDS,
        "may_keep": may_keep(request, community),
    }
    here = request.path + sealed_query({"model": text or ""})
    status = 422 if refusal else 200
    return answer_page(request, "insight/beds/flow_written.html", context, told, status=status, here=here)


def _text_in(request: HttpRequest) -> str | None:
    """The model that was sent, or that stands in the address; None when one only comes to look."""
    if request.method == "POST":
        return request.POST.get("model", "")
    return str(question_from(request.GET[SEAL]).get("model", "")) if SEAL in request.GET else None


def _example() -> str:
    """The example without its remarks: the page says what the words mean, in the reader's language."""
    lines = (line.split("#")[0].rstrip() for line in EXAMPLE.read_text("utf-8").splitlines())
    return "\n".join(line for line in lines if line)


def model_in(text: str) -> Plain:
    """The model in a text of YAML, days as text. Refuses what cannot be read (`flow.text`)."""
    if len(text) > LONGEST_TEXT:
        raise Refused("flow.text", _("The text is too long for a model."), field="model")
    try:
        values: Any = yaml.safe_load(text)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise Refused(
            "flow.text",
            _("Line %(line)s cannot be read. Compare its indents and colons with the example.")
            % {"line": line},
            field="model",
        ) from problem
    except yaml.YAMLError as problem:
        raise Refused(
            "flow.text", _("The text holds characters that do not belong in a model."), field="model"
        ) from problem
    return _plain(values)


def _plain(values: Any) -> Any:
    """As JSON has it: days become text, names too."""
    if isinstance(values, dict):
        return {str(name): _plain(value) for name, value in values.items()}
    if isinstance(values, list):
        return [_plain(value) for value in values]
    return values if isinstance(values, str | int | float | bool | None) else str(values)


@require_POST
@login_required
def thorough(request: HttpRequest, slug: str) -> HttpResponse:
    """The question that was tried, with many repetitions, in the background; what comes out is kept.

    To the page that waits for it.
    """
    community = get_object_or_404(Community, slug=slug)
    check_may_keep(request, community)
    asked = whole({**question_from(request.POST.get("asked", "")), **THOROUGH})
    key = key_of(KEY, asked, of=community)
    if not Calculation.objects.filter(community=community, key=key).exists():
        put_to_work(community.pk, key, asked)
    return HttpResponseRedirect(reverse("insight:flow-at-work", args=[slug, key]), status=303)


@require_safe
@login_required
def at_work(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """How far it has come; when it is there, the way to it."""
    community = get_object_or_404(Community, slug=slug)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    is_there = Calculation.objects.visible_to(actor).filter(community=community, key=key).exists()
    done = done_in(folder_of(community.pk, key))
    context = {
        "shown_community": community,
        "key": key,
        "is_there": is_there,
        "is_at_work": not is_there and is_at_work(community.pk, key),
        "done": done,
        "wanted": max(THOROUGH["replications"] * (2 if done > THOROUGH["replications"] else 1), done),
    }
    return render(request, "insight/beds/flow_at_work.html", context)
