"""What is said when a document cannot be read, or something in it could not be made out.

The readers below speak English and know nothing of Django; their codes and values meet their sentences here.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from samspill.plans.models import PlanDocument
from samspill.refusal import Refused

# The same words as `samspill.documents` uses for the same codes; a test holds them together.
DOCUMENT = {
    "document.missing": _("There is no file at «%(file)s». Check the name."),
    "document.empty": _("«%(file)s» has no content. Choose the file with the text in it."),
    "document.unknown_type": _(
        "«%(file)s» is not a kind of file we can read. Save it as Word (.docx), PDF, Markdown or text."
    ),
    "document.wrong_extension": _(
        "«%(file)s» ends with %(said)s, but its content is %(found)s. "
        "Give it the ending that fits, if you trust where it comes from."
    ),
    "document.old_format": _(
        "«%(file)s» is %(found)s, which we do not read. "
        "Open it in Word or LibreOffice and save it as .docx or PDF."
    ),
    "document.too_large": _(
        "«%(file)s» is %(found)s MB; the limit is %(limit)s MB. Take out pictures or divide the file."
    ),
    "document.unpacks_too_large": _(
        "«%(file)s» unpacks to far more than a document needs. "
        "Save it again in Word, or as PDF, and try once more."
    ),
    "document.too_many_pages": _(
        "«%(file)s» has more than %(limit)s pages. Divide it, and read the part you need."
    ),
    "document.too_long": _(
        "«%(file)s» has more than %(limit)s characters. Divide it, and read the part you need."
    ),
    "document.encrypted": _(
        "«%(file)s» is locked with a password. Save a copy without a password, and choose that."
    ),
    "document.xml_entities": _(
        "«%(file)s» holds XML declarations that no word processor writes, so we do not open it. "
        "Save it again in Word, or as PDF."
    ),
    "document.macros": _(
        "«%(file)s» holds macros, so we do not open it. Save it as a plain .docx or as PDF."
    ),
    "document.too_slow": _(
        "Reading «%(file)s» took more than %(limit)s seconds, so we stopped. "
        "Divide it, or save it again as .docx."
    ),
    "document.too_much_memory": _(
        "«%(file)s» needs more memory than a document may use, so we stopped. "
        "Divide it, or save it again as .docx."
    ),
    "document.broken": _(
        "«%(file)s» says it is %(found)s, but is damaged. Open it, save it again, and choose the new file."
    ),
    "document.scanned": _(
        "«%(file)s» is pictures of pages without text. "
        "Run text recognition (OCR) on it, or find the original."
    ),
    "document.not_text": _("«%(file)s» is not text we can decode. Save it as UTF-8."),
}

# Of the plan reader (`plans.reading.candidates.PROBLEMS`), and of the import itself.
REMARKS = {
    "plan.no_measures": _("No measure was found. Add the measures by hand, or read a plan that names them."),
    "plan.no_focus_areas": _("No focus area was found, so the measures stand without one."),
    "plan.community_unknown": _(
        "«%(found)s» is not in the register of helsefellesskap. Choose the right one."
    ),
    "plan.community_missing": _("The document does not say which helsefellesskap it belongs to. Choose it."),
    "plan.period_missing": _("The document does not say which years it covers. Fill in the period."),
    "table.header_unknown": _(
        "Table %(table)s has a header we do not know («%(found)s»), so its rows were not read. "
        "Name one column «Tiltak»."
    ),
    "table.row_without_measure": _("A row in table %(table)s has «%(found)s», but no measure."),
    "deadline.not_understood": _("The deadline «%(found)s» is not a date we understand. Fill in the date."),
    "deadline.outside_period": _("The deadline «%(found)s» lies before the plan begins."),
    "responsible.unknown": _("«%(found)s» is neither a body nor a party we know. It stands as text."),
    "goal.kept": _(
        "«%(measure)s» stands under the goal «%(found)s» in the document, and under «%(here)s» here. "
        "What was chosen here stays."
    ),
    "body.not_added": _("«%(found)s» is not in the list of bodies. The secretariat can add it."),
}

_KINDS = {
    "a PDF file": _("a PDF file"),
    "a Word document (.docx)": _("a Word document (.docx)"),
    "plain text": _("plain text"),
    "a packed file": _("a packed file"),
    "an old Word document (.doc)": _("an old Word document (.doc)"),
    "an OpenDocument text (.odt)": _("an OpenDocument text (.odt)"),
    "a rich text file (.rtf)": _("a rich text file (.rtf)"),
    "a document": _("a document"),
}


def in_our_words(refused: Refused) -> Refused:
    """A reader's refusal with the sentence in the language of the one who asks; others pass unchanged."""
    if refused.code not in DOCUMENT:
        return refused
    values = {key: str(_KINDS.get(value, value)) for key, value in getattr(refused, "values", {}).items()}
    return Refused(refused.code, str(DOCUMENT[refused.code]) % values, field="file")


def remark_sentence(code: str, values: Mapping[str, str], line: int = 0) -> str:
    """A remark of the reading in words; with a line it says where."""
    sentence = str(REMARKS[code]) % values if code in REMARKS else code
    return f"{where(line)}{sentence}" if line else sentence


def remarks_of(document: PlanDocument) -> list[str]:
    """What the reading of a document could not make out, in sentences."""
    return [remark_sentence(one["code"], one["values"], one.get("line", 0)) for one in document.remarks]


def where(line: int) -> str:
    """The beginning of a sentence about something on a line of the document."""
    return pgettext("beginning of a sentence", "Line %(line)s: ") % {"line": line}
