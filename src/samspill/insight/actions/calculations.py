"""Put a question to the figures in use, keep the answer, open it, and make it anew."""

import hashlib
import json
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Community, record
from samspill.insight.calculating import CALCULATIONS, CalculationKind, Plain
from samspill.insight.models import Calculation, DataPack
from samspill.insight.models.calculations import KEY_LENGTH
from samspill.insight.queries.figures import Figures, figures_of
from samspill.refusal import Refused


@dataclass(frozen=True)
class Recalculated:
    """A calculation made once more from its own figures. `differs` names the answers that are others."""

    calculation: Calculation
    version: str
    differs: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return not self.differs


def answer_to(kind: str, asked: Plain, *, by: Actor) -> tuple[Plain, Plain]:
    """The whole question and its answer, nothing stored: what a slider asks for. Refuses as the kind does."""
    how, figures = _kind(kind), figures_of(_pack_in_use().version)
    whole = how.whole(asked)
    return whole, how.answer(figures, _municipalities(figures, by), whole)


def calculate(kind: str, asked: Plain, *, by: Actor) -> Calculation:
    """The answer, stored. The same question to the same figures gives the calculation that is there."""
    how, pack = _kind(kind), _pack_in_use()
    figures = figures_of(pack.version)
    whole = how.whole(asked)
    provenance = _provenance(how, figures)
    key = fingerprint(kind, whole, provenance)
    here = _community(by)
    known = Calculation.objects.filter(community=here, key=key).first()
    if known is not None:
        return known
    found = _plain(how.answer(figures, _municipalities(figures, by), whole))
    with transaction.atomic():
        made = Calculation.objects.create(
            community=here,
            key=key,
            kind=kind,
            pack=pack,
            asked=_plain(whole),
            provenance=provenance,
            found=found,
            made_by=by.name,
        )
        record(by=by, act="calculation.made", on=made, version=pack.version)
    return made


def open_to_all(calculation: Calculation, *, by: Actor) -> Calculation:
    """From now on anybody with the address reads it; it stays so, since somebody may have pointed at it."""
    if not calculation.is_open:
        with transaction.atomic():
            calculation.is_open = True
            calculation.save(update_fields=["is_open"])
            record(by=by, act="calculation.opened", on=calculation)
    return calculation


def calculate_again(calculation: Calculation, *, by: Actor) -> Recalculated:
    """The same question to the same figures by the method of today; tells whether the answer is the same."""
    how, figures = _kind(calculation.kind), figures_of(calculation.pack.version)
    found = _plain(how.answer(figures, _municipalities(figures, by), calculation.asked))
    keys = sorted(set(found) | set(calculation.found))
    differs = tuple(key for key in keys if found.get(key) != calculation.found.get(key))
    return Recalculated(calculation, how.version, differs)


def fingerprint(kind: str, asked: Plain, provenance: Plain) -> str:
    """The key of a calculation: the head of the SHA-256 of all that decides its answer."""
    text = json.dumps([kind, asked, provenance], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def _kind(key: str) -> CalculationKind:
    found = CALCULATIONS.get(key)
    if found is None:
        raise Refused("calculation.kind", _("There is no calculation called «%(kind)s».") % {"kind": key})
    return found


def _pack_in_use() -> DataPack:
    pack = DataPack.objects.first()
    if pack is None:
        raise Refused(
            "calculation.no_figures",
            _("There are no figures to calculate from. Add a data pack with: samspill data add FOLDER"),
        )
    return pack


def _community(by: Actor) -> Community:
    if by.community_id is None:
        raise Refused("calculation.where", _("Choose a helsefellesskap to calculate for."), forbidden=True)
    return Community.objects.get(pk=by.community_id)


def _municipalities(figures: Figures, by: Actor) -> tuple[str, ...]:
    code = _community(by).code
    pairs = zip(figures.history.areas, figures.history.groups, strict=True)
    found = tuple(area for area, group in pairs if group == code)
    if not found:
        raise Refused(
            "calculation.no_municipalities",
            _("The figures in use hold no municipality of this helsefellesskap. Add a data pack that does."),
        )
    return found


def _provenance(how: CalculationKind, figures: Figures) -> dict[str, object]:
    return {"method": how.key, "version": how.version, "figures": figures.source.version}


def _plain(value: Plain) -> dict[str, object]:
    """As the database gives it back."""
    return json.loads(json.dumps(value))
