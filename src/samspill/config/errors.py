"""A fault of ours in the form of the face it happened in: FHIR answers in FHIR, all others with a page."""

from django.http import HttpRequest, HttpResponse

from samspill.fhir.views import server_error as in_fhir
from samspill.web.views.errors import server_error as on_a_page


def server_error(request: HttpRequest) -> HttpResponse:
    return in_fhir(request) if request.path.startswith("/fhir") else on_a_page(request)
