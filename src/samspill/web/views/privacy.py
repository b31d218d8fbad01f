"""What is kept about people, and for how long: the same periods as the nightly erasing goes by."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from samspill.directory.public import kept_for_a_time


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html", {"kept": kept_for_a_time()})
