"""Why a file cannot be read: every code with its sentence, in one table.

A code and the names between `%(` and `)s` are stable, so that an app above can print the sentence in its own
language: `translated[refused.code] % refused.values`. Not here: where each of them is found out.
"""

from samspill.refusal import Refused

SENTENCES = {
    "document.missing": "There is no file at «%(file)s». Check the name.",
    "document.empty": "«%(file)s» has no content. Choose the file with the text in it.",
    "document.unknown_type": "«%(file)s» is not a kind of file we can read. "
    "Save it as Word (.docx), PDF, Markdown or text.",
    "document.wrong_extension": "«%(file)s» ends with %(said)s, but its content is %(found)s. "
    "Give it the ending that fits, if you trust where it comes from.",
    "document.old_format": "«%(file)s» is %(found)s, which we do not read. "
    "Open it in Word or LibreOffice and save it as .docx or PDF.",
    "document.too_large": "«%(file)s» is %(found)s MB; the limit is %(limit)s MB. "
    "Take out pictures or divide the file.",
    "document.unpacks_too_large": "«%(file)s» unpacks to far more than a document needs. "
    "Save it again in Word, or as PDF, and try once more.",
    "document.too_many_pages": "«%(file)s» has more than %(limit)s pages. "
    "Divide it, and read the part you need.",
    "document.too_long": "«%(file)s» has more than %(limit)s characters. "
    "Divide it, and read the part you need.",
    "document.encrypted": "«%(file)s» is locked with a password. "
    "Save a copy without a password, and choose that.",
    "document.xml_entities": "«%(file)s» holds XML declarations that no word processor writes, "
    "so we do not open it. Save it again in Word, or as PDF.",
    "document.macros": "«%(file)s» holds macros, so we do not open it. Save it as a plain .docx or as PDF.",
    "document.too_slow": "Reading «%(file)s» took more than %(limit)s seconds, so we stopped. "
    "Divide it, or save it again as .docx.",
    "document.too_much_memory": "«%(file)s» needs more memory than a document may use, so we stopped. "
    "Divide it, or save it again as .docx.",
    "document.broken": "«%(file)s» says it is %(found)s, but is damaged. "
    "Open it, save it again, and choose the new file.",
    "document.scanned": "«%(file)s» is pictures of pages without text. "
    "Run text recognition (OCR) on it, or find the original.",
    "document.not_text": "«%(file)s» is not text we can decode. Save it as UTF-8.",
}


class Unreadable(Refused):
    """A refusal of a file: the code, the sentence, and the values the sentence was made from."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, SENTENCES[code] % values)
        self.values = values
