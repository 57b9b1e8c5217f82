"""The themes of the wheel, the places on it, and the questions that stand on both."""

from __future__ import annotations

from importlib.resources import files

import pytest

from place_kit import facts
from place_kit.facts.activities import wheel
from place_kit.facts.problems import ContentError

KNOWN = wheel.load()
SOURCE = files("place_kit").joinpath("content", wheel.FILE).read_text(encoding="utf-8")
WORKER, RESIDENTS = "worker", "residents"


def read(tmp_path, text):
    file = tmp_path / "wheel.toml"
    file.write_text(text, encoding="utf-8")
    return wheel.read(file, facts.load())


def scores(place):
    return {view.id: KNOWN.scores(view) for view in KNOWN.places[place].view}


def far_below(place):
    """Themes on which residents lie three or more points below."""
    both = scores(place)
    return [each for each in KNOWN.themes if both[WORKER][each] - both[RESIDENTS][each] >= 3]


def test_the_wheel_is_the_place_standards_fourteen_themes_from_one_to_seven():
    assert len(KNOWN.themes) == 14
    assert (KNOWN.scale.low, KNOWN.scale.high) == (1, 7)
    assert KNOWN.scale.low_label == "Much to improve"
    assert KNOWN.references == ("place-standard-2015",)


def test_the_file_and_the_page_say_that_labels_may_have_been_revised():
    assert "LABELS MAY HAVE BEEN\n# REVISED: check the current ones" in SOURCE
    assert "may have been revised. Check the current ones" in KNOWN.note


@pytest.mark.parametrize("name", ["my_scores", "residents_scores"])
def test_the_forms_score_the_same_themes_in_the_same_words(name):
    question = facts.question(f"07_place_and_plan.{name}")
    assert [(item.id, item.text) for item in question.items] == [
        (theme.id, theme.text) for theme in KNOWN.themes.values()
    ]
    assert question.scale == KNOWN.scale


def test_the_right_answers_about_merrow_quay_are_those_of_the_data():
    both = scores("merrow_quay")
    apart = [each for each in KNOWN.themes if abs(both[WORKER][each] - both[RESIDENTS][each]) >= 3]
    assert apart == ["transport", "nature", "say"]
    assert facts.question("07_place_and_plan.read_wheel").number.right == str(
        both[RESIDENTS]["transport"]
    )
    predict = facts.question("07_place_and_plan.predict")
    assert [option.id for option in predict.options if option.right] == ["three"]


def test_the_right_answers_about_ashgarth_are_those_of_the_data():
    both = scores("ashgarth")
    assert both[RESIDENTS]["safety"] == 3
    assert far_below("ashgarth") == ["play", "safety"]
    low = min(both[RESIDENTS].values())
    assert [each for each, score in both[RESIDENTS].items() if score == low] == ["play"]
    assert min(both[WORKER], key=both[WORKER].get) == "company"


def test_before_and_after_ask_the_same_seven_things():
    before = facts.question("00_welcome.confidence_before")
    after = facts.question("07_place_and_plan.confidence_after")
    assert (after.items, after.scale) == (before.items, before.scale)
    assert len(after.items) == 7


def test_every_mistake_is_listed_at_once(tmp_path):
    wrong = (
        SOURCE.replace('name = "Moving"', 'name = "Getting about"')
        .replace("place-standard-2015", "nowhere")
        .replace("scores = [5, 6, 3, 4,", "scores = [9,")
    )
    with pytest.raises(ContentError) as error:
        read(tmp_path, wrong)
    said = " ".join(str(each) for each in error.value.problems)
    for part in ("9 fit beside the wheel", "nowhere", "one for each of the 14", "between 1 and 7"):
        assert part in said


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ContentError, match="missing"):
        wheel.read(tmp_path / "wheel.toml", facts.load())
