"""The script that keeps meetings on the phone: it stands under /moter/ and answers for those pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(max_age=0)
def offline_script(request: HttpRequest) -> HttpResponse:
    return render(request, "governance/meetings/offline.js", content_type="text/javascript; charset=utf-8")
