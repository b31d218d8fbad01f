"""How to reach a database, as a plain value, and its forms for Django and for PostgreSQL's own programs.

Here: `Connection`, and reading one from a DATABASE_URL. Not here: where the embedded server listens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from samspill.refusal import Refused

Role = Literal["app", "owner", "manager"]

# What may follow the question mark of a DATABASE_URL: https://www.postgresql.org/docs/18/libpq-connect.html
URL_OPTIONS = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "host",
        "port",
        "sslcert",
        "sslcrl",
        "sslkey",
        "sslmode",
        "sslrootcert",
        "target_session_attrs",
    }
)


@dataclass(frozen=True, slots=True)
class Connection:
    """One database seen by one role. `host` is a name or, for the embedded server, the socket's folder."""

    host: str
    port: str
    user: str
    password: str = field(repr=False)
    name: str
    options: Mapping[str, str] = field(default_factory=dict)

    def to_django(self) -> dict[str, Any]:
        """An entry of Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": dict(self.options),
        }

    def to_libpq(self) -> dict[str, str]:
        """Keywords for psycopg.connect; empty ones are left to the driver."""
        known = {"host": self.host, "port": self.port, "user": self.user}
        known |= {"password": self.password, "dbname": self.name, **self.options}
        return {keyword: value for keyword, value in known.items() if value}


def connection_from_url(url: str) -> Connection:
    """Read `postgresql://user:password@host:port/name?sslmode=require`; a socket goes in `?host=/folder`.

    Raises Refused (`database.url`) without ever repeating the password.
    """
    parts, port = _split(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise _refused(f"it begins with {parts.scheme or 'nothing'}:, not postgresql:")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise _refused("the name of the database is missing")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(options.keys() - URL_OPTIONS)
    if unknown:
        raise _refused(f"the option {unknown[0]} is unknown")
    return Connection(
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=options.pop("port", "") or port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        name=name,
        options=options,
    )


def database_from_url(url: str) -> dict[str, Any]:
    """The entry of Django's DATABASES that a DATABASE_URL stands for. Raises Refused (`database.url`)."""
    return connection_from_url(url).to_django()


def _split(url: str) -> tuple[SplitResult, str]:
    try:
        parts = urlsplit(url.strip())
        return parts, str(parts.port or "")
    except ValueError:
        raise _refused("the host or the port is not written as a host or a port") from None


def _refused(what: str) -> Refused:
    return Refused(
        "database.url",
        f"DATABASE_URL cannot be used: {what}. Write it as postgresql://user:password@host:5432/name?sslmode=require.",
    )
