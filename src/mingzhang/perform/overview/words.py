"""The words of the overview in one language, and numbers as it prints them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mingzhang.catalog import performance_year as catalog
from mingzhang.perform.execution.risk import percent, signed
from mingzhang.perform.telling import wan


class Words:
    """[overview] of catalog/performance-year.toml in a language ("zh" or "en")."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts = catalog.section("overview")[lang]

    def __call__(self, key: str, **params: object) -> str:
        return str(self._texts[key]).format(**params)

    def day(self, when: date) -> str:
        """A day."""
        return self("date", year=when.year, month=when.month, day=when.day)

    def wan(self, fen: int, decimals: int = 0) -> str:
        """An amount in 万元, half up."""
        return wan(fen, decimals)

    def share(self, share: Fraction | None) -> str:
        """A share as a percentage; a dash for none."""
        return "—" if share is None else percent(share)

    def points(self, share: Fraction) -> str:
        """Percentage points with their sign."""
        return signed(share)

    def level(self, level: str) -> str:
        """A class."""
        return catalog.level_name(level, self.lang)
