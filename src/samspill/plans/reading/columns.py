"""What the columns of a plan's table are for, told from their headers in both målformer, in any order.

Not here: how rows become measures (`tables`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from samspill.documents.blocks import SOFT_BREAK, Block, Cell
from samspill.plans.reading.actors import is_somebody
from samspill.plans.reading.responsible import UNIT
from samspill.plans.reading.verbs import begins_with_action
from samspill.plans.reading.words import clean, clean_lines, fold, split_label


class Role(StrEnum):
    NUMBER = "number"
    AREA = "area"
    GOAL = "goal"
    SUB_GOAL = "sub_goal"
    MEASURE = "measure"
    ACTIVITY = "activity"
    RESPONSIBLE = "responsible"
    HELPERS = "helpers"
    DEADLINE = "deadline"
    START = "start"
    STATUS = "status"
    INDICATOR = "indicator"
    COST = "cost"
    REMARK = "remark"
    REASON = "reason"  # «Hvorfor»: a goal when it gathers rows, else a remark


# Matched from the start of the header, small letters and no punctuation; the first that fits decides
_WORDS: tuple[tuple[Role, str], ...] = (
    (
        Role.NUMBER,
        r"(?:tiltaks? )?(?:nr|nummer|id|ref|referanse|pkt|punkt|lnr|løpenr|løpenummer)$|tiltaksn(?:r|ummer)",
    ),
    (
        Role.REMARK,
        r"målgrupp|pasientgrupp|kommentar|merknad|beskrivelse|skildring|utdyping|notat|bakgrunn|utfordring"
        r"|(?:(?:forvent\w+|venta|ønsket|ønska|ønskt) )?(?:effekt|gevinst|nytte|verknad)(?:er|ar|en)?$"
        r"|risiko|vurdering"
        r"|begrunnelse|grunngjeving|kilde|kjelde|prioritet|forutsetning|føresetnad|avhengig",
    ),
    (
        Role.RESPONSIBLE,
        r"(?:hoved|hovud)?ansvar|ansv\b|tiltaks?ansvar|(?:tiltaks?)?(?:eier|eigar)\b|hvem|kven|utføre[rs]"
        r"|utførar|(?:prosjekt|oppgave|oppgåve)(?:leder|leiar|eier|eigar)|kontaktperson|le(?:der|iar)$"
        r"|(?:ledes|leiast) av"
        r"|leiar arbeidet|leder arbeidet|organ$|part$|pådriv|koordinator|aktør",
    ),
    (
        Role.HELPERS,
        r"medansvar|(?:sammen|saman|i samarbeid|i lag) med|støtte|samarbeid|samarbeidspart|deltake?r"
        r"|deltakar|involver|bidr(?:ar|ag|ege?r)|hjelp(?:er|ar)|medvirk|medverk|øvrige akt"
        r"|andre akt|hjelper",
    ),
    (
        Role.INDICATOR,
        r"(?:hvordan|korleis) (?:måle|vet|veit|følge)|indikator|måle[ns]?\b|målast|måling|måltall|måloppnå"
        r"|kpi|suksesskriteri"
        r"|effektmål|resultatmål|resultatindikator",
    ),
    (Role.START, r"(?:opp)?start(?:dato|tid|tidspunkt|er)?$|(?:fra|frå)$"),
    (
        Role.DEADLINE,
        r"(?:gjennomførings)?(?:tids)?frist|tidsram|tidsrom|tidsplan|tidspunkt|tidsperiode|tid$"
        r"|(?:(?:innen|innan|til|før) )?når|innen$"
        r"|innan$|til$|ferdig|periode"
        r"|slutt|måldato|dato|(?:gjennomføres|gjennomførast|gjennomføring|år|årstall|årstal|levert|tidsløp)$"
        r"|levering"
        r"|(?:opp)?start (?:og )?(?:slutt|ferdig)",
    ),
    (Role.STATUS, r"status|fr[ae]mdrift|tilstand"),
    (Role.COST, r"kostnad|økonomi|budsjett|ressurs|finansiering|midler|midlar"),
    (Role.SUB_GOAL, r"del ?mål|undermål"),
    (
        Role.MEASURE,
        r"(?:hva|kva) (?:skal|vil|må|kan) (?:vi gj[øe]re|gj[øe]r)|(?:hva|kva) gj[øe]r vi|(?:hva"
        r"|kva) skal til",
    ),
    (Role.REASON, r"hvorfor|kvifor"),
    (
        Role.GOAL,
        r"(?:hoved|hovud|overordn\w+ |strategisk\w* )?mål|(?:hva|kva) (?:vil|ønsker|ønskjer|ynskjer|skal)\b"
        r"|(?:hvor|kvar) vil"
        r"|ambisjon|ønsk\w+ resultat",
    ),
    (
        Role.AREA,
        r"(?:innsats|satsings|satsnings|fokus|tema|hoved|hovud|prioriterings|hovedsatsings)?område|tema\b"
        r"|satsing|strategi",
    ),
    (
        Role.MEASURE,
        r"(?:(?:beskrivelse av|prioriterte|konkrete|nye|planlagte|planlagde|forslag til|framlegg til"
        r"|aktuelle|felles|våre"
        r"|viktigste) )?tiltak|(?:hva|kva) vi (?:skal|vil) gj|dette (?:skal|vil|gj[øe]r) vi|(?:vi|partene"
        r"|partane) (?:skal|vil)$"
        r"|leveranse|arbeidspakke|arbeidsoppg|delprosjekt|innsats$|hvordan|korleis|slik (?:gjør|gjer|får)"
        r"|handling"
        r"|gj[øe]remål|oppg[aå]ve",
    ),
    (Role.ACTIVITY, r"aktivitet|delaktivitet|deltiltak|konkretisering|hva$|kva$"),
)
_ROLES = tuple((role, re.compile(words)) for role, words in _WORDS)
_HOW = re.compile(r"hvordan|korleis|leveranse|arbeidspakke|delprosjekt|innsats")
_SHARED = (Role.RESPONSIBLE, Role.DEADLINE)
_AND = re.compile(r"\s(?:og|&)\s|\s?[/+,]\s?", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"^(?!HF\b|RHF\b|IKS\b|AS\b|KF\b)[A-ZÆØÅ]{2,6}\b|\d")
_LONGEST, _MOST_WORDS = 60, 7  # of one header; more is a row


def role_of(header: str) -> Role | None:
    """The role of a column by its header; None when the word is not known."""
    words = fold(header)
    return next((role for role, pattern in _ROLES if pattern.match(words)), None)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what. `others` are headers nobody knows, which may be names above crosses."""

    roles: tuple[tuple[Role, int], ...]
    width: int
    others: tuple[tuple[str, int], ...] = ()

    def has(self, role: Role) -> bool:
        return any(known is role for known, _ in self.roles)

    @property
    def shares_deadline(self) -> bool:
        """Who and when stand in one column."""
        columns = [{column for known, column in self.roles if known is role} for role in _SHARED]
        return bool(columns[0] & columns[1])

    def with_reason_as(self, role: Role) -> "Columns":
        """«Hvorfor» read as something else."""
        roles = tuple((role if known is Role.REASON else known, column) for known, column in self.roles)
        return replace(self, roles=roles)

    def text(self, cells: Sequence[Cell], *roles: Role) -> str:
        """What a row says under columns of these roles, one line per column that says something."""
        wanted = {column for role, column in self.roles if role in roles}
        parts = begins_with_action if Role.MEASURE in roles else _is_one_of_several
        texts = [clean_lines(unbroken(cell.text, parts)) for cell in cells if cell.column in wanted]
        return "\n".join(text for text in texts if text)


def unbroken(text: str, parts: Callable[[str], bool]) -> str:
    """Lines that were broken by hand joined again, but for those that begin something of their own."""
    first, *rest = text.split(SOFT_BREAK)
    if not all(map(parts, rest)):
        return " ".join([first, *rest])
    return "\n".join([first, *rest])


def _is_one_of_several(line: str) -> bool:
    """Somebody, or a day: not the second half of a name, as «Østfold» below «Sykehuset»."""
    return is_somebody(line) or bool(_NOT_A_NAME.search(line) or UNIT.match(line))


def _roles_of(header: str) -> list[Role]:
    """The role of a column; two where it holds who and when («Ansvar og frist», «Kven/når»)."""
    role = role_of(header)
    if role in _SHARED and (also := _AND.split(clean_lines(header), maxsplit=1))[1:]:
        other = role_of(also[1])
        if other in _SHARED and other is not role:
            return [role, other]
    return [] if role is None else [role]


def read_header(row: Block) -> Columns | None:
    """The columns a row names, if it is a header: one is for measures, and another is known too."""
    named = [cell for cell in row.cells if cell.text.strip()]
    if len(named) < 2 or not all(_is_short(cell.text) for cell in named):
        return None
    roles = [(_roles_of(cell.text), cell) for cell in named]
    known = [(role, cell.column) for own, cell in roles for role in own]
    kinds = {role for role, _ in known}
    if not kinds & {Role.MEASURE, Role.ACTIVITY} or (len(kinds) < 2 and not row.is_header):
        return None
    others = tuple((clean(cell.text), cell.column) for own, cell in roles if not own)
    known = _what_before_how(known, named)
    return Columns(_one_for_measures(known), max(cell.column + cell.spans for cell in row.cells), others)


def read_known(row: Block) -> Columns | None:
    """The columns of a row of short words, whether or not one of them is for measures."""
    named = [cell for cell in row.cells if cell.text.strip()]
    if len(named) < 2 or len(named) < len(row.cells) or not all(_is_short(cell.text) for cell in named):
        return None
    roles = [(_roles_of(cell.text), cell) for cell in named]
    known = tuple((role, cell.column) for own, cell in roles for role in own)
    others = tuple((clean(cell.text), cell.column) for own, cell in roles if not own)
    return Columns(known, max(cell.column + cell.spans for cell in row.cells), others)


def read_second_header(columns: Columns, row: Block) -> Columns | None:
    """The columns when a second row of headers divides those above: «Ansvar» into «Leder» and «Bidrar»."""
    named = [cell for cell in row.cells if cell.text.strip()]
    roles = [(role_of(cell.text), cell.column) for cell in named if _is_short(cell.text)]
    known = tuple((role, column) for role, column in roles if role is not None)
    measures = {column for role, column in columns.roles if role is Role.MEASURE}
    below = {column for _, column in known}
    if len(known) < 2 or len(known) < len(named) or below & measures:
        return None
    kept = tuple((role, column) for role, column in columns.roles if column not in below)
    others = tuple((name, column) for name, column in columns.others if column not in below)
    return replace(columns, roles=(*kept, *known), others=others)


def _is_short(text: str) -> bool:
    return len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS and not split_label(text)[0]


def is_card(rows: Sequence[Block]) -> bool:
    """Two columns, and the first one names what the second one says: «Tiltak | …», «Ansvarlig | …»."""
    if not rows or any(len(row.cells) != 2 for row in rows):
        return False
    roles = [role_of(row.cells[0].text) if _is_short(row.cells[0].text) else None for row in rows]
    known = {role for role in roles if role is not None}
    enough = 4 * sum(role is not None for role in roles) >= 3 * len(rows)
    return (
        enough
        and len(known) > 1
        and bool(known & {Role.MEASURE, Role.ACTIVITY})
        and role_of(rows[0].cells[1].text) is None
    )


def _what_before_how(known: Sequence[tuple[Role, int]], named: Sequence[Cell]) -> list[tuple[Role, int]]:
    """«Hva skal vi gjøre» beside «Hvordan», «Tiltak» beside «Leveranse»: how is no measure more."""
    measures = [column for role, column in known if role is Role.MEASURE]
    hows = {cell.column for cell in named if _HOW.match(fold(cell.text))}
    if not set(measures) - hows:
        return list(known)
    return [
        (Role.REMARK if role is Role.MEASURE and column in hows else role, column) for role, column in known
    ]


def _one_for_measures(known: Sequence[tuple[Role, int]]) -> tuple[tuple[Role, int], ...]:
    """«Tiltak» beside «Aktivitet»: the activity is done for the measure, unless the table has goals."""
    kinds = {role for role, _ in known}
    if Role.ACTIVITY not in kinds:
        return tuple(known)
    if Role.MEASURE not in kinds:
        renamed = {Role.ACTIVITY: Role.MEASURE}
    elif kinds & {Role.GOAL, Role.SUB_GOAL}:
        renamed = {Role.ACTIVITY: Role.REMARK}
    else:
        renamed = {Role.MEASURE: Role.GOAL, Role.ACTIVITY: Role.MEASURE}
    return tuple((renamed.get(role, role), column) for role, column in known)
