"""Send a memo to a case, as a paper in one målform or both; all may read what it points at from then on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import PAPER_TAKERS, Actor, Community, NewPaper, PaperPlace, Ref
from samspill.insight.actions.calculations import open_to_all
from samspill.insight.actions.linking import use_in
from samspill.insight.memo import fitted, memo_of
from samspill.insight.models import Calculation
from samspill.insight.permissions import check_may_act
from samspill.refusal import Refused, reason


@dataclass(frozen=True)
class MemoWanted:
    """What a memo is made of. `languages` are the målformer it is written in, a paper each."""

    community: Community
    calculations: Sequence[Calculation]
    languages: Sequence[str]
    title: str = ""


def places_for(actor: Actor) -> list[PaperPlace]:
    """Where the actor may put a memo, of every app that takes papers."""
    return [place for taker in PAPER_TAKERS.all() for place in taker.places(actor)]


def send_memo(
    wanted: MemoWanted,
    place: Ref,
    *,
    address_of: Callable[[str], str],
    is_open: bool,
    by: Actor,
) -> str:
    """Make the papers, put them at `place` and return its address. All or nothing.

    The case rests on the calculations from then, and with `is_open` everybody may read them, as far as the
    actor may say so. Refuses a place that takes no papers
    (`memo.place`), no målform (`memo.language`), and as `memo_of` and the taker do.
    """
    taker = PAPER_TAKERS.get(place.kind)
    if taker is None:
        raise Refused("memo.place", _("Choose the case that the memo belongs to."), field="place")
    if not wanted.languages:
        raise Refused("memo.language", _("Choose at least one written form."), field="languages")
    papers = [_paper(wanted, language, address_of, by) for language in wanted.languages]
    with transaction.atomic():
        address = taker.take(place, papers, by)
        for calculation in wanted.calculations:
            if may(by, "insight.link"):
                use_in(calculation, str(place), by=by)
            if is_open and may(by, "insight.open"):
                open_to_all(calculation, by=by)
    return address


def may(by: Actor, act: str) -> bool:
    """Whether the actor may do `act` with kept answers; to show what is offered."""
    return not reason(check_may_act, by, act)


def _paper(wanted: MemoWanted, language: str, address_of: Callable[[str], str], by: Actor) -> NewPaper:
    memo = memo_of(
        wanted.community,
        wanted.calculations,
        by,
        language=language,
        address_of=address_of,
        title=wanted.title,
    )
    content = fitted(memo, made_at=timezone.localtime(), ending="pdf")
    form = dict(settings.LANGUAGES)[language]
    title = f"{memo.title} ({form})" if len(wanted.languages) > 1 else memo.title
    return NewPaper(title, f"{slugify(memo.title) or 'notat'}-{language}.pdf", content)
