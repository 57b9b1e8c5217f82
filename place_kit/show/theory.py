"""A theory of change as boxes and arrows, with the reader's ratings; and what to look for next."""

from __future__ import annotations

from collections.abc import Mapping

from place_kit.facts.activities.theory import Link, NextEvidence, Node, Theory
from place_kit.facts.model import Facts
from place_kit.show import template, words
from place_kit.show._html import Html, items, join, pairs, tag
from place_kit.show.card import Card, Table
from place_kit.show.drawing import Box, Drawing, Line, Mark, Shape, Words, lines
from place_kit.show.evidence import cited
from place_kit.show.lookup import find

GAP = 78
"""Between two rows of boxes: room for the words beside an arrow."""
LEADING = 17
PADDING = 9
LIT = template.KIND_COLOURS["cost"]
LIT_TINT = template.KIND_TINTS["cost"]
BEST = 5

Ratings = Mapping[str, int]


def theory_of_change(facts: Facts, theory: Theory, ratings: Ratings) -> Card:
    """Draw the theory with a rating at each link; the weakest is lit by shape, size and words."""
    shapes, height = _shapes(theory, ratings)
    return Card(
        title=f"{theory.title}: how it hopes to work",
        takeaway=_takeaway(theory, ratings),
        alt=(
            f"{words.sentence(words.count(len(theory.node)))} boxes from top to bottom, joined by "
            f"{words.count(len(theory.link))} arrows. "
            + " ".join(
                f"Link {theory.number(link)} goes from {named(theory, link)}"
                f"{_rated(theory, link, ratings)}."
                for link in theory.link
            )
        ),
        table=Table(
            "The links, your ratings, and what is known",
            ("Link", "Your rating", "Evidence so far", "What else could explain it"),
            tuple(
                (
                    f"{theory.number(link)}. From {named(theory, link)}",
                    _rating(link, ratings),
                    link.evidence,
                    " ".join(link.rivals),
                )
                for link in theory.link
            ),
        ),
        drawing=Drawing(height, shapes),
        source=source(facts, theory),
    )


def next_evidence(
    facts: Facts, theory: Theory, ratings: Ratings, link: str, way: str, partner: str
) -> Card:
    """Show what is known of a link, and what one kind of new evidence would tell, and with whom.

    Parameters
    ----------
    link
        A link's id; nothing stands for the weakest by the ratings, or the first.
    way, partner
        Ids of a way to look, and of those to do it with.
    """
    chosen = _chosen(theory, ratings, link)
    option = chosen.next_by(find({each.id: each for each in theory.way}, way, "way").id)
    return Card(
        title=f"Link {theory.number(chosen)}: from {named(theory, chosen)}",
        takeaway=_why_this(theory, ratings, chosen),
        body=join(
            (
                tag("p", "What you could look for next", class_="pk-label"),
                _option(option),
                tag("p", "And with whom", class_="pk-label"),
                tag("p", _with(theory, option, partner)),
                tag("p", "What is known of this link", class_="pk-label"),
                _known(chosen),
            )
        ),
        source=source(facts, theory),
    )


def all_next_evidence(facts: Facts, theory: Theory) -> Card:
    """Return every link's possible next evidence as a table, for print."""
    ways = {each.id: each.text for each in theory.way}
    table = Table(
        "What could be looked for next, link by link",
        ("Link", "How", "What", "What it tells", "What it misses", "With whom"),
        tuple(
            (
                f"{theory.number(link)}. From {named(theory, link)}",
                ways[option.way],
                option.what,
                option.tells,
                option.misses,
                f"{_partners(theory, option)}. {option.why}",
            )
            for link in theory.link
            for option in link.next
        ),
    )
    return Card(
        title=table.caption,
        takeaway="",
        table=table,
        body=table.html(),
        source=source(facts, theory),
    )


def named(theory: Theory, link: Link) -> str:
    """Name a link by the boxes at its ends."""
    return f"“{theory.node_of(link.start).text}” to “{theory.node_of(link.end).text}”"


def source(facts: Facts, theory: Theory) -> str:
    """Say that the example is made up, and whose method it follows."""
    return f"an example for practice. {theory.note} The method: {cited(facts, theory.references)}."


# --- the drawing ---------------------------------------------------------------------------------


def _shapes(theory: Theory, ratings: Ratings) -> tuple[tuple[Shape, ...], float]:
    texts = {node.id: lines(node.text, _letters(node)) for node in theory.node}
    tops: dict[int, float] = {}
    heights: dict[int, float] = {}
    y = 1.0
    for row in sorted({node.row for node in theory.node}):
        tops[row] = y
        heights[row] = 2 * PADDING + LEADING * max(
            len(texts[node.id]) for node in theory.node if node.row == row
        )
        y += heights[row] + GAP
    weakest = theory.weakest(ratings)
    shapes: list[Shape] = []
    for link in theory.link:
        start, end = theory.node_of(link.start).row, theory.node_of(link.end).row
        shapes += _link(
            theory, link, tops[start] + heights[start], tops[end], ratings, link in weakest
        )
    for node in theory.node:
        shapes += _node(node, texts[node.id], tops[node.row], heights[node.row])
    return tuple(shapes), y - GAP + 1


def _letters(node: Node) -> int:
    # On a phone the picture is some 240 pixels wide, and a letter about 8.
    return int((node.right - node.left) * 2.4 / 8)


def _node(node: Node, text: tuple[str, ...], top: float, height: float) -> list[Shape]:
    hope, outcome = node.kind == "hope", node.kind == "outcome"
    first = top + height / 2 - LEADING * (len(text) - 1) / 2
    return [
        Box(
            node.left,
            node.right,
            top,
            top + height,
            fill=template.TRACK if node.kind == "activity" else template.PAPER,
            line=template.KIND_COLOURS["process"] if outcome else template.LINE,
            dash="dash" if hope else "solid",
            width=2 if outcome or hope else 1,
        ),
        *(
            Words((node.left + node.right) / 2, first + LEADING * number, line)
            for number, line in enumerate(text)
        ),
    ]


def _link(
    theory: Theory, link: Link, top: float, bottom: float, ratings: Ratings, lit: bool
) -> list[Shape]:
    colour = LIT if lit else template.LINE
    middle = (top + bottom) / 2
    rating = ratings.get(link.id)
    said = [f"Link {theory.number(link)}", f"{rating} of {BEST}" if rating else "not rated"]
    if lit:
        said.append("weakest")
    first = middle - 2 - LEADING * (len(said) - 1) / 2
    shapes: list[Shape] = []
    if lit:
        shapes.append(
            Box(link.x - 5, link.x + 40, middle - 31, middle + 28, fill=LIT_TINT, line=LIT, width=2)
        )
    symbol = "diamond" if lit else "circle" if rating else "circle-open"
    label = f"Link {theory.number(link)}: {_rating(link, ratings)}"
    shapes += [
        Line(link.x, top, link.x, bottom - 8, colour, width=4 if lit else 2),
        Mark(link.x, bottom - 6, "triangle-down", colour, f"{label}, arrow", size=14),
        Mark(link.x, middle, symbol, colour, label, size=16 if lit else 11),
        *(
            Words(
                link.x + 6,
                first + LEADING * number,
                text,
                anchor="left",
                size=12,
                bold=number != 1,
            )
            for number, text in enumerate(said)
        ),
    ]
    return shapes


# --- the words -----------------------------------------------------------------------------------


def _rating(link: Link, ratings: Ratings) -> str:
    return f"{ratings[link.id]} of {BEST}" if link.id in ratings else "not rated yet"


def _rated(theory: Theory, link: Link, ratings: Ratings) -> str:
    lit = ": the weakest, drawn thick and boxed" if link in theory.weakest(ratings) else ""
    return f", {_rating(link, ratings)}{lit}"


def _takeaway(theory: Theory, ratings: Ratings) -> str:
    weakest = theory.weakest(ratings)
    rated = sum(link.id in ratings for link in theory.link)
    if not rated:
        return "You have not rated a link yet. When you do, the weakest one lights up here."
    if not weakest:
        said = "You rated these links alike, so none stands out. Which would you doubt first?"
    elif len(weakest) == 1:
        (link,) = weakest
        said = (
            f"By your ratings, link {theory.number(link)} is the weakest, at "
            f"{_rating(link, ratings)}: from {named(theory, link)}. What would be the next "
            "evidence for it, and with whom would you look?"
        )
    else:
        numbers = words.together([str(theory.number(link)) for link in weakest])
        said = (
            f"By your ratings, links {numbers} are the weakest, at {_rating(weakest[0], ratings)}. "
            "Begin with one. What would be the next evidence for it, and with whom would you look?"
        )
    if rated < len(theory.link):
        said += f" You have rated {rated} of {len(theory.link)} links so far."
    return said


def _chosen(theory: Theory, ratings: Ratings, link: str) -> Link:
    if link:
        return find({each.id: each for each in theory.link}, link, "link")
    return next(iter(theory.weakest(ratings)), theory.link[0])


def _why_this(theory: Theory, ratings: Ratings, link: Link) -> str:
    if link.id not in ratings:
        return "You have not rated this link yet."
    if link in theory.weakest(ratings):
        many = len(theory.weakest(ratings)) > 1
        alike = "One of the weakest" if many else "The weakest"
        return f"{alike} by your ratings, at {_rating(link, ratings)}."
    return f"You rated this link {_rating(link, ratings)}."


def _known(link: Link) -> Html:
    rivals: str = link.rivals[0] if len(link.rivals) == 1 else items(link.rivals)
    return pairs(
        (
            ("What it rests on", link.assumption),
            ("Evidence so far", link.evidence),
            ("What else could explain it", rivals),
        )
    )


def _option(option: NextEvidence) -> Html:
    return pairs(
        (
            ("What", option.what),
            ("What it tells", option.tells),
            ("What it misses", option.misses),
        )
    )


def _with(theory: Theory, option: NextEvidence, partner: str) -> str:
    chosen = find({each.id: each for each in theory.partner}, partner, "partner")
    if chosen.id in option.partners:
        others = [each for each in option.partners if each != chosen.id]
        held = "They hold part of the missing piece." if others else "They hold the missing piece."
        return f"{chosen.text}. {held} {option.why}"
    return (
        f"{chosen.text}. {chosen.brings} But for this, begin elsewhere: "
        f"{_partners(theory, option).lower()}. {option.why}"
    )


def _partners(theory: Theory, option: NextEvidence) -> str:
    names = [each.text for each in theory.partner if each.id in option.partners]
    return words.together([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
