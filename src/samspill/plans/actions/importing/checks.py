"""Whether a reading can become a plan of a community. Every refusal says what, where and how to mend it."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Community
from samspill.plans.actions.importing.contents import contents_of, is_worth_keeping
from samspill.plans.reading import candidates
from samspill.plans.remarks import remark_sentence, where
from samspill.plans.rules.dates import check_deadline, check_period
from samspill.refusal import Refused

BY_MUNICIPALITIES = "municipalities"
HEADER_UNKNOWN = "table.header_unknown"
MOST_HEADERS = 3
"""Headers of tables that were not read, named when nothing was: more of them help nobody."""
_TWO_YEARS = re.compile(r"\b((?:19|20)\d\d)\s?[–—-]\s?((?:19|20)\d\d)\b")


def check_reading(reading: candidates.PlanReading, community: Community, file_name: str) -> None:
    check_has_something(reading, file_name)
    check_community(reading, community)
    check_years_in_order(reading)
    start, end = days_of(reading.period)
    check_period(start, end)
    for measure in reading.measures:
        check_deadline(measure.deadline, start, where=where(measure.line))


def check_has_something(reading: candidates.PlanReading, file_name: str) -> None:
    """Refuses an empty plan, naming tables left unread: a header may be all that is wrong."""
    if not reading.measures and not is_worth_keeping(contents_of(reading)):
        refused = empty_plan(file_name)
        unread = [one for one in reading.problems if one.code == HEADER_UNKNOWN]
        said = [remark_sentence(one.code, one.values, one.line) for one in unread[:MOST_HEADERS]]
        raise Refused(refused.code, " ".join([refused.sentence, *said]), field=refused.field)


def empty_plan(file_name: str) -> Refused:
    return Refused(
        "plan.empty",
        _(
            "We found no measures in «%(file)s». Choose the document with the plan itself, "
            "or write its measures as a table or a list."
        )
        % {"file": file_name},
        field="file",
    )


def check_community(reading: candidates.PlanReading, community: Community) -> None:
    """A document that does not say whose it is belongs to the community it is read into.

    Municipalities alone are too weak a sign to refuse by: neighbours are named in every plan.
    """
    said = reading.community
    if said.name and not said.code:
        raise unknown_community(said)
    if said.code and said.code != community.code and said.found_by != BY_MUNICIPALITIES:
        raise Refused(
            "plan.community_other",
            _(
                "This is the plan of %(found)s; you work in %(here)s. "
                "Change helsefellesskap, or choose another document."
            )
            % {"found": full_name_of(said), "here": community.full_name},
            field="file",
        )


def unknown_community(said: candidates.Community) -> Refused:
    return Refused(
        "plan.community_unknown",
        _(
            "The plan says it is for «%(found)s», which is none of the helsefellesskap. "
            "Correct the name in the document."
        )
        % {"found": said.raw or said.name},
        field="file",
    )


def full_name_of(said: candidates.Community) -> str:
    known = Community.objects.filter(code=said.code).first()
    return known.full_name if known else said.name


def check_years_in_order(reading: candidates.PlanReading) -> None:
    """«2027–2025» is no period to the reader; to people it is a mistake worth telling."""
    years = _TWO_YEARS.search(reading.title)
    if reading.period.start is None and years:
        check_period(date(int(years[1]), 1, 1), date(int(years[2]), 12, 31))


def days_of(period: candidates.Period) -> tuple[date | None, date | None]:
    """First and last day: a year means all of it."""
    start, end = period.start, period.end
    if isinstance(start, int):
        start = date(start, 1, 1)
    if isinstance(end, int):
        end = date(end, 12, 31)
    return start, end
