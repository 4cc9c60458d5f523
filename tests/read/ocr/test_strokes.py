"""The stroke 一 at the end of a line that the engine's box leaves out."""

from __future__ import annotations

import pytest
from minipdf import Page
from scans import Text, drawn, rendered, seen

from mingzhang.read.ocr.engine import Seen
from mingzhang.read.ocr.picture import grey_of, ink_of
from mingzhang.read.ocr.strokes import with_strokes


def boxed(text: Text, skip: int, drop: int) -> Seen:
    """The line as an engine tells it that misses characters at its ends."""
    x, y, words, size = text
    return seen((x + skip * size, y, words[skip : len(words) - drop], size))


@pytest.mark.parametrize(
    ("words", "skip", "drop", "mended"),
    [
        ("一般公共服务", 1, 0, "一般公共服务"),
        ("经费统一", 0, 1, "经费统一"),
        ("般公共服务", 0, 0, "般公共服务"),
        ("二般公共服务", 1, 0, "般公共服务"),  # not a lone stroke
        ("、般公共服务", 1, 0, "般公共服务"),
    ],
)
def test_put_back_only_where_it_is(words: str, skip: int, drop: int, mended: str) -> None:
    text = (100.0, 100.0, words, 14.0)
    ink = ink_of(grey_of(rendered(drawn([text]))))
    (line,) = with_strokes([boxed(text, skip, drop)], ink)
    assert line.text == mended


def test_a_stroke_that_is_another_lines_is_left_to_it() -> None:
    first, second = (100.0, 100.0, "一", 14.0), (116.0, 100.0, "般公共服务", 14.0)
    ink = ink_of(grey_of(rendered(drawn([first, second]))))
    lines = with_strokes([seen(first), seen(second)], ink)
    assert [line.text for line in lines] == ["一", "般公共服务"]


def test_a_dash_far_away_is_none() -> None:
    far = (60.0, 100.0, "一", 14.0)
    text = (100.0, 100.0, "般公共服务", 14.0)
    ink = ink_of(grey_of(rendered(drawn([far, text], Page()))))
    (line,) = with_strokes([seen(text)], ink)
    assert line.text == "般公共服务"
