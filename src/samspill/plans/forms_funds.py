"""What people type about joint money."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspill.directory.register.themes import themes
from samspill.plans.rules.funds.amounts import figures, read_amount
from samspill.plans.states import AwardKind, ConflictGround, Consent, CriterionKind
from samspill.refusal import Refused

Choices = list[tuple[str, str]]
DAY = {"invalid": _("Write a day, for example 2027-06-30.")}


class AmountField(forms.CharField):
    """Whole kroner as people write them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"max_length": 40, "widget": widget, **kwargs})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return read_amount(typed)
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused

    def prepare_value(self, value: Any) -> Any:
        return figures(value) if isinstance(value, int) else value


def day_field(label: object, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=DAY, **kwargs)  # type: ignore[arg-type]


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class SchemeForm(forms.Form):
    """A scheme; its criteria are a table of their own (`CriterionForm`)."""

    name = forms.CharField(label=_("Name of the scheme"), max_length=160)
    purpose = forms.CharField(label=_("What the money is for"), widget=_words(4))
    decided_by = forms.ChoiceField(label=_("Who decides"))
    municipalities_needed = forms.IntegerField(
        label=_("How many municipalities must say yes"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_("The hospital must always say yes."),
    )

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].choices = bodies  # type: ignore[attr-defined]


class CriterionForm(forms.Form):
    """A row of the table of criteria. A row without a name is no criterion."""

    name = forms.CharField(label=_("Criterion"), max_length=160, required=False)
    explanation = forms.CharField(label=_("What one asks"), max_length=500, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=CriterionKind.choices, initial=CriterionKind.SCORED, required=False
    )
    points = forms.IntegerField(label=_("Most points"), min_value=1, max_value=100, initial=5, required=False)
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=20, initial=1, required=False)


CriterionFormSet = forms.formset_factory(CriterionForm, extra=2, max_num=20)


def written(criteria: forms.BaseFormSet) -> list[dict[str, Any]]:
    """The rows of a valid table that have a name."""
    return [
        {**form.cleaned_data, "kind": form.cleaned_data.get("kind") or CriterionKind.SCORED}
        for form in criteria.forms
        if form.cleaned_data.get("name", "").strip()
    ]


class CallForm(forms.Form):
    title = forms.CharField(label=_("Title of the call"), max_length=200)
    text = forms.CharField(
        label=_("What one can apply for"),
        widget=_words(6),
        help_text=_("Written to those who have an idea and no time: what, for whom, what not."),
    )
    frame_nok = AmountField(label=_("How much there is"), help_text=_("Whole kroner, for example 2 500 000."))
    opens = day_field(_("First day"))
    closes = day_field(_("Last day"))
    decides_by = day_field(_("An answer is promised by"))

    def clean_frame_nok(self) -> int:
        amount: int = self.cleaned_data["frame_nok"]
        if not amount:
            raise forms.ValidationError(_("Write how much there is to give."))
        return amount


class BeginForm(forms.Form):
    applicant = forms.ChoiceField(label=_("Who applies"))
    title = forms.CharField(
        label=_("What is it called?"), max_length=200, help_text=_("You can change everything later.")
    )
    starts = day_field(_("The work begins"), required=False)
    ends = day_field(
        _("The work ends"), required=False, help_text=_("The budget gets a column for each year.")
    )

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["applicant"].choices = parties  # type: ignore[attr-defined]


class ApplicationForm(forms.Form):
    """All the words of an application. Everything but the title may wait."""

    title = forms.CharField(label=pgettext_lazy("application", "Title"), max_length=200, required=False)
    contact_name = forms.CharField(label=_("Who can be asked about it"), max_length=160, required=False)
    contact_email = forms.EmailField(label=_("E-mail"), required=False)
    need = forms.CharField(
        label=_("Why is it needed?"),
        widget=_words(4),
        required=False,
        help_text=_("Who meets the problem, how often, and how you know."),
    )
    work = forms.CharField(
        label=_("What will you do?"),
        widget=_words(5),
        required=False,
        help_text=_("Who does what with whom, in the order it happens."),
    )
    patient_groups = forms.MultipleChoiceField(
        label=_("For which patients?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    effect = forms.CharField(
        label=_("What will be better?"),
        widget=_words(3),
        required=False,
        help_text=_("And how one will see it."),
    )
    transfer_value = forms.CharField(
        label=_("What can others take from it?"), widget=_words(3), required=False
    )
    starts = day_field(_("The work begins"), required=False)
    ends = day_field(
        _("The work ends"),
        required=False,
        help_text=_("With another year here, save, and the budget gets a column for it."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["patient_groups"].choices = patient_groups(language)  # type: ignore[attr-defined]


def patient_groups(language: str) -> Choices:
    """The shared groups, in the written form of the moment."""
    return [(one.code, one.name(language)) for one in themes() if one.kind == "group"]


class ConsentForm(forms.Form):
    answer = forms.ChoiceField(
        choices=Consent.choices, error_messages={"required": _("Press one of the answers.")}
    )
    words = forms.CharField(label=_("Remark, or why not"), max_length=1000, required=False, widget=_words(3))


class FormalForm(forms.Form):
    """A tick per criterion is read by the view; this is what comes of it."""

    missing = forms.CharField(
        label=_("What is missing?"),
        required=False,
        widget=_words(3),
        help_text=_("Leave it empty, and the application goes on to review."),
    )
    correct_by = day_field(_("To be mended by"), required=False)


class ConflictForm(forms.Form):
    ground = forms.ChoiceField(label=_("Ground"), choices=ConflictGround.choices)
    words = forms.CharField(label=_("In a few words"), max_length=500, required=False)


class AnswerForm(forms.Form):
    """What the body is advised to say, or what it said."""

    kind = forms.ChoiceField(label=_("Answer"), choices=AwardKind.choices, widget=forms.RadioSelect)
    amount = AmountField(label=_("How much, when it is a part"), required=False)
    left_out = forms.CharField(label=_("What is left out"), required=False, widget=_words(2))
    words = forms.CharField(label=_("Why"), required=False, widget=_words(3))


class AwardForm(AnswerForm):
    decided_on = day_field(_("Decided on"))


class AppointForm(forms.Form):
    account = forms.ChoiceField(label=_("Who gives points"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = people  # type: ignore[attr-defined]


class StartForm(forms.Form):
    """Where the measure stands and when reports are due; payments are rows the view reads."""

    place = forms.ChoiceField(
        label=_("Where in the plan"),
        help_text=_("The award becomes a measure there, with owner, deadline and money."),
    )
    interim = day_field(_("Interim report"), required=False)
    final = day_field(_("Final report"))

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


class PaymentForm(forms.Form):
    due = day_field(_("Day"))
    amount = AmountField(label=_("Amount"))
    condition = forms.CharField(label=_("Condition"), max_length=200, required=False)
    because = forms.CharField(
        label=_("Why is it changed?"),
        max_length=500,
        widget=_words(2),
        error_messages={"required": _("Say why in a sentence. Those who get the money read it.")},
    )


class ReportForm(forms.Form):
    """`needed` must be there before the report is sent, so the labels do not call them optional."""

    done = forms.CharField(label=_("What was done?"), required=False, widget=_words(5))
    results = forms.CharField(
        label=_("How did it go, compared with the plan?"),
        required=False,
        widget=_words(4),
        help_text=_("Numbers where you have them: planned and reached."),
    )
    for_others = forms.CharField(label=_("What can others take from it?"), required=False, widget=_words(3))

    def __init__(self, *args: Any, needed: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in needed if not self.is_bound else ():
            self.fields[name].required = True


class ReturnForm(forms.Form):
    because = forms.CharField(label=_("What is missing?"), max_length=500, required=False, widget=_words(2))
