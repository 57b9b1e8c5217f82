"""Questions and answers as plain text and plain HTML, where no form can be shown.

nbconvert, formgrader, feedback pages and a notebook seen elsewhere get these. Whatever a
learner wrote is escaped here and shows as written, never as markup.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any, Final

from place_kit.answers import values
from place_kit.answers.text import clean as clean
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError

NOT_SHOWN: Final = object()
"""For a question printed without its answer: the answer is kept, but not in this output."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Something to display that is only HTML and plain text."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def problem(message: str) -> Printed:
    """A problem in plain words, where a form should be."""
    shown = html.escape(clean(message))
    return Printed(
        '<div class="place-kit-problem" role="alert">'
        f"<p><strong>This part cannot be shown.</strong> {shown}</p></div>",
        f"This part cannot be shown. {clean(message)}",
    )


def elsewhere(command: str) -> Printed:
    """Where something is done that a page in print cannot do."""
    said = f"To do this, open this page in the course, or use a terminal: {command}."
    return Printed(f"<p>{html.escape(said)}</p>", said)


def note(title: str, words: str) -> Printed:
    """A line between forms: what the next ones are."""
    return Printed(
        f"<p><strong>{html.escape(title)}.</strong> {html.escape(words)}</p>", f"{title}. {words}"
    )


def printed(question: Question, value: Any, notice: str = "") -> Printed:
    """A question with its answer.

    Parameters
    ----------
    question
        Any question.
    value
        Its answer, None where there is none, or `NOT_SHOWN`. Not trusted.
    notice
        Something the reader must know, such as a damaged answer file.
    """
    if value is not None and value is not NOT_SHOWN:
        try:
            value = values.check(question, value)
        except PlaceKitError as error:
            notice, value = f"{notice} The answer cannot be shown: {error}".strip(), None
    lines = _lines(question, value)
    unanswered = value is None or (
        value is not NOT_SHOWN and values.missing(question, value) and not values.anything(value)
    )
    state = ""
    if value is NOT_SHOWN:
        state = "Open this notebook in the course to answer."
    elif unanswered:
        state = "Not answered."
    return Printed(
        _as_html(question, lines, state, notice), _as_text(question, lines, state, notice)
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a printed question; `said` is the learner's part of it."""

    text: str
    said: str = ""
    long: bool = False


def _lines(question: Question, value: Any) -> list[_Line]:
    blank = value is None or value is NOT_SHOWN
    given: Any = None if blank else value
    match question.kind:
        case "choose_one" | "choose_several":
            chosen = [given] if isinstance(given, str) else given or []
            return [
                _Line(one.text, "chosen" if one.id in chosen else "") for one in question.options
            ]
        case "classify" | "match":
            names = {one.id: one.text for one in question.categories}
            none = "" if value is NOT_SHOWN else "not answered"
            return [
                _Line(one.text, names.get((given or {}).get(one.id, ""), none))
                for one in question.items
            ]
        case "rate":
            none = "" if value is NOT_SHOWN else "not answered"
            return [_Line(one.text, str((given or {}).get(one.id, none))) for one in question.items]
        case "order":
            texts = {one.id: one.text for one in question.items}
            if blank:
                return [_Line(text) for text in texts.values()]
            return [_Line(texts[name], f"place {place}") for place, name in enumerate(given, 1)]
        case "number":
            shown = clean(given or "").strip()
            return [_Line("Answer", f"{shown} {question.unit}".strip())] if shown else []
        case "reflect":
            prompts = [_Line(prompt) for prompt in question.prompts]
            return [
                *prompts,
                *([_Line("Answer", clean(given), True)] if values.anything(given) else []),
            ]
        case "plan":
            return [
                _Line(f"Step {number}, {field.label}", clean(row.get(field.id, "")), True)
                for number, row in enumerate(given or [], 1)
                if any(text.strip() for text in row.values())
                for field in question.fields
            ]


def _guide(question: Question) -> list[str]:
    """What stands between the prompt and the answer: help, groups, the ends of a scale."""
    guide = [question.help] if question.help else []
    if question.categories:
        guide.append(f"Choices: {'; '.join(one.text for one in question.categories)}.")
    if question.scale:
        scale = question.scale
        guide.append(f"{scale.low}: {scale.low_label}. {scale.high}: {scale.high_label}.")
    return guide


def _as_html(question: Question, lines: list[_Line], state: str, notice: str) -> str:
    def item(line: _Line) -> str:
        text, said = html.escape(line.text), html.escape(line.said)
        if line.long:
            words = f'<div style="white-space: pre-wrap">{said or "(nothing)"}</div>'
            return f"<li>{text}:<blockquote>{words}</blockquote></li>"
        return f"<li>{text}: <strong>{said}</strong></li>" if said else f"<li>{text}</li>"

    prompt = html.escape(question.prompt)
    parts = [f'<p style="white-space: pre-wrap"><strong>{prompt}</strong></p>']
    parts += [f"<p>{html.escape(text)}</p>" for text in _guide(question)]
    if lines:
        parts.append(f"<ul>{''.join(map(item, lines))}</ul>")
    parts += [f"<p><em>{html.escape(text)}</em></p>" for text in (state, notice) if text]
    return f'<div class="place-kit-question">{"".join(parts)}</div>'


def _as_text(question: Question, lines: list[_Line], state: str, notice: str) -> str:
    def item(line: _Line) -> str:
        if line.long:
            return f"- {line.text}:\n{line.said or '(nothing)'}"
        return f"- {line.text}" + (f": {line.said}" if line.said else "")

    parts = [question.prompt, *_guide(question), *map(item, lines), state, notice]
    return "\n".join(filter(None, parts))
