"""Whatever is typed comes out again: from Word, from plain text, from a PDF."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from place_kit.documents import (
    Document,
    Heading,
    Paragraph,
    Table,
    Together,
    docx,
    pdf,
    prose,
    text,
)
from place_kit.documents import _library as lib
from place_kit.documents.model import plain
from place_kit.problems import PlaceKitError
from tests.documents.making import (
    EVERYTHING,
    LONG,
    MIXED,
    PAGE_WIDTH,
    TEXTS,
    docx_of,
    docx_texts,
    of,
    pdf_pages,
    pdf_text,
    same,
    widest,
)

FACES = "".join(map(chr, range(0x1F600, 0x1F640)))
ANY = st.text(st.characters(), max_size=120)


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_any_text_comes_back_from_a_word_file(typed):
    assert docx_texts(docx.write(of(typed)))[1] == plain(typed)


@given(ANY)
def test_any_text_comes_back_from_plain_text(typed):
    assert text.write(of(typed, "end")) == (
        f"A title\n\n{plain(typed)}\n\nend\n" if typed else "A title\n\nend\n"
    )


@settings(max_examples=40, deadline=None)
@given(ANY)
@example('ۺ"ำ')  # a sign that cannot be drawn, on a quotation mark
def test_any_text_at_all_makes_a_pdf_and_no_letter_of_it_vanishes(typed):
    made = same(pdf_text(pdf.write(of(f"begin {typed} end"))))
    assert "begin" in made
    assert "end" in made
    numbers = {int(one, 16) for one in re.findall(r"\[U\+([0-9A-F]{4,6})\]", made)}
    # Letters of scripts we have no shapes for stand by their number; the rest as they are.
    shown = set(unicodedata.normalize("NFKC", made))
    for letter in filter(str.isalpha, plain(typed)):
        assert ord(letter) in numbers or shown >= set(unicodedata.normalize("NFKC", letter)), letter


@pytest.mark.parametrize("name", [name for name in TEXTS if name != "mixed"])
def test_the_languages_of_the_field_and_emoji_come_back_from_a_pdf(name):
    assert same(pdf_text(pdf.write(of(TEXTS[name])))) == same(f"A title {TEXTS[name]}")


def test_names_from_the_right_keep_their_letters_within_a_line_from_the_left():
    # Readers differ in the order of such words within a line; the words themselves are whole.
    made = pdf_text(pdf.write(of(MIXED)))
    assert sorted(re.findall(r"\w+", made)) == sorted(re.findall(r"\w+", f"A title {MIXED}"))


def test_a_sign_without_a_shape_stands_by_its_number_and_the_end_says_so():
    made = same(pdf_text(pdf.write(of("漢 and é\N{COMBINING ENCLOSING CIRCLE}"))))
    assert "[U+6F22] and é[U+20DD]" in made
    assert "Each stands there by its number, such as [U+20DD]" in made
    assert "U+" not in pdf_text(pdf.write(of("Nothing to say")))


@pytest.mark.parametrize("word", ["abcdefghij" * 60, "https://a.test/" + "ą/" * 300, FACES])
def test_a_word_that_no_line_can_hold_stays_on_the_page(word):
    table = Table(("What", "Then", "When"), (("a", word, "b"),))
    raw = pdf.write(Document("T", (Paragraph(word), table)))
    assert Counter(re.sub(r"\s", "", same(pdf_text(raw)))) == Counter(
        same(f"T{word}WhatThenWhena{word}b")
    )
    assert widest(raw) < PAGE_WIDTH - 60


def test_a_reflection_of_ten_thousand_words_is_whole_in_every_format():
    document = Document("T", prose(LONG))
    words = ["T", *LONG.split()]
    assert len(words) == 10_001
    assert " ".join(docx_texts(docx.write(document))).split() == words
    assert text.write(document).split() == words
    assert same(pdf_text(pdf.write(document))).split() == words


def test_a_pdf_is_the_same_each_time():
    assert pdf.write(EVERYTHING) == pdf.write(EVERYTHING)


def test_nothing_that_is_typed_is_read_as_typst():
    hostile = '#read("/etc/passwd") #import "x.typ" \\u{41} "}] #sys.inputs'
    assert same(pdf_text(pdf.write(of(hostile)))) == same(f"A title {hostile}")


def test_a_word_file_says_what_it_is():
    file = docx_of(docx.write(EVERYTHING))
    about = file.core_properties
    assert (about.title, about.author) == (EVERYTHING.title, EVERYTHING.author)
    assert (about.language, about.comments) == ("en-GB", "")
    styles = [each.style.name for each in file.paragraphs]
    assert styles[:3] == ["Title", "Subtitle", "Heading 1"]
    assert {"Heading 2", "List Bullet", "Quote", "Caption", "Fact", "Small print"} <= set(styles)
    defaults = file.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert defaults == ["en-GB"]


def test_a_word_table_repeats_its_header_and_names_itself():
    *_, table = docx_of(docx.write(EVERYTHING)).tables
    marked = [row._tr.xpath("boolean(w:trPr/w:tblHeader)") for row in table.rows]
    assert marked == [True] + [False] * 60
    assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val") == ["Rows"]
    assert all(c.paragraphs[0].paragraph_format.keep_with_next for c in table.rows[0].cells)


@pytest.mark.parametrize("caption", ["A caption", "A long caption " * 12])
@pytest.mark.parametrize("heading", ["Words", "A long heading " * 12])
def test_a_tables_caption_and_headings_never_stand_alone_at_the_foot_of_a_page(caption, heading):
    rows = tuple((f"Row {number}.", "some words " * 20) for number in range(9))
    for lines in range(26, 34):
        table = Table(("Number", heading), rows, caption)
        document = Document("T", (*(Paragraph("A line.") for _ in range(lines)), table))
        (page,) = [each for each in pdf_pages(pdf.write(document)) if caption[:9] in each]
        assert "Row 0." in page


CARD = Together(
    (Paragraph("How to."), Table(("Card", "Yes"), tuple((f"Line {n}", "") for n in range(9))))
)
CARDS = Document("Cards", tuple([CARD] * 5))


def test_what_belongs_together_stands_on_one_page():
    import pypdfium2

    printed = [
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf.write(CARDS))
    ]
    assert len(printed) > 1
    assert all(page.count("How to.") == page.count("Line 8") for page in printed)


def test_word_is_told_what_to_keep_on_one_page():
    word = docx_of(docx.write(Document("Cards", (CARD, Paragraph("After")))))
    how, gap, _ = word.paragraphs[1:4]
    cells = [cell.paragraphs[0] for row in word.tables[0].rows for cell in row.cells]
    kept = [bool(each.paragraph_format.keep_with_next) for each in (how, *cells, gap)]
    assert kept == [True] * (len(kept) - 1) + [False]
    assert gap.text == ""


def test_word_is_told_what_runs_from_the_right():
    file = docx_of(docx.write(of(TEXTS["arabic"], MIXED)))
    whole, mixed = file.paragraphs[1:]
    assert whole._p.xpath("boolean(w:pPr/w:bidi)")
    assert not mixed._p.xpath("boolean(w:pPr/w:bidi)")
    assert [run.text for run in mixed.runs if run.font.rtl] == ["فاطمة الزهراء", "דוד כהן"]


def test_a_word_file_brings_nothing_of_a_stranger():
    files = zipfile.ZipFile(BytesIO(docx.write(of("One"))))
    core = files.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert "2013" not in core


def test_links_stay_links():
    raw = docx.write(EVERYTHING)
    targets = [each.target_ref for each in docx_of(raw).part.rels.values() if each.is_external]
    assert targets == ["https://a.test/", "https://licence.test/"]
    assert "a link (https://a.test/)" in text.write(EVERYTHING)


def test_plain_text_gives_a_table_row_by_row_with_its_headers():
    table = Table(("Module", "Minutes"), (("One", "5"), ("Two", "")), caption="Modules")
    made = text.write(Document("T", (Heading(1, "H"), table)))
    assert made == "T\n\nH\n\nModules\n\nModule: One\nMinutes: 5\n\nModule: Two\n"


def test_a_library_that_is_not_there_is_named_with_the_way_to_get_it():
    with pytest.raises(PlaceKitError, match=r"pip install 'place-kit\[record\]'"):
        lib.library("no_such_library_here")
