"""A page one may try on: numbers in the address, the answer told, nothing stored until it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Community
from samspill.insight.actions.calculations import answer_to
from samspill.insight.calculating import CALCULATIONS, Plain
from samspill.insight.models import DataPack
from samspill.insight.questions import Number, Slider, read, sliders
from samspill.insight.telling import Asked, Told
from samspill.insight.wording.refusals import in_words
from samspill.refusal import Refused


@dataclass(frozen=True)
class Tried:
    """A question with its answer. `refusal` is the sentence when it cannot be asked, and `told` None then.

    kind, asked   what would be kept: the whole question
    """

    kind: str
    sliders: Sequence[Slider]
    told: Told | None
    refusal: str = ""
    asked: Plain = field(default_factory=dict)

    @property
    def status(self) -> int:
        return 422 if self.refusal else 200


Answer = Callable[[Plain], tuple[Plain, Plain]]


def asked_in(
    data: Mapping[str, str], numbers: Sequence[Number], words: Sequence[str] = ()
) -> dict[str, object]:
    """The question that stands in an address or a form: its numbers, and its `words` as they are."""
    return {**read(data, numbers), **{name: data[name] for name in words if data.get(name)}}


def try_out(
    kind: str,
    asked: Plain,
    numbers: Sequence[Number],
    *,
    of: Community,
    names: Mapping[str, str],
    source: str,
    answer: Answer | None = None,
) -> Tried:
    """The answer to `asked`, told. `answer` when it needs no figures of the community's."""
    try:
        whole, found = answer(asked) if answer else answer_to(kind, asked, of=of)
    except Refused as refused:
        if refused.forbidden or refused.code in MISSING:
            raise
        said = Refused(refused.code, in_words(refused), field=refused.field)
        return Tried(kind, sliders(numbers, asked, said), None, said.sentence)
    told = CALCULATIONS[kind].tell(Asked(of, whole, found, names, source))
    return Tried(kind, sliders(numbers, whole), told, asked=whole)


MISSING = frozenset({"calculation.no_figures", "calculation.no_municipalities", "pack.gone"})
"""Refusals that tell of figures that are not there; the page says so calmly."""


def source_now(actor: Actor) -> str:
    """The line under a figure that was calculated just now from the figures in use."""
    pack = DataPack.objects.first()
    day = date_format(actor.today, "DATE_FORMAT")
    if pack is None:
        return calculated_on(actor)
    return _("%(credit)s. Calculated %(day)s") % {"credit": pack.credit_of_population, "day": day}


def calculated_on(actor: Actor) -> str:
    """The same where no open figures are in it."""
    return _("Your own numbers. Calculated %(day)s") % {"day": date_format(actor.today, "DATE_FORMAT")}
