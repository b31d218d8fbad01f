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
    pool = int(environment.read("SAMSPILL_DB_POOL"))
    if pool and role == "app":
        options = {**dict(settings.get("OPTIONS") or {})}  # type: ignore[call-overload]
        settings["OPTIONS"] = {**options, "pool": {"min_size": 1, "max_size": pool, "timeout": WAIT_SECONDS}}
    settings["CONN_HEALTH_CHECKS"] = False
    return {"default": settings}
