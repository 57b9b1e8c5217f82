"""Which earlier questions come back, and that asking them again leaves the first answers alone."""

from dataclasses import replace

import pytest

from place_kit import ask, facts
from place_kit.answers.store import AnswerFile, Answers, Entry
from place_kit.ask._recalling import chosen
from tests.conftest import question

AT = "2026-11-23T10:00:00Z"


def asked(module: str, name: str, kind: str = "choose_one", **changes):
    return question(kind, id=f"{module}.{name}", set=module, **changes)


def answered(*pairs) -> dict[str, Answers]:
    """Answers by set, from pairs of a question and the answer first stood by."""
    found: dict[str, dict[str, Entry]] = {}
    for one, value in pairs:
        found.setdefault(one.set, {})[one.id] = Entry(value, 1, 1, AT, first=value, first_at=AT)
    return {name: Answers(name, entries) for name, entries in found.items()}


ONE, TWO, THREE, FOUR = (asked("01_lens", name) for name in ("one", "two", "three", "four"))
LATER = asked("03_cases", "later")


def names(taken):
    return [one.id.rpartition("__")[2] for one in taken]


def test_what_was_first_got_wrong_comes_first_then_right_then_unanswered():
    taken = chosen("02_assets", [ONE, TWO, THREE], answered((ONE, "a"), (TWO, "b")))
    assert names(taken) == ["two", "one", "three"]


def test_only_earlier_modules_are_recalled_and_never_the_welcome():
    welcome = asked("00_welcome", "try")
    assert names(chosen("02_assets", [welcome, ONE, LATER], {})) == ["one"]
    assert chosen("01_lens", [welcome, ONE], {}) == ()


def test_equals_come_from_different_modules():
    taken = chosen("04_power", [ONE, TWO, THREE, LATER], {}, count=2)
    assert {one.id.split("__")[1] for one in taken} == {"01_lens", "03_cases"}


def test_what_has_no_right_answer_or_many_parts_is_not_recalled():
    text = asked("01_lens", "text", "reflect")
    long = asked("01_lens", "long", "classify")
    long = replace(long, items=long.items * 3)
    assert names(chosen("02_assets", [text, long, ONE], {})) == ["one"]


def test_what_was_begun_stays_whatever_is_answered_elsewhere():
    practice = [ONE, TWO, THREE, FOUR]
    before = chosen("02_assets", practice, {})
    (left_out,) = {"one", "two", "three", "four"} - set(names(before))
    now = answered(*((one, "a") for one in before))
    now |= answered((next(one for one in practice if one.id.endswith(left_out)), "b"))
    assert set(names(chosen("02_assets", practice, now))) == set(names(before))


@pytest.fixture
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")


def test_a_recalled_question_is_asked_afresh_and_kept_with_the_new_module(in_a_folder, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    earlier = facts.question("03_cases.predict")
    AnswerFile(earlier.set).save(earlier, earlier.options[0].id, settle=True)
    assert ask.recall("04_power") is None
    note, *forms = shown
    assert note.text.startswith("From earlier modules.")
    assert len(forms) == 3
    form = next(form for form in forms if form.question.id.endswith("predict"))
    assert form.reply["value"] is None
    form.answer = {"seq": 1, "view": "v", "value": earlier.options[1].id, "check": True}
    assert AnswerFile("04_power").read().value(form.question.id) == earlier.options[1].id
    assert AnswerFile("03_cases").read().value(earlier.id) == earlier.options[0].id


def test_what_goes_wrong_is_said_in_words(in_a_folder, monkeypatch):
    monkeypatch.setattr(facts, "load", lambda: 1 / 0)
    assert "cannot be shown" in ask.recall("04_power").text
