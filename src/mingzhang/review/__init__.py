"""Review: what people decide about findings, and what became of findings from draft to draft."""

from mingzhang.review.accept import accept, apply, review, stale
from mingzhang.review.compare import Comparison, Told, compare, comparison_record
from mingzhang.review.entries import BadEntries, Entry, beside, load, written

__all__ = [
    "BadEntries",
    "Comparison",
    "Entry",
    "Told",
    "accept",
    "apply",
    "beside",
    "compare",
    "comparison_record",
    "load",
    "review",
    "stale",
    "written",
]
