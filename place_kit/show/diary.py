"""All that the reader wrote, as one page: by module, in order of date."""

from __future__ import annotations

from collections.abc import Sequence

from place_kit.answers import days
from place_kit.answers.written import NOW_EMPTY, Earlier, Written, by_part
from place_kit.show import words
from place_kit.show._html import EMPTY, Html, details, join, tag
from place_kit.show.card import Card

NOTHING = (
    "Nothing is here yet. What you write in a reflection, in your plan, or as your one thing "
    "to try appears here by itself."
)


def diary(found: Sequence[Written]) -> Card:
    """Show every text with its question, its day and its earlier versions."""
    if not found:
        return Card(title="", takeaway=NOTHING)
    return Card(title="", takeaway="", body=texts(found))


def texts(found: Sequence[Written]) -> Html:
    """Write the texts under a heading for each module and exercise."""
    return join(
        tag(
            "section",
            tag("h2", part, class_="pk-part-name"),
            *(_text(each) for each in of_part),
            class_="pk-texts",
        )
        for part, of_part in by_part(found)
    )


def _text(one: Written) -> Html:
    return tag(
        "article",
        tag("h3", " ".join(one.question.prompt.split()), class_="pk-asked"),
        tag("p", _when("Written", one.at), class_="pk-soft") if one.at else EMPTY,
        _wrote(one.text or NOW_EMPTY),
        _earlier(one.earlier),
        class_="pk-one",
    )


def _earlier(versions: Sequence[Earlier]) -> Html:
    if not versions:
        return EMPTY
    many = "One earlier version"
    if len(versions) > 1:
        many = f"{words.sentence(words.count(len(versions)))} earlier versions"
    parts = [part for one in versions for part in (_dated(one.at), _wrote(one.text))]
    return details(many, *parts)


def _dated(at: str) -> Html:
    return tag("p", _when("As it was", at), class_="pk-soft")


def _wrote(text: str) -> Html:
    # The text decides the direction in which it is read.
    return tag("p", text, class_="pk-wrote", dir="auto")


def _when(what: str, at: str) -> str:
    return f"{what} on {days.of(at)}" if days.local(at) else f"{what}, day not known"
