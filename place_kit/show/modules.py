"""Cards about the course itself, from the syllabus beside the notebook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from place_kit import facts as all_facts
from place_kit.answers import progress
from place_kit.facts.model import Facts, Module
from place_kit.problems import PlaceKitError
from place_kit.show import words
from place_kit.show._html import Html, escape, items, join, pairs, tag
from place_kit.show.card import Card
from place_kit.show.lookup import find

FILE = all_facts.SYLLABUS


def read(folder: Path) -> tuple[Module, ...]:
    """Read the syllabus of a folder of modules."""
    file = folder / FILE
    if not file.is_file():
        raise PlaceKitError(
            f"There is no {FILE} beside this notebook, so the course’s list of modules cannot be "
            "shown. Open the notebook in the folder that place-kit learn made."
        )
    return all_facts.read_syllabus(file)


def module(facts: Facts, modules: Iterable[Module], id: str) -> Card:
    """Show what a module is for, how long it takes and what it needs."""
    shown = find({each.id: each for each in modules}, id, "module")
    asked = [find(facts.reflective_questions, each, "question") for each in shown.questions]
    subjects = "; ".join(f"{each.subject} (question {each.number})" for each in asked)
    body = join(
        (
            items(shown.outcomes),
            pairs(
                (
                    ("Time", f"About {shown.minutes} minutes, at once or in pieces."),
                    ("You need", "This notebook, and nothing else. Your answers are kept."),
                    ("To reflect on", subjects),
                    ("Then", "An exercise that your tutor marks." if shown.assignment else ""),
                ),
                class_="pk-short",
            ),
        )
    )
    return Card(title="What you will be able to do", takeaway="", body=body, level=2)


def syllabus(modules: Iterable[Module], folder: Path) -> Card:
    """List the modules with their minutes, and link to those that are here."""
    listed = tuple(modules)
    here = sum(_notebook(folder, each).is_file() for each in listed)
    minutes = sum(each.minutes for each in listed)
    takeaway = f"{words.sentence(words.count(len(listed)))} modules, {_time(minutes)} in all."
    if here < len(listed):
        takeaway += f" {words.sentence(words.count(here))} of them can be opened now."
    return Card(
        title="The course",
        takeaway=takeaway,
        body=items((_line(folder, each) for each in listed), "ol", start="0"),
    )


def _line(folder: Path, each: Module) -> Html:
    name = _notebook(folder, each).name
    if _notebook(folder, each).is_file():
        title = tag("a", each.title, href=quote(name))
        state = _progress(folder, each.id)
    else:
        title, state = escape(each.title), ", coming later"
    return join((title, tag("span", f" ({each.minutes} minutes{state})", class_="pk-soft")))


def _progress(folder: Path, module: str) -> str:
    """Say how many of a module's questions are answered, if any is."""
    one = progress.count(module, folder)
    if not one.answered:
        return ""
    return ", done" if one.state == "done" else f", {one.answered} of {one.of} answered"


def _notebook(folder: Path, each: Module) -> Path:
    return folder / f"{each.id}.ipynb"


def _time(minutes: int) -> str:
    return f"about {round(minutes / 60)} hours" if minutes > 90 else f"{minutes} minutes"
