"""The ratings are drawn as they are saved, and the next evidence begins at the weakest link."""

from __future__ import annotations

import pytest

from place_kit import ask, explore, facts
from place_kit.answers.store import AnswerFile
from place_kit.explore.theory import RATED, ratings
from place_kit.facts.activities import theory as theories
from place_kit.problems import PlaceKitError
from place_kit.show.card import Card

QUESTION = facts.question(RATED)
ALL = {link.id: 3 for link in theories.load().link}


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")


def rate(form, seq=1, **changes):
    """Click on ratings in the form."""
    form.answer = {"seq": seq, "view": "v", "value": {**ALL, **changes}, "seen": seq}


def everything(controls):
    return controls.shown["live"] + controls.shown["rest"]


def choose(controls, seq=1, **values):
    controls.chosen = {"seq": seq, "values": {**controls.shown["values"], **values}}
    return everything(controls)


def test_the_picture_is_drawn_anew_when_a_rating_is_saved():
    form, picture = ask.question(RATED), explore.theory()
    assert "You have not rated a link yet." in everything(picture)
    rate(form, come_trust=1)
    assert "link 2 is the weakest, at 1 of 5" in everything(picture)
    rate(form, 2, alone_well=2)
    assert "link 6 is the weakest, at 2 of 5" in everything(picture)


def test_it_opens_with_the_ratings_that_were_kept():
    AnswerFile(QUESTION.set).save(QUESTION, {**ALL, "trust_alone": 1})
    assert "link 3 is the weakest" in everything(explore.theory())
    assert "Link 3: from" in everything(explore.next_evidence())


def test_the_next_evidence_follows_the_weakest_link_until_another_is_chosen():
    form, controls = ask.question(RATED), explore.next_evidence()
    rate(form, shed_services=1)
    assert "Link 4: from" in everything(controls)
    assert "Link 2: from" in choose(controls, link="come_trust")
    rate(form, 2, alone_well=1)
    assert "Link 2: from" in everything(controls)
    assert "Link 6: from" in choose(controls, 2, link="weakest")


def test_the_choice_of_partner_changes_what_is_said():
    controls = explore.next_evidence()
    first = choose(controls, link="trust_alone", way="compare", partner="away")
    other = choose(controls, 2, partner="staff")
    assert "They hold the missing piece." in first
    assert "begin elsewhere: with residents who stopped, or never came" in other


def test_what_is_chosen_there_is_not_kept(tmp_path):
    choose(explore.next_evidence(), way="compare")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff"])
def test_a_damaged_answer_file_leaves_the_links_unrated(raw):
    path = AnswerFile(QUESTION.set).path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    assert ratings(QUESTION) == {}
    assert "You have not rated a link yet." in everything(explore.theory())


def test_where_nobody_can_choose_the_kept_ratings_are_drawn(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    AnswerFile(QUESTION.set).save(QUESTION, {**ALL, "come_trust": 1})
    picture, table = explore.theory(), explore.next_evidence()
    assert isinstance(picture, Card)
    assert "link 2 is the weakest" in picture.html()
    assert len(table.table.rows) == 18


def test_an_export_has_the_picture_and_not_the_answers():
    AnswerFile(QUESTION.set).save(QUESTION, {**ALL, "come_trust": 1})
    data, _ = explore.theory()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "You have not rated a link yet." in data["text/html"]


def test_content_that_cannot_be_read_is_said_in_words(monkeypatch):
    def broken():
        raise PlaceKitError("theory.toml is damaged. Install the course again.")

    monkeypatch.setattr(theories, "load", broken)
    assert "theory.toml is damaged." in explore.theory().html()
    assert "theory.toml is damaged." in explore.next_evidence().html()
