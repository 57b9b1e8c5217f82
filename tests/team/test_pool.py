"""Pooling: counts of everyone, nothing of anyone."""

from __future__ import annotations

import random
import statistics
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_kit.facts.model import Scale
from place_kit.team.pool import FEWEST, pool, spread_of
from tests.team.making import ASSETS, DECIDED, HOW, SESSION, UNSAID, WILLING, person, team, willing

FIVE, SEVEN = Scale(1, 5, "low", "high"), Scale(1, 7, "low", "high")


def spread(*scores: int, scale: Scale = FIVE):
    return spread_of(Counter(score - 1 for score in scores), scale.high, scale)


def residents(pooled):
    return next(line for line in pooled.lines if line.item == "residents")


def test_below_five_nothing_is_shown_but_how_many_they_are():
    pooled = pool(willing(1, 2, 3, 4), SESSION)
    assert not pooled.enough
    assert pooled.people == (4, 0)
    assert not pooled.lines
    assert not pooled.wheel
    assert not pooled.texts


def test_a_round_and_a_line_with_fewer_than_five_are_left_out_each_for_itself():
    pooled = pool([*willing(1, 2, 3, 4, 5), *willing(5, 5, 5, 5, round=2)], SESSION)
    assert residents(pooled).rounds[1] is None
    one_more = person(9, {DECIDED: "told"})
    assert {line.id for line in pool([*willing(1, 2, 3, 4, 5), one_more], SESSION).lines} == {
        f"{WILLING}.residents"
    }


def test_of_two_files_with_one_code_the_later_counts():
    again = person(0, {WILLING: {"residents": 5}})
    pooled = pool([*willing(1, 1, 1, 1, 1), again], SESSION)
    assert (pooled.people, pooled.replaced) == ((5, 0), 1)
    assert residents(pooled).first.counts == (4, 0, 0, 0, 1)


def test_rounds_stand_side_by_side_and_codes_link_them():
    first, second = willing(1, 2, 3, 4, 5), willing(2, 3, 3, 3, 5, 5, round=2)
    line = residents(pool([*first, *second], SESSION))
    assert [spread.n for spread in line.rounds] == [5, 6]
    assert line.moved == (2, 2, 1)


def test_changes_of_fewer_than_five_people_are_not_counted():
    second = [person(n + 4, {WILLING: {"residents": 1}}, round=2) for n in range(5)]
    line = residents(pool([*willing(1, 2, 3, 4, 5), *second], SESSION))
    assert line.rounds[1] is not None
    assert line.moved is None


def test_the_widest_disagreement_comes_first_and_the_wheel_stands_apart():
    pooled = pool(team(12), SESSION)
    assert pooled.lines[0].item == "residents"
    widths = [line.first.disagreement for line in pooled.lines]
    assert widths == sorted(widths, reverse=True)
    assert len(pooled.wheel) == 14
    assert not {line.question.id for line in pooled.lines} & {SESSION.wheel}


def test_how_it_was_stands_apart_and_follows_the_same_rule():
    said = [person(n, {HOW: {"safe": 1 + n % 5}}, round=2) for n in range(5)]
    pooled = pool([*willing(1, 2, 3, 4, 5), *said], SESSION)
    assert [(line.item, line.rounds[0], line.first.n) for line in pooled.after] == [
        ("safe", None, 5)
    ]
    assert {line.question.id for line in pooled.lines} == {WILLING}
    assert pool([*willing(1, 2, 3, 4, 5), *said[1:]], SESSION).after == ()


def test_texts_come_only_where_they_are_ticked_and_the_same_words_once():
    people = [
        person(n, {WILLING: {"me": 3}, UNSAID: text, ASSETS: [{"skills": "Choir"}]}, show=ticked)
        for n, (text, ticked) in enumerate(
            [
                ("the rent", (UNSAID,)),
                ("The rent.", (UNSAID,)),
                ("secret", ()),
                ("x", ()),
                ("y", ()),
            ]
        )
    ]
    texts = pool(people, SESSION).texts
    assert [(each.text, each.count) for each in texts[UNSAID][""]] == [("the rent", 2)]
    assert texts[ASSETS]["skills"] == ()


def test_a_later_file_of_the_round_takes_a_text_back():
    ticked = person(0, {WILLING: {"residents": 1}, UNSAID: "the rent"}, show=(UNSAID,))
    without = person(0, {WILLING: {"residents": 1}})
    pooled = pool([ticked, *willing(1, 2, 3, 4, 5), without], SESSION)
    assert pooled.texts[UNSAID][""] == ()


def test_texts_of_two_questions_do_not_stand_in_one_order():
    people = [
        person(
            n, {UNSAID: f"u{n}", ASSETS: [{"skills": f"s{n}", "groups": f"g{n}"}]},
            show=(UNSAID, ASSETS),
        )
        for n in range(12)
    ]  # fmt: skip
    texts = pool(people, SESSION, chance=random.Random(1)).texts
    orders = [
        [text.text[1:] for text in part]
        for part in (texts[UNSAID][""], texts[ASSETS]["skills"], texts[ASSETS]["groups"])
    ]
    assert len({tuple(order) for order in [*orders, sorted(orders[0])]}) == 4


def test_what_is_pooled_holds_no_code():
    entries = team(8)
    assert not [each.code for each in entries if each.code in repr(pool(entries, SESSION))]


# --- the numbers --------------------------------------------------------------------------


def test_disagreement_runs_from_none_to_half_at_each_end():
    assert spread(3, 3, 3, 3, 3, 3).disagreement == 0
    assert spread(1, 1, 1, 5, 5, 5).disagreement == 1
    assert 0 < spread(2, 3, 3, 3, 4).disagreement < spread(1, 2, 3, 4, 5).disagreement < 1


def test_of_a_choice_it_runs_from_all_alike_to_evenly_spread():
    assert spread_of({0: 6}, 3, None).disagreement == 0
    assert spread_of({0: 2, 1: 2, 2: 2}, 3, None).disagreement == 1
    assert spread_of({0: 2, 1: 2, 2: 2}, 3, None).median is None


@given(st.lists(st.integers(1, 7), min_size=5, max_size=60))
def test_disagreement_is_how_far_apart_two_answers_are_on_average(scores):
    apart = statistics.mean(abs(one - other) for one in scores for other in scores)
    assert spread(*scores, scale=SEVEN).disagreement == pytest.approx(2 * apart / 6)


@given(st.lists(st.integers(1, 7), min_size=5, max_size=60))
def test_median_and_quartiles_are_those_of_the_statistics_module(scores):
    found = spread(*scores, scale=SEVEN)
    low, middle, high = statistics.quantiles(scores, n=4, method="inclusive")
    assert found.n == len(scores)
    assert (found.quartiles[0], found.median, found.quartiles[1]) == pytest.approx(
        (low, middle, high)
    )


@pytest.mark.parametrize(
    ("scores", "camps"),
    [
        ((1, 1, 5, 5, 5), (0, 4)),
        ((1, 2, 4, 5, 5), (0, 4)),
        ((2, 2, 2, 4, 4), (1, 3)),
        ((1, 1, 3, 5, 5), (0, 4)),
        ((1, 2, 3, 4, 5), None),
        ((1, 1, 2, 2, 3, 3, 4, 4, 5, 5), None),
        ((3, 3, 3, 3, 5), None),
        ((2, 2, 3, 3, 3), None),
        ((5, 5, 5, 5, 5), None),
    ],
)
def test_two_camps_are_flagged_by_the_stated_rule(scores, camps):

    assert spread(*scores).camps == camps


def test_of_a_choice_two_camps_are_two_large_options():
    assert spread_of({0: 4, 2: 3, 1: 1}, 4, None).camps == (0, 2)
    assert spread_of({0: 2, 1: 2, 2: 2}, 3, None).camps is None


@given(st.lists(st.integers(1, 7), min_size=FEWEST, max_size=40))
def test_camps_are_the_same_seen_from_the_other_end(scores):
    there = spread(*scores, scale=SEVEN).camps
    back = spread(*(8 - score for score in scores), scale=SEVEN).camps
    assert (there is None) == (back is None)


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 2), st.integers(1, 5)), min_size=5, max_size=40
    ),
    st.randoms(use_true_random=False),
)
def test_whoever_comes_in_whatever_order_each_counts_once_a_round(came, chance):
    entries = [person(n, {WILLING: {"me": s}}, round=r) for n, r, s in came]
    latest = {(entry.code, entry.round): entry for entry in entries}
    pooled = pool(entries, SESSION)
    assert sum(pooled.people) == len(latest)
    assert pooled.replaced == len(entries) - len(latest)
    others = list(latest.values())
    chance.shuffle(others)
    assert pool(others, SESSION).lines == pooled.lines
    for line in pooled.lines:
        for many, spread in zip(pooled.people, line.rounds, strict=True):
            assert (spread.n == many) if spread else many < FEWEST
