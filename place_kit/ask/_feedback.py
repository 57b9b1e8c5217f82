"""What a learner reads after *Check my answer*: a practice question's mark, in words."""

from __future__ import annotations

import re
from typing import Any

from place_kit import marking
from place_kit.answers import values
from place_kit.facts.model import Question

Data = dict[str, Any]

_VERDICTS = {"right": "Right.", "partly": "Partly right.", "wrong": "Not quite."}
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def feedback(question: Question, value: Any) -> Data:
    """The reasons for one answer, as the page shows them.

    Parameters
    ----------
    question
        A practice question with a key.
    value
        The learner's answer, checked.

    Returns
    -------
    dict
        ``verdict`` (right, partly, wrong; open for what cannot be read) with its ``words``;
        ``summary``; ``given``, the verdict and reason for each part the learner answered, by id;
        ``all``, every reason; and ``say``, what is read out.
    """
    if question.kind == "number" and values.parse_number(value) is None:
        return _unread()
    mark = marking.practise(question, value)
    given = _given(question, value, mark)
    off_key = question.kind == "choose_several" and any(
        one["verdict"] == "wrong" for one in given.values()
    )
    if mark.all_right and not off_key:
        verdict = "right"
    elif mark.points > 0 or any(one["verdict"] == "right" for one in given.values()):
        verdict = "partly"
    else:
        verdict = "wrong"
    words = _VERDICTS[verdict]
    summary = _summary(question, value, mark)
    alone = next(iter(given.values()), {}) if question.kind in ("choose_one", "number") else {}
    spoken = alone.get("reason") or f"{summary} The reasons stand beside your answer.".strip()
    return {
        "verdict": verdict,
        "words": words,
        "summary": summary,
        "given": given,
        "all": _all(question),
        "say": f"{words} {spoken}",
    }


def _unread() -> Data:
    """For a number in words, say: it may be right, so it is not judged."""
    reason = marking.UNREADABLE
    part = {"verdict": "open", "words": "", "reason": reason}
    told = {"verdict": "open", "words": "", "summary": ""}
    return {**told, "given": {"number": part}, "all": [], "say": reason}


def _part(right: bool, reason: str) -> Data:
    verdict = "right" if right else "wrong"
    return {"verdict": verdict, "words": _VERDICTS[verdict], "reason": reason}


def _placed(question: Question, value: Any, name: str, reason: str) -> Data:
    """What a line of an order is told: whether it stands where it belongs, or where that is."""
    place = question.right_order.index(name)
    if value[place] == name:
        return _part(True, reason)
    last = place == len(question.right_order) - 1
    where = "last" if last else _PLACES[place] if place < len(_PLACES) else f"in place {place + 1}"
    # Many reasons begin with the place themselves: it is said once.
    stop, rest = ".", reason
    if named := re.match(rf"{where}([.,:]) +", reason, re.IGNORECASE):
        stop, rest = named[1], reason[named.end() :]
    return {"verdict": "wrong", "words": f"Belongs {where}{stop}", "reason": rest}


def _given(question: Question, value: Any, mark: marking.Mark) -> dict[str, Data]:
    right = {item.id: item.out_of > 0 and item.points >= item.out_of for item in mark.items}
    match question.kind:
        case "choose_one" | "choose_several":
            chosen = [value] if isinstance(value, str) else value or []
            return {
                one.id: _part(right[one.id], one.reason)
                for one in question.options
                if one.id in chosen
            }
        case "classify" | "match":
            return {
                one.id: _part(right[one.id], one.reason)
                for one in question.items
                if one.id in (value or {})
            }
        case "order":
            # The parts of the mark are pairs; beside a line stands what is true of the line.
            return {one.id: _placed(question, value, one.id, one.reason) for one in question.items}
        case "number":
            return {"number": _part(mark.all_right, mark.items[0].reason)}
    return {}


def _summary(question: Question, value: Any, mark: marking.Mark) -> str:
    match question.kind:
        case "choose_one" | "number" if not mark.all_right:
            return "The reason stands with your answer. Try again as often as you like."
        case "choose_several":
            belong = sum(bool(one.right) for one in question.options)
            hits = sum(bool(one.right) for one in question.options if one.id in value)
            others = len(value) - hits
            text = f"You found {hits} of the {belong} that belong"
            return text + (f", and chose {others} that {_do_not(others)}." if others else ".")
        case "classify" | "match":
            left = values.missing(question, value)
            text = f"{mark.points:g} of {len(question.items)} are right."
            return text + (f" {left} still to answer." if left else "")
        case "order":
            pairs = f"{mark.points:g} of {mark.out_of:g} pairs of lines next to each other"
            return f"{pairs} {'is' if mark.points == 1 else 'are'} in the right order."
    return ""


def _do_not(count: int) -> str:
    return "does not" if count == 1 else "do not"


def _all(question: Question) -> list[Data]:
    def line(text: str, words: str, reason: str) -> Data:
        return {"text": text, "words": words, "reason": reason}

    match question.kind:
        case "choose_one":
            return [
                line(one.text, "Right" if one.right else "Not quite", one.reason)
                for one in question.options
            ]
        case "choose_several":
            return [
                line(one.text, "Belongs here" if one.right else "Does not belong", one.reason)
                for one in question.options
            ]
        case "classify" | "match":
            names = {one.id: one.text for one in question.categories}
            return [line(one.text, names[one.right or ""], one.reason) for one in question.items]
        case "order":
            items = {one.id: one for one in question.items}
            return [
                line(items[name].text, f"Place {place}", items[name].reason)
                for place, name in enumerate(question.right_order, 1)
            ]
        case "number" if question.number:
            number = question.number
            lines = [line(_with_unit(question, number.right), "Right", number.reason)]
            for slip, reason in number.slips:
                lines.append(line(_with_unit(question, slip), "Not quite", reason))
            return lines
    return []


def _with_unit(question: Question, number: str) -> str:
    if question.unit in ("£", "$", "€"):
        return f"{question.unit}{number}"
    return f"{number} {question.unit}".strip()
