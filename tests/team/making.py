"""Team files for the tests: people who answer as they are told."""

from __future__ import annotations

import json
import random
from typing import Any

from place_kit.team import entry
from place_kit.team.session import Session, find

SESSION: Session = find("our_place")
WILLING, DECIDED, PLACE = (f"team_session.{id}" for id in ("willing", "decided", "place"))
ASSETS, UNSAID = "team_session.assets", "team_session.unsaid"
HOW, FROM_HERE = "team_session.how_it_was", "team_session.from_here"


def code(number: int) -> str:
    """The code of a person by number."""
    return f"{number:020x}"


def raw(
    number: int, answers: dict[str, Any], *, round: int = 1, show: tuple[str, ...] = ()
) -> bytes:
    """The team file of a person."""
    return entry.make(SESSION, round, code(number), answers, show)


def person(
    number: int, answers: dict[str, Any], *, round: int = 1, show: tuple[str, ...] = ()
) -> entry.Entry:
    """The entry of a person."""
    return entry.parse(raw(number, answers, round=round, show=show), SESSION)


def willing(*scores: int, round: int = 1) -> list[entry.Entry]:
    """People of whom each gives one score to residents' readiness."""
    return [
        person(number, {WILLING: {"residents": score}}, round=round)
        for number, score in enumerate(scores)
    ]


def team(size: int, seed: int = 0, *, round: int = 1) -> list[entry.Entry]:
    """A made-up team that answers everything; residents' readiness splits it."""
    chance = random.Random(seed)
    return [_member(number, chance, round) for number in range(size)]


def _member(number: int, chance: random.Random, round: int) -> entry.Entry:
    answers: dict[str, Any] = {}
    for question in SESSION.asked(round):
        if question.kind == "rate":
            assert question.scale is not None
            scale = question.scale
            answers[question.id] = {
                item.id: chance.choice((1, 5))
                if item.id == "residents"
                else chance.randint(scale.low, scale.high)
                for item in question.items
            }
        elif question.kind == "choose_one":
            answers[question.id] = chance.choice(question.options).id
        elif question.kind == "plan":
            known = ("the library", "The library.", "choir", "Ceòl anns an talla", "night shift")
            answers[question.id] = [{field.id: chance.choice(known) for field in question.fields}]
        else:
            answers[question.id] = f"Thought {number}"
    return person(number, answers, round=round, show=tuple(answers))


def changed(data: bytes, **parts: Any) -> bytes:
    """A team file with some of its parts changed; None takes a part out."""
    whole = {**json.loads(data), **parts}
    return json.dumps({key: part for key, part in whole.items() if part is not None}).encode()
