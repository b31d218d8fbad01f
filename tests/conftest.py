"""What every test stands on: the real embedded PostgreSQL, migrated as its owner, used as the application."""

import gc
import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test.utils import override_settings

from samspill.analysis.packs import Pack, open_pack

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("few", deadline=None, max_examples=30)
hypothesis.settings.register_profile("many", deadline=None, max_examples=200)
hypothesis.settings.load_profile("few")

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("SAMSPILL_HOME", str(ROOT / "build" / "test-home"))
os.environ.setdefault("SAMSPILL_DB_POOL", "0")

QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
SHARED = ROOT.parent / "shared"
TODAY = date(2026, 11, 22)


def pytest_collection_finish() -> None:
    """Collected tests are no garbage, and looking through thousands of them takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with open data and real plans that stand outside the repository."""
    if not SHARED.exists():
        pytest.skip(f"NOT TESTED: {SHARED.name} with the real data and documents is not beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def seeds(shared: Path) -> Path:
    return shared / "seeds"


@pytest.fixture(scope="session")
def data_pack(shared: Path) -> Path:
    return shared / "data"


@pytest.fixture(scope="session")
def real_pack(data_pack: Path) -> Pack:
    """The pack of open data, opened once to be looked at: that takes a second."""
    return open_pack(data_pack)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Start the embedded cluster (or take DATABASE_URL); log in as the owner, who may make databases."""
    from django.db import connection

    from samspill.config.embedded import Cluster, connection_settings

    if os.environ.get("DATABASE_URL"):
        yield
        return
    home = Path(os.environ["SAMSPILL_HOME"])
    cluster = Cluster(home)
    cluster.start()
    connection.settings_dict.update(connection_settings(home, "owner"))
    yield
    connection.close()
    cluster.release()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """After the owner has migrated, everything runs as the role that owns nothing and bypasses nothing."""
    from django.db import connection, transaction

    from samspill.config.embedded import connection_settings
    from samspill.directory.public import sync_register

    settings.MIGRATION_MODULES = {}  # put away where the tables were there already; tests look for them
    if os.environ.get("DATABASE_URL"):
        yield
        return
    owner = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    app = connection_settings(Path(os.environ["SAMSPILL_HOME"]), "app")
    connection.close()
    connection.settings_dict.update({key: app[key] for key in ("USER", "PASSWORD")})
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        sync_register(today=TODAY)
    yield
    connection.close()
    connection.settings_dict.update(owner)


@pytest.fixture(scope="session", autouse=True)
def _settings_of_the_tests() -> Iterator[None]:
    """Pages are drawn whether or not the style sheets have been built, and no client looks for them on disk.

    Argon2 is slow on purpose; invented people's passwords are made by the hundred here. The browser tests
    and `test_accounts` use the real one.
    """
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        STATIC_ROOT=None,
        PASSWORD_HASHERS=[QUICK, *settings.PASSWORD_HASHERS],
    ):
        yield


_connect = socket.socket.connect


def _connect_here(self: socket.socket, address: object) -> None:
    if self.family != socket.AF_UNIX and str(address[0]) not in {"127.0.0.1", "::1", "localhost"}:  # type: ignore[index]
        raise OSError(f"Tests speak to this machine only, not to {address}.")
    _connect(self, address)  # type: ignore[arg-type]


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine() -> Iterator[None]:
    """The network is closed: a test that reaches out is a test that fails elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _connect_here)
        yield
