"""Put a question to the figures in use, keep the answer, open it, and make it anew."""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill import __version__
from samspill.directory.public import Actor, Community, record
from samspill.insight.actions.indexing_calculations import index_calculation, title_in
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.models import Calculation, DataPack
from samspill.insight.models.calculations import KEY_LENGTH
from samspill.insight.permissions import check_may_act
from samspill.insight.queries.figures import Figures, figures_of, municipalities_of, pack_in_use
from samspill.insight.retelling import kind_of
from samspill.refusal import Refused

_DECIDES = ("method", "version", "figures")
"""What of the provenance decides the answer, and so the key. The code's version is only told."""


@dataclass(frozen=True)
class Recalculated:
    """A calculation made once more from its own figures. `differs` names the answers that are others."""

    calculation: Calculation
    version: str
    differs: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not self.differs

    @property
    def is_other_method(self) -> bool:
        return self.version != self.calculation.provenance["version"]


def answer_to(kind: str, asked: Plain, *, of: Community) -> tuple[Plain, Plain]:
    """The whole question and its answer, nothing stored: what a slider asks for. Refuses as the kind does."""
    how, figures = kind_of(kind), figures_of(pack_in_use().version)
    whole = how.whole(asked)
    return whole, _plain(how.answer(figures, municipalities_of(figures, of), whole))


def calculate(kind: str, asked: Plain, *, by: Actor, found: Plain | None = None) -> Calculation:
    """The answer, stored. The same question to the same figures gives the calculation that is there.

    `found` is the answer where it was worked out before, in the background.
    """
    how, pack = kind_of(kind), pack_in_use()
    figures = figures_of(pack.version)
    whole = how.whole(asked)
    here = _community(by)
    provenance = _provenance(how, figures)
    key = fingerprint(kind, here.code, whole, provenance)
    known = Calculation.objects.filter(community=here, key=key).first()
    if known is not None:
        return known
    if found is None:
        found = how.answer(figures, municipalities_of(figures, here), whole)
    kept = {
        "kind": kind,
        "pack": pack,
        "asked": _plain(whole),
        "provenance": provenance,
        "found": _plain(found),
        "made_by": by.name,
    }
    with transaction.atomic():
        # Somebody may have asked the same while this was calculated.
        made, is_new = Calculation.objects.get_or_create(community=here, key=key, defaults=kept)
        if is_new:
            index_calculation(made)
            record(by=by, act="calculation.made", on=made, title=title_in(made), version=pack.version)
    return made


def key_of(kind: str, asked: Plain, *, of: Community) -> str:
    """The key that the answer to `asked` will have when `of` stores it.

    Refuses as the kind does, and figures that hold no municipality of `of`: it could not be made anew.
    """
    how, figures = kind_of(kind), figures_of(pack_in_use().version)
    municipalities_of(figures, of)
    return fingerprint(kind, of.code, how.whole(asked), _provenance(how, figures))


def open_to_all(calculation: Calculation, *, by: Actor) -> Calculation:
    """From now on anybody with the address reads it; it stays so, since somebody may have pointed at it."""
    check_may_act(by, "insight.open", calculation)
    if not calculation.is_open:
        with transaction.atomic():
            calculation.is_open = True
            calculation.save(update_fields=["is_open"])
            index_calculation(calculation)
            record(by=by, act="calculation.opened", on=calculation, title=title_in(calculation))
    return calculation


def calculate_again(calculation: Calculation) -> Recalculated:
    """The same question to the same figures by the method of today; tells whether the answer is the same."""
    how, figures = kind_of(calculation.kind), figures_of(calculation.pack.version)
    here = Community.objects.get(pk=calculation.community_id)
    found = _plain(how.answer(figures, municipalities_of(figures, here), calculation.asked))
    keys = sorted(set(found) | set(calculation.found))
    differs = tuple(key for key in keys if found.get(key) != calculation.found.get(key))
    return Recalculated(calculation, how.version, differs)


def is_current(calculation: Calculation, in_use: DataPack) -> bool:
    """Whether it rests on the figures and the method that are in use today."""
    version = kind_of(calculation.kind).version
    return calculation.pack_id == in_use.pk and calculation.provenance["version"] == version


def fingerprint(kind: str, community: str, asked: Plain, provenance: Plain) -> str:
    """The key of a calculation: the head of the SHA-256 of all that decides its answer.

    The community is among it: a question about all of its municipalities does not name them.
    """
    decides = {name: provenance[name] for name in _DECIDES}
    whole = [kind, community, asked, decides]
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def _community(by: Actor) -> Community:
    if by.community_id is None:
        raise Refused("calculation.where", _("Choose a helsefellesskap to calculate for."), forbidden=True)
    return Community.objects.get(pk=by.community_id)


def _provenance(how: CalculationKind, figures: Figures) -> dict[str, object]:
    return {
        "method": how.key,
        "version": how.version,
        "figures": figures.source.version,
        "code": __version__,
    }


def _plain(value: Plain) -> dict[str, object]:
    """As the database gives it back."""
    return json.loads(json.dumps(value))
