"""Where mail goes, read from one setting."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from samspill.refusal import Refused

_BACKENDS = "django.core.mail.backends."


class MailSettings(NamedTuple):
    backend: str
    file_path: Path | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    use_tls: bool = False


def mail_settings(value: str, home: Path) -> MailSettings:
    """`console`, `file` or `smtp://user:password@host:587?tls=1`; anything else is refused."""
    if value == "console":
        return MailSettings(_BACKENDS + "console.EmailBackend")
    if value == "file":
        return MailSettings(_BACKENDS + "filebased.EmailBackend", file_path=home / "mail")
    url = urlsplit(value)
    if url.scheme != "smtp" or not url.hostname:
        raise Refused(
            "mail.setting",
            f"SAMSPILL_MAIL is «{value}»; write console, file or smtp://user:password@host:587?tls=1.",
        )
    return MailSettings(
        _BACKENDS + "smtp.EmailBackend",
        host=url.hostname,
        port=url.port or 25,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        use_tls=parse_qs(url.query).get("tls") == ["1"],
    )
