"""The CPL / CPD record: all that is known, in every format, and what is missing in words."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from place_kit import cli, facts
from place_kit.answers import store, trial
from place_kit.documents import docx, pdf, text
from place_kit.problems import PlaceKitError
from place_kit.record import cpd, known, making
from tests.documents.making import EMOJI, GAELIC, HEBREW, LONG, POLISH, docx_texts, pdf_text, same
from tests.documents.verapdf import needs_java, validate
from tests.record.making import OWN, answer, do_all, do_module, folder

ENDORSEMENT = re.compile(r"endors|accredit|approved by|recognised by|SSSC|certified", re.IGNORECASE)
HOSTILE = "=1+1 <b>bold</b> #emph[x] \x1b[31m"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a learner who has done everything."""
    return do_all(folder(tmp_path_factory.mktemp("record") / "mine"))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return folder(tmp_path / "mine")


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline="")))


def test_every_field_of_a_cpd_record_is_there(done):
    made = text.write(cpd.document(known.read(done)))
    for label in (
        *("Name", "Role", "Dates", "Activity", "Provider and version", "Minutes"),
        *("Formal or informal", "Core learning element", "Code reference", "Verified by"),
    ):
        assert f"\n{label}: " in made, label
        assert f"\n{label}: {cpd.OPEN}" not in made, label
    for heading in ("What I learned", "What I will change", "Evidence", "Next step"):
        assert f"\n\n{heading}\n\n" in made, heading
    assert "What came of it (filled in later)\n\nThe lunch club chose its own day." in made
    assert cpd.missing(known.read(done)) == ()


def test_what_the_answers_say_is_not_asked_again(done):
    read = known.read(done)
    assert len(read.done) == len(read.modules) == 8
    assert read.minutes == sum(each.module.minutes for each in read.modules)
    (tried,) = [each for each in read.intentions if each.module]
    assert tried.action.endswith("try_at_work action")
    assert [each.action for each in read.intentions if not each.module] == [f"{known.PLAN} action"]
    in_modules = [
        question
        for each in read.modules
        for question in facts.questions_of(each.module.id)
        if question.kind == "reflect" and not question.later
    ]
    assert len(read.reflections) == len(in_modules)
    first, last = read.dates
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", first)
    assert first <= last


def test_how_the_trial_went_is_what_came_of_it_until_the_learner_says_more(mine):
    do_module(mine, "00_welcome")
    answer(mine, trial.WENT, "Two neighbours came.")
    assert known.read(mine).own["impact"] == "Two neighbours came."
    answer(mine, "record.impact", "They come every week now.")
    assert known.read(mine).own["impact"] == "They come every week now."


def test_reflections_go_in_only_when_the_learner_says_so(mine):
    do_module(mine, "03_cases")
    answer(mine, "03_cases.how_i_change", "A private thought.")
    written = text.write(cpd.document(known.read(mine)))
    assert "A private thought." not in written
    assert b"A private thought." not in cpd.log(known.read(mine))
    answer(mine, "record.reflections", "all")
    assert "A private thought." in text.write(cpd.document(known.read(mine)))
    assert b"A private thought." in cpd.log(known.read(mine))


def test_a_record_with_nothing_done_says_what_is_missing(mine, capsys):
    assert cli.main(["record", str(mine)]) == 1
    said = capsys.readouterr().err
    assert "no question of any module is answered" in said
    assert "your name; your role; whether it was formal" in said
    assert not (mine / "record").exists()


def test_a_folder_without_a_course_is_named(tmp_path):
    with pytest.raises(PlaceKitError, match="There is no course in"):
        making.make(tmp_path, "record")


def test_the_command_makes_all_formats_and_says_what_is_open(mine, capsys):
    do_module(mine, "00_welcome")
    assert cli.main(["record", str(mine)]) == 0
    said = capsys.readouterr().out
    for format in ("docx", "pdf", "txt", "csv"):
        assert (mine / "record" / f"cpd-record.{format}").stat().st_size > 500
    assert "Still to fill in" in said
    assert "For later: what came of it; who verified it." in said
    assert "No module names yet what you will try at work." in said
    assert cli.main(["record", str(mine), "--format", "txt"]) == 0
    assert capsys.readouterr().out.startswith("Made again: ")


@pytest.mark.parametrize(
    "asked", [["--format", "txt,csv"], ["--format", "TXT", "--format", "csv"], ["--format=csv,txt"]]
)
def test_formats_are_told_from_the_folder_wherever_they_stand(mine, asked):
    do_module(mine, "00_welcome")
    for typed in ([*asked, str(mine)], [str(mine), *asked]):
        assert cli.main(["record", *typed]) == 0
    made = sorted(each.suffix for each in (mine / "record").iterdir())
    assert made == [".csv", ".txt"]


def test_a_format_that_there_is_not_and_one_in_the_folders_place_are_said(mine, capsys):
    with pytest.raises(SystemExit):
        cli.main(["record", str(mine), "--format", "odt"])
    assert "there is no odt; there are docx, pdf, txt, csv" in capsys.readouterr().err
    assert cli.main(["record", "--format", "docx", "pdf"]) == 1
    assert "--format docx,pdf" in capsys.readouterr().err


def test_one_half_done_module_is_said_to_be_that(mine):
    answer(mine, "00_welcome.try_it", "kept_here")
    made = text.write(cpd.document(known.read(mine)))
    assert "How far: 1 of 3 answered" in made
    assert "Minutes: No module is done yet." in made
    assert rows(cpd.log(known.read(mine)))[0]["Minutes"] == ""


def test_an_answer_file_that_cannot_be_read_is_named_and_the_rest_is_made(mine, capsys):
    do_module(mine, "00_welcome")
    (mine / "course" / "answers" / "03_cases.json").write_text("not json")
    assert cli.main(["record", str(mine), "--format", "txt"]) == 0
    assert "The answers of 03_cases could not be read" in capsys.readouterr().out


def test_the_log_has_a_row_a_module_and_one_for_the_whole(done):
    made = rows(cpd.log(known.read(done)))
    assert len(made) == 9
    assert {row["Name"] for row in made} == {"Mòrag Testperson"}
    assert sum(int(row["Minutes"]) for row in made[:-1]) == int(made[-1]["Minutes"])
    whole = made[-1]
    assert whole["What I learned"] == OWN["learned"]
    assert whole["Verified on"] == "2026-12-01"
    assert "CC BY-NC-SA 4.0" in whole["Source and licence"]


def test_markup_and_formulas_stay_text_in_every_format(mine):
    do_all(mine, learned=HOSTILE, about_me=[{"name": "=cmd|x", "role": "+44"}])
    read = known.read(mine)
    document = cpd.document(read)
    seen = HOSTILE.replace("\x1b", "\N{REPLACEMENT CHARACTER}")
    assert seen in docx_texts(docx.write(document))
    assert seen in text.write(document)
    assert seen in same(pdf_text(pdf.write(document)))
    whole = rows(cpd.log(read))[-1]
    assert (whole["Name"], whole["Role"]) == ("'=cmd|x", "'+44")
    assert whole["What I learned"] == f"'{seen}"


def test_long_and_many_tongued_texts_survive_every_format(mine):
    name = f"{HEBREW} {GAELIC}"
    written = f"{LONG}\n\n{POLISH} {EMOJI}"
    do_all(mine, about_me=[{"name": name, "role": POLISH}])
    answer(mine, "04_power.whose_voice", written)
    read = known.read(mine)
    document = cpd.document(read)
    words = same(written)
    assert words in same(" ".join(docx_texts(docx.write(document))))
    assert words in same(text.write(document))
    pages = same(pdf_text(pdf.write(document)))
    assert words in pages
    assert set(re.findall(r"\w+", same(name))) <= set(re.findall(r"\w+", pages))
    logged = rows(cpd.log(read))
    assert written in next(r for r in logged if "Power" in r["Activity"])["What I learned"]
    assert logged[0]["Name"] == name


@needs_java
def test_the_pdf_of_a_record_keeps_to_pdf_ua(done):
    making.make(done, "record", ("pdf",))
    making.make(done, "certificate", ("pdf",))
    for verdict in validate(*sorted((done / "record").glob("*.pdf"))):
        assert verdict.rules == 106
        assert verdict.failed == ()


def test_each_file_says_where_the_course_comes_from_and_its_licence(done):
    read = known.read(done)
    for kind, format in (("record", "txt"), ("certificate", "txt"), ("record", "csv")):
        made = making.content(read, kind, format).decode()
        assert "Fiona Munro" in made
        assert "CC BY-NC-SA 4.0" in made
    for write, look in ((docx.write, lambda raw: " ".join(docx_texts(raw))), (pdf.write, pdf_text)):
        made = same(look(write(cpd.document(read))))
        assert "CC BY-NC-SA 4.0" in made
        assert "Iriss, June 2015" in made


def test_no_word_suggests_that_a_regulator_stands_behind_it(done):
    read = known.read(done)
    texts = [making.content(read, kind, "txt").decode() for kind in ("record", "certificate")]
    texts += [question.prompt + question.help for question in facts.questions_of(known.SET)]
    for each in texts:
        assert not ENDORSEMENT.search(each), ENDORSEMENT.search(each)


def test_a_link_at_the_files_place_is_not_followed(mine, tmp_path):
    do_module(mine, "00_welcome")
    (mine / "record").mkdir()
    secret = tmp_path / "secret"
    secret.write_text("kept")
    (mine / "record" / "cpd-record.txt").symlink_to(secret)
    making.make(mine, "record", ("txt",))
    assert secret.read_text() == "kept"
    assert (mine / "record" / "cpd-record.txt").read_text().startswith("CPL / CPD record")


def test_a_record_has_the_learners_own_days_as_their_journal_has(mine, monkeypatch, far_east):
    monkeypatch.setattr(store, "now", lambda: "2026-11-23T12:00:00Z")  # past midnight there
    do_module(mine, "00_welcome")
    read = known.read(mine)
    assert "Dates: 24 November 2026\n" in text.write(cpd.document(read))
    assert {row["From"] for row in rows(cpd.log(read))} == {"2026-11-24"}


def test_what_a_step_of_the_plan_says_stays_whole_where_it_begins_with_a_day(mine):
    step = {"action": "Ask", "date": "2026-12-24", "measure": "2026-12-24: ten people came"}
    answer(mine, known.PLAN, [{**step, "review": "2026-12-31"}])
    (intended,) = known.read(mine).intentions
    assert (
        intended.more == "measure: 2026-12-24: ten people came; looked at again: 31 December 2026"
    )
