"""The one family of errors that is written for the person who meets it."""

from __future__ import annotations


class PlaceKitError(Exception):
    """Something went wrong that a person can act on.

    The message is a plain sentence or two: what happened, and what to do. It is
    shown as it stands, without a traceback, by the command, the forms and a notebook.
    """

    def _render_traceback_(self) -> list[str]:
        """Give IPython the message instead of a traceback (its protocol for exceptions)."""
        return [str(self)]


def in_course(error: Exception) -> str:
    """Say to a learner that the fault is the course's own, with the line that we need of it."""
    return (
        "Something in the course itself went wrong. Your saved answers are safe. Please tell "
        f"whoever gave you the course, and send them this line: {type(error).__name__}: {error}"
    )
