"""The accounts the demonstration lists on its sign-in page. Nothing is listed anywhere else."""

import json
from dataclasses import dataclass

from django.conf import settings

FILE = "demo-accounts.json"


@dataclass(frozen=True)
class DemoAccount:
    """An invented person, with the password that only the demonstration shows."""

    name: str
    email: str
    password: str
    role: str


def listed() -> list[DemoAccount]:
    """The accounts, or none outside the demonstration."""
    path = settings.HOME / FILE
    if not settings.DEMO or not path.exists():
        return []
    return [DemoAccount(**row) for row in json.loads(path.read_text("utf-8"))]


def keep(accounts: list[DemoAccount]) -> None:
    """Write the list to the installation's folder, readable by its owner only."""
    path = settings.HOME / FILE
    path.write_text(
        json.dumps([vars(account) for account in accounts], ensure_ascii=False, indent=1), "utf-8"
    )
    path.chmod(0o600)
