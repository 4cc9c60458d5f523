"""Evidence 佐证: how an indicator's actual value 实际完成值 is found, proved and asked for again.

    definition = load("ledger/evidence.toml")
    for actual in evaluate(definition):
        actual.value, actual.text, actual.provenance, actual.fault

Registers are CSV, Parquet, XLSX, SQLite or PostgreSQL; DuckDB does the counting (extra ``evidence``).
"""

from mingzhang.perform.evidence.definition import Definition, load, parse, variable
from mingzhang.perform.evidence.evaluate import compare, evaluate, reproduce
from mingzhang.perform.evidence.faults import Refused, word
from mingzhang.perform.evidence.privacy import Protector, protect
from mingzhang.perform.evidence.records import from_record, to_record
from mingzhang.perform.evidence.results import HIDDEN, shown

__all__ = [
    "HIDDEN",
    "Definition",
    "Protector",
    "Refused",
    "compare",
    "evaluate",
    "from_record",
    "load",
    "parse",
    "protect",
    "reproduce",
    "shown",
    "to_record",
    "variable",
    "word",
]
