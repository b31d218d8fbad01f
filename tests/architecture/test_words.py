"""Both målformer are complete, and the repository speaks of Samspill alone."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import override

from samspill.web.messages import PACKAGE, WRITTEN_FORMS, catalogue, missing, used

ROOT = Path(__file__).resolve().parents[2]
HOSTS = ("pythonhosted" + ".org", "registry.npmjs" + ".org", "pypi" + ".org/simple", "deb.debian" + ".org")


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def test_every_text_is_there_in_bokmal_and_nynorsk() -> None:
    assert missing() == []


def _said_bare(path: Path) -> Iterator[str]:
    """Where a refusal is given a text that no catalogue knows."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and len(node.args) > 1:
            sentence = node.args[1]
            if isinstance(sentence, ast.JoinedStr) or (isinstance(sentence, ast.Constant) and sentence.value):
                yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_what_other_systems_are_refused_with_can_be_said_in_norwegian() -> None:
    """The FHIR face and its door wrap their sentences in `Sentence`, so that the catalogues hold them."""
    trust = PACKAGE / "directory" / "trust"
    paths = [*(PACKAGE / "fhir").rglob("*.py"), *trust.glob("*.py"), *trust.glob("smart/*.py")]
    heard = [path for path in paths if path.name != "asking.py"]  # we as a client: told by code, to us alone
    bare = [place for path in [*heard, PACKAGE / "directory" / "jose.py"] for place in _said_bare(path)]
    assert bare == []


@pytest.mark.parametrize("written_form", WRITTEN_FORMS)
def test_no_translation_is_left_over(written_form: str) -> None:
    texts = {text for _context, text in used()}
    for message in catalogue(written_form):
        if message.id:
            text = message.id[0] if isinstance(message.id, tuple) else message.id
            assert text in texts, f"{written_form}: nobody says «{text}» any more"


@pytest.mark.parametrize("written_form", WRITTEN_FORMS)
def test_a_translation_keeps_the_places_of_its_values(written_form: str) -> None:
    place = re.compile(r"%\((\w+)\)[sd]")
    for message in catalogue(written_form):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = set(place.findall(" ".join(ids)))
        for string in strings:
            assert set(place.findall(string)) <= allowed, f"{written_form}: {string}"


NOT_NYNORSK = re.compile(
    r"\b(ikke|hva|hvem|hvordan|jeg|en kommune|tjenester|fra kommunene|noen|sykehus\w*|hjem)\b", re.I
)


def test_nynorsk_is_nynorsk() -> None:
    slips = [
        message.string
        for message in catalogue("nn")
        if isinstance(message.string, str)
        and NOT_NYNORSK.search(message.string)
        and "«" not in message.string
    ]
    assert slips == []


def test_no_file_names_a_registry_host_or_a_path_of_one_machine() -> None:
    path = re.compile(r"(^|[^A-Za-z0-9_.\-/])/(work|farm|home|root|Users)/")
    faults = [
        f"{file.relative_to(ROOT)}: {word}"
        for file in tracked_files()
        for word in (
            *(host for host in HOSTS if host in text_of(file)),
            *(m.group() for m in path.finditer(text_of(file))),
        )
        if file.name != Path(__file__).name
    ]
    assert faults == []


def test_lock_files_have_hashes_and_no_addresses() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
    assert '"resolved"' not in (ROOT / "frontend" / "package-lock.json").read_text("utf-8")


def test_source_files_can_be_seen_whole() -> None:
    long = [
        f"{file.relative_to(ROOT)}: {lines} lines"
        for file in tracked_files()
        if file.suffix == ".py"
        and "migrations" not in file.parts
        and (lines := text_of(file).count("\n")) > 400
    ]
    assert long == []


@pytest.mark.parametrize(
    "source",
    sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")),
    ids=lambda path: f"{path.parents[3].name}-{path.parts[-3]}",
)
def test_no_text_stands_twice_in_a_catalogue(source: Path) -> None:
    """The reader of catalogues takes one of them and is silent about the other."""
    entries = re.findall(
        r'^(?:msgctxt ((?:".*"\s+)+))?msgid ((?:".*"\s+)+)', source.read_text("utf-8"), re.MULTILINE
    )
    told = Counter((_joined(context), _joined(text)) for context, text in entries)
    assert [text for text, count in told.items() if count > 1] == []


def _joined(quoted: str) -> str:
    return "".join(re.findall(r'"(.*)"', quoted))


@pytest.mark.parametrize("written_form", WRITTEN_FORMS)
def test_no_word_of_ours_stands_in_every_date(written_form: str) -> None:
    """A translation of Django's own text replaces it everywhere: names of days and months are Django's."""
    named = [*WEEKDAYS.values(), *WEEKDAYS_ABBR.values(), *MONTHS.values(), *MONTHS_3.values()]
    with override("en"):
        theirs = {str(word) for word in named}
    assert theirs & {str(message.id) for message in catalogue(written_form) if not message.context} == set()
