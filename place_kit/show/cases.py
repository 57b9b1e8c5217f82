"""Cards about a case: what it was, what has happened since, and slips of the source."""

from __future__ import annotations

from collections.abc import Iterable

from place_kit.facts.model import Case, Correction, Facts, Since
from place_kit.show import words
from place_kit.show._html import EMPTY, Html, details, items, join, pairs, tag
from place_kit.show.card import Card
from place_kit.show.evidence import cited
from place_kit.show.lookup import find

OPEN_CORRECTIONS = 2
"""How many notes on a case stand open; the rest are a click away, below them."""


def case(facts: Facts, id: str) -> Card:
    """Show a case: its aims, what was achieved, where it fell short, and its references."""
    shown = find(facts.cases, id, "case")
    body = join(
        (
            pairs(
                (("Where", shown.place), ("Led by", shown.led_by), ("When", shown.period)),
                class_="pk-short",
            ),
            _part("What it aimed for", shown.aims),
            _part("What was achieved", shown.achieved or ("No achieved result is stated.",)),
            _part("Where it fell short", shown.fell_short),
            _references(facts, shown),
        )
    )
    return Card(title=shown.title, takeaway="", body=body)


def since(facts: Facts, id: str) -> Card:
    """Show what has happened since the booklet, and how sure we are of it."""
    shown = find(facts.cases, id, "case")
    body = items((_since(facts, each) for each in shown.since), class_="pk-plain")
    none = (
        "We have found nothing to add to the booklet of 2015. There may be more: "
        "we have not looked everywhere."
    )
    return Card(
        title=f"{shown.short}: beyond the booklet, and since",
        takeaway="" if shown.since else none,
        body=body,
    )


def corrections(facts: Facts, case: str | None = None) -> Card:
    """Show what the booklet prints, what the course does instead, and why."""
    found = tuple(facts.corrections.values())
    title = "Where the course reads the booklet with care"
    if case is not None:
        shown = find(facts.cases, case, "case")
        found = tuple(each for each in found if shown.id in each.cases)
        title = f"{shown.short}: where to read the booklet with care"
    none = "We know of nothing to put right here."
    told = [_correction(facts, each) for each in found]
    most = len(told) if case is None else OPEN_CORRECTIONS
    body = items(told[:most], class_="pk-plain")
    if told[most:]:
        more = f"{len(told) - most} more notes on the booklet"
        body = join((body, details(more, items(told[most:], class_="pk-plain"))))
    return Card(title=title, takeaway="" if found else none, body=body)


def _part(label: str, texts: Iterable[str]) -> Html:
    listed = items(texts)
    if not listed:
        return EMPTY
    return tag("div", tag("p", label, class_="pk-label"), listed, class_="pk-part")


def _references(facts: Facts, shown: Case) -> Html:
    full = (find(facts.references, id, "reference").text for id in shown.references)
    note = tag("p", shown.note) if shown.note else ""
    return details("Note and references" if shown.note else "References", note, items(full))


def _since(facts: Facts, each: Since) -> Html:
    return join(
        (
            tag("p", each.text),
            pairs(
                (
                    ("How sure", words.CERTAINTIES[each.certainty]),
                    ("Source", cited(facts, each.references)),
                ),
                class_="pk-short",
            ),
        )
    )


def _correction(facts: Facts, each: Correction) -> Html:
    source = cited(facts, each.references)
    return pairs(
        (
            ("Printed", each.printed),
            ("The course", each.course),
            ("Why", each.why),
            ("How sure", words.CORRECTIONS[each.certainty]),
            ("Source", source),
        ),
        class_="pk-short",
    )
