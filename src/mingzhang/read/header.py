"""Header → columns: what each column of a table means, by the words above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingzhang.catalog.dimensions import Value, meanings, values
from mingzhang.catalog.normal import bare, of_which, plain
from mingzhang.catalog.statements import Kind, header_words
from mingzhang.model.book import Column
from mingzhang.model.document import Cell
from mingzhang.model.money import parse_number
from mingzhang.read.captions import unit_in_brackets
from mingzhang.read.compared import Told, told
from mingzhang.read.stitch import Row, Table, counts_columns, texts

_YEAR = re.compile(r"((?:19|20)\d{2})年")
LABELS = ("code", "name", "entity", "year", "text")


def header_paths(table: Table) -> tuple[tuple[str, ...], ...]:
    """For each column, the header texts from the top down, each merged cell once.

    A row that only numbers the columns (栏次 1 2 3) says nothing about them.
    """
    head = [list(texts(row)) for row in table.rows[: table.header]]
    head = [row for k, row in enumerate(head) if not (k and counts_columns(row))]
    if not table.spans_known:
        _spread(head)
    paths = []
    for column in range(table.width):
        path: list[str] = []
        for row in head:
            word = re.sub(r"\s+", "", row[column]) if column < len(row) else ""
            if word and (not path or path[-1] != word):
                path.append(word)
        paths.append(tuple(path))
    return tuple(paths)


def _spread(head: list[list[str]]) -> None:
    """Give a merged header cell to all columns it covers, where the format shows only blanks."""
    for r, row in enumerate(head):
        for c in range(1, len(row)):
            if row[c].strip() or not row[c - 1].strip():
                continue
            same_above = r == 0 or head[r - 1][c] == head[r - 1][c - 1]
            below = any(c < len(low) and low[c].strip() for low in head[r + 1 :])
            if same_above and below:
                row[c] = row[c - 1]


def columns(table: Table, kind: Kind | None, year: int | None) -> tuple[Column, ...]:
    """Every column with its role, coordinates and side."""
    paths = header_paths(table)
    roles: list[tuple[str, dict[str, str | int]]] = []
    body = table.rows[table.header :]
    heading = _heading(paths, kind)
    for index, path in enumerate(paths):
        role, coordinates = _meaning(
            path[1:] if len(path) > 1 and path[0] in heading else path, kind, year
        )
        if role == "unknown" and not _has_numbers(body, index):
            role = "text"
        roles.append((role, coordinates))
    _total_with_carried(roles, paths, kind)
    _alone(roles)
    _labels_of_blocks(roles, paths, body)
    sides = _sides([role for role, _ in roles], paths)
    return tuple(
        Column(path, role, coordinates, side, any(of_which(label) for label in path))
        for path, (role, coordinates), side in zip(paths, roles, sides, strict=True)
    )


_CARRIED = {"expenditure": ("carry_out", "uses"), "income": ("carry_in", "sources")}
Roles = list[tuple[str, dict[str, str | int]]]


def _total_with_carried(roles: Roles, paths: Sequence[tuple[str, ...]], kind: Kind | None) -> None:
    """Where 结转下年 is a column of a table of expenditure, its total column is 支出总计, not 本年支出;
    and where 上年结转 is a column of a table of income, the total is 收入总计. Where the other of the two
    stands beside a total, the total may hold it or not."""
    if kind is not None and kind.rows in ("sides", "goals", "procurement"):
        return
    flow = str(kind.coordinates.get("flow", "")) if kind else ""
    carried, total = _CARRIED.get(flow, ("", ""))
    flows = {str(c.get("flow", "")) for role, c in roles if role == "amount"}
    other = flows & {"carry_in", "carry_out"} - {carried}
    for index, (role, coordinates) in enumerate(roles):
        if role != "amount" or coordinates:
            continue
        if carried in flows and carried:
            of_year = any(v.id == flow for label in paths[index] for v in meanings(label))
            coordinates["flow"] = flow if of_year else total  # 本年收入 → 小计 is without it
        elif other and not flows & {"income", "expenditure"}:
            roles[index] = ("unknown", {})  # with or without what was carried over: nobody knows


def _alone(roles: Roles) -> None:
    """A value that means more where another one does not stand beside it (人员支出 without
    对个人和家庭的补助 is all 人员经费)."""
    told = {(k, v) for _, coordinates in roles for k, v in coordinates.items()}
    for _, coordinates in roles:
        for dimension, value in coordinates.items():
            found = values().get((dimension, str(value)))
            if found is not None and found.alone:
                beside, instead = found.alone
                if (dimension, beside) not in told:
                    coordinates[dimension] = instead


def _labels_of_blocks(roles: Roles, paths: Sequence[tuple[str, ...]], body: Sequence[Row]) -> None:
    """A column of words that opens a block of amounts names its lines, whatever its header says.

    What each line is about, its own words decide.
    """
    texts_only = header_words()["text"]
    named = False
    for index, (role, _) in enumerate(roles):
        if role in ("code", "name", "entity", "year"):
            named = True
        elif role == "amount":
            named = False
        elif role == "text" and not named and paths[index]:
            follows = next((r for r, _ in roles[index + 1 :] if r != "none"), "")
            says = any(index < len(row) and _is_label(row[index]) for row in body)
            if follows == "amount" and bare(paths[index][-1]) not in texts_only and says:
                roles[index] = ("name", {})
                named = True


def _is_label(cell: Cell | None) -> bool:
    return cell is not None and len(bare(cell.text)) > 1


def _heading(paths: Sequence[tuple[str, ...]], kind: Kind | None) -> frozenset[str]:
    """Top labels that head a whole table or side, and so set no column apart from another."""
    words = header_words()
    labels = words["code"] | words["name"] | words["entity"] | words["year"] | words["text"]
    tops = {p[0] for p in paths if len(p) > 1}
    if kind is not None and kind.rows == "sides":
        return frozenset(t for t in tops if bare(t) not in words["amount"])
    others = {
        p[0]
        for p in paths
        if p and bare(p[-1]) not in labels and not bare(p[-1]).endswith("科目名称")
    }
    return frozenset(others) if len(others) == 1 and others <= tops else frozenset()


def _has_numbers(rows: Sequence[Row], index: int) -> bool:
    return any(
        cell is not None and parse_number(cell.text) is not None
        for row in rows
        if index < len(row)
        for cell in (row[index],)
    )


def _meaning(
    path: tuple[str, ...], kind: Kind | None, year: int | None
) -> tuple[str, dict[str, str | int]]:
    words = header_words()
    if not path:
        return "unknown", {}
    leaf = bare(path[-1])
    coordinates: dict[str, str | int] = {}
    for role in ("code", "name", "year", "none", "percent", "text"):
        if leaf in words[role] or (role == "code" and plain(path[-1]) in words[role]):
            return role, coordinates
    if leaf in words["entity"]:
        return "entity", coordinates
    if leaf.endswith(("科目编码", "科目代码")):
        return "code", coordinates
    if leaf.endswith("科目名称"):
        return "name", coordinates
    neutral = kind.neutral if kind else ()
    understood = leaf in words["amount"] or leaf in words["change"]
    for depth, label in enumerate(path):
        last = depth == len(path) - 1
        compared = told(label, year)
        if compared is not None:
            if compared.open and last:
                return "unknown", {}
            if compared.percent:
                return "percent", {}
            coordinates.update(_of_years(compared))
            understood = True
            continue
        if bare(label) in words["change"]:
            coordinates.setdefault("versus", "prior")
        dated = _YEAR.search(plain(label))
        if dated:
            coordinates["year"] = int(dated.group(1))
        value = _choose(_meanings(label, kind), neutral)
        known = (
            value is not None
            or bool(meanings(label))
            or any(bare(label) in found for found in words.values())
            or not bare(label)
            or bool(unit_in_brackets(label) and not bare(label))
        )
        if value is not None and not _only_a_total(value, label, kind):
            coordinates[value.dimension] = value.id
            if value.dimension == "reserved":
                coordinates.setdefault("procurement", "all")
        if last and not known:
            return "unknown", {}
        if last:
            understood = True
        elif not known:
            understood = False
            return "unknown", {}
    return ("amount" if understood else "unknown"), coordinates


def _of_years(compared: Told) -> dict[str, str | int]:
    told_of = {"year": compared.year, "stage": compared.stage, "versus": compared.versus}
    return {name: value for name, value in told_of.items() if value}


def _only_a_total(value: Value, label: str, kind: Kind | None) -> bool:
    """收入总计/支出总计 and the side words 收入/支出 over columns: they say nothing about a column
    but in the few tables whose columns are the parts of the whole (收入总表, 支出总表)."""
    if value.dimension != "flow" or (kind is not None and bare(label) in kind.means):
        return False
    words = header_words()
    if bare(label) in words["amount"] | words["income_side"] | words["expenditure_side"]:
        return True
    return value.id in ("sources", "uses") and (
        kind is None or kind.id not in ("income", "expenditure")
    )


def _meanings(label: str, kind: Kind | None) -> Sequence[Value]:
    """What a label means in this kind of statement: its own meaning there, else what it always does."""
    found = meanings(label)
    own = kind.means.get(bare(label)) if kind else None
    if own is None:
        return found
    return [values()[v.dimension, own] for v in found if (v.dimension, own) in values()] or found


def _choose(found: Sequence[Value], neutral: Sequence[str]) -> Value | None:
    for value in found:
        if value.dimension not in neutral:
            return value
    return None


def _sides(roles: Sequence[str], paths: Sequence[tuple[str, ...]]) -> list[int]:
    """Number the blocks of a side-by-side table: label columns after amounts begin a new one."""
    sides: list[int] = []
    side, seen_amount = 0, False
    for role, path in zip(roles, paths, strict=True):
        if role in ("code", "name") and seen_amount:
            side, seen_amount = side + 1, False
        if role in ("amount", "percent", "unknown") and path:
            seen_amount = True
        sides.append(side)
    return sides


def side_flow(columns_of_side: Sequence[Column], side: int) -> str:
    """income or expenditure, by the top word of the side's header, else by position."""
    words = header_words()
    for column in columns_of_side:
        for label in column.header:
            name = bare(label)
            if name in words["income_side"] or name.endswith("收入"):
                return "income"
            if name in words["expenditure_side"] or name.endswith("支出"):
                return "expenditure"
    return "income" if side == 0 else "expenditure"
