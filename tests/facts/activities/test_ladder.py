"""The practices on the ladder fit the question that places them."""

from __future__ import annotations

import pytest

from place_kit import facts
from place_kit.facts.activities import ladder
from place_kit.facts.problems import ContentError


def read(tmp_path, text):
    file = tmp_path / "ladder.toml"
    file.write_text(text, encoding="utf-8")
    return ladder.read(file, facts.load())


def test_every_practice_of_the_question_is_there_and_every_rung():
    known = ladder.load()
    question = facts.question(known.question)
    assert [each.id for each in known.practices] == [item.id for item in question.items]
    rungs = [entry.id for entry in facts.load().frameworks[known.framework].entries]
    assert [each.id for each in question.categories] == rungs[::-1]


def test_only_on_the_rungs_of_citizen_power_do_citizens_share_in_the_decision():
    known = ladder.load()
    groups = {entry.id: entry.group for entry in facts.load().frameworks["arnstein"].entries}
    right = {item.id: item.right for item in facts.question(known.question).items}
    for each in known.practices:
        has_power = groups[right[each.id]] == "Citizen power"
        assert (each.decided != "organisation") == has_power, each.id


def test_every_mistake_is_listed_at_once(tmp_path):
    with pytest.raises(ContentError) as error:
        read(
            tmp_path,
            'question = "04_power.fit"\nframework = "nowhere"\n[[practice]]\nid = "leaking_hall"\n'
            'name = "Hall"\nagenda = "citizens"\ndecided = "citizens"\n',
        )
    said = str(error.value)
    assert "framework: names “nowhere”" in said
    assert "practice.day_centre: must stand here" in said


def test_a_ladder_has_the_rungs_that_its_question_offers(tmp_path):
    with pytest.raises(ContentError, match="must have the rungs"):
        read(
            tmp_path,
            'question = "04_power.ladder"\nframework = "christie"\n[[practice]]\nid = "hall"\n'
            'name = "Hall"\nagenda = "citizens"\ndecided = "citizens"\n',
        )


def test_who_decided_is_one_of_three(tmp_path):
    with pytest.raises(ContentError, match="must be one of"):
        read(
            tmp_path,
            'question = "04_power.ladder"\nframework = "arnstein"\n[[practice]]\nid = "hall"\n'
            'name = "Hall"\nagenda = "nobody"\ndecided = "citizens"\n',
        )
