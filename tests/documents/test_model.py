"""The model, and what every writer does to a text first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.documents import Paragraph, Picture, Run, Table, prose
from place_kit.documents.model import by_direction, plain, right_to_left, shares
from tests.documents.making import ARABIC, GAELIC, HEBREW, MIXED

ANY = st.text(st.characters(), max_size=200)


@given(ANY)
def test_a_plain_text_holds_nothing_that_xml_cannot(text):
    made = plain(text)
    made.encode("utf-8")
    assert not any(ord(sign) < 32 and sign != "\n" for sign in made)
    assert plain(made) == made


def test_what_cannot_be_printed_leaves_a_sign_that_it_was_there():
    assert plain("a\x00b\ud800c") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"


@given(ANY)
def test_a_text_cut_by_direction_is_whole_when_put_together(text):
    assert "".join(piece for piece, _ in by_direction(text)) == text


def test_only_the_words_from_the_right_are_cut_out():
    assert [piece for piece, from_right in by_direction(MIXED) if from_right] == [
        "فاطمة الزهراء",
        "דוד כהן",
    ]


@pytest.mark.parametrize(
    ("text", "from_right"),
    [(GAELIC, False), (ARABIC, True), (HEBREW, True), (MIXED, False), ("1. " + ARABIC, True)],
)
def test_the_first_letter_says_where_a_text_begins(text, from_right):
    assert right_to_left(text) is from_right


def test_prose_is_parted_at_empty_lines_and_keeps_its_line_breaks():
    assert prose("One\r\ntwo\n \n\nThree\n") == (Paragraph("One\ntwo"), Paragraph("Three"))
    assert prose(" \n ") == ()


@given(ANY)
def test_prose_loses_no_word(text):
    words = [word for each in prose(text) for word in str(each.text).split()]
    assert words == plain(text).split()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "https://a b"])
def test_a_link_leads_to_the_web_or_nowhere(link):
    with pytest.raises(ValueError, match="link"):
        Run("here", link=link)


def test_a_row_that_does_not_fit_its_table_is_refused():
    with pytest.raises(ValueError, match="cell"):
        Table(("One", "Two"), (("only one",),))


def test_a_long_column_is_wider_and_none_is_squeezed():
    short, long = shares(Table(("When", "What"), (("1 December", "word " * 400),)))
    assert short + long == pytest.approx(1)
    assert 0.15 < short < long


def test_a_picture_says_what_it_shows_and_fits_the_page():
    with pytest.raises(ValueError, match="what it shows"):
        Picture("<svg/>", " ", 10, 10)
    assert Picture("<svg/>", "A bar", 640, 100).across == 162
    assert Picture("<svg/>", "A bar", 40, 400).across == 20


def test_the_columns_of_a_table_are_as_wide_as_it_says():
    assert shares(Table(("A", "B"), (("a", "b" * 100),), widths=(3, 1))) == (0.75, 0.25)
    with pytest.raises(ValueError, match="width"):
        Table(("A", "B"), (), widths=(1,))
