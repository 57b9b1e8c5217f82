from place_kit.tutor.words import clean, count, csv_cell, number, safe_name


def test_control_characters_and_turned_text_are_left_out():
    assert clean("a\x1b[31mb\u202egnp.exe\u200b\r\nc") == "a[31mbgnp.exe c"


def test_a_long_name_is_cut():
    assert len(clean("x" * 500)) == 120


def test_a_formula_becomes_text():
    for start in "=+-@":
        assert csv_cell(start + "1+1") == "'" + start + "1+1"
    assert csv_cell("\t=1") == "'=1"
    assert csv_cell("Ada") == "Ada"


def test_a_file_name_is_safe_on_every_system():
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("C:\\temp\\a b?.json") == "a-b-.json"
    assert safe_name("...") == "file"
    assert safe_name("Zoë.json") == "Zoe.json"


def test_numbers_and_counts_are_written_as_people_write_them():
    assert [number(2.5), number(3.0), number(0.0), number(10.0)] == ["2.5", "3", "0", "10"]
    assert [count(1, "file"), count(2, "file")] == ["1 file", "2 files"]
