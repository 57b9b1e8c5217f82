"""Module 7's pictures follow what the reader scores, plans and rates, and keep nothing more."""

from __future__ import annotations

import pytest

from place_kit import ask, explore, facts
from place_kit.answers import store
from place_kit.answers.store import AnswerFile, file_for
from place_kit.answers.trial import WENT
from place_kit.explore.plan import AFTER, BEFORE, PLAN, SHAPED
from place_kit.explore.wheel import ASKED, MINE, THEIRS
from place_kit.facts.activities import wheel as wheels
from place_kit.problems import PlaceKitError
from place_kit.show.card import Card

THEMES = list(wheels.load().themes)
RATINGS = dict.fromkeys([item.id for item in facts.question(AFTER).items], 3)
SECRET = "the night shift and its canteen"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLACE_KIT_FORMS", "live")


def give(id, value, seq=1):
    """Answer in a form of the page."""
    ask.question(id).answer = {"seq": seq, "view": "v", "value": value, "seen": 99}


def keep(id, value):
    """Have answered, some other day."""
    question = facts.question(id)
    AnswerFile(question.set).save(question, value)


def everything(controls):
    return controls.shown["live"] + controls.shown["rest"]


def choose(controls, seq=1, **values):
    controls.chosen = {"seq": seq, "values": {**controls.shown["values"], **values}}
    return everything(controls)


def test_the_wheel_is_drawn_anew_when_a_theme_is_scored():
    picture = explore.wheel()
    assert "Nothing is scored yet." in everything(picture)
    give(MINE, {"nature": 2, "play": 5})
    assert "You have scored 2 of 14 themes. Lowest in your view, with 2 (in bold): Nature." in (
        everything(picture)
    )


def test_a_theme_that_is_chosen_is_looked_into_and_opens_a_talk():
    keep(MINE, {"nature": 2})
    shown = choose(explore.wheel(), theme="nature")
    assert "you gave it 2; residents have not been asked yet" in shown
    assert "You could ask residents" in shown


def test_scores_put_in_for_residents_who_were_not_asked_are_not_drawn():
    keep(MINE, dict.fromkeys(THEMES, 4))
    keep(THEIRS, dict.fromkeys(THEMES, 1))
    picture = explore.wheel()
    for asked in (None, "not_yet"):
        if asked:
            give(ASKED, asked)
        shown = choose(picture, seq=2, lay="both")
        assert "they have not been asked yet" in shown
        assert "not yet asked" in shown
    give(ASKED, "yes")
    assert "(you 4, they 1)" in everything(picture)


def test_the_timeline_follows_the_plan_and_who_shaped_it():
    picture = explore.plan()
    assert "Nothing is planned yet." in everything(picture)
    give(PLAN, [{"action": SECRET, "owner": "Nurse"}])
    assert "Step 1 lacks a date and a measure." in everything(picture)
    give(SHAPED, "residents")
    assert "By your account, residents have shaped it." in everything(picture)


def test_confidence_is_laid_beside_that_of_welcome():
    keep(BEFORE, {**RATINGS, "impact": 5})
    picture = explore.confidence()
    assert "Here is where you started." in everything(picture)
    give(AFTER, {**RATINGS, "impact": 2})
    assert "one fell and six stayed the same. A fall can be progress" in everything(picture)


def test_without_a_rating_in_welcome_that_is_said():
    picture = explore.confidence()
    give(AFTER, RATINGS)
    assert "no rating from the module Welcome" in everything(picture)


@pytest.mark.parametrize("raw", [b"", b"{", b"nonsense"])
def test_a_damaged_file_of_welcome_is_left_alone_and_counts_as_none(raw):
    file = file_for("00_welcome")
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(raw)
    keep(AFTER, RATINGS)
    assert "no rating from the module Welcome" in everything(explore.confidence())
    assert file.read_bytes() == raw


def test_the_one_thing_is_shown_as_it_was_put_by_date_without_empty_or_repeated_ones(monkeypatch):
    for number, (set, action) in enumerate(
        [
            ("03_cases", "Mark each claim"),
            ("01_place_lens", "Note who decides"),
            ("02_assets", " "),
            ("07_place_and_plan", "Note who decides"),
        ]
    ):
        monkeypatch.setattr(store, "now", lambda number=number: f"2026-11-0{number + 1}T09:00:00Z")
        keep(f"{set}.try_at_work", [{"action": action}])
    shown = everything(explore.trials())
    assert "You have put it in two ways." in shown
    assert shown.index("Mark each claim") < shown.index("Note who decides")
    assert shown.count("Note who decides") == 1


def test_where_nothing_is_chosen_that_is_said():
    assert "Nothing is chosen yet." in everything(explore.trial())
    assert "Nothing from an earlier module" in everything(explore.trials())


def test_the_trial_of_welcome_says_its_day_and_offers_a_calendar_file_until_then(monkeypatch):
    keep("03_cases.try_at_work", [{"action": SECRET, "date": "2999-02-03"}])
    assert 'href="data:text/calendar' in everything(explore.trial())
    keep("03_cases.try_at_work", [{"action": SECRET, "date": "2020-02-03"}])
    shown = explore.trial()
    assert "Its day was 3 February 2020. How did it go?" in everything(shown)
    assert "data:text/calendar" not in everything(shown)
    give(WENT, "We met, and nobody else came.")
    assert "you have said how it went" in everything(shown)


def test_an_answer_that_no_longer_fits_counts_as_none(monkeypatch):
    monkeypatch.setattr("place_kit.explore.answered.kept", lambda _: ({"nature": 99}, ""))
    assert "Nothing is scored yet." in everything(explore.wheel())


@pytest.mark.parametrize("verb", ["wheel", "plan", "confidence", "trials", "trial"])
def test_what_is_printed_beside_the_live_picture_holds_no_answer(verb):
    keep(MINE, dict.fromkeys(THEMES, 2))
    keep(PLAN, [{"action": SECRET}])
    keep(AFTER, RATINGS)
    keep("03_cases.try_at_work", [{"action": SECRET}])
    data, _ = getattr(explore, verb)()._repr_mimebundle_()
    assert data["text/html"]
    assert SECRET not in data["text/html"] + data["text/plain"]
    assert "Lowest" not in data["text/html"]


@pytest.mark.parametrize("verb", ["wheel", "plan", "confidence", "trials", "trial"])
def test_where_nobody_can_choose_the_answers_kept_are_drawn(verb, monkeypatch):
    monkeypatch.setenv("PLACE_KIT_FORMS", "static")
    assert isinstance(getattr(explore, verb)(), Card)


@pytest.mark.parametrize("verb", ["wheel", "plan", "confidence", "trials", "trial"])
def test_content_that_cannot_be_read_is_said_in_words(verb, monkeypatch):
    def broken(*_):
        raise PlaceKitError("The course is damaged.")

    monkeypatch.setattr(facts, "question", broken)
    assert "The course is damaged." in getattr(explore, verb)().html()
