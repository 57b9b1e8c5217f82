"""Learners are sent back to where the module takes up what they missed."""

import json

import pytest

from place_kit import facts
from place_kit.answers import store
from place_kit.learner import shipped
from place_kit.tutor.desk import course_files
from place_kit.tutor.feedback import revisiting

GRADED = [
    question
    for module in facts.read_syllabus(shipped.root() / "course" / "modules.toml")
    if module.assignment
    for question in facts.questions_of(module.assignment + store.GRADED)
]


def module_of(question):
    return course_files.module_of(store.assignment_of(question.set))


@pytest.mark.parametrize("question", GRADED, ids=lambda one: one.id)
def test_every_section_named_is_a_heading_of_the_module(question):
    module = module_of(question)
    raw = (shipped.root() / "course" / f"{module.id}.ipynb").read_bytes()
    sources = ["".join(cell["source"]) for cell in json.loads(raw)["cells"]]
    headings = {line for source in sources for line in source.split("\n")}
    named = revisiting.places(question, module)
    assert {f"## {one}" for one in named} <= headings
    assert len(named) <= revisiting.MOST


def test_most_questions_lead_to_a_section():
    led = [one for one in GRADED if revisiting.places(one, module_of(one))]
    assert len(led) > 0.8 * len(GRADED)


def test_the_section_is_the_one_about_the_same_case():
    question = facts.question("03_cases.graded.right_base")
    assert revisiting.places(question, module_of(question)) == ("Total Place: divide by what?",)


def test_nobody_is_sent_to_the_first_guess():
    places = [place for one in GRADED for place in revisiting.places(one, module_of(one))]
    assert "Before you begin" not in places


def test_a_module_without_its_notebook_names_none():
    assert revisiting.sections("99_nothing") == ()
