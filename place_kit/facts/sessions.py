"""Team sessions: which questions a team answers, in which round, and what it is told first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from place_kit.facts import loader
from place_kit.facts.activities import wheel as wheels
from place_kit.facts.activities._file import checked
from place_kit.facts.model import Facts, Question, QuestionKind
from place_kit.facts.problems import ContentError, collected
from place_kit.facts.reading import Reader, Shape
from place_kit.problems import PlaceKitError

ROUNDS: Final = (1, 2)
KINDS: Final[tuple[QuestionKind, ...]] = ("choose_one", "rate", "reflect", "plan")
"""What can be pooled: choices and ratings as counts, texts where their author ticked them."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its file says it.

    `questions` are all of them, in order, and `names` their short names. `again` are the ids asked
    once more in round two, `after` those asked only then: how the session was. `wheel`, `assets`
    and `stakeholders` name the question behind each of these pictures. `limits` is said before
    anyone answers, `few` where fewer than five have answered, and `tick` stands beside the box that
    lets a text be shown.
    """

    id: str
    title: str
    about: str
    questions: tuple[Question, ...]
    names: tuple[str, ...]
    again: tuple[str, ...]
    after: tuple[str, ...]
    wheel: str
    assets: str
    stakeholders: str
    limits: tuple[str, ...]
    few: str
    tick: str
    references: tuple[str, ...]

    def asked(self, round: int) -> tuple[Question, ...]:
        """The questions of a round; in round two, how it was comes first."""
        if round == 1:
            return tuple(each for each in self.questions if each.id not in self.after)
        known = {each.id: each for each in self.questions}
        return tuple(known[id] for id in (*self.after, *self.again))

    def name(self, id: str) -> str:
        """The short name of a question."""
        return next(
            name
            for question, name in zip(self.questions, self.names, strict=True)
            if question.id == id
        )


@lru_cache(maxsize=1)
def load() -> Mapping[str, Session]:
    """Give the sessions of the course by id, read once from the package."""
    folder = files("place_kit").joinpath("content", "sessions")
    known = loader.load()
    paths = sorted(folder.iterdir(), key=lambda each: each.name)
    found: dict[str, Session] = {}

    def take(path: Traversable) -> None:
        session = read(path, known)
        found[session.id] = session

    wrong = collected(partial(take, path) for path in paths if path.name.endswith(".toml"))
    if wrong:
        raise ContentError(wrong)
    return found


def find(id: str) -> Session:
    """Give a session by its id.

    Raises
    ------
    PlaceKitError
        If there is none of this id, with those that there are.
    """
    known = load()
    if id not in known:
        raise PlaceKitError(
            f"The course has no team session “{id[:40]}”. There is: {', '.join(known)}."
        )
    return known[id]


_SHAPE: Final[Shape] = {
    "id": (str, False),
    "title": (str, False),
    "about": (str, False),
    "questions": (tuple[str, ...], False),
    "names": (tuple[str, ...], False),
    "again": (tuple[str, ...], False),
    "after": (tuple[str, ...], False),
    "wheel": (str, False),
    "assets": (str, False),
    "stakeholders": (str, False),
    "limits": (tuple[str, ...], False),
    "few": (str, False),
    "tick": (str, False),
    "references": (tuple[str, ...], False),
}


def read(file: Traversable, facts: Facts) -> Session:
    """Read a session's file.

    Parameters
    ----------
    file
        A file such as ``content/sessions/our_place.toml``, named for the session's id.
    facts
        What the file may name.

    Raises
    ------
    ContentError
        With every mistake.
    """
    asked = frozenset(facts.questions)
    known = {
        "references": frozenset(facts.references),
        **dict.fromkeys(("questions", "again", "after", "wheel", "assets", "stakeholders"), asked),
    }

    def check(parts: Mapping[str, Any], at: Reader) -> None:
        _check(parts, at, file.name.removesuffix(".toml"), facts)

    parts = checked(file, lambda _: known, lambda at, raw: at.keys(_SHAPE, raw), check, "sessions")
    questions = tuple(facts.questions[id] for id in parts.pop("questions"))
    return Session(questions=questions, **parts)


def _check(parts: Mapping[str, Any], at: Reader, name: str, facts: Facts) -> None:
    if parts["id"] != name:
        at.at("id").say(f"must be the file’s name, “{name}”.")
    for part in ("questions", "again", "after"):
        if len(set(parts[part])) != len(parts[part]):
            at.at(part).say("names a question twice.")
    if len(parts["names"]) != len(parts["questions"]):
        at.at("names").say(f"must hold one for each of the {len(parts['questions'])} questions.")
    for id in parts["questions"]:
        question = facts.questions.get(id)
        if question and (question.graded or question.kind not in KINDS):
            at.at("questions").say(
                f"names “{id}”; a session asks questions without a mark, of the kinds "
                f"{', '.join(KINDS)}."
            )
    if len({id.rpartition(".")[0] for id in parts["questions"]}) != 1:
        at.at("questions").say("must all be of one set: one answer file holds a session.")
    for part in ("again", "after", "wheel", "assets", "stakeholders"):
        for id in (parts[part],) if isinstance(parts[part], str) else parts[part]:
            if id not in parts["questions"]:
                at.at(part).say(f"names “{id}”, which this session does not ask.")
    for part, kind in (("assets", "plan"), ("stakeholders", "plan")):
        question = facts.questions.get(parts[part])
        if question and question.kind != kind:
            at.at(part).say(f"must name a question of kind {kind}.")
    for id in set(parts["again"]) & set(parts["after"]):
        at.at("after").say(f"names “{id}”, which is asked before the talk too.")
    _check_wheel(facts.questions.get(parts["wheel"]), at.at("wheel"))


def _check_wheel(question: Question | None, at: Reader) -> None:
    if question is None:
        return
    known = wheels.load()
    themes = [(theme.id, theme.text) for theme in known.themes.values()]
    if [(item.id, item.text) for item in question.items] != themes or question.scale != known.scale:
        at.say("must name a rating of the wheel’s own themes, on its scale.")
