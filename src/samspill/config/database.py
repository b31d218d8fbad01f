"""Which PostgreSQL this process speaks to, and as which of the two roles."""

from pathlib import Path

from samspill.config import environment
from samspill.config.embedded import connection_settings, database_from_url

WAIT_SECONDS = 60
"""For a connection of the pool: when all who are called open a notice at once, the last wait."""


def databases(home: Path) -> dict[str, dict[str, object]]:
    """Django's DATABASES: DATABASE_URL when set, otherwise the embedded cluster in `home`."""
    role = environment.read("SAMSPILL_DB_ROLE")
    variable = "DATABASE_OWNER_URL" if role == "owner" else "DATABASE_URL"
    url = environment.read(variable) or environment.read("DATABASE_URL")
    settings: dict[str, object] = database_from_url(url) if url else connection_settings(home, role)
    # what `directory.prepared` asks is planned at once; all else goes by cursors that are never prepared
    options = {**dict(settings.get("OPTIONS") or {}), "prepare_threshold": 0}  # type: ignore[call-overload]
    pool = int(environment.read("SAMSPILL_DB_POOL"))
    if pool and role == "app":
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": WAIT_SECONDS}
    settings["OPTIONS"] = options
    settings["CONN_HEALTH_CHECKS"] = False
    return {"default": settings}
