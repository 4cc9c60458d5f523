"""Scans: pages and files that are pictures, read by OCR (the extra ``mingzhang[ocr]``)."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

from mingzhang.model.book import Book
from mingzhang.read.ocr.engine import load
from mingzhang.read.ocr.images import as_pdf
from mingzhang.read.ocr.scanner import DPI, Scanner, Sighting, Sightings, confidence_of
from mingzhang.read.ocr.words import remark

__all__ = [
    "Scanner",
    "Sighting",
    "Sightings",
    "as_pdf",
    "available",
    "confidence_of",
    "remark",
    "scanner",
    "weighed",
]


def available() -> bool:
    """True if the extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def scanner(dpi: float = DPI) -> Scanner:
    """A reader of pages for one document. Raises ImportError without the extra."""
    return Scanner(load(), dpi)


def weighed(book: Book, sightings: Sightings) -> Book:
    """The book with ``Figure.confidence`` told for figures that were read from pictures."""
    figures = tuple(
        replace(f, confidence=confidence)
        if (confidence := confidence_of(f.place, sightings)) < 1
        else f
        for f in book.figures
    )
    return replace(book, figures=figures)
