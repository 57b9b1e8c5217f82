import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.tutor.feedback.rubric import LEVELS, points_of
from place_kit.tutor.moderation import drawing
from place_kit.tutor.moderation.drawing import Piece


def pieces(number):
    return [Piece(f"learner-{one}", "rubric", 14, 20) for one in range(number)]


def draw(some, before=(), percent=10, seed="1"):
    return drawing.at_random(some, before, percent=percent, seed=seed)


@pytest.mark.parametrize("out_of", [7, 12, 14, 20])
def test_the_points_of_a_level_are_no_border_and_those_between_are(out_of):
    for level in LEVELS:
        points = points_of(level.number, out_of)
        assert not drawing.on_a_border(points, out_of)
        if level.number < 3:
            assert drawing.on_a_border(points + 1, out_of)
    assert drawing.on_a_border(points_of(2, out_of) - 0.5, out_of)


@given(st.integers(0, 300), st.floats(0, 100))
def test_the_share_that_was_asked_for_is_drawn_and_two_at_least(number, percent):
    drawn = len(draw(pieces(number), percent=percent))
    assert drawn <= number
    assert drawn >= min(number, 2)
    assert drawn >= number * percent / 100 - 1e-9
    assert drawn <= max(2, number * percent / 100 + 1)


@given(st.integers(0, 80), st.integers(0, 80), st.text(max_size=5))
def test_what_was_drawn_stays_when_others_come(first, more, seed):
    before = draw(pieces(first), seed=seed)
    after = draw(pieces(first + more), before, seed=seed)
    assert before <= after
    assert draw(pieces(first + more), after, seed=seed) == after


def test_the_seed_alone_decides_and_another_draws_others():
    some = pieces(200)
    assert draw(some) == draw(list(reversed(some)))
    assert len({frozenset(draw(some, seed=str(seed))) for seed in range(20)}) > 15


def test_everybody_is_drawn_about_equally_often():
    often = dict.fromkeys((one.whose for one in pieces(20)), 0)
    for seed in range(400):
        for whose in draw(pieces(20), seed=str(seed)):
            often[whose] += 1
    assert 15 < min(often.values()) <= max(often.values()) < 70  # 40 are expected of each


def test_numbers_differ_and_say_nothing_of_the_order():
    taken: list[int] = []
    for piece in pieces(500):
        taken.append(drawing.number("1", piece.whose, taken))
    assert len(set(taken)) == 500
    assert all(10_000 <= number <= 99_999 for number in taken)
    assert sorted(taken) != taken
