"""The stories of the vignette map: they fit their questions, and every mistake is listed."""

from __future__ import annotations

import pytest

from place_kit import facts
from place_kit.facts import ContentError
from place_kit.facts.activities import lens


@pytest.fixture
def text():
    from importlib.resources import files

    return files("place_kit").joinpath("content/activities/lens.toml").read_text(encoding="utf-8")


def problems_of(tmp_path, text):
    (tmp_path / "lens.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        lens.read(tmp_path / "lens.toml", facts.load().questions)
    return [str(problem) for problem in caught.value.problems]


def test_there_are_ten_stories_in_two_rounds():
    known = lens.load()
    assert len(known.vignettes) == 10
    assert list(known.rounds) == ["first", "second"]
    assert [known.number(id) for id in known.vignettes] == list(range(1, 11))


def test_the_stories_are_spread_over_the_map():
    called = [one.called for one in lens.load().vignettes.values()]
    assert sum(each.startswith("Bottom-up") for each in called) == 3
    for kind, count in (("Top-down", 2), ("Mixed", 3), ("Right to be top-down", 2)):
        assert called.count(kind) == count


def test_assets_and_bottom_up_are_not_the_same_thing():
    """Someone decides bottom-up on a deficit, and someone top-down on assets."""
    known = lens.load().vignettes
    assert known["damp"].called == "Bottom-up"
    assert known["damp"].start.high <= 3
    assert known["form"].called == "Top-down"
    assert known["form"].start.low >= 3


def test_some_ranges_are_wide():
    widths = [
        range.high - range.low
        for one in lens.load().vignettes.values()
        for range in (one.who, one.start)
    ]
    assert max(widths) == 4
    assert sum(width >= 2 for width in widths) >= 8


def test_a_range_holds_its_ends():
    assert 2 in lens.Range(2, 4, "x")
    assert 4 in lens.Range(2, 4, "x")
    assert 5 not in lens.Range(2, 4, "x")


def test_every_mistake_is_listed_at_once(tmp_path, text):
    text = text.replace("who = { low = 4, high = 5,", "who = { low = 4, high = 6,", 1)
    text = text.replace('told_in = "second"', 'told_in = "third"', 1)
    text = text.replace('called = "Mixed"\n', "", 1)
    found = problems_of(tmp_path, text)
    assert any("third" in each for each in found)
    assert any("called" in each and "missing" in each for each in found)


def test_a_range_must_run_upwards_within_the_scale(tmp_path, text):
    found = problems_of(tmp_path, text.replace("low = 4, high = 5", "low = 5, high = 4", 1))
    assert "vignette.classes.who" in found[0]
    found = problems_of(tmp_path, text.replace("low = 4, high = 5", "low = 4, high = 6", 1))
    assert "must run upwards" in found[0]


def test_a_story_told_in_other_words_than_its_question_is_noted(tmp_path, text):
    found = problems_of(tmp_path, text.replace("a retired pilot", "a retired sailor"))
    assert any("Evening classes on Skerravoe" in each for each in found)


@pytest.mark.parametrize("id", ["01_place_lens.nowhere", "01_place_lens.predict"])
def test_a_round_must_name_a_question_that_rates(tmp_path, text, id):
    found = problems_of(tmp_path, text.replace("01_place_lens.who_first", id))
    assert any("kind rate" in each for each in found)


def test_a_question_about_other_stories_is_noted(tmp_path, text):
    found = problems_of(
        tmp_path, text.replace("01_place_lens.who_first", "01_place_lens.who_second")
    )
    assert any("stories of its round" in each for each in found)


def test_a_missing_axis_is_noted(tmp_path, text):
    found = problems_of(tmp_path, text.replace('id = "start"\ntitle', 'id = "who"\ntitle'))
    assert found


@pytest.mark.parametrize("text", ["[[", "axis = 3", "round = 3"])
def test_a_broken_file_is_said_in_words(tmp_path, text):
    assert problems_of(tmp_path, text)


def test_a_missing_file_is_said_in_words(tmp_path):
    with pytest.raises(ContentError, match="is missing"):
        lens.read(tmp_path / "lens.toml", {})
