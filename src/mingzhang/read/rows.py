"""Rows → heads: what each line of one side of a table is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mingzhang.catalog.dimensions import Value, ancestors, meanings
from mingzhang.catalog.normal import bare, of_which, plain, project_key
from mingzhang.catalog.statements import Kind, header_words
from mingzhang.model.book import Column, RowHead
from mingzhang.read.names import Names, follow, scheme_of

_YEAR = re.compile(r"((?:19|20)\d{2})年?(?:度)?(?:预算数?|决算数?)?")
_CHANGE = re.compile(r"(?:增减|变化|比上年)\S*")
_LEADING_CODE = re.compile(r"^(\d{3}(?:\d\d){0,2})(?=\D)")


@dataclass(frozen=True, slots=True)
class Side:
    """One block of a table: its label columns, its amount columns, and the flow it stands for.

    ``carries``: it lists what is carried over, so that its totals include it; ``moves``: it does so
    in a column, for every line.
    """

    index: int
    flow: str
    labels: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    amounts: tuple[int, ...] = ()
    carries: bool = True
    moves: bool = False


def side_of(index: int, flow: str, columns: Sequence[Column]) -> Side:
    """Group the columns of side ``index`` by role."""
    labels: dict[str, list[int]] = {}
    amounts = []
    for position, column in enumerate(columns):
        if column.role in ("code", "name", "entity", "year", "text"):
            if column.side == index:
                labels.setdefault(column.role, []).append(position)
        elif column.side == index and column.role in ("amount", "percent"):
            amounts.append(position)
    return Side(index, flow, {k: tuple(v) for k, v in labels.items()}, tuple(amounts))


def heads(
    rows: Sequence[Sequence[str]],
    side: Side,
    kind: Kind | None,
    names: Names,
    entity: str,
) -> list[RowHead]:
    """One head per row (kind "" for a row that is empty on this side)."""
    scheme = kind.rows if kind else ""
    if scheme == "procurement":
        return staircase(rows, side)
    raw = [_label(row, side) for row in rows]
    followed = _function_names(raw, side, scheme, names)
    out: list[RowHead] = []
    used: set[tuple[str, ...]] = set()
    carry = False
    entity_rows = 0
    last_year = ""
    for index, (code, label, unit_name, year) in enumerate(raw):
        filled = any(c < len(rows[index]) and rows[index][c].strip() for c in side.amounts)
        if not (code or label or unit_name or year) and not filled:
            out.append(RowHead(index, side.index, "", ""))
            continue
        last_year = year or ("" if unit_name else last_year)
        head = _head(index, side, kind, code, label, unit_name, last_year, followed[index], names)
        if head.kind == "entity":
            entity_rows += 1
        fund = str(head.coordinates.get("fund", ""))
        flow = str(head.coordinates.get("flow", ""))
        if side.flow == "income" and head.kind == "item" and scheme == "sides":
            if flow == "carry_in":
                carry = True
            elif fund and not flow and carry and (fund,) in used:
                head = _with(head, flow="carry_in")
            elif fund:
                used.add((fund,))
        out.append(head)
    return _dated(_entities(out, entity), [unit_name for _, _, unit_name, _ in raw], entity)


def _label(row: Sequence[str], side: Side) -> tuple[str, str, str, str]:
    def joined(role: str) -> str:
        seen = [row[c].strip() for c in side.labels.get(role, ()) if c < len(row)]
        if role == "code":
            return "".join(seen)
        return _NESTED.join(dict.fromkeys(t for t in seen if t))

    code = re.sub(r"\s+", "", plain(joined("code")))
    label, unit_name, year = joined("name"), joined("entity"), joined("year")
    if code and not code.isdigit():
        # a total cell merged over the code columns, or a name typed into them
        leading = _LEADING_CODE.match(code)
        if leading:
            label, code = label or code[leading.end() :], leading.group(1)
        else:
            first = next(
                (row[c].strip() for c in side.labels.get("code", ()) if row[c].strip()), ""
            )
            label, code = label or first, ""
    if not code and label:
        leading = _LEADING_CODE.match(plain(label))
        if leading and scheme_of(leading.group(1)) and _NESTED not in label:
            code, label = leading.group(1), plain(label)[leading.end() :]
    return code, label, unit_name, year


_NESTED = "\x1f"


def _innermost(label: str) -> str:
    """Of nested label cells (一般公共预算资金 ▸ 专项收入) the last; 小计 means the one before it."""
    parts = label.split(_NESTED)
    totals = header_words()["total"]
    while len(parts) > 1 and bare(parts[-1]) in totals:
        parts.pop()
    return parts[-1]


def _function_names(
    raw: Sequence[tuple[str, str, str, str]], side: Side, scheme: str, names: Names
) -> list[str]:
    wanted = scheme in ("sides", "function") and side.flow == "expenditure"
    if not wanted or side.labels.get("code"):
        return [""] * len(raw)
    return follow([_innermost(label) for _, label, _, _ in raw], names)


# a plain 合计/总计 under the two sides of a summary closes everything, carry-over included
_SUMMARY = {"income": "sources", "expenditure": "uses"}


def _mended(code: str, label: str, names: Names) -> str:
    """The code meant by a mistyped one: its name has just one code that ends in the same digits."""
    if not code.isdigit() or len(code) < 3:
        return ""
    for scheme in ("function", "economic"):
        fitting = [
            c
            for c in names.codes(scheme, label)
            if c[-len(code) + 1 :] == code[1:] or c.endswith(code[-4:])
        ]
        if len(fitting) == 1:
            return fitting[0]
    return ""


def _head(
    index: int,
    side: Side,
    kind: Kind | None,
    code: str,
    label: str,
    unit_name: str,
    year: str,
    followed: str,
    names: Names,
) -> RowHead:
    words = header_words()
    shown, label = label.replace(_NESTED, " / "), _innermost(label)
    name = bare(label)
    if code and scheme_of(code):
        return RowHead(
            index, side.index, "code", shown, code, {scheme_of(code): code}, of_which(label)
        )
    mended = _mended(code, label, names) if code else ""
    if mended:
        return RowHead(index, side.index, "code", shown, code, {scheme_of(mended): mended})
    if name in words["total"] or (not name and bare(unit_name) in words["total"]):
        flow = _SUMMARY.get(side.flow, "") if kind is not None and kind.rows == "sides" else ""
        coordinates: dict[str, str | int] = {"flow": flow} if flow and name != "小计" else {}
        return RowHead(index, side.index, "total", shown or unit_name, coordinates=coordinates)
    dated = _YEAR.fullmatch(plain(year)) if year else None
    if dated:
        return RowHead(index, side.index, "year", year, coordinates={"year": int(dated.group(1))})
    if year and _CHANGE.match(plain(year)):
        return RowHead(index, side.index, "change", year, coordinates={"versus": "prior"})
    if unit_name and not label:
        return RowHead(index, side.index, "entity", unit_name)
    if followed:
        return RowHead(index, side.index, "code", shown, followed, {"function": followed})
    found = _meaning(label, side, kind)
    if found is not None:
        coordinates = {found.dimension: found.id}
        return RowHead(index, side.index, "item", shown, "", coordinates, of_which(label))
    if not label and not side.labels:
        return RowHead(index, side.index, "total", "")
    if not label and not unit_name:
        return RowHead(index, side.index, "total" if not side.labels.get("name") else "unknown", "")
    scheme = kind.rows if kind else ""
    if scheme == "economic":
        codes = names.codes("economic", label)
        if len(codes) == 1:
            return RowHead(index, side.index, "code", label, codes[0], {"economic": codes[0]})
    if scheme == "projects" or (scheme == "goals" and name):
        return RowHead(
            index, side.index, "project", label, coordinates={"project": project_key(label)}
        )
    return RowHead(index, side.index, "unknown", shown, of_which=of_which(label))


_ALLOWED = {
    "income": ("flow", "fund"),
    "expenditure": ("flow", "nature", "fund", "procurement", "item"),
}


def _meaning(label: str, side: Side, kind: Kind | None) -> Value | None:
    """The one value the label means on this side; None if none or not of this side."""
    allowed = _ALLOWED.get(side.flow, ("flow", "fund", "nature", "item", "procurement"))
    if kind is not None and kind.rows == "goals":
        allowed = ("nature",)
    for value in meanings(label):
        if value.dimension not in allowed:
            continue
        sided = value.dimension == "flow" and side.flow in ("income", "expenditure")
        comes_in = "sources" in (value.id, *ancestors("flow", value.id))
        if sided and comes_in != (side.flow == "income"):
            continue
        return value
    return None


def _with(head: RowHead, **coordinates: str) -> RowHead:
    return RowHead(
        head.row,
        head.side,
        head.kind,
        head.label,
        head.code,
        {**head.coordinates, **coordinates},
        head.of_which,
    )


def _entities(found: list[RowHead], department: str) -> list[RowHead]:
    """Entity rows: the first is the department (or the only unit); each later name is a unit.

    Rows below a unit belong to it; but a total right after a line of amounts of a unit is the total of
    the units.
    """
    order = [h for h in found if h.kind == "entity"]
    distinct = list(dict.fromkeys(bare(h.label) for h in order))
    if len(distinct) <= 1:
        return found
    closes = [
        b.kind == "total" and a.kind == "entity" for a, b in pairwise([h for h in found if h.kind])
    ]
    whole = _whole(distinct[0], department)
    if not department and any(closes):
        whole = ""  # the first of the units, for all we know
    out: list[RowHead] = []
    current = ""
    seen_whole = False
    last = ""
    for head in found:
        if head.kind == "total" and last == "entity":
            current = ""
        last = head.kind or last
        if head.kind == "entity":
            name = bare(head.label)
            current = "" if name == whole and not seen_whole else head.label.strip()
            seen_whole = seen_whole or name == whole
        out.append(_with(head, entity=current) if current and head.kind else head)
    return out


def _whole(first: str, department: str) -> str:
    """The first name, if it is the department's."""
    return first if bare(department) in ("", first) or first in bare(department) else ""


def _dated(found: list[RowHead], units: Sequence[str], department: str) -> list[RowHead]:
    """Years listed unit by unit (三公经费表): each year and change belongs to the unit named last."""
    years = [h.kind in ("year", "change") for h in found]
    distinct = list(
        dict.fromkeys(bare(u) for u, dated in zip(units, years, strict=True) if u and dated)
    )
    if len(distinct) <= 1:
        return found
    whole = _whole(distinct[0], department)
    out = []
    current = ""
    for head, unit, dated in zip(found, units, years, strict=True):
        if unit:
            current = "" if bare(unit) == whole else unit.strip()
        out.append(_with(head, entity=current) if current and dated else head)
    return out


PATH = "▸"


def staircase(rows: Sequence[Sequence[str]], side: Side) -> list[RowHead]:
    """Lines of a procurement table: each label column is one level further in.

    The kind (货物, 工程, 服务) comes first, then the project, then its parts; a line belongs to the
    nearest line above it that is further out. Lines of the same name are told apart by a number.
    """
    columns = side.labels.get("name", ())
    out: list[RowHead] = []
    path: list[str] = []
    kind = ""
    seen: dict[tuple[str, ...], int] = {}
    for index, row in enumerate(rows):
        filled = [(i, row[c].strip()) for i, c in enumerate(columns) if row[c].strip()]
        beside = [row[c].strip() for c in side.labels.get("text", ()) if row[c].strip()]
        label = " ".join([*(text for _, text in filled), *beside])
        if not filled:
            amounts = any(row[c].strip() for c in side.amounts)
            out.append(RowHead(index, side.index, "unknown" if amounts else "", ""))
            continue
        if filled[0][0] == 0:
            found = [v.id for v in meanings(filled[0][1]) if v.dimension == "procurement"]
            if bare(filled[0][1]) in header_words()["total"]:
                kind, path = "", []
                out.append(RowHead(index, side.index, "total", label))
                continue
            if not found:
                out.append(RowHead(index, side.index, "unknown", label))
                continue
            kind, path = found[0], [""]
        for level, text in filled:
            path = [*path[:level], *[""] * (level - len(path)), text]
        if len(path) > 1:
            key = (kind, *path)
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:
                path[-1] = f"{path[-1]}#{seen[key]}"
        coordinates: dict[str, str | int] = {"procurement": kind} if kind else {}
        if len(path) > 1:
            coordinates["project"] = path[1]
            coordinates["part"] = PATH.join(p for p in path[2:] if p)
        out.append(RowHead(index, side.index, "item", label, coordinates=coordinates))
    return out
