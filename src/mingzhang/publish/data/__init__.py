"""Edition → open data: a Frictionless Tabular Data Package with the model of a Fiscal Data Package.

CSV for every resource (UTF-8, RFC 4180), Parquet beside the larger ones, code lists with keys, and
a README. Text is written as it is: what begins with "=" stays so, since data is read by machines and
a changed name would be a wrong one; the README says how to open the files in a spreadsheet.

Sources: Data Package and Table Schema 1 (Frictionless), Fiscal Data Package 0.3.
"""

from __future__ import annotations

from pathlib import Path

from mingzhang.model.edition import Edition
from mingzhang.publish.data.descriptor import descriptor_json
from mingzhang.publish.data.folder import write_whole
from mingzhang.publish.data.parquet import parquet_of
from mingzhang.publish.data.readme import readme_of
from mingzhang.publish.data.resource import csv_of
from mingzhang.publish.data.resources import resources_of

__all__ = ["data_of", "publish_data"]


def publish_data(edition: Edition, folder: Path) -> None:
    """Write the package as a folder, whole or not at all.

    An older package there is replaced when the new one is complete. Raises OSError (FileExistsError
    where something else than a data package stands there).
    """
    write_whole(folder, data_of(edition))


def data_of(edition: Edition) -> dict[str, bytes]:
    """The files of the package by name: the same edition gives the same bytes."""
    resources = resources_of(edition)
    tables = {f"{r.name}.csv": csv_of(r) for r in resources}
    copies = {
        f"{r.name}.parquet": parquet_of(r, tables[f"{r.name}.csv"]) for r in resources if r.large
    }
    return {
        "datapackage.json": descriptor_json(edition, resources, {**tables, **copies}),
        "README.md": readme_of(edition, resources).encode("utf-8"),
        **tables,
        **copies,
    }
