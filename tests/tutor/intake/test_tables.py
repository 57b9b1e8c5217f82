"""Rows are taken out of a table, and nothing else of it changes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.tutor.intake import tables

SIGNS = (*"ab,;\t\"'\n =é\N{GREEK SMALL LETTER ALPHA}", "\r\n")
CELLS = st.lists(st.sampled_from(SIGNS), max_size=6).map("".join)
LONG = "x" * 200_000


def of_ada(cells, headings):
    return bool(cells) and cells[0] == "ada"


def written(rows, delimiter=",", end="\r\n"):
    sheet = io.StringIO(newline="")
    csv.writer(sheet, delimiter=delimiter, lineterminator=end).writerows(rows)
    return sheet.getvalue()


@given(
    st.lists(st.tuples(st.sampled_from(("ada", "bo")), CELLS)),
    st.sampled_from(",;\t"),
    st.sampled_from(("\r\n", "\n")),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-be")),
)
def test_all_other_rows_stay_byte_for_byte(rows, delimiter, end, encoding):
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    head = mark + written([("id", "note")], delimiter, end)
    whole, others = (
        "".join([head, *(written([row], delimiter, end) for row in kept)]).encode(encoding)
        for kept in (rows, [row for row in rows if row[0] != "ada"])
    )
    assert tables.without(whole, of_ada) == others


def test_a_cell_of_any_length_goes_and_the_usual_limit_holds_after(monkeypatch):
    usual = csv.field_size_limit()
    raw = f"id,note\nada,{LONG}\nbo,{LONG}\n".encode()
    assert tables.without(raw, of_ada) == f"id,note\nbo,{LONG}\n".encode()
    assert csv.field_size_limit() == usual


@pytest.mark.parametrize(
    "raw", [b"", b"\n\nid;note\nbo;1\n", b"id\rbo\r", b"\xff\xfe", b"id,\xe9\nbo\xe9,\0", b'"']
)
def test_what_holds_nothing_of_hers_stays_as_it_is(raw):
    assert tables.without(raw, of_ada) == raw


def test_the_headings_are_the_first_line_with_something_in_it():
    def seen(cells, headings):
        return headings == ["id", "note"] and cells[0] == "ada"

    assert tables.without(b"\n\nid;note\nada;1\nbo;2\n", seen) == b"\n\nid;note\nbo;2\n"


def test_half_a_sign_is_no_table():
    with pytest.raises(ValueError, match="truncated"):
        tables.without(b"\xff\xfei\0d", of_ada)
