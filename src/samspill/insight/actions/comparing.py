"""Set scenarios beside each other: the question that is asked."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from samspill.insight.calculations.comparison import FEWEST, MOST
from samspill.insight.models import DataPack
from samspill.insight.queries.figures import as_sentence
from samspill.insight.queries.scenarios import Line
from samspill.refusal import Refused


def question_of(lines: Sequence[Line]) -> dict[str, object]:
    """The question «comparison» for the newest versions. Refuses what cannot stand beside each other.

    Of too few or too many, of different kinds, or resting on figures that were withdrawn.
    """
    if not FEWEST <= len(lines) <= MOST:
        raise Refused(
            "comparison.number",
            _("Choose from %(fewest)s to %(most)s scenarios to compare.") % {"fewest": FEWEST, "most": MOST},
        )
    if len({line.scenario.kind for line in lines}) > 1:
        raise Refused(
            "comparison.kind",
            _("These scenarios calculate different things. Choose those of the same kind."),
        )
    for line in lines:
        check_stands(line)
    return {
        "kind": lines[0].scenario.kind,
        "scenarios": [{"name": line.scenario.name, "asked": line.newest.calculation.asked} for line in lines],
    }


def check_stands(line: Line) -> None:
    """Refuses a scenario whose figures were withdrawn, with the way out."""
    pack: DataPack = line.newest.calculation.pack
    if pack.is_withdrawn:
        raise Refused(
            "scenario.withdrawn",
            _(
                "«%(name)s» rests on figures that were withdrawn: %(because)s Open it, calculate it anew "
                "on the figures in use, then compare."
            )
            % {"name": line.scenario.name, "because": as_sentence(pack.withdrawn_because)},
        )
