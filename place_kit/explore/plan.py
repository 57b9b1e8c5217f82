"""The reader's plan, trials and confidence, drawn from their answers as they give them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from place_kit import facts
from place_kit.answers import trial as _trial
from place_kit.ask import _front
from place_kit.explore.answered import answered
from place_kit.facts.model import Question
from place_kit.show import confidence as _confidence
from place_kit.show import plan_timeline
from place_kit.show import trials as _trials
from place_kit.show.card import Card
from place_kit.show.lookup import in_words

if TYPE_CHECKING:
    from place_kit.explore.controls import Controls

SET = "07_place_and_plan"
PLAN, SHAPED = f"{SET}.my_plan", f"{SET}.shaped"
BEFORE, AFTER = "00_welcome.confidence_before", f"{SET}.confidence_after"


def plan() -> Controls | Card:
    """Draw the reader's plan as a timeline; what is missing is named."""
    return in_words(_plan)()


def confidence() -> Controls | Card:
    """Draw how sure the reader felt in the module Welcome, and how sure they feel now."""
    return in_words(_before_and_after)()


def trials() -> Controls | Card:
    """Show how the reader's one thing to try at work was put, module by module."""
    return in_words(_earlier)()


def trial() -> Controls | Card:
    """Show what the reader will try at work as it stands, with a file for their calendar."""
    return in_words(_now)()


def _plan() -> Controls | Card:
    rows, shaped = facts.question(PLAN), facts.question(SHAPED)

    def draw() -> Card:
        return plan_timeline.timeline(answered(rows) or [], date.today(), answered(shaped) or "")

    return following((rows, shaped), "Your plan, drawn. The picture changes as you write.", draw)


def _before_and_after() -> Controls | Card:
    before, after = facts.question(BEFORE), facts.question(AFTER)

    def draw() -> Card:
        return _confidence.confidence(after, answered(before) or {}, answered(after) or {})

    return following((after,), "Your ratings then and now. The picture changes as you rate.", draw)


def _earlier() -> Controls | Card:
    def draw() -> Card:
        return _trials.trials(_trial.history(Path()), partial(facts.title_of, course=Path()))

    asked = facts.question(f"{SET}.{_trial.NAME}")
    return following((asked,), "From the modules before this one.", draw)


def _now() -> Controls | Card:
    def draw() -> Card:
        history = _trial.history(Path())
        told = _trial.is_told(history[-1] if history else None)
        return _trials.trial(history, date.today(), told)

    return following((facts.question(_trial.WENT),), "What I will try at work", draw)


def following(
    questions: Sequence[Question], prompt: str, draw: Callable[[], Card]
) -> Controls | Card:
    """Draw from answers, and anew when one of `questions` is saved."""
    if not _front.is_live():
        return draw()
    from place_kit.explore.following import Following

    def drawn(_: Mapping[str, str]) -> Card:
        return draw()

    # Printed without the answers: they are kept in one place, and not in the notebook too.
    printed = Card(title="", takeaway="Open this notebook in the course to see this part.")
    return Following(questions, prompt, (), drawn, printed)
