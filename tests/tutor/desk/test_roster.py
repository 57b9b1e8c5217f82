import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.answers import handin
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import roster
from place_kit.tutor.desk.roster import Learner


def ids(raw: bytes) -> list[str]:
    return [one.id for one in roster.parse(raw).learners]


def test_nbgraders_own_columns_are_read():
    raw = b"id,first_name,last_name,email\nada.l,Ada,Lovelace,ada@example.org\n"
    assert roster.parse(raw).learners == (Learner("ada.l", "Ada", "Lovelace", "ada@example.org"),)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbfID,First_Name\nada.l,Ada\n",
        b"First name,Surname,ID number,Email address\nAda,Lovelace,ADA.L,a@b.c\n",
        b"id;first_name\r\nada.l;Ada\r\n",
        b"First name\tUsername\nAda\tada.l\n",
        "id,first_name\nada.l,Zo\u00eb\n".encode("cp1252"),
        "id,first_name\nada.l,Ada\n".encode("utf-16"),
        b'"OrgDefinedId","Last Name"\n"#ada.l","Love,lace"\n',
        b"\n\nid\nada.l\n\n",
    ],
)
def test_exports_of_spreadsheets_and_platforms_are_read(raw):
    assert ids(raw) == ["ada.l"]


def test_an_id_is_written_as_hand_ins_write_it():
    assert ids(b"id\nAda L.\n") == ["ada-l"]


def test_the_username_is_used_only_where_there_is_no_id():
    assert ids(b"Username,ID number\nx,ada\n") == ["ada"]


def test_bad_rows_are_named_and_the_rest_goes_on():
    read = roster.parse(b"id,first_name\nada,Ada\n,Nobody\n???,Marks\nADA,Again\ncon,Con\nbo,Bo\n")
    assert [one.id for one in read.learners] == ["ada", "bo"]
    assert [problem.split(":")[0].split(" has")[0] for problem in read.problems] == [
        "Row 3",
        "Row 4",
        "Row 5",
        "Row 6",
    ]


def test_a_row_is_numbered_as_a_spreadsheet_shows_it():
    raw = b'sep=;\nid;last_name\nada;"Love\nlace"\n\n;Nobody\nada;Again\n'
    assert roster.parse(raw).problems == (
        "Row 5 has no id: it was left out.",
        "Row 6: ada is on the roster already, in row 3. Left out.",
    )


def test_a_row_without_an_id_is_named_by_its_persons_name():
    read = roster.parse(b"Full name,ID number\nAda Lovelace,\nBo Ek,bo\n")
    assert read.problems == ("Row 2 (Ada Lovelace) has no id: it was left out.",)


def test_two_people_of_one_address_are_kept_and_told():
    read = roster.parse(b"id,email\nada,a@example.org\nbo,A@example.org\ncy,\ndi,\n")
    assert len(read.learners) == 4
    assert read.problems == (
        "Row 3: bo has the same e-mail address as row 2. "
        "Both are kept: correct the one that is wrong.",
    )


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Module 3 (991),Current Score
,,,,,Manual Posting,(read only)
    Points Possible,,,,,20.0,(read only)
"Lovelace, Ada",4711,S1001,adal,"Group A and Group B",12.0,60
Ek,4712,s1002,boek,Group A,,
"No Sis, Cy",4713,,cys,Group A,,
"Student, Test",4799,,f00d,Group A,,
"""


def test_canvas_gradebook_gives_people_and_nothing_else():
    read = roster.parse(CANVAS.encode("utf-8-sig"))
    assert read.platform == "Canvas"
    assert read.learners == (
        Learner("s1001", "Ada", "Lovelace", lms_user_id="4711"),
        Learner("s1002", "", "Ek", lms_user_id="4712"),
    )
    assert read.problems == ("Row 6 (No Sis, Cy) has no id: it was left out.",)
    assert read.columns["s1001"] == {
        "Student": "Lovelace, Ada",
        "ID": "4711",
        "SIS User ID": "S1001",
        "SIS Login ID": "adal",
        "Section": "Group A and Group B",
    }


def test_where_canvas_has_no_numbers_of_the_school_the_login_is_the_id():
    raw = b'Student,ID,SIS Login ID,Section\n"Lovelace, Ada",4711,adal,A\n'
    assert ids(raw) == ["adal"]


MOODLE = (
    "First name;Surname;ID number;Institution;Email address;Assignment: Cases (Real)\r\n"
    "Zoë;Ek;{id};North;zoe@example.org;-\r\n"
)


def test_moodles_grades_are_read_and_what_its_importer_wants_is_kept():
    read = roster.parse(MOODLE.format(id="N-7").encode("utf-16"))
    assert read.learners == (Learner("n-7", "Zoë", "Ek", "zoe@example.org"),)
    assert read.columns == {"n-7": {"ID number": "N-7", "Email address": "zoe@example.org"}}


def test_where_moodle_has_no_numbers_the_address_is_the_id():
    read = roster.parse(MOODLE.format(id="").encode("utf-16-le"))
    assert [one.id for one in read.learners] == ["zoe-example.org"]


def test_moodles_grading_worksheet_keeps_its_number_which_is_of_one_assignment_only():
    raw = b"Identifier,Full name,Username,Status,Grade\nParticipant 12345,Ada Lovelace,adal,-,\n"
    read = roster.parse(raw)
    assert read.learners == (Learner("adal", "", "Ada Lovelace"),)
    assert read.columns["adal"]["Identifier"] == "Participant 12345"


def test_brightspaces_export_keeps_its_own_signs():
    raw = (
        b"OrgDefinedId,Username,Last Name,First Name,Email,Cases Points Grade "
        b"<Numeric MaxPoints:20>,End-of-Line Indicator\n"
        b"#1001,#adal,Lovelace,Ada,ada@example.org,,#\n"
    )
    read = roster.parse(raw)
    assert read.learners == (Learner("1001", "Ada", "Lovelace", "ada@example.org"),)
    assert [*read.columns["1001"].items()] == [
        ("OrgDefinedId", "#1001"),
        ("Username", "#adal"),
        ("Last Name", "Lovelace"),
        ("First Name", "Ada"),
        ("Email", "ada@example.org"),
    ]


def test_the_platforms_columns_are_kept_in_the_folder_and_renewed(marking):
    assert roster.platform_columns(marking) == {}
    roster.keep_platform_columns(marking, roster.parse(CANVAS.encode()))
    later = CANVAS.replace("boek", "bo.ek").replace('"Lovelace, Ada",4711,S1001', "x,1,x")
    roster.keep_platform_columns(marking, roster.parse(later.encode()))
    kept = roster.platform_columns(marking)
    assert kept["s1001"]["Student"] == "Lovelace, Ada"
    assert kept["s1002"]["SIS Login ID"] == "bo.ek"


@pytest.mark.parametrize("raw", [b"{", b"[]", b'{"format": "place-kit roster", "platforms": 1}'])
def test_a_damaged_file_of_columns_says_how_to_make_it_anew(marking, raw):
    (marking.root / "roster.json").write_bytes(raw)
    with pytest.raises(PlaceKitError, match="is made anew"):
        roster.platform_columns(marking)


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8), st.sampled_from(",;\t"))
def test_any_table_is_read_or_refused_in_words(rows, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([["id", "email"], *rows])
    try:
        read = roster.parse(text.getvalue().encode("utf-8", "replace"))
    except PlaceKitError:
        return
    people = [one.id for one in read.learners]
    assert len(people) == len(set(people))
    assert all(handin.learner_id(one) == one for one in people)


def test_control_characters_do_not_reach_the_gradebook():
    assert roster.parse(b"id,first_name\nada,A\x1b[31mda\n").learners[0].first_name == "A[31mda"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"name,mail\nAda,a\n", "no column of learners' ids"),
        (b"PK\x03\x04 workbook", "save it as CSV"),
        (b'id,first_name\n"' + b"x" * 200_000 + b'"\n', "not a CSV file"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_words(raw, words):
    with pytest.raises(PlaceKitError, match=words):
        roster.parse(raw)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PlaceKitError, match="no roster at"):
        roster.read(tmp_path / "nowhere.csv")
