"""The made-up place: every mistake is found at once, and its data shows what the module says."""

from __future__ import annotations

from itertools import product

import pytest

from place_kit.facts.activities import voices
from place_kit.facts.problems import ContentError
from place_kit.show.voices import ENGAGED, SPEAK, heard, ranking

GOOD = """
place = "Tarrowbank"
asked = "What?"
readily = 4
seldom = 2
[scale]
low = 1
high = 5
low_label = "no"
high_label = "yes"
[[idea]]
id = "a"
name = "A"
text = "An idea."
[[idea]]
id = "b"
name = "B"
text = "Another."
[[person]]
id = "ada"
name = "Ada"
about = "baker"
says = "Yes."
willing = 5
engaged = true
scores = [5, 1]
[[person]]
id = "bo"
name = "Bo"
about = "nurse"
says = "No."
willing = 1
engaged = false
scores = [1, 5]
"""


def read(tmp_path, text):
    file = tmp_path / "voices.toml"
    file.write_text(text, encoding="utf-8")
    return voices.read(file)


def test_a_good_file_is_read(tmp_path):
    assert [person.scores for person in read(tmp_path, GOOD).people] == [(5, 1), (1, 5)]


def test_every_mistake_is_listed_at_once(tmp_path):
    wrong = GOOD.replace("[5, 1]", "[9]").replace("willing = 1", "willing = 0")
    with pytest.raises(ContentError) as error:
        read(tmp_path, wrong.replace("seldom = 2", "seldom = 4"))
    said = str(error.value)
    for words in (
        "seldom: must lie below readily",
        "person.ada.scores: must hold one for each of the 2 ideas",
        "person.ada.scores: must lie between 1 and 5",
        "person.bo.willing: must lie between 1 and 5",
    ):
        assert words in said


@pytest.mark.parametrize("text", ["", "place = ", GOOD.replace("engaged = true", "engaged = 1")])
def test_a_file_that_does_not_fit_is_said_in_words(tmp_path, text):
    with pytest.raises(ContentError):
        read(tmp_path, text)


def test_a_missing_file_is_said_in_words(tmp_path):
    with pytest.raises(ContentError, match="is missing"):
        voices.read(tmp_path / "nowhere.toml")


# --- what the words of the module say of the data, which must stay so -----------------------


def order(speak="any", engaged="any"):
    known = voices.load()
    return [each.idea.id for each in ranking(known, heard(known, speak, engaged))]


def test_hearing_only_the_loudest_turns_the_ranking_right_round():
    assert order("readily") == order()[::-1]


def test_hearing_only_those_engaged_brings_another_winner_and_puts_the_first_last():
    assert order(engaged="yes")[0] not in (order()[0], order("readily")[0])
    assert order(engaged="yes")[-1] == order()[0]


def test_the_quiet_and_the_loud_are_no_blocs():
    """Someone quiet loves what the loud want; someone loud loves what the quiet want."""
    known = voices.load()
    ids = [idea.id for idea in known.ideas]
    for group, other in (("seldom", "readily"), ("readily", "seldom")):
        favourite = ids.index(order(other)[0])
        top = known.scale.high
        assert any(each.scores[favourite] == top for each in heard(known, group, "any"))


def test_every_choice_of_who_is_heard_leaves_somebody():
    known = voices.load()
    assert all(heard(known, *choice) for choice in product(SPEAK, ENGAGED))


def test_to_be_loud_is_not_to_be_engaged():
    known = voices.load()
    for choice in product(("readily", "seldom"), ("yes", "no")):
        assert len(heard(known, *choice)) >= 2
