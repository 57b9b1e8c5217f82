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
