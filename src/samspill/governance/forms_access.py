"""Where requests for access go."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.governance.actions.choosing_access_address import LONGEST


class AccessAddressForm(forms.Form):
    """One address, or none for the secretariat's own."""

    email = forms.EmailField(
        label=_("Requests for access go to"),
        max_length=LONGEST,
        required=False,
        error_messages={
            "invalid": _("This is no e-mail address. Check that it has a name, an @ and a place."),
            "max_length": _("This is no e-mail address. Check that it has a name, an @ and a place."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
