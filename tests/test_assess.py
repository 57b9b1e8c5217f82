import json

import pytest

from place_kit import assess, facts
from place_kit.answers.store import AnswerFile
from tests.conftest import GOOD, question

ONE = question("choose_one", graded=True)
KEY, REASONS = "a", {"a": "Yes.", "b": "No.", "c": "No."}


@pytest.fixture(autouse=True)
def in_an_assignment_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(facts, "question", lambda question_id: ONE)


def marked(key=KEY, reasons=REASONS, points=2):
    return assess.mark(ONE.id, key=key, reasons=reasons, points=points)


def shown(mark):
    return mark._repr_mimebundle_()["text/plain"]


def test_the_answer_beside_the_notebook_is_marked():
    AnswerFile(ONE.set).save(ONE, GOOD["choose_one"])
    assert shown(marked()) == "2"


def test_no_answer_earns_nought_and_says_so():
    assert shown(marked()) == "0"
    assert "did not answer" in marked().note


@pytest.mark.parametrize(
    "raw", ["", "null", "[]", '{"format": "place-kit answers"}', "[" * 50_000, "x" * 1_100_000]
)
def test_a_damaged_file_earns_nought_with_words(tmp_path, raw):
    (tmp_path / "answers.json").write_text(raw, encoding="utf-8")
    assert shown(marked()) == "0"
    assert marked().note


@pytest.mark.parametrize("value", ["nowhere", 3, None, [], {"a": "a"}, True])
def test_an_answer_of_the_wrong_form_earns_nought(tmp_path, value):
    AnswerFile(ONE.set).save(ONE, "a")
    data = json.loads((tmp_path / "answers.json").read_text(encoding="utf-8"))
    data["answers"][ONE.id]["latest"]["value"] = value
    (tmp_path / "answers.json").write_text(json.dumps(data), encoding="utf-8")
    assert shown(marked()) == "0"
    assert marked().note


def test_a_faulty_key_earns_nought_and_does_not_show_itself():
    AnswerFile(ONE.set).save(ONE, "a")
    mark = marked(key="secret_key")
    assert shown(mark) == "0"
    assert "fault is not yours" in mark.note
    assert "secret_key" not in str(mark)


def test_without_its_hidden_test_a_cell_earns_nought():
    mark = assess.not_marked_yet(ONE.id)
    assert shown(mark) == "0"
    assert "0 of 0" not in mark._repr_mimebundle_()["text/html"]


def test_nothing_is_written_to_the_streams_since_nbgrader_fails_a_cell_that_warns(capfd):
    marked()
    assert capfd.readouterr() == ("", "")
