"""The rules for graded notebooks, in solutions/ and as nbgrader releases them to exercises/.

======  ==================================================================
NB201   a cell that learners could change or delete
NB202   a grade id that is missing, not readable or not unique
NB203   the visible line of a test cell
NB204   a hidden test that is not one mark of the same question
NB205   points that differ between the mark and the cell
NB206   a key that does not fit its question
NB207   a reason that is missing
NB208   a key, reason or mark scheme that learners would receive
NB209   a graded question without its test cell or its task
NB210   a reflection's task: points, mark scheme
======  ==================================================================
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from place_kit import marking
from place_kit.answers import values
from place_kit.author.reading import Cell, Notebook, Problem, asked_in, parsed, visible
from place_kit.facts.model import Question

_HIDDEN: Final = re.compile(
    r"^### BEGIN HIDDEN TESTS\n(.*?)^### END HIDDEN TESTS\s*\Z", re.DOTALL | re.MULTILINE
)
_SCHEME: Final = re.compile(
    r"^### BEGIN MARK SCHEME\n(.*?)^### END MARK SCHEME\s*\Z", re.DOTALL | re.MULTILINE
)
_GRADE_ID: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What gives a key away when it stands outside a hidden test.
_GIVEN_AWAY: Final = re.compile(r"assess\.mark\(|\bkey\s*=|\breasons\s*=|BEGIN (HIDDEN|MARK)")
_BY_TUTOR: Final = frozenset({"reflect", "plan", "rate"})
_LEVELS: Final = ("Level 0", "Level 1", "Level 2", "Level 3")


def problems(notebook: Notebook, questions: Mapping[str, Question]) -> Iterator[Problem]:
    """List what is wrong with a graded notebook, beyond what holds for every notebook."""
    yield from _locks(notebook)
    yield from _grade_ids(notebook)
    yield from _given_away(notebook)
    tested: Counter[str] = Counter()
    for cell in notebook.cells:
        if not _meta(cell).get("grade"):
            continue
        id = _visible_id(cell)
        if id is None:
            yield notebook.problem(
                cell,
                "NB203",
                "A test cell must show learners one line that says it is not marked yet.",
                'Begin it with assess.not_marked_yet("…"), and the whole id of its question.',
            )
            continue
        tested[id] += 1
        if notebook.place == "solutions" and id in questions:
            yield from _hidden_test(notebook, cell, questions[id])
    yield from _every_question_counts(notebook, questions, tested)
    yield from _tasks(notebook)


def _meta(cell: Cell) -> Mapping[str, Any]:
    found = cell.get("metadata", {}).get("nbgrader", {})
    return found if isinstance(found, Mapping) else {}


def _locks(notebook: Notebook) -> Iterator[Problem]:
    for cell in notebook.cells:
        meta = _meta(cell)
        if not meta.get("locked") or meta.get("solution"):
            yield notebook.problem(
                cell,
                "NB201",
                "Learners could change this cell: answers are given in forms, never in cells.",
                "Set nbgrader's locked = true and solution = false.",
            )


def _grade_ids(notebook: Notebook) -> Iterator[Problem]:
    ids = [(cell, str(_meta(cell).get("grade_id", ""))) for cell in notebook.cells]
    counted = Counter(id for _, id in ids)
    for cell, id in ids:
        if not _GRADE_ID.fullmatch(id) or counted[id] > 1:
            yield notebook.problem(
                cell,
                "NB202",
                f"The grade id “{id}” is missing, taken, or says nothing.",
                "Give each cell its own, of small letters and hyphens: marks are kept under it.",
            )


def _given_away(notebook: Notebook) -> Iterator[Problem]:
    for cell in notebook.cells:
        source = cell["source"]
        if notebook.place == "solutions" and _meta(cell).get("grade"):
            source = _HIDDEN.sub("", source)
        if notebook.place == "solutions" and _meta(cell).get("task"):
            source = _SCHEME.sub("", source)
        if _GIVEN_AWAY.search(source):
            yield notebook.problem(
                cell,
                "NB208",
                "Learners would receive a key, a reason or a mark scheme.",
                "Put it between ### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS at the end of a "
                "test cell, or between the MARK SCHEME lines at the end of a task.",
            )


def _visible_id(cell: Cell) -> str | None:
    match parsed(visible(cell["source"])):
        case ast.Module(
            body=[
                ast.Expr(
                    value=ast.Call(
                        func=ast.Attribute(value=ast.Name(id="assess"), attr="not_marked_yet"),
                        args=[ast.Constant(value=str(id))],
                        keywords=[],
                    )
                )
            ]
        ):
            return id
    return None


def _hidden_test(notebook: Notebook, cell: Cell, question: Question) -> Iterator[Problem]:
    hidden = _HIDDEN.search(cell["source"])
    call = _mark_call(hidden.group(1)) if hidden else None
    if call is None or call.get("question_id") != question.id:
        yield notebook.problem(
            cell,
            "NB204",
            "The hidden test must be one assess.mark(…) of the same question, with plain values, "
            "and the last thing in the cell: nbgrader gives full marks to a test without a number.",
            "Write the one call between the HIDDEN TESTS lines, at the end.",
        )
        return
    points = _meta(cell).get("points")
    if call.get("points") != points or not isinstance(points, int | float) or points <= 0:
        yield notebook.problem(
            cell,
            "NB205",
            f"The mark is out of {call.get('points')!r} and the cell is worth {points!r}.",
            "Make them the same number, above 0.",
        )
        return
    for code, wrong in _misfits(question, call.get("key"), call.get("reasons"), points):
        mend = {
            "NB206": "Correct the key, or the question.",
            "NB207": "Write a reason; for items, one for “right” and one for “wrong”.",
        }[code]
        yield notebook.problem(cell, code, wrong, mend)


def _mark_call(source: str) -> dict[str, Any] | None:
    """Give the arguments of a lone ``assess.mark("…", key=…, reasons=…, points=…)``."""
    match parsed(source):
        case ast.Module(
            body=[
                ast.Expr(
                    value=ast.Call(
                        func=ast.Attribute(value=ast.Name(id="assess"), attr="mark"),
                        args=[ast.Constant(value=str(id))],
                        keywords=keywords,
                    )
                )
            ]
        ):
            try:
                return {"question_id": id} | {
                    keyword.arg or "": ast.literal_eval(keyword.value) for keyword in keywords
                }
            except ValueError:
                return None
    return None


def _misfits(
    question: Question, key: Any, reasons: Any, points: float
) -> Iterator[tuple[str, str]]:
    """Say where a key or its reasons do not fit the question, by marking with them."""
    if not isinstance(reasons, Mapping):
        yield "NB207", "There are no reasons."
        return
    match question.kind:
        case "choose_one" | "choose_several":
            wanted = [(option.id, reasons.get(option.id)) for option in question.options]
        case "classify" | "match" | "order":
            wanted = [
                (f"{item.id}, {way}", (reasons.get(item.id) or {}).get(way))
                for item in question.items
                for way in ("right", "wrong")
            ]
        case _:
            wanted = [(way, reasons.get(way)) for way in ("right", "otherwise")]
    lacking = [name for name, reason in wanted if not (isinstance(reason, str) and reason.strip())]
    for name in lacking:
        yield "NB207", f"There is no reason for {name}."
    parts = {option.id for option in question.options} | {item.id for item in question.items}
    known = parts | {"missing", "right", "slips", "otherwise"}
    for name in sorted(set(reasons) - known):
        yield "NB207", f"There is a reason for {name}, which the question does not have."
    if lacking:
        return
    try:
        best = perfect(question, key)
        full = marking.mark(question, values.check(question, best), key, reasons, points)
    except Exception as error:
        yield "NB206", f"The key does not fit the question ({type(error).__name__}: {error})."
        return
    if full.points != points:
        yield "NB206", f"A perfect answer would earn {full.points:g} of {points:g}."
    surplus = set(key) - parts if isinstance(key, Mapping) and question.items else set()
    for name in sorted(surplus):
        yield "NB206", f"The key has {name}, which the question does not have."


def perfect(question: Question, key: Any) -> Any:
    """Give the answer that earns everything, by the key of a hidden test."""
    match question.kind:
        case "choose_one":
            return _best(key)
        case "classify" | "match":
            return {item.id: _best(key[item.id]) for item in question.items}
        case "number":
            return key["right"] if isinstance(key, Mapping) else key
    return list(key)


def _best(right: Any) -> Any:
    """Give the choice that is worth the whole: of one, of several, or of parts by choice."""
    if isinstance(right, Mapping):
        return max(right, key=lambda id: right[id])
    return right if isinstance(right, str) else right[0]


def hidden_marks(notebook: Notebook) -> dict[str, dict[str, Any]]:
    """Give what each hidden test of a solution marks with, by the question's id."""
    found = {}
    for cell in notebook.cells:
        hidden = _HIDDEN.search(cell["source"])
        call = _mark_call(hidden.group(1)) if hidden else None
        if call:
            found[str(call.pop("question_id"))] = call
    return found


def _every_question_counts(
    notebook: Notebook, questions: Mapping[str, Question], tested: Mapping[str, int]
) -> Iterator[Problem]:
    tasks = sum(bool(_meta(cell).get("task")) for cell in notebook.cells)
    for_tutor = 0
    for cell, id in asked_in(notebook):
        if id not in questions:
            continue
        if questions[id].kind in _BY_TUTOR:
            for_tutor += 1
        elif tested.get(id, 0) != 1:
            yield notebook.problem(
                cell,
                "NB209",
                f"{id} has {tested.get(id, 0)} test cells.",
                "Give it one: grade = true, locked = true, and points.",
            )
    for id in sorted(tested.keys() - {id for _, id in asked_in(notebook)}):
        yield notebook.problem(
            None, "NB209", f"{id} is marked and never asked.", "Ask it in the cell before its test."
        )
    if tasks != for_tutor:
        yield notebook.problem(
            None,
            "NB209",
            f"There are {for_tutor} questions for a tutor to mark, and {tasks} task cells.",
            "Follow each such question with a manually graded task.",
        )


def _tasks(notebook: Notebook) -> Iterator[Problem]:
    for cell in notebook.cells:
        meta = _meta(cell)
        if not meta.get("task"):
            continue
        points = meta.get("points")
        if not isinstance(points, int | float) or points <= 0:
            yield notebook.problem(
                cell, "NB210", "The task is worth nothing.", "Give it points above 0."
            )
        scheme = _SCHEME.search(cell["source"])
        if notebook.place == "solutions" and (
            scheme is None or any(level not in scheme.group(1) for level in _LEVELS)
        ):
            yield notebook.problem(
                cell,
                "NB210",
                "The task has no mark scheme with its four levels.",
                "End the cell with ### BEGIN MARK SCHEME, levels 0 to 3, ### END MARK SCHEME.",
            )
