"""Verbs of the notebooks meet every mistake with words."""

from __future__ import annotations

from place_kit.problems import PlaceKitError
from place_kit.show.lookup import in_words


def test_a_fault_of_the_course_is_said_in_words_with_the_line_to_send():
    def broken() -> None:
        raise ModuleNotFoundError("No module named 'traits'")

    shown = in_words(broken)()
    assert shown is not None
    assert "Your saved answers are safe." in shown.alt
    assert "ModuleNotFoundError: No module named &#x27;traits&#x27;" in str(shown.body)


def test_a_mistake_on_a_page_is_said_in_its_own_words():
    def mistaken() -> None:
        raise PlaceKitError("The course has no case “x”.")

    shown = in_words(mistaken)()
    assert shown is not None
    assert shown.alt == "The course has no case “x”."
