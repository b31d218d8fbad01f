"""What people type about plans."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samspill.documents.public import DEFAULT
from samspill.plans.actions.placing import Placed
from samspill.plans.remarks import DOCUMENT
from samspill.plans.states import PlanKind, StatusWord

MEGABYTE = 1_000_000


class ReadInForm(forms.Form):
    """The document of a plan."""

    file = forms.FileField(
        label=_("The plan's document"),
        help_text=_("Word (.docx), PDF, Markdown or text, at most 50 MB."),
        widget=forms.ClearableFileInput({"accept": ".docx,.pdf,.md,.markdown,.txt"}),
        error_messages={
            "required": _("Choose the document first."),
            "empty": _("The file has no content. Choose the file with the text in it."),
        },
    )

    def clean_file(self) -> UploadedFile:
        """Looks at the size before anything is read into memory."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > DEFAULT.file_bytes:
            raise forms.ValidationError(
                DOCUMENT["document.too_large"]
                % {
                    "file": file.name,
                    "found": round((file.size or 0) / MEGABYTE),
                    "limit": DEFAULT.file_bytes // MEGABYTE,
                }
            )
        return file


class StatusForm(forms.Form):
    """How it goes. The word is the button that was pressed."""

    word = forms.ChoiceField(
        choices=StatusWord.choices, error_messages={"required": _("Press one of the answers.")}
    )
    sentence = forms.CharField(label=_("One sentence about it"), max_length=500, required=False)


class ResponsibleForm(forms.Form):
    """Who answers, and who takes part; choices are the community's bodies and parties."""

    who = forms.ChoiceField(label=_("Responsible"))
    helpers = forms.MultipleChoiceField(
        label=_("Take part"), required=False, widget=forms.SelectMultiple({"size": 6})
    )

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]
        self.fields["helpers"].choices = choices  # type: ignore[attr-defined]


class DeadlineForm(forms.Form):
    deadline = forms.DateField(
        label=_("Deadline"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the deadline as a day, for example 2027-06-30.")},
    )


class IndicatorForm(forms.Form):
    indicator = forms.ChoiceField(label=_("Measured by"))

    def __init__(self, *args: object, choices: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]


class TextForm(forms.Form):
    title = forms.CharField(
        label=_("Short name"),
        max_length=200,
        required=False,
        help_text=_("What lists call it. Empty: the text itself."),
    )
    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea({"rows": 4}))


class AdoptForm(forms.Form):
    on = forms.DateField(label=_("Adopted on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    adopted_by = forms.CharField(label=_("Adopted by"), max_length=160)


class PlaceForm(forms.Form):
    """What a plan is called and where it stands among the others; `parents` are those it may stand under."""

    title = forms.CharField(
        label=_("Title"), max_length=300, error_messages={"required": _("Write what the plan is called.")}
    )
    slogan = forms.CharField(label=_("Slogan"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind of plan"), choices=PlanKind.choices)
    period_start = forms.DateField(
        label=_("First day of the period"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write it as a day, for example 2027-01-01.")},
    )
    period_end = forms.DateField(
        label=_("Last day of the period"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write it as a day, for example 2028-12-31.")},
    )
    parent = forms.ChoiceField(
        label=_("Stands under"),
        required=False,
        help_text=_("The strategy or plan that this one carries out."),
    )
    review_months = forms.IntegerField(
        label=_("Months from adoption to review"),
        help_text=_("24 months unless you have agreed on something else."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write a number of months, for example 24.")},
    )

    def __init__(self, *args: object, parents: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["parent"].choices = [("", _("No other plan")), *parents]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        start, end = typed.get("period_start"), typed.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The plan ends before it begins. Choose a later day."))
        return typed

    @property
    def placed(self) -> Placed:
        typed = self.cleaned_data
        return Placed(**{**typed, "parent": int(typed["parent"]) if typed["parent"] else None})
