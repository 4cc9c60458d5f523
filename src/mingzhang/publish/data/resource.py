"""A resource of the package: its columns, keys and rows, and how it is written as CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

Value = str | int | Decimal | None
Row = tuple[Value, ...]


class Field(NamedTuple):
    """A column: its name, Table Schema type (string, integer, number, boolean), what it says."""

    name: str
    type: str
    title: str
    required: bool = False


class Link(NamedTuple):
    """A foreign key: this column refers to that column of that resource ("" for its own)."""

    field: str
    resource: str
    to: str


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of the package. ``large``: it is also published as Parquet."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]
    key: tuple[str, ...]
    links: tuple[Link, ...] = ()
    large: bool = False


def csv_of(resource: Resource) -> bytes:
    """The resource as CSV: UTF-8 without a mark, RFC 4180 (CRLF, quotes where needed)."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([f.name for f in resource.fields])
    writer.writerows([["" if v is None else v for v in row] for row in resource.rows])
    return stream.getvalue().encode("utf-8")
