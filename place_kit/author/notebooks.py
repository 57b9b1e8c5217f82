"""Is a notebook fit to be committed? Each problem has a code, what is wrong, and how to mend it.

======  ==================================================================
NB001   the file is not a notebook
NB002   not nbformat 4.5
NB003   the notebook's metadata (kernel, language, automatic run)
NB004   a cell id that is not readable, or not unique
NB005   outputs or execution counts
NB006   code that is not collapsed and hidden
NB007   the title: one level-one heading, first
NB008   a heading that skips a level
NB009   an image without alternative text
NB010   a link to a file that is not there
NB011   the import cell
NB012   a code cell that is more than one plain call
NB013   a facilitator's note without its tag, or with a heading
NB014   a question that does not exist
NB015   a question of the notebook's set that is never, or twice, asked
NB016   a graded question in a module, or a practice question in an exercise
NB017   not in canonical form
NB018   another file in an assignment's folder
NB2xx   graded notebooks: see `place_kit.author.graded`
======  ==================================================================
"""

from __future__ import annotations

import ast
import copy
import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import nbformat.v4

from place_kit import facts
from place_kit.author import graded
from place_kit.author.reading import (
    Cell,
    Notebook,
    Place,
    Problem,
    asked_in,
    code_of,
    parsed,
    visible,
)
from place_kit.facts.facilitating import TAG as FACILITATOR_TAG
from place_kit.facts.model import Question

METADATA: Final[Mapping[str, Any]] = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
    "place": {"autorun": True, "lang": "en-GB"},
}
IMPORTS: Final = frozenset({"ask", "assess", "explore", "record", "show"})
HIDE_TAG: Final = "hide-input"

_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_RANDOM_ID: Final = re.compile(r"(?=.*\d)[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")
_FENCE: Final = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"^(#{1,6})[ \t]+(?!(?:BEGIN|END) MARK SCHEME)\S", re.MULTILINE)
_IMAGE: Final = re.compile(r"!\[([^\]]*)\]")
_HTML_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_HTML_ALT: Final = re.compile(r"\balt\s*=\s*([\"'])\s*\S.*?\1", re.IGNORECASE)
_LINK: Final = re.compile(r"\]\(\s*<?([^)\s>]+)")
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|#", re.IGNORECASE)
_FACILITATOR: Final = re.compile(r"\bfor (the )?facilitators?\b|\bfacilitator.s notes?\b", re.I)


def problems(path: Path, questions: Mapping[str, Question] | None = None) -> tuple[Problem, ...]:
    """List what is wrong with a notebook, all of it at once.

    Parameters
    ----------
    path
        A notebook. One in ``solutions/<assignment>/`` or ``exercises/<assignment>/``
        is held to the rules of graded notebooks; any other, to those of a module.
    questions
        The questions there are, by whole id; the course's own by default.

    Returns
    -------
    tuple of Problem
        Empty if the notebook may be committed.

    Examples
    --------
    >>> for problem in problems(Path("course/00_welcome.ipynb")):
    ...     print(problem)
    """
    path = path.absolute()
    place = _place(path)
    try:
        text = path.read_text(encoding="utf-8")
        content = _read(text)
    except Exception as error:
        unread = Notebook(path, place, {"cells": []})
        why = f"This cannot be read as a notebook ({type(error).__name__})."
        return (unread.problem(None, "NB001", why, "Restore it from an earlier version."),)
    notebook = Notebook(path, place, content)
    known = facts.load().questions if questions is None else questions
    rules = (
        _format(notebook),
        _metadata(notebook),
        _ids(notebook),
        _clean_code(notebook),
        _headings(notebook),
        _images_and_links(notebook),
        _calls(notebook),
        _facilitator(notebook),
        _questions(notebook, known),
        graded.problems(notebook, known) if place != "course" else (),
        _canonical(notebook, text),
    )
    return tuple(problem for rule in rules for problem in rule)


def problems_of_folder(
    folder: Path, questions: Mapping[str, Question] | None = None
) -> tuple[Problem, ...]:
    """List what is wrong with an assignment's folder and the notebook in it.

    nbgrader copies every file in such a folder to the learners, so it must hold one
    notebook and nothing else.

    Parameters
    ----------
    folder
        ``solutions/<assignment>`` or ``exercises/<assignment>``.
    questions
        As `problems` takes them.
    """
    present = sorted(path for path in folder.iterdir() if path.name != ".ipynb_checkpoints")
    notebooks = [path for path in present if path.suffix == ".ipynb"]
    found = [
        Problem(
            f"{folder.parent.name}/{folder.name}",
            "",
            "NB018",
            f"The folder holds {extra.name} too, and nbgrader would hand that to the learners.",
            "Keep one notebook here and nothing else.",
        )
        for extra in [path for path in present if path not in notebooks] + notebooks[1:]
    ]
    if not notebooks:
        found.append(
            Problem(
                f"{folder.parent.name}/{folder.name}",
                "",
                "NB018",
                "The folder holds no notebook, and nbgrader takes it for an assignment.",
                "Put the assignment's notebook here, or remove the folder.",
            )
        )
    for path in notebooks:
        found.extend(problems(path, questions))
    return tuple(found)


def tidy(path: Path) -> bool:
    """Write a notebook in canonical form: no outputs, keys sorted, one space of indent.

    Parameters
    ----------
    path
        A notebook.

    Returns
    -------
    bool
        Whether the file changed.
    """
    before = path.read_text(encoding="utf-8")
    notebook = _read(before)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    after = _written(notebook)
    if after != before:
        path.write_text(after, encoding="utf-8", newline="\n")
    return after != before


def _read(text: str) -> Any:
    """Read a notebook as it stands, validated; `nbformat.reads` would mend its ids silently."""
    content = nbformat.from_dict(json.loads(text))
    # The validator mends too, so it gets a copy; what it mends, the rules on ids report.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nbformat.validate(copy.deepcopy(content))
    return nbformat.v4.rwbase.rejoin_lines(content)


def _written(notebook: Any) -> str:
    # nbformat's own writer, without its mending; nbgrader and JupyterLab write the same.
    return str(nbformat.v4.writes(notebook)).rstrip("\n") + "\n"


def _place(path: Path) -> Place:
    above = path.parent.parent.name
    if above == "solutions":
        return "solutions"
    return "exercises" if above == "exercises" else "course"


# --- the rules ---------------------------------------------------------------------------


def _format(notebook: Notebook) -> Iterator[Problem]:
    content = notebook.content
    version = (content.get("nbformat"), content.get("nbformat_minor"))
    if version != (4, 5):
        yield notebook.problem(
            None,
            "NB002",
            f"The notebook's format is {version[0]}.{version[1]}.",
            "Save it as format 4.5, which gives cells ids that stay.",
        )


def _metadata(notebook: Notebook) -> Iterator[Problem]:
    metadata = notebook.content.get("metadata", {})
    for key, wanted in METADATA.items():
        if metadata.get(key) != wanted:
            yield notebook.problem(
                None,
                "NB003",
                f"The notebook's metadata has {key} = {metadata.get(key)!r}.",
                f"Set it to {wanted!r}.",
            )
    for key in sorted(metadata.keys() - METADATA.keys()):
        yield notebook.problem(
            None, "NB003", f"The notebook's metadata has {key}, left by a tool.", "Remove it."
        )


def _ids(notebook: Notebook) -> Iterator[Problem]:
    ids = [str(cell.get("id", "")) for cell in notebook.cells]
    for cell, id in zip(notebook.cells, ids, strict=True):
        if not _ID.fullmatch(id) or _RANDOM_ID.fullmatch(id) or len(id) > 64:
            yield notebook.problem(
                cell,
                "NB004",
                f"The cell's id “{id}” says nothing, so changes to it cannot be followed.",
                "Give it a name of small letters and hyphens, such as before-you-begin.",
            )
    for id, count in Counter(ids).items():
        if count > 1:
            yield notebook.problem(
                None, "NB004", f"{count} cells have the id “{id}”.", "Give each cell its own."
            )


def _clean_code(notebook: Notebook) -> Iterator[Problem]:
    for cell in code_of(notebook):
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield notebook.problem(
                cell,
                "NB005",
                "The cell holds an output or an execution count.",
                "Clear all outputs; `place_kit.author.notebooks.tidy` does it.",
            )
        metadata = cell.get("metadata", {})
        hidden = metadata.get("jupyter", {}).get("source_hidden") is True
        if not hidden or HIDE_TAG not in metadata.get("tags", ()):
            yield notebook.problem(
                cell,
                "NB006",
                "The cell's code would be seen: learners see a course, not a program.",
                f"Collapse it (jupyter.source_hidden = true) and give it the tag {HIDE_TAG}.",
            )


def _headings(notebook: Notebook) -> Iterator[Problem]:
    cells = notebook.cells
    first = cells[0] if cells else None
    if not first or not (_is_text(first) and first["source"].startswith("# ")):
        yield notebook.problem(
            first, "NB007", "The notebook does not begin with its title.", "Put “# Title” first."
        )
    level, titles = 0, 0
    for cell in _shown_text(notebook):
        for mark in _HEADING.findall(_without_fences(cell["source"])):
            titles += len(mark) == 1
            if len(mark) == 1 and titles > 1:
                yield notebook.problem(
                    cell, "NB007", "This is a second title.", "Use “##” for a section."
                )
            if level and len(mark) > level + 1:
                yield notebook.problem(
                    cell,
                    "NB008",
                    f"A heading of level {len(mark)} follows one of level {level}.",
                    f"Use {'#' * (level + 1)}: those who listen to a page move by its headings.",
                )
            level = len(mark)


def _images_and_links(notebook: Notebook) -> Iterator[Problem]:
    for cell in _text(notebook):
        source = _without_fences(cell["source"])
        without = any(not alt.strip() for alt in _IMAGE.findall(source)) or any(
            not _HTML_ALT.search(tag) for tag in _HTML_IMAGE.findall(source)
        )
        if without:
            yield notebook.problem(
                cell,
                "NB009",
                "An image has no alternative text.",
                "Say what it shows: ![what it shows](image).",
            )
        for target in _LINK.findall(source):
            file = target.partition("#")[0]
            if _ELSEWHERE.match(target) or (notebook.path.parent / file).exists():
                continue
            yield notebook.problem(
                cell,
                "NB010",
                f"The link to {target} leads nowhere.",
                "Correct it; links go from the folder of the notebook.",
            )


def _calls(notebook: Notebook) -> Iterator[Problem]:
    imported: set[str] = set()
    for number, cell in enumerate(code_of(notebook)):
        names = _imported(cell["source"])
        if number == 0 and names is not None:
            imported = names
            for name in sorted(names - IMPORTS):
                yield notebook.problem(
                    cell,
                    "NB011",
                    f"{name} is not for notebooks.",
                    f"Import only {', '.join(sorted(IMPORTS))}.",
                )
        elif number == 0 or names is not None:
            yield notebook.problem(
                cell,
                "NB011",
                "A notebook has one import cell, and it is its first code.",
                "Begin with “from place_kit import ask, explore, show”, and import nothing else.",
            )
        if names is None and not is_single_call(visible(cell["source"]), imported):
            yield notebook.problem(
                cell,
                "NB012",
                "The cell is more than one call with plain values.",
                "Put the logic into place_kit, and call that.",
            )


def _facilitator(notebook: Notebook) -> Iterator[Problem]:
    for cell in _text(notebook):
        tagged = FACILITATOR_TAG in cell.get("metadata", {}).get("tags", ())
        if _FACILITATOR.search(cell["source"]) and not tagged:
            yield notebook.problem(
                cell,
                "NB013",
                "A facilitator's note would be shown to every learner.",
                f"Give the cell the tag {FACILITATOR_TAG}.",
            )
        if tagged and _HEADING.search(cell["source"]):
            yield notebook.problem(
                cell,
                "NB013",
                "A facilitator's note has a heading, which learners' outlines would list.",
                "Use bold text instead.",
            )


def _questions(notebook: Notebook, known: Mapping[str, Question]) -> Iterator[Problem]:
    asked: Counter[str] = Counter()
    for cell, id in asked_in(notebook):
        asked[id] += 1
        question = known.get(id)
        if question is None:
            yield notebook.problem(
                cell,
                "NB014",
                f"There is no question {id}.",
                "Correct the id, or write the question under place_kit/content/questions.",
            )
        elif question.graded != (notebook.place != "course"):
            kind, there = ("graded", "a module") if question.graded else ("practice", "an exercise")
            yield notebook.problem(
                cell,
                "NB016",
                f"{id} is a {kind} question, and this is {there}.",
                "Ask a question of the other kind here.",
            )
    own = [question.id for question in known.values() if question.set == notebook.question_set]
    for id in own:
        if asked[id] != 1:
            yield notebook.problem(
                None,
                "NB015",
                f"{id} is asked {asked[id]} times." if asked[id] else f"{id} is never asked.",
                "Ask each question of the set once.",
            )


def _canonical(notebook: Notebook, text: str) -> Iterator[Problem]:
    if text != _written(notebook.content):
        yield notebook.problem(
            None,
            "NB017",
            "The file is not written as nbformat writes it, so small changes look large.",
            "Run `place_kit.author.notebooks.tidy` on it.",
        )


# --- looking at cells --------------------------------------------------------------------


def _is_text(cell: Cell) -> bool:
    return cell.get("cell_type") == "markdown"


def _text(notebook: Notebook) -> Iterator[Cell]:
    return (cell for cell in notebook.cells if _is_text(cell))


def _shown_text(notebook: Notebook) -> Iterator[Cell]:
    for cell in _text(notebook):
        if FACILITATOR_TAG not in cell.get("metadata", {}).get("tags", ()):
            yield cell


def _without_fences(source: str) -> str:
    return _FENCE.sub("", source)


def _imported(source: str) -> set[str] | None:
    """Give the names of ``from place_kit import …``; None if the cell is anything else."""
    match parsed(source):
        case ast.Module(body=[ast.ImportFrom(module="place_kit", names=names, level=0)]):
            return {alias.asname or alias.name for alias in names}
        case ast.Module(body=body) if any(isinstance(s, ast.Import | ast.ImportFrom) for s in body):
            return {"something else"}
    return None


def is_single_call(source: str, names: set[str]) -> bool:
    """Whether code is one call of ``name.verb(…)`` with nothing but plain values."""
    match parsed(source):
        case ast.Module(body=[ast.Expr(value=ast.Call() as call)]):
            values = [*call.args, *(keyword.value for keyword in call.keywords)]
            return (
                isinstance(call.func, ast.Attribute)
                and isinstance(call.func.value, ast.Name)
                and call.func.value.id in names
                and all(isinstance(value, ast.Constant) for value in values)
            )
    return False
