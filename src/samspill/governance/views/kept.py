"""What a server process keeps of what it has drawn, so that the next reader of the same need not wait for it.

Kept are words and numbers, never rows: nothing that is kept can ask the database. Whether it may be shown is
the key's business (`queries.stamps`).
"""

import re
import secrets
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from threading import Lock

from django.utils.safestring import SafeString, mark_safe

# What nobody can have written: a hole in what is drawn is a place for what is the reader's own.
_SALT = secrets.token_hex(16)
_HOLE = re.compile(rf"{_SALT}\[([a-z0-9-]+)\]")


def hole(name: str) -> str:
    """Printed where the reader's own is to stand; nothing in it is escaped. `name`: a-z, digits, hyphens."""
    return f"{_SALT}[{name}]"


class Stencil:
    """HTML with holes. What fills them is HTML too: whoever fills, escapes."""

    def __init__(self, html: str) -> None:
        self._parts = _HOLE.split(html)

    def filled(self, own: Mapping[str, str]) -> SafeString:
        """A hole that `own` does not name is left empty."""
        parts = self._parts.copy()
        parts[1::2] = [own.get(name, "") for name in parts[1::2]]
        return mark_safe("".join(parts))  # noqa: S308  drawn by our templates; see `filled`'s own


class Kept:
    """At most so many things by key, those asked for last. For all threads of the process."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._things: OrderedDict[Hashable, object] = OrderedDict()

    def find(self, key: Hashable) -> object | None:
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key]

    def keep(self, key: Hashable, thing: object) -> None:
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._things.clear()
