"""SQL by experts: one SELECT of aggregates over the named sources, and nothing else.

Two walls: the statement is parsed and looked at here, and the engine that runs it has no access to
files, network, settings or other databases (engine.py). This wall is against slips, such as taking
out the value of one record; it is no defence against an officer who wants to publish a name.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from mingzhang.perform.evidence.faults import refuse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# aggregates whose value is not that of one record
_AGGREGATES = frozenset(
    {
        "count",
        "count_star",
        "count_if",
        "countif",
        "sum",
        "avg",
        "mean",
        "median",
        "quantile_cont",
        "stddev",
        "stddev_samp",
        "stddev_pop",
        "var_samp",
        "var_pop",
        "approx_count_distinct",
    }
)
_ALLOWED = frozenset({"value", "rows", "numerator", "denominator"})


def inspect(con: DuckDBPyConnection, sql: str, tables: Collection[str], where: str) -> None:
    """Look at an expert's statement. Raises Refused if it is more than a SELECT of aggregates."""
    import duckdb

    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error:
        raise refuse("sql-syntax", where=where) from None
    if len(statements) != 1 or statements[0].type is not duckdb.StatementType.SELECT:
        raise refuse("sql-select", where=where)
    row = con.execute("SELECT json_serialize_sql(?::VARCHAR)", [sql]).fetchall()[0]
    tree = json.loads(row[0])
    if tree.get("error") or tree["statements"][0]["node"]["type"] != "SELECT_NODE":
        raise refuse("sql-select", where=where)
    node = tree["statements"][0]["node"]
    _only_tables(node, tables, where)
    for item in node["select_list"]:
        if item["class"] == "STAR":
            raise refuse("sql-star", where=where)
        if not _aggregated(item):
            raise refuse("sql-aggregate", where=where)
    names = [item.get("alias", "").lower() for item in node["select_list"]]
    if not ({"value", "rows"} <= set(names) <= _ALLOWED) or len(names) != len(set(names)):
        raise refuse("sql-shape", where=where)


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)


def _only_tables(node: dict[str, Any], tables: Collection[str], where: str) -> None:
    known = {t.lower() for t in tables}
    for one in _nodes(node):
        maps = one.get("cte_map")
        if isinstance(maps, dict):
            known |= {str(entry["key"]).lower() for entry in maps.get("map", ())}
    for one in _nodes(node):
        if one.get("type") == "TABLE_FUNCTION":
            raise refuse("sql-tables", where=where)
        if one.get("type") == "BASE_TABLE":
            other = one.get("schema_name") or one.get("catalog_name")
            if other or str(one["table_name"]).lower() not in known:
                raise refuse("sql-tables", where=where)
        if one.get("class") == "STAR":
            raise refuse("sql-star", where=where)


def _aggregated(item: dict[str, Any]) -> bool:
    """True if every column in an expression stands inside an aggregate, and there is one."""
    if item.get("class") == "FUNCTION" and item["function_name"].lower() in _AGGREGATES:
        return True
    if item.get("class") in ("COLUMN_REF", "SUBQUERY", "WINDOW"):
        return False
    parts = [p for p in _children(item) if p.get("class")]
    if not parts:
        return item.get("class") == "CONSTANT"
    bare = [p for p in parts if not _aggregated(p)]
    return not bare and any(_has_aggregate(p) for p in parts)


def _children(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Expressions directly below one, whatever the parser wraps them in."""
    for value in item.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from [one] if "class" in one else _children(one)


def _has_aggregate(item: dict[str, Any]) -> bool:
    return any(
        one.get("class") == "FUNCTION" and one["function_name"].lower() in _AGGREGATES
        for one in _nodes(item)
    )
