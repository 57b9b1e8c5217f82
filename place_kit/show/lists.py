"""Cards that list: principles, pitfalls, questions, a framework, terms, references."""

from __future__ import annotations

from itertools import groupby

from place_kit.facts.model import Entry, Facts, Pitfall, Principle, Reference
from place_kit.show import words
from place_kit.show._html import Html, details, items, join, pairs, tag
from place_kit.show.card import Card
from place_kit.show.evidence import cited
from place_kit.show.lookup import find


def principles(facts: Facts) -> Card:
    """List the principles by their statements, each with the heading as printed."""
    return Card(
        title=f"{words.sentence(words.count(len(facts.principles)))} principles",
        takeaway="",
        body=items((_principle(each) for each in facts.principles.values()), "ol"),
    )


def pitfalls(facts: Facts) -> Card:
    """List the pitfalls, each with its remedy."""
    return Card(
        title=f"{words.sentence(words.count(len(facts.pitfalls)))} pitfalls",
        takeaway="",
        body=items((_pitfall(facts, each) for each in facts.pitfalls.values()), "ol"),
    )


def reflective_questions(facts: Facts) -> Card:
    """List the reflective questions."""
    questions = facts.reflective_questions.values()
    return Card(
        title=f"{words.sentence(words.count(len(questions)))} questions to come back to",
        takeaway="",
        body=items(
            (
                join((tag("strong", f"{each.subject}."), each.text), between=" ")
                for each in questions
            ),
            "ol",
        ),
    )


def framework(facts: Facts, id: str) -> Card:
    """Show a framework: its parts in order, under their groups."""
    shown = find(facts.frameworks, id, "framework")
    parts: list[Html] = []
    begin = 1
    for group, run in groupby(shown.entries, key=lambda entry: entry.group):
        entries = list(run)
        label = tag("p", group, class_="pk-label") if group else ""
        start = str(begin) if begin > 1 else None
        listed = items((_entry(each) for each in entries), "ol", start=start)
        parts.append(tag("div", label, listed, class_="pk-part"))
        begin += len(entries)
    more = pairs(
        (
            ("Bear in mind", shown.note),
            ("How sure", words.CERTAINTIES[shown.certainty]),
        ),
        class_="pk-short",
    )
    return Card(
        title=shown.title,
        takeaway=shown.text,
        body=join((*parts, more)),
        source=cited(facts, shown.references),
    )


FEW_TERMS = 6
"""How many explanations a page bears before they are folded under the words they explain."""


def glossary(facts: Facts, *ids: str) -> Card:
    """Explain the terms named, or all of them; more than a few stand folded."""
    terms = [find(facts.glossary, id, "term") for id in ids] or list(facts.glossary.values())
    body = pairs((each.term, each.meaning) for each in terms)
    if len(ids) > FEW_TERMS:
        body = details("; ".join(each.term for each in terms), body)
    return Card(title="In plain words", takeaway="", body=body, level=3 if ids else 2)


def references(facts: Facts, *ids: str) -> Card:
    """List the references named, or all of them, in full."""
    works = [find(facts.references, id, "reference") for id in ids]
    works = works or list(facts.references.values())
    return Card(
        title="References",
        takeaway="",
        body=items(_reference(each) for each in works),
        level=3 if ids else 2,
    )


def _principle(each: Principle) -> Html:
    heading = f"The booklet’s heading: “{each.heading}”."
    return join(
        (
            tag("p", tag("strong", each.statement)),
            tag("p", f"For example: {_lower(each.example)}"),
            tag("p", f"{heading} {each.note}".strip(), class_="pk-soft"),
        )
    )


def _pitfall(facts: Facts, each: Pitfall) -> Html:
    return join(
        (
            tag("p", join((tag("strong", f"{each.title}."), each.text), between=" ")),
            tag("p", join((tag("strong", "What helps:"), each.remedy), between=" ")),
            tag("p", f"Source: {cited(facts, each.references)}", class_="pk-soft"),
        )
    )


def _entry(each: Entry) -> Html:
    if not each.text:
        return tag("strong", each.title)
    return join((tag("strong", f"{each.title}."), each.text), between=" ")


def _reference(each: Reference) -> Html:
    number = f"Number {each.number} in the booklet’s list. " if each.number else ""
    note = f"{number}{each.note}".strip()
    return join((tag("p", each.text), tag("p", note, class_="pk-soft") if note else ""))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
