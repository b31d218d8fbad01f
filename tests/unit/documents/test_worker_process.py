"""Reading in a process of its own: the same document, from several threads, without secrets."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import document_files as files
import pytest

from samspill.documents.blocks import Document
from samspill.documents.limits import Limits
from samspill.documents.public import Unreadable, read, read_here
from samspill.documents.wire import pack_document, pack_limits, pack_refusal, unpack, unpack_limits

PLANS = {
    "plan.txt": files.as_text,
    "plan.md": files.as_markdown,
    "plan.docx": files.as_word,
    "plan.pdf": files.as_pdf,
}


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("plan")
    return [files.saved(folder, name, make()) for name, make in PLANS.items()]


def test_the_worker_gives_what_reading_here_gives(paths: list[Path]) -> None:
    for path in paths:
        assert read(path) == read_here(path)


def test_threads_can_read_at_the_same_time(paths: list[Path]) -> None:
    with ThreadPoolExecutor(max_workers=4) as pool:
        found = list(pool.map(read, paths))
    assert found == [read_here(path) for path in paths]


def test_an_upload_is_called_what_its_owner_calls_it(tmp_path: Path) -> None:
    path = files.saved(tmp_path, "tmp8f2k1", files.as_word())
    assert read(path, name="Handlingsplan – «ny».docx").name == "Handlingsplan – «ny».docx"
    with pytest.raises(Unreadable) as refused:
        read(path, name="Handlingsplan.pdf")
    assert refused.value.code == "document.wrong_extension"


def test_a_document_and_a_refusal_pass_the_wire_unchanged() -> None:
    document = read_here_of(files.as_word())
    assert unpack(pack_document(document)) == document
    refused = Unreadable("document.too_large", file="Å \udcff.pdf", found="60", limit="50")
    with pytest.raises(Unreadable) as passed:
        unpack(pack_refusal(refused))
    assert (passed.value.code, passed.value.values) == (refused.code, refused.values)
    limits = Limits(seconds=3.5, pages=7)
    assert unpack_limits(pack_limits(limits)) == limits


def read_here_of(data: bytes) -> Document:
    from samspill.documents.reading import read_bytes

    return read_bytes(data, "plan.docx")


def test_the_door_opens_without_django_and_without_the_readers() -> None:
    heavy = "{'django', 'pdfplumber', 'lxml', 'docx'}"
    code = f"import sys, samspill.documents.public; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_worker_does_not_get_the_secrets_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for Python notes the environment it was started with and then is Python."""
    noted = tmp_path / "noted"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nenv > "{noted}"\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.setenv("DATABASE_URL", "postgresql://hemmelig")
    read(files.saved(tmp_path, "plan.txt", files.as_text()))
    assert "hemmelig" not in noted.read_text()
    assert "PATH=" in noted.read_text()
