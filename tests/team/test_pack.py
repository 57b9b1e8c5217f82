"""The pack: every sheet as tagged PDF and as Word, with its sources and the licence."""

from __future__ import annotations

from io import BytesIO

import docx
import pypdfium2
import pytest

from place_kit import cli
from place_kit.documents import pdf, text
from place_kit.team import pack
from tests.documents.verapdf import needs_java, validate
from tests.team.making import SESSION

DOCUMENTS = pack.documents(SESSION)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack") / "made"
    assert cli.main(["team", "pack", str(folder)]) == 0
    return folder


def pages(raw):
    read = pypdfium2.PdfDocument(raw)
    return [page.get_textpage().get_text_range() for page in read]


def test_the_pack_has_every_sheet_as_pdf_and_as_word(made):
    assert {path.name for path in made.iterdir()} == {
        f"{name}.{ending}" for name in DOCUMENTS for ending in ("pdf", "docx")
    }
    names = " ".join(DOCUMENTS)
    for sheet in ("agenda-60", "agenda-90", "agenda-180", "cards", "tally", "actions"):
        assert sheet in names
    for sheet in ("evaluation", "invitation", "access", "came-of-it", "data-protection"):
        assert sheet in names


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_sheet_names_its_sources_and_the_licence(name, made):
    said = text.write(DOCUMENTS[name])
    for words in ("Sources", "Fiona Munro", "CC BY-NC-SA 4.0", "approved this course"):
        assert words in said
    word = docx.Document(BytesIO((made / f"{name}.docx").read_bytes()))
    assert word.core_properties.title == DOCUMENTS[name].title
    assert "CC BY-NC-SA 4.0" in "\n".join(
        "".join(node.text or "" for node in one._p.iter()) for one in word.paragraphs
    )


def test_each_card_stands_whole_on_one_page():
    printed = pages(pdf.write(DOCUMENTS["07-cards"]))
    for number, question in enumerate(SESSION.asked(1), start=1):
        whole = [page for page in printed if f"{number}. {question.prompt[:20]}" in page]
        assert len(whole) == (2 if question.id in SESSION.again else 1)
        parts = [*question.items, *question.options]
        words = [part.text.split()[0] for part in parts] + [f.label[:12] for f in question.fields]
        for page in whole:
            assert all(each in page for each in words)


def test_only_what_can_be_counted_stands_on_the_tally_sheet():
    said = text.write(DOCUMENTS["08-tally"])
    for question in SESSION.questions:
        assert (question.prompt in said) == (question.kind in ("rate", "choose_one"))


def test_the_agenda_has_the_whole_script():
    said = text.write(DOCUMENTS["03-agenda-180"])
    for step in ("Walk round the cases", "Break", "Strengths of our place"):
        assert step in said
    assert "165 to 180" in said
    assert "not in this room" in said


def test_the_form_asks_what_is_pooled_and_its_texts_may_be_ticked():
    said = text.write(DOCUMENTS["10-evaluation"])
    for question in SESSION.asked(2):
        assert (question.prompt in said) == (question.id in SESSION.after)
    assert "May be shown to the team" in said
    assert "count them here" in text.write(DOCUMENTS["08-tally"])


@pytest.mark.parametrize(
    "name", ["05-data-protection", "09-actions", "10-evaluation", "11-invitation"]
)
def test_a_sheet_to_hand_out_fits_on_one_page(name):
    assert len(pages(pdf.write(DOCUMENTS[name]))) == 1


@needs_java
def test_every_pdf_keeps_to_pdf_ua(made):
    for verdict in validate(*sorted(made.glob("*.pdf"))):
        assert verdict.failed == ()
