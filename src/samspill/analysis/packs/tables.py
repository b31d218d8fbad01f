"""What a data pack holds: each table's file, columns, years, source and licence. Only the table of tables.

A pack is a folder. A table is one file in it, `<stem>*.parquet`, `.csv` or `.csv.gz`; the rest of the
name is free, so that next year's file may be called by its years.
"""

from dataclasses import dataclass

SUFFIXES = (".parquet", ".csv", ".csv.gz")
OLDEST = 105  # the population's last age, open
OLDEST_RATED = 99  # deaths above are too few to rate by single year


@dataclass(frozen=True)
class PackTable:
    """One table of figures: `value` by `year` and the other keys.

    `ages` is the first and last age that must be there, every one; ages outside are left unread.
    `least_years` is how many years it must at least cover; between the first and the last none may lack.
    `whole` values are counts of persons, others are rates per person-year between 0 and 1.
    """

    stem: str
    what: str
    value: str
    ages: tuple[int, int]
    least_years: int
    whole: bool
    source: str
    licence: str
    by_municipality: bool = False
    by_sex: bool = True
    by_age: bool = True
    area: str = "kommune_nr"

    @property
    def keys(self) -> tuple[str, ...]:
        return (
            "year",
            *((self.area,) if self.by_municipality else ()),
            *(("sex",) if self.by_sex else ()),
            *(("age",) if self.by_age else ()),
        )

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.keys, self.value)


SSB = "Statistisk sentralbyrå (SSB), tabell 07459"
CC_BY = "CC BY 4.0"

MUNICIPAL = PackTable(
    stem="population_municipality_",
    what="population by municipality",
    value="population",
    ages=(0, OLDEST),
    least_years=2,
    whole=True,
    source=SSB,
    licence=CC_BY,
    by_municipality=True,
)
NATIONAL = PackTable(
    stem="population_national_",
    what="population of the nation",
    value="population",
    ages=(0, OLDEST),
    least_years=2,
    whole=True,
    source=SSB,
    licence=CC_BY,
)
MORTALITY = PackTable(
    stem="mortality_national_",
    what="death rates",
    value="mx",
    ages=(0, OLDEST_RATED),
    least_years=10,
    whole=False,
    source="Human Mortality Database, Norway 1x1",
    licence=CC_BY,
)
FERTILITY = PackTable(
    stem="fertility_national_",
    what="birth rates",
    value="asfr",
    ages=(15, 49),
    least_years=1,
    whole=False,
    source="Human Fertility Database, Norway",
    licence=CC_BY,
    by_sex=False,
)
DISTRICTS = PackTable(
    stem="population_bydel_",
    what="population by city district",
    value="population",
    ages=(0, OLDEST),
    least_years=2,
    whole=True,
    source="Statistisk sentralbyrå (SSB), tabell 10826",
    licence=CC_BY,
    by_municipality=True,
    area="bydel_nr",
)
TABLES = (MUNICIPAL, NATIONAL, MORTALITY, FERTILITY)


def _flow(stem: str, what: str, value: str, *, by_age: bool = True, by_sex: bool = True) -> PackTable:
    return PackTable(
        stem=stem,
        what=what,
        value=value,
        ages=(0, OLDEST),
        least_years=1,
        whole=True,
        source="Statistisk sentralbyrå (SSB)",
        licence=CC_BY,
        by_municipality=True,
        by_sex=by_sex,
        by_age=by_age,
    )


# What happened in a calendar year, by the age reached on 31 December. Optional: the first two, or all six.
BIRTHS = _flow("births_municipality_", "births by municipality", "births", by_age=False)
DEATHS = _flow("deaths_municipality_", "deaths by municipality", "deaths")
OUT_MOVES = _flow("out_moves_municipality_", "moves out, within the nation", "moves")
IN_MOVES = _flow("in_moves_municipality_", "moves in, within the nation", "moves")
EMIGRATION = _flow("emigration_municipality_", "emigration by municipality", "persons")
IMMIGRATION = _flow("immigration_municipality_", "immigration by municipality", "persons")
EVENT_TABLES = (BIRTHS, DEATHS, OUT_MOVES, IN_MOVES, EMIGRATION, IMMIGRATION)

# The same without sex and age, a column for each: Statistics Norway 06913. Optional, instead of those above.
TOTALS_STEM = "components_municipality_"
TOTAL_TABLES = tuple(
    _flow(TOTALS_STEM, f"{name.replace('_', ' ')} by municipality", name, by_age=False, by_sex=False)
    for name in ("births", "deaths", "out_moves", "in_moves", "emigration", "immigration")
)

GEOGRAPHY_STEM = "geography_municipality_"
GEOGRAPHY_COLUMNS = ("kommune_nr", "kommune_navn", "fylke_navn", "helsefellesskap_id", "helsefellesskap")
HOSPITAL_AREA = "lokalsykehus_navn"  # may lack
GEOGRAPHY_SOURCE = "Statistisk sentralbyrå (SSB), KLASS 629 og 632"
