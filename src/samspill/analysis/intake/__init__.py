"""Files of others become our tables: by a mapping, every row checked, compared with the version before.

    read_mapping(path), guess(path) -> FileMapping; look(path, mapping) -> what the first rows would be
    bring(path, mapping, out, today=…, areas=…, former=…) -> Brought: files by year, or faults and no files
    compare(table, before, now) -> Difference, and what somebody should look at

Without Django. Not here: where data sets are kept and who takes them in use (insight), and what is fetched.
"""

from samspill.analysis.intake.borders import Areas
from samspill.analysis.intake.bringing import Brought, Former, bring
from samspill.analysis.intake.differences import Change, Difference, Total, compare, to_difference
from samspill.analysis.intake.faults import SENTENCES, Fault, Place, from_plain, to_plain
from samspill.analysis.intake.guessing import guess
from samspill.analysis.intake.looking import Looked, look
from samspill.analysis.intake.mapping import (
    COLUMN_KEYS,
    KEYS,
    SYMBOLS,
    FileMapping,
    find_table,
    parse_mapping,
    read_mapping,
)
from samspill.analysis.intake.placing import Lacking
from samspill.analysis.intake.staging import SUFFIXES, parts_of
from samspill.analysis.intake.writing_mappings import write_mapping

__all__ = [
    "COLUMN_KEYS",
    "KEYS",
    "SENTENCES",
    "SUFFIXES",
    "SYMBOLS",
    "Areas",
    "Brought",
    "Change",
    "Difference",
    "Fault",
    "FileMapping",
    "Former",
    "Lacking",
    "Looked",
    "Place",
    "Total",
    "bring",
    "compare",
    "find_table",
    "from_plain",
    "guess",
    "look",
    "parse_mapping",
    "parts_of",
    "read_mapping",
    "to_difference",
    "to_plain",
    "write_mapping",
]
