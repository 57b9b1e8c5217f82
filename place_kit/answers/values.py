"""What an answer to each kind of question may be. Pure functions, no files.

======================  =============================================
kind                    value
======================  =============================================
choose_one              option id
choose_several          list of option ids, in the question's order
classify, match         item id -> category id (parts may be missing)
order                   every item id, once
rate                    item id -> whole number on the scale
number                  the text as typed
reflect                 the text
plan                    list of rows: field id -> text
======================  =============================================
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from place_kit.facts.model import Question, QuestionKind
from place_kit.problems import PlaceKitError

MAX_TEXT = 80_000
"""Characters in one text: a 10,000-word reflection fits, in any language we know of."""

MAX_SHORT = 2_000
"""Characters in one field of a plan."""

MAX_NUMBER = 40
"""Characters in a typed number."""


class AnswerError(PlaceKitError):
    """A value that cannot be an answer to its question."""


def _choose_one(question: Question, value: Any) -> Any:
    if value not in {option.id for option in question.options}:
        raise AnswerError("That is not one of the options.")
    return value


def _choose_several(question: Question, value: Any) -> Any:
    known = [option.id for option in question.options]
    if not isinstance(value, list) or any(part not in known for part in value):
        raise AnswerError("Something chosen is not one of the options.")
    return [option for option in known if option in value]


def _sorted_into(question: Question, value: Any) -> Any:
    categories = {category.id for category in question.categories}
    items = [item.id for item in question.items]
    if not isinstance(value, dict) or not value.keys() <= set(items):
        raise AnswerError("Something answered is not part of this question.")
    if any(part not in categories for part in value.values()):
        raise AnswerError("Something chosen is not one of the groups.")
    return {item: value[item] for item in items if item in value}


def _order(question: Question, value: Any) -> Any:
    items = [item.id for item in question.items]
    if not isinstance(value, list) or any(not isinstance(part, str) for part in value):
        raise AnswerError("That is not an order of the items.")
    if sorted(value) != sorted(items):
        raise AnswerError("The order must hold every item once.")
    return list(value)


def _rate(question: Question, value: Any) -> Any:
    assert question.scale is not None
    low, high = question.scale.low, question.scale.high
    items = [item.id for item in question.items]
    if not isinstance(value, dict) or not value.keys() <= set(items):
        raise AnswerError("Something rated is not part of this question.")
    for rating in value.values():
        if isinstance(rating, bool) or not isinstance(rating, int) or not low <= rating <= high:
            raise AnswerError(f"A rating is a whole number from {low} to {high}.")
    return {item: value[item] for item in items if item in value}


def _text(limit: int) -> Callable[[Question, Any], Any]:
    def check_text(question: Question, value: Any) -> Any:
        if not isinstance(value, str):
            raise AnswerError("That is not a text.")
        if len(value) > limit:
            raise AnswerError(
                f"This is {len(value):,} characters long and {limit:,} fit. "
                "Please shorten it; what you wrote is still on the page."
            )
        # Half of a surrogate pair (a broken paste) cannot be written as UTF-8.
        return value.encode("utf-8", "replace").decode("utf-8")

    return check_text


def _plan(question: Question, value: Any) -> Any:
    fields = [field.id for field in question.fields]
    if not isinstance(value, list) or len(value) > question.max_rows:
        raise AnswerError(f"A plan has up to {question.max_rows} rows.")
    short = _text(MAX_SHORT)
    rows = []
    for row in value:
        if not isinstance(row, dict) or not row.keys() <= set(fields):
            raise AnswerError("A row of the plan has a field this question does not know.")
        rows.append({field: short(question, row[field]) for field in fields if field in row})
    return rows


_CHECKS: dict[QuestionKind, Callable[[Question, Any], Any]] = {
    "choose_one": _choose_one,
    "choose_several": _choose_several,
    "classify": _sorted_into,
    "match": _sorted_into,
    "order": _order,
    "rate": _rate,
    "number": _text(MAX_NUMBER),
    "reflect": _text(MAX_TEXT),
    "plan": _plan,
}


def check(question: Question, value: Any) -> Any:
    """Return `value` in its normal form.

    Parameters
    ----------
    question
        The question answered.
    value
        JSON data, not trusted.

    Raises
    ------
    AnswerError
        If the value cannot be an answer to the question.
    """
    try:
        return _CHECKS[question.kind](question, value)
    except TypeError:  # an unhashable part, such as a list where an id belongs
        raise AnswerError("That is not an answer to this question.") from None


def missing(question: Question, value: Any) -> int:
    """How many parts of the question are still unanswered; 0 when it is complete."""
    match question.kind:
        case "choose_one" | "order":
            return int(value is None)
        case "choose_several":
            return int(not value)
        case "classify" | "match" | "rate":
            return len(question.items) - len(value or {})
        case "number" | "reflect":
            return int(not (value or "").strip())
        case "plan":
            rows = [row for row in value or [] if any(text.strip() for text in row.values())]
            return int(not rows) or sum(
                not row.get(field.id, "").strip() for row in rows for field in question.fields
            )


def anything(value: Any) -> bool:
    """Whether a checked answer says anything at all, be it a part of the whole."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return any(text.strip() for row in value for text in row.values())
    return bool(value)


_NUMBER = re.compile(r"[£$€]?\s*([+-]?\d[\d,  ]*(?:\.\d+)?|[+-]?\.\d+)\s*%?")


def parse_number(text: str) -> Decimal | None:
    """The number in what somebody typed, exactly; None if it is not one number.

    A currency sign before it, a per cent sign after it and separators between
    thousands are allowed: ``£1,250.50`` is 1250.50 and ``70 %`` is 70.
    """
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    try:
        return Decimal(re.sub(r"[,\s]", "", found[1]))
    except InvalidOperation:
        return None
