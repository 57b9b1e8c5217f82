"""A notebook as an author's check reads it: where it stands, its cells, and what they ask."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Cell = Mapping[str, Any]
Place = Literal["course", "solutions", "exercises"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a notebook: where, what is wrong, and how to put it right."""

    file: str
    cell: str
    code: str
    wrong: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}, cell {self.cell}" if self.cell else self.file
        return f"{where}: {self.code} {self.wrong} {self.mend}"


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook that was read, and where in the course it stands."""

    path: Path
    place: Place
    content: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its path from the folder that holds ``course/`` or ``solutions/``."""
        parts = self.path.parts
        return "/".join(parts[-2:] if self.place == "course" else parts[-3:])

    @property
    def question_set(self) -> str:
        """The set whose questions the notebook asks."""
        return self.path.stem if self.place == "course" else f"{self.path.parent.name}.graded"

    @property
    def cells(self) -> list[Cell]:
        """Its cells, in order."""
        return list(self.content["cells"])

    def problem(self, cell: Cell | None, code: str, wrong: str, mend: str) -> Problem:
        """Give a problem at this notebook, or at one of its cells."""
        return Problem(self.name, cell.get("id", "") if cell else "", code, wrong, mend)


def code_of(notebook: Notebook) -> Iterator[Cell]:
    """Its cells of code."""
    return (cell for cell in notebook.cells if cell.get("cell_type") == "code")


def parsed(source: str) -> ast.Module | None:
    """Give the syntax tree of a cell's code, or None where it has none."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def visible(source: str) -> str:
    """Give the code of a cell that learners receive: without its hidden tests."""
    kept, hidden = [], False
    for line in source.split("\n"):  # line by line, as nbgrader does it
        if "BEGIN HIDDEN TESTS" in line:
            hidden = True
        elif "END HIDDEN TESTS" in line:
            hidden = False
        elif not hidden:
            kept.append(line)
    return "\n".join(kept)


def asked_in(notebook: Notebook) -> Iterator[tuple[Cell, str]]:
    """Each question that a notebook asks, at once or in its time, with its cell."""
    for cell in code_of(notebook):
        match parsed(visible(cell["source"])):
            case ast.Module(
                body=[
                    ast.Expr(
                        value=ast.Call(
                            func=ast.Attribute(
                                value=ast.Name(id="ask"), attr="question" | "after_trial"
                            ),
                            args=[ast.Constant(value=str(id))],
                        )
                    )
                ]
            ):
                yield cell, id
