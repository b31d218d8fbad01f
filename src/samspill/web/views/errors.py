"""Pages that say what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from samspill.directory.public import ways_on
from samspill.refusal import Refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Stands on its own: the fault may be in what every other page needs."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"is_stale_form": True}, status=403)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """422 for what was sent, 403 for who asks."""
    if refusal.forbidden:
        ways = ways_on(refusal, request.path, request.actor)  # type: ignore[attr-defined]
        return render(request, "403.html", {"sentence": refusal.sentence, "ways": ways}, status=403)
    context = {"sentence": refusal.sentence, "typed": _written(request)}
    return render(request, "422.html", context, status=422)


def _written(request: HttpRequest) -> list[str]:
    """What somebody wrote in words in the form that was refused, so that it can be taken along."""
    hidden = {name for name in request.POST if name.startswith("csrf") or "password" in name}
    values = (request.POST.get(name, "") for name in request.POST if name not in hidden)
    return [value for value in values if len(value.split()) > 1]
