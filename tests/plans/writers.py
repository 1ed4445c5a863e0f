"""Writes a plan text in every format that is read: tables as tables, lines crossed out, hidden or boxed, cells merged."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from docx import Document
from docx.oxml import parse_xml
from openpyxl.styles import Font

from tests.plans import hwp_writer

MOST_COLUMNS = 16_384  # of a sheet


@dataclass(frozen=True)
class Looks:
    """How a text is to look: line (from 1) -> struck, hidden or boxed; (line, column from 0) -> the rows and columns
    that the cell reaches over."""

    lines: dict[int, str] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def of(self, number: int) -> str | None:
        return self.lines.get(number)


PLAIN = Looks()
Write = Callable[[str, Path, Looks], None]


@dataclass(frozen=True)
class Table:
    """Rows of cells; `first` is the number of its first line."""

    rows: list[list[str]]
    first: int

    def cells(self, looks: Looks) -> Iterator[hwp_writer.Cell]:
        """Every cell that no other covers."""
        spans = {
            (line - self.first, column): span
            for (line, column), span in looks.merged.items()
            if 0 <= line - self.first < len(self.rows)
        }
        covered = {
            (row + down, column + across)
            for (row, column), (rows, columns) in spans.items()
            for down in range(rows)
            for across in range(columns)
        } - set(spans)
        for r, row in enumerate(self.rows):
            for c, text in enumerate(row):
                if (r, c) not in covered:
                    rows, columns = spans.get((r, c), (1, 1))
                    yield r, c, rows, columns, text, looks.of(self.first + r) == "struck"


Block = Table | str
"""A table, or one line of text."""


def blocks_of(text: str) -> Iterator[tuple[int, Block]]:
    """Lines of text and, where neighbouring lines have tabs, tables; each with the number of its first line."""
    table: list[list[str]] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if "\t" in line:
            table.append(line.split("\t"))
            continue
        if table:
            width = max(len(row) for row in table)
            first = number - len(table)
            yield first, Table([row + [""] * (width - len(row)) for row in table], first)
            table = []
        yield number, line


def write_txt(text: str, path: Path, looks: Looks = PLAIN) -> None:
    path.write_text(text, encoding="utf-8")


def write_csv(text: str, path: Path, looks: Looks = PLAIN) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(line.split("\t") for line in text.split("\n"))


def write_md(text: str, path: Path, looks: Looks = PLAIN) -> None:
    lines: list[str] = []
    for number, block in blocks_of(text):
        if isinstance(block, str):
            lines.append(_md_look(block, looks.of(number)))
            continue
        rows = [
            "| " + " | ".join(_md_look(cell, looks.of(number + r)) for cell in row) + " |"
            for r, row in enumerate(block.rows)
        ]
        lines += [rows[0], "| " + " | ".join("---" for _ in block.rows[0]) + " |", *rows[1:]]
    path.write_text("\n".join(lines), encoding="utf-8")


def _md_look(text: str, look: str | None) -> str:
    signs = {"struck": "~~{}~~", "hidden": "<!-- {} -->"}
    return signs[look].format(text.strip()) if look and text.strip() else text


def write_xlsx(text: str, path: Path, looks: Looks = PLAIN) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, line in enumerate(text.split("\n"), 1):
        is_boxed = looks.of(number) == "boxed"
        for column, cell in enumerate([] if is_boxed else line.split("\t")[:MOST_COLUMNS], 1):
            sheet.cell(number, column).value = cell or None
            sheet.cell(number, column).data_type = "s" if cell else "n"
            if looks.of(number) == "struck":
                sheet.cell(number, column).font = Font(strike=True)
        if looks.of(number) == "hidden":
            sheet.row_dimensions[number].hidden = True
    for (line_no, column), (rows, columns) in looks.merged.items():
        sheet.merge_cells(None, line_no, column + 1, line_no + rows - 1, column + columns)
    book.save(path)
    boxed = [text.split("\n")[number - 1] for number, look in looks.lines.items() if look == "boxed"]
    if boxed:
        _draw_boxes(path, boxed)


def _draw_boxes(path: Path, lines: list[str]) -> None:
    """Text boxes over the first sheet of a workbook."""
    draw = "http://schemas.openxmlformats.org/drawingml/2006/main"
    words = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9"'
        ' Type="x/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/drawings/drawing1.xml", f'<d xmlns:a="{draw}">{words}</d>')
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", relation)


def change_part(path: Path, name: str, old: str, new: str) -> None:
    """Puts `new` in the place of `old` in one part of an office file."""
    with zipfile.ZipFile(path) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w") as archive:
        for one, data in parts.items():
            archive.writestr(one, data)


def add_part(path: Path, name: str, words: str) -> None:
    """Adds a part that the document's main part speaks of."""
    relations, folder = "word/_rels/document.xml.rels", "word/"
    told = f'<Relationship Id="rId99" Type="x/part" Target="{name.removeprefix(folder)}"/></Relationships>'
    change_part(path, relations, "</Relationships>", told)
    change_part(
        path, "[Content_Types].xml", "</Types>", f'<Override PartName="/{name}" ContentType="x/xml"/></Types>'
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, words)


def write_docx(text: str, path: Path, looks: Looks = PLAIN) -> None:
    document = Document()
    for number, block in blocks_of(text):
        if isinstance(block, str):
            _docx_line(document.add_paragraph(), block, looks.of(number))
            continue
        table = document.add_table(len(block.rows), len(block.rows[0]))
        grid = [row.cells for row in table.rows]  # once: the table itself counts through all of them for each
        for row, column, rows, columns, content, _ in block.cells(looks):
            cell = grid[row][column]
            if (rows, columns) != (1, 1):
                cell = cell.merge(grid[row + rows - 1][column + columns - 1])
            _docx_line(cell.paragraphs[0], content, looks.of(number + row))
    document.save(str(path))


def _docx_line(paragraph: Any, line: str, look: str | None) -> None:
    if look == "boxed":
        paragraph._p.append(parse_xml(_docx_box(line)))
        return
    run = paragraph.add_run(line)
    run.font.strike = look == "struck" or None
    run.font.hidden = look == "hidden" or None


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


def write_hwp(text: str, path: Path, looks: Looks = PLAIN) -> None:
    path.write_bytes(
        hwp_writer.document(b"".join(_hwp_block(number, block, looks) for number, block in blocks_of(text)))
    )


def _hwp_block(number: int, block: Block, looks: Looks) -> bytes:
    if isinstance(block, Table):
        return hwp_writer.table(len(block.rows), len(block.rows[0]), block.cells(looks))
    if looks.of(number) == "boxed":
        return hwp_writer.box([block])
    return hwp_writer.paragraph(block, is_struck=looks.of(number) == "struck")


HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
HS = "http://www.hancom.co.kr/hwpml/2011/section"
HH = "http://www.hancom.co.kr/hwpml/2011/head"


def write_hwpx(text: str, path: Path, looks: Looks = PLAIN) -> None:
    body = "".join(_hwpx_block(number, block, looks) for number, block in blocks_of(text))
    section = f'<?xml version="1.0" encoding="UTF-8"?><hs:sec xmlns:hs="{HS}" xmlns:hp="{HP}">{body}</hs:sec>'
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?><hh:head xmlns:hh="{HH}"><hh:refList><hh:charProperties itemCnt="2">'
        '<hh:charPr id="0"/><hh:charPr id="1"><hh:strikeout shape="SOLID" color="#000000"/></hh:charPr>'
        "</hh:charProperties></hh:refList></hh:head>"
    )
    package = (
        '<?xml version="1.0" encoding="UTF-8"?><opf:package xmlns:opf="http://www.idpf.org/2007/opf/">'
        '<opf:manifest><opf:item id="header" href="Contents/header.xml" media-type="application/xml"/>'
        '<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/></opf:manifest>'
        '<opf:spine><opf:itemref idref="section0"/></opf:spine></opf:package>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/hwp+zip")
        archive.writestr("Contents/content.hpf", package)
        archive.writestr("Contents/header.xml", head)
        archive.writestr("Contents/section0.xml", section)


def _hwpx_block(number: int, block: Block, looks: Looks) -> str:
    if isinstance(block, str):
        return _hwpx_line(block, looks.of(number))
    cells = list(block.cells(looks))
    rows = "".join(
        "<hp:tr>" + "".join(_hwpx_cell(cell) for cell in cells if cell[0] == r) + "</hp:tr>"
        for r in range(len(block.rows))
    )
    size = f'rowCnt="{len(block.rows)}" colCnt="{len(block.rows[0])}"'
    return _hwpx_paragraph(f"<hp:tbl {size}>{rows}</hp:tbl>")


def _hwpx_paragraph(content: str, is_struck: bool = False) -> str:
    return f'<hp:p><hp:run charPrIDRef="{int(is_struck)}">{content}</hp:run></hp:p>'


def _hwpx_line(line: str, look: str | None) -> str:
    words = f"<hp:t>{escape(line)}</hp:t>"
    if look != "boxed":
        return _hwpx_paragraph(words, look == "struck")
    inner = f"<hp:subList>{_hwpx_paragraph(words)}</hp:subList>"
    return _hwpx_paragraph(f"<hp:rect><hp:drawText>{inner}</hp:drawText></hp:rect>")


def _hwpx_cell(cell: hwp_writer.Cell) -> str:
    row, column, rows, columns, text, is_struck = cell
    return (
        f"<hp:tc><hp:subList>{_hwpx_paragraph(f'<hp:t>{escape(text)}</hp:t>', is_struck)}</hp:subList>"
        f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/><hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/></hp:tc>'
    )


PAGE_HEIGHT = 842
PAGE_WIDTH = 1400  # wide enough that no line of the sample is broken
LINE_HEIGHT = 16
FONT_SIZE = 9


def write_pdf(text: str, path: Path, looks: Looks = PLAIN) -> None:
    """A PDF with Korean text (a standard font by name) and ruled tables, written by hand."""
    path.write_bytes(assemble(objects_of(pages_of(text, looks))))


def objects_of(pages: list[str]) -> list[str]:
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
        objects.append(stream(content))
    return objects


def stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def assemble(objects: list[str]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def pages_of(text: str, looks: Looks) -> list[str]:
    """Content streams; a block that does not fit goes to the next page."""
    pages: list[str] = []
    content: list[str] = []
    y = PAGE_HEIGHT - 40
    for number, block in blocks_of(text):
        height = LINE_HEIGHT * (1 if isinstance(block, str) else len(block.rows) + 1)
        if y - height < 40:
            pages.append("\n".join(content))
            content, y = [], PAGE_HEIGHT - 40
        content += _drawn(block, y, looks.of(number)) if isinstance(block, str) else _ruled(block, y, looks)
        y -= height
    return [*pages, "\n".join(content)]


def _drawn(line: str, y: float, look: str | None) -> list[str]:
    """A line of text, with a line through it or a box around it."""
    out = [show(line, 40, y)]
    if look == "struck":
        out.append(_bar(line, 40, y))
    if look == "boxed":
        out.append(f"36 {y - 5} {len(line) * FONT_SIZE + 12} {LINE_HEIGHT} re S")
    return out


def show(text: str, x: float, y: float, size: int = FONT_SIZE) -> str:
    """The command that draws a text."""
    if not text.strip():
        return ""
    return f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _bar(text: str, x: float, y: float) -> str:
    """A line through the middle of the letters, from the first to the last that is seen."""
    left = x + (len(text) - len(text.lstrip())) * FONT_SIZE
    return f"0.5 w {left} {y + 3} m {x + len(text) * FONT_SIZE} {y + 3} l S"


def _ruled(table: Table, top: float, looks: Looks) -> list[str]:
    widths = [max(len(row[c]) for row in table.rows) * FONT_SIZE + 12 for c in range(len(table.rows[0]))]
    lefts = [40 + sum(widths[:c]) for c in range(len(widths) + 1)]
    out: list[str] = []
    for row, column, rows, columns, text, is_struck in table.cells(looks):
        y = top - LINE_HEIGHT * row
        bottom = y - 5 - LINE_HEIGHT * (rows - 1)
        width = lefts[column + columns] - lefts[column]
        out.append(f"{lefts[column]} {bottom} {width} {LINE_HEIGHT * rows} re S")
        out.append(show(text, lefts[column] + 4, y))
        if is_struck and text.strip():
            out.append(_bar(text, lefts[column] + 4, y))
    return out


def write_drawn(pages: list[list[str]], path: Path) -> None:
    """A PDF of these drawing commands, page by page."""
    path.write_bytes(assemble(objects_of(["\n".join(page) for page in pages])))


def write_open_table(rows: list[list[str]], path: Path) -> None:
    """A table of which the sides are open: a box around the header, rules between rows and inner columns below it."""
    width, top = 120, PAGE_HEIGHT - 60
    right = 40 + width * len(rows[0])
    out = [f"40 {top} {right - 40} {LINE_HEIGHT} re S"]
    for r, row in enumerate(rows):
        y = top - LINE_HEIGHT * r
        out.append(f"40 {y} m {right} {y} l S")
        for c, text in enumerate(row):
            out.append(show(text, 44 + width * c, y + 5))
            if c:
                out.append(f"{40 + width * c} {y} m {40 + width * c} {y + LINE_HEIGHT} l S")
    path.write_bytes(assemble(objects_of(["\n".join(out)])))
