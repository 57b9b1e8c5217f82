"""Forms: ``ask.question("03_cases.denominator")`` and ``ask.hand_in("03_cases")``.

Whatever goes wrong is said in plain words where the form would be; a learner never meets
a traceback.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from place_kit.ask import _front, _html
from place_kit.problems import PlaceKitError, in_course

if TYPE_CHECKING:
    from place_kit.ask.form import Form
    from place_kit.ask.handing_in import HandIn
    from place_kit.ask.team_files import TeamFile
    from place_kit.ask.your_data import Forget, Move
    from place_kit.facts.model import Question

__all__ = ["after_trial", "forget", "hand_in", "move", "question", "recall", "team_file"]

_COMMANDS = {"Move": "place-kit export, place-kit import", "Forget": "place-kit forget"}


def question(id: str) -> Form | _html.Printed:
    """Ask a question: a form where somebody can click, otherwise the question in print.

    Parameters
    ----------
    id
        The whole id of a question, which also says where its answer is kept.

    Examples
    --------
    >>> ask.question("03_cases.denominator")  # doctest: +SKIP
    """
    shown: Form | _html.Printed = _in_words(lambda: _question(id))
    return shown


def after_trial(id: str) -> Form | _html.Printed:
    """Ask a question once the day of what the learner tries at work has passed.

    Before that, and where nothing is chosen, say when it will be asked.

    Parameters
    ----------
    id
        The whole id of a question.

    Examples
    --------
    >>> ask.after_trial("00_welcome.trial_went")  # doctest: +SKIP
    """
    shown: Form | _html.Printed = _in_words(lambda: _after_trial(id))
    return shown


def hand_in(assignment: str) -> HandIn | _html.Printed:
    """Offer to make the file a learner hands in.

    Parameters
    ----------
    assignment
        For example ``03_cases``.

    Examples
    --------
    >>> ask.hand_in("03_cases")  # doctest: +SKIP
    """
    shown: HandIn | _html.Printed = _in_words(lambda: _hand_in(assignment))
    return shown


def team_file(session: str) -> TeamFile | _html.Printed:
    """Offer to make a participant's team file: their answers to one session, without a name.

    Parameters
    ----------
    session
        The session's id, such as ``our_place``.

    Examples
    --------
    >>> ask.team_file("our_place")  # doctest: +SKIP
    """
    shown: TeamFile | _html.Printed = _in_words(lambda: _team_file(session))
    return shown


def recall(module: str) -> _html.Printed | None:
    """Ask three questions of earlier modules again, those first got wrong first.

    Parameters
    ----------
    module
        The module that begins, such as ``04_power``; the answers are kept with its own.

    Examples
    --------
    >>> ask.recall("04_power")  # doctest: +SKIP
    """
    shown: _html.Printed | None = _in_words(lambda: _recall(module))
    return shown


def move() -> Move | _html.Printed:
    """Offer to put all of a learner's work into one file, and to bring such a file in.

    Examples
    --------
    >>> ask.move()  # doctest: +SKIP
    """
    shown: Move | _html.Printed = _in_words(lambda: _your_data("Move"))
    return shown


def forget() -> Forget | _html.Printed:
    """Offer to delete for good: a text, a part of the course, or everything.

    Examples
    --------
    >>> ask.forget()  # doctest: +SKIP
    """
    shown: Forget | _html.Printed = _in_words(lambda: _your_data("Forget"))
    return shown


def _your_data(form: Literal["Move", "Forget"]) -> Any:
    if not _front.is_live():
        return _html.elsewhere(_COMMANDS[form])
    from place_kit.ask import your_data

    return {"Move": your_data.Move, "Forget": your_data.Forget}[form]()


def _recall(module: str) -> None:
    from contextlib import suppress

    from IPython.display import display

    from place_kit import facts
    from place_kit.answers import store
    from place_kit.ask._recalling import chosen

    practice = [one for one in facts.load().questions.values() if not one.graded]
    answers = {}
    for name in {module, *(one.set for one in practice)}:
        with suppress(PlaceKitError):  # what cannot be read is said by that module's own forms
            answers[name] = store.look(name)
    again = chosen(module, practice, answers)
    if again:
        display(_html.note("From earlier modules", "What do you still know? Look back only after."))
    for one in again:
        display(_show(one))


def _question(id: str) -> Any:
    from place_kit import facts

    return _show(facts.question(id))


def _after_trial(id: str) -> Any:
    from datetime import date
    from pathlib import Path

    from place_kit import facts
    from place_kit.answers import trial

    asked = facts.question(id)
    one = trial.current(Path())
    if one and one.has_passed(date.today()):
        return _show(asked)
    return _html.note("When its day has passed", "you are asked here how it went.")


def _show(asked: Question) -> Any:
    if _front.is_live():
        from place_kit.ask.form import Form

        return Form(asked)
    from place_kit.ask._kept import kept

    value, notice = kept(asked)
    return _html.printed(asked, value, notice)


def _hand_in(assignment: str) -> Any:
    from place_kit.ask import _rules

    if not _front.is_live():
        return _rules.printed(assignment)
    from place_kit.ask.handing_in import HandIn

    return HandIn(assignment)


def _team_file(session: str) -> Any:
    from place_kit.ask import team_files
    from place_kit.facts import sessions

    known = sessions.find(session)
    return team_files.TeamFile(known) if _front.is_live() else team_files.printed(known)


def _in_words(make: Callable[[], Any]) -> Any:
    try:
        return make()
    except PlaceKitError as error:
        return _html.problem(str(error))
    except Exception as error:
        return _html.problem(in_course(error))
