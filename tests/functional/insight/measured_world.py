"""Figures of indicators in the running demonstration; made here when it came without."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

from functional.conftest import Server

TESTS = Path(__file__).resolve().parents[2]
MAKE = """
import os, sys
from samspill.config.main import Installation
installation = Installation(os.environ)
installation.start_database()
installation.prepare_django()
from django.db import transaction
from factories.measured import measured_figures
with transaction.atomic():
    measured_figures(sys.argv[1:], shares={"3101": 0.25})
installation.stop_database()
"""


def have_figures(server: Server, *codes: str) -> None:
    """Make figures of those indicators, unless the demonstration has them."""
    with urllib.request.urlopen(f"{server.url}/api/v1/indicators/?figures=true") as answer:  # noqa: S310  our own
        there = {one["code"] for one in json.load(answer)["data"]}
    lacking = [code for code in codes if code not in there]
    if lacking:
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SAMSPILL_", "DATABASE_"))
        }
        environ = own | {
            "SAMSPILL_HOME": str(server.home),
            "PYTHONPATH": str(TESTS),
            "DJANGO_SETTINGS_MODULE": "samspill.config.settings",
        }
        subprocess.run([sys.executable, "-c", MAKE, *lacking], env=environ, check=True)
