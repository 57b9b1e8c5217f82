"""The certificate: only for a whole course, and it says what it is not."""

from __future__ import annotations

import pytest

from place_kit import cli
from place_kit.documents import text
from place_kit.problems import PlaceKitError
from place_kit.record import badge, completion, known, making, signing
from tests.record.making import answer, do_all, do_module, folder


@pytest.fixture
def mine(tmp_path):
    return folder(tmp_path / "mine")


def test_it_is_refused_until_every_question_is_answered_and_says_what_is_missing(mine, capsys):
    do_module(mine, "00_welcome")
    answer(mine, "03_cases.how_i_change", "One thing.")
    assert cli.main(["record", str(mine), "--certificate"]) == 1
    said = capsys.readouterr().err
    assert "There is no certificate yet" in said
    assert "- The place lens: " in said
    assert "- Your name: fill it in" in said
    assert "Welcome" not in said
    assert not (mine / "record").exists()


def test_a_whole_course_without_a_name_makes_none(mine):
    do_all(mine, about_me=[{"name": " ", "role": "Worker"}])
    assert completion.missing(known.read(mine)) == (
        "Your name: fill it in on the page “Your record”.",
    )


def test_one_answer_taken_back_makes_none(mine):
    do_all(mine)
    answer(mine, "07_place_and_plan.look_back", " ")
    with pytest.raises(PlaceKitError, match="Your place and plan: 1 of"):
        making.make(mine, "certificate")


def test_it_says_who_what_and_when_and_that_it_is_no_badge(mine):
    do_all(mine)
    made = text.write(completion.document(known.read(mine)))
    assert "Mòrag Testperson has worked through all 8 modules" in made
    assert completion.RULE in made
    assert "\nCompleted: " in made
    assert "This is a completion record, not a verifiable badge" in made


def signed(team: signing.Issuer, name: str) -> bytes:
    return badge.sign(team, badge.credential(team, name)).encode()


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    place = tmp_path_factory.mktemp("team")
    private, _ = signing.make(place, "A made-up course team", "")
    return signing.read(private)


def test_a_signed_badge_that_came_back_takes_the_place_of_that_sentence(mine, team):
    do_all(mine)
    (mine / "feedback" / "mine").mkdir(parents=True)
    (mine / "feedback" / "mine" / "badge-ada.jwt").write_bytes(signed(team, "Mòrag Testperson"))
    made = text.write(completion.document(known.read(mine)))
    assert "badge-ada.jwt, issued by A made-up course team" in made
    assert team.fingerprint in made
    assert "not a verifiable badge" not in made


@pytest.mark.parametrize("change", ["somebody else's", "forged", "unsigned"])
def test_a_badge_that_is_not_good_is_told_and_left_out(mine, team, change):
    do_all(mine)
    raw = {
        "somebody else's": signed(team, "Somebody Else"),
        "forged": signed(team, "Mòrag Testperson")[:-8] + b"AAAAAAAA",
        "unsigned": b"{}",
    }[change]
    (mine / "feedback").mkdir()
    (mine / "feedback" / "badge.jwt").write_bytes(raw)
    read = known.read(mine)
    assert "not a verifiable badge" in text.write(completion.document(read))
    assert [note for note in read.notes if note.startswith("The badge badge.jwt is left out.")]


def test_it_is_no_log(mine):
    do_all(mine)
    assert {each.path.suffix for each in making.make(mine, "certificate")[0]} == {
        ".docx",
        ".pdf",
        ".txt",
    }
    with pytest.raises(PlaceKitError, match="not as csv"):
        making.make(mine, "certificate", ("csv",))
