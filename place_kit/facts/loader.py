"""Read the content: every file, every mistake, then either `Facts` or one `ContentError`."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final

from place_kit.facts import citations, compiled, questions
from place_kit.facts.model import (
    Argument,
    Case,
    Correction,
    Facts,
    Framework,
    Module,
    Pitfall,
    Principle,
    Question,
    Reference,
    ReflectiveQuestion,
    Term,
)
from place_kit.facts.parsing import parsed
from place_kit.facts.problems import ContentError, Problem
from place_kit.facts.reading import BAD, Reader, Shape, freeze, id_of, shown

# For each part of Facts: the key that its file, <part>.toml, holds, and what stands there.
_FILES: Final[Mapping[str, tuple[str, Any]]] = MappingProxyType(
    {
        "cases": ("case", tuple[Case, ...]),
        "principles": ("principle", tuple[Principle, ...]),
        "pitfalls": ("pitfall", tuple[Pitfall, ...]),
        "reflective_questions": ("question", tuple[ReflectiveQuestion, ...]),
        "frameworks": ("framework", tuple[Framework, ...]),
        "corrections": ("correction", tuple[Correction, ...]),
        "arguments": ("argument", tuple[Argument, ...]),
        "glossary": ("term", tuple[Term, ...]),
    }
)
TAUGHT: Final = (
    "cases",
    "principles",
    "pitfalls",
    "reflective_questions",
    "frameworks",
    "arguments",
)
"""What a question can be about."""

_REFERENCES: Final = "references.json"
_MODULES: Final = "reflective_questions.toml"  # the file that also lists the modules' ids
_SET: Final = re.compile(r"(\d\d_[a-z0-9_]+)(\.graded)?", re.ASCII)
_OWN_PAGES: Final = ("record", "team_plan", "team_session")
"""Sets of questions that stand on a page of their own, outside the modules."""
_REFERENCE_ID: Final = re.compile(r"[a-z0-9-]+", re.ASCII)


@lru_cache(maxsize=1)
def load() -> Facts:
    """Give the facts of the course, read once from the package.

    Raises
    ------
    ContentError
        With every mistake of every file.
    """
    folder = files("place_kit").joinpath("content")
    known = compiled.found(folder)
    return read(folder) if known is None else known


def read(folder: Traversable) -> Facts:
    """Read a content folder (a `Path` will do).

    Raises
    ------
    ContentError
        With every mistake of every file.
    """
    problems: list[Problem] = []
    raw = {
        part: parsed(folder.joinpath(f"{part}.toml"), f"{part}.toml", tomllib.loads, problems)
        for part in _FILES
    }
    works = parsed(folder.joinpath(_REFERENCES), _REFERENCES, json.loads, problems)
    known = _known(raw, works)

    found: dict[str, Mapping[str, Any]] = {
        part: _entries(part, raw[part], Reader(f"{part}.toml", problems, known=known))
        for part in _FILES
    }
    found["references"] = _references(works, Reader(_REFERENCES, problems, ids=_REFERENCE_ID))
    found["questions"] = _questions(folder.joinpath("questions"), known, problems)
    _check_claims(found["cases"].values(), Reader("cases.toml", problems))
    if problems:
        raise ContentError(problems)
    return Facts(**found)


def read_syllabus(path: Traversable) -> tuple[Module, ...]:
    """Read the syllabus, ``course/modules.toml``, in its own order.

    Raises
    ------
    ContentError
        With every mistake, questions that are not the booklet's included.
    """
    problems: list[Problem] = []
    raw = parsed(path, path.name, tomllib.loads, problems)
    known = {"questions": frozenset(load().reflective_questions)}
    reader = Reader(path.name, problems, known=known)
    parts: Any = BAD if raw is BAD else reader.keys({"module": (tuple[Module, ...], False)}, raw)
    if problems:
        raise ContentError(problems)
    modules: tuple[Module, ...] = parts["module"]
    return modules


def _known(raw: Mapping[str, Any], works: Any) -> dict[str, frozenset[str]]:
    """Give the ids that entries may name. What cannot be read is not held against them."""
    cases = raw["cases"].get("case") if raw["cases"] is not BAD else None
    listed = raw["reflective_questions"]
    modules = listed.get("modules") if listed is not BAD else None
    known = {}
    for name, entries in (("references", works), ("cases", cases)):
        if isinstance(entries, list):
            known[name] = frozenset(id_of(entry) for entry in entries)
    if isinstance(modules, list):
        known["module"] = frozenset(name for name in modules if isinstance(name, str))
    taught = {part: raw[part].get(_FILES[part][0]) for part in TAUGHT if raw[part] is not BAD}
    if all(isinstance(taught.get(part), list) for part in TAUGHT):
        known["about"] = frozenset(
            f"{part}.{id_of(entry)}" for part, entries in taught.items() for entry in entries or ()
        )
    return known


def _entries(part: str, raw: Any, reader: Reader) -> Mapping[str, Any]:
    if raw is BAD:
        return {}
    key, hint = _FILES[part]
    shape: Shape = {key: (hint, False)}
    if reader.file == _MODULES:
        shape = {"modules": (tuple[str, ...], False), **shape}
    parts = reader.keys(shape, raw)
    return {} if parts is BAD else _by_id(parts[key])


def _references(raw: Any, reader: Reader) -> Mapping[str, Reference]:
    if raw is BAD:
        return {}
    entries = reader.read(tuple[citations.Csl, ...], raw)
    if entries is BAD:
        return {}
    before = len(reader.problems)
    for csl in entries:
        citations.check(csl, reader.at(csl["id"]))
    if len(reader.problems) > before:  # no sentence can be made of a wrong entry
        return {}
    return _by_id(
        Reference(
            id=csl["id"],
            text=citations.full(csl),
            csl=freeze(csl),
            number=csl.get("x-number"),
            note=csl.get("x-note", ""),
        )
        for csl in entries
    )


def _questions(
    folder: Traversable, known: Mapping[str, frozenset[str]], problems: list[Problem]
) -> Mapping[str, Question]:
    """Read every question set. A course without any is a course that is being written."""
    if not folder.is_dir():
        return {}
    found: list[Question] = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            found += _question_set(file, known, problems)
    return _by_id(found)


def _question_set(
    file: Traversable, known: Mapping[str, frozenset[str]], problems: list[Problem]
) -> list[Question]:
    name = file.name.removesuffix(".toml")
    about = {"about": known["about"]} if "about" in known else {}
    reader = Reader(f"questions/{file.name}", problems, known=about)
    named = _SET.fullmatch(name)
    if name in _OWN_PAGES:
        pass
    elif not named:
        reader.say("must be named for its module: 03_cases.toml or 03_cases.graded.toml.")
    elif "module" in known and named[1] not in known["module"]:
        reader.say(f"is named for the module {shown(named[1])}, which is not there.")
    raw = parsed(file, reader.file, tomllib.loads, problems)
    if raw is BAD:
        return []
    graded = name.endswith(".graded")
    if isinstance(raw.get("graded"), bool) and raw["graded"] != graded:
        reader.at("graded").say("must be true in a file named *.graded.toml, and false elsewhere.")
    inside = replace(reader, given={"set": name, "graded": graded})
    shape: Shape = {"graded": (bool, False), "question": (tuple[Question, ...], False)}
    parts = inside.keys(shape, raw)
    if parts is BAD:
        return []
    for question in parts["question"]:
        questions.check(question, reader.at("question").at(question.id))
    return [replace(each, id=f"{name}.{each.id}") for each in parts["question"]]


def _check_claims(cases: Iterable[Case], reader: Reader) -> None:
    seen: set[str] = set()
    for case in cases:
        for claim in case.claims:
            if claim.id in seen:
                reader.at("case").at(case.id).at(claim.id).say("has an id that is used twice.")
            seen.add(claim.id)


def _by_id(entries: Iterable[Any]) -> Mapping[str, Any]:
    return MappingProxyType({entry.id: entry for entry in entries})
