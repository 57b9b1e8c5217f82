from place_kit.tutor.removing import records
from place_kit.tutor.removing.target import Target

LONG = "x" * 200_000


def test_a_row_with_a_cell_longer_than_pythons_own_limit_goes_like_any_other(tmp_path):
    table = tmp_path / "notes.csv"
    table.write_text(f"id,note\nada.l,{LONG}\nbo,{LONG}\nada.l,short\n")
    assert records.erase_rows(table, Target("ada.l"))
    assert table.read_text() == f"id,note\nbo,{LONG}\n"


def test_a_table_that_excel_saved_as_unicode_text_is_reached_too(tmp_path):
    table = tmp_path / "notes.csv"
    table.write_bytes("id\tnote\r\nada.l\thers\r\nbo\té\r\n".encode("utf-16"))
    assert records.erase_rows(table, Target("ada.l"))
    assert table.read_bytes() == "id\tnote\r\nbo\té\r\n".encode("utf-16")
