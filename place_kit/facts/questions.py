"""The rules of a question set that the types alone cannot say.

A practice question explains every option; a graded one holds no key, because the
learner has the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from place_kit.facts.model import Item, Option, Question, QuestionKind
from place_kit.facts.reading import Reader, shown

# What a kind needs; and what else it may have.
_PARTS: Final[Mapping[QuestionKind, tuple[frozenset[str], frozenset[str]]]] = MappingProxyType(
    {
        "choose_one": (frozenset({"options"}), frozenset({"open"})),
        "choose_several": (frozenset({"options"}), frozenset({"open"})),
        "classify": (frozenset({"categories", "items"}), frozenset()),
        "match": (frozenset({"categories", "items"}), frozenset()),
        "order": (frozenset({"items", "right_order"}), frozenset()),
        "rate": (frozenset({"items", "scale"}), frozenset()),
        "number": (frozenset({"number"}), frozenset({"unit"})),
        "reflect": (frozenset(), frozenset({"prompts", "aim_words"})),
        "plan": (frozenset({"fields"}), frozenset({"max_rows"})),
    }
)
_KEYS: Final = frozenset({"right_order", "number"})
_RIGHT_ON_PARTS: Final = frozenset({"choose_one", "choose_several", "classify", "match"})
_REASON_ON_PARTS: Final = _RIGHT_ON_PARTS | {"order"}
_OPTIONAL: Final = {
    each.name: each.default
    for each in fields(Question)
    if each.default is not MISSING and each.name not in ("help", "later", "about")
}


def check(question: Question, at: Reader) -> None:
    """Note every rule that `question` breaks."""
    _check_parts(question, at)
    _check_keys(question, at)
    for name in ("options", "items", "categories"):
        parts = getattr(question, name)
        if len(parts) == 1 and not (name == "items" and question.kind in ("classify", "rate")):
            at.at(name).say("must hold at least two.")
    for name, least in (("revision", 1), ("max_rows", 1), ("aim_words", 0)):
        if getattr(question, name) < least:
            at.at(name).say(f"must be {least} or more.")
    special = _SPECIAL.get(question.kind)
    if special:
        special(question, at)


def _check_parts(question: Question, at: Reader) -> None:
    present = {name for name, default in _OPTIONAL.items() if getattr(question, name) != default}
    needed, allowed = _PARTS[question.kind]
    if question.graded:
        for name in sorted(present & _KEYS):
            at.at(name).say(_NO_KEY)
        present, needed = present - _KEYS, needed - _KEYS
    for name in sorted(needed - present):
        at.at(name).say(f"is missing: a question of kind {question.kind} needs it.")
    for name in sorted(present - needed - allowed):
        at.at(name).say(f"does not belong in a question of kind {question.kind}.")


_NO_KEY: Final = "must not stand in a graded question: the learner would have the key."


def _check_keys(question: Question, at: Reader) -> None:
    keyed = not (question.graded or question.open)
    right, reason = question.kind in _RIGHT_ON_PARTS, question.kind in _REASON_ON_PARTS
    for name in ("options", "items"):
        for part in getattr(question, name):
            here = at.at(name).at(part.id)
            _check_key(part, here, keyed and right, keyed and reason, question.graded)
    for category in question.categories:
        here = at.at("categories").at(category.id)
        _check_key(category, here, False, False, question.graded)


def _check_key(part: Option | Item, at: Reader, right: bool, reason: bool, graded: bool) -> None:
    unwanted = _NO_KEY if graded else "does not belong here."
    for name, given, wanted in (
        ("right", part.right is not None, right),
        ("reason", bool(part.reason.strip()), reason),
    ):
        if wanted and not given:
            at.at(name).say("is missing: practice says why, for every option and item.")
        elif given and not wanted:
            at.at(name).say(unwanted)


def _check_choice(question: Question, at: Reader) -> None:
    count = sum(option.right is True for option in question.options)
    if question.graded or question.open:
        return
    if question.kind == "choose_one" and count != 1:
        at.at("options").say(f"must have exactly one that is right; {count} are.")
    if question.kind == "choose_several" and count == 0:
        at.at("options").say("must have at least one that is right.")


def _check_categories(question: Question, at: Reader) -> None:
    used: set[str] = set()
    categories = {category.id for category in question.categories}
    for item in question.items:
        here = at.at("items").at(item.id).at("right")
        if item.right is None:
            continue
        if item.right not in categories:
            here.say(f"names {shown(item.right)}, which is not a category of this question.")
        if question.kind == "match" and item.right in used:
            here.say(f"names {shown(item.right)}, which another item has already.")
        used.add(item.right)


def _check_order(question: Question, at: Reader) -> None:
    if question.right_order and sorted(question.right_order) != sorted(
        item.id for item in question.items
    ):
        at.at("right_order").say("must name every item once and nothing else.")


def _check_scale(question: Question, at: Reader) -> None:
    if question.scale and question.scale.low >= question.scale.high:
        at.at("scale").say("must have a low end below its high end.")


def _check_number(question: Question, at: Reader) -> None:
    if not question.number:
        return
    here = at.at("number")
    right = _decimal(question.number.right, here.at("right"))
    for number, slip in enumerate(question.number.slips, start=1):
        place = here.at("slips").at(str(number)).at("value")
        value = _decimal(slip.value, place)
        if value is not None and value == right:
            place.say("is the right number, and cannot be a slip too.")


def _decimal(text: str, at: Reader) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite():
        return number
    at.say(f"must be a number written in digits, such as “2.5”; it is {shown(text)}.")
    return None


_SPECIAL: Final[Mapping[QuestionKind, Callable[[Question, Reader], None]]] = MappingProxyType(
    {
        "choose_one": _check_choice,
        "choose_several": _check_choice,
        "classify": _check_categories,
        "match": _check_categories,
        "order": _check_order,
        "rate": _check_scale,
        "number": _check_number,
    }
)
