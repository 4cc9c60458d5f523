"""Export: a Book as plain data for other programs and people: JSON, XLSX, CSV."""

from mingzhang.export.csv import to_csv
from mingzhang.export.json import schema, to_json
from mingzhang.export.summary import Summary, summarise
from mingzhang.export.xlsx import to_xlsx

__all__ = ["Summary", "schema", "summarise", "to_csv", "to_json", "to_xlsx"]
