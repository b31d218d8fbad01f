"""The catalogues: compile them, and tell what is missing.

Every app has its own `locale/{nb,nn}/LC_MESSAGES/django.po`. English stands in the source.
Babel does the work, so that no gettext programs are needed.

    python -m samspill.web.messages compile|missing
"""

import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent
WRITTEN_FORMS = ("nb", "nn")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Sentence": None,
    "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip

Message = tuple[str, str]
"""(context, English text); the singular where there is a plural."""


def apps() -> list[Path]:
    """Folders that have words of their own."""
    return sorted(path for path in PACKAGE.iterdir() if (path / "locale").is_dir())


def compile_all() -> int:
    """Write every .mo next to its .po; returns how many."""
    count = 0
    for source in PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po"):
        with source.open("rb") as file, source.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(file, locale=source.parts[-3]))
        count += 1
    return count


def catalogue(written_form: str) -> Catalog:
    """All apps' translations of one målform in one catalogue; a text given two ways is an error."""
    whole = Catalog(locale=written_form)
    for source in sorted(PACKAGE.glob(f"*/locale/{written_form}/LC_MESSAGES/django.po")):
        with source.open("rb") as file:
            for message in read_po(file, locale=written_form):
                if message.id:
                    _add(whole, message, source)
    return whole


def _add(whole: Catalog, message: CatalogMessage, source: Path) -> None:
    former = whole.get(message.id, message.context)
    if former is not None and former.string != message.string:
        app = source.parents[3].name
        raise ValueError(
            f"«{message.id}» is translated in two ways: «{former.string}» and, in {app}, "
            f"«{message.string}». Choose one, or tell them apart with a context."
        )
    whole[message.id] = message


@cache
def used() -> dict[Message, str]:
    """Every text that code and templates show, with the first place it is used; looked for once a run."""
    found: dict[Message, str] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt", ".xml"} and "migrations" not in path.parts:
            for message in _in_file(path):
                found.setdefault(message, str(path.relative_to(PACKAGE)))
    return found


def _in_file(path: Path) -> Iterator[Message]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        if "templates" not in path.parts:
            return
        from django.utils.translation.template import templatize

        # Indentation left over from the template would not parse as Python.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    for _line, function, messages, _comments in extract_python(
        io.BytesIO(text.encode("utf-8")), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        yield from _message(function or "", messages)


def _message(function: str | tuple[str, ...], messages: object) -> Iterator[Message]:
    parts = messages if isinstance(messages, tuple) else (messages,)
    has_context = "pgettext" in function
    context = parts[0] if has_context else ""
    text = parts[1] if has_context and len(parts) > 1 else parts[0]
    if text:
        yield (context or "", text)


def missing() -> list[str]:
    """A line for each text without a translation in bokmål or nynorsk."""
    lines = []
    for written_form in WRITTEN_FORMS:
        whole = catalogue(written_form)
        for (context, text), place in used().items():
            entry = whole.get(text, context or None)
            strings = entry.string if entry is not None else ""
            if entry is None or entry.fuzzy or not all(strings if isinstance(strings, tuple) else (strings,)):
                lines.append(f"{written_form}: {place}: {text!r}")
    return lines


def main(arguments: list[str]) -> int:
    if arguments == ["compile"]:
        compile_all()
        return 0
    if arguments == ["missing"]:
        lines = missing()
        sys.stdout.write("\n".join(lines) + ("\n" if lines else ""))
        return 1 if lines else 0
    sys.stderr.write("Say compile or missing.\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
