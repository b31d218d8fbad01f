"""What people type about cases."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from samspill.governance.actions.cases import CONCERNS_FITS, TITLE_FITS, CaseWords
from samspill.governance.states import Access, CaseKind, Stance

Choices = Sequence[tuple[str, str]]


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """None, one or several files."""

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in files if one]


class ReportForm(forms.Form):
    """«Meld sak»: four fields."""

    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_FITS,
        error_messages={
            "required": _("Give the case a title of a few words."),
            "max_length": _("The title is too long. Keep it to one line."),
        },
    )
    asks = forms.CharField(
        label=_("What do you want clarified?"),
        help_text=_("In your own words. No names of patients and no fødselsnummer."),
        error_messages={"required": _("Write what you want clarified, in a sentence or two.")},
        widget=forms.Textarea({"rows": 5}),
    )
    concerns = forms.CharField(
        label=_("Whom is it about?"),
        help_text=_(
            "For example: patients who go home in the evening, and the home nursing of five municipalities."
        ),
        max_length=CONCERNS_FITS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": _("Say in two or three lines whom it is about.")},
    )
    papers = ManyFilesField(
        label=_("Papers"),
        help_text=_("At most 25 MB each."),
        required=False,
        widget=ManyFilesInput(),
        error_messages={"empty": _("The file has no content. Choose the right file.")},
    )

    @property
    def words(self) -> CaseWords:
        return CaseWords(**{name: self.cleaned_data.get(name, "") for name in ("title", "asks", "concerns")})


class TakeUpForm(forms.Form):
    body = forms.ChoiceField(
        label=_("Body"),
        error_messages={"required": _("Choose a body."), "invalid_choice": _("Choose a body.")},
    )
    answer = forms.CharField(
        label=_("To the one who reported it"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: object, bodies: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["body"].choices = [("", _("Choose …")), *bodies]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What is missing, or why it is not taken up."""

    answer = forms.CharField(
        label=_("In words"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write a sentence, so that the one who reported it need not ask.")},
    )


class HandlingForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_FITS,
        error_messages={"required": _("Give the case a title of a few words.")},
    )
    kind = forms.ChoiceField(
        label=_("What the meeting shall do"), choices=CaseKind.choices, widget=forms.RadioSelect()
    )
    large_consequence = forms.BooleanField(
        label=_("It has larger administrative or economic consequences"),
        help_text=_("Then the body above decides, and this one recommends."),
        required=False,
    )
    needs_anchoring = forms.BooleanField(
        label=_("The municipalities must be asked first"),
        help_text=_("No meeting takes the case before they have answered."),
        required=False,
    )


class AnchoringForm(forms.Form):
    region = forms.ChoiceField(label=_("Whom you ask"), required=False)
    due = forms.DateField(
        label=_("Answer by"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 20.11.2026.")},
    )
    question = forms.CharField(
        label=_("The question"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Write what the municipalities are asked, as a question.")},
    )

    def __init__(self, *args: object, regions: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["region"].choices = [*regions, ("", _("All the municipalities"))]  # type: ignore[attr-defined]


class StanceForm(forms.Form):
    """An answer in a round; the stance is the button that was pressed."""

    party = forms.ChoiceField(
        label=_("Municipality"), error_messages={"invalid_choice": _("Choose a municipality.")}
    )
    stance = forms.ChoiceField(choices=Stance.choices, required=False)
    remark = forms.CharField(
        label=_("Remark"),
        help_text=_("Needed for «with a remark»."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: object, parties: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["party"].choices = parties  # type: ignore[attr-defined]


class StatementForm(forms.Form):
    voice = forms.ChoiceField(
        label=_("On behalf of"), error_messages={"invalid_choice": _("Choose somebody.")}
    )
    stance = forms.ChoiceField(
        label=_("Stance"),
        choices=[("", _("No stance, only words")), *Stance.choices],
        required=False,
        widget=forms.RadioSelect(),
    )
    text = forms.CharField(label=_("In words"), required=False, widget=forms.Textarea({"rows": 6}))

    def __init__(self, *args: object, voices: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["voice"].choices = voices  # type: ignore[attr-defined]


class AskStatementForm(forms.Form):
    who = forms.MultipleChoiceField(
        label=_("Whom you ask"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due = forms.DateField(
        label=_("Answer by"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 20.11.2026.")},
    )
    words = forms.CharField(
        label=_("What you want to know"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: object, who: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["who"].choices = who  # type: ignore[attr-defined]


class WaiveForm(forms.Form):
    because = forms.CharField(
        label=_("Why one need not wait"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": _("Say why one need not wait for the municipalities. The reason stands at the case.")
        },
    )


class ScreeningForm(forms.Form):
    access = forms.ChoiceField(label=_("Who may read it"), choices=Access.choices, widget=forms.RadioSelect())
    law_reference = forms.CharField(
        label=_("Paragraph"),
        help_text=_("Choose a common ground, or write the paragraph yourself."),
        max_length=120,
        required=False,
        widget=forms.TextInput({"list": "grounds", "autocomplete": "off"}),
    )
    public_title = forms.CharField(label=_("Title that everybody may read"), max_length=200, required=False)
    until = forms.DateField(
        label=_("Closed until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 20.11.2026.")},
    )


class PaperForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file has no content. Choose the right file."),
        },
    )
