"""A whole session by plain HTTP: thirty phones, a restart, cards, and the end."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from place_kit.problems import PlaceKitError
from place_kit.team import entry, pool, taking
from place_kit.team.host.room import STATE, open_room
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
    assert "spoken round" in at.parts()["picture"]
    assert "<svg" not in at.parts()["picture"]
    Phone(at).join().answer()
    assert "<table" in at.parts()["picture"]


def test_cards_counted_by_hand_give_the_same_picture_as_phones(at):
    for phone in at.phones(6):
        phone.answer()
    picture = at.parts()["picture"]
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
        assert other.parts()["picture"] == picture
        assert "Round 1: 6 have answered" in other.parts()["now"]
        other.desk("cards", round="1")  # counted anew: none
        assert other.files() == []


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
    with pytest.raises(PlaceKitError, match="has ended"):
        open_room(at.folder, OUR_PLACE, 1)


def test_deleting_removes_every_trace_and_says_what_it_removed(at):
    for phone in at.phones(3):
        phone.answer()
    other = at.folder / "team-notes.json"
    other.write_text("mine")
    assert "3 files of answers" in at.desk("delete", sure="yes")
    at.thread.join(5)
    assert at.files() == [other]
    assert not (at.folder / STATE).exists()


def test_the_desk_says_how_many_and_never_who(at):
    phones = at.phones(5)
    for phone in phones:
        phone.answer()
    shown = at.desk() + json.dumps(at.parts())
    for path in at.files():
        assert entry.parse(path.read_bytes(), OUR_PLACE).code not in shown
    assert not re.search(r"\d\d:\d\d", at.parts()["now"])


def test_a_page_is_one_small_request(at):
    phone = Phone(at).join()
    page = phone.ask("/answer")
    assert len(page.encode()) < 30_000
    assert not re.search(r"<(img|script src|iframe)|@import|url\(|\son\w+=", page)


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
