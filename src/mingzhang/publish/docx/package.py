"""The package around a DOCX: its parts, how they refer to each other, and a ZIP without a clock."""

from __future__ import annotations

import io
import zipfile

from mingzhang.model.edition import Edition
from mingzhang.publish.docx.markup import DECLARATION, NAMESPACES, field, text
from mingzhang.publish.docx.styles import STAND_INS

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {"styles": "rId1", "settings": "rId2", "fontTable": "rId3", "footer": "rId4"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can say


def packed(edition: Edition, document: str, styles: str) -> bytes:
    """All parts in a ZIP, always in the same order and with the same date."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(edition),
        "word/_rels/document.xml.rels": _relations(
            *((key, f"{_OFFICE}/{part}", f"{part}.xml") for part, key in _PARTS.items())
        ),
        "word/document.xml": document,
        "word/styles.xml": styles,
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _fonts(),
        "word/footer.xml": _FOOTER,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # not which machine made it
            archive.writestr(info, content.encode("utf-8"))
    return stream.getvalue()


def _content_types() -> str:
    kinds = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **{f"/word/{part}.xml": f"{_WORD}.{part}+xml" for part in _PARTS},
    }
    items = "".join(f'<Override PartName="{p}" ContentType="{k}"/>' for p, k in kinds.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )


def _relations(*items: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in items
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(edition: Edition) -> str:
    """What the document says of itself: only what stands in the edition."""
    dated = (
        '<dcterms:created xsi:type="dcterms:W3CDTF">'
        f"{edition.published:%Y-%m-%d}T00:00:00Z</dcterms:created>"
        if edition.published
        else ""
    )
    return (
        f"{DECLARATION}<cp:coreProperties "
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(edition.title)}</dc:title><dc:creator>{text(edition.department)}</dc:creator>"
        f"<dc:language>{text(edition.language)}</dc:language>{dated}</cp:coreProperties>"
    )


def _fonts() -> str:
    inside = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
        for name, (other, family) in STAND_INS.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{inside}</w:fonts>"


_SETTINGS = (
    f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>'
    '<w:defaultTabStop w:val="640"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


# GB/T 9704-2012 7.5: the number between dashes
_FOOTER = (
    f'{DECLARATION}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
    f"{field('PAGE', '1')}"
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
