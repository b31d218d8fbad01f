"""What people choose when they bring a table."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samspill.plans.actions.bringing_in.packages import MEGABYTE
from samspill.plans.actions.bringing_in.spreadsheets import FILE_BYTES
from samspill.plans.rules.tables.refusals import SENTENCES


class BringForm(forms.Form):
    """The table: Excel or CSV."""

    file = forms.FileField(
        label=_("The table"),
        help_text=_("Excel (.xlsx) or CSV, at most 20 MB and 10,000 rows."),
        widget=forms.ClearableFileInput({"accept": ".xlsx,.csv,.txt,.tsv"}),
        error_messages={
            "required": _("Choose the table first."),
            "empty": _("The file has no content. Choose the file with the table in it."),
        },
    )

    def clean_file(self) -> UploadedFile:
        """Looks at the size before anything is read into memory."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > FILE_BYTES:
            raise forms.ValidationError(
                SENTENCES["table.too_large"]
                % {
                    "file": file.name,
                    "found": round((file.size or 0) / MEGABYTE),
                    "limit": FILE_BYTES // MEGABYTE,
                }
            )
        return file
