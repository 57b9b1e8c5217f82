import pytest

from place_kit.tutor.removing.target import Target

ALL = Target("ada.l", known=("03_cases", "04_power"), others=frozenset({"bo", "ada"}))
ONE = Target("ada.l", "03_cases", ALL.known, ALL.others)


@pytest.mark.parametrize(
    ("path", "everything", "cases_alone"),
    [
        ("ada.l/03_cases/answers.json", True, True),
        ("ada.l/04_power/answers.json", True, False),
        ("ada.l/99_gone/answers.json", True, False),
        ("ada.l/notes.txt", True, True),  # it may be of any assignment
        ("Ada.L/03_cases/x", True, True),
        ("ada.l.zip", True, True),
        ("03_cases__ada.l.json", True, True),
        ("04_power__ada.l.json", True, False),
        ("Ada Lovelace_4711_assignsubmission_file_03_cases__ada.l.json", True, True),
        ("ada.l__03_cases.html", True, True),
        ("ada.l+03_cases+2026-11-20 10:00:00 UTC+abc/answers.json", True, True),
        ("ada.l-04_power-2026-11-20-10-00-00-UTC-abc", True, False),
        ("badges/badge-ada.l.jwt", True, True),  # of the whole course: it is signed anew
        ("badges/badge-ada.jwt", False, False),
        ("ada/03_cases/answers.json", False, False),
        ("03_cases__ada.json", False, False),
        ("bo/ada.l/03_cases.html", False, False),
        ("xada.l", False, False),
        ("ada.l.m.json", False, False),
        ("03_cases", False, False),
        ("answers.json", False, False),
        ("", False, False),
    ],
)
def test_a_path_says_whose_it_is(path, everything, cases_alone):
    assert ALL.owns(path.split("/")) is everything
    assert ONE.owns(path.split("/")) is cases_alone


@pytest.mark.parametrize(
    ("cells", "says_assignment", "everything", "cases_alone"),
    [
        (["ada.l", "03_cases"], True, True, True),
        (["ada.l", "04_power"], True, True, False),
        (["ada.l", "7"], False, True, True),
        (["bo", "03_cases", "about ada.l"], True, False, False),
        (["class.zip > ada.l/03_cases/x.ipynb", "refused"], True, True, True),
        (["class.zip > 04_power__ada.l.json", "refused"], True, True, False),
        (["ada", "03_cases"], True, False, False),
    ],
)
def test_a_row_says_whose_it_is(cells, says_assignment, everything, cases_alone):
    assert ALL.owns_row(cells, says_assignment=says_assignment) is everything
    assert ONE.owns_row(cells, says_assignment=says_assignment) is cases_alone


def test_an_id_is_not_taken_for_a_first_name():
    target = Target("bo", others=frozenset({"bo2"}))
    assert not target.owns_row(["bo2", "Bo", "Ek"], says_assignment=False)
    assert target.owns_row(["bo", "Bo", "Ek"], says_assignment=False)
