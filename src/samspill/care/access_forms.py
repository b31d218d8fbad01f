"""Forms of access: emergency, who is found and taken in, what is blocked and agreed to, and a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.care.access_states import EmergencyReason
from samspill.care.states import Relation
from samspill.directory.public import WrittenForm


class EmergencyForm(forms.Form):
    """Why the ordinary rules are passed: from the list, and in one's own words."""

    reason_code = forms.ChoiceField(
        label=_("What is it about?"), choices=EmergencyReason.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why must you see this now?"),
        help_text=_("At least ten letters. Read by those who review it, not by the patient."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FindForm(forms.Form):
    """A number, or some of a name: one field, so that nobody needs to know which."""

    words = forms.CharField(
        label=_("Name, or national identity number"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )


class NewPatientForm(forms.Form):
    """Who is taken in, by which team, and why. `places` are (key, name)."""

    number = forms.CharField(
        label=_("National identity number"),
        help_text=_("Eleven digits. Leave it empty when nobody knows it yet."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    birth_date = forms.DateField(
        label=_("Born"),
        help_text=_("When there is no number."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    municipality = forms.TypedChoiceField(
        label=_("Municipality of residence"), required=False, coerce=int, empty_value=None
    )
    language = forms.ChoiceField(label=_("Language"), choices=WrittenForm.choices)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    place = forms.ChoiceField(label=_("Team that follows the patient"))
    reason = forms.CharField(
        label=_("Why is the patient followed?"), help_text=_("As «Heart failure»."), max_length=200
    )

    def __init__(
        self, *args: Any, places: list[tuple[str, str]], municipalities: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["municipality"].choices = [("", "–"), *municipalities]  # type: ignore[attr-defined]


class NearForm(forms.Form):
    """Somebody near the patient, and what the patient lets them."""

    name = forms.CharField(label=_("Name"), max_length=160)
    relation = forms.ChoiceField(label=_("Who is it to the patient?"), choices=Relation.choices)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    email = forms.EmailField(
        label=_("Mail address they sign in with"), help_text=_("Only if they sign in here."), required=False
    )
    is_next_of_kin = forms.BooleanField(label=_("Is the next of kin"), required=False)
    may_see = forms.BooleanField(
        label=_("The patient has said that they may see"),
        help_text=_("Pasient- og brukerrettighetsloven § 3-3."),
        required=False,
    )
    may_enter = forms.BooleanField(label=_("The patient has said that they may enter values"), required=False)
