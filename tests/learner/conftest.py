"""A course so small that a test can see all of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def notebook(*cells: tuple[str, str], autorun: bool = True) -> str:
    """A notebook of cells (md, facilitator, code or renew; source), as the course writes them."""
    kinds = {"md": "markdown", "facilitator": "markdown", "code": "code", "renew": "code"}
    written: list[dict[str, Any]] = []
    for number, (kind, source) in enumerate(cells):
        cell = {
            "cell_type": kinds[kind],
            "id": f"cell-{number}",
            "metadata": {"tags": ["facilitator"]} if kind == "facilitator" else {},
            "source": source,
        }
        if kind in ("code", "renew"):
            tags = ["hide-input", "renew"] if kind == "renew" else ["hide-input"]
            cell["metadata"] = {"tags": tags, "jupyter": {"source_hidden": True}}
            cell |= {"outputs": [], "execution_count": None}
        written.append(cell)
    metadata = {
        "kernelspec": {
            "name": "python3",
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
        },
        "language_info": {"name": "python"},
        "place": {"autorun": autorun, "lang": "en-GB"},
    }
    return json.dumps({"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


FORM = """
import ipywidgets
button = ipywidgets.Button(description="Press me")
said = ipywidgets.Label("not yet")
button.on_click(lambda _, said=said: setattr(said, "value", "it was pressed"))
ipywidgets.VBox([button, said])
"""


def write_course(root: Path, cases: str = "print('cases ran')") -> Path:
    for name, text in {
        "course/modules.toml": "# the syllabus\n",
        "course/00_welcome.ipynb": notebook(
            (
                "md",
                "# Welcome\n\nGo on to [Five cases](03_cases.ipynb), "
                "then [the exercise](../exercises/03_cases/cases.ipynb).",
            ),
            ("code", "import os"),
            ("code", FORM),
        ),
        "course/03_cases.ipynb": notebook(
            ("md", "# Five cases"),
            ("code", cases),
            ("facilitator", "Only for the facilitator."),
        ),
        "exercises/03_cases/cases.ipynb": notebook(
            ("md", "# Exercise"), ("code", "print('exercise ran')")
        ),
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The shipped course."""
    return write_course(tmp_path / "shipped")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the learner's folder will be."""
    return tmp_path / "my côurse folder"
