"""Why a table, or a row of it, is not taken in: every code with its sentence, in one table.

A table is checked by a job that has no reader, so codes and values are stored and become sentences when they
are read. Whatever stands here says what is wrong and how to mend it; the row and the column are put first.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.plans.rules.tables.columns import LABELS, Column
from samspill.refusal import Refused

SENTENCES = {
    "table.kind": _(
        "«%(file)s» is not a table we can read. Save it as Excel (.xlsx) or CSV, and choose the new file."
    ),
    "table.empty": _("«%(file)s» has no content. Choose the file with the table in it."),
    "table.old_format": _(
        "«%(file)s» is in the old Excel format (.xls). Open it and save it as .xlsx, and choose the new file."
    ),
    "table.open_document": _(
        "«%(file)s» is an OpenDocument table. Open it and save it as .xlsx or CSV, and choose the new file."
    ),
    "table.password": _(
        "«%(file)s» is locked with a password. Save a copy without a password, and choose that."
    ),
    "table.macros": _(
        "«%(file)s» holds macros, so we do not open it. Save it as a plain .xlsx, and choose the new file."
    ),
    "table.too_large": _(
        "«%(file)s» is %(found)s MB; the limit is %(limit)s MB. Take out pictures, or divide the file."
    ),
    "table.unpacks_too_large": _(
        "«%(file)s» unpacks to far more than a table of measures needs. "
        "Copy the measures to a new workbook, and choose that."
    ),
    "table.xml_entities": _(
        "«%(file)s» holds XML declarations that no spreadsheet writes, so we do not open it. "
        "Save it again as .xlsx."
    ),
    "table.broken": _("«%(file)s» is damaged. Open it in Excel, save it again, and choose the new file."),
    "table.not_text": _(
        "«%(file)s» is not text we can decode. Save it as «CSV UTF-8», or as Excel (.xlsx)."
    ),
    "table.quotes": _(
        "The quotation marks in «%(file)s» do not match near line %(line)s. "
        "Open it in Excel and save it as .xlsx."
    ),
    "table.too_many_rows": _(
        "«%(file)s» has more than %(limit)s rows. Divide it, and bring one part at a time."
    ),
    "table.no_header": _(
        "We found no row with headers in «%(file)s». One column must be called «%(text)s». "
        "The first row with text says: %(found)s."
    ),
    "table.no_rows": _("«%(file)s» has headers, but no measures below them. Nothing is changed."),
    "row.no_text": _("What is to be done is missing. Write it in the column «%(text)s»."),
    "row.formula": _(
        "Here stands a formula (%(found)s). "
        "Copy the cell and paste it as a value, so that we see what you see."
    ),
    "row.runs": _(
        "«%(found)s» begins as a formula does, and a spreadsheet would run it. "
        "Begin the text with a word, and try again."
    ),
    "row.error_value": _("Excel has an error in the cell (%(found)s). Mend it, or leave the cell empty."),
    "row.too_long": _("The text is %(found)s characters long; there is room for %(limit)s. Shorten it."),
    "row.key": _(
        "«%(found)s» is not a key we have made. Leave the cell empty if the measure is new; "
        "otherwise fetch the table again."
    ),
    "row.key_elsewhere": _(
        "The key «%(found)s» belongs to a measure in another plan. "
        "Bring the row into that plan, or empty the cell to make a new measure here."
    ),
    "row.key_gone": _(
        "The measure is no longer in the plan: a newer document left it out. "
        "Take the row away, or empty the key to make it anew."
    ),
    "row.key_twice": _("The same measure stands in row %(row)s as well. Keep one of them."),
    "row.deadline": _(
        "«%(found)s» is not a deadline we understand. Write a day, for example 30.06.2027, or «våren 2027»."
    ),
    "row.deadline_early": _(
        "The deadline %(day)s is before the plan begins %(start)s. Choose a later day."
    ),
    "row.status": _("«%(found)s» is not a status we know. Write one of: %(words)s."),
    "row.status_missing": _(
        "The sentence needs a status beside it. Write one of: %(words)s."
    ),
    "row.closed": _("The measure is «%(state)s», so its status cannot become «%(word)s»."),
    "row.indicator": _("There is no indicator called «%(found)s». Write its name as it stands in Samspill."),
    "row.judged": _("«%(found)s» is not an answer we know. Write «%(yes)s» or «%(no)s»."),
    "row.changed_since": _(
        "Somebody has changed the measure since the table was checked. "
        "Bring the row again to see the difference."
    ),
    # Remarks: the row is fine, but a person should know.
    "remark.who": _(
        "«%(found)s» is not in the register, so the words are kept as they are. "
        "Choose who it is on the page of the measure."
    ),
    "remark.area": _("«%(found)s» is a new focus area."),
    "remark.goal": _("«%(found)s» is a new goal."),
}  # fmt: skip

Problem = dict[str, Any]
"""{"code": …, "column": code of a column or "", "values": {name: text}}, as it is stored."""


class Unfit(Refused):
    """A refusal of a table or a row that can be stored and told later, in another language."""

    def __init__(self, code: str, column: Column | str = "", **values: object) -> None:
        texts = {name: str(value) for name, value in values.items()}
        self.problem: Problem = {"code": code, "column": str(column), "values": texts}
        super().__init__(code, SENTENCES[code] % texts, field="file")


def in_words(problem: Mapping[str, Any], row: int | None = None) -> str:
    """«Row 7, column «Frist»: …» in the reader's language; "" for no problem."""
    if not problem:
        return ""
    said = str(SENTENCES[problem["code"]]) % problem["values"]
    column = LABELS[Column(problem["column"])] if problem["column"] else ""
    if row and column:
        return gettext("Row %(row)s, column «%(column)s»: %(said)s") % {
            "row": row,
            "column": column,
            "said": said,
        }
    return gettext("Row %(row)s: %(said)s") % {"row": row, "said": said} if row else said
