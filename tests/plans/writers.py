"""Writes a plan text in every format that a library can write, tables as tables (all but .hwp)."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Set
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from docx import Document
from docx.oxml import parse_xml
from openpyxl.styles import Font

MOST_COLUMNS = 16_384  # of a sheet
Block = list[list[str]] | str
"""A table as rows of cells, or one line of text."""


def blocks_of(text: str) -> Iterator[Block]:
    """Lines of text and, where neighbouring lines have tabs, tables."""
    table: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            width = max(len(row) for row in table)
            yield [row + [""] * (width - len(row)) for row in table]
            table = []
        yield line


def write_csv(text: str, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(line.split("\t") for line in text.split("\n"))


def write_md(text: str, path: Path) -> None:
    lines: list[str] = []
    for block in blocks_of(text):
        if isinstance(block, str):
            lines.append(block)
            continue
        rows = ["| " + " | ".join(row) + " |" for row in block]
        lines += [rows[0], "| " + " | ".join("---" for _ in block[0]) + " |", *rows[1:]]
    path.write_text("\n".join(lines), encoding="utf-8")


def write_xlsx(text: str, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, line in enumerate(text.split("\n"), 1):
        for column, cell in enumerate(line.split("\t")[:MOST_COLUMNS], 1):
            sheet.cell(number, column).value = cell or None
            sheet.cell(number, column).data_type = "s" if cell else "n"
    book.save(path)


def write_docx(text: str, path: Path) -> None:
    document = Document()
    for block in blocks_of(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for row, texts in zip(table.rows, block, strict=True):
            for cell, content in zip(row.cells, texts, strict=True):
                cell.text = content
    document.save(str(path))


HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
HS = "http://www.hancom.co.kr/hwpml/2011/section"


def write_hwpx(text: str, path: Path) -> None:
    body = "".join(_hwpx_block(block) for block in blocks_of(text))
    section = f'<?xml version="1.0" encoding="UTF-8"?><hs:sec xmlns:hs="{HS}" xmlns:hp="{HP}">{body}</hs:sec>'
    package = (
        '<?xml version="1.0" encoding="UTF-8"?><opf:package xmlns:opf="http://www.idpf.org/2007/opf/">'
        '<opf:manifest><opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/></opf:manifest>'
        '<opf:spine><opf:itemref idref="section0"/></opf:spine></opf:package>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/content.hpf", package)
        archive.writestr("Contents/section0.xml", section)


def _hwpx_block(block: Block) -> str:
    if isinstance(block, str):
        return _hwpx_paragraph(f"<hp:t>{escape(block)}</hp:t>")
    rows = "".join(
        "<hp:tr>" + "".join(_hwpx_cell(text, r, c) for c, text in enumerate(row)) + "</hp:tr>"
        for r, row in enumerate(block)
    )
    return _hwpx_paragraph(f'<hp:tbl rowCnt="{len(block)}" colCnt="{len(block[0])}">{rows}</hp:tbl>')


def _hwpx_paragraph(content: str) -> str:
    return f"<hp:p><hp:run>{content}</hp:run></hp:p>"


def _hwpx_cell(text: str, row: int, column: int) -> str:
    return (
        f"<hp:tc><hp:subList>{_hwpx_paragraph(f'<hp:t>{escape(text)}</hp:t>')}</hp:subList>"
        f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/><hp:cellSpan colSpan="1" rowSpan="1"/></hp:tc>'
    )


PAGE_HEIGHT = 842
PAGE_WIDTH = 1400  # wide enough that no line of the sample is broken
LINE_HEIGHT = 16
FONT_SIZE = 9


def write_pdf(text: str, path: Path, struck: Set[str] = frozenset()) -> None:
    """A PDF with Korean text (a standard font by name) and ruled tables, written by hand; some lines crossed out."""
    path.write_bytes(_assemble(_objects(_pages(list(blocks_of(text)), struck))))


def _objects(pages: list[str]) -> list[str]:
    """The objects of a document of these content streams."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{6 + 2 * i} 0 R' for i in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium /Encoding /UniKS-UCS2-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /FontDescriptor 5 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> >>",
        "<< /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 4 /Ascent 880 /Descent -120 /CapHeight 700"
        " /StemV 80 /ItalicAngle 0 /FontBBox [0 -120 1000 880] >>",
    ]
    for i, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] /Contents {7 + 2 * i} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return objects


def _assemble(objects: list[str]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def _pages(blocks: list[Block], struck: Set[str]) -> list[str]:
    """Content streams; a block that does not fit goes to the next page."""
    pages: list[str] = []
    content: list[str] = []
    y = PAGE_HEIGHT - 40
    for block in blocks:
        height = LINE_HEIGHT * (1 if isinstance(block, str) else len(block) + 1)
        if y - height < 40:
            pages.append("\n".join(content))
            content, y = [], PAGE_HEIGHT - 40
        content += [_show(block, 40, y)] if isinstance(block, str) else _ruled(block, y)
        if isinstance(block, str) and block in struck:
            content.append(_bar(block, 40, y))
        y -= height
    return [*pages, "\n".join(content)]


def _show(text: str, x: float, y: float) -> str:
    if not text.strip():
        return ""
    return f"BT /F1 {FONT_SIZE} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _bar(text: str, x: float, y: float) -> str:
    """A line through the middle of the letters, from the first to the last that is seen."""
    left = x + (len(text) - len(text.lstrip())) * FONT_SIZE
    return f"0.5 w {left} {y + 3} m {x + len(text) * FONT_SIZE} {y + 3} l S"


def _ruled(rows: list[list[str]], top: float) -> list[str]:
    widths = [max(len(row[c]) for row in rows) * FONT_SIZE + 12 for c in range(len(rows[0]))]
    lefts = [40 + sum(widths[:c]) for c in range(len(widths) + 1)]
    out: list[str] = []
    for r, row in enumerate(rows):
        y = top - LINE_HEIGHT * r
        for c, text in enumerate(row):
            out.append(f"{lefts[c]} {y - 5} {widths[c]} {LINE_HEIGHT} re S")
            out.append(_show(text, lefts[c] + 4, y))
    return out


Styles = dict[int, str]
"""Line number (from 1) -> how it looks: struck, hidden, boxed."""


def write_styled_md(text: str, styles: Styles, path: Path) -> None:
    lines = text.split("\n")
    for number, style in styles.items():
        assert style == "struck"
        lines[number - 1] = f"~~{lines[number - 1].strip()}~~"
    write_md("\n".join(lines), path)


def write_styled_xlsx(text: str, styles: Styles, path: Path) -> None:
    write_xlsx(text, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for number, style in styles.items():
        if style == "hidden":
            sheet.row_dimensions[number].hidden = True
        else:
            for cell in sheet[number]:
                cell.font = Font(strike=True)
    book.save(path)


def write_styled_docx(text: str, styles: Styles, path: Path) -> None:
    document = Document()
    for number, line in enumerate(text.split("\n"), 1):
        style = styles.get(number)
        if style == "boxed":
            document.add_paragraph()._p.append(parse_xml(_docx_box(line)))
            continue
        run = document.add_paragraph().add_run(line)
        run.font.strike = style == "struck" or None
        run.font.hidden = style == "hidden" or None
    document.save(str(path))


def _docx_box(line: str) -> str:
    """A text box as word processors write it: once for new programs, once for old ones."""
    words = f"<w:txbxContent><w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p></w:txbxContent>"
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return (
        f'<w:r {spaces}><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{words}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{words}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


HH = "http://www.hancom.co.kr/hwpml/2011/head"


def write_styled_hwpx(text: str, styles: Styles, path: Path) -> None:
    write_hwpx(text, path)
    lines = "".join(_hwpx_line(line, styles.get(number)) for number, line in enumerate(text.split("\n"), 1))
    section = (
        f'<?xml version="1.0" encoding="UTF-8"?><hs:sec xmlns:hs="{HS}" xmlns:hp="{HP}">{lines}</hs:sec>'
    )
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?><hh:head xmlns:hh="{HH}"><hh:refList><hh:charProperties itemCnt="2">'
        '<hh:charPr id="0"/><hh:charPr id="1"><hh:strikeout shape="SOLID" color="#000000"/></hh:charPr>'
        "</hh:charProperties></hh:refList></hh:head>"
    )
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    kept |= {"Contents/section0.xml": section.encode(), "Contents/header.xml": head.encode()}
    kept["Contents/content.hpf"] = kept["Contents/content.hpf"].replace(
        b"<opf:manifest>",
        b'<opf:manifest><opf:item id="header" href="Contents/header.xml" media-type="application/xml"/>',
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, content)


def _hwpx_line(line: str, style: str | None) -> str:
    words = f"<hp:t>{escape(line)}</hp:t>"
    if style == "boxed":
        inner = f"<hp:subList>{_hwpx_paragraph(words)}</hp:subList>"
        return _hwpx_paragraph(f"<hp:rect><hp:drawText>{inner}</hp:drawText></hp:rect>")
    mark = ' charPrIDRef="1"' if style == "struck" else ' charPrIDRef="0"'
    return f"<hp:p><hp:run{mark}>{words}</hp:run></hp:p>"


def write_styled_pdf(text: str, styles: Styles, path: Path) -> None:
    lines = text.split("\n")
    struck = {lines[number - 1] for number in styles}
    write_pdf(text, path, struck)


def write_open_table(rows: list[list[str]], path: Path) -> None:
    """A table of which the sides are open: a box around the header, rules between rows and inner columns below it."""
    width, top = 120, PAGE_HEIGHT - 60
    right = 40 + width * len(rows[0])
    out = [f"40 {top} {right - 40} {LINE_HEIGHT} re S"]
    for r, row in enumerate(rows):
        y = top - LINE_HEIGHT * r
        out.append(f"40 {y} m {right} {y} l S")
        for c, text in enumerate(row):
            out.append(_show(text, 44 + width * c, y + 5))
            if c:
                out.append(f"{40 + width * c} {y} m {40 + width * c} {y + LINE_HEIGHT} l S")
    path.write_bytes(_assemble(_objects(["\n".join(out)])))
