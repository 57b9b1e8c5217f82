import pytest

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


def test_control_characters_do_not_reach_the_gradebook():
    assert roster.parse(b"id,first_name\nada,A\x1b[31mda\n").learners[0].first_name == "A[31mda"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"name,mail\nAda,a\n", "no column of learners' ids"),
        (b'id,first_name\n"' + b"x" * 200_000 + b'"\n', "not a CSV file"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_words(raw, words):
    with pytest.raises(PlaceKitError, match=words):
        roster.parse(raw)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PlaceKitError, match="no roster at"):
        roster.read(tmp_path / "nowhere.csv")
