"""A whole session by plain HTTP: thirty phones, a restart, cards, and the end."""

from __future__ import annotations

import html
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from place_kit.problems import PlaceKitError
from place_kit.show.drawing import lines
from place_kit.team import entry, host, pool, pooling, taking
from place_kit.team.host import desk, pages, server
from place_kit.team.host.room import STATE, Room, open_room, sweep
from tests.team.host.hosting import ANSWERS, OUR_PLACE, Phone, served


def entries(folder):
    return [entry.parse(path.read_bytes(), OUR_PLACE) for path in folder.glob("team-*.json")]


def test_thirty_phones_answer_at_once_and_the_picture_holds_them_all(at):
    with ThreadPoolExecutor(30) as room:
        phones = list(room.map(lambda _: Phone(at).join(), range(30)))
        said = list(room.map(lambda phone: phone.answer(), phones))
    assert all("Saved." in words for words in said)
    assert "Round 1: 30 have answered" in at.parts()["now"]
    arrived = taking.take(at.folder, OUR_PLACE)  # as place-kit team pool reads the folder
    assert {one.outcome for one in arrived} == {"taken"}
    found = pool.pool(taking.entries(arrived), OUR_PLACE)
    assert found.people == (30, 0)
    assert {line.first.n for line in found.lines} == {30}


def test_a_restart_loses_nothing_and_the_same_phone_goes_on(tmp_path):
    with served(tmp_path / "team") as at:
        at.desk("open1")
        phones = at.phones(5)
        for phone in phones:
            phone.answer()
    with served(tmp_path / "team") as again:
        assert (again.port, again.kept["code"]) == (at.port, at.kept["code"])
        assert "Round 1: 5 have answered" in again.parts()["now"]
        page = phones[0].ask("/answer")
        assert 'name="decided" value="asked" checked' in page
        phones[0].answer(decided="together")
        assert len(again.files()) == 5
        assert "together" in {
            each.answers.get("team_session.decided") for each in entries(again.folder)
        }


def test_both_rounds_of_one_phone_are_linked_by_its_code_and_by_nothing_else(at):
    phone = Phone(at).join()
    phone.answer()
    at.desk("close")
    at.desk("open2")
    phone.answer(2, willing__me="5")
    first, second = entries(at.folder)
    assert {first.round, second.round} == {1, 2}
    assert first.code == second.code
    assert set(json.loads(at.files()[0].read_bytes())) == {
        "format", "version", "session", "round", "code", "answers", "show",
    }  # fmt: skip


def test_fewer_than_five_have_a_spoken_round_and_no_picture(at):
    for phone in at.phones(4):
        phone.answer()
    at.desk("close")
    assert "Show round 1" not in at.desk()
    assert "spoken round" in at.desk("show1")
    assert "No round is shown yet" in at.picture()
    at.desk("open1")
    Phone(at).join().answer()
    assert "<table" in at.show()


def test_while_a_round_is_open_its_number_is_seen_and_its_picture_is_not(at):
    for phone in at.phones(5):
        phone.answer()
    assert "Round 1: 5 have answered" in at.desk()
    assert "<table" not in at.desk() + at.see("wall")
    assert "<table" in at.show()
    assert "<table" in at.see("wall")


def test_a_round_that_was_shown_takes_no_more_answers_after_a_restart_either(tmp_path):
    with served(tmp_path / "team") as at:
        at.desk("open1")
        phones = at.phones(5)
        for phone in phones:
            phone.answer()
        picture = at.show()
        assert "No round is open" in at.desk()
        assert "Open round 1" not in at.desk()
        assert "takes no more answers" in at.desk("open1")
    with served(tmp_path / "team") as again:
        assert "takes no more answers" in again.desk("open1")
        assert "This round is closed" in phones[0].answer(decided="told")
        assert again.picture() == picture
        again.desk("open2")
        phones[0].answer(2, decided="told")
        assert again.picture() == picture


def test_an_answer_on_its_way_to_the_disk_when_the_round_closes_is_in_the_picture(at, monkeypatch):
    phones = at.phones(6)
    for phone in phones[:5]:
        phone.answer()
    write = Room.write

    def slowly(room, *what):
        time.sleep(0.5)
        write(room, *what)

    monkeypatch.setattr(Room, "write", slowly)
    with ThreadPoolExecutor(1) as last:
        saved = last.submit(phones[5].answer)
        time.sleep(0.2)
        picture = at.show()
        assert "Saved." in saved.result()
    assert "n = 6" in picture
    assert at.picture() == picture


def test_the_facilitator_says_how_many_are_there_and_more_answers_than_people_are_flagged(at):
    at.desk("people", people="5")
    for phone in at.phones(5):
        phone.answer()
    assert "Round 1: 5 of 5 have answered" in at.parts()["now"]
    assert "more answers than people" not in at.parts()["now"]
    twice = Phone(at).join()  # somebody's other phone, or the same one without its cookie
    twice.answer()
    assert "more answers than people" in at.parts()["now"]
    twice.ask("/take-back", {})
    assert "more answers than people" not in at.parts()["now"]
    assert "is not a number of people" in at.desk("people", people="many")


def test_the_desk_is_told_of_an_answer_at_once_and_of_what_was_refused_after_a_while(
    at, monkeypatch
):
    monkeypatch.setattr(server, "PATIENCE", 1)
    phone = Phone(at).join()
    with at.news() as told:
        assert "Round 1: 0 have answered" in next(told)["now"]
        begun = time.monotonic()
        phone.answer()
        assert "Round 1: 1 have answered" in next(told)["now"]
        assert time.monotonic() - begun < 0.9
        phone.ask("/nowhere")
        assert "an address that is not there: 1" in next(told)["refused"]
    with at.news() as others, at.news() as told:
        next(others), next(told)
    assert "Saved." in phone.answer()  # pages that were closed cost nothing


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.just("answer"), st.integers(0, 7), st.sampled_from("12345"))
        | st.tuples(st.just("back"), st.integers(0, 7))
        | st.tuples(st.sampled_from(["waiting", "round 1", "round 2", "ended"]))
        | st.tuples(st.just("show"), st.sampled_from([1, 2]))
        | st.tuples(st.just("restart")),
        max_size=60,
    )
)
def test_two_pictures_of_a_round_never_differ_but_by_what_was_taken_back(doings):
    """So nobody can take one picture from the other and be left with one person's answer."""
    codes = [f"{number:020x}" for number in range(8)]
    with TemporaryDirectory() as folder:
        room = open_room(Path(folder), OUR_PLACE, 1)
        seen = {}
        for what, *how in doings:
            with suppress(PlaceKitError):
                if what == "answer" and room.round:
                    answers = {"team_session.willing": {"me": int(how[1])}}
                    raw = room.check(room.round, codes[how[0]], answers, ())
                    room.write(room.round, codes[how[0]], raw)
                    room.note(room.round, codes[how[0]], raw)
                elif what == "back":
                    for round in (1, 2):
                        room.write(round, codes[how[0]], b"")
                        room.note(round, codes[how[0]], b"")
                        seen.get(round, {}).pop(codes[how[0]], None)
                elif what == "show":
                    room.show(*how)
                elif what == "restart":
                    room.keep()
                    room = open_room(Path(folder), OUR_PLACE, 1)
                elif what != "answer" and room.stage != "ended":
                    room.move(what)
            shown = {}
            for each in room.entries():
                shown.setdefault(each.round, {})[each.code] = each.answers
            for round in room.shown:
                assert shown.get(round, {}) == seen.setdefault(round, shown.get(round, {}))
            assert set(shown) <= set(room.shown)


def test_cards_counted_by_hand_give_the_same_picture_as_phones(at):
    for phone in at.phones(6):
        phone.answer()
    picture = at.show()
    at.desk("delete")  # without the tick: nothing happens
    assert len(at.files()) == 6
    for phone in list(at.files()):
        phone.unlink()
    with served(at.folder.with_name("cards")) as other:
        other.desk(
            "cards",
            **{
                "round": "1",
                "team_session.willing:me=4": "6",
                "team_session.willing:residents=2": "6",
                "team_session.confidence:assets=3": "6",
                "team_session.decided=asked": "6",
                "team_session.place:homes=6": "6",
            },
        )
        other.desk("show1")
        assert other.picture() == picture
        assert "Round 1: 6 have answered" in other.parts()["now"]
        other.desk("cards", round="1")  # counted anew: none
        assert other.files() == []


def test_no_cards_are_added_to_a_round_that_was_shown_without_any(at):
    for phone in at.phones(6):
        phone.answer()
    picture = at.show()
    at.desk("cards", **{"round": "1", "team_session.willing:me=4": "1"})
    assert at.picture() == picture
    assert len(at.files()) == 6


def test_a_text_is_kept_only_where_its_author_ticked_it(at):
    phone = Phone(at).join()
    words = phone.answer(**ANSWERS, unsaid="Quiet words")
    assert "without ticking" in words
    assert "Quiet words" in words  # still on the phone
    assert b"Quiet words" not in b"".join(path.read_bytes() for path in at.folder.rglob("*.json"))
    phone.answer(**ANSWERS, unsaid="Said aloud", unsaid__show="1")
    assert b"Said aloud" in at.files()[0].read_bytes()


def test_a_participant_can_take_all_of_their_answers_back(at):
    one, other = at.phones(2)
    one.answer()
    other.answer()
    assert "is deleted" in one.ask("/take-back", {})
    assert len(at.files()) == 1
    assert "Round 1: 1 have answered" in at.parts()["now"]


def test_passing_on_everything_leaves_no_file(at):
    phone = Phone(at).join()
    phone.answer()
    phone.answer(decided="", willing__me="")
    assert at.files() == []


def test_a_closed_round_keeps_what_was_saved_and_takes_no_more(at):
    phone = Phone(at).join()
    phone.answer()
    before = at.files()[0].read_bytes()
    at.desk("close")
    assert "This round is closed" in phone.answer(decided="told")
    assert phone.status == 409
    assert at.files()[0].read_bytes() == before
    at.desk("open2")
    phone.answer(1, decided="told")
    assert phone.status == 409
    assert at.files()[0].read_bytes() == before


def test_the_session_ends_phones_are_told_and_the_folder_cannot_be_hosted_again(at):
    phone = Phone(at).join()
    phone.answer()
    assert "The session has ended" in at.desk("end")
    assert "The session has ended" in phone.ask("/answer")
    at.thread.join(5)
    with pytest.raises(ConnectionError):
        phone.ask("/answer")
    assert len(at.files()) == 1


def test_a_session_that_has_ended_can_be_seen_pooled_and_deleted_and_never_answered(at, capsys):
    phones = at.phones(5)
    for phone in phones:
        phone.answer()
    at.desk("end")
    at.thread.join(5)
    assert pooling.run(at.folder, OUR_PLACE.id, at.folder.with_name("pooled")) == 0
    with served(at.folder, outside="127.0.0.1") as again:
        assert "nobody can answer" in capsys.readouterr().out
        assert "The session has ended" in phones[0].ask("/answer")
        phones[0].answer(decided="told")
        assert phones[0].status == 409
        assert "<table" in again.desk()
        assert "can no longer be done" in again.desk("open2")
        assert "5 files of answers" in again.desk("delete", sure="yes")
        again.thread.join(5)
    assert at.files() == []


def test_deleting_removes_every_trace_and_says_what_it_removed(at):
    for phone in at.phones(3):
        phone.answer()
    other = at.folder / "team-notes.json"
    other.write_text("mine")
    assert "3 files of answers" in at.desk("delete", sure="yes")
    at.thread.join(5)
    sweep(at.folder)  # as the command does when all is over
    assert list(at.folder.iterdir()) == [other]


def test_the_command_leaves_nothing_of_a_deleted_session(tmp_path, monkeypatch):
    async def deleted(folder, *rest):
        room = open_room(folder, OUR_PLACE, 1)
        room.keep()
        room.delete()
        return 0

    monkeypatch.setattr(host, "_serve", deleted)
    with ThreadPoolExecutor() as apart:  # a browser of another test may hold this thread's loop
        assert apart.submit(host.host, tmp_path / "team").result() == 0
    assert list((tmp_path / "team").iterdir()) == []


def test_the_desk_says_how_many_and_never_who(at):
    phones = at.phones(5)
    for phone in phones:
        phone.answer()
    shown = at.show() + at.desk() + json.dumps(at.parts())
    for path in at.files():
        assert entry.parse(path.read_bytes(), OUR_PLACE).code not in shown
    assert not re.search(r"\d\d:\d\d", at.parts()["now"])


def test_the_first_picture_comes_as_quickly_as_any_later_one(at):
    for phone in at.phones(5):
        phone.answer()
    lines.cache_clear()
    desk.rehearse(OUR_PLACE)
    rehearsed = lines.cache_info().misses
    assert "<table" in at.show()
    assert lines.cache_info().misses == rehearsed > 0  # no text was broken into lines anew


def test_a_page_is_one_small_request(at):
    phone = Phone(at).join()
    page = phone.ask("/answer")
    assert len(page.encode()) < 32_000
    assert not re.search(r"<(img|script src|iframe)|@import|url\(|\son\w+=", page)


def test_the_limits_are_said_before_the_code_is_asked_for_and_no_question_comes_without_it(at):
    phone = Phone(at)
    for way in ("/", f"/?code={at.kept['code']}", "/answer"):
        before, _, form = phone.ask(way).partition("<form")
        assert all(html.escape(each) in before for each in OUR_PLACE.limits)
        assert 'name="code"' in form
        assert "fieldset" not in form


NEWER = r"""
    \bgap:|:is\(|:where\(|@container|@layer|aspect-ratio|\binset:|[dsl]v[hw]\b|color-mix|clamp\(
    |\?\.\w|\?\?|\.at\(|replaceAll|structuredClone|Object\.hasOwn|\|\|=|&&=|\#\w+\s*\(|static\s*\{
"""


@pytest.mark.parametrize("name", ["page.css", "phone.js"])
def test_a_phone_of_2020_knows_all_that_its_page_is_made_of(name):
    """But for the colour of a chosen label, in a rule of its own: the dot is there without it."""
    written = pages.static(name)
    rules = [line for line in written.splitlines() if not line.startswith("label:has(:checked){")]
    assert not re.findall(NEWER, "\n".join(rules), re.VERBOSE)
    assert len(written.splitlines()) - len(rules) == (name == "page.css")


def test_another_session_in_the_folder_is_refused(at, tmp_path):
    state = at.folder / STATE
    kept = json.loads(state.read_bytes())
    other = tmp_path / "other"
    (other / STATE).parent.mkdir(parents=True)
    (other / STATE).write_text(json.dumps(kept | {"session": "elsewhere"}))
    with pytest.raises(PlaceKitError, match="another session"):
        open_room(other, OUR_PLACE, 1)


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"format": "something"}', "\xff"])
def test_a_broken_state_is_said_in_words_and_answers_stay(broken, tmp_path):
    (tmp_path / STATE).parent.mkdir()
    (tmp_path / STATE).write_text(broken, encoding="latin-1")
    with pytest.raises(PlaceKitError, match="answers are safe"):
        open_room(tmp_path, OUR_PLACE, 1)
