"""The TOML files of a ledger: tables of text to TOML and back (tomllib reads; this writes)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mingzhang.catalog.ledger import skeleton, tables, words
from mingzhang.ledger import values
from mingzhang.ledger.fault import Notebook
from mingzhang.ledger.form import Row, Sheet, tidy
from mingzhang.ledger.unbuild import Rows
from mingzhang.model.place import Place

# file -> (its list of tables, the table they are rows of, what is listed inside each: key, table, owner)
LISTS: Mapping[str, tuple[str, str, tuple[str, str, str] | None]] = {
    "projects.toml": ("project", "projects", ("part", "parts", "project")),
    "entities.toml": ("entity", "entities", ("staff", "staff", "entity")),
    "assets.toml": ("asset", "assets", None),
    "reasons.toml": ("reason", "reasons", None),
    "goals.toml": ("goal", "goals", ("indicator", "indicators", "project")),
}
_PROTECTION = ("totals", "width", "share")
_BARE = {"amount", "number", "count", "year", "date"}


# ------------------------------------------------------------------ writing
def toml_text(name: str, rows: Rows) -> str:
    """One TOML file of the folder form, with its heading comment; ends in a newline."""
    head = [f"# {line}".rstrip() for line in skeleton()["head"][name].strip().splitlines()]
    body = _settings_toml(rows) if name == "ledger.toml" else _list_toml(name, rows)
    return "\n".join([*head, "", *body]).rstrip("\n") + "\n"


def _settings_toml(rows: Rows) -> list[str]:
    texts = {f: t for row in rows["settings"] for f, t in row.values.items()}
    own = [c.field for c in tables()["settings"].columns if c.field not in _PROTECTION]
    out = _pairs("settings", texts, own)
    out += ["", "[protection]", *_pairs("settings", texts, _PROTECTION)]
    kept = [r.get("subject") for r in rows["protection"] if not r.get("reason")]
    out += ["withhold = [", *(f"  {_string(text)}," for text in kept), "]"] if kept else []
    signed = {r.get("subject"): r.get("reason") for r in rows["protection"] if r.get("reason")}
    if signed:
        out += [
            "",
            "[protection.signed]",
            *(f"{_string(k)} = {_string(v)}" for k, v in signed.items()),
        ]
    facts = {r.get("name"): r.get("value") for r in rows["facts"]}
    return [*out, "", "[facts]", *(f"{_string(k)} = {_string(v)}" for k, v in facts.items())]


def _list_toml(name: str, rows: Rows) -> list[str]:
    key, table, inner = LISTS[name]
    owner = "name" if key != "goal" else "project"
    inside: dict[str, list[Row]] = {}
    if inner:
        for row in rows[inner[1]]:
            inside.setdefault(row.get(inner[2]), []).append(row)
    out: list[str] = []
    for row in rows[table]:
        fields = tables()[table].fields
        out += [f"[[{key}]]", *_pairs(table, row.values, fields)]
        mine = inside.get(row.get(owner), [])
        if key == "entity" and mine:
            out += ["[entity.staff]"]
            out += [f"{_string(r.get('name'))} = {r.get('count')}" for r in mine]
        elif inner:
            for r in mine:
                own = [f for f in tables()[inner[1]].fields if f != inner[2]]
                out += ["", f"[[{key}.{inner[0]}]]", *_pairs(inner[1], r.values, own)]
        out.append("")
    return out


def _pairs(table: str, texts: Mapping[str, str], fields: Iterable[str]) -> list[str]:
    """key = value lines: texts always, so that forms show what can be filled in; numbers if told."""
    out = []
    for field in fields:
        text, kind = texts.get(field, ""), tables()[table].column(field).kind
        if kind in _BARE:
            out += [f"{field} = {text}"] if text else []
        elif kind == "yes":
            out.append(f"{field} = {'true' if text and values.yes(text) else 'false'}")
        else:
            out.append(f"{field} = {_string(text)}")
    return out


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"}


def _string(text: str) -> str:
    """A basic string; one of several lines stands on several lines."""
    if "\n" in text:
        safe = text.replace("\\", "\\\\").replace('"""', '""\\"')
        safe = safe[:-1] + '\\"' if safe.endswith('"') else safe
        return f'"""\n{safe}"""'
    return '"' + re.sub(r'[\\"\t\n]', lambda m: _ESCAPES[m[0]], text) + '"'


# ------------------------------------------------------------------ reading
def toml_sheets(
    name: str, text: str, source: str, notes: Notebook
) -> dict[str, Sheet]:  # fmt: skip
    """The tables of one TOML file. What is not TOML at all is noted, and gives no table."""
    try:
        raw = tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(source, name, "", line=int(line[1]) if line else None)
        notes.add("bad-toml", place, detail=str(error))
        return {}
    reader = _Reader(name, text, source, notes)
    found = reader.settings(raw) if name == "ledger.toml" else reader.lists(raw)
    return {table: Sheet(table, source, name, tuple(rows), None) for table, rows in found.items()}


class _Reader:
    def __init__(self, name: str, text: str, source: str, notes: Notebook) -> None:
        self.name, self.source, self.notes = name, source, notes
        self.text_lines = text.splitlines()

    def bad(self, kind: str, line: int | None, heading: str = "", **params: Any) -> None:
        self.notes.add(kind, Place(self.source, self.name, "", line=line), heading, **params)

    def starts(self, pattern: str, wanted: int) -> list[int]:
        """The lines (from 1) that match; line 1 for all where they are not as many as wanted."""
        found = [n for n, line in enumerate(self.text_lines, 1) if re.match(pattern, line)]
        return found if len(found) == wanted else [1] * wanted

    def key_line(self, key: str) -> int:
        word = re.escape(key)
        found = self.starts(rf"\s*[\"']?{word}[\"']?\s*=", 1)
        return found[0]

    # -------------------------------------------------------------- ledger.toml
    def settings(self, raw: Mapping[str, Any]) -> dict[str, list[Row]]:
        """settings, protection and facts of ledger.toml."""
        own = {f: f for f in tables()["settings"].fields if f not in _PROTECTION}
        rows = [
            Row({field: text}, self.key_line(field))
            for field, text in self.fields("settings", raw, own, 0, ("protection", "facts")).items()
        ]
        protection = self.mapping(raw, "protection")
        rows += [
            Row({field: text}, self.key_line(field))
            for field, text in self.fields(
                "settings", protection, {f: f for f in _PROTECTION}, 0, ("withhold", "signed")
            ).items()
        ]
        kept = protection.get("withhold", [])
        if not isinstance(kept, list) or not all(isinstance(k, str) for k in kept):
            self.bad("bad-value", self.key_line("withhold"), name="withhold", wanted='[ "…" ]')
            kept = []
        return {
            "settings": rows,
            "protection": [
                *(Row({"subject": tidy(k)}, self.key_line("withhold")) for k in kept if tidy(k)),
                *(
                    Row(_filled({"subject": k, "reason": v}), self.key_line(k))
                    for k, v in self.texts(protection, "signed").items()
                ),
            ],
            "facts": [
                Row(_filled({"name": k, "value": v}), self.key_line(k))
                for k, v in self.texts(raw, "facts").items()
            ],
        }

    def mapping(self, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = raw.get(key, {})
        if isinstance(found, dict):
            return found
        self.bad("bad-value", self.key_line(key), name=key, wanted=f"[{key}]")
        return {}

    def texts(self, raw: Mapping[str, Any], key: str) -> dict[str, str]:
        """A table of free names and texts."""
        out = {}
        for name, value in self.mapping(raw, key).items():
            text = _text_of(value)
            if text is None:
                self.bad("bad-value", self.key_line(name), name=name, wanted='"…"')
            elif tidy(name):
                out[tidy(name)] = text
        return out

    def fields(
        self,
        table: str,
        raw: Mapping[str, Any],
        known: Mapping[str, str],
        line: int,
        others: Sequence[str] = (),
    ) -> dict[str, str]:
        """The known keys of a TOML table as texts; the rest is noted at ``line`` (0: at the key)."""
        out = {}
        for key, value in raw.items():
            at = line or self.key_line(key)
            field = known.get(key) or next(
                (f for f in known if tables()[table].column(f).zh == key), ""
            )
            text = _text_of(value)
            if field and text is not None:
                if text:
                    out[field] = text
            elif field:
                self.bad("bad-value", at, name=key, wanted='"…"')
            elif key not in others:
                self.bad("extra-column", at, name=key)
        return out

    # -------------------------------------------------------------- lists of tables
    def lists(self, raw: Mapping[str, Any]) -> dict[str, list[Row]]:
        """A list of tables, and what is listed inside each."""
        key, table, inner = LISTS[self.name]
        for other in sorted(raw.keys() - {key}):
            self.bad("extra-column", self.key_line(other), name=other)
        entries = self.entries(raw, key, 1)
        lines = self.starts(rf"\s*\[\[\s*{key}\s*\]\]", len(entries))
        out: dict[str, list[Row]] = {table: []}
        known = {f: f for f in tables()[table].fields}
        if inner:
            out[inner[1]] = []
            total = sum(len(self.inside(e, inner[0], 0)) for e in entries if key != "entity")
            inner_lines = iter(self.starts(rf"\s*\[\[\s*{key}\.{inner[0]}\s*\]\]", total))
        for entry, line in zip(entries, lines, strict=True):
            skip = (inner[0],) if inner else ()
            values_ = self.fields(table, entry, known, line, skip)
            if key == "goal":
                values_.setdefault("project", words("whole")[0])
            out[table].append(Row(values_, line))
            if not inner:
                continue
            name = values_.get("project" if key == "goal" else "name", "")
            if key == "entity":
                for label, text in self.texts(entry, "staff").items():
                    row = Row(_filled({"entity": name, "name": label, "count": text}), line)
                    out["staff"].append(row)
            else:
                own = {f: f for f in tables()[inner[1]].fields if f != inner[2]}
                for item in self.inside(entry, inner[0], line):
                    at = next(inner_lines)
                    found = self.fields(inner[1], item, own, at)
                    out[inner[1]].append(Row(_filled({inner[2]: name, **found}), at))
        return out

    def inside(self, entry: Mapping[str, Any], key: str, line: int) -> list[Mapping[str, Any]]:
        """The list of tables within an entry; what is no such list is noted once (line given)."""
        return self.entries(entry, key, line)

    def entries(self, raw: Mapping[str, Any], key: str, line: int) -> list[Mapping[str, Any]]:
        found = raw.get(key, [])
        if isinstance(found, list) and all(isinstance(e, dict) for e in found):
            return found
        if line:
            self.bad("bad-value", line, name=key, wanted=f"[[{key}]]")
        return []


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in texts.items() if v}


def _text_of(value: object) -> str | None:
    """A TOML value as the text of a cell; None for lists and tables."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return values.yes_text(value)
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return None
