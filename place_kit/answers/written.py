"""All that a learner wrote in their own words, across modules and exercises, with its past."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from place_kit import facts
from place_kit.answers import days, journal, store
from place_kit.facts.model import Module, Question
from place_kit.problems import PlaceKitError


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a text was before, and when it was last changed then (UTC)."""

    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Written:
    """One text: which question it answers, where, when it was last changed, and before that.

    `part` is the module's title, with “the exercise” where it belongs to one; `earlier` is
    newest first.
    """

    question: Question
    part: str
    text: str
    at: str
    earlier: tuple[Earlier, ...] = ()


def written(folder: Path, course: Path | None = None) -> tuple[Written, ...]:
    """Gather every text, by module in the syllabus's order, then by date.

    What cannot be read is left out: the module's own forms say what is wrong with it.

    Parameters
    ----------
    folder
        The learner's folder, the one that holds ``course/`` and ``exercises/``.
    course
        The folder of the modules, where it is not ``course/``.
    """
    course = course or folder / "course"
    found: list[Written] = []
    for module in facts.read_syllabus(course / facts.SYLLABUS):
        for question_set, place, part in _sets(folder, course, module):
            found += sorted(_texts(question_set, place, part), key=lambda one: one.at)
    return tuple(found)


def _sets(folder: Path, course: Path, module: Module) -> Iterator[tuple[str, Path, str]]:
    yield module.id, course, module.title
    if name := module.assignment:
        yield name + store.GRADED, folder / "exercises" / name, f"{module.title}, the exercise"


def _texts(question_set: str, place: Path, part: str) -> Iterator[Written]:
    path = store.file_for(question_set, place)
    past = journal.file_for(question_set, path)
    try:
        answers = store.look(question_set, path)
    except PlaceKitError:
        answers = store.Answers(question_set)
    try:
        versions = journal.look(past, question_set) if past else {}
    except PlaceKitError:
        versions = {}
    for question in facts.questions_of(question_set):
        if question.kind not in journal.KINDS:
            continue
        entry = answers.entries.get(question.id)
        now = in_words(question, entry.value) if entry else ""
        before = [(each.value, each.at) for each in versions.get(question.id, ())]
        before += entry.kept if entry else ()
        earlier: dict[str, str] = {}  # each text once, where it last stood
        for value, at in sorted(before, key=lambda each: each[1]):
            if (text := in_words(question, value)) and text != now:
                earlier.pop(text, None)
                earlier[text] = at
        past_texts = tuple(Earlier(*each) for each in reversed(earlier.items()))
        if now or past_texts:
            yield Written(question, part, now, entry.at if entry else "", past_texts)


def in_words(question: Question, value: Any) -> str:
    """What a learner wrote, as one plain text.

    Words of an older course that no longer fit their question are still words.
    """
    if isinstance(value, str):
        return plain(value)
    rows = (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()
    labels = {field.id: f"{field.label}: " for field in question.fields}
    dates = {field.id for field in question.fields if field.type == "date"}
    texts = []
    for row in rows:
        ordered = sorted(
            row, key=lambda id: list(labels).index(id) if id in labels else len(labels)
        )
        said = (
            (labels.get(id, ""), days.of(row[id]) if id in dates else row[id])
            for id in ordered
            if isinstance(row[id], str)
        )
        lines = [f"{label}{plain(text)}" for label, text in said if text.strip()]
        texts.append("\n".join(lines))
    return "\n\n".join(filter(None, texts))


def plain(text: str) -> str:
    """A text without the signs that no page, file or printer can show."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = (one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
    return re.sub(r"\n{3,}", "\n\n", "".join(shown)).strip()


# --- as a file ------------------------------------------------------------------------------------

TITLE = "My journal: Place-based working"
ATTRIBUTION = (
    "The questions are from the course Place-based working, based on IRISS On… Place-based "
    "working by Fiona Munro (Iriss, June 2015), CC BY-NC-SA 2.5 UK: Scotland. The course’s text: "
    "CC BY-NC-SA 4.0. What I wrote is my own."
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&=:.])")


def as_text(found: Sequence[Written], today: date) -> str:
    """The journal as plain text, to read anywhere or paste."""
    lines = [TITLE, f"Made on {days.said(today)}"]
    for part, texts in by_part(found):
        lines += ["", "", part.upper(), "=" * len(part)]
        for one in texts:
            lines += ["", " ".join(one.question.prompt.split()), f"({_when(one.at)})"]
            lines += ["", one.text or NOW_EMPTY]
            for before in one.earlier:
                lines += ["", f"Earlier ({_when(before.at)}):", before.text]
    return "\n".join([*lines, "", "", ATTRIBUTION, ""])


def as_markdown(found: Sequence[Written], today: date) -> str:
    """The journal as Markdown; what the learner wrote stays text, whatever signs are in it."""
    lines = [f"# {TITLE}", "", f"Made on {days.said(today)}"]
    for part, texts in by_part(found):
        lines += ["", f"## {_escaped(part)}"]
        for one in texts:
            prompt = _escaped(" ".join(one.question.prompt.split()))
            lines += ["", f"### {prompt}", "", f"*{_when(one.at)}*"]
            lines += ["", _quoted(one.text or NOW_EMPTY)]
            for before in one.earlier:
                lines += ["", f"*Earlier, {_when(before.at)}*", "", _quoted(before.text)]
    return "\n".join([*lines, "", "---", "", ATTRIBUTION, ""])


NOW_EMPTY = "(Now empty.)"


def by_part(found: Sequence[Written]) -> Iterator[tuple[str, list[Written]]]:
    """The texts of each module or exercise, in their order."""
    for part, texts in groupby(found, key=lambda one: one.part):
        yield part, list(texts)


def _when(at: str) -> str:
    return days.of(at) if days.local(at) else "day not known"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _quoted(text: str) -> str:
    """A quotation, each of its lines a line."""
    lines = [f"> {_escaped(line)}".rstrip() for line in text.split("\n")]
    return "\n".join(
        f"{line}\\" if line != ">" and after not in ("", ">") else line
        for line, after in pairwise([*lines, ""])
    )
