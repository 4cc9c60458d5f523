"""datapackage.json: what the resources are, how they hang together, what they measure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mingzhang.model.edition import Edition
from mingzhang.publish.data.resource import Field, Resource

FORMAT = 1  # of the package; mingzhang.read.datapackage knows it
_PHASES = {"budget": "approved", "adjusted": "adjusted", "final": "executed"}
_MEDIA = "application/vnd.apache.parquet"
# dimension → its kind, kind of classification, coordinate, code list
_DIMENSIONS = {
    "fiscalYear": ("datetime", "", "year", ""),
    "administrative": ("entity", "", "entity", ""),
    "functional": ("classification", "functional", "function", "codes-function"),
    "economic": ("classification", "economic", "economic", "codes-economic"),
    "fund": ("classification", "", "fund", "codes-fund"),
    "nature": ("classification", "", "nature", "codes-nature"),
    "program": ("activity", "", "project", ""),
    "procurement": ("classification", "", "procurement", "codes-procurement"),
    "phase": ("classification", "", "stage", "codes-stage"),
}


def descriptor_json(
    edition: Edition, resources: Sequence[Resource], files: Mapping[str, bytes]
) -> bytes:
    """The descriptor; ``files`` are the resources as written, for their sizes and digests."""
    out: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"mingzhang-{edition.layout}-{edition.year}-{edition.digest[:12] or 'book'}",
        "id": edition.digest,
        "title": edition.title,
        "mingzhang": {
            "format": FORMAT,
            "layout": edition.layout,
            "stage": edition.stage,
            "rounding": edition.rounding,
            "language": edition.language,
            "line_items": bool(edition.lines),
        },
        "granularity": "aggregated",
        # 预算法 art. 18: the budget year is the calendar year
        "fiscalPeriod": {"start": f"{edition.year}-01-01", "end": f"{edition.year}-12-31"},
        "contributors": [{"title": edition.department, "role": "publisher"}],
        "resources": [_resource(r, files) for r in resources],
    }
    named = {r.name: r for r in resources}
    if "cells" in named:
        out["model"] = _model(edition, named)
    if edition.published:
        out["created"] = f"{edition.published:%Y-%m-%d}T00:00:00Z"
    kept = {key: value for key, value in out.items() if value not in ("", [])}
    return (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(resource: Resource, files: Mapping[str, bytes]) -> dict[str, Any]:
    path = f"{resource.name}.csv"
    out = {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "title": resource.title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        **_seal(files[path]),
        "schema": _schema(resource),
    }
    copy = f"{resource.name}.parquet"
    if copy in files:
        out["alternates"] = [
            {"path": copy, "format": "parquet", "mediatype": _MEDIA, **_seal(files[copy])}
        ]
    return out


def _seal(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def _schema(resource: Resource) -> dict[str, Any]:
    out: dict[str, Any] = {
        "fields": [_field(field) for field in resource.fields],
        "missingValues": [""],
        "primaryKey": list(resource.key),
    }
    if resource.links:
        out["foreignKeys"] = [
            {"fields": [k.field], "reference": {"resource": k.resource, "fields": [k.to]}}
            for k in resource.links
        ]
    return out


def _field(field: Field) -> dict[str, Any]:
    out: dict[str, Any] = {"name": field.name, "type": field.type, "title": field.title}
    if field.type == "boolean":
        out |= {"trueValues": ["true"], "falseValues": ["false"]}
    if field.required:
        out["constraints"] = {"required": True}
    return out


def _model(edition: Edition, resources: Mapping[str, Resource]) -> dict[str, Any]:
    """Measures and dimensions (Fiscal Data Package 0.3): the printed figures, and the line items."""
    measures: dict[str, Any] = {}
    for measure, resource, title in (
        ("printed", "cells", "印出的金额"),
        ("amount", "lines", "明细金额"),
    ):
        if resource in resources:
            measures[measure] = {
                "title": title,
                "source": "amount",
                "resource": resource,
                "currency": "CNY",
                "factor": 1,
                "phase": _PHASES.get(edition.stage, "approved"),
            }
    if "amount" in measures:  # the printed figures are of both directions, see their flow
        measures["amount"]["direction"] = "expenditure"
    return {"measures": measures, "dimensions": _dimensions(resources)}


def _dimensions(resources: Mapping[str, Resource]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, (kind, classification, coordinate, codes) in _DIMENSIONS.items():
        attributes = {coordinate: {"source": coordinate, "resource": "cells"}}
        if codes in resources:
            attributes["name"] = {"source": "name", "resource": codes, "labelfor": coordinate}
        out[key] = {"dimensionType": kind, "primaryKey": [coordinate], "attributes": attributes}
        if classification:
            out[key]["classificationType"] = classification
    return out
