"""Data packs: a folder of open statistics, read and checked. The door to this package.

    open_pack(Path("data")) -> Pack;  Pack.history(codes), Pack.rates(), Pack.source
    read_stays(Path("stays.csv")) -> StayRows;  a ward's own stays
    open_hospital(Path("data")) -> HospitalPack;  stays, beds, KAD and discharge-ready patients
    open_official(Path("data")) -> projections that a statistics office published, if the pack has them
    read_series(Path("data"), "home_care_users") -> Observed: use of services, in files of their own
    read_hospital_staff(folder), read_municipal_nurses(folder): staff, for packs that hold them
    find_outlines(folder), read_outlines(content, name): municipalities on a map, where the pack has them
    open_events(Path("data"), pack) -> births, deaths and moves by municipality, where the pack has them

What a pack must hold is in `tables` and `hospital`; nothing is fetched from a network.
"""

from samspill.analysis.packs.care import (
    SERIES,
    Observed,
    read_series,
)
from samspill.analysis.packs.code_changes import (
    CodeChange,
    read_changes,
    share_out,
)
from samspill.analysis.packs.districts import (
    district_names,
    open_districts,
)
from samspill.analysis.packs.events import (
    open_events,
)
from samspill.analysis.packs.hospital import (
    ACTIVITY,
    CAPACITY,
    COORDINATION,
    HOSPITAL_TABLES,
    PLACES,
    USE,
    WHOLE_COUNTRY,
    FigureTable,
    HospitalPack,
    KadYear,
    StayCount,
    TrustYear,
    open_hospital,
)
from samspill.analysis.packs.hospital_use import (
    HospitalUse,
    read_hospital_use,
)
from samspill.analysis.packs.official import (
    open_official,
)
from samspill.analysis.packs.opening import (
    Municipality,
    Pack,
    open_pack,
)
from samspill.analysis.packs.outlines import (
    Outline,
    find_outlines,
    read_outlines,
)
from samspill.analysis.packs.staff import (
    HospitalStaff,
    MunicipalNurses,
    read_hospital_staff,
    read_municipal_nurses,
)
from samspill.analysis.packs.stays import (
    StayRows,
    read_stays,
)
from samspill.analysis.packs.tables import (
    TABLES,
    PackTable,
)

__all__ = [
    "ACTIVITY",
    "CAPACITY",
    "COORDINATION",
    "HOSPITAL_TABLES",
    "PLACES",
    "SERIES",
    "TABLES",
    "USE",
    "WHOLE_COUNTRY",
    "CodeChange",
    "FigureTable",
    "HospitalPack",
    "HospitalStaff",
    "HospitalUse",
    "KadYear",
    "MunicipalNurses",
    "Municipality",
    "Observed",
    "Outline",
    "Pack",
    "PackTable",
    "StayCount",
    "StayRows",
    "TrustYear",
    "district_names",
    "find_outlines",
    "open_districts",
    "open_events",
    "open_hospital",
    "open_official",
    "open_pack",
    "read_changes",
    "read_hospital_staff",
    "read_hospital_use",
    "read_municipal_nurses",
    "read_outlines",
    "read_series",
    "read_stays",
    "share_out",
]
