import math
from statistics import fmean, pvariance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from place_kit.tutor.moderation.agreement import ENOUGH, agreement, weighted_kappa

LEVEL = st.integers(0, 3)
PAIRS = st.lists(st.tuples(LEVEL, LEVEL), min_size=1, max_size=60)


def test_agreement_is_counted_exactly_one_apart_and_further():
    found = agreement([(0, 0), (2, 2), (1, 2), (3, 2), (0, 2), (3, 0)])
    assert (found.exact, found.one_apart, found.further, found.scripts) == (2, 2, 2, 6)


def test_a_coefficient_is_given_only_where_there_are_enough_scripts():
    few, enough = [(2, 2), (0, 1)] * (ENOUGH // 2 - 1), [(2, 2), (0, 1)] * (ENOUGH // 2)
    assert agreement(few).kappa is None
    assert agreement(enough).kappa is not None
    assert agreement([(2, 2)] * ENOUGH).kappa is None


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([(0, 0), (3, 3)], 1.0),
        ([(0, 3), (3, 0)], -1.0),
        ([(0, 0), (0, 3), (3, 0), (3, 3)], 0.0),  # just what chance gives
        ([(1, 1), (2, 2), (3, 3), (1, 2)], 0.8),  # by hand: 4 * 1 of 20
        ([(2, 2), (2, 2)], None),
    ],
)
def test_kappa_is_what_it_is_by_hand(pairs, kappa):
    found = weighted_kappa(pairs)
    assert found == kappa or math.isclose(found, kappa)


@given(PAIRS)
def test_kappa_is_the_concordance_of_the_two_tutors(pairs):
    """With quadratic weights it equals Lin's coefficient: another way to the same number."""
    firsts, seconds = zip(*pairs, strict=True)
    one, two = fmean(firsts), fmean(seconds)
    spread = pvariance(firsts) + pvariance(seconds) + (one - two) ** 2
    assume(spread > 1e-9)
    together = fmean((a - one) * (b - two) for a, b in pairs)
    assert math.isclose(weighted_kappa(pairs), 2 * together / spread, abs_tol=1e-9)


@given(PAIRS, st.randoms())
def test_neither_the_order_nor_who_was_first_changes_kappa(pairs, random):
    before = weighted_kappa(pairs)
    shuffled = [(two, one) for one, two in pairs]
    random.shuffle(shuffled)
    assert weighted_kappa(shuffled) == before
    assert before is None or before <= 1
