"""Marking by rule: a question, an answer and a key in, a `Mark` out. Pure functions.

Rules (from the course's marking policy):

* choose one: the points of the option chosen, all or nothing unless the key gives a
  fraction;
* choose several: each option counts for itself, a wrong choice takes one right choice away,
  never below zero;
* classify and match: each item counts for itself; a key may allow several categories, or
  say what part of the item each is worth;
* order: each neighbouring pair of the right order that stands in the right order counts for itself;
* number: exact, unless the key gives a tolerance.

The points of a question are shared equally between its parts; a total is rounded to
hundredths, half up.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from place_kit.answers import values
from place_kit.facts.model import Question

MARK_MIME = "application/vnd.place-kit.mark+json"
MISSING = "You did not answer this."
UNREADABLE = "We cannot read this as one number. Please use digits, such as 15."
"""For a typed number; its example is the answer to no question of the course."""

Key = Any
"""By kind: an option id or ``{id: fraction}``; ids; ``{item: category, categories or
{category: fraction}}``; ids in order; a number as text or ``{"right": text, "within": text}``."""

Reasons = Mapping[str, Any]
"""By kind: ``{option: text}``; ``{item: {"right": text, "wrong": text}}``, with ``"near"`` for
what earns a part, if that is to be said in other words than what is wrong;
``{"right": text, "slips": {number: text}, "otherwise": text}``. Any may have ``"missing"``."""


@dataclass(frozen=True, slots=True)
class MarkedItem:
    """One part of a marked answer. `given` is what was answered, in words."""

    id: str
    label: str
    given: str
    points: float
    out_of: float
    reason: str

    @property
    def verdict(self) -> str:
        """In one or two words, so that no colour is needed."""
        if self.points >= self.out_of:
            return "Right"
        return "Partly right" if self.points > 0 else "Not quite"


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer earned, and why, part by part.

    As the last value of a test cell its plain text is the number alone, which is what
    nbgrader reads as partial credit; the words are its HTML, the data its own MIME type.
    """

    points: float
    out_of: float
    items: tuple[MarkedItem, ...] = ()
    note: str = ""

    @property
    def all_right(self) -> bool:
        """Whether nothing was lost."""
        return self.points >= self.out_of

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": f"{self.points:g}",
            "text/html": _as_html(self),
            MARK_MIME: asdict(self),
        }


def _as_html(mark: Mark) -> str:
    rows = "".join(
        f"<li>{html.escape(item.label.rstrip('.'))}: {html.escape(item.given or 'no answer')}. "
        f"<strong>{item.verdict}</strong> ({item.points:g} of {item.out_of:g}). "
        f"{html.escape(item.reason)}</li>"
        for item in mark.items
    )
    points = f"<strong>{mark.points:g} of {mark.out_of:g} points.</strong> " if mark.out_of else ""
    return f"<p>{points}{html.escape(mark.note)}</p>" + (f"<ul>{rows}</ul>" if rows else "")


def mark(question: Question, value: Any, key: Key, reasons: Reasons, points: float) -> Mark:
    """Mark an answer by rule.

    Parameters
    ----------
    question
        The question, for its words and its parts.
    value
        The answer in its normal form (see `place_kit.answers.values`), or None.
    key, reasons
        See `Key` and `Reasons`.
    points
        What a fully right answer earns.

    Raises
    ------
    KeyError, ValueError
        If the key does not fit the question: a fault of the course, not of the learner.
    """
    if question.kind not in _RULES:
        raise ValueError(f"{question.id} is of a kind that is not marked by rule")
    parts = _RULES[question.kind](question, value, key, reasons)
    if not parts:
        raise ValueError(f"{question.id} has no parts to mark")
    share = Fraction(str(points)) / sum((part.worth for part in parts), Fraction(0))
    earned = max(Fraction(0), sum((part.earned for part in parts), Fraction(0)))
    nothing = values.missing(question, value) and not value
    return Mark(
        points=_rounded(earned * share),
        out_of=float(points),
        items=tuple(
            MarkedItem(
                part.id,
                part.label,
                part.given,
                _rounded(part.earned * share),
                _rounded(part.worth * share),
                part.reason,
            )
            for part in parts
        ),
        note=reasons.get("missing", MISSING) if nothing else "",
    )


def practise(question: Question, value: Any) -> Mark:
    """Mark a practice question by the key it carries itself; its points are its parts.

    Raises
    ------
    ValueError
        If the question carries no key.
    """
    key, reasons, parts = _own_key(question)
    return mark(question, value, key, reasons, parts)


def _own_key(question: Question) -> tuple[Key, Reasons, int]:
    match question.kind:
        case "choose_one":
            right = [option.id for option in question.options if option.right]
            return dict.fromkeys(right, 1), {o.id: o.reason for o in question.options}, 1
        case "choose_several":
            right = [option.id for option in question.options if option.right]
            return right, {o.id: o.reason for o in question.options}, len(right)
        case "classify" | "match":
            key = {item.id: item.right for item in question.items}
            reasons: Reasons = {
                i.id: {"right": i.reason, "wrong": i.reason} for i in question.items
            }
            return key, reasons, len(question.items)
        case "order":
            reasons = {i.id: {"right": i.reason, "wrong": i.reason} for i in question.items}
            return question.right_order, reasons, len(question.items) - 1
        case "number" if question.number:
            number = question.number
            slips = dict(number.slips)
            own = {"right": number.reason, "slips": slips, "otherwise": number.otherwise}
            return number.right, own, 1
    raise ValueError(f"{question.id} has no key of its own")


def _rounded(points: Fraction) -> float:
    exact = Decimal(points.numerator) / Decimal(points.denominator)
    return float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


# --- one rule a kind ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    id: str
    label: str
    given: str
    earned: Fraction
    worth: Fraction
    reason: str


def _one(question: Question, value: Any, key: Key, reasons: Reasons) -> list[_Part]:
    worth = {key: 1} if isinstance(key, str) else key
    text = {option.id: option.text for option in question.options}
    if not worth.keys() <= text.keys():
        raise KeyError(f"the key of {question.id} names an option it does not have")
    if value is None:
        return [_Part("", "Your choice", "", Fraction(0), Fraction(1), "")]
    earned = Fraction(str(worth.get(value, 0)))
    return [_Part(value, "Your choice", text[value], earned, Fraction(1), reasons[value])]


def _several(question: Question, value: Any, key: Key, reasons: Reasons) -> list[_Part]:
    chosen, right = set(value or ()), set(key)
    if not right or not right <= {option.id for option in question.options}:
        raise KeyError(f"the key of {question.id} names an option it does not have")
    parts = []
    for option in question.options:
        given = "chosen" if option.id in chosen else "not chosen"
        if option.id in right and option.id not in chosen and question.graded:
            # To name what was missed would hand over the key.
            parts.append(
                _Part("", "Another that belongs here", given, Fraction(0), Fraction(1), "")
            )
        elif option.id in right or option.id in chosen or not question.graded:
            worth = Fraction(int(option.id in right))
            earned = (1 if worth else -1) * Fraction(int(option.id in chosen))
            reason = reasons[option.id]
            parts.append(_Part(option.id, option.text, given, earned, worth, reason))
    return parts


def _sorted_into(question: Question, value: Any, key: Key, reasons: Reasons) -> list[_Part]:
    names = {category.id: category.text for category in question.categories}
    parts = []
    for item in question.items:
        worth = _worths(key[item.id])
        if not worth or not worth.keys() <= names.keys():
            raise KeyError(f"the key of {question.id} names a group it does not have")
        if max(worth.values()) != 1 or min(worth.values()) < 0:
            raise ValueError(f"the key of {question.id} must give one group of an item the whole")
        given = (value or {}).get(item.id)
        earned = worth.get(given or "", Fraction(0))
        words = reasons[item.id]
        near = words.get("near", words["wrong"])
        reason = words["right"] if earned == 1 else near if earned else words["wrong"]
        parts.append(
            _Part(
                item.id,
                item.text,
                names[given] if given else "",
                earned,
                Fraction(1),
                reason if given else reasons.get("missing", MISSING),
            )
        )
    return parts


def _worths(right: Any) -> dict[str, Fraction]:
    """What part of an item each group is worth, of one group, of several, or as it says."""
    if isinstance(right, Mapping):
        return {group: Fraction(str(worth)) for group, worth in right.items()}
    return dict.fromkeys([right] if isinstance(right, str) else right, Fraction(1))


def _order(question: Question, value: Any, key: Key, reasons: Reasons) -> list[_Part]:
    text = {item.id: item.text for item in question.items}
    if sorted(key) != sorted(text):
        raise KeyError(f"the key of {question.id} is not an order of its items")
    place = {item: number for number, item in enumerate(value or ())}
    parts = []
    for first, then in pairwise(key):
        right = bool(place) and place[first] < place[then]
        # In the learner's own order, not the key's: a wrong pair gives nothing away.
        one, other = sorted((first, then), key=lambda item: place.get(item, 0))
        label = f"{_quoted(text[one])} before {_quoted(text[other])}" if place else "Your order"
        given = f"places {place[one] + 1} and {place[other] + 1}" if place else ""
        reason = reasons[then]["right" if right else "wrong"] if place else ""
        parts.append(_Part(then, label, given, Fraction(int(right)), Fraction(1), reason))
    return parts


def _quoted(text: str) -> str:
    return f"“{text.rstrip('.')}”"


def _number(question: Question, value: Any, key: Key, reasons: Reasons) -> list[_Part]:
    rule = {"right": key} if isinstance(key, str) else key
    right, within = Decimal(rule["right"]), Decimal(rule.get("within", "0"))
    given = values.parse_number(value or "")
    hit = given is not None and abs(given - right) <= within
    if hit:
        reason = reasons["right"]
    elif given is None:
        reason = UNREADABLE if (value or "").strip() else ""
    else:
        slips = {Decimal(slip): text for slip, text in reasons.get("slips", {}).items()}
        reason = slips.get(given, reasons.get("otherwise", ""))
    shown = f"{value} {question.unit}".strip() if value else ""
    return [_Part("", "Your number", shown, Fraction(int(hit)), Fraction(1), reason)]


_Rule = Callable[[Question, Any, Key, Reasons], Sequence[_Part]]
_RULES: dict[str, _Rule] = {
    "choose_one": _one,
    "choose_several": _several,
    "classify": _sorted_into,
    "match": _sorted_into,
    "order": _order,
    "number": _number,
}
