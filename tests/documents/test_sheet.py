"""Rows for a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.documents import sheet
from place_kit.documents.model import plain
from tests.documents.making import TEXTS

CELLS = st.lists(st.lists(st.text(st.characters(), max_size=40), min_size=2, max_size=2))


def read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))


@given(CELLS)
def test_every_cell_comes_back_and_none_is_a_formula(rows):
    _, *made = read(sheet.write(("One", "Two"), rows))
    assert [[each.removeprefix("'") for each in row] for row in made] == [
        [plain(each).removeprefix("'") for each in row] for row in rows
    ]
    assert not any(each.lstrip().startswith(("=", "+", "-", "@")) for row in made for each in row)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_language_comes_back(text):
    assert read(sheet.write(("One",), [[text]]))[1] == [text]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+44", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n=cmd|x", "＝1"]
)
def test_what_a_spreadsheet_would_work_out_is_shown_as_text(typed):
    assert sheet.cell(typed).startswith("'")
