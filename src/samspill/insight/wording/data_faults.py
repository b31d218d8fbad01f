"""What is wrong with a file, in the reader's language. The analysis has its own for the command line."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.analysis.intake import Fault

SENTENCES: Mapping[str, Promise] = {
    "unreadable": _("The file cannot be read as %(kind)s: %(why)s"),
    "half_file": _("The file ends in the middle: %(why)s"),
    "cells": _("There are %(found)s cells, and %(wanted)s names of columns"),
    "no_rows": _("There are no rows with figures"),
    "header_twice": _("The name «%(name)s» stands over more than one column"),
    "missing_column": _("The mapping reads the column «%(name)s», and the file does not have it"),
    "empty": _("It is empty"),
    "not_year": _("It is no year"),
    "not_area": _("It is no municipality's four digits"),
    "not_whole": _("It is no whole number"),
    "decimal_comma": _("It has a decimal comma, and the mapping does not say so"),
    "not_moment": _("It is no time we can read"),
    "unknown_code": _("It is none of %(codes)s"),
    "too_low": _("It is below %(limit)s"),
    "too_high": _("It is above %(limit)s"),
    "above": _("It is above %(other)s, which it is a part of"),
    "before": _("It is before %(other)s"),
    "other_year": _("It is in another year than the row says"),
    "years": _("It is not between %(first)s and %(last)s"),
    "key_twice": _("The same stands more than once"),
    "spread_twice": _("The same figure stands more than once"),
    "unknown_area": _("It is no municipality, today or before"),
    "not_in_use": _("The number was not in use that year, and yet has figures"),
    "counted_twice": _("Both the municipality and those it was made of have figures that year"),
    "split": _("The municipality was split, and a row about one person cannot be shared out"),
    "holes": _("%(found)s of %(wanted)s combinations of sex and age are there"),
    "half_of_before": _("There are %(now)s rows for %(year)s, and %(before)s in the version in use"),
    "year_gone": _("The version in use has %(year)s, and this has not"),
    "area_gone": _("The version in use has municipality %(area)s in %(year)s, and this has not"),
    "category_gone": _("The version in use has «%(name)s», and this has not"),
    "category_new": _("«%(name)s» is new"),
    "column_gone": _("The file no longer has the column «%(name)s»"),
    "column_new": _("The file has a new column, «%(name)s», which is not read"),
}  # fmt: skip


def in_words(fault: Fault) -> str:
    return str(SENTENCES[fault.code]) % fault.facts
