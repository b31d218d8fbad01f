"""What services are called, what they are counted in, and what is assumed of them, in words.

One entry per service of `analysis.demand`; a test holds that none is missing. Texts are translated when
they are shown.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class ServiceWords(NamedTuple):
    """`slug` in addresses; `unit` after a number; `assumed` where a figure rests on more than counts."""

    slug: str
    name: Text
    unit: Text
    assumed: Text
    source: Text


_STAYS = _("Statistics Norway, table 14824: hospital stays in the whole country by age and diagnosis, 2025")
_CARE = _("Statistics Norway, tables 12292 and 11645: Østfold and Vestfold, mean of 2023–2025")
_JUDGEMENT = _("Judgement; no open figures exist")

SERVICES: dict[str, ServiceWords] = {
    "hospital_stays": ServiceWords("sykehusopphold", _("Hospital stays"), _("stays a year"), "", _STAYS),
    "hospital_bed_days": ServiceWords(
        "liggedogn", _("Bed-days in hospital"), _("bed-days a year"), "", _STAYS
    ),
    "outpatient": ServiceWords(
        "poliklinikk",
        _("Outpatient consultations"),
        _("consultations a year"),
        _("The level is counted. How it falls on ages follows the number of patients."),
        _("Statistics Norway, tables 13942 and 14824, 2025"),
    ),
    "emergency_admissions": ServiceWords(
        "akuttinnleggelser",
        _("Emergency admissions"),
        _("admissions a year"),
        _("Eight of ten stays from age 80 is an old figure, and six of ten below is a judgement."),
        _("SAMDATA 2006: emergency and planned stays of residents aged 80 and older"),
    ),
    "births": ServiceWords(
        "fodsler",
        _("Births"),
        _("births a year"),
        "",
        _("Human Fertility Database, Norway: births by the mother's age, 2022"),
    ),
    "kad_admissions": ServiceWords(
        "kad-opphold",
        _("Stays in municipal acute beds"),
        _("stays a year"),
        _("The same share of women at all ages is assumed. Nine of ten people live where it was reported."),
        _("The Directorate of Health: municipal acute beds, status 2022"),
    ),
    "kad_days": ServiceWords(
        "kad-dogn",
        _("Days in municipal acute beds"),
        _("days a year"),
        _("Each stay is taken to last 3.6 days, as in the whole country."),
        _("The Directorate of Health: municipal acute beds, status 2022"),
    ),
    "discharge_ready_days": ServiceWords(
        "utskrivningsklare-dogn",
        _("Days in hospital after being ready"),
        _("days a year"),
        _("By age as the bed-days of adults, since the days are not published by age."),
        _("The Directorate of Health, SAMDATA: patients ready for discharge, 2021"),
    ),
    "institution_long_stay": ServiceWords(
        "sykehjem", _("Long stay in nursing homes"), _("residents"), "", _CARE
    ),
    "housing_24h_users": ServiceWords(
        "heldognsbolig",
        _("Housing with staff day and night"),
        _("residents"),
        _("One rate for all adults, since users by age are not published."),
        _CARE,
    ),
    "housing_and_long_stay": ServiceWords(
        "heldognsplasser",
        _("Places with staff day and night, in all"),
        _("residents"),
        _("The sum of the two above: a municipality builds the one or the other."),
        _CARE,
    ),
    "home_care_users": ServiceWords("hjemmetjenester", _("People with home care"), _("users"), "", _CARE),
    "home_care_hours": ServiceWords(
        "timer-hjemme",
        _("Hours of home care"),
        _("hours a week"),
        _("The mean hours per user are taken to stay. They have risen, and differ between municipalities."),
        _CARE,
    ),
    "nurse_fte": ServiceWords(
        "sykepleiere",
        _("Nurses in the municipalities"),
        _("full-time posts"),
        _("The level is counted. How it falls on ages follows home care and nursing homes."),
        _("Statistics Norway, tables 11924 and 12292: Østfold and Vestfold, mean of 2023–2025"),
    ),
    "dho_candidates": ServiceWords(
        "digital-oppfolging",
        _("May have use of digital follow-up at home"),
        _("people"),
        _("A range, not a count. Count them in your own register."),
        _JUDGEMENT,
    ),
    "iht_candidates": ServiceWords(
        "hjemmeteam",
        _("May have use of an integrated home team"),
        _("people"),
        _("A range, not a count. Count them together with the hospital."),
        _JUDGEMENT,
    ),
}
BY_SLUG = {words.slug: code for code, words in SERVICES.items()}
SIDES: dict[str, Text] = {"hospital": _("The hospital"), "municipality": _("The municipalities")}
JUDGED = ("dho_candidates", "iht_candidates")
"""Services whose level is a judgement: shown, but never in a headline."""

LINES: dict[str, Text] = {
    "ours": _("our way"),
    "no_change": _("no change"),
    "per_resident": _("as much per resident as now"),
    "constant_use": _("more and older people alone"),
    "change_in_use": _("also with the change of recent years"),
}
CHAPTERS: dict[str, Text] = {
    "I": _("Infections"),
    "II": _("Cancer and other tumours"),
    "III": _("Diseases of the blood"),
    "IV": _("Diabetes and other diseases of metabolism"),
    "V": _("Mental disorders"),
    "VI": _("Diseases of the nervous system"),
    "VII": _("Diseases of the eye"),
    "VIII": _("Diseases of the ear"),
    "IX": _("Heart and circulation"),
    "X": _("Lungs and airways"),
    "XI": _("Stomach, bowels and digestion"),
    "XII": _("Diseases of the skin"),
    "XIII": _("Muscles, joints and bones"),
    "XIV": _("Kidneys and urinary tract"),
    "XV": _("Pregnancy and birth"),
    "XVI": _("Newborn children"),
    "XVII": _("Congenital conditions"),
    "XVIII": _("Symptoms without a diagnosis"),
    "XIX": _("Injuries and poisoning"),
    "XXI": _("Check-ups and other contacts"),
}


IN_SHORT: dict[str, Text] = {
    "hospital_bed_days": _("bed-days"),
    "discharge_ready_days": _("days of waiting to go home"),
    "outpatient": _("outpatient consultations"),
    "kad_days": _("days in municipal acute beds"),
    "home_care_hours": _("hours of home care a week"),
    "housing_and_long_stay": _("places with staff day and night"),
    "nurse_fte": _("posts for nurses"),
}
"""After a number, in a sentence where several stand together."""


def name_of(service: str) -> str:
    return str(SERVICES[service].name)


def within(service: str) -> str:
    """The name inside a sentence."""
    name = name_of(service)
    return name[:1].lower() + name[1:]


def unit_of(service: str) -> str:
    return str(SERVICES[service].unit)
