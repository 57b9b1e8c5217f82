"""The room's page: one file with every picture, nothing to fetch, nothing to run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files

from place_kit import facts
from place_kit.show import words
from place_kit.show._html import Html, items, tag
from place_kit.show.card import style
from place_kit.team.pictures import Picture
from place_kit.team.pool import CAMPS_SAID, Pooled

MADE_BY = "place-kit team"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
DISAGREEMENT_SAID = (
    "Disagreement runs from 0 (all gave the same answer) to 1 (half at each end of the scale). "
    "It says how far apart two people picked at random are, on average."
)


def render(pooled: Pooled, pictures: Sequence[Picture]) -> str:
    """Write the page of a pool; of fewer than five, it only says why it shows nothing."""
    css = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Html('<meta name="referrer" content="no-referrer">'),
        Html(f'<meta name="generator" content="{MADE_BY}">'),
        tag("title", pooled.session.title),
        style(),
        Html(f"<style>{css}</style>"),
    )
    body = tag("body", tag("main", *_main(pooled, pictures)))
    return f"<!doctype html>\n{tag('html', head, body, lang='en-GB')}\n"


def _main(pooled: Pooled, pictures: Sequence[Picture]) -> Iterator[Html]:
    yield tag("h1", pooled.session.title)
    yield tag("p", answered(pooled))
    if not pooled.enough:
        yield tag("p", pooled.session.few)
        return
    yield tag(
        "p",
        tag("input", type="checkbox", id="room"),
        tag("label", "Large letters, for the back of the room", for_="room"),
        class_="room",
    )
    links = (tag("li", tag("a", one.card.title, href=f"#{one.name}")) for one in pictures)
    yield tag("nav", tag("ol", *links), aria_label="Pictures")
    for one in pictures:
        card = replace(one.card, title="")
        heading = tag("h2", one.card.title, id=one.name)
        yield tag("section", heading, card.html(), aria_labelledby=one.name)
    yield tag("section", *_how(pooled), aria_labelledby="how")


def answered(pooled: Pooled) -> str:
    """How many answered, in a sentence; of a round with a few it says no more than that."""
    first, second = pooled.people
    said = f"{words.sentence(words.count(first))} answered in round one"
    return f"{said}, {words.count(second)} in round two." if second else f"{said}."


def _how(pooled: Pooled) -> Iterator[Html]:
    yield tag("h2", "How to read this, and its limits", id="how")
    yield tag("p", f"{DISAGREEMENT_SAID} {facts.cite('blair-lacy-2000', 'agresti-agresti-1978')}")
    yield tag("p", CAMPS_SAID)
    yield items(pooled.session.limits)
    known = facts.load().references
    yield tag("h3", "Sources")
    yield items(known[id].text for id in pooled.session.references)
    yield tag(
        "p",
        "Course: CC BY-NC-SA 4.0, adapted from ",
        tag("em", "IRISS On… Place-based working"),
        " by Fiona Munro (Iriss, 2015). Iriss has not endorsed it.",
    )
