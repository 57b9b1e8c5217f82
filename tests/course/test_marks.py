"""Every checker of every exercise: full marks for the key, nothing for nothing or nonsense."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from place_kit import assess, facts, marking
from place_kit.answers.store import AnswerFile
from place_kit.author.graded import hidden_marks, perfect
from place_kit.author.reading import Notebook
from place_kit.facts.model import Question
from tests.course.reading import SOLVED, cells
from tests.course.test_notebooks import executed


def marks_of(path: Path) -> dict[str, dict[str, Any]]:
    return hidden_marks(Notebook(path, "solutions", nbformat.read(path, as_version=4)))


MARKS = [(path, id, call) for path in SOLVED for id, call in marks_of(path).items()]
every_mark = pytest.mark.parametrize(("path", "id", "call"), MARKS, ids=[m[1] for m in MARKS])

NONSENSE = [None, "", "nonsense", 7, True, [], {}, ["nonsense"], {"nonsense": "x"}, [["x"]]]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def wrong_answers(question: Question, key: Any) -> Iterator[Any]:
    """Answers that are possible and wrong throughout."""
    match question.kind:
        case "choose_one":
            worth = {key: 1} if isinstance(key, str) else key
            yield from ([o.id for o in question.options if not worth.get(o.id)])
        case "choose_several":
            yield [o.id for o in question.options if o.id not in key]
            yield [o.id for o in question.options]
        case "classify" | "match":
            for step in range(len(question.categories)):
                names = [category.id for category in question.categories]
                yield {
                    item.id: others[step % len(others)]
                    for item in question.items
                    if (others := [one for one in names if one not in key[item.id]])
                }
        case "order":
            yield list(reversed(key))
        case "number":
            yield from ("0", "-3", "1000000", "three", "", "3 or 4", "30")


def write_raw(question: Question, value: Any) -> None:
    """An answer file whose one value was tampered with."""
    file = AnswerFile(question.set)
    data = {
        "format": "place-kit answers",
        "version": 1,
        "set": question.set,
        "answers": {
            question.id: {
                "revision": 1,
                "saves": 1,
                "latest": {"value": value, "at": "2026-11-23T10:00:00Z"},
            }
        },
    }
    file.path.write_text(json.dumps(data))


@every_mark
def test_a_perfect_answer_earns_everything(path: Path, id: str, call: dict[str, Any]) -> None:
    question = facts.question(id)
    AnswerFile(question.set).save(question, perfect(question, call["key"]))
    mark = assess.mark(id, **call)
    assert mark.points == mark.out_of == call["points"]
    assert mark._repr_mimebundle_()["text/plain"] == f"{call['points']:g}"


@every_mark
def test_no_answer_earns_nothing_and_says_so(path: Path, id: str, call: dict[str, Any]) -> None:
    mark = assess.mark(id, **call)
    assert (mark.points, mark.out_of) == (0, call["points"])
    assert mark.note


@every_mark
def test_a_wrong_answer_earns_nothing(path: Path, id: str, call: dict[str, Any]) -> None:
    question = facts.question(id)
    for answer in wrong_answers(question, call["key"]):
        AnswerFile(question.set).save(question, answer)
        assert assess.mark(id, **call).points == 0, answer


@every_mark
@pytest.mark.parametrize("nonsense", NONSENSE, ids=repr)
def test_nonsense_earns_nothing(path: Path, id: str, call: dict[str, Any], nonsense: Any) -> None:
    write_raw(facts.question(id), nonsense)
    assert assess.mark(id, **call).points == 0


@every_mark
@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"[]", b"{", b"[" * 100_000], ids=len)
def test_a_damaged_answer_file_earns_nothing(
    path: Path, id: str, call: dict[str, Any], raw: bytes
) -> None:
    AnswerFile(facts.question(id).set).path.write_bytes(raw)
    assert assess.mark(id, **call).points == 0


@every_mark
def test_a_checker_broken_on_purpose_earns_nothing(
    path: Path, id: str, call: dict[str, Any]
) -> None:
    question = facts.question(id)
    AnswerFile(question.set).save(question, perfect(question, call["key"]))
    for broken in (
        {"key": "no such thing"},
        {"key": None},
        {"key": {}},
        {"key": ["no such thing"]},
        {"reasons": None},
        {"points": "many"},
    ):
        assert assess.mark(id, **(call | broken)).points == 0, broken


@every_mark
def test_a_hint_for_a_wrong_answer_does_not_name_the_right_one(
    path: Path, id: str, call: dict[str, Any]
) -> None:
    question = facts.question(id)
    if question.kind not in ("classify", "match"):
        return
    names = {category.id: category.text.partition(":")[0] for category in question.categories}
    for item, right in perfect(question, call["key"]).items():
        words = call["reasons"][item]
        for hint in (words["wrong"], words.get("near", "")):
            assert names[right].lower() not in hint.lower(), item


@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.parent.name)
def test_rule_and_rubric_share_the_points_about_sixty_to_forty(path: Path) -> None:
    meta = [cell["metadata"].get("nbgrader", {}) for cell in cells(path)]
    by_rule = sum(each["points"] for each in meta if each.get("grade"))
    by_tutor = sum(each["points"] for each in meta if each.get("task"))
    assert 0.55 <= by_rule / (by_rule + by_tutor) <= 0.65


@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.parent.name)
def test_an_exercise_asks_in_four_kinds_or_more_besides_the_reflection(path: Path) -> None:
    kinds = [facts.question(id).kind for id in marks_of(path)]
    assert len(kinds) >= 6
    assert len(set(kinds)) >= 4


# --- the same through a kernel, as nbgrader runs it ----------------------------------------


def points_by_kernel(path: Path, folder: Path) -> list[tuple[float, float]]:
    """What each test cell earns and is worth, read as nbgrader reads it."""
    found = []
    for cell in executed(path, folder).cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("grade"):
            (*_, last) = cell.outputs
            assert last.output_type == "execute_result"
            assert not any(output.output_type == "stream" for output in cell.outputs)
            assert marking.MARK_MIME in last.data
            found.append((float(last.data["text/plain"]), meta["points"]))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.parent.name)
def test_in_the_notebook_a_perfect_hand_in_earns_everything(path: Path, tmp_path: Path) -> None:
    for id, call in marks_of(path).items():
        question = facts.question(id)
        file = AnswerFile(question.set, tmp_path / "answers.json")
        file.save(question, perfect(question, call["key"]))
    earned = points_by_kernel(path, tmp_path)
    assert earned
    assert all(points == worth for points, worth in earned)


@pytest.mark.slow
@pytest.mark.parametrize("raw", [None, b"nonsense"], ids=["missing", "damaged"])
@pytest.mark.parametrize("path", SOLVED, ids=lambda path: path.parent.name)
def test_in_the_notebook_a_hand_in_without_answers_earns_nothing(
    path: Path, raw: bytes | None, tmp_path: Path
) -> None:
    if raw is not None:
        (tmp_path / "answers.json").write_bytes(raw)
    assert {points for points, _ in points_by_kernel(path, tmp_path)} == {0}
