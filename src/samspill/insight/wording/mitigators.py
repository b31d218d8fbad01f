"""What may make demand less, in words: what it is, what is known of it, and why some of it falls away.

One entry per mitigator of `analysis.demand`; a test holds that none is missing.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class MitigatorWords(NamedTuple):
    """`slug` in addresses and forms; `evidence` with its source; `assumed` what is a judgement; `because`
    why the share that does not come back falls away."""

    slug: str
    name: Text
    does: Text
    evidence: Text
    assumed: Text
    because: Text


MITIGATORS: dict[str, MitigatorWords] = {
    "avoidable_admissions": MitigatorWords(
        "forebygging",
        _("Fewer avoidable admissions"),
        _("Illness in people over 67 is met earlier, by the GP or at home."),
        _("Chapters that hold most of what may be avoided (Purdy et al. 2009, Public Health 123:169)."),
        _("The size is something to try, not a result. No Norwegian trial by age is at hand."),
        _("The stay does not arise, since the illness is treated earlier."),
    ),
    "length_of_stay": MitigatorWords(
        "liggetid",
        _("Shorter stays for people over 67"),
        _("Assessment and treatment go faster, and the way home is prepared."),
        _("Bed-days per stay in the country fell from 4.96 to 4.60 in 2015–2024 (Statistics Norway, 13942)."),
        _("That the fall goes on, and what comes back to the municipality, are judgements."),
        _("The day falls away, since assessment and treatment go faster."),
    ),
    "home_follow_up": MitigatorWords(
        "dho",
        _("Digital follow-up at home"),
        _("People with diabetes, heart or lung disease are followed at home."),
        _(
            "Little or no difference in three Norwegian and Danish trials with 1,841 people (FHI 2022), "
            "and in the national trial with 730 (The Directorate of Health 2022)."
        ),
        _("The range lets the effect be nothing, or slightly more use."),
        _("Worsening is caught before it needs a bed."),
    ),
    "municipal_acute_beds": MitigatorWords(
        "kad",
        _("Municipal acute beds instead of hospital"),
        _("People over 67 with clear conditions are treated closer to home."),
        _(
            "One to two per cent fewer emergency admissions of the elderly (Swanson & Hagen 2016, BMJ Open "
            "6:e012892)."
        ),
        _("Carried over to the conditions of such patients. The range includes no effect."),
        _("A stay in a municipal bed is a little shorter."),
    ),
    "day_surgery": MitigatorWords(
        "dagkirurgi",
        _("Surgery without a night in hospital"),
        _("Planned treatment is done in a day."),
        _("Day treatments rose from 389,000 to 439,000 in 2015–2024 (Statistics Norway, 13942)."),
        _("How many stays can be moved is a judgement."),
        _("The night in hospital is not needed."),
    ),
    "ready_for_discharge": MitigatorWords(
        "hjem-raskere",
        _("Home sooner when ready"),
        _("The municipality is ready when the patient is."),
        _("18,000 stays with 63,700 days of waiting in 2021 (The Directorate of Health, SAMDATA)."),
        _("How many of the days can be avoided is a range to try."),
        _("Nothing falls away: the days are spent in the municipality."),
    ),
    "healthier_ageing": MitigatorWords(
        "friskere",
        _("Healthier ageing"),
        _("The need comes later in life, on both sides."),
        _(
            "Users of home care from age 80 fell from 321 to 242 per 1,000 in Østfold and Vestfold in "
            "2015–2025 (Statistics Norway, 12292)."
        ),
        _("How much of a longer life is healthy is not known. The range includes nothing."),
        _("The need itself comes later in life."),
    ),
    "integrated_team": MitigatorWords(
        "hjemmeteam",
        _("Integrated home team for those who come often"),
        _("Hospital and municipality come home together to people over 80 who are often admitted."),
        _(
            "32 trials of hospital at home; the effect on admissions is uncertain (Gonçalves-Bradley et "
            "al. 2017, Cochrane CD000356)."
        ),
        _("The trials are of other models. The range includes no effect."),
        _("Care is given before it is urgent."),
    ),
}


def name_of(mitigator: str) -> str:
    return str(MITIGATORS[mitigator].name)
