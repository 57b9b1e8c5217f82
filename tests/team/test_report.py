"""The report: what the scribe wrote, the pictures, last time, and a day to look again."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import icalendar
import pypdfium2
import pytest

from place_kit import cli, facts
from place_kit.answers import store
from place_kit.documents import text
from place_kit.problems import PlaceKitError
from place_kit.team import counts, entry, plan, report
from place_kit.team.pool import pool
from tests.answers.making import make_home
from tests.documents.verapdf import needs_java, validate
from tests.team.making import FROM_HERE, HOW, SESSION, person, team, willing

EVIL = "<script>alert(1)</script> #panic() *b*"
ACTION = {
    "action": "Ask the night workers when they could meet",
    "owner": "Duty worker",
    "date": "2026-12-14",
    "first_step": "Put up a notice at the depot",
    "measure": "Three of them have told us",
    "review": "2027-01-11",
}
ABOUT = {"team": "Merrow Quay team", "place": "Merrow Quay", "date": "2026-11-30", "people": "9"}


def say(home, name, value):
    kept = store.AnswerFile(plan.SET, store.file_for(plan.SET, home / "course"))
    kept.save(facts.question(f"{plan.SET}.{name}"), value)


def files_of(folder, entries):
    folder.mkdir()
    for each in entries:
        raw = entry.make(SESSION, each.round, each.code, each.answers, each.show)
        (folder / entry.file_name(each)).write_bytes(raw)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = make_home(tmp_path_factory.mktemp("report") / "mine")
    say(made, "session", [ABOUT])
    say(made, "actions", [ACTION, {"action": EVIL}])
    say(made, "evaluation", [{"useful": "5 gave 4", "before": "3", "after": "2"}])
    return made


@pytest.fixture(scope="module")
def written(home):
    now = files_of(home.parent / "now", [*team(9, 1), *team(9, 2, round=2)])
    before = files_of(home.parent / "before", team(7, 3))
    typed = ["team", "report", str(home), "--answers", str(now), "--last-time", str(before)]
    assert cli.main(typed) == 0
    return home / "record"


def said(home, *pools):
    return text.write(report.document(plan.read(home), SESSION, *pools))


def test_the_plan_stands_in_it_as_it_was_written_and_what_it_lacks_is_named(home):
    whole = said(home)
    for words in (*ACTION.values(), EVIL):
        if not words.startswith("202"):
            assert words in whole
    assert "14 December 2026" in whole
    assert (
        "Action 2 still lacks an owner’s role, a day, a first step, how you will all know and a "
        "day to look again."
    ) in whole
    assert "5 gave 4" in whole
    assert "We look again on: 30 December 2026" in whole


def test_it_says_draft_until_residents_have_shaped_it(home, tmp_path):
    assert "Draft, until residents have shaped it." in said(home)
    other = make_home(tmp_path / "mine")
    say(other, "shaped", "asked")
    assert "Draft, until residents have shaped it." in said(other)
    say(other, "shaped", "residents")
    assert "Draft" not in said(other)
    assert "by the team’s own account" in said(other)


def test_the_pictures_stand_in_the_word_file_with_their_words_and_tables(written):
    word = docx.Document(BytesIO((written / "team-report.docx").read_bytes()))
    drawn = word.element.findall(".//{*}docPr")
    assert len(drawn) > 10
    assert all(len(each.get("descr")) > 20 for each in drawn)
    assert len(word.tables) > len(drawn)


def test_fewer_than_five_are_not_shown_and_not_compared(home):
    few, enough = pool(willing(1, 2, 3, 4), SESSION), pool(willing(1, 2, 3, 4, 5), SESSION)
    assert SESSION.few in said(home, few)
    assert "median" not in said(home, few, counts.of(enough))
    assert "had fewer than five" in said(home, enough, counts.of(few))


def test_last_time_stands_beside_this_time(home):
    before = counts.of(pool(willing(1, 1, 2, 2, 2), SESSION))
    whole = said(home, pool(willing(4, 4, 4, 5, 5), SESSION), before)
    assert "Last time: median 2, middle half 1 to 2, n = 5" in whole
    assert "This time: median 4, middle half 4 to 5, n = 5" in whole


def test_last_time_can_be_the_counts_that_were_kept_when_the_files_were_deleted(home, tmp_path):
    now, before = pool(team(9, 1), SESSION), pool(team(7, 3), SESSION)
    (tmp_path / counts.NAME).write_bytes(counts.write(before))
    assert counts.read(tmp_path / counts.NAME, now) == counts.of(before)
    assert said(home, now, counts.read(tmp_path / counts.NAME, now)) == said(
        home, now, counts.of(before)
    )


@pytest.mark.parametrize(
    ("old", "new"), [(",Count,", ",Many,"), (",1,2,5", ",1,-2,5"), ("Round", '"Round')]
)
def test_counts_that_were_changed_are_refused_in_words(tmp_path, old, new):
    kept = tmp_path / counts.NAME
    raw = counts.write(pool(willing(1, 1, 2, 4, 5), SESSION)).decode("utf-8-sig")
    kept.write_text(raw.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PlaceKitError, match="cannot be read as the counts"):
        counts.read(kept, pool(willing(1, 1, 2, 4, 5), SESSION))


def test_counts_of_few_or_of_answers_that_are_no_more_are_not_compared(home, tmp_path):
    now = pool(willing(1, 1, 2, 4, 5), SESSION)
    for old, new in ((",1,2,5", ",1,1,5"), (",1,4,1,", ",1,6,1,")):
        raw = counts.write(now).decode("utf-8-sig")
        assert old in raw
        (tmp_path / counts.NAME).write_text(raw.replace(old, new, 1), encoding="utf-8")
        assert counts.read(tmp_path / counts.NAME, now) == {}
    other = counts.of(pool(team(6), SESSION))
    alone = {id: spread for id, spread in other.items() if "willing" not in id}
    assert "1 of 1 are not compared" in said(home, now, alone)


def test_how_it_was_is_pooled_from_round_two_and_not_of_fewer_than_five(home):
    people = [
        person(
            n, {HOW: {"safe": 4}, FROM_HERE: [{"change": f"Ask street {n}"}]}, round=2, show=ticked
        )
        for n, ticked in enumerate([(FROM_HERE,), (), (), (), ()])
    ]
    whole = said(home, pool(people, SESSION))
    assert "I felt safe to speak: the middle answer is 4, and half of 5 answers" in whole
    assert "Ask street 0" in whole
    assert "Ask street 1" not in whole
    assert "Counted by hand" in whole
    assert "I felt safe" not in said(home, pool([*people[1:], *willing(1, 2, 3, 4, 5)], SESSION))


def test_an_answer_to_an_earlier_form_is_left_out_aloud(tmp_path, capsys):
    made = make_home(tmp_path / "mine")
    say(made, "shaped", "residents")
    file = store.file_for(plan.SET, made / "course")
    file.write_text(file.read_text().replace('"residents"', '"everyone"'))
    assert cli.main(["team", "report", str(made)]) == 0
    told = capsys.readouterr().out
    assert "The answer to “Who has shaped this plan so far?” was left out" in told
    assert "earlier form" in said(made)
    assert "Draft, until residents" in said(made)


def test_files_that_were_not_taken_are_said_and_counted(home, tmp_path, capsys):
    drive = files_of(tmp_path / "drive", willing(1, 2, 3, 4))
    (drive / "notes.txt").write_text("x")
    assert cli.main(["team", "report", str(home), "--answers", str(drive)]) == 0
    assert "refused: notes.txt" in capsys.readouterr().out
    few = pool(willing(1, 2, 3, 4), SESSION)
    shown = text.write(report.document(plan.read(home), SESSION, few, left_out=1))
    assert "One file of the folder left out" in shown


def test_the_follow_up_is_a_day_in_a_calendar_thirty_days_on(written, home):
    raw = (written / "team-follow-up.ics").read_bytes()
    (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert event.start == date(2026, 12, 30)
    assert "Merrow Quay team" in event["summary"]
    assert "Duty worker" in event["description"]
    again = plan.calendar(plan.read(home), home)
    assert icalendar.Calendar.from_ical(again).walk("VEVENT")[0]["uid"] == event["uid"]


def test_an_empty_plan_still_makes_a_report_that_says_what_is_missing(tmp_path, capsys):
    made = make_home(tmp_path / "mine")
    assert cli.main(["team", "report", str(made)]) == 0
    assert sorted(path.name for path in (made / "record").iterdir()) == [
        "team-report.docx",
        "team-report.pdf",
    ]
    told = capsys.readouterr().out
    assert "No action is written down yet." in told
    assert "there is no follow-up yet" in told


def test_a_folder_without_a_course_is_refused(tmp_path):
    with pytest.raises(PlaceKitError, match="There is no course"):
        report.run(tmp_path, "our_place")


@needs_java
def test_the_pdf_keeps_to_pdf_ua_and_names_the_sources(written):
    (verdict,) = validate(written / "team-report.pdf")
    assert verdict.failed == ()
    read = pypdfium2.PdfDocument(written / "team-report.pdf")
    whole = "".join(page.get_textpage().get_text_range() for page in read)
    assert "Fiona Munro" in whole
    assert "#panic()" in whole
