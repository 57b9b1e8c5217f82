"""The picture of the town: what was asked is seen, what was not agreed is dashed, needs stay."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace

import pytest

from place_kit import facts
from place_kit.facts.activities import town as towns
from place_kit.show import template
from place_kit.show import town as drawn
from place_kit.show.drawing import Box, Line, Mark, Words
from tests.course.plain_english import measure_all
from tests.show.contrast import contrast
from tests.show.making import EVIL

KNOWN, TOWN = facts.load(), towns.load()
EVERYONE = [each.id for each in TOWN.conversation]
CHOICES = {
    "nobody": [],
    "the nearest": ["innes", "ruaridh", "anjali"],
    "no list": ["nadifa", "hamish", "jodie"],
    "both": ["innes", "ruaridh", "nadifa", "fergus"],
    "everyone": EVERYONE,
}
CARDS = {
    "start": lambda: drawn.start(KNOWN, TOWN),
    "plan": lambda: drawn.start(KNOWN, TOWN, ["innes", "hamish"]),
    **{name: lambda met=met: drawn.network(KNOWN, TOWN, met) for name, met in CHOICES.items()},
    **{
        f"beside {each.id}": lambda each=each: drawn.beside(KNOWN, TOWN, ["anjali"], each)
        for each in TOWN.choice
    },
}


@pytest.fixture(params=CARDS, ids=str)
def card(request):
    return CARDS[request.param]()


def texts(card):
    return [each.text for each in card.drawing.shapes if isinstance(each, Words)]


def dashes(card):
    return [each.dash for each in card.drawing.shapes if isinstance(each, Line)]


# --- every picture ------------------------------------------------------------------------------


def test_plotly_itself_accepts_the_specification(card):
    go = pytest.importorskip("plotly.graph_objects")
    figure = {name: part for name, part in card.figure.items() if name != "config"}
    assert go.Figure(figure).to_dict()["layout"]["shapes"]
    assert json.loads(json.dumps(card.figure)) == card.figure


def test_a_picture_has_a_takeaway_an_alternative_text_a_table_and_a_source(card):
    assert card.takeaway
    assert card.alt
    assert "made up" in card.source
    assert "Kretzmann" in card.source
    assert card.table.rows
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}


def test_a_line_that_is_not_agreed_is_dashed_in_both_drawings(card):
    kinds = set(dashes(card))
    assert kinds <= {"solid", "dash"}
    lines = [each for each in card.figure["layout"]["shapes"] if each["type"] == "line"]
    assert [each["line"]["dash"] for each in lines] == dashes(card)
    svg = card.drawing.svg("")
    assert len(re.findall(r"<line[^>]*stroke-dasharray", svg)) == dashes(card).count("dash")


def test_text_stands_out_and_shapes_can_be_seen(card):
    tints = [template.PAPER, *template.KIND_TINTS.values()]
    for each in card.drawing.shapes:
        if isinstance(each, Words):
            on = [drawn.FOUND, template.QUIET] if each.colour == template.PAPER else tints
            assert min(contrast(each.colour, paper) for paper in on) >= 4.5
        else:
            colour = each.line if isinstance(each, Box) else each.colour
            assert min(contrast(colour, tint) for tint in tints) >= 3


def test_no_line_of_words_lies_on_another_or_leaves_its_box_on_a_phone(card):
    # A letter is at most this wide, and the narrowest place is 262 px.
    boxes = []
    for each in card.drawing.shapes:
        if isinstance(each, Words):
            wide = len(each.text) * each.size * (0.6 if each.bold else 0.57) / 262 * 100
            x0 = each.x - {"left": 0, "center": wide / 2, "right": wide}[each.anchor]
            boxes.append((x0, x0 + wide, each.y - 7, each.y + 7, each.text))
            assert x0 >= -1, each.text
            assert x0 + wide <= 101, each.text
    for one, other in itertools.combinations(boxes, 2):
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart, (one[4], other[4])


def test_letters_of_links_do_not_lie_on_each_other(card):
    marks = [each for each in card.drawing.shapes if isinstance(each, Mark)]
    for one, other in itertools.combinations(marks, 2):
        assert abs(one.y - other.y) >= 24


def test_every_need_stands_in_every_picture(card):
    for need in TOWN.need:
        assert need.name in texts(card)
        assert need.name in card.alt


def test_the_words_read_easily(card):
    body = re.sub(r"<[^>]*>", ".\n", str(card.body))
    assert measure_all([card.takeaway, body, TOWN.note]).grade <= 9


# --- what a choice shows ------------------------------------------------------------------------


def test_before_anybody_is_met_there_is_the_list_and_no_gap_is_shown():
    card = drawn.start(KNOWN, TOWN)
    assert "Not seen" not in texts(card)
    assert "Library" in texts(card)
    assert "Mill tapes" not in card.html()


def test_a_plan_says_its_hours_and_shows_nothing_new():
    card = drawn.start(KNOWN, TOWN, ["innes", "hamish"])
    assert "Innes and Hamish" in card.takeaway
    assert "three hours of your six; three are left" in card.takeaway
    assert "Mill tapes" not in card.html()


@pytest.mark.parametrize("met", CHOICES.values(), ids=CHOICES)
def test_what_nobody_was_asked_about_is_named_nowhere(met):
    html = drawn.network(KNOWN, TOWN, met).html()
    seen = TOWN.seen(met)
    for asset in TOWN.asset:
        assert (asset.name.replace("'", "&#x27;") in html) == (asset.id in seen), asset.id


def test_other_conversations_show_another_town():
    pictures = {drawn.network(KNOWN, TOWN, met).alt for met in CHOICES.values()}
    assert len(pictures) == len(CHOICES)


def test_what_is_unseen_is_a_dotted_box_and_is_said_without_blame():
    card = drawn.network(KNOWN, TOWN, CHOICES["both"])
    unseen = len(TOWN.asset) - len(TOWN.seen(CHOICES["both"]))
    assert texts(card).count("Not seen") == unseen
    assert "nobody has asked Anjali, Alasdair, Jodie or Hamish yet" in card.body
    assert "Nobody can meet everyone" in card.body
    for word in ("should have", "failed", "forgot", "mistake"):
        assert word not in card.body


def test_a_link_says_whom_nobody_asked_and_what_somebody_who_was_asked_said():
    body = drawn.network(KNOWN, TOWN, ["nadifa"]).body
    assert "Not asked yet: Ruaridh." in body
    body = drawn.network(KNOWN, TOWN, ["fergus", "anjali"]).body
    assert "Anjali says not now" in body
    assert "What cannot be used yet" in body


def test_a_need_says_which_links_can_help_and_only_those_that_can_be_used():
    needs = texts(drawn.network(KNOWN, TOWN, CHOICES["both"]))
    assert "C can help a little." in needs
    assert "No link here can meet it." in needs
    needs = texts(drawn.network(KNOWN, TOWN, CHOICES["no list"]))
    assert needs.count("No link that can be used helps yet.") == 2


@pytest.mark.parametrize(
    ("met", "said"),
    [
        (["innes"], "one hour of your six; five are left"),
        (["innes", "nadifa", "jodie"], "five hours of your six; one is left"),
        (CHOICES["both"], "all of your six hours"),
        (["innes", "nadifa", "jodie", "hamish"], "seven hours, one more than you have"),
        (EVERYONE, "13 hours, seven more than you have"),
    ],
)
def test_the_hours_are_added_up_and_too_many_are_said_and_not_blocked(met, said):
    card = drawn.network(KNOWN, TOWN, met)
    assert said in card.takeaway
    assert all(TOWN.met([id])[0].says in card.body for id in met)


def test_nobody_is_met_twice_and_strangers_are_passed_over():
    twice = drawn.network(KNOWN, TOWN, ["innes", "innes", "nobody"])
    assert twice.takeaway == drawn.network(KNOWN, TOWN, ["innes"]).takeaway


# --- other choices ------------------------------------------------------------------------------


def test_another_choice_is_set_beside_ones_own_in_numbers_and_names():
    both = next(each for each in TOWN.choice if each.id == "both")
    card = drawn.beside(KNOWN, TOWN, ["hamish"], both)
    assert "shows six assets that yours does not, and misses three assets of yours" in card.takeaway
    assert "Mill tapes" in card.body
    assert "Your choice" in card.body
    for each in TOWN.choice:
        assert each.name in card.body


def test_ones_own_choice_is_known_for_what_it_is():
    both = next(each for each in TOWN.choice if each.id == "both")
    assert "the people you chose" in drawn.beside(KNOWN, TOWN, both.meets[::-1], both).takeaway


def test_in_print_everybody_has_their_say():
    html = drawn.printed(KNOWN, TOWN).html()
    for each in TOWN.conversation:
        assert each.says in html
    for link in TOWN.link:
        assert link.possible in html


def test_text_stays_text():
    town = replace(
        TOWN,
        name=EVIL,
        note=EVIL,
        conversation=tuple(replace(each, name=EVIL, says=EVIL) for each in TOWN.conversation),
        asset=tuple(replace(each, name=EVIL) for each in TOWN.asset),
        link=tuple(replace(each, possible=EVIL) for each in TOWN.link),
        need=tuple(replace(each, name=EVIL, stays=EVIL) for each in TOWN.need),
        choice=tuple(replace(each, name=EVIL) for each in TOWN.choice),
    )
    for card in (
        drawn.start(KNOWN, town, EVERYONE),
        drawn.network(KNOWN, town, EVERYONE),
        drawn.beside(KNOWN, town, ["innes"], town.choice[0]),
        drawn.printed(KNOWN, town),
    ):
        assert "<script" not in card.html()
