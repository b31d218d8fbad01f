"""Bringing a file in: the file first, then how it is understood."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samspill.analysis.intake import SUFFIXES, find_table

MEGABYTE = 1_000_000
FILE_BYTES = 50 * MEGABYTE
RESERVED = frozenset({"inn"})
"""Words of addresses, which no data set is called."""


class FileForm(forms.Form):
    """The file, and which table it is when one knows."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV, XLSX or Parquet, at most 50 MB. Rows about persons are never brought in here."),
        widget=forms.ClearableFileInput({"accept": ",".join(SUFFIXES)}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("The file is empty. Choose the one with the figures in it."),
        },
    )
    table = forms.ChoiceField(label=_("What it holds"), required=False)

    def __init__(self, *args: Any, tables: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["table"].choices = [("", _("Guess from the names of the columns")), *tables]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        """Looks at size and name before anything is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 50 MB. Bring it in on the machine: samspill data take")
            )
        if not str(file.name).lower().endswith(SUFFIXES):
            raise forms.ValidationError(_("Save it as CSV, XLSX or Parquet, and choose that file."))
        return file


class MappingForm(forms.Form):
    """How the file becomes the table, and which data set it is of."""

    mapping = forms.CharField(
        label=_("How the file is understood"),
        help_text=_(
            "Each column of ours, and where in the file it is. Change what is wrong; «?» was not found."
        ),
        widget=forms.Textarea({"rows": 18, "spellcheck": "false", "class": "s-modeltext"}),
        strip=False,
    )
    data_set = forms.ChoiceField(label=_("Which data set"), required=False)
    title = forms.CharField(label=_("What a new data set is called"), max_length=120, required=False)
    source = forms.CharField(label=_("Who the figures are from"), max_length=200, required=False)
    licence = forms.CharField(
        label=_("Licence"), max_length=120, required=False, help_text=_("Such as NLOD 2.0 or CC BY 4.0.")
    )

    def __init__(self, *args: Any, data_sets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data_set"].choices = [*data_sets, ("", _("A new one"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A new one has a name and a source."""
        cleaned = super().clean() or {}
        if not cleaned.get("data_set"):
            for name, words in (
                ("title", _("Give it a name.")),
                ("source", _("Say who the figures are from.")),
            ):
                if not str(cleaned.get(name, "")).strip():
                    self.add_error(name, words)
        return cleaned


def key_of(title: str, table: str, taken: frozenset[str]) -> str:
    """An address for a new data set: its name in plain letters, with a number when that is taken."""
    plain = title.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    key = slugify(plain)[:50] or table
    found = find_table(table)
    names = taken | RESERVED | ({table} if found is None else frozenset())
    number = 2
    free = key
    while free in names:
        free, number = f"{key}-{number}", number + 1
    return free
