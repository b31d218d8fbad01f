"""Every setting of an installation, as one table; the documentation is printed from it.

Here: names, defaults and meanings, and reading them. Not here: what Django makes of them (`settings`).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One environment variable. `default` is shown as it stands; "" means not set."""

    name: str
    default: str
    means: str


TABLE = (
    Setting(
        "SAMSPILL_HOME",
        "",
        "Folder of the embedded database, its key file and read-in documents. Default: the user's "
        "data folder.",
    ),
    Setting(
        "DATABASE_URL",
        "",
        "PostgreSQL for the running application, role without ownership: "
        "postgresql://samspill_app:…@host/samspill. Replaces the embedded database.",
    ),
    Setting("DATABASE_OWNER_URL", "", "The same database for migrations, as the owner of the tables."),
    Setting(
        "DATABASE_BACKUP_URL",
        "",
        "A role with BYPASSRLS and pg_read_all_data, for `samspill backup`. Default: DATABASE_OWNER_URL.",
    ),
    Setting(
        "SAMSPILL_DB_ROLE",
        "app",
        "Which of the two roles this process uses: app or owner. Set by `samspill migrate`; never set"
        " it for a server.",
    ),
    Setting("SAMSPILL_DB_POOL", "8", "Connections kept open by each server process. 0 turns the pool off."),
    Setting(
        "SAMSPILL_THREADS",
        "0",
        "Requests a server process works on at once; the rest wait. 0: as many as the server lets in.",
    ),
    Setting(
        "SAMSPILL_LISTENERS",
        "0",
        "Pages that each server process tells of changes at once, a thread each. The rest ask every 15 s.",
    ),
    Setting(
        "SAMSPILL_SECRET_KEY",
        "",
        "Signs sessions and mail links. Default: a key made once in SAMSPILL_HOME.",
    ),
    Setting(
        "SAMSPILL_FORMER_SECRET_KEYS",
        "",
        "Secret keys that were used before, separated by spaces, the newest first: what they signed or sealed"
        " still holds.",
    ),
    Setting(
        "SAMSPILL_HOSTS",
        "localhost,127.0.0.1,[::1]",
        "Host names the server answers to, separated by commas.",
    ),
    Setting(
        "SAMSPILL_ORIGIN",
        "http://127.0.0.1:8000",
        "The address people use. Starts every link in mails and feeds; https turns on secure cookies "
        "and HSTS.",
    ),
    Setting(
        "SAMSPILL_BEHIND_PROXY",
        "0",
        "1 when a proxy ends TLS and sets X-Forwarded-Proto and X-Forwarded-For.",
    ),
    Setting("SAMSPILL_DEMO", "0", "1 in the demonstration: accounts are listed on the sign-in page."),
    Setting(
        "SAMSPILL_MAIL",
        "file",
        "Where mail goes: console, file (SAMSPILL_HOME/mail) or an address "
        "smtp://user:password@host:587?tls=1.",
    ),
    Setting("SAMSPILL_MAIL_FROM", "Samspill <samspill@localhost>", "Sender of mails."),
    Setting(
        "SAMSPILL_MAIL_ANSWERS", "", "Where calendars send their answers; not set: to the sender of mails."
    ),
    Setting("SAMSPILL_PAPER_MB", "25", "The largest file that may be added as a paper, in megabytes."),
    Setting(
        "SAMSPILL_VIRUS_SCAN",
        "",
        "Command that scans a paper; it gets the file's path and ends with 0 (clean) or 1 (infected). "
        "Default: papers are marked as not scanned.",
    ),
    Setting(
        "SAMSPILL_OIDC",
        "",
        "File (JSON) with the identity providers HelseID and ID-porten. Default: local accounts only.",
    ),
    Setting(
        "SAMSPILL_FHIR_ISSUERS",
        "",
        "File (JSON) with the issuers whose access tokens open the FHIR face, such as HelseID: a list of"
        " issuer, audience and jwks. Default: our own tokens alone.",
    ),
    Setting(
        "SAMSPILL_FHIR_CLIENT_KEYS",
        "",
        "File (JSON) with the private keys that issuers such as HelseID have given us, by client id. Default:"
        " keys of our own, from SAMSPILL_SECRET_KEY; `samspill systems show` prints their public halves.",
    ),
)

_DEFAULTS = {setting.name: setting.default for setting in TABLE}


def read(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """The value of `name`; KeyError for a setting that is not in the table."""
    return environ.get(name) or _DEFAULTS[name]


def is_on(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    return read(name, environ) == "1"
