"""Clusters of their own for these tests: they are killed, filled up and broken."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from samspill.config.embedded import Cluster


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that other accounts can pass through, so that it serves the tests of other users too."""
    folder = Path(tempfile.mkdtemp(prefix="samspill-test-"))
    folder.chmod(0o711)
    yield folder / "home"
    Cluster(folder / "home").stop()
    shutil.rmtree(folder)


@pytest.fixture
def cluster(home: Path) -> Cluster:
    """A cluster that runs."""
    cluster = Cluster(home)
    cluster.start()
    return cluster
