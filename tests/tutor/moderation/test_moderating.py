import csv
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from place_kit.problems import PlaceKitError
from place_kit.tutor import commands
from place_kit.tutor.desk import gradebook, stopped
from place_kit.tutor.moderation import moderating, sheets
from place_kit.tutor.moderation.records import Moderation
from tests.tutor.course import ASSIGNMENT, SECRET
from tests.tutor.hostile import CANARY
from tests.tutor.moderation.conftest import LEARNERS, POINTS, take, wrote

LATER = "2026-11-22T10:00:00Z"


def draw(folder, **changes):
    return moderating.draw(folder, ASSIGNMENT, **{"percent": 10, "seed": "1", **changes})


def back(folder, levels, by="B. Second", comment="So."):
    """A second tutor's sheet, with levels by learner, read."""
    numbers = {one.learner: one.number for one in Moderation(folder, ASSIGNMENT).scripts().values()}
    path = folder.root.parent / "back.csv"
    rows = [(numbers[learner], level, comment) for learner, level in levels.items()]
    sheets.write(path, ("script", "level", "comment"), rows)
    return moderating.read(folder, path, by=by)


def settle(folder, *rows, by="A. First"):
    path = folder.root.parent / "agreed.csv"
    sheets.write(path, ("script", "settled", "reason"), rows)
    return moderating.settle(folder, path, by=by)


def number_of(folder, learner):
    scripts = Moderation(folder, ASSIGNMENT).scripts().values()
    (found,) = (one.number for one in scripts if one.learner == learner and not one.replaced)
    return found


def points_of(folder, learner):
    return gradebook.scores(folder.db_url, ASSIGNMENT, "cases", learner)["rubric"].points


def files(place):
    return {path.name: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_a_tenth_and_each_border_are_drawn(folder):
    drawn = draw(folder)
    assert (drawn.marked, drawn.at_random, drawn.border) == (12, 2, 2)
    scripts = drawn.moderation.scripts().values()
    assert {one.learner for one in scripts if one.border} == {"person.5", "person.10"}
    assert drawn.new == len(scripts) <= 4


def test_the_second_tutor_gets_nothing_that_says_whose_a_script_is_or_how_it_was_marked(folder):
    drawn = draw(folder, percent=100)
    given = files(drawn.moderation.for_second)
    assert len([name for name in given if name.endswith(".html")]) == 12
    for name, raw in given.items():
        text = name + raw.decode()
        assert not re.search(r"person\.\d", text)
        assert "Named" not in text
        assert "Fictional" not in text
        assert "8.4" not in text
    texts = "".join(raw.decode() for raw in given.values())
    assert all(wrote(number) in texts for number in (0, 1, 11))
    assert texts.count(SECRET) == 12  # the mark scheme, on each


def test_drawing_again_changes_nothing_at_all(folder):
    drawn = draw(folder)
    before = files(drawn.moderation.place)
    again = draw(folder, seed="another seed")
    assert again.new == 0
    assert files(drawn.moderation.place) == before


def test_the_same_seed_draws_the_same_scripts(folder):
    first = {one.whose for one in draw(folder).moderation.scripts().values()}
    (folder.root / "moderation").rename(folder.root / "gone")
    assert {one.whose for one in draw(folder).moderation.scripts().values()} == first


def test_a_sheet_that_is_being_filled_in_is_left_alone_and_new_scripts_get_their_own(folder):
    drawn = draw(folder)
    before = drawn.moderation.scripts()
    filled = drawn.sheet.read_bytes().replace(b",,", b",2,yes")
    drawn.sheet.write_bytes(filled)
    more = draw(folder, percent=50)
    assert drawn.sheet.read_bytes() == filled
    assert more.sheet.name == "second-marks-2.csv"
    added = {row.script for row in sheets.read(more.sheet, "level", "comment").rows}
    assert added == more.moderation.scripts().keys() - before.keys() != set()


def test_numbers_are_not_used_twice_in_a_folder(folder, monkeypatch):
    drawn = draw(folder)
    taken = set(drawn.moderation.scripts())
    (folder.root / "moderation" / "other").mkdir()
    drawn.moderation.key.rename(folder.root / "moderation" / "other" / "key.json")
    assert taken.isdisjoint(draw(folder).moderation.scripts())


def test_the_second_marks_stand_beside_the_first(folder):
    draw(folder, percent=100)
    levels = dict.fromkeys(LEARNERS, 2) | {"person.4": 3}
    (report,) = back(folder, levels).reports
    assert report.taken == 12
    assert report.to_come == 0
    # Without the borders, levels 2, 1, 2, 3, 0, 2, 1, 2, 3, 1 and for the borders 1 and 2.
    found = report.at_random
    assert (found.exact, found.one_apart, found.further, found.kappa) == (5, 6, 1, None)
    assert report.border.scripts == 0
    differ = {one.script.learner for one in report.to_settle}
    assert differ == {"person.1", "person.3", "person.4", "person.5", "person.7", "person.9",
                      "person.10", "person.11"}  # fmt: skip


def test_borders_are_counted_apart_from_what_chance_drew(folder):
    draw(folder, percent=0)
    levels = {one.learner: 2 for one in Moderation(folder, ASSIGNMENT).scripts().values()}
    (report,) = back(folder, levels).reports
    assert report.at_random.scripts == 2
    assert report.at_random.scripts + report.border.scripts == len(levels)


def test_reading_a_sheet_again_adds_nothing_and_a_changed_mind_is_kept_beside(folder):
    moderation = draw(folder, percent=100).moderation
    back(folder, {"person.1": 2, "person.2": 2})
    once = moderation.history.read_bytes()
    (report,) = back(folder, {"person.1": 2, "person.2": 2}, by="Somebody else").reports
    assert report.taken == 0
    assert moderation.history.read_bytes() == once
    back(folder, {"person.1": 3})
    held = json.loads(moderation.history.read_bytes())
    assert held[:2] == json.loads(once)
    assert moderation.seconds()[number_of(folder, "person.1")].second == 3


def test_rows_that_cannot_be_taken_are_said_and_the_others_are(folder):
    draw(folder, percent=100)
    good, odd = number_of(folder, "person.1"), number_of(folder, "person.2")
    path = folder.root.parent / "back.csv"
    path.write_text(f"script,level,comment\n{good},1,\n{odd},,names a colleague.\n1,2,\n")
    result = moderating.read(folder, path, by="B")
    assert [report.taken for report in result.reports] == [1]
    assert result.problems == [
        "Line 4, script 1: there is no script of this number. Left out.",
        f"Line 3, script {odd}: it has no level, and the second tutor says: names a colleague. "
        "Left out.",
    ]


def test_a_settled_level_is_in_the_gradebook_with_how_it_came_about(folder):
    moderation = draw(folder, percent=100).moderation
    back(folder, {"person.1": 2})
    number = number_of(folder, "person.1")
    result = settle(folder, (number, 2, "There is a change named."))
    assert result.problems == []
    assert points_of(folder, "person.1") == 8.4
    event = json.loads(moderation.history.read_bytes())[-1]
    assert event.pop("at").endswith("Z")
    assert event == {
        "what": "settled", "script": number, "first": 1, "second": 2, "settled": 2,
        "points": 8.4, "reason": "There is a change named.", "by": "A. First",
    }  # fmt: skip
    before = moderation.history.read_bytes()
    (again,) = settle(folder, (number, 2, "There is a change named.")).reports
    assert again.taken == 0
    assert moderation.history.read_bytes() == before


def test_a_run_that_stopped_between_gradebook_and_history_goes_on(folder, monkeypatch):
    moderation = draw(folder, percent=100).moderation
    back(folder, {"person.1": 2})
    with monkeypatch.context() as patch:
        patch.setattr(Moderation, "add", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            settle(folder, (number_of(folder, "person.1"), 2, "Yes."))
    assert points_of(folder, "person.1") == 8.4
    assert moderation.settled() == {}
    assert settle(folder, (number_of(folder, "person.1"), 2, "Yes.")).problems == []
    assert moderation.settled()[number_of(folder, "person.1")].first == 1


def test_a_settled_level_may_be_settled_anew_and_both_stay_in_the_history(folder):
    moderation = draw(folder, percent=100).moderation
    back(folder, {"person.1": 2})
    number = number_of(folder, "person.1")
    for level in (2, 3):
        assert settle(folder, (number, level, "An appeal.")).problems == []
    assert points_of(folder, "person.1") == 12
    held = json.loads(moderation.history.read_bytes())
    assert [one["settled"] for one in held if one["what"] == "settled"] == [2, 3]


def test_what_cannot_be_settled_is_said(folder):
    draw(folder, percent=100)
    back(folder, {"person.1": 2, "person.2": 3, "person.3": 3})
    gradebook.give_mark(folder, ASSIGNMENT, "person.2", "rubric", 0)
    one, two, four = (number_of(folder, f"person.{each}") for each in (1, 2, 4))
    problems = settle(folder, (one, 2, ""), (two, 3, "So."), (four, 3, "So.")).problems
    assert "say in a few words why" in problems[0]
    assert "the gradebook has 0 points now, and had 8.4" in problems[1]
    assert "it has no second mark yet" in problems[2]
    assert [points_of(folder, f"person.{each}") for each in (1, 2, 4)] == [4.8, 0, 0]


def test_where_both_agree_on_a_border_its_level_is_ready_to_be_settled(folder):
    moderation = draw(folder).moderation
    back(folder, {"person.5": 1, "person.10": 3})
    rows = {row["learner"]: row for row in csv.DictReader(open_(moderation.settle))}
    assert rows["person.5"]["settled"] == "1"
    assert rows["person.10"]["settled"] == ""
    assert moderating.settle(folder, moderation.settle, by="A").problems == []
    assert points_of(folder, "person.5") == 4.8
    assert points_of(folder, "person.10") == 9


def open_(path):
    return path.read_text("utf-8-sig").splitlines()


def test_what_was_typed_into_the_sheet_of_what_to_settle_stays(folder):
    moderation = draw(folder, percent=100).moderation
    back(folder, {"person.1": 2})
    typed = moderation.settle.read_text("utf-8-sig").replace("So.,,", "So.,2,We talked.")
    moderation.settle.write_text(typed)
    back(folder, {"person.3": 2})
    rows = {row["learner"]: row for row in csv.DictReader(open_(moderation.settle))}
    assert rows["person.1"]["reason"] == "We talked."
    assert rows["person.3"]["reason"] == ""


def test_other_words_are_another_script(folder, tmp_path):
    moderation = draw(folder, percent=100).moderation
    before = number_of(folder, "person.1")
    take(folder, tmp_path / "inbox", "person.1", "Quite other words.", LATER)
    assert draw(folder, percent=100).waiting == 1
    gradebook.give_mark(folder, ASSIGNMENT, "person.1", "rubric", 8.4)
    drawn = draw(folder, percent=100)
    after = number_of(folder, "person.1")
    assert before != after
    assert not (moderation.for_second / f"script-{before}.html").exists()
    assert "Quite other words." in (moderation.for_second / f"script-{after}.html").read_text()
    assert [row.script for row in sheets.read(drawn.sheet, "level", "comment").rows] == [after]
    path = folder.root.parent / "back.csv"
    path.write_text(f"script,level,comment\n{before},2,\n")
    (problem,) = moderating.read(folder, path, by="B").problems
    assert "handed in other words since" in problem


def test_a_submission_whose_marking_was_stopped_goes_to_nobody(folder):
    moderation = draw(folder, percent=100).moderation
    script = number_of(folder, "person.1")
    stopped.stop(folder, "person.1", ASSIGNMENT, by="A. First")
    assert draw(folder, percent=100).marked == 11
    assert not (moderation.for_second / f"script-{script}.html").exists()
    (problem,) = back(folder, {"person.1": 2}).problems
    assert "the marking of this submission was stopped" in problem
    stopped.resume(folder, "person.1", ASSIGNMENT)
    draw(folder, percent=100)
    assert (moderation.for_second / f"script-{script}.html").exists()


def test_a_learner_can_be_forgotten_and_the_levels_stay(folder):
    moderation = draw(folder, percent=100).moderation
    script = number_of(folder, "person.1")
    moderation.for_second.joinpath("second-marks.csv").write_text(
        f"script,level,comment\n{script},2,quotes them\n{number_of(folder, 'person.2')},2,other\n"
    )
    back(folder, {"person.1": 2}, comment="quotes them")
    back(folder, {"person.2": 3}, comment="other")
    settle(folder, (script, 2, "quotes them too"))
    moderating.forget(folder, "person.1")
    held = b"".join(files(folder.root / "moderation").values()).decode()
    assert wrote(1) not in held
    assert "quotes them" not in held
    assert wrote(2) in held
    assert "other" in held
    assert moderation.settled()[script].settled == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_forgetting_one_learner_keeps_every_other_row_of_a_sheet_byte_for_byte(folder, encoding):
    moderation = draw(folder, percent=100).moderation
    mine, other = number_of(folder, "person.1"), number_of(folder, "person.2")
    theirs = [f"{mine};2;quotes them\r\n", f'{mine};9;"quotes\nthem"\r\n', f"{mine} or so;1;q\r\n"]
    others = [f"{other};nine;é\r\n", f"{other};2;twice\n", "?;1;whose?\r\n", f"{other};3;='\r\n"]
    rows = [row for pair in zip(others, [*theirs, ""], strict=True) for row in pair]
    sheet = moderation.for_second / "second-marks.csv"
    sheet.write_bytes("".join(["Script;Level;Comment\r\n", *rows]).encode(encoding))
    moderating.forget(folder, "person.1")
    left = "".join(["Script;Level;Comment\r\n", *others])
    assert sheet.read_bytes() == left.encode(encoding)


def test_forgetting_leaves_no_spoiled_sheet_and_says_which_one_it_cannot_read(folder):
    moderation = draw(folder, percent=100).moderation
    spoiled = moderation.settle.with_suffix(".spoiled.csv")
    spoiled.write_text("who,what\nperson.1,quotes them\n")
    sheet = moderation.for_second / "second-marks.csv"
    sheet.write_text("who,what\n")
    with pytest.raises(PlaceKitError, match=r"second-marks\.csv may say something .* delete it"):
        moderating.forget(folder, "person.1")
    sheet.unlink()
    moderating.forget(folder, "person.1")
    assert not spoiled.exists()
    assert not any(one.learner == "person.1" for one in moderation.scripts().values())


def test_a_damaged_key_is_told_and_nothing_is_written_over_it(folder):
    moderation = draw(folder).moderation
    for spoiled in (b"{", b"[]", b'{"seed": "1", "scripts": [{"number": 3}]}'):
        moderation.key.write_bytes(spoiled)
        with pytest.raises(PlaceKitError, match=r"key\.json cannot be read"):
            draw(folder)
        assert moderation.key.read_bytes() == spoiled


def test_the_command_tells_what_to_give_away_and_what_to_settle(folder, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "200")
    assert commands.moderate(folder.root, seed="1") == 0
    said = capsys.readouterr().out
    assert "of 12 marked scripts, 2 at random and 2 on a border" in said
    assert f"moderation/{ASSIGNMENT}/for-second-tutor, and nothing else" in said
    sheet = Moderation(folder, ASSIGNMENT).for_second / "second-marks.csv"
    rows = sheet.read_text("utf-8-sig").replace(",,", ",2,So")
    sheet.write_text(f"{rows}123,2,\n")
    assert commands.read_second_marks(folder.root, sheet, by="B. Second") == 1
    said = capsys.readouterr().out
    assert "script 123: there is no script of this number" in said
    assert "At random, 2 scripts: the same level" in said
    assert "No coefficient: 30 scripts at random are needed" in said
    assert "to settle: talk" in said
    path = Moderation(folder, ASSIGNMENT).settle
    commands.settle(folder.root, path, by="A. First")
    assert "now" in capsys.readouterr().out


def test_what_is_typed_wrongly_is_told(folder):
    with pytest.raises(PlaceKitError, match="There is no assignment 99"):
        commands.moderate(folder.root, assignment="99")
    with pytest.raises(PlaceKitError, match="from 0 to 100"):
        commands.moderate(folder.root, percent=101)


def test_with_nothing_marked_there_is_nothing_to_draw(marking, capsys):
    assert commands.moderate(marking.root) == 0
    assert "Nothing is marked by the rubric yet" in capsys.readouterr().out


@pytest.mark.browser
def test_a_script_is_a_page_for_everyone_and_what_was_written_stays_text(folder, browser):
    draw(folder)
    path = (
        Moderation(folder, ASSIGNMENT).for_second / f"script-{number_of(folder, 'person.5')}.html"
    )
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert "{{ 7*7 }}" in page.inner_text("blockquote")
    assert "<script>window.hostile=1</script>" in page.inner_text("blockquote")
    assert page.evaluate(CANARY) is None
    assert page.locator("blockquote *, iframe, img, a, script, form, base").count() == 0
    assert asked == [path.as_uri()]
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


def test_every_first_mark_is_still_what_the_first_tutor_gave(folder):
    draw(folder, percent=100)
    back(folder, dict.fromkeys(LEARNERS, 0))
    assert [points_of(folder, learner) for learner in LEARNERS] == list(POINTS)
