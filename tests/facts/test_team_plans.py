"""The plans of a team session add up, and are read with every mistake named."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from place_kit.facts import team_plans
from place_kit.facts.problems import ContentError
from place_kit.problems import PlaceKitError
from tests.course.plain_english import measure, measure_all

PLANS = team_plans.load()
FILE = files("place_kit").joinpath("content", "team_plans.toml")


@pytest.mark.parametrize("minutes", [60, 90, 180])
def test_the_steps_of_a_plan_follow_each_other_to_its_last_minute(minutes):
    end = 0
    for _, at, lasts in PLANS.steps_of(PLANS.lasting(minutes)):
        assert at == end
        end = at + lasts
    assert end == minutes


def test_every_plan_answers_alone_before_it_talks_and_ends_with_actions_and_a_form():
    for plan in PLANS.plan.values():
        steps = [step.id for step, _, _ in PLANS.steps_of(plan)]
        assert steps[1:3] == ["answers", "spread"]
        assert steps[-2] == "actions"
        assert steps[-1] in ("evaluation", "again")


def test_a_plan_of_a_length_that_is_not_there_names_those_that_are():
    with pytest.raises(PlaceKitError, match="There is: 60, 90, 180"):
        PLANS.lasting(45)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{ part = "rules", minutes = 5 }', '{ part = "rules", minutes = 6 }', "61 minutes in all"),
        ('{ part = "rules", minutes = 5 }', '{ part = "songs", minutes = 5 }', "“songs”"),
        ('{ part = "break", minutes = 15 }', '{ part = "rules", minutes = 15 }', "is in no plan"),
        ("minutes = 60\nabout", "minutes = 61\nabout", "must be the plan’s minutes"),
        ('"munro-2015"', '"nobody-1999"', "nobody-1999"),
    ],
)
def test_a_mistake_is_named(tmp_path, old, new, said):
    text = FILE.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    wrong = tmp_path / "team_plans.toml"
    wrong.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(said)):
        team_plans.read(wrong)


def test_a_plan_reads_easily():
    said = [text for step in PLANS.step.values() for text in (*step.room, *step.do, step.say)] + [
        *PLANS.rules,
        PLANS.few,
        PLANS.absent,
        PLANS.prework,
        *(r.text for r in PLANS.roles),
    ]
    assert measure_all(said).grade <= 8
    assert [one for one in map(measure, said) if one.longest > 25] == []
