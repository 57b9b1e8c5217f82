"""The map of stories and the map of willingness: the reader's places, the course's ranges."""

from __future__ import annotations

import pytest

from place_kit import facts
from place_kit.facts.activities import lens as lenses
from place_kit.show import lens, placing, willing
from place_kit.show.drawing import Box, Mark, Words

# What holds for every picture holds for these: the same tests, with the cards below.
from tests.show.test_pictures import (  # noqa: F401
    test_a_picture_has_a_takeaway_an_alternative_text_a_table_and_a_source,
    test_a_picture_is_still_and_has_no_bar_of_buttons,
    test_every_colour_is_one_of_the_shared_look,
    test_no_two_lines_of_words_lie_on_each_other,
    test_one_bundle_holds_all_of_it,
    test_plotly_itself_accepts_the_specification,
    test_text_stands_out_and_shapes_can_be_seen,
    test_the_drawing_without_plotly_has_every_word_mark_and_bar,
    test_the_front_end_is_told_the_words_of_the_picture,
    test_the_specification_is_plain_json,
    test_what_jupyterlab_shows_has_the_words_around_the_drawing_once,
)

KNOWN = lenses.load()
ALL = lens.stories(KNOWN)
ROLES = facts.question("01_place_lens.willing")


def answers(x=3, y=3, **places):
    """Ratings for every story: the same, but for those named."""
    found: dict[str, dict[str, int]] = {}
    for one in ALL:
        asked = KNOWN.rounds[one.told_in]
        place = places.get(one.id, (x, y))
        if place:
            found.setdefault(asked.who, {})[one.id] = place[0]
            found.setdefault(asked.start, {})[one.id] = place[1]
    return found


def roles(**places):
    return (
        {id: place[0] for id, place in places.items()},
        {id: place[1] for id, place in places.items()},
    )


SPREAD = answers(
    classes=(5, 5), ranking=(1, 1), form=(4, 5), fire=(1, 1), safe_night=(2, 3), trust=None
)
PICTURES = {
    "nothing placed": lambda: lens.own(KNOWN, {}, ALL),
    "own": lambda: lens.own(KNOWN, SPREAD, ALL),
    "all in one field": lambda: lens.own(KNOWN, answers(), ALL),
    "with ranges": lambda: lens.reasoned(KNOWN, SPREAD, ALL),
    "ranges alone": lambda: lens.reasoned(KNOWN, {}, ALL),
    "one round": lambda: lens.reasoned(KNOWN, SPREAD, lens.stories(KNOWN, "first")),
    "willing": lambda: willing.willing(ROLES, *roles(me=(5, 5), managers=(1, 4), residents=(4, 1))),
    "nobody rated": lambda: willing.willing(ROLES, {}, {}),
    **{
        f"{id}, {'with' if reasons else 'without'} reasons": lambda id=id, reasons=reasons: (
            lens.story(KNOWN, id, SPREAD, with_reasons=reasons)
        )
        for id in KNOWN.vignettes
        for reasons in (False, True)
    },
}


@pytest.fixture(params=PICTURES, ids=str)
def card(request):
    return PICTURES[request.param]()


def marks(card, symbol="circle"):
    return [
        each
        for each in card.drawing.shapes
        if isinstance(each, Mark) and each.symbol == symbol and not each.label.startswith("You,")
    ]


def frames(card):
    """The course's ranges, the one that explains them left out."""
    found = [each for each in card.drawing.shapes if isinstance(each, Box) and each.dash == "dash"]
    return [each for each in found if each.x1 != 8]


def test_only_what_is_placed_on_both_axes_is_drawn():
    half = {"01_place_lens.who_first": {"classes": 5, "damp": 4}}
    half["01_place_lens.start_first"] = {"damp": 1}
    drawn = lens.own(KNOWN, half, ALL)
    assert {each.label for each in marks(drawn)} == {"Damp"}
    assert "one of ten" in drawn.takeaway
    assert drawn.table.rows[0][1:] == ("5", "Open")


def test_a_point_moves_with_its_answer():
    left = marks(lens.own(KNOWN, answers(damp=(1, 1)), lens.stories(KNOWN)[2:3]))[0]
    right = marks(lens.own(KNOWN, answers(damp=(5, 5)), lens.stories(KNOWN)[2:3]))[0]
    assert left.x < right.x
    assert left.y > right.y


def test_the_readers_own_map_holds_no_range():
    assert frames(lens.own(KNOWN, SPREAD, ALL)) == []
    assert "course’s range" not in lens.own(KNOWN, SPREAD, ALL).html()


def test_ten_in_one_field_do_not_lie_on_each_other():
    drawn = marks(lens.own(KNOWN, answers(), ALL))[:10]
    spots = {(round(each.x, 1), round(each.y)) for each in drawn}
    assert len(spots) == 10
    # On the narrowest place, 300 px, one per cent is 3 px.
    for one in drawn:
        for other in drawn:
            if one is not other:
                gap = ((one.x - other.x) * 3) ** 2 + (one.y - other.y) ** 2
                assert gap >= placing.POINT**2


def test_every_story_has_a_frame_and_it_is_a_range_and_not_a_dot():
    drawn = frames(lens.reasoned(KNOWN, {}, ALL))
    assert len(drawn) == 10
    assert sum(each.x1 - each.x0 > 10 for each in drawn) >= 8


def test_shape_and_words_tell_inside_from_outside():
    drawn = lens.reasoned(KNOWN, SPREAD, ALL)
    assert {each.label for each in marks(drawn, "diamond")} == {"Strengths form: you"}
    assert "Outside: Strengths form (4)." in drawn.takeaway
    assert "Outside is not wrong." in drawn.takeaway


def test_a_point_lies_in_its_frame_exactly_if_it_is_in_the_range():
    for x in range(1, 6):
        for y in range(1, 6):
            told = [KNOWN.vignettes["bus"]]
            drawn = lens.reasoned(KNOWN, answers(bus=(x, y)), told)
            (frame,) = frames(drawn)
            (point,) = marks(drawn) or marks(drawn, "diamond")
            within = frame.x0 < point.x < frame.x1 and frame.y0 < point.y < frame.y1
            assert within == (2 <= x <= 4 and 2 <= y <= 4)
            assert (point.symbol == "circle") == within


def test_where_all_lie_in_range_it_says_so():
    inside = {one.id: (one.who.low, one.start.low) for one in ALL}
    assert lens.reasoned(KNOWN, answers(**inside), ALL).takeaway.startswith("All ten")
    alone = lens.reasoned(KNOWN, answers(), [KNOWN.vignettes["bus"]])
    assert alone.takeaway.startswith("Your point lies")


def test_a_story_opens_its_reasons_and_where_others_differ():
    for one in ALL:
        shown = lens.story(KNOWN, one.id, {}, with_reasons=True).html()
        for text in (one.text, one.who.reason, one.start.reason, one.differ, one.called):
            assert text in shown
        assert one.who.reason not in lens.story(KNOWN, one.id, {}, with_reasons=False).html()


def test_the_source_says_that_no_study_stands_behind_it():
    for make in PICTURES.values():
        source = make().source
        assert "no study" in source or "how it looks to you" in source


def test_in_print_every_reason_is_there_and_no_answer():
    card = lens.printed(KNOWN, {}, ALL)
    assert card.drawing is None
    for one in ALL:
        assert one.differ in card.html()
    assert {row[1] for row in card.table.rows} == {"Open"}


# --- how willing --------------------------------------------------------------------------------


def test_a_guess_is_named_as_a_guess():
    shown = willing.willing(ROLES, *roles(managers=(1, 1), me=(5, 5)))
    assert "Mostly a guess: Managers. Ask before you build on it." in shown.takeaway
    assert "no, or nearly" not in shown.takeaway


def test_somebody_who_said_no_may_have_a_reason():
    shown = willing.willing(ROLES, *roles(managers=(2, 5)))
    assert "no, or nearly: Managers. They may have a reason worth hearing." in shown.takeaway
    assert "You guessed at none of them." in shown.takeaway


def test_a_choice_shows_only_those_it_names():
    rated = roles(managers=(2, 5), residents=(4, 1), me=(3, 3))
    assert {each.label for each in marks(willing.willing(ROLES, *rated, which="guessed"))} == {
        "Other residents"
    }
    assert {each.label for each in marks(willing.willing(ROLES, *rated, which="known"))} == {
        "Managers"
    }
    nobody = willing.willing(ROLES, *roles(me=(3, 3)), which="guessed")
    assert nobody.takeaway == "You rated nobody in this way."


def test_every_role_has_a_short_name_and_both_questions_ask_about_the_same_roles():
    assert {item.id for item in ROLES.items} == set(willing.SHORT)
    other = facts.question("01_place_lens.how_known")
    assert [item.id for item in other.items] == [item.id for item in ROLES.items]


def test_a_number_stands_for_the_same_role_whoever_is_shown():
    shown = willing.willing(ROLES, *roles(residents=(4, 1)), which="guessed")
    assert "6" in {each.text for each in shown.drawing.shapes if isinstance(each, Words)}
