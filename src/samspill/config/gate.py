"""How many requests a server process works on at once, apart from how many threads it has.

A page that is told of changes (`care.views.live`) holds a thread for as long as it is open, and does nothing
in it. The server is given threads for those too, and the gate keeps them from being used for work: as many
pages are made at once as before, and nobody who only listens stands in anybody's way.
"""

from collections.abc import Callable, Iterable
from threading import Semaphore
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def gated(application: Application, *, at_once: int) -> Application:
    """`application`, made to answer at most `at_once` requests at a time; 0 lets all through.

    A request is through when its answer begins: what is streamed afterwards is not counted.
    """
    if not at_once:
        return application
    gate = Semaphore(at_once)

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with gate:
            return application(environ, start_response)

    return answer
