import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.documents.sheet import FORMULA_STARTS
from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.results import exports
from place_kit.tutor.results.grades import Grade, Sheet
from place_kit.tutor.words import clean, csv_cell
from tests.tutor.hostile import TEXTS

ADA = Learner("ada", "Ada", "Lovelace", "ada@example.org")
BO = Learner("bo", "Bo", "Ek", "bo@example.org")
CY = Learner("cy", "Cy", "", "")
NAMES = [
    'O\'Brien, Pat "Paddy"',
    "Màiri NicDhòmhnaill",
    "Zofia Wiśniewska-Żółć",
    "ليلى حسن",
    "שרה כהן",
    "👩‍🏫 Lee",
]


def whole(learner, by_rule=7.5, by_rubric=8.4):
    at = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
    return Grade(learner, "passed", at, by_rule, by_rubric, 2)


def waiting(learner):
    return Grade(learner, "waiting", None, 7.5)


def missing(learner):
    return Grade(learner, "not handed in")


def sheet(*grades, assignment="03_cases", title="Five cases"):
    return Sheet(assignment, title, 10.0, 12.0, grades)


CASES = sheet(whole(ADA), whole(BO, 0.0, 0.0), waiting(CY))
POWER = sheet(missing(ADA), whole(BO, 3.0, 12.0), missing(CY), assignment="04_power", title="Power")
CANVAS = {
    "ada": {"Student": "Lovelace, Ada", "ID": "41", "SIS User ID": "s-1", "SIS Login ID": "ada",
            "Section": "A, evening"},
    "bo": {"Student": "Ek, Bo", "ID": "42", "SIS Login ID": "bo@example.org", "Section": "B"},
}  # fmt: skip
BRIGHTSPACE = {"ada": {"OrgDefinedId": "#0041", "Username": "#ada"}, "bo": {"Username": "#bo"}}


def rows(export):
    return list(csv.reader(io.StringIO(export.raw.decode("utf-8-sig"), newline="")))


# --- what each importer expects ---------------------------------------------------------------


def test_moodle_gets_one_column_that_says_who_and_one_for_each_exercise():
    export = exports.moodle([CASES, POWER], {})
    assert rows(export) == [
        ["Email address", "First name", "Last name", "Five cases", "Power"],
        ["ada@example.org", "Ada", "Lovelace", "15.9", "-"],
        ["bo@example.org", "Bo", "Ek", "0", "15"],
    ]
    assert "Five cases: 22; Power: 22" in export.how
    assert "“Email address”" in export.how


def test_moodle_finds_people_by_what_is_known_of_most():
    columns = {"ada": {"ID number": "A1"}, "bo": {"ID number": "B1"}, "cy": {"ID number": "C1"}}
    table = sheet(whole(ADA), whole(BO), whole(CY))
    assert [row[0] for row in rows(exports.moodle([table], columns))[1:]] == ["A1", "B1", "C1"]
    del columns["ada"], columns["bo"]
    export = exports.moodle([table], columns)
    assert [row[0] for row in rows(export)] == ["Email address", ADA.email, BO.email]


def test_nobody_stands_in_moodles_file_without_what_finds_them():
    # Moodle would give the grade to the learner of the row before.
    export = exports.moodle([sheet(whole(ADA), whole(CY))], {})
    assert [row[0] for row in rows(export)] == ["Email address", ADA.email]
    assert export.unknown == ("cy",)
    assert "Moodle's own list" in exports.load(export)


def test_canvas_gets_its_columns_and_what_there_is_to_earn():
    assert rows(exports.canvas([CASES, POWER], CANVAS)) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Five cases", "Power"],
        ["    Points Possible", "", "", "", "", "22", "22"],
        ["Lovelace, Ada", "41", "s-1", "ada", "A, evening", "15.9", ""],
        ["Ek, Bo", "42", "", "bo@example.org", "B", "0", "15"],
    ]


def test_brightspace_gets_points_grades_and_the_end_of_each_line():
    assert rows(exports.brightspace([CASES], BRIGHTSPACE)) == [
        ["OrgDefinedId", "Username", "Five cases Points Grade", "End-of-Line Indicator"],
        ["0041", "ada", "15.9", "#"],
        ["", "bo", "0", "#"],
    ]


def test_the_plain_table_says_everything_of_everybody():
    export = exports.plain([CASES, POWER], {})
    head, ada, _, cy, ada_power, *_ = (dict(zip(rows(export)[0], row, strict=True))
                                       for row in rows(export))  # fmt: skip
    assert export.rows == 6
    assert list(head) == list(exports._PLAIN)
    assert ada == {
        "id": "ada", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.org",
        "assignment": "03_cases", "by_rule": "7.5", "by_rule_of": "10", "level": "2",
        "rubric": "8.4", "rubric_of": "12", "late_penalty": "0", "total": "15.9",
        "total_of": "22", "result": "passed", "handed_in_at": "2026-11-20 10:05 UTC",
    }  # fmt: skip
    assert (cy["by_rule"], cy["rubric"], cy["total"], cy["result"]) == ("7.5", "", "", "waiting")
    assert (ada_power["by_rule"], ada_power["late_penalty"]) == ("", "")
    assert ada_power["result"] == "not handed in"


# --- what holds for all of them ---------------------------------------------------------------


@pytest.mark.parametrize("platform", exports.FORMATS)
def test_what_waits_or_is_missing_is_never_zero(platform):
    columns = {one.id: {**CANVAS["ada"], **BRIGHTSPACE["ada"]} for one in (ADA, BO, CY)}
    export = exports.FORMATS[platform]([sheet(waiting(ADA), missing(BO), whole(CY))], columns)
    for row in rows(export):
        if row[0] in ("ada", "bo"):
            assert row[11] == ""
    if platform != "plain":
        assert export.rows == 1
        assert not {"Ada", "Bo"} & {cell for row in rows(export) for cell in row}


@pytest.mark.parametrize(
    ("platform", "mark"),
    [("plain", True), ("moodle", True), ("canvas", False), ("brightspace", False)],
)
def test_a_byte_order_mark_stands_where_the_importer_drops_it(platform, mark):
    raw = exports.FORMATS[platform]([CASES], CANVAS | BRIGHTSPACE).raw
    assert raw.startswith(b"\xef\xbb\xbf") is mark
    raw.decode("utf-8")


@pytest.mark.parametrize(
    ("platform", "file"),
    [
        ("canvas", "Canvas's own gradebook"),
        ("brightspace", "Brightspace's own grades"),
        ("moodle", "Moodle's own list"),
    ],
)
def test_where_nobody_is_known_it_says_what_to_load(platform, file):
    with pytest.raises(PlaceKitError, match=f"Load {file}.*--roster"):
        exports.write(platform, [sheet(whole(CY))], {})


def test_nothing_to_import_is_no_mistake():
    assert exports.write("canvas", [sheet(missing(CY))], {}).rows == 0


def test_an_identifier_that_a_spreadsheet_would_work_out_counts_as_not_known():
    evil = replace(ADA, email="=1+1@example.org")
    columns = {"ada": {"SIS Login ID": "@SUM(1)", "Username": "-1"}}
    for export in (exports.moodle, exports.canvas, exports.brightspace):
        made = export([sheet(whole(evil))], columns)
        assert (made.rows, made.unknown) == (0, ("ada",))


KNOWN = {"ada": {"ID": "1", "Section": "x", "Username": "u", "ID number": "7"}}
TEXT = st.sampled_from([*NAMES, *TEXTS.values()]) | st.text(max_size=40)


@given(first=TEXT, last=TEXT, section=TEXT, title=TEXT)
def test_any_name_comes_back_as_it_was_and_none_is_a_formula(first, last, section, title):
    learner = Learner("ada", clean(first, 200), clean(last, 200), "ada@example.org")
    columns = {"ada": {**KNOWN["ada"], "Section": section}}
    for platform, export in exports.FORMATS.items():
        head, *table = rows(export([sheet(whole(learner), title=title)], columns))
        assert {len(row) for row in table} == {len(head)}
        assert not any(cell.startswith(FORMULA_STARTS) for row in (head, *table) for cell in row)
        if platform in ("plain", "moodle"):
            assert (csv_cell(learner.first_name), csv_cell(learner.last_name)) == (*table[-1][1:3],)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_many_tongues_are_not_changed(name):
    learner = replace(ADA, first_name=clean(name, 200))
    assert rows(exports.plain([sheet(whole(learner))], {}))[1][1] == clean(name, 200)
    assert clean(name, 200).replace("\u200d", "") == name.replace("\u200d", "")
