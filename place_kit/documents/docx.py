"""A document as a Word file, to edit: real headings, lists and tables, by python-docx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from place_kit.documents import picture
from place_kit.documents._library import library
from place_kit.documents.model import (
    TEXT_WIDTH,
    Block,
    BulletList,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
    Together,
    by_direction,
    plain,
    right_to_left,
    runs,
    shares,
    words_of,
)

_LINK_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_LETTERS = "Arial"
_INK = {"Title": "1F2937", "Heading 1": "1F3A5F", "Heading 2": "1F3A5F", "Heading 3": "1F3A5F"}
_LINK_INK = "0B4F8A"
_MM = 36_000  # in Word's own unit
_TEXT_WIDTH = TEXT_WIDTH * _MM


def write(document: Document) -> bytes:
    """Write a document as docx."""
    file = library("docx").Document()
    _set_up(file, document)
    _fill(file.add_heading(level=0), document.title)
    if document.subtitle:
        _fill(file.add_paragraph(style="Subtitle"), document.subtitle)
    for block in document.blocks:
        _add(file, block)
    for text in document.footer:
        _fill(file.add_paragraph(style="Small print"), text)
    kept = BytesIO()
    file.save(kept)
    return kept.getvalue()


def _add(file: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            _fill(file.add_heading(level=level), text)
        case Paragraph(text):
            _fill(file.add_paragraph(), text)
        case BulletList(items):
            for item in items:
                _fill(file.add_paragraph(style="List Bullet"), item)
        case Quote(text, by):
            _fill(file.add_paragraph(style="Quote"), text)
            if by:
                _fill(file.add_paragraph(style="Quote"), f"— {by}")
        case Facts(pairs):
            for label, text in pairs:
                paragraph = file.add_paragraph(style="Fact")
                paragraph.add_run(f"{plain(label)}: ").bold = True
                _fill(paragraph, text, follows=True)
        case Table():
            _add_table(file, block)
        case Picture(svg, alt):
            drawn = file.add_picture(BytesIO(picture.png(svg)), width=round(block.across * _MM))
            drawn._inline.docPr.set("descr", plain(alt))
        case PageBreak():
            file.add_page_break()
        case Together(blocks):
            before = len(file.element.body)
            for one in blocks:
                _add(file, one)
            if isinstance(blocks[-1], Table):
                # Some programs keep a whole table with what follows it: let that be an empty line.
                file.add_paragraph(style="Cell")
            _keep(file.element.body[before - 1 : -1])


def _keep(elements: Any) -> None:
    """Let each paragraph, in tables too, stay on the page of the next; the last one may end it."""
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph as WordParagraph

    inside = [each for element in elements for each in element.iter(qn("w:p"))]
    for each in inside[:-1]:
        WordParagraph(each, None).paragraph_format.keep_with_next = True


def _add_table(file: Any, table: Table) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    if table.caption:
        caption = file.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = True
        _fill(caption, table.caption)
    made = file.add_table(rows=0, cols=len(table.headers), style="Table Grid")
    made.autofit = False
    for column, share in zip(made.columns, shares(table), strict=True):
        column.width = round(share * _TEXT_WIDTH)
    if table.caption:
        title = OxmlElement("w:tblCaption")
        title.set(qn("w:val"), plain(table.caption))
        made._tbl.tblPr.append(title)
    for number, row in enumerate((table.headers, *table.rows)):
        added = made.add_row()
        if number == 0:  # repeated on each page, and read out as the header
            added._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, text, share in zip(added.cells, row, shares(table), strict=True):
            cell.width = round(share * _TEXT_WIDTH)
            _fill(cell.paragraphs[0], text)
            cell.paragraphs[0].style = "Cell"
            if number == 0:  # not alone at the foot of a page
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            for run in cell.paragraphs[0].runs:
                run.bold = run.bold or number == 0


def _fill(paragraph: Any, text: Text, *, follows: bool = False) -> None:
    """Put a text into a paragraph; it sets the paragraph's direction unless it `follows` some."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import RGBColor
    from docx.text.run import Run

    if not follows and right_to_left(words_of(text)):
        paragraph._p.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
    for run in runs(text):
        parent = paragraph._p
        if run.link:
            parent = OxmlElement("w:hyperlink")
            parent.set(qn("r:id"), paragraph.part.relate_to(run.link, _LINK_TYPE, is_external=True))
            paragraph._p.append(parent)
        for piece, from_right in by_direction(run.text):
            element = OxmlElement("w:r")
            parent.append(element)
            made = Run(element, paragraph)
            made.text = piece
            made.bold = run.strong or None
            made.font.rtl = from_right or None
            if run.link:
                made.font.color.rgb = RGBColor.from_string(_LINK_INK)
                made.font.underline = True


# What Word wants to come after w:bidi in a paragraph's properties, where it is there.
_AFTER_BIDI = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")


def _set_up(file: Any, document: Document) -> None:
    """Set the language, the properties, the letters and the page."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Mm, Pt, RGBColor

    about = file.core_properties
    about.title, about.author = plain(document.title), plain(document.author)
    about.language, about.comments = document.lang, ""
    for name in ("created", "modified"):
        if document.made:
            setattr(about, name, document.made)
        else:
            for element in about._element.findall(qn(f"dcterms:{name}")):
                about._element.remove(element)

    language = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), document.lang)
    for name, size, after in (("Small print", 9, 4), ("Cell", 10, 0), ("Fact", 11, 3)):
        ours = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        ours.base_style, ours.font.size = file.styles["Normal"], Pt(size)
        ours.paragraph_format.space_after = Pt(after)
    for style in file.styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            letters = (
                style.element.rPr.find(qn("w:rFonts")) if style.element.rPr is not None else None
            )
            if letters is not None:
                letters.attrib.clear()
                for script in ("ascii", "hAnsi", "cs"):
                    letters.set(qn(f"w:{script}"), _LETTERS)
    file.styles["Normal"].font.name = _LETTERS
    file.styles["Normal"].font.size = Pt(11)
    for name, ink in _INK.items():
        file.styles[name].font.color.rgb = RGBColor.from_string(ink)
    for name in ("Subtitle", "Caption", "Quote"):
        file.styles[name].font.color.rgb = RGBColor.from_string("374151")
        file.styles[name].font.italic = False

    file.styles["Caption"].font.size = Pt(11)
    file.styles["Quote"].paragraph_format.left_indent = Mm(8)

    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{plain(document.title)}, page ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)
