"""Documents to try the writers on, and what a reader gets out of a file again."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from typing import Any

from place_kit.documents import (
    BulletList,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
    Together,
)

GAELIC = "Àite, daoine, còmhla: ’S e seo mo bheachd-sa. ÀÈÌÒÙ àèìòù"
POLISH = "Zażółć gęślą jaźń, Łódź. ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż"
ARABIC = "مرحبا بالعالم، هذه جملة قصيرة عن المكان"
URDU = "یہ اردو ہے، ٹھیک ہے"
HEBREW = "שלום עולם, זה משפט קצר"
MIXED = "She is called فاطمة الزهراء and he is called דוד כהן, they said."
EMOJI = "😀 👍🏽 👩🏽‍🦽 👨‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇵🇱 ❤️ ✅"
MARKUP = r"#emph[a] $x$ *b* _c_ `d` <script>e</script> @f \g {{ h }} = i // j & k"
TEXTS = {
    "gaelic": GAELIC,
    "polish": POLISH,
    "arabic": ARABIC,
    "urdu": URDU,
    "hebrew": HEBREW,
    "mixed": MIXED,
    "emoji": EMOJI,
    "markup": MARKUP,
    "accents typed apart": unicodedata.normalize("NFD", GAELIC),
}
LONG = "\n\n".join(
    " ".join(f"{word}{number}" for number in range(part * 500, part * 500 + 500))
    for part, word in enumerate(["àm", "łę", "an", "òr"] * 5)
)
"""A reflection of 10,000 words, no two the same."""
EVERYTHING = Document(
    title="Everything a document can hold",
    subtitle=GAELIC,
    author="Mòrag Testperson",
    blocks=(
        Heading(1, "Texts"),
        *(Paragraph(text) for text in TEXTS.values()),
        Heading(2, ARABIC),
        Paragraph(
            (Run("Strong", strong=True), Run(" and "), Run("a link", link="https://a.test/"))
        ),
        BulletList((EMOJI, POLISH, MIXED)),
        Facts((("Name", ARABIC), ("Role", "Worker"))),
        Picture(
            '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="400">'
            '<rect width="40" height="400" fill="#0b6660"/></svg>',
            "A tall green bar",
            40,
            400,
        ),
        Quote(f"{HEBREW}\nA second line.", by="Somebody"),
        Together((Heading(2, "A card"), Paragraph(MIXED), Table(("Asked", "Yes"), (("One", ""),)))),
        PageBreak(),
        Heading(1, "A table over two pages"),
        Table(
            caption="Rows",
            headers=("Number", "Words"),
            rows=tuple((f"Row {number}", f"{POLISH} {number}") for number in range(60)),
        ),
    ),
    footer=("Where it comes from.", (Run("A licence", link="https://licence.test/"),)),
)


def of(*paragraphs: str) -> Document:
    """A document of paragraphs."""
    return Document("A title", tuple(map(Paragraph, paragraphs)))


def same(text: str) -> str:
    """A text as two readers agree on it: composed, without signs that are not seen, one space."""
    text = unicodedata.normalize("NFC", text)
    seen = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cf")
    return re.sub(r"\s+", " ", seen.replace("\ufe0f", "")).strip()


def docx_of(raw: bytes) -> Any:
    """A Word file, read again."""
    import docx

    return docx.Document(BytesIO(raw))


def docx_texts(raw: bytes) -> list[str]:
    """The paragraphs of a Word file, in order, those in tables last."""
    file = docx_of(raw)
    cells = [cell for table in file.tables for row in table.rows for cell in row.cells]
    return [each.text for each in (*file.paragraphs, *(p for c in cells for p in c.paragraphs))]


def pdf_text(raw: bytes) -> str:
    """What a reader copies out of a PDF, the line at the foot of each page left out."""
    return "\n".join(pdf_pages(raw))


def pdf_pages(raw: bytes) -> list[str]:
    """The same, page by page."""
    import pypdfium2

    pages = []
    for page in pypdfium2.PdfDocument(raw):
        words = page.get_textpage()
        pages.append(words.get_text_bounded(bottom=62))
    return pages


PAGE_WIDTH = 595


def widest(raw: bytes) -> float:
    """How far to the right the last letter of any line of a PDF reaches, in points."""
    import pypdfium2

    words = [page.get_textpage() for page in pypdfium2.PdfDocument(raw)]
    return max(each.get_charbox(at)[2] for each in words for at in range(each.count_chars()))
