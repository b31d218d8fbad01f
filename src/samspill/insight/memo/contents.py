"""What a memo says: how many there will be, then each chosen calculation, then how the figures were made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Community, Figure
from samspill.insight.models import Calculation
from samspill.insight.queries.profiles import Profile, profile_of
from samspill.insight.retelling import names_in, tell
from samspill.insight.shown.people import show
from samspill.insight.telling import Told
from samspill.insight.wording import count, of_ten
from samspill.refusal import Refused

MOST_CALCULATIONS = 3  # more do not fit on two pages and be read
OLD = "80+"


@dataclass(frozen=True)
class Part:
    """One message: its sentences, its figure, and where it stands for good ("" for the profile)."""

    heading: str
    sentences: Sequence[str]
    figure: Figure | None
    address: str = ""


@dataclass(frozen=True)
class Memo:
    """`facts` are who it is from and when; `method` tells how the figures were made, a few sentences each."""

    title: str
    language: str
    facts: Sequence[str]
    parts: Sequence[Part]
    method: Sequence[str]
    made: date


def memo_of(
    community: Community,
    calculations: Sequence[Calculation],
    actor: Actor,
    *,
    language: str,
    address_of: Callable[[str], str],
    title: str = "",
) -> Memo:
    """The memo in `language`. `address_of` gives the full address of a calculation by its key.

    Refuses (code) `memo.empty` when there is nothing to tell, `memo.too_many` calculations.
    """
    if len(calculations) > MOST_CALCULATIONS:
        raise Refused(
            "memo.too_many",
            _("%(count)s calculations do not fit on two pages. Choose at most %(most)s.")
            % {"count": len(calculations), "most": MOST_CALCULATIONS},
        )
    with translation.override(language):
        profile = profile_of(community, [OLD])
        told = [tell(one, names_in(calculations)) for one in calculations]
        parts = [_people(profile, actor)] if profile else []
        parts += [
            _answer(answer, address_of(one.key)) for one, answer in zip(calculations, told, strict=True)
        ]
        if not parts:
            raise Refused(
                "memo.empty",
                _("There are no figures to make a memo of. Add a data pack with: samspill data add FOLDER"),
            )
        if not title.strip():  # then the first message is the title, and is said once
            title, parts = parts[0].heading, [replace(parts[0], heading=""), *parts[1:]]
        return Memo(
            title=title.strip(),
            language=language,
            facts=[community.full_name, date_format(actor.today, "DATE_FORMAT"), actor.name],
            parts=parts,
            method=_method(profile, actor, told),
            made=actor.today,
        )


def _people(profile: Profile, actor: Actor) -> Part:
    shown = show(profile, profile.whole, OLD, actor)
    series = profile.of(profile.whole, OLD)
    beside = [
        _("%(title)s says %(persons)s in %(year)s. %(verdict)s")
        % {
            "title": one.stated.title,
            "persons": count(one.stated.persons),
            "year": one.stated.year,
            "verdict": one.verdict,
        }
        for one in shown.compared
    ]
    eight_of_ten = shown.bands[1][1]
    heading = of_ten(series.on(profile.now), series.on(profile.to), profile.to)
    return Part(heading, [shown.told, f"{eight_of_ten}.", *beside], shown.figure)


def _answer(told: Told, address: str) -> Part:
    first = told.passages[0] if told.passages else None
    sentences = [told.lede, *(first.told if first else ()), *told.warnings]
    said = list(dict.fromkeys(one for one in sentences if one and one != told.heading))
    return Part(told.heading, said, first.figure if first else None, address)


def _method(profile: Profile | None, actor: Actor, told: Sequence[Told]) -> list[str]:
    sentences = []
    if profile:
        sentences.append(show(profile, profile.whole, OLD, actor).accuracy)
    sentences += [f"{term}: {text}" for one in told for term, text in one.method]
    return list(dict.fromkeys(sentences))
