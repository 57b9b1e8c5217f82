"""The made-up town: what the file promises, and every mistake in it at once."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import place_kit
from place_kit import facts
from place_kit.facts import ContentError
from place_kit.facts.activities import town as towns
from place_kit.facts.activities.town import Consent, Link

FILE = Path(place_kit.__file__).parent / "content" / "activities" / "town.toml"
TOWN = towns.load()
QUESTION = facts.question("02_assets.whom_to_meet")


def changed(tmp_path, *pairs):
    """The town's file with some of its words changed."""
    text = FILE.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "town.toml"
    file.write_text(text, encoding="utf-8")
    return file


def mistakes(file):
    with pytest.raises(ContentError) as caught:
        towns.read(file)
    return [f"{each.key} {each.message}" for each in caught.value.problems]


# --- the course's own town ----------------------------------------------------------------------


def test_the_question_offers_each_conversation_with_its_hours():
    assert [each.id for each in QUESTION.options] == [each.id for each in TOWN.conversation]
    for option, each in zip(QUESTION.options, TOWN.conversation, strict=True):
        assert option.text.startswith(each.name)
        assert option.text.endswith(f" {each.hours} hour{'s' if each.hours > 1 else ''}.")


def test_there_are_not_hours_enough_for_everyone():
    assert sum(each.hours for each in TOWN.conversation) > 2 * TOWN.hours


def test_each_who_is_easy_to_reach_shows_less_that_is_new_than_any_other():
    near = [len(each.shows) for each in TOWN.conversation if each.near]
    others = [len(each.shows) for each in TOWN.conversation if not each.near]
    assert max(near) < min(others)


def test_those_who_are_easy_to_reach_hold_keys():
    near = {each.id for each in TOWN.conversation if each.near}
    resting = [link for link in TOWN.link if near & {each.who for each in link.consent}]
    assert len(resting) > len(TOWN.link) / 2


def test_no_choice_that_fits_the_hours_wins_on_all_counts():
    ids = [each.id for each in TOWN.conversation]
    fitting = [
        meets
        for number in range(1, len(ids) + 1)
        for meets in itertools.combinations(ids, number)
        if sum(each.hours for each in TOWN.met(meets)) <= TOWN.hours
    ]

    def usable(meets):
        return sum(link.standing(meets) == "agreed" for link in TOWN.links(meets))

    most_seen = max(len(TOWN.seen(meets)) for meets in fitting)
    most_usable = max(map(usable, fitting))
    assert not [
        meets
        for meets in fitting
        if len(TOWN.seen(meets)) == most_seen and usable(meets) == most_usable
    ]


def test_all_kinds_of_asset_of_the_framework_are_there():
    kinds = [entry.id for entry in facts.load().frameworks["asset_types"].entries]
    assert {each.type for each in TOWN.asset} == set(kinds)


def test_the_three_original_kinds_are_named_with_their_source():
    assert "Individuals, associations and institutions are the three original kinds" in TOWN.kinds
    assert "kretzmann-mcknight-1993" in TOWN.references


def test_one_need_is_beyond_every_link():
    helped = {link.helps for link in TOWN.link}
    beyond = [need for need in TOWN.need if need.id not in helped]
    assert [need.id for need in beyond] == ["care"]
    assert all(need.stays for need in TOWN.need)


def test_the_town_says_that_it_is_made_up_and_no_evidence():
    assert "made up" in TOWN.note
    assert "no evidence" in TOWN.note


def test_no_two_links_cross():
    rows = {each.id: each.row for each in TOWN.asset}
    for one, other in itertools.combinations(TOWN.link, 2):
        left, right = (
            rows[getattr(one, side)] - rows[getattr(other, side)] for side in ("left", "right")
        )
        assert left * right >= 0, (one.id, other.id)
        assert left or right, (one.id, other.id)


def test_what_somebody_says_of_a_link_names_them_or_their_kin():
    names = {each.id: each.name for each in TOWN.conversation}
    for link in TOWN.link:
        for each in link.consent:
            assert re.match(names[each.who], each.words)


# --- how a link stands --------------------------------------------------------------------------

YES, NOT_YET = Consent("a", "yes", "Yes."), Consent("b", "not_yet", "Not now.")


@pytest.mark.parametrize(
    ("consent", "met", "standing"),
    [
        ((), [], "agreed"),
        ((YES,), [], "not_asked"),
        ((YES,), ["a"], "agreed"),
        ((YES, NOT_YET), ["a"], "not_asked"),
        ((YES, NOT_YET), ["b"], "not_asked"),
        ((YES, NOT_YET), ["a", "b"], "not_yet"),
    ],
)
def test_a_link_can_be_used_only_when_all_were_asked_and_all_said_yes(consent, met, standing):
    assert Link("l", "L", "x", "y", "Tea.", consent).standing(met) == standing


def test_whom_one_met_shows_assets_and_nobody_else_does():
    listed = {each.id for each in TOWN.asset if each.listed}
    assert TOWN.seen([]) == listed
    assert TOWN.seen(["hamish", "nobody"]) == listed | {"hamish", "phone_round", "tapes"}


def test_a_link_is_thought_of_only_when_both_ends_are_known():
    assert "lifts" not in [each.id for each in TOWN.links(["ruaridh"])]
    assert "lifts" in [each.id for each in TOWN.links(["nadifa"])]


# --- mistakes in the file -----------------------------------------------------------------------


def test_every_mistake_is_named_at_once(tmp_path):
    found = mistakes(
        changed(
            tmp_path,
            ('shows = ["gala"]', 'shows = ["galah"]'),
            ('type = "exchange"', 'type = "barter"'),
            ('helps = "company"', 'helps = "joy"'),
            ('who = "nadifa"', 'who = "nadia"'),
        )
    )
    assert len(found) == 4
    for name in ("galah", "barter", "joy", "nadia"):
        assert any(name in each for each in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('letter = "B"', 'letter = "A"', "is taken: another link"),
        ('side = "left"\nrow = 2', 'side = "left"\nrow = 1', "is taken: another asset"),
        ('side = "left"\nrow = 2', 'side = "left"\nrow = 0', "must be 1 or more"),
        ('left = "team"', 'left = "gala"', "stands on the other side"),
        ('shows = ["gala"]', "shows = []", "can never be seen"),
        ("hours = 2", "hours = 0", "must be 1 or more"),
    ],
)
def test_what_the_types_cannot_say_is_checked_too(tmp_path, old, new, said):
    assert any(said in each for each in mistakes(changed(tmp_path, (old, new))))


def test_a_file_that_is_missing_or_no_toml_is_said_in_words(tmp_path):
    assert mistakes(tmp_path / "town.toml") == [" is missing."]
    (tmp_path / "town.toml").write_text("name = ")
    assert "is not TOML" in mistakes(tmp_path / "town.toml")[0]
