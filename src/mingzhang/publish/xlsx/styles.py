"""Cell formats of the workbook: each look once, faces as offices have them."""

from __future__ import annotations

from typing import Any

_CELL = {
    "font_name": "宋体",
    "font_size": 10,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#7F7F7F",
    "text_wrap": True,
}
_LOOKS: dict[str, dict[str, Any]] = {
    "cover": {"font_name": "黑体", "font_size": 18, "align": "center", "valign": "vcenter"},
    "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "line": {"font_name": "宋体", "font_size": 10, "valign": "vcenter"},
    "right": {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "align": "right"},
    "centre": {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "align": "center"},
    "note": {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True},
    "head": {**_CELL, "bold": True, "align": "center", "bg_color": "#F3F1EC"},
    "text": _CELL,
    "code": {**_CELL, "align": "left"},
    "middle": {**_CELL, "align": "center"},
    "part": {"font_name": "黑体", "font_size": 16, "valign": "vcenter", "text_wrap": True},
    "chapter": {"font_name": "黑体", "font_size": 14, "valign": "vcenter", "text_wrap": True},
    "heading": {"font_name": "楷体", "font_size": 12, "bold": True, "text_wrap": True},
    "prose": {"font_name": "仿宋", "font_size": 12, "text_wrap": True, "valign": "top"},
    "link": {"font_name": "宋体", "font_size": 11, "font_color": "#9B1C1C", "underline": 1},
}


class Styles:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, name: str, **more: Any) -> Any:
        """A named look, changed by ``more`` (properties of XlsxWriter)."""
        wanted = {**_LOOKS[name], **more}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def number(self, text: str, thousands: bool, bold: bool) -> Any:
        """A format that shows a number just as it is printed elsewhere (a zero may print nothing)."""
        decimals = len(text.partition(".")[2])
        pattern = ("#,##0" if thousands else "0") + ("." + "0" * decimals if decimals else "")
        zero = pattern if text else '""'
        code = f"{pattern};-{pattern};{zero}"
        # figures stay on one line: wrapped digits would be read as two numbers
        return self.look(
            "text", num_format=code, align="right", indent=1, bold=bold, text_wrap=False
        )
