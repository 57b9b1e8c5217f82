"""The theory of change: the course's own, and every mistake in a changed one, at once."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from place_kit import facts
from place_kit.facts import ContentError
from place_kit.facts.activities import theory
from tests.course.plain_english import measure, measure_all

THEORY = theory.load()
QUESTION = facts.question("06_contribution.rate_links")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    shutil.copy(files("place_kit").joinpath("content/activities/theory.toml"), tmp_path)
    return tmp_path / "theory.toml"


def change(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def messages(file: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        theory.read(file)
    return [f"{problem.key}: {problem.message}" for problem in caught.value.problems]


def test_the_question_rates_each_link_by_its_number_and_its_end():
    assert [item.id for item in QUESTION.items] == [link.id for link in THEORY.link]
    for number, item in enumerate(QUESTION.items, 1):
        assert item.text.startswith(f"Link {number}, from ")
    assert (QUESTION.scale.low, QUESTION.scale.high) == (1, 5)


def test_every_link_has_a_rival_and_a_next_step_in_each_way_with_someone():
    ways = [way.id for way in THEORY.way]
    for link in THEORY.link:
        assert link.rivals
        assert [link.next_by(way).way for way in ways] == ways
        assert all(option.partners for option in link.next)


def test_people_who_are_away_hold_a_piece_of_most_links():
    held = [any("away" in option.partners for option in link.next) for link in THEORY.link]
    assert sum(held) >= 4


def test_it_says_that_it_is_made_up():
    assert "made up" in THEORY.note


@pytest.mark.parametrize(
    ("ratings", "weakest"),
    [
        ({}, []),
        ({"open_come": 5}, ["open_come"]),
        ({"open_come": 3, "trust_alone": 2, "alone_well": 2}, ["trust_alone", "alone_well"]),
        ({"come_trust": 1, "not_a_link": 0}, ["come_trust"]),
        ({"open_come": 1, "come_trust": 1}, []),
    ],
)
def test_the_weakest_links_are_those_rated_lowest_unless_all_are_alike(ratings, weakest):
    assert [link.id for link in THEORY.weakest(ratings)] == weakest


def test_each_method_is_one_that_the_course_knows_and_answers_every_aspect():
    for method in THEORY.method:
        assert method.framework in facts.load().frameworks
        assert all(method.on(aspect.id).text for aspect in THEORY.aspect)


def test_its_words_read_easily():
    texts = [
        *(
            text
            for link in THEORY.link
            for text in (link.assumption, link.evidence, *link.rivals)
            if text
        ),
        *(
            text
            for link in THEORY.link
            for option in link.next
            for text in (option.what, option.tells, option.misses, option.why)
        ),
        *(answer.text for method in THEORY.method for answer in method.answer),
        *(partner.brings for partner in THEORY.partner),
    ]
    assert measure_all(texts).grade <= 8
    assert [text for text in texts if measure(text).longest > 25] == []


# --- mistakes ------------------------------------------------------------------------------------


def test_every_mistake_of_the_types_is_listed_at_once(file):
    change(
        file,
        ('kind = "activity"', 'kind = "deed"'),
        ("row = 1", "row = true"),
        ('start = "shed"', 'start = "nowhere"'),
        ('partners = ["regulars", "staff"]', 'partners = ["nobody"]'),
        ('framework = "narrative_evaluation"', 'framework = "gossip"'),
        ('references = ["mayne-2008"]', 'references = ["nobody-1900"]'),
    )
    found = "\n".join(messages(file))
    for words in ("“deed”", "true", "“nowhere”", "“nobody”", "“gossip”", "“nobody-1900”"):
        assert words in found


def test_every_mistake_of_places_and_lists_is_listed_at_once(file):
    change(
        file,
        ("right = 48\nrow = 1", "right = 148\nrow = 1"),
        ('start = "come"\nend = "trust"\nx = 6', 'start = "trust"\nend = "come"\nx = 60'),
        ('rivals = ["The café next door', 'rivals = [] # ["The café next door'),
        ('way = "ask"', 'way = "records"'),
        ('aspect = "shape"', 'aspect = "rivals"'),
    )
    found = "\n".join(messages(file))
    for words in (
        "between 0 and 100",
        "must lead downwards",
        "does not meet the box trust",
        "give at least one other explanation",
        "must have each of records, ask, compare once",
        "must have each of rivals, shape",
    ):
        assert words in found


def test_a_box_without_a_link_and_a_step_without_partners_are_mistakes(file):
    change(
        file,
        (
            '[[link]]\nid = "open_come"',
            '[[node]]\nid = "alone_box"\ntext = "x"\nkind = "hope"\nleft = 0\nright = 1\nrow = 9\n'
            '\n[[link]]\nid = "open_come"',
        ),
        ('partners = ["away"]', "partners = []"),
    )
    found = "\n".join(messages(file))
    assert "node.alone_box: has no link." in found
    assert "say who holds it" in found


@pytest.mark.parametrize("raw", [b"\xff", b"[[", b"x = " + b"[" * 20_000])
def test_what_cannot_be_read_is_said_in_words(file, raw):
    file.write_bytes(raw)
    (message,) = messages(file)
    assert "UTF-8" in message or "TOML" in message


def test_a_file_that_is_not_there_is_missing(tmp_path):
    assert messages(tmp_path / "theory.toml") == [": is missing."]
