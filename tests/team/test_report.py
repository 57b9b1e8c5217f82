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
from place_kit.team import entry, plan, report
from place_kit.team.pool import pool
from tests.answers.making import make_home
from tests.documents.verapdf import needs_java, validate
from tests.team.making import SESSION, team, willing

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
    say(made, "evaluation", [{"useful": "8 yes, 1 partly", "before": "3", "after": "2"}])
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
    assert "Action 2 still lacks an owner’s role and a day and how you will all know." in whole
    assert "8 yes, 1 partly" in whole
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
    assert "median" not in said(home, few, enough)
    assert "had fewer than five" in said(home, enough, few)


def test_last_time_stands_beside_this_time(home):
    whole = said(home, pool(willing(4, 4, 4, 5, 5), SESSION), pool(willing(1, 1, 2, 2, 2), SESSION))
    assert "Last time: median 2, middle half 1 to 2, n = 5" in whole
    assert "This time: median 4, middle half 4 to 5, n = 5" in whole


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
