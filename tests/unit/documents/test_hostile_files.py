"""Damaged and hostile documents of every kind: read or refused in one sentence, soon, and with no trace."""

import logging
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import document_files as files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.documents.limits import Limits
from samspill.documents.public import read
from samspill.documents.reading import read_bytes
from samspill.documents.refusals import Unreadable

WHOLE = {
    "plan.pdf": files.as_pdf(),
    "plan.docx": files.as_word(),
    "plan.md": files.as_markdown(),
    "plan.txt": files.as_text(),
}
BUDGET = 0.25  # seconds to try files cut off in many places, for each kind
SECRET = "Kari Nordmann er innlagt"
TURNED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LIMITS = Limits(seconds=20)


def outcome(data: bytes, name: str) -> str:
    """The code of the refusal, or "" when it was read. A refusal says what, where and how to mend it."""
    try:
        document = read_bytes(data, name, LIMITS)
    except Unreadable as refused:
        assert name in refused.sentence
        assert refused.sentence.count(". ") >= 1, "what is wrong, and what to do about it"
        return refused.code
    for block in document.blocks:
        assert not TURNED.search(block.text.replace("\t", "").replace("\n", ""))
    return ""


def within(seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_off_anywhere_is_read_or_refused(name: str) -> None:
    data = WHOLE[name]
    step = max(1, len(data) // 40)
    for end, _time in zip(range(1, len(data), step), within(BUDGET), strict=False):
        assert outcome(data[:end], name) in {
            "", "document.broken", "document.empty", "document.wrong_extension", "document.unknown_type",
            "document.not_text",
        }  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=8, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_file_with_bytes_changed_anywhere_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    outcome(bytes(content), name)


SIGNS = "abcæøå |#*-_<>[]()\t\n\u202e\u202d\u2066\u2069\u200f\u061c\x07\x1b\x85\u05d0\u0645\ud800"


@pytest.mark.parametrize("name", ["plan.md", "plan.txt"])
@settings(max_examples=25, deadline=None, derandomize=True)
@given(text=st.text(SIGNS, min_size=1, max_size=300))
def test_writing_from_right_to_left_and_control_characters_turn_nothing_around(name: str, text: str) -> None:
    outcome(f"# Plan\n\nVi skal lage kurs.\n{text}".encode("utf-8", "surrogatepass"), name)


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:r><w:t>Frist \u202e7202\u202c og \u2067skjult\u2069 \x85slutt</w:t></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ansvar \u200fSSU\u200e</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    ],
)
def test_marks_that_turn_the_direction_are_left_out_of_word_documents(body: str) -> None:
    assert outcome(files.word_of(body), "plan.docx") == ""


def nested(depth: int) -> bytes:
    start, end = "<w:tbl><w:tr><w:tc>", "<w:p><w:r><w:t>Tiltak</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return files.word_of(start * depth + end * depth)


@pytest.mark.parametrize("depth", [2, 20, 60, 250, 5_000])
def test_tables_in_tables_in_tables_are_read_or_refused_in_short_time(depth: int) -> None:
    started = time.monotonic()
    assert outcome(nested(depth), "plan.docx") in {"", "document.broken"}
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.md", b"> " * 100_000 + b"Tiltak"),
        ("plan.md", b"- " * 50_000 + b"Tiltak"),
        ("plan.md", b"|" * 200_000),
        ("plan.md", b"| --- " * 50_000 + b"|\n" + b"| a " * 50_000 + b"|"),
        ("plan.md", b"*" * 100_000 + b"a" + b"*" * 100_000),
        ("plan.md", b"[" * 100_000 + b"](" * 1_000),
        ("plan.md", b"<b>" * 50_000),
        ("plan.txt", b"1." * 100_000),
        ("plan.txt", b"\t" * 200_000 + b"x"),
        ("plan.txt", b"a-" * 100_000 + b"\n" + b"b-" * 100_000),
        ("plan.txt", ("Å\u030a" * 50_000).encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:6]),
)
def test_lines_without_end_are_read_in_short_time(name: str, data: bytes) -> None:
    started = time.monotonic()
    outcome(data, name)
    assert time.monotonic() - started < 3


def test_the_log_says_that_a_document_failed_and_nothing_of_what_it_says(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for Python lets the worker fail on words of the document."""
    failing = tmp_path / "failing.py"
    failing.write_text(
        "import sys, samspill.documents.worker as worker\n"
        "def read_here(path, **_limits):\n"
        "    sys.stderr.write(path.read_text())\n"
        "    raise ValueError(path.read_text())\n"
        "worker.read_here = read_here\n"
        "worker.main(*sys.argv[5:])\n"
    )
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{failing}" "$@"\n')
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))
    path = files.saved(tmp_path, "plan.txt", SECRET.encode())
    with caplog.at_level(logging.DEBUG), pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "document.broken"
    assert SECRET not in caplog.text + refused.value.sentence
    assert "ValueError in failing.<module>" in caplog.text
    assert "read_here" in caplog.text


def test_a_worker_that_fails_writes_nothing_of_the_document(tmp_path: Path) -> None:
    path = files.saved(tmp_path, "plan.pdf", WHOLE["plan.pdf"][:-200] + SECRET.encode())
    before = set(tmp_path.iterdir())
    done = subprocess.run(
        [sys.executable, "-m", "samspill.documents.worker", str(path), "plan.pdf", "[not json"],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert SECRET not in (done.stdout + done.stderr).decode()
    assert set(tmp_path.iterdir()) == before, "nothing is left on disk"
