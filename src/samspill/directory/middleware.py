"""Every request is one transaction with one tenant: who acts is decided here and nowhere else."""

from collections.abc import Callable

import pghistory
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samspill.directory.isolation import scope
from samspill.directory.queries import actor_for, at_the_door


class ActingMiddleware:
    """Sets `request.actor` and the transaction's tenant. A view that fails or refuses writes nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        with transaction.atomic(), scope(at_the_door(request, today=today)) as become:
            actor = actor_for(request, today=today)
            if actor.is_known:
                become(actor)
            request.actor = actor  # type: ignore[attr-defined]
            with pghistory.context(account=actor.account_id, path=request.path):
                response = self.get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        transaction.set_rollback(True)
