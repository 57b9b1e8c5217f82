"""What a learner wrote before is kept at home: one version a day, and what was handed in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit import facts
from place_kit.answers import files, handin, journal, store
from place_kit.answers.journal import Version
from place_kit.ask.handing_in import HandIn
from tests.answers.making import answer, file_of, make_home

REFLECT = "03_cases.how_i_change"
GRADED = next(each.id for each in facts.questions_of("03_cases.graded") if each.kind == "reflect")
MONDAY, LATER, TUESDAY = "2026-11-23T09:00:00Z", "2026-11-23T09:40:00Z", "2026-11-24T09:00:00Z"


@pytest.fixture
def home(tmp_path):
    return make_home(tmp_path / "mine")


@pytest.fixture
def clock(monkeypatch):
    """Set the time at which answers are saved."""

    def at(time):
        monkeypatch.setattr(store, "now", lambda: time)

    at(MONDAY)
    return at


def kept(home, question_id):
    question = facts.question(question_id)
    path = journal.file_for(question.set, file_of(home, question.set).path)
    return journal.look(path, question.set).get(question_id, ())


def test_a_text_changed_on_a_later_day_keeps_how_it_ended_before(home, clock):
    answer(home, REFLECT, "A first thought")
    clock(LATER)
    answer(home, REFLECT, "A first thought, longer")
    assert kept(home, REFLECT) == ()
    clock(TUESDAY)
    answer(home, REFLECT, "A second thought")
    answer(home, REFLECT, "A second thought, longer")
    assert kept(home, REFLECT) == (Version("A first thought, longer", LATER),)


def test_a_text_saved_again_as_it_is_or_taken_back_from_nothing_keeps_no_version(home, clock):
    answer(home, REFLECT, "")
    clock(TUESDAY)
    answer(home, REFLECT, "Now something")
    clock("2026-11-25T09:00:00Z")
    answer(home, REFLECT, "Now something")
    assert kept(home, REFLECT) == ()


def test_a_choice_keeps_no_version(home, clock):
    question = facts.question("03_cases.predict")
    answer(home, question.id, question.options[0].id)
    clock(TUESDAY)
    answer(home, question.id, question.options[1].id)
    assert kept(home, question.id) == ()


def test_what_is_handed_in_is_kept_as_it_was_then(home, clock):
    answer(home, GRADED, "For my tutor")
    form = HandIn("03_cases", home / "exercises" / "03_cases")
    form._on_answer({"new": {"seq": 1, "do": "make", "learner": "ada"}})
    form._on_answer({"new": {"seq": 2, "do": "make", "learner": "ada"}})
    assert form.reply["ok"]
    clock(LATER)
    answer(home, GRADED, "Changed on the same day")
    assert kept(home, GRADED) == (Version("For my tutor", MONDAY),)


def test_a_hand_in_holds_no_earlier_version(home, clock):
    answer(home, GRADED, "A secret of Monday")
    clock(TUESDAY)
    answer(home, GRADED, "For my tutor")
    assert kept(home, GRADED) == (Version("A secret of Monday", MONDAY),)
    file = file_of(home, "03_cases.graded")
    assert b"secret" not in handin.make("03_cases", "ada", file.read())
    # Nor does anything in the assignment's folder, which some send whole.
    for path in file.path.parent.rglob("*"):
        assert not path.is_file() or b"secret" not in path.read_bytes()


def test_an_exercise_outside_a_learners_folder_keeps_no_versions(tmp_path, clock):
    question = facts.question(GRADED)
    file = store.AnswerFile(question.set, tmp_path / "answers.json")
    file.save(question, "Monday")
    clock(TUESDAY)
    file.save(question, "Tuesday")
    names = {path.name for path in tmp_path.rglob("*") if not path.name.endswith(".lock")}
    assert names == {"answers.json"}


def test_practice_outside_a_learners_folder_keeps_them_beside_its_answers(tmp_path, clock):
    question = facts.question(REFLECT)
    file = store.AnswerFile(question.set, store.file_for(question.set, tmp_path))
    file.save(question, "Monday")
    clock(TUESDAY)
    file.save(question, "Tuesday")
    path = tmp_path / "answers" / "journal" / "03_cases.json"
    assert journal.look(path, "03_cases") == {REFLECT: (Version("Monday", MONDAY),)}


@pytest.mark.parametrize("writes", [0, 1])
def test_a_crash_between_the_two_writes_loses_nothing_and_doubles_nothing(
    home, clock, monkeypatch, writes
):
    answer(home, REFLECT, "Monday")
    clock(TUESDAY)
    whole, left = files.write_whole, iter(range(writes))

    def crash(path, raw):
        if next(left, None) is None:
            raise KeyboardInterrupt
        whole(path, raw)

    monkeypatch.setattr(journal, "write_whole", crash)
    monkeypatch.setattr(store, "write_whole", crash)
    with pytest.raises(KeyboardInterrupt):
        answer(home, REFLECT, "Tuesday")
    monkeypatch.undo()
    clock(TUESDAY)
    assert file_of(home, "03_cases").read().value(REFLECT) == "Monday"
    monkeypatch.setattr(store, "now", lambda: TUESDAY)
    answer(home, REFLECT, "Tuesday")
    assert kept(home, REFLECT) == (Version("Monday", MONDAY),)


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b'{"format": "place-kit journal"}', b"\xff", b"[" * 9999]
)
def test_a_damaged_journal_is_put_aside_and_kept(home, clock, raw):
    path = home / ".place-kit" / "journal" / "03_cases.json"
    path.parent.mkdir()
    path.write_bytes(raw)
    answer(home, REFLECT, "Monday")
    clock(TUESDAY)
    answer(home, REFLECT, "Tuesday")
    assert kept(home, REFLECT) == (Version("Monday", MONDAY),)
    (aside,) = path.parent.glob("03_cases.damaged-*.json")
    assert aside.read_bytes() == raw


def test_a_journal_that_is_full_is_put_aside_and_a_new_one_begun(home, clock, monkeypatch):
    monkeypatch.setattr(journal, "MAX_BYTES", 400)
    for number in range(1, 9):
        clock(f"2026-11-{number:02}T09:00:00Z")
        answer(home, REFLECT, f"{number} " + "word " * 20)
    folder = home / ".place-kit" / "journal"
    texts = "".join(path.read_text("utf-8") for path in folder.glob("*.json"))
    assert all(f'"{number} word' in texts for number in range(1, 8))
    assert len(list(folder.glob("03_cases.full-*.json"))) >= 1


def test_where_the_journal_cannot_be_written_nothing_is_replaced(home, clock):
    answer(home, REFLECT, "Monday")
    folder = home / ".place-kit" / "journal"
    folder.mkdir()
    (folder / "03_cases.json").symlink_to(home / "course" / "modules.toml")
    clock(TUESDAY)
    with pytest.raises(store.AnswerFileError, match="not a plain file"):
        answer(home, REFLECT, "Tuesday")
    assert file_of(home, "03_cases").read().value(REFLECT) == "Monday"


@given(st.text(), st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=4))
def test_any_text_comes_back_as_it_was(tmp_path_factory, name, versions):
    path = tmp_path_factory.mktemp("journal") / "03_cases.json"
    try:
        json.dumps([name, versions], ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return  # half of a pair: the form has replaced it before it gets here
    for value, at in versions:
        journal.keep(path, "03_cases", {name: Version(value, at)})
    again = [value for value, _ in versions]
    found = [each.value for each in journal.look(path, "03_cases")[name]]
    assert found[-1] == again[-1]
    assert set(found) == set(again)
