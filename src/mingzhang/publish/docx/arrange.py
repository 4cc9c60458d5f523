"""How the blocks of a DOCX stand on pages: upright or across, where a new page begins, what room is left."""

from __future__ import annotations

from mingzhang.model.edition import Block, Contents, Heading, Table
from mingzhang.publish.docx.markup import ACROSS, UPRIGHT, Page

CAPTION_SIZES = (36, 32, 30, 28)  # half-points, the style's first
# what lines of these styles take from a page, in twips (styles.py)
_HEADING, _CAPTION, _NOTE = 1300, 1180, 400
_NOTE_EM = 210


def pages_of(body: tuple[Block, ...]) -> list[Page]:
    """For each block, whether its page stands upright or lies across."""
    out: list[Page] = []
    for block in reversed(body):
        if isinstance(block, Table):
            out.append(ACROSS if block.landscape else UPRIGHT)
        elif (
            isinstance(block, Heading) and out and _heads_statement(body, len(body) - len(out) - 1)
        ):
            out.append(out[-1])
        else:
            out.append(UPRIGHT)
    return out[::-1]


def _heads_statement(body: tuple[Block, ...], index: int) -> bool:
    """True for a heading that only headings part from a statement."""
    rest = (block for block in body[index:] if not isinstance(block, Heading))
    found = next(rest, None)
    return isinstance(found, Table) and bool(found.title)


def begins_page(before: Block | None, block: Block) -> bool:
    """A statement, a part of the book, and what follows a statement, begin on a new page."""
    if isinstance(block, Table) and block.title:
        return not isinstance(before, Heading)
    if isinstance(block, Heading) and block.level == 1:
        return before is not None
    return isinstance(before, (Table, Contents)) and (
        isinstance(before, Contents) or bool(before.title)
    )


def caption_of(table: Table) -> str:
    """Number and title of a statement in one line."""
    return f"{table.number}　{table.title}".strip("　")


def table_room(body: tuple[Block, ...], index: int, page: Page) -> int:
    """The height in twips that its page leaves to a table, less the headings, caption and notes."""
    table = body[index]
    assert isinstance(table, Table)
    count = 0
    while index - count > 0 and isinstance(body[index - count - 1], Heading):
        count += 1
    room = page.text_height - count * _HEADING - (_CAPTION if table.title else 0)
    return room - sum(_NOTE * -(-len(note) * _NOTE_EM // page.text_width) for note in table.notes)
