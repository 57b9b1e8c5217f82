import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.problems import PlaceKitError
from place_kit.tutor.moderation import sheets


def parse(text, encoding="utf-8"):
    return sheets.parse(text.encode(encoding), "level", "comment")


def marks(sheet):
    return [(row.script, row.level, row.text) for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_sheet_is_read_however_a_spreadsheet_wrote_it(encoding, delimiter):
    lines = [
        "Script,LEVEL,comment",
        "10001,2,Fair – and clear",
        "Script 10002,Level 3,é",
        "10003,1.0,",
    ]
    sheet = parse("\r\n".join(lines).replace(",", delimiter), encoding)
    assert marks(sheet) == [(10001, 2, "Fair – and clear"), (10002, 3, "é"), (10003, 1, "")]
    assert sheet.problems == ()


def test_a_line_without_a_level_is_not_marked_yet():
    assert marks(parse("script,level,comment\n10001,,\n\n,,\n10002\n")) == [
        (10001, None, ""),
        (10002, None, ""),
    ]


@pytest.mark.parametrize("bad", ["4", "-1", "1.5", "two", "=1+1", "2 or 3", "²", "٢"])
def test_what_is_no_level_is_said_with_its_line_and_left_out(bad):
    sheet = parse(f"script,level,comment\n10001,2,\n10002,{bad},\n")
    assert marks(sheet) == [(10001, 2, "")]
    assert sheet.problems == (f"Line 3, script 10002: '{bad}' is no level from 0 to 3. Left out.",)


@pytest.mark.parametrize("bad", ["", "x", "=10001", "-10001", "10001 and 10002", "99999999"])
def test_what_is_no_script_is_said_and_left_out(bad):
    sheet = parse(f"script,level,comment\n{bad},2,a\n")
    assert sheet.rows == ()
    assert "is no script number" in sheet.problems[0]


def test_a_script_that_is_there_twice_is_taken_from_neither_line():
    sheet = parse("script,level,comment\n10001,2,\n10002,3,\n10001,1,\n")
    assert marks(sheet) == [(10002, 3, "")]
    assert sheet.problems == ("Script 10001 is there more than once (lines 2, 4). Left out.",)


def test_a_comment_like_a_formula_is_said_and_stays_text(tmp_path):
    sheet = parse('script,level,comment\n10001,2,"=HYPERLINK(""https://example.org"")"\n')
    assert "begins like a formula" in sheet.problems[0]
    path = tmp_path / "out.csv"
    sheets.write(path, ("script", "comment"), [(one.script, one.text) for one in sheet.rows])
    (_, (_, cell)) = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    assert cell.startswith("'=")


@pytest.mark.parametrize("raw", [b"", b"a,b\n1,2\n", b"\xff\xd8\xff\xe0", b"script,level\n1,2\n"])
def test_a_file_that_is_no_such_sheet_says_what_is_wanted(raw):
    with pytest.raises(PlaceKitError, match="Its first line must name: script, level, comment"):
        sheets.parse(raw, "level", "comment")


def test_a_file_that_is_not_there_or_too_large_or_a_link_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 5)
    (tmp_path / "large.csv").write_text("script")
    (tmp_path / "link.csv").symlink_to(tmp_path / "large.csv")
    for name in ("none.csv", "large.csv", "link.csv"):
        with pytest.raises(PlaceKitError, match="was not read"):
            sheets.read(tmp_path / name, "level", "comment")


@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_be_read_or_refused(raw):
    try:
        sheet = sheets.parse(b"script,level,comment\n" + raw, "level", "comment")
    except PlaceKitError:
        return
    assert all(row.level in (None, 0, 1, 2, 3) for row in sheet.rows)
