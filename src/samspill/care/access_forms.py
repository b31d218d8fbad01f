"""Forms of access: emergency, who is found and taken in, what is blocked and agreed to, and a review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.care.access_states import EmergencyReason


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
