"""PDFium's small getters, bound so that a call costs a fraction of a microsecond.

The bindings of pypdfium2 build a ctypes object per argument and release the GIL for each call;
for thousands of getters a page that is most of the reading time. Here the same C functions take
plain integers for every handle and out-address and keep the GIL. Long calls (load, render, parse)
stay with pypdfium2. PDFium is not thread-safe: hold ``LOCK`` around everything.
"""

from __future__ import annotations

import ctypes
import threading
from typing import Any

import pypdfium2.raw as raw

LOCK = threading.RLock()

_HANDLE = ctypes.c_void_p
_INT = ctypes.c_int
_ADDRESS = ctypes.c_void_p
_FLOAT = ctypes.c_float


def _bind(name: str, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def handle(pointer: Any) -> int:
    """The plain integer behind one of pypdfium2's raw pointers (0 for null)."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


# text page
char_count = _bind("FPDFText_CountChars", _INT, _HANDLE)
char_unicode = _bind("FPDFText_GetUnicode", ctypes.c_uint, _HANDLE, _INT)
char_text = _bind("FPDFText_GetText", _INT, _HANDLE, _INT, _INT, _ADDRESS)
char_unmapped = _bind("FPDFText_HasUnicodeMapError", _INT, _HANDLE, _INT)
char_object = _bind("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
char_box = _bind("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _ADDRESS)

# page objects
object_count = _bind("FPDFPage_CountObjects", _INT, _HANDLE)
object_at = _bind("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
form_count = _bind("FPDFFormObj_CountObjects", _INT, _HANDLE)
form_at = _bind("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
object_type = _bind("FPDFPageObj_GetType", _INT, _HANDLE)
object_matrix = _bind("FPDFPageObj_GetMatrix", _INT, _HANDLE, _ADDRESS)
object_bounds = _bind(
    "FPDFPageObj_GetBounds", _INT, _HANDLE, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
fill_color = _bind(
    "FPDFPageObj_GetFillColor", _INT, _HANDLE, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
stroke_color = _bind(
    "FPDFPageObj_GetStrokeColor", _INT, _HANDLE, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS
)
stroke_width = _bind("FPDFPageObj_GetStrokeWidth", _INT, _HANDLE, _ADDRESS)
is_transparent = _bind("FPDFPageObj_HasTransparency", _INT, _HANDLE)
draw_mode = _bind("FPDFPath_GetDrawMode", _INT, _HANDLE, _ADDRESS, _ADDRESS)
segment_count = _bind("FPDFPath_CountSegments", _INT, _HANDLE)
segment_at = _bind("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
segment_point = _bind("FPDFPathSegment_GetPoint", _INT, _HANDLE, _ADDRESS, _ADDRESS)
segment_type = _bind("FPDFPathSegment_GetType", _INT, _HANDLE)
segment_close = _bind("FPDFPathSegment_GetClose", _INT, _HANDLE)

# text objects and fonts
text_size = _bind("FPDFTextObj_GetFontSize", _INT, _HANDLE, _ADDRESS)
text_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
text_font = _bind("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, _HANDLE, _ADDRESS, ctypes.c_size_t)
font_weight = _bind("FPDFFont_GetWeight", _INT, _HANDLE)

# clip paths
clip_path = _bind("FPDFPageObj_GetClipPath", _HANDLE, _HANDLE)
clip_count = _bind("FPDFClipPath_CountPaths", _INT, _HANDLE)
clip_segments = _bind("FPDFClipPath_CountPathSegments", _INT, _HANDLE, _INT)
clip_segment = _bind("FPDFClipPath_GetPathSegment", _HANDLE, _HANDLE, _INT, _INT)

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
