"""The whole profile as a table to take along: every place, age group and year, with intervals."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspill.directory.public import Community, saved_file
from samspill.documents.sheets import CSV, XLSX, csv_of, xlsx_of
from samspill.insight.age_groups import AGE_GROUPS
from samspill.insight.queries import Profile, profile_of
from samspill.insight.shown.people import source_of
from samspill.insight.wording import rounded

WIDTHS = (28, 10, 22, 8, 12, 12, 12, 14)


@require_safe
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found = _profile(slug)
    return saved_file(csv_of(rows_of(found)), CSV, f"{_name(found)}.csv")


@require_safe
def as_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    found = _profile(slug)
    content = xlsx_of(rows_of(found), name=_("Population"), widths=WIDTHS, frozen="B2")
    return saved_file(content, XLSX, f"{_name(found)}.xlsx")


def rows_of(found: Profile) -> Iterator[list[Any]]:
    """A head, the counted and the expected years of each place and age group, and last the source."""
    yield [
        _("Place"),
        _("Number"),
        _("Ages"),
        _("Year"),
        _("Persons"),
        _("Eight of ten, from"),
        _("Eight of ten, to"),
        _("Counted or expected"),
    ]
    for place in (found.whole, *found.places):
        for group in AGE_GROUPS:
            curve = found.of(place, group.code).curve
            for year, value in zip(curve.years, curve.values, strict=True):
                start = [place.name, place.code, str(group.label), year]
                if year <= found.now:
                    yield [*start, round(value), None, None, _("counted")]
                else:
                    low, high = curve.between(year)
                    yield [*start, rounded(value), rounded(low), rounded(high), _("expected")]
    yield [source_of(found.run)]


def _profile(slug: str) -> Profile:
    found = profile_of(get_object_or_404(Community, slug=slug))
    if found is None:
        raise Http404
    return found


def _name(found: Profile) -> str:
    return slugify(_("Population of %(place)s") % {"place": found.community.name})
