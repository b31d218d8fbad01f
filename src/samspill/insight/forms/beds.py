"""The file of stays a capacity council brings: looked at, and not kept."""

from datetime import datetime

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samspill.analysis.capacity import Twice

MEGABYTE = 1_000_000
FILE_BYTES = 20 * MEGABYTE
LONGEST = 14  # days ahead
MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M")


class StaysForm(forms.Form):
    """A CSV with came, left and group; the moment to forecast from; how far; the beds there are."""

    file = forms.FileField(
        label=_("The stays, as a CSV file"),
        help_text=_(
            "Two columns with times: «came» and «left», empty for those who are still there. A third, "
            "«group», if "
            "patients differ. No names and no numbers of persons. Nothing of the file is kept."
        ),
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,text/csv"}),
        error_messages={
            "required": _("Choose the file with the stays first."),
            "empty": _("The file is empty. Choose the one with the stays in it."),
        },
    )
    at = forms.DateTimeField(
        label=_("From this moment"),
        required=False,
        input_formats=MOMENTS,
        help_text=_("Left empty: the latest time in the file."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write the moment as 2026-11-23 08:00.")},
    )
    days = forms.IntegerField(
        label=_("Days ahead"),
        initial=LONGEST,
        min_value=1,
        max_value=LONGEST,
        error_messages={
            "required": _("Write how many days, from 1 to 14."),
            "invalid": _("Write how many days, from 1 to 14."),
            "min_value": _("Write how many days, from 1 to 14."),
            "max_value": _("Write how many days, from 1 to 14."),
        },
    )
    beds = forms.IntegerField(
        label=_("Beds there are"),
        required=False,
        min_value=0,
        max_value=5000,
        help_text=_("Shows the risk of too few."),
        error_messages={
            "invalid": _("Write the beds as a whole number."),
            "min_value": _("Write the beds as a whole number."),
            "max_value": _("Write the beds as a whole number, at most 5000."),
        },
    )
    twice = forms.ChoiceField(
        label=_("The hour the clock shows twice in October"),
        choices=[
            (Twice.REFUSE, _("There is none in the file")),
            (Twice.FIRST, _("The first is meant")),
            (Twice.SECOND, _("The second is meant")),
        ],
        initial=Twice.REFUSE,
    )

    def clean_file(self) -> UploadedFile:
        """Looks at the size before anything is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > FILE_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Take out a shorter period."))
        return file

    def clean_at(self) -> datetime | None:
        """The clock of the ward, without a zone."""
        at = self.cleaned_data["at"]
        return at.replace(tzinfo=None) if at else None
