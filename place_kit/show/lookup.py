"""Find a part of the course by its id, and meet a mistake with words instead of a traceback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import wraps
from typing import ParamSpec, TypeVar

from place_kit.problems import PlaceKitError, in_course
from place_kit.show._html import join, tag
from place_kit.show.card import Card

P = ParamSpec("P")
T = TypeVar("T")


def find(among: Mapping[str, T], id: str, what: str) -> T:
    """Give the one with that id, or say which is nearest."""
    try:
        return among[id]
    except KeyError:
        near = get_close_matches(id, among, n=1, cutoff=0)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise PlaceKitError(f"The course has no {what} “{id}”.{hint}") from None


def in_words(verb: Callable[P, T]) -> Callable[P, T | Card]:
    """Make a verb of `show` or `explore` say a problem where its card would be."""

    @wraps(verb)
    def shown(*args: P.args, **kwargs: P.kwargs) -> T | Card:
        try:
            return verb(*args, **kwargs)
        except PlaceKitError as error:
            return problem(str(error))
        except Exception as error:
            return problem(in_course(error))

    return shown


def problem(message: str) -> Card:
    """Return a card that says what is wrong, in the same words as the forms do."""
    words = join((tag("strong", "This part cannot be shown."), message), between=" ")
    body = tag("div", tag("p", words), class_="place-kit-problem", role="alert")
    return Card(title="", takeaway="", body=body, source="", alt=message)
