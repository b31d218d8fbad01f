"""Days in words, in the language of the moment."""

from datetime import date

from django.utils import dateformat
from django.utils.translation import pgettext

NBSP = "\xa0"


def long_day(day: date) -> str:
    """«20. november 2026»; the parts of it stay on one line."""
    return dateformat.format(day, pgettext("date format", "j F Y")).replace(" ", NBSP)
