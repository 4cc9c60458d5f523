"""Ledger → Edition: group the lines by a declared layout, fill the sentences, lay out the book."""

from mingzhang.compile.amounts import Amounts
from mingzhang.compile.edition import edition_of
from mingzhang.compile.printing import Printer

__all__ = ["Amounts", "Printer", "edition_of"]
