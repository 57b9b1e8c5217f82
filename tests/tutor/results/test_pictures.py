import itertools

import pytest

from place_kit.show import template
from place_kit.show.drawing import Bar, Words
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.results import pictures
from place_kit.tutor.results.cohort import levels
from place_kit.tutor.results.grades import Grade, Sheet
from place_kit.tutor.results.notebook import Cohort, render
from place_kit.tutor.results.reading import Picture
from tests.show.contrast import contrast
from tests.tutor.hostile import TEXTS
from tests.tutor.results.test_cohort import KEYS, result

KINDS = {
    "choose_one": ["a", "c", "c", "b", "c"],
    "choose_several": [["a"], ["a", "c"], ["b"], ["c"], None],
    "classify": [{"x": "a", "y": "a"}] * 5,
    "match": [{"x": "b", "y": "b"}] * 5,
    "order": [["x", "y", "z"]] * 5,
    "number": ["54", "70", "54", None, "9"],
}


def grades(*outcomes):
    return tuple(
        Grade(Learner(f"l{at}", f"First{at}", "Last"), outcome)
        for at, outcome in enumerate(outcomes)
    )


def picture(*outcomes, found=(), given=(), stopped=0):
    sheet = Sheet("03_cases", "Five cases", 10.0, 12.0, grades(*outcomes), stopped)
    return Picture(sheet, tuple(given), levels(found, range(4)))


FULL = picture(
    *["passed"] * 4,
    "not yet",
    "waiting",
    "not handed in",
    found=[2, 2, 3, 2, 1, None],
    given=[result(kind, *values) for kind, values in KINDS.items()],
)
CARDS = [
    pictures.handed_in([FULL.sheet], names=True),
    pictures.questions(FULL),
    *pictures.answers(FULL),
    pictures.levels(FULL),
]


# --- every picture ----------------------------------------------------------------------------


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title)
def test_a_picture_has_its_words_its_table_and_a_figure_that_plotly_takes(card):
    import plotly.graph_objects as go

    assert card.takeaway
    assert card.alt
    assert card.source
    assert {len(row) for row in card.table.rows} == {len(card.table.columns)}
    go.Figure({name: part for name, part in card.figure.items() if name != "config"})


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title)
def test_words_can_be_read_and_do_not_lie_on_each_other(card):
    places = []
    for shape in card.drawing.shapes:
        if isinstance(shape, Words):
            assert contrast(shape.colour, template.PAPER) >= 4.5
            places.append((shape.y - shape.size / 2, shape.y + shape.size / 2))
        elif isinstance(shape, Bar):
            assert 0 < shape.value <= 100
            assert contrast(shape.colour, template.TRACK) >= 3
            places.append((shape.y - shape.height / 2, shape.y + shape.height / 2))
    for (top, bottom), (other, end) in itertools.pairwise(places):
        assert bottom <= other < end, (top, other)


def test_every_number_of_a_picture_says_of_how_many():
    for card in CARDS:
        texts = [shape.text for shape in card.drawing.shapes if isinstance(shape, Words)]
        assert all(" of " in text or "n = " in text for text in texts if "%" in text)


# --- who has handed in ------------------------------------------------------------------------


def test_hand_ins_are_counted_by_what_became_of_them():
    card = pictures.handed_in([FULL.sheet])
    assert card.takeaway == "Five cases: 6 of 7 have handed in. 1 hand-in waits for a mark."
    assert card.table.rows == (("Five cases", "6", "1", "1", "4", "1", "0"),)


def test_names_are_shown_only_when_asked_for():
    without = render(Cohort({"03_cases": FULL}))
    assert not any(name in without for name in ("First", "Last", "(l6)"))
    html = pictures.handed_in([FULL.sheet], names=True).html()
    for at, shown in {6: True, 5: True, 4: True, 0: False}.items():
        assert (f"<bdi>First{at} Last</bdi> (l{at})" in html) is shown


def test_what_is_stopped_is_told_and_never_named():
    card = pictures.handed_in([picture("passed", stopped=1).sheet], names=True)
    assert "The marking of 1 is stopped" in card.takeaway
    assert card.table.rows[0][-1] == "1"


def test_an_empty_cohort_is_told_in_words():
    assert "Nobody is on the roster yet" in pictures.handed_in([]).takeaway
    assert "Nobody is on the roster yet" in pictures.handed_in([picture().sheet]).takeaway
    nobody = picture("not handed in", "not handed in")
    said = pictures.handed_in([nobody.sheet]).takeaway
    assert said == "Nothing has been handed in yet, by 2 learners on the roster."
    for card in (pictures.questions(nobody), pictures.levels(nobody)):
        assert card.takeaway == "Nobody has handed this in yet."
        assert card.drawing is None
    assert pictures.answers(nobody) == ()
    assert "Nothing has been handed in" in render(Cohort({"03_cases": nobody}))


def test_a_cohort_of_which_nothing_is_marked_is_told_in_words():
    all_wait = picture("waiting", "waiting")
    assert "2 hand-ins wait to be marked by rule" in pictures.questions(all_wait).takeaway
    by_rule = picture("waiting", found=[None], given=[result("choose_one", "a")])
    assert pictures.levels(by_rule).takeaway == "1 reflection waits for your mark."


# --- questions, answers, levels ---------------------------------------------------------------


def test_the_hardest_and_the_most_left_open_are_named():
    hard = result("choose_one", *"ccccb")
    easy = result("number", *["70"] * 5, None, None)
    said = pictures.questions(picture("passed", given=[easy, hard])).takeaway
    assert said.startswith("Hardest: “1. One” (0% of points, n = 5).")
    assert "by 2 of 7" in said
    alone = pictures.questions(picture("passed", given=[easy])).takeaway
    assert alone.startswith("In every question, those who answered earned 60% of the points")


def test_of_a_few_no_share_is_written_and_it_is_said_why():
    few = picture("passed", found=[2], given=[result("choose_one", "a", "c", "c")])
    cards = (pictures.questions(few), *pictures.answers(few), pictures.levels(few))
    for card in cards:
        assert "Of fewer than five, a share says little" in card.takeaway
        assert "%" not in card.alt + str(card.table) + card.takeaway
    assert "mean 2 of 6, n = 3" in pictures.questions(few).alt


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("choose_one", "Most often given, and not right: “Option c”, 3 of 5."),
        ("choose_several", "Most often left out: “Option b (right)”, 3 of 4."),
        ("classify", "Most often given, and not right: “Option a” for “Item y”, 5 of 5."),
        ("order", "Most often the other way round: “Item y” before “Item x”, 5 of 5."),
        ("number", "Most often given, and not right: “54 per cent”, 2 of 4."),
    ],
)
def test_the_most_frequent_slip_is_said(kind, said):
    (card,) = pictures.answers(picture("passed", given=[result(kind, *KINDS[kind])]))
    assert card.takeaway.startswith(said)


def test_a_choice_shows_each_answer_that_was_given_the_right_one_first():
    (card,) = pictures.answers(picture("passed", given=[result("choose_one", *"acbcc")]))
    texts = [shape.text for shape in card.drawing.shapes if isinstance(shape, Words)]
    assert texts[0] == "How many gave each answer"
    assert texts[1::2] == ["Option a (right)", "Option c", "Option b"]
    assert texts[2::2] == ["1 of 5 (20%)", "3 of 5 (60%)", "1 of 5 (20%)"]


def test_of_several_the_bars_are_those_who_chose_right_or_wrong():
    made = result("choose_several", ["a", "c"], ["a"], ["c"], ["c"], ["b", "c"])
    (card,) = pictures.answers(picture("passed", given=[made]))
    texts = [shape.text for shape in card.drawing.shapes if isinstance(shape, Words)]
    assert texts[0] == "How many chose each option"
    assert dict(zip(texts[1::2], texts[2::2], strict=True)) == {
        "Option a (right)": "2 of 5 (40%)",
        "Option b (right)": "1 of 5 (20%)",
        "Option c (not right)": "4 of 5 (80%)",
    }


@pytest.mark.parametrize("kind", KEYS)
def test_where_all_is_right_it_is_said(kind):
    good = {"choose_several": ["a", "b"], "number": "70", "order": ["y", "x", "z"],
            "choose_one": "a"}.get(kind, {"x": "a", "y": "b", "z": "a"})  # fmt: skip
    if kind == "match":
        good = {"x": "a", "y": "b"}
    (card,) = pictures.answers(picture("passed", given=[result(kind, *[good] * 6)]))
    assert card.takeaway == "All 6 who answered have all of it right."


def test_parts_that_were_left_open_are_not_called_right():
    (card,) = pictures.answers(picture("passed", given=[result("classify", *[{"x": "a"}] * 5)]))
    assert card.takeaway == "Nothing that was given is wrong; parts were left open."


def test_whatever_somebody_is_called_stays_text():
    for text in TEXTS.values():
        sheet = Sheet("a", "A", 1.0, 1.0, (Grade(Learner("l", text, text), "not handed in"),
                                           Grade(Learner("m"), "passed")))  # fmt: skip
        typed = result("number", text[:40], "70")
        html = render(Cohort({"a": Picture(sheet, (typed,))}, names=True))
        assert "<script" not in html.lower()
        assert "<img" not in html.lower()
        assert not {"\u202e", "\x1b", "\x00"} & set(html)
