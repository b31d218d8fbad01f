"""Other databases of the tests' cluster: made and dropped by the owner, and used for a while."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from samspill.config.embedded import connection_settings


@contextmanager
def in_database(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def as_owner(statement: str) -> None:
    """One statement to the cluster, by the role that may make databases and from none of those in use."""
    app = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    connection.close()
    if not os.environ.get("DATABASE_URL"):
        owner = connection_settings(Path(os.environ["SAMSPILL_HOME"]), "owner")
        connection.settings_dict.update({key: owner[key] for key in app})
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
    connection.settings_dict.update(app)
