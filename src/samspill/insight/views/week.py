"""«Uka som kommer»: the capacity council's view, from a file of stays, an invented ward, or numbers."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspill.analysis.capacity import Twice, example_stays, known_at, to_utc
from samspill.analysis.packs import StayRows, read_stays
from samspill.directory.public import Community, saved_file
from samspill.insight.calculating import Plain
from samspill.insight.calculations.week import (
    ARRIVALS,
    KEY,
    NUMBERS,
    SPREAD,
    answered,
    hours_from,
    totals_from,
)
from samspill.insight.forms.beds import StaysForm
from samspill.insight.sealing import SEAL, question_from, sealed_query
from samspill.insight.telling import Asked, Told
from samspill.insight.telling.week import tell
from samspill.insight.views.answering import answer_page
from samspill.insight.views.trying import asked_in, calculated_on, try_out
from samspill.insight.wording.refusals import in_words
from samspill.refusal import Refused

MORNING = time(8)
EXAMPLE_WEEKS, EXAMPLE_SEED, EXAMPLE_BEDS, EXAMPLE_DAYS = 30, 2026, 54, 14
TYPED = 2  # of the numbers: those in bed and the beds, which reach from a ward to a hospital


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; with `?eksempel` the invented ward, with a posted file its own. Nothing is stored.

    The sums that were told of a file stand sealed in the address of their figures.
    """
    community = get_object_or_404(Community, slug=slug)
    form = StaysForm(request.POST, request.FILES) if request.method == "POST" else StaysForm()
    found: tuple[Told, Plain] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = _of_file(form.cleaned_data, community, request)
        except Refused as refused:
            form.add_error("twice" if refused.code == "clock_twice" else "file", in_words(refused))
    elif SEAL in request.GET:
        found = _of_sums(question_from(request.GET[SEAL]), community, request)
    elif "eksempel" in request.GET:
        found = _of_example(community, request)
    told, asked = found or (None, {})
    context = {
        "shown_community": community,
        "form": form,
        "asked": asked,
        "is_example": "eksempel" in request.GET and request.method != "POST",
    }
    here = request.path + sealed_query(asked) if asked and request.method == "POST" else ""
    status = 422 if form.errors else 200
    return answer_page(request, "insight/beds/week.html", context, told, status=status, here=here)


@require_safe
def example(request: HttpRequest, slug: str) -> HttpResponse:
    """The invented ward as a file, to see how one's own must look."""
    get_object_or_404(Community, slug=slug)
    rows = _example(request)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["came", "left", "group"])
    for came, left, group in zip(rows.came, rows.left, rows.group, strict=True):
        writer.writerow([_clock(came), _clock(left), rows.groups[group]])
    return saved_file(text.getvalue().encode(), "text/csv; charset=utf-8", _("example-stays") + ".csv")


@require_safe
def counts(request: HttpRequest, slug: str) -> HttpResponse:
    """The same from numbers one knows by heart, with sliders."""
    community = get_object_or_404(Community, slug=slug)
    numbers = (*NUMBERS, *ARRIVALS, *SPREAD)
    asked = {"at": request.actor.today.isoformat(), **counts_asked(request.GET)}  # type: ignore[attr-defined]
    tried = try_out(
        KEY,
        asked,
        numbers,
        of=community,
        names={},
        source=calculated_on(request.actor),  # type: ignore[attr-defined]
        answer=answered,
    )
    context = {
        "shown_community": community,
        "tried": tried,
        "typed": tried.sliders[:TYPED],
        "moved": tried.sliders[TYPED : len(NUMBERS)],
        "own": tried.sliders[len(NUMBERS) :],
    }
    return answer_page(request, "insight/beds/week_counts.html", context, tried.told, status=tried.status)


def counts_asked(data: Mapping[str, str]) -> Plain:
    """The question in an address."""
    return asked_in(data, (*NUMBERS, *ARRIVALS, *SPREAD), ("at",))


def _of_file(given: Mapping[str, Any], community: Community, request: HttpRequest) -> tuple[Told, Plain]:
    rows = _read(given["file"])
    latest = np.concatenate([rows.came, rows.left[~np.isnat(rows.left)]]).max()
    at = given["at"] or latest.astype(datetime)
    twice = Twice(given["twice"])
    return _told(rows, at, twice, given["days"], given["beds"], community, _own_file(request))


def _of_sums(asked: Plain, community: Community, request: HttpRequest) -> tuple[Told, Plain]:
    """The sums of a file, as they were told when it was read."""
    whole, found = answered(asked)
    return tell(Asked(community, whole, found, {}, _own_file(request))), whole


def _own_file(request: HttpRequest) -> str:
    """The line under a figure of a ward's own stays."""
    return _("The ward's own file, not kept. %(calculated)s") % {
        "calculated": calculated_on(request.actor)  # type: ignore[attr-defined]
    }


def _of_example(community: Community, request: HttpRequest) -> tuple[Told, Plain]:
    at = datetime.combine(request.actor.today, MORNING)  # type: ignore[attr-defined]
    return _told(
        _example(request),
        at,
        Twice.REFUSE,
        EXAMPLE_DAYS,
        EXAMPLE_BEDS,
        community,
        _("An invented ward, to try with"),
    )


def _told(
    rows: StayRows, at: datetime, twice: Twice, days: int, beds: int | None, community: Community, source: str
) -> tuple[Told, Plain]:
    """The answer told, and the sums that may be kept."""
    stays, moment = known_at(rows.came, rows.left, rows.group, rows.groups, at=at, twice=twice)
    totals = totals_from(stays, moment, at, days=days, beds=beds)
    came, left = (to_utc(times, twice=twice) for times in (rows.came, rows.left))
    hours = hours_from(came, left, at)
    if hours:
        totals["hours"] = hours
    asked = {"at": at.date().isoformat(), "beds": beds, "totals": totals}
    return tell(Asked(community, asked, totals, {}, source)), asked


def _read(file: UploadedFile) -> StayRows:
    """Read through a folder that is gone when this returns. Refuses what `read_stays` refuses."""
    with TemporaryDirectory() as place:
        path = Path(place) / "stays.csv"
        path.write_bytes(file.read())
        return read_stays(path)


def _example(request: HttpRequest) -> StayRows:
    at = datetime.combine(request.actor.today, MORNING)  # type: ignore[attr-defined]
    return StayRows(*example_stays(at, weeks=EXAMPLE_WEEKS, seed=EXAMPLE_SEED))


def _clock(moment: np.datetime64) -> str:
    return "" if np.isnat(moment) else str(moment.astype("datetime64[m]")).replace("T", " ")
