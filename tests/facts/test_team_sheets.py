"""The printed sheets are read with every mistake named, and in plain English."""

from __future__ import annotations

import re

import pytest

from place_kit.facts import team_sheets
from place_kit.facts.problems import ContentError
from tests.course.plain_english import measure, measure_all

SHEET = """[[sheet]]
id = "one"
title = "One"
use = "For you."
references = ["munro-2015"]
[[sheet.part]]
"""


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ('columns = ["A"]', "needs both columns and rows"),
        ("blank = 2\ntext = ['x']", "needs both columns and rows"),
        ('heading = "H"', "holds nothing"),
        ('columns = ["A"]\nblank = 1\nwidths = [1.0, 2.0]', "not as many widths"),
        ('txt = ["x"]', "is not known here"),
    ],
)
def test_a_mistake_is_named(tmp_path, part, said):
    wrong = tmp_path / "team_sheets.toml"
    wrong.write_text(SHEET + part, encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(said)):
        team_sheets.read(wrong)


@pytest.mark.parametrize("sheet", team_sheets.load(), ids=lambda sheet: sheet.id)
def test_a_sheet_reads_easily(sheet):
    said = [sheet.use]
    for part in sheet.part:
        said += [*part.text, *part.points, *part.rows]
    assert measure_all(said).grade <= 8
    assert [one for one in map(measure, said) if one.longest > 25] == []
