"""Who is heard is chosen with labelled controls; nothing of it is kept."""

from __future__ import annotations

import pytest

from place_kit import explore
from place_kit.facts.activities import voices
from place_kit.problems import PlaceKitError
from place_kit.show.card import Card


@pytest.fixture
def live(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")


def choose(controls, seq=1, **values):
    controls.chosen = {"seq": seq, "values": {**controls.shown["values"], **values}}
    return controls.shown


def test_it_begins_with_everyone_heard(live):
    assert "Everyone is heard." in explore.voices().shown["live"]


def test_hearing_only_the_loudest_or_only_those_engaged_draws_another_picture(live):
    controls = explore.voices()
    everyone = controls.shown["rest"]
    loud = choose(controls, speak="readily")
    assert "the other way round" in loud["live"]
    engaged = choose(controls, 2, speak="any", engaged="yes")
    assert "It is last here." in engaged["live"]
    assert len({everyone, loud["rest"], engaged["rest"]}) == 3


def test_everyone_can_be_met(live):
    controls = explore.voices()
    for number, each in enumerate(voices.load().people, start=1):
        shown = choose(controls, number, met=each.id)
        assert f"scores of {each.name}" in shown["live"]


def test_every_control_has_a_label_and_every_option_words(live):
    fields = explore.voices().spec["fields"]
    assert [field["name"] for field in fields] == ["speak", "engaged", "met"]
    assert all(field["label"] for field in fields)
    assert all(option["text"] for field in fields for option in field["options"])


def test_where_nobody_can_choose_every_order_is_printed(monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    card = explore.voices()
    assert isinstance(card, Card)
    assert "Only those who speak up readily" in card.html()


def test_content_that_cannot_be_read_is_said_in_words(live, monkeypatch):
    def broken():
        raise PlaceKitError("voices.toml is damaged. Install the course again.")

    monkeypatch.setattr(voices, "load", broken)
    assert "voices.toml is damaged." in explore.voices().html()


def test_nothing_is_written_anywhere(live, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    choose(explore.voices(), speak="seldom", met="craig")
    assert list(tmp_path.iterdir()) == []
