"""The one family of errors that is written for the person who meets it."""

from __future__ import annotations


class PlaceKitError(Exception):
    """Something went wrong that a person can act on.

    The message is a plain sentence or two: what happened, and what to do. It is
    shown as it stands, without a traceback, by the command and by the forms.
    """
