"""The text of a DOCX: paragraphs, tables, text boxes and notes in the order in which they come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from mingzhang.model.document import Block, Cell, Paragraph, Run
from mingzhang.model.place import Place
from mingzhang.read.docx.numbering import Numbering
from mingzhang.read.docx.styles import Styles
from mingzhang.read.docx.xml import attribute, child, contents, is_on, local, number
from mingzhang.read.xlsx.blocks import split
from mingzhang.read.xlsx.sheet import reference

_BREAKS = {"br", "cr"}
_EMBEDDED = {"object", "chart", "altChunk"}
_MOST_SPAN = 1000  # columns
_PRIVATE = range(0xE000, 0xF900)  # where symbol fonts put their signs


@dataclass(slots=True)
class Reader:
    """Reads one document; holds what runs through it from paragraph to paragraph.

    ``line`` counts the paragraphs read so far, those in tables included. ``hidden``, ``pictures``
    and ``embedded`` count what was left out.
    """

    origin: Place
    styles: Styles
    numbering: Numbering
    notes: Mapping[tuple[str, str], etree._Element]
    line: int = 0
    hidden: int = 0
    pictures: int = 0
    embedded: int = 0
    carried: str = ""  # text of paragraphs whose end was deleted: it belongs to the next one
    boxes: list[etree._Element] = field(default_factory=list)  # to be read after their paragraph
    noted: list[etree._Element] = field(default_factory=list)

    def blocks(self, parent: etree._Element, *, in_cell: bool = False) -> Iterator[Block]:
        """What a body, cell, text box or note holds.

        Notes follow the block that refers to them; those of a cell wait for the end of its table.
        """
        for item in contents(parent):
            kind = local(item)
            if kind == "p":
                yield from self._paragraphs(item)
            elif kind == "tbl":
                yield from self._table(item)
            elif kind in _EMBEDDED:
                self.embedded += 1
                continue
            else:
                continue
            boxes, self.boxes = self.boxes, []
            for box in boxes:
                yield from self.blocks(box)
            if not in_cell:
                noted, self.noted = self.noted, []
                for note in noted:
                    yield from self.blocks(note)

    def _paragraphs(self, paragraph: etree._Element) -> Iterator[Paragraph]:
        """A paragraph; several where it holds line breaks."""
        self.line += 1
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle")) or self.styles.default
        text = self.carried + "".join(self._text(paragraph, style))
        self.carried = ""
        if child(properties, "rPr", "del") is not None:
            self.carried = text
            return
        if not text.strip() and not text.count("\n"):
            self._label(properties, style)
            return
        text = self._label(properties, style) + text.lstrip()
        level = self._level(properties, style)
        column = 1
        for part in text.split("\n"):
            if part.strip():
                start = column + len(part) - len(part.lstrip())
                place = replace(self.origin, excerpt=part.strip(), line=self.line, column=start)
                yield Paragraph((Run(part.strip(), place),), level)
            column += len(part) + 1

    def _level(self, properties: etree._Element | None, style: str) -> int:
        outline = number(child(properties, "outlineLvl"))
        if outline is None:
            return self.styles.level(style)
        return outline + 1 if 0 <= outline < 9 else 0

    def _label(self, properties: etree._Element | None, style: str) -> str:
        """The automatic number of a paragraph, with what follows it."""
        numbers = child(properties, "numPr")
        by_style = self.styles.numbering(style)
        list_id, level = attribute(child(numbers, "numId")), number(child(numbers, "ilvl"))
        if list_id is None and by_style is not None:
            list_id, named_by, its_level = by_style
            linked = self.numbering.level_of_style(list_id, named_by)
            level = next((i for i in (level, its_level, linked) if i is not None), 0)
        if list_id is None or list_id == "0":
            return ""
        return self.numbering.label(list_id, level or 0)

    def _text(self, parent: etree._Element, style: str) -> Iterator[str]:
        """The text of the runs of a paragraph, line breaks as newlines."""
        instructions = 0  # how many fields we are in whose result has not begun
        open_fields: list[bool] = []
        for run in contents(parent):
            kind = local(run)
            if kind in ("oMath", "oMathPara"):
                yield "".join(t.text or "" for t in run.iter("{*}t"))
            if kind != "r":
                continue
            if self._is_hidden(run, style):
                self.hidden += any((t.text or "").strip() for t in run.iter("{*}t"))
                continue
            for item in contents(run):
                if local(item) == "fldChar":
                    step = attribute(item, "fldCharType")
                    if step == "begin":
                        open_fields.append(True)
                    elif open_fields and step == "separate":
                        open_fields[-1] = False
                    elif open_fields and step == "end":
                        open_fields.pop()
                    instructions = sum(open_fields)
                elif not instructions or len(open_fields) < 2:  # a field inside an instruction
                    yield from self._piece(item, style)

    def _piece(self, item: etree._Element, style: str) -> Iterator[str]:
        kind = local(item)
        if kind == "t":
            yield item.text or ""
        elif kind in ("tab", "ptab"):
            yield "\t"
        elif kind in _BREAKS:
            yield "\n"
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind == "sym":
            code = int(attribute(item, "char") or "0", 16) if _is_hex(item) else 0
            yield chr(code) if code >= 0x20 and code not in _PRIVATE else ""
        elif kind == "ruby":
            for base in item.iterchildren("{*}rubyBase"):
                yield from self._text(base, style)
        elif kind in ("footnoteReference", "endnoteReference"):
            note = self.notes.get((kind.removesuffix("Reference"), attribute(item, "id") or ""))
            if note is not None and note not in self.noted:
                self.noted.append(note)
        elif kind in ("drawing", "pict", "object"):
            self._drawing(item)

    def _drawing(self, drawing: etree._Element) -> None:
        boxes = [b for b in drawing.iter("{*}txbxContent") if not _is_fallback(b, drawing)]
        self.boxes.extend(boxes)
        if local(drawing) == "object" or next(drawing.iter("{*}chart"), None) is not None:
            self.embedded += 1
        elif not boxes and next(drawing.iter("{*}blip", "{*}imagedata"), None) is not None:
            self.pictures += 1

    def _is_hidden(self, run: etree._Element, paragraph_style: str) -> bool:
        properties = child(run, "rPr")
        vanish = child(properties, "vanish")
        if vanish is not None:
            return is_on(vanish)
        own = attribute(child(properties, "rStyle")) or ""
        return self.styles.hides(own) or self.styles.hides(paragraph_style)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """A table, then the tables inside its cells; what it holds, where it only lays out."""
        rows = [r for r in contents(table) if local(r) == "tr" and not self._is_gone(r)]
        cells: list[Cell] = []
        held: list[tuple[Block, ...]] = []
        lowest: dict[int, int] = {}  # column -> index of the last cell that begins there
        for r, row in enumerate(rows):
            self._row(row, r, cells, held, lowest)
        nested = next(table.iterdescendants("{*}tbl"), None) is not None
        narrow = len(rows) == 1 or len({c.column for c in cells}) == 1
        if len(cells) <= 1 or (nested and narrow):
            for blocks in held:
                yield from blocks
            return
        yield from split(cells, None)
        for blocks in held:
            yield from (block for block in blocks if not isinstance(block, Paragraph))

    def _row(
        self,
        row: etree._Element,
        r: int,
        cells: list[Cell],
        held: list[tuple[Block, ...]],
        lowest: dict[int, int],
    ) -> None:
        """Add the cells of a row and what they hold, or let a merged cell reach down to it."""
        column = number(child(row, "trPr", "gridBefore")) or 0
        for item in (c for c in contents(row) if local(c) == "tc"):
            properties = child(item, "tcPr")
            span = min(max(1, number(child(properties, "gridSpan")) or 1), _MOST_SPAN)
            down, left = (_continues(properties, merge) for merge in ("vMerge", "hMerge"))
            line = self.line + 1
            inside = tuple(self.blocks(item, in_cell=True))
            index = lowest.get(column, -1)
            if down and index >= 0 and cells[index].row + cells[index].rowspan == r:
                cells[index] = replace(cells[index], rowspan=cells[index].rowspan + 1)
            elif left and cells and cells[-1].row == r:
                cells[-1] = replace(cells[-1], colspan=cells[-1].colspan + span)
            else:
                text = _lines(inside)
                place = replace(self.origin, excerpt=text, line=line, cell=reference(r, column))
                lowest[column] = len(cells)
                cells.append(Cell(text, r, column, place, 1, span))
                held.append(inside)
            column += span

    def _is_gone(self, row: etree._Element) -> bool:
        """A row that is hidden, or deleted by a tracked change."""
        properties = child(row, "trPr")
        if is_on(child(properties, "hidden")):
            self.hidden += 1
            return True
        return child(properties, "del") is not None


def _continues(properties: etree._Element | None, merge: str) -> bool:
    """True for a cell that is merged into the one above (vMerge) or to the left (hMerge)."""
    found = child(properties, merge)
    return found is not None and attribute(found) != "restart"


def _lines(blocks: tuple[Block, ...]) -> str:
    return "\n".join(b.text for b in blocks if isinstance(b, Paragraph))


def _is_hex(item: etree._Element) -> bool:
    text = attribute(item, "char") or ""
    return 0 < len(text) <= 5 and all(c in "0123456789abcdefABCDEF" for c in text)


def _is_fallback(box: etree._Element, top: etree._Element) -> bool:
    """A text box that repeats another one for old programs, or lies inside another one."""
    for parent in box.iterancestors():
        if parent is top:
            return False
        if local(parent) in ("Fallback", "txbxContent"):
            return True
    return False
