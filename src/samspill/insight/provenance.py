"""Where an answer comes from, in words: figures, method, code, draws, when and by whom."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samspill.directory.public import Actor
from samspill.insight.models import Calculation, DataPack
from samspill.insight.queries.figures import as_sentence
from samspill.insight.retelling import kind_of
from samspill.insight.telling import Pair

SHOWN = 12  # characters of a version that people compare


def provenance_of(calculation: Calculation, actor: Actor) -> list[Pair]:
    """Terms and texts. Who made it is told inside the community; to others the community made it."""
    pack, kept = calculation.pack, calculation.provenance
    found = [
        (_("Figures"), _figures(pack)),
        (_("Sources"), pack.credit),
        (_("Way of calculating"), _version(kind_of(calculation.kind).label, kept["version"])),
    ]
    if "code" in kept:
        found.append(("Samspill", _("version %(version)s") % {"version": kept["code"]}))
    if "seed" in calculation.asked:
        found.append((_("Draws begin at number"), str(calculation.asked["seed"])))
    is_own = actor.community_id == calculation.community_id
    by = calculation.made_by if is_own else calculation.community.full_name
    day = date_format(calculation.made_at, "DATE_FORMAT")
    return [*found, (_("Calculated"), _("%(day)s by %(who)s") % {"day": day, "who": by})]


def withdrawn_in_words(calculation: Calculation) -> str:
    """That the figures it rests on were withdrawn, and why; "" when they stand."""
    pack = calculation.pack
    if pack.withdrawn_at is None:
        return ""
    return _(
        "The figures it rests on were withdrawn on %(day)s: %(because)s Do not use the answer as it stands."
    ) % {
        "day": date_format(pack.withdrawn_at, "DATE_FORMAT"),
        "because": as_sentence(pack.withdrawn_because),
    }


def _figures(pack: DataPack) -> str:
    values = {"name": pack.name, "year": pack.last_year, "version": pack.version[:SHOWN]}
    return _("«%(name)s», to %(year)s, version %(version)s") % values


def _version(label: object, version: str) -> str:
    return f"{label}, {_('version %(version)s') % {'version': version}}"
