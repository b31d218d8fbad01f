"""Work of governance in the background: the virus scan of papers.

The scan is a command of the installation (SAMSPILL_VIRUS_SCAN) that gets the path of a file as its last
argument: it ends with 0 for a clean file and 1 for one it found something in. Anything else is a scan that
failed, and is tried again.
"""

import shlex
import subprocess
from datetime import date

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samspill.directory.public import Actor, record
from samspill.governance.models import PaperVersion
from samspill.governance.states import ScanState
from samspill.worklist.public import run_in_community

RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)
SCAN_SECONDS = 300
SAID = {0: ScanState.CLEAN, 1: ScanState.INFECTED}


class ScanFailed(Exception):
    """The virus scan neither cleared nor condemned the file; it waits, and is tried again."""


def scan_later(version: PaperVersion) -> None:
    """A job for the scan, queued in the same transaction; none when no scan is set up."""
    if settings.VIRUS_SCAN:
        scan_paper.defer(community_id=version.community_id, version_id=version.pk)


@app.task(name="governance.scan_paper", retry=RETRY)
def scan_paper(community_id: int, version_id: int) -> None:
    scan(community_id, version_id, command=settings.VIRUS_SCAN, today=timezone.localdate())


def scan(community_id: int, version_id: int, *, command: str, today: date) -> None:
    """Scan one file and write down what was said. ScanFailed when the command says neither."""

    def work(actor: Actor) -> None:
        version = PaperVersion.objects.select_related("paper").get(pk=version_id)
        path = default_storage.path(f"papers/{version.sha256[:2]}/{version.sha256}")
        ended = subprocess.run([*shlex.split(command), path], timeout=SCAN_SECONDS, check=False)
        if ended.returncode not in SAID:
            raise ScanFailed(f"The virus scan ended with {ended.returncode}.")
        version.scan = SAID[ended.returncode]
        version.save(update_fields=["scan"])
        record(by=actor, act="paper.scan", on=version.paper, title=version.name, said=version.scan)

    run_in_community(community_id, work, today=today)
