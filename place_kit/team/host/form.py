"""The questions as an HTML form, and what comes back from it. Plain HTML: it needs no script.

A field is named for the question's last word, then, after colons, for its part:
``place:homes`` is a rating of one theme, ``assets:0:groups`` a field of the first row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from place_kit.answers import values
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError
from place_kit.show._html import EMPTY, Html, join, tag
from place_kit.team.entry import MAX_TEXT, TEXTS
from place_kit.team.session import Session

PASS: Final = "Pass"


class FormError(PlaceKitError):
    """What came back is not from our form."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What one phone sent: answers, the texts ticked, and the texts that were not."""

    answers: Mapping[str, Any]
    show: frozenset[str]
    unticked: Mapping[str, Any]


def read(session: Session, round: int, fields: Mapping[str, Sequence[str]]) -> Posted:
    """Read the fields of a form. Nothing in them is trusted.

    Raises
    ------
    PlaceKitError
        If there is a field we did not ask for, one that stands twice, or a value that is no answer.
    """
    left = {}
    for name, given in fields.items():
        if len(given) != 1:
            raise FormError("A field stands in this form twice.")
        left[name] = given[0]
    answers, unticked, show = {}, {}, set()
    for question in session.asked(round):
        value = _value(question, left)
        ticked = left.pop(f"{short(question)}:show", None) is not None
        if not values.anything(value):
            continue  # somebody passes
        value = values.check(question, value)
        if question.kind not in TEXTS:
            answers[question.id] = value
        elif ticked:
            answers[question.id] = value
            show.add(question.id)
        else:
            unticked[question.id] = value
    if left:
        raise FormError("This form holds a field that was not asked for.")
    return Posted(answers, frozenset(show), unticked)


def write(
    session: Session, round: int, answers: Mapping[str, Any], show: frozenset[str] = frozenset()
) -> Html:
    """The questions of a round, with the answers given so far."""
    return join(
        _question(question, answers.get(question.id), question.id in show, session.tick)
        for question in session.asked(round)
    )


def short(question: Question) -> str:
    """What the fields of a question are named for."""
    return question.id.rpartition(".")[2]


def void(name: str, /, **attributes: str | bool | None) -> Html:
    """Write an element that has no contents."""
    return Html(tag(name, **attributes).removesuffix(f"</{name}>"))


# --- reading --------------------------------------------------------------------------------


def _value(question: Question, left: dict[str, str]) -> Any:
    name = short(question)
    match question.kind:
        case "choose_one":
            return left.pop(name, "")
        case "rate":
            given = {item.id: left.pop(f"{name}:{item.id}", "") for item in question.items}
            return {item: _number(text) for item, text in given.items() if text}
        case "plan":
            rows = [
                {field.id: left.pop(f"{name}:{row}:{field.id}", "") for field in question.fields}
                for row in range(question.max_rows)
            ]
            return [kept for row in rows if (kept := {k: v for k, v in row.items() if v.strip()})]
        case _:
            return left.pop(name, "")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 4):
        raise FormError("A rating is a whole number.")
    return int(text)


# --- writing --------------------------------------------------------------------------------


def _question(question: Question, value: Any, ticked: bool, tick: str) -> Html:
    name = short(question)
    help = tag("p", question.help, class_="help") if question.help else EMPTY
    match question.kind:
        case "choose_one":
            body = _choices(name, [(one.id, one.text) for one in question.options], value, "list")
        case "rate":
            body = _ratings(question, value or {})
        case "plan":
            rows = (value or []) + [{}] * question.max_rows
            body = join(_row(question, row, rows[row]) for row in range(question.max_rows))
        case _:
            body = _area(name, "Your words", value or "")
    if question.kind in TEXTS:
        body = join((body, _tick(name, tick, ticked)))
    return tag("fieldset", tag("legend", tag("h2", question.prompt)), help, body, class_="question")


def _ratings(question: Question, value: Mapping[str, int]) -> Html:
    scale = question.scale
    assert scale is not None
    steps = [(str(step), str(step)) for step in range(scale.low, scale.high + 1)]
    ends = f"{scale.low}: {scale.low_label}. {scale.high}: {scale.high_label}."
    lines = (
        tag(
            "fieldset",
            tag("legend", item.text),
            _choices(f"{short(question)}:{item.id}", steps, str(value.get(item.id, "")), "scale"),
        )
        for item in question.items
    )
    return join((tag("p", ends, class_="ends"), *lines))


def _choices(
    name: str, choices: Sequence[tuple[str, str]], chosen: str | None, class_: str
) -> Html:
    """Radio buttons, with one to pass: without it, a choice could not be taken back."""
    return tag(
        "div",
        *(
            tag(
                "label",
                void("input", type="radio", name=name, value=id, checked=id == (chosen or "")),
                text,
            )
            for id, text in (*choices, ("", PASS))
        ),
        class_=class_,
    )


def _row(question: Question, row: int, value: Mapping[str, str]) -> Html:
    return join(
        _area(
            f"{short(question)}:{row}:{field.id}", field.label, value.get(field.id, ""), field.help
        )
        for field in question.fields
    )


def _area(name: str, label: str, value: str, help: str = "") -> Html:
    return tag(
        "label",
        tag("span", label),
        tag("small", help) if help else "",
        # The first line break after the tag belongs to the tag.
        tag("textarea", f"\n{value}", name=name, rows="2", maxlength=str(MAX_TEXT)),
        class_="text",
    )


def _tick(name: str, words: str, ticked: bool) -> Html:
    box = void("input", type="checkbox", name=f"{name}:show", value="1", checked=ticked)
    return tag("label", box, words, class_="tick")
