"""The branching year: its story hangs together, and what is wrong with it is said at once."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from place_kit import facts
from place_kit.facts import ContentError, questions_of
from place_kit.facts.activities import year as scenario
from place_kit.facts.activities.year import DECEMBER, FILE, METERS, UNDECIDED, Points
from tests.course.plain_english import measure_all
from tests.course.test_words import too_long, worst

YEAR = scenario.load()
CHOICES = [choice for decision in YEAR.decisions.values() for choice in decision.choices]
TEXT = Path(scenario.__file__).parents[2].joinpath("content", *FILE.split("/")).read_text("utf-8")


def every_way(chosen=()):
    """Every path from January to December, each once."""
    path = YEAR.walk(dict(chosen))
    if path.now is None:
        yield path
        return
    for choice in path.now.choices:
        yield from every_way((*chosen, (path.now.id, choice.id)))


WAYS = list(every_way())


def wrong(tmp_path, *changes):
    """What is said of the scenario with some of its text changed."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "year.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as error:
        scenario.read(file, facts.load())
    return "\n".join(map(str, error.value.problems))


# --- the course's own year ----------------------------------------------------------------------


def test_every_way_leads_to_december_in_as_many_decisions():
    assert len(WAYS) > 1000
    assert {len(path.steps) for path in WAYS} == {YEAR.length}


def test_points_stay_on_their_scale_on_every_way():
    for path in WAYS:
        for points in (*(step.after for step in path.steps), path.points):
            assert all(0 <= points.of(meter) <= YEAR.scale for meter in METERS)


def test_every_decision_and_every_choice_is_met_on_some_way():
    met = {(step.decision.id, step.choice.id) for path in WAYS for step in path.steps}
    assert met == {(choice.decision, choice.id) for choice in CHOICES}


def test_each_bad_turn_names_its_pitfall_and_every_pitfall_is_met():
    for choice in CHOICES:
        assert bool(choice.pitfall) == (choice.turn == "pitfall")
    assert {choice.pitfall for choice in CHOICES} - {""} == set(facts.load().pitfalls)


def test_every_principle_is_at_work_somewhere():
    assert {choice.principle for choice in CHOICES} - {""} == set(facts.load().principles)


def test_one_sound_choice_is_defeated_and_then_the_right_move_is_to_seek_governments_help():
    (defeated,) = [choice for choice in CHOICES if choice.defeated]
    assert defeated.turn == "sound"
    then = YEAR.decisions[defeated.next].choices
    assert [choice.turn for choice in then if choice.seeks_government] == ["sound"]
    assert [choice.turn for choice in then if not choice.seeks_government] == ["pitfall"] * 2


def test_the_mill_closes_on_every_way_whatever_was_chosen():
    last = {path.steps[-1].decision.id for path in WAYS}
    assert all("sawmill will close" in YEAR.decisions[id].story[0] for id in last)


def test_own_and_others_expectations_are_set_on_every_way_and_met_on_some():
    for path in WAYS:
        who = [step.choice.expectation.who for step in path.steps if step.choice.expectation]
        assert who == ["you", "others"]
    for who in ("you", "others"):
        met = {
            each.met(path.points)
            for path in WAYS
            for step in path.steps
            if (each := step.choice.expectation) and each.who == who
        }
        assert met == {True, False}


def test_a_promise_beyond_what_can_be_done_lifts_trust_at_first_and_costs_more_later():
    centre = YEAR.decisions["promise"].choice("centre")
    assert centre.effect.trust > 0 > centre.effect.trust + centre.later.trust


def test_a_year_with_no_pitfall_is_dearer_and_still_does_not_save_the_mill():
    (open_,) = [path for path in YEAR.paths if path.id == "together"]
    path = YEAR.walk(YEAR.named(open_.id))
    assert path.pitfalls == ()
    assert path.points.budget < YEAR.points.budget / 2
    assert any(step.choice.defeated for step in path.steps)


def test_a_year_is_followed_as_far_as_it_was_decided():
    path = YEAR.walk({"hope": "many", "promise": "open", "visits": "ask"})
    assert [step.choice.id for step in path.steps] == ["many", "open"]
    assert path.now is YEAR.decisions["table"]
    assert not path.complete
    assert YEAR.walk({"hope": UNDECIDED}).now is YEAR.decisions["hope"]
    assert YEAR.walk({"hope": "no longer there"}).now is YEAR.decisions["hope"]


def test_a_decision_is_kept_as_a_question_of_the_module_that_can_be_taken_back():
    ids = set()
    for decision, number in itertools.product(YEAR.decisions.values(), (1, 2)):
        question = YEAR.question(decision, number)
        assert question.set == "05_principles_pitfalls"
        assert question.kind == "choose_one"
        assert question.options[-1].id == UNDECIDED
        ids.add(question.id)
    assert len(ids) == 2 * len(YEAR.decisions)
    assert not ids & {question.id for question in questions_of("05_principles_pitfalls")}


def test_the_story_reads_easily():
    told = [text for decision in YEAR.decisions.values() for text in decision.story]
    told += [text for choice in CHOICES for text in (choice.outcome, choice.december) if text]
    asked = [decision.title for decision in YEAR.decisions.values()]
    asked += [choice.text for choice in CHOICES]
    assert measure_all(told).grade <= 8, worst(told)
    assert measure_all(asked).grade <= 8, worst(asked)
    assert too_long([*told, *asked]) == []


# --- what an author is told ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('next = "garden"', 'next = "nowhere"', "names “nowhere”, which is not there"),
        ('next = "garden"', 'next = "differ"', "decision.garden: is never reached"),
        ('next = "plan"', 'next = "visits"', "goes round in a circle"),
        ('next = "plan"', 'next = "december"', "after more decisions on one way than another"),
        ('pitfall = "power"', "", "a turn that is pitfall names it"),
        ('pitfall = "power"', 'pitfall = "haste"', "names “haste”, which is not there"),
        ('principle = "long_term"', "", "a turn that is sound names it"),
        ('turn = "open"', 'turn = "lucky"', "must be one of open, sound, pitfall"),
        ("effect = { trust = 2 }", "effect = { trust = 7 }", "must lie within ±4"),
        ("start = 9", "start = 2", "it must stay between 0 and 20"),
        ("least = 11", "least = 1", "must be met on some ways and missed on others"),
        ("seeks_government = true\n", "", "where one choice seeks government’s help"),
        ('defeated = "That was', 'december = "That was', "must have one choice that is defeated"),
        ('choices = ["carry_on", "centre"', 'choices = ["carry_on"', "do not lead from January"),
        ("later = { trust = -4 }", "later = { trust = -5 }", "must lie within ±4"),
        ("effect = { reach = 1, budget = -4 }", "later = { reach = 1 }", "later must be told"),
        ('id = "trust"', 'id = "hope"', "must be one of trust, reach, budget"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, old, new, said):
    assert said in wrong(tmp_path, (old, new))


def test_every_mistake_is_said_at_once(tmp_path):
    said = wrong(tmp_path, ('next = "garden"', 'next = "x"'), ('turn = "open"', 'turn = "y"'))
    assert "“x”" in said
    assert "“y”" in said


def test_a_file_that_cannot_be_read_is_said_in_words(tmp_path):
    file = tmp_path / "year.toml"
    with pytest.raises(ContentError, match="is missing"):
        scenario.read(file, facts.load())
    file.write_text("[[decision", encoding="utf-8")
    with pytest.raises(ContentError, match="is not TOML"):
        scenario.read(file, facts.load())


def test_points_add_up():
    assert Points(1, 2, 3) + Points(reach=-2) == Points(1, 0, 3)
    assert DECEMBER not in YEAR.decisions
