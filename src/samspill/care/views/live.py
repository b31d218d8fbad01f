"""That a list has changed, told to the pages that show it: server-sent events, with no content of their own.

https://html.spec.whatwg.org/multipage/server-sent-events.html. A stream holds a thread of the web server and
no connection to the database. It beats, so that one whose page is gone is noticed; at each beat it is looked
up whether the session and the place in the team still hold, and it ends when they do not.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samspill.care.actions.alerting import works_in
from samspill.care.live import HUB, Listener
from samspill.care.views.board import check_teams, team_among
from samspill.directory.public import Actor, scope

BEAT_SECONDS = 15.0
LONGEST_SECONDS = 3600.0
"""A stream ends after an hour, and the page opens another: nothing is held for ever."""
TOO_MANY = 204
"""What tells a browser not to try again by itself."""
FIRST, BEAT = b"retry: 3000\n\n", b": beat\n\n"
CHANGED, ENDED = b"event: changed\ndata: list\n\n", b"event: ended\ndata: session\n\n"


@dataclass(frozen=True)
class Watcher:
    """Who watches the list of a team, in which session."""

    team: int
    session: str
    actor: Actor

    def still_may(self) -> bool:
        """Looked up on a connection that is given back at once."""
        store = import_module(settings.SESSION_ENGINE).SessionStore(self.session)
        try:
            with transaction.atomic(), scope(self.actor):
                is_same = store.get(SESSION_KEY) == str(self.actor.account_id)
                return is_same and works_in(self.team, self.actor)
        finally:
            give_back()


def give_back() -> None:
    """Give the thread's connection back to the pool; inside somebody's transaction it stays."""
    if not connection.in_atomic_block:
        connection.close()


@login_required
@require_safe
@cache_control(no_store=True)
def changes(request: HttpRequest, team: int) -> HttpResponseBase:
    """A stream for as long as the page is open; 204 when as many listen as may: the page asks then."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    ours = team_among(check_teams(actor), str(team))
    watcher = Watcher(ours.pk, request.session.session_key or "", actor)
    held = ExitStack()
    listener = held.enter_context(HUB.listener(ours.pk, most=settings.LISTENERS))
    if listener is None:
        return HttpResponse(status=TOO_MANY)
    response = StreamingHttpResponse(_Stream(held, listener, watcher), content_type="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


class _Stream:
    """The stream, which gives its place back however it ends."""

    def __init__(self, held: ExitStack, listener: Listener, watcher: Watcher) -> None:
        self._held = held
        self._events = events(listener, watcher)

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._events
        finally:
            self.close()

    def close(self) -> None:
        self._held.close()


def events(
    listener: Listener, watcher: Watcher, *, beat: float = BEAT_SECONDS, longest: float = LONGEST_SECONDS
) -> Iterator[bytes]:
    """What is sent: at first how soon to come back, then that the list has changed, as often as it does."""
    give_back()
    yield FIRST
    began = looked_up = time.monotonic()
    while time.monotonic() - began < longest:
        has_changed = listener.wait(beat)
        if time.monotonic() - looked_up >= beat:
            if not watcher.still_may():
                yield ENDED
                return
            looked_up = time.monotonic()
        yield CHANGED if has_changed else BEAT
