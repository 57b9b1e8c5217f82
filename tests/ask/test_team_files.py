"""A participant's team file: the limits first, a tick for each text, one file, no name."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from place_kit import ask, facts
from place_kit.answers import forgetting, moving, store, teamcodes, teamfile
from place_kit.ask.form import Form
from place_kit.ask.team_files import TeamFile
from place_kit.facts import sessions
from tests.ask.bridge import bridge

SESSION = sessions.find("our_place")
WILLING, UNSAID, ASSETS = (f"team_session.{id}" for id in ("willing", "unsaid", "assets"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A learner's folder with a few answers to the session."""
    (tmp_path / ".place-kit").mkdir()
    here = tmp_path / "course"
    here.mkdir()
    monkeypatch.chdir(here)
    file = store.AnswerFile("team_session")
    file.save(facts.question(WILLING), {"me": 4, "residents": 2})
    file.save(facts.question(UNSAID), "Whom we never ask")
    return here


def tell(form, **what):
    form.answer = {"seq": form.reply["seq"] + 1, **what}
    return form.reply


def made(form, **what) -> teamfile.Entry:
    reply = tell(form, do="make", **{"round": 1, "show": [], **what})
    return teamfile.parse(reply["file"]["content"].encode(), SESSION)


def test_the_limits_stand_in_the_form_and_in_print(folder, monkeypatch):
    assert TeamFile(SESSION).spec["limits"] == list(SESSION.limits)
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    shown = ask.team_file("our_place")
    assert all(limit in shown.text for limit in SESSION.limits)
    assert "no team session" in ask.team_file("elsewhere").text


def test_asking_twice_gives_a_form_twice(folder, monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")
    assert isinstance(ask.team_file("our_place"), TeamFile)
    assert isinstance(ask.team_file("our_place"), TeamFile)


def test_only_what_is_ticked_enters_the_file(folder):
    form = TeamFile(SESSION)
    assert [one["id"] for one in form.reply["texts"]] == [UNSAID]
    assert made(form).answers == {WILLING: {"me": 4, "residents": 2}}
    assert made(form, show=[UNSAID]).answers[UNSAID] == "Whom we never ask"


def test_both_rounds_carry_one_code_until_another_session_begins(folder):
    form = TeamFile(SESSION)
    first, second = made(form), made(TeamFile(SESSION), round=2, show=[UNSAID], again=True)
    assert (first.round, second.round) == (1, 2)
    assert first.code == second.code
    assert UNSAID not in second.answers
    tell(form, do="renew")
    assert made(form).code != first.code


def test_what_stands_from_round_one_is_no_second_opinion_until_its_author_says_so(folder):
    form = TeamFile(SESSION)
    assert "nothing for round two" in tell(form, do="make", round=2, show=[])["notice"]
    store.AnswerFile("team_session").save(facts.question(SESSION.after[0]), {"safe": 4})
    assert made(form, round=2).answers.keys() == {SESSION.after[0]}
    assert made(form, round=2, again=True).answers.keys() == {SESSION.after[0], WILLING}
    assert WILLING in made(form).answers


def test_the_code_and_the_file_say_nothing_of_whose_they_are(folder):
    (folder.parent / ".place-kit" / "learner.json").write_text('{"learner": "morag"}')
    file = tell(TeamFile(SESSION), do="make", round=1, show=[UNSAID])["file"]
    assert "morag" not in json.dumps(file)
    assert not re.search(r"\d{4}-\d\d-\d\d", file["content"])
    kept = [path.name for path in folder.parent.rglob("*.json")]
    assert not [name for name in kept if name.startswith("team-our_place")]


def test_a_code_that_cannot_be_read_is_made_anew(folder):
    path = folder.parent / ".place-kit" / teamcodes.NAME
    for raw in ('{"our_place": "../x"}', "[1]", "{", "[" * 9_000):
        path.write_text(raw)
        assert teamfile.is_code(teamcodes.code_for(folder, "our_place"))


def test_answers_travel_with_an_export_and_are_forgotten_with_the_code(folder):
    teamcodes.code_for(folder, "our_place")
    home = folder.parent
    raw, _ = moving.export(home)
    assert "answers/team_session.json" in zipfile.ZipFile(io.BytesIO(raw)).namelist()
    assert b"team-codes" not in raw
    assert forgetting.sets(home)["team_session"] == "Team session"
    forgetting.forget(home, forgetting.Wish("all", ""))
    assert not [path for path in home.rglob("*") if b"team" in path.name.encode()]


def test_without_a_learners_folder_the_code_stays_beside_the_notebook(tmp_path):
    code = teamcodes.code_for(tmp_path, "our_place")
    assert teamcodes.code_for(tmp_path, "our_place") == code
    assert (tmp_path / f".{teamcodes.NAME}").exists()


def test_with_nothing_to_put_in_it_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    reply = tell(TeamFile(SESSION), do="make", round=1, show=[])
    assert not reply["ok"]
    assert "no answer" in reply["notice"]


def test_each_round_has_its_own_count_and_texts(folder):
    store.AnswerFile("team_session").save(
        facts.question("team_session.from_here"), [{"change": "I ask at the depot"}]
    )
    reply = TeamFile(SESSION).reply
    assert (reply["answered"], reply["of"], reply["old"]) == ([2, 2], [8, 7], [0, 0])
    assert [(one["round"], one["id"]) for one in reply["texts"]] == [
        (1, UNSAID),
        (2, "team_session.from_here"),
    ]


def test_an_answer_to_an_earlier_form_is_counted_as_such(folder):
    path = store.file_for("team_session", folder)
    path.write_text(path.read_text().replace('"residents"', '"neighbours"'))
    form = TeamFile(SESSION)
    assert (form.reply["answered"], form.reply["old"]) == ([1, 0], [1, 1])
    assert WILLING not in made(form, show=[UNSAID]).answers


@pytest.mark.parametrize("sent", [{"round": 3}, {"round": "1"}, {"round": True}, {"show": [["x"]]}])
def test_whatever_the_page_sends_it_is_answered_in_words(folder, sent):
    reply = tell(TeamFile(SESSION), **{"do": "make", "round": 1, "show": [], **sent})
    assert reply["ok"] or "round" in reply["notice"]


def test_a_text_that_seems_to_identify_somebody_is_said(folder):
    store.AnswerFile("team_session").save(facts.question(UNSAID), "ask jo@example.org about it")
    assert "e-mail address" in tell(TeamFile(SESSION), do="make", round=1, show=[UNSAID])["notice"]


def test_an_answer_changed_elsewhere_is_seen_and_makes_the_file_old(folder):
    form, question = TeamFile(SESSION), Form(facts.question(ASSETS))
    made(form)
    question.answer = {"seq": 1, "view": "v", "value": [{"skills": "a joiner"}]}
    assert form.reply["changed"]
    assert form.reply["file"] is None
    assert "a joiner" in form.reply["texts"][0]["text"]


@pytest.mark.browser
def test_it_is_made_by_keyboard_and_without_a_barrier(folder, browser):
    from axe_playwright_python.sync_playwright import Axe

    with bridge() as bridged:
        bridged.forms["team"] = TeamFile(SESSION)
        page = browser.new_page(viewport={"width": 320, "height": 900})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(bridged.url("team"))
        page.wait_for_selector("body[data-ready]")
        assert page.get_by_text("someone may guess").is_visible()
        tick = page.get_by_role("checkbox", name=re.compile("May be shown to the team"))
        assert not tick.is_checked()
        heard = page.locator("main, body").first.inner_text()
        assert heard.index("someone may guess") < heard.index("May be shown to the team")
        tick.focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Make my team file").press("Enter")
        page.get_by_role("status").filter(has_text="ready").wait_for()
        with page.expect_download() as got:
            page.get_by_role("link", name=re.compile("^Download team-our_place")).press("Enter")
        entry = teamfile.parse(got.value.path().read_bytes(), SESSION)
        assert UNSAID in entry.answers
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        again = page.get_by_label("I looked at the questions of round one once more")
        assert not again.is_visible()
        page.get_by_label("Round two: after the talk").check()
        assert not tick.is_visible()
        assert not again.is_checked()
        assert page.get_by_role("link").count() == 0
        page.close()
        assert errors == []
