"""Django's own sentences that we say in plainer words. Our catalogues are asked before Django's."""

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("This field is required."),
    _("Enter a valid date."),
    _("Enter a valid email address."),
)
