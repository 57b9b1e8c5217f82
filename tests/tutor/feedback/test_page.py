from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from place_kit.answers import returned
from place_kit.marking import MARK_MIME
from place_kit.tutor.desk import course_files
from place_kit.tutor.desk.gradebook import Score
from place_kit.tutor.desk.settings import Passing, Safeguarding, Settings, Words
from place_kit.tutor.feedback import page
from place_kit.tutor.feedback.as_html import render
from place_kit.tutor.feedback.page import Page, Part
from place_kit.tutor.feedback.rubric import LEVELS, level_of
from tests.tutor.course import ASSIGNMENT, CHOICE, REFLECT, SECRET, answers

MODULE = course_files.module_of(ASSIGNMENT)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} & \u202e \"'"


def marked_cell(mime, name="mark-choice"):
    result = new_output("execute_result", data={MARK_MIME: mime, "text/html": SECRET})
    return new_code_cell(
        f'assess.mark("{CHOICE.id}", key="{SECRET}")',
        outputs=[result],
        metadata={"nbgrader": {"grade_id": name}},
    )


def mark(**changes):
    item = {
        "id": "a",
        "label": "Your choice",
        "given": "This",
        "points": 1,
        "out_of": 2,
        "reason": "Half of it.",
    }
    return {"points": 1.0, "out_of": 2.0, "note": "", "items": [{**item, **changes}]}


def notebook(*cells):
    return new_notebook(
        cells=[
            new_markdown_cell("# Exercise: Five cases\n\nWords."),
            new_markdown_cell("## 1. Of how many?"),
            *cells,
            new_markdown_cell("## 2. Your reflection"),
            new_code_cell(f'ask.question("{REFLECT.id}")'),
            new_markdown_cell(SECRET, metadata={"nbgrader": {"grade_id": "rubric"}}),
        ]
    )


def scores(*, by_hand=True, waiting=False, points=9.0, comment="", rule_by_hand=False):
    rubric = Score("rubric", True, points, 12.0, by_hand, waiting, comment)
    by_rule = Score("mark-choice", False, 1.0, 2.0, rule_by_hand, False)
    return {"rubric": rubric, "mark-choice": by_rule}


def gather(cells=None, text="I asked.", choice=CHOICE.options[0].id, settings=None, **changes):
    cells = [marked_cell(mark())] if cells is None else cells
    given = {name: value for name, value in ((REFLECT.id, text), (CHOICE.id, choice)) if value}
    return page.gather(
        notebook(*cells),
        scores(**changes),
        answers(given),
        "Ada Lovelace",
        handed_in="2026-11-20T10:00:00Z",
        module=MODULE,
        settings=settings,
    )


def test_a_page_says_what_was_earned_by_rule_and_by_rubric():
    made = gather()
    assert (made.title, made.learner, made.settled) == ("Five cases", "Ada Lovelace", True)
    assert (page.points(made.by_rule), page.out_of(made.by_rule)) == (1, 2)
    assert (page.points(made.by_rubric), page.out_of(made.by_rubric)) == (9, 12)
    assert [part.prompt for part in made.parts] == [CHOICE.prompt, REFLECT.prompt]


def test_points_of_the_rubric_stand_for_a_level_in_words():
    assert [level_of(points, 20).number for points in (0, 8, 14, 20)] == [0, 1, 2, 3]
    assert [level_of(points, 20).number for points in (7.9, 13, 19.5)] == [0, 1, 2]
    assert level_of(0.7 * 14, 14).number == 2
    assert level_of(99, 12) is LEVELS[3]
    assert level_of(5, 0) is LEVELS[0]
    html = render(gather())
    assert "Level 2 of 3: Reflection" in html
    assert LEVELS[2].text in html


@pytest.mark.parametrize("state", [{"by_hand": False, "waiting": True}, {"waiting": True}])
def test_what_waits_for_the_tutor_is_said_and_not_counted(state):
    made = gather(**state, comment="not yet for the learner")
    assert made.waiting
    assert page.points(made.parts) == 1
    html = render(made)
    assert "Not marked yet" in html
    assert "1 points so far, of 14" in html
    assert "Level" not in html
    assert "not yet for the learner" not in html


def test_the_tutors_comment_is_there():
    assert "From your tutor</strong>Well asked." in render(gather(comment="Well asked."))


def test_no_key_no_mark_scheme_and_no_traceback_reach_the_learner():
    error = new_output("error", ename="KeyError", evalue=SECRET, traceback=[SECRET])
    failed = new_code_cell(
        f"assess.mark('{CHOICE.id}', key='{SECRET}')",
        outputs=[error],
        metadata={"nbgrader": {"grade_id": "mark-choice"}},
    )
    for html in (render(gather()), render(gather([failed]))):
        assert SECRET not in html
        assert "assess.mark" not in html
    assert "could not be marked by rule" in render(gather([failed]))


@pytest.mark.parametrize("bad", [[], "x", {"items": [{}]}, {"items": 3}, mark(more=1)])
def test_a_mark_that_cannot_be_read_breaks_no_page(bad):
    assert "could not be marked by rule" in render(gather([marked_cell(bad)]))


def test_whatever_was_written_stays_text():
    cells = [marked_cell(mark(given=HOSTILE, label=HOSTILE, reason=HOSTILE))]
    made = page.gather(
        notebook(*cells),
        scores(comment=HOSTILE),
        answers({REFLECT.id: HOSTILE}),
        HOSTILE,
        handed_in=HOSTILE,
        module=replace(MODULE, title=HOSTILE),
        settings=Settings(
            safeguarding=Safeguarding(HOSTILE), terms=Words(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
        ),
    )
    html = render(made)
    tags = Tags(html)
    assert not {"script", "img", "iframe", "object", "link"} & tags.names
    assert "{{ 7*7 }}" in html
    assert tags.foreign == []


def test_the_page_needs_nothing_from_anywhere():
    html = render(gather())
    assert "default-src 'none'" in html
    assert "http" not in html.replace("http-equiv", "")
    assert html == render(gather())


def test_the_page_is_marked_up_for_everybody():
    tags = Tags(render(gather()))
    assert tags.attributes["html"] == [{"lang": "en-GB"}]
    assert len(tags.attributes["main"]) == len(tags.attributes["h1"]) == 1
    levels = [int(name[1]) for name in tags.order if name in ("h1", "h2", "h3", "h4")]
    assert all(then - one <= 1 for one, then in pairwise(levels))
    assert all("scope" in one for one in tags.attributes.get("th", []))


def test_a_plan_is_shown_as_a_table():
    part = Part(
        "", "Plan", 0, 3, True, "waiting", rows=(("Ask", "Ada"),), headings=("Action", "Owner")
    )
    html = render(Page("Plan", "Ada", (part,)))
    assert '<th scope="col">Action</th>' in html
    assert "<td>Ask</td>" in html


def test_a_missing_reflection_is_said():
    assert "You did not write anything here." in render(gather(text=""))


def test_what_to_revisit_names_the_weakest_first_and_the_module():
    made = Page(
        "T",
        "Ada",
        (
            Part("1. One", "p", 1, 2, False, revisit=("Total Place",)),
            Part("2. Two", "p", 0, 2, False),
            Part("3. Three", "p", 2, 2, False),
            Part("3. Three", "q", 0, 2, True, "waiting"),
        ),
        module=MODULE,
    )
    assert [part.section for part in made.to_revisit] == ["2. Two", "1. One"]
    assert [made.name_of(part) for part in made.parts[:3]] == ["1. One", "2. Two", "3. Three p"]
    assert [part.section for part in made.strong] == ["3. Three"]
    html = render(made)
    assert "You find this in module 3, Five cases." in html
    assert "In the module, under “Total Place”" in html
    assert "In the list of modules choose 3. Five cases." in html


def test_each_link_leads_to_a_place_on_the_page():
    """From an e-mail's attachment no link to a notebook would lead anywhere."""
    tags = Tags(render(gather()))
    ids = [one["id"] for named in tags.attributes.values() for one in named if "id" in one]
    links = [one["href"] for one in tags.attributes["a"]]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert len(ids) == len(set(ids))


def test_whether_it_passed_is_said_by_the_rule_of_the_marking_folder():
    by_points = Settings(passing=Passing(by_rule=0.5, level=2))
    assert '<p class="verdict">Passed.</p>' in render(gather(settings=by_points))
    assert "Not passed yet. You have 1 of the 1.2 points" in render(gather())
    low = gather(points=5.0, settings=by_points)
    assert low.verdict.outcome == "not yet"
    assert "Your reflection is at level 1, and needs level 2 or above." in render(low)


@pytest.mark.parametrize("state", [{"by_hand": False}, {"comment": "Returned unmarked."}])
def test_whether_it_passed_is_not_said_before_all_is_settled(state):
    made = gather(**state, settings=Settings(passing=Passing(0, 0)))
    assert made.verdict is None
    assert 'class="verdict"' not in render(made)


def test_what_the_tutor_promises_stands_at_the_end():
    html = render(gather(settings=Settings(safeguarding=Safeguarding("A. Person"))))
    footer = html[html.index("<footer>") :]
    for words in (Words().resubmission, Words().appeals, Words().help, Words().spoken, "A. Person"):
        assert words in footer


@pytest.mark.parametrize("score", [{"by_hand": False, "waiting": True}, {"points": 0.0}])
def test_a_piece_that_names_a_person_comes_back_unmarked_with_what_to_do(score):
    made = gather(text="Ms Example did.", comment="Returned unmarked: blur her post.", **score)
    (part,) = made.returned
    assert (made.waiting, part.level, part.comment) == ((), None, "blur her post.")
    html = render(made)
    assert "Returned unmarked" in html
    assert "Change what could point to a person" in html
    assert "Press “Make my hand-in file”" in html
    assert "From your tutor</strong>blur her post." in html
    assert "Ms Example" not in html


def test_a_fault_of_the_rule_is_no_loss_and_is_the_tutors_to_settle():
    broken = {"points": 0, "out_of": 2, "note": "This could not be marked (KeyError).", "items": []}
    made = gather([marked_cell(broken)])
    assert [part.state for part in made.parts] == ["fault", "marked"]
    assert (made.settled, page.points(made.by_rule), made.to_revisit) == (False, 0, ())
    html = render(made)
    assert "a fault of the course, and not yours" in html
    assert "tell your tutor that “1. Of how many?” could not be marked" in html
    assert "KeyError" not in html
    settled = gather([marked_cell(broken)], rule_by_hand=True)
    assert settled.settled
    assert "Your tutor set the points of this question." in render(settled)
    assert "a fault of the course" not in render(settled)


def test_a_question_without_an_answer_says_what_to_do():
    empty = {"points": 0, "out_of": 2, "note": "You did not answer this.", "items": []}
    made = gather([marked_cell(empty)], choice=None)
    assert made.settled
    html = render(made)
    assert "You did not answer this." in html
    assert "no answer arrived" in html


def test_the_head_carries_what_the_learners_own_record_reads():
    assert returned.parse(render(gather())) == returned.Returned(
        ASSIGNMENT, 10, 14, passed=False, level=2, at="2026-11-20T10:00:00Z"
    )
    open_still = returned.parse(render(gather(by_hand=False)))
    assert (open_still.passed, open_still.level) == (None, None)


class Tags(HTMLParser):
    """Every tag of a page, in order, with its attributes; `foreign` are those that act or fetch."""

    def __init__(self, html):
        super().__init__()
        self.order, self.attributes, self.foreign = [], {}, []
        self.feed(html)

    @property
    def names(self):
        return set(self.order)

    def handle_starttag(self, tag, attributes):
        self.order.append(tag)
        self.attributes.setdefault(tag, []).append(dict(attributes))
        self.foreign += [
            (tag, name)
            for name, value in attributes
            if name.startswith("on") or name == "src" or (name == "href" and value[:1] != "#")
        ]
