from typing import Any

from django.apps import AppConfig
from pghistory import runtime

_ONLY_MARKS = ("savepoint", "release savepoint", "rollback to savepoint")
"""Statements that change no row: who acts need not be put before them."""


class DirectoryConfig(AppConfig):
    name = "samspill.directory"
    label = "directory"

    def ready(self) -> None:
        from samspill.directory import registrations

        registrations.register()
        ignored: Any = runtime.IGNORED_SQL_PREFIXES
        runtime.IGNORED_SQL_PREFIXES = tuple(dict.fromkeys((*ignored, *_ONLY_MARKS)))
