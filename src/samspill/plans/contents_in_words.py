"""How much a document says besides its measures, in a sentence; and what the parts of it are called."""

from collections.abc import Callable, Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspill.plans.queries.contents import Contents
from samspill.plans.wording import in_words

HEADINGS = {
    "bodies": gettext_lazy("Bodies it names"),
    "agreements": gettext_lazy("Agreements it names"),
    "projects": gettext_lazy("Projects it names"),
    "plans": gettext_lazy("Plans and guides it refers to"),
    "patient_groups": gettext_lazy("Patient groups it speaks of"),
    "numbers": gettext_lazy("Sentences with figures"),
}


def heading_of(name: str) -> str:
    """What a list of named things is called."""
    return str(HEADINGS.get(name, name))


def contents_in_words(found: Contents | None) -> str:
    """«Eleven questions with answers and eight good examples.»; "" when there is nothing to tell."""
    if found is None:
        return ""
    parts = list(_counted(found))
    if not parts:
        return ""
    if len(parts) == 1:
        return f"{capfirst(parts[0])}."
    return _("%(some)s and %(last)s.") % {"some": capfirst(", ".join(parts[:-1])), "last": parts[-1]}


def _counted(found: Contents) -> Iterator[str]:
    """The two kinds of which the document has something, most worth telling first."""
    counts = {
        "questions": len(found.questions),
        "examples": len(found.examples),
        "bodies": len(found.named.get("bodies", ())),
        "agreements": len(found.named.get("agreements", ())),
    }
    told = [name for name, count in counts.items() if count][:2]
    for name in told:
        yield _SENTENCES[name](counts[name]) % {"count": in_words(counts[name])}


_SENTENCES: dict[str, Callable[[int], str]] = {
    "questions": lambda n: ngettext(
        "%(count)s question with its answer", "%(count)s questions with answers", n
    ),
    "examples": lambda n: ngettext("%(count)s good example", "%(count)s good examples", n),
    "bodies": lambda n: ngettext("%(count)s body is named", "%(count)s bodies are named", n),
    "agreements": lambda n: ngettext("%(count)s agreement is named", "%(count)s agreements are named", n),
}
