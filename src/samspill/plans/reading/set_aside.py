"""Tables whose rows look like measures and promise nothing, by the chapter, the line above or the cells.

What became of the former plan, proposals that were turned down, and what each body is there for.
Not here: how tables are found (`runs`), or what the others say (`tables`).
"""

import re
from collections.abc import Iterator, Sequence

from samspill.documents.blocks import Block, BlockKind
from samspill.plans.reading.columns import Columns, Role, role_of
from samspill.plans.reading.words import clean, fold

_FORMER = r"(?:forrige|førre|foregående|føregåande|tidligere|tidlegare|gamle|gammel|gamal|utløpt|utgått)"
_PAST = re.compile(
    rf"\b{_FORMER}\s(?:\w+\s){{0,2}}?\w*(?:plan|periode|tiltak|år)(?:en|ene|ane|a|n|r|et|s)?\b"
    r"|\b(?:dette|det|hva|kva)\s(?:ble|blei|vart|har vi|er)\s(?:\w+\s)?(?:gjort|gjennomført|oppnådd)\b"
    r"|\b(?:dette|det|hva|kva)\s(?:gjorde vi|vi gjorde|fikk vi til|fekk vi til|vi fikk til|vi fekk til)\b"
    r"|\b(?:hva|kva) (?:(?:ble|blei|vart) det av|skjedde)\b"
    r"|\b(?:oppg[aå]ve[rn]\w*|tiltak\w*|prosjekt\w*|leveranse\w*)\s(?:som\s)?er\s(?:avslutt|fullfør|gjennomfør|ferdig)\w*"
    r"|\b(?:gjennomførte|fullførte|avsluttede|avslutta) tiltak\b|\btilbakeblikk\b"
)
_STILL_OPEN = re.compile(
    r"\b(?:videreføre|vidareføre|fortsett|fortset|gjenstå|attstå)\w*"
    r"|\b(?:føres|førast|tas|blir ført) (?:videre|vidare)"
    r"|\bstår (?:igjen|att)|\bheld fram"
)
_REFUSED = re.compile(
    r"\b(?:framlegg|forslag|tiltak|innspill|innspel|ideer|idear|ønsker|ønske)\w*\s(?:\w+\s){0,3}?(?:ikke|ikkje)\s"
    r"(?:(?:ble|blei|vart|er|har|kom|nådde|kjem|kommer)\s)?(?:blitt\s)?(?:tatt\s|teke\w*\s|tekne\s)?"
    r"(?:med|opp|fram|vedtatt|vedtatte|vedteke\w*|prioritert\w*|valgt|vald\w*|anbefalt|tilrådd)\b"
    r"|\b(?:forkast\w+|avvist\w*|avslått\w*|nedstemt\w*)\s(?:forslag|framlegg|tiltak)"
    r"|\b(?:forslag|framlegg|tiltak)\w*\s(?:\w+\s){0,3}?(?:avvist\w*|avslått\w*|forkast\w+"
    r"|valgt bort|vald\w* bort)\b"
    r"|\bv(?:a|e)l(?:gte|de) (?:vi )?bort\b"
)
_BODY = re.compile(
    r"(?:organ|rolle|forum|utval|utvalg|nivå|aktør|part|møteplass|arena|instans|hvem|kven)(?:et|en)?$"
)
_TASK = re.compile(
    r"(?:hoved|hovud)?(?:oppg[aå]ve|mandat|rolle|funksjon|myndighe[it]t|mynde|ansvar\w*)(?:r|ne|ane|t|n)?$"
)
_OVER = re.compile(
    r"(?:delvis |ikke |ikkje )?(?:fullført|gjennomført|avslutt|ferdig|utført|oppnådd|levert|nådd"
    r"|stoppa|stoppet|stansa|stanset|lagt ned|innført|oppretta|opprettet)"
)
_LONGEST_LINE = 120
_LINES = (BlockKind.PARAGRAPH, BlockKind.CAPTION)


def stands_aside(blocks: Sequence[Block], rows: Sequence[Block], columns: Columns | None, start: int) -> bool:
    """Whether the table that begins at `start` tells of something else than what is to be done."""
    told = [*_chapters_above(blocks, start), *_line_above(blocks, start)]
    if any(_tells_of_else(fold(text)) for text in told):
        return True
    if columns is None:
        return False
    return _tells_what_bodies_do(blocks[start], columns) or _is_over(rows, columns)


def _tells_of_else(text: str) -> bool:
    return bool((_PAST.search(text) and not _STILL_OPEN.search(text)) or _REFUSED.search(text))


def _chapters_above(blocks: Sequence[Block], start: int) -> Iterator[str]:
    """The headings a place stands below, the nearest first; the title of the document is not one of them."""
    level = 7
    title = next((one for one in blocks if one.kind is BlockKind.HEADING), None)
    for block in reversed(blocks[:start]):
        if block.kind is BlockKind.HEADING and block.level < level and block is not title:
            level = block.level
            yield clean(block.text)


def _line_above(blocks: Sequence[Block], start: int) -> Iterator[str]:
    """«Tiltak i førre plan:» right above the table, or its caption."""
    above = next((one for one in reversed(blocks[:start]) if one.kind is not BlockKind.PAGE_BREAK), None)
    if above is None or above.kind not in _LINES or len(text := clean(above.text)) > _LONGEST_LINE:
        return
    bold = above.verbatim.lstrip().startswith("**")
    if above.kind is BlockKind.CAPTION or bold or text.endswith(":"):
        yield text


def _tells_what_bodies_do(header: Block, columns: Columns) -> bool:
    """«Organ | Oppgåve»: two columns, a body and its task, and nothing of when."""
    said = [fold(cell.text) for cell in header.cells if cell.text.strip()]
    two = len(said) == 2 and columns.width == 2
    return two and bool(_BODY.match(said[0]) and _TASK.match(said[1])) and role_of(said[0]) is not None


def is_over(text: str) -> bool:
    """«Ferdig 2025», «gjennomført»: a cell says that it is done."""
    return bool(_OVER.match(fold(text)))


def _is_over(rows: Sequence[Block], columns: Columns) -> bool:
    """Nobody is named and no time, and another column says of all rows that they are done."""
    if len(rows) < 2 or any(columns.has(role) for role in (Role.RESPONSIBLE, Role.DEADLINE)):
        return False
    beside = {cell.column for row in rows for cell in row.cells} - {
        column for role, column in columns.roles if role is not Role.STATUS
    }
    return any(all(_OVER.match(fold(_cell(row, column))) for row in rows) for column in beside)


def _cell(row: Block, column: int) -> str:
    return next((cell.text for cell in row.cells if cell.column == column), "")
