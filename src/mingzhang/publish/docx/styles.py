"""The styles 样式 of a published DOCX, with the fonts that GB/T 9704-2012 asks for by name."""

from __future__ import annotations

from mingzhang.publish.docx.markup import DECLARATION, NAMESPACES, UPRIGHT, quoted, sized

TITLE_FONT, BOLD_FONT, TEXT_FONT, SOFT_FONT, TABLE_FONT = (
    "方正小标宋简体",
    "黑体",
    "仿宋_GB2312",
    "楷体_GB2312",
    "宋体",
)
# what a machine without the font takes instead
STAND_INS = {
    TITLE_FONT: ("华文中宋", "roman"),
    BOLD_FONT: ("SimHei", "swiss"),
    TEXT_FONT: ("仿宋", "roman"),
    SOFT_FONT: ("楷体", "roman"),
    TABLE_FONT: ("SimSun", "roman"),
}
_LATIN = "Times New Roman"


def styles_xml(language: str) -> str:
    """The part styles.xml."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{TEXT_FONT}" w:cs="{_LATIN}"/>'
        f'{sized(32)}<w:lang w:val="en-US" w:eastAsia={quoted(language)}/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{''.join(_paragraphs())}{_TABLES}</w:styles>"


def _paragraphs() -> list[str]:
    lines = '<w:spacing w:line="{}" w:lineRule="exact"/>'
    body = lines.format(560)
    return [
        _style("Normal", "Normal", "", "", default=True),
        _style("BodyText", "Body Text", body + _FIRST + _BOTH, "", quick=True),
        _style("BodyFlush", "正文顶格", body + _BOTH, "", quick=True),
        _style(
            "Title",
            "Title",
            '<w:spacing w:before="4200" w:after="600" w:line="720" w:lineRule="atLeast"/>'
            + _CENTRE,
            _run(TITLE_FONT, 56),
            quick=True,
        ),
        _style("CoverLine", "封面文字", body + _CENTRE, _run(SOFT_FONT, 32)),
        _heading(1, _spaced(240, 360, 640) + _CENTRE, _run(TITLE_FONT, 44)),
        _heading(2, _spaced(360, 200, 600) + _CENTRE, _run(TITLE_FONT, 36)),
        _heading(3, _spaced(120, 60, 560) + _FIRST, _run(BOLD_FONT, 32)),
        _heading(4, _spaced(0, 0, 560) + _FIRST, _run(SOFT_FONT, 32)),
        _style("TOCHeading", "TOC Heading", _spaced(0, 300, 640) + _CENTRE, _run(BOLD_FONT, 36)),
        _style("TOC1", "toc 1", _LEADER + _spaced(160, 0, 480), _run(BOLD_FONT, 28)),
        _style(
            "TOC2",
            "toc 2",
            _LEADER + _spaced(0, 0, 460) + '<w:ind w:left="560"/>',
            _run(TEXT_FONT, 28),
        ),
        _style(
            "TableTitle",
            "表题",
            "<w:keepNext/><w:keepLines/>"
            + _spaced(120, 120, 480)
            + _CENTRE
            + '<w:outlineLvl w:val="1"/>',
            _run(TITLE_FONT, 36),
            quick=True,
        ),
        _style("TableNumber", "表号", "<w:keepNext/>" + _spaced(0, 0, 400), _run(BOLD_FONT, 24)),
        _style("TableLine", "表头行", "<w:keepNext/>" + _spaced(0, 60, 320), _run(TABLE_FONT, 21)),
        _style("TableText", "表内文字", _CELL, _run(TABLE_FONT, 21)),
        _style("TableHead", "表头文字", "<w:keepNext/>" + _CELL + _CENTRE, _run(BOLD_FONT, 21)),
        _style("TableNote", "表注", _spaced(60, 0, 320), _run(TABLE_FONT, 21), quick=True),
        _style("Footer", "footer", _CENTRE, _run(TABLE_FONT, 28)),
        _style(
            "SectionEnd",
            "分节",
            '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            sized(2),
        ),
    ]


_LEADER = (  # dots to the number of the page at the right edge
    f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{UPRIGHT.text_width}"/></w:tabs>'
)
_CELL = '<w:spacing w:line="262" w:lineRule="exact"/>'
_FIRST = '<w:ind w:firstLine="640" w:firstLineChars="200"/>'
_BOTH = '<w:jc w:val="both"/>'
_CENTRE = '<w:jc w:val="center"/>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="595959"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="Statement"><w:name w:val="报表"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
    f"<w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style>"
)


def _spaced(before: int, after: int, line: int) -> str:
    return (
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="atLeast"/>'
    )


def _run(font: str, half_points: int) -> str:
    return f'<w:rFonts w:eastAsia="{font}"/>{sized(half_points)}'


def _heading(level: int, layout: str, look: str) -> str:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _style(
        f"Heading{level}",
        f"heading {level}",
        f"<w:keepNext/><w:keepLines/>{layout}{outline}",
        look,
        quick=True,
        then="BodyText",
    )


_BUILT_IN = {"Normal", "BodyText", "Title", "TOCHeading", "TOC1", "TOC2", "Footer"}


def _style(
    key: str,
    name: str,
    layout: str,
    look: str,
    *,
    default: bool = False,
    quick: bool = False,
    then: str = "",
) -> str:
    kind = ' w:customStyle="1"'
    if key in _BUILT_IN or key.startswith("Heading"):
        kind = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{key}"><w:name w:val="{name}"/>'
        + ("" if default else '<w:basedOn w:val="Normal"/>')
        + (f'<w:next w:val="{then}"/>' if then else "")
        + ("<w:qFormat/>" if quick or default else "")
        + (f"<w:pPr>{layout}</w:pPr>" if layout else "")
        + (f"<w:rPr>{look}</w:rPr>" if look else "")
        + "</w:style>"
    )
