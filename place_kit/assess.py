"""Marking inside an assignment's notebook: its answers, the key of a hidden test, a `Mark`.

nbgrader gives full marks to a test cell that ends without an error and without a number,
and none to one that warns. So everything here ends in a `Mark`, whatever happens.
"""

from __future__ import annotations

from place_kit import facts
from place_kit.answers import store, values
from place_kit.marking import MISSING, Key, Mark, MarkedItem, Reasons
from place_kit.marking import mark as mark_by_rule
from place_kit.problems import PlaceKitError

__all__ = ["Mark", "MarkedItem", "mark", "not_marked_yet"]


def not_marked_yet(question_id: str) -> Mark:
    """What a test cell shows the learner, whose copy has no key: no points yet, and when.

    It also makes sure that a test cell that lost its hidden test scores nothing.
    """
    return Mark(0, 0, note="This question is marked after you hand in.")


def mark(question_id: str, *, key: Key, reasons: Reasons, points: float) -> Mark:
    """Mark the answer in this folder's ``answers.json`` by rule.

    Never raises: what cannot be marked earns 0 and says why, in words.

    Parameters
    ----------
    question_id
        The whole id of a graded question.
    key, reasons
        As `place_kit.marking.mark` takes them.
    points
        What the test cell is worth.
    """
    try:
        question = facts.question(question_id)
        value = store.look(question.set).value(question_id)
        if value is None:
            return Mark(0, points, note=reasons.get("missing", MISSING))
        return mark_by_rule(question, values.check(question, value), key, reasons, points)
    except PlaceKitError as error:
        return Mark(0, points, note=str(error))
    except Exception as error:
        # A fault of the course. The type alone: a message may quote the key.
        return Mark(
            0,
            points,
            note="This could not be marked, and the fault is not yours. "
            f"Please tell your tutor ({type(error).__name__} in {question_id}).",
        )
