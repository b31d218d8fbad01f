"""Clusters of their own for these tests: they are killed, filled up and broken."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from samspill.config.embedded import Cluster


def temp_folder() -> Path:
    """A folder that other accounts can pass through, so that it serves the tests of other users too."""
    folder = Path(tempfile.mkdtemp(prefix="samspill-test-"))
    folder.chmod(0o711)
    return folder


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """The data folder of a database that has just been made."""
    folder = temp_folder()
    cluster = Cluster(folder / "home")
    cluster.start()
    cluster.stop()
    yield cluster.data
    shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    """Where a home folder may be made."""
    folder = temp_folder()
    yield folder / "home"
    Cluster(folder / "home").stop()
    shutil.rmtree(folder)


def copy_to(home: Path, made: Path) -> Cluster:
    cluster = Cluster(home, temp=home.parent)
    home.mkdir(mode=0o700)
    shutil.copytree(made, cluster.data)
    return cluster


@pytest.fixture
def cluster_in(made: Path) -> Callable[[Path], Cluster]:
    """A cluster with a new database in a home folder. It does not run yet."""
    return partial(copy_to, made=made)


@pytest.fixture
def cluster(home: Path, made: Path) -> Cluster:
    """A cluster that runs, to do with as one likes."""
    cluster = copy_to(home, made)
    cluster.start()
    return cluster


@pytest.fixture(scope="session")
def running(made: Path) -> Iterator[Cluster]:
    """A cluster that runs, to look at only."""
    folder = temp_folder()
    cluster = copy_to(folder / "home", made)
    cluster.start()
    yield cluster
    cluster.stop()
    shutil.rmtree(folder)


@pytest.fixture
def samspill(home: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the command on `home`; what still runs at the end is killed."""
    environ = {
        key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "SAMSPILL_"))
    }
    environ |= {"SAMSPILL_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    begun: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "samspill.config.main", *arguments]
        begun.append(
            subprocess.Popen(
                command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
        )
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
