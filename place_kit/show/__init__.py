"""Pictures and cards: ``show.evidence_grid()``, ``show.case("bradford")``.

Every number and word comes from the course's content. A picture always comes with a
takeaway, alternative text, a table and its source; a mistake, such as an unknown id, is
said in plain words where the card would be.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from place_kit import facts
from place_kit.answers import progress as _counted
from place_kit.facts import facilitating as _facilitating
from place_kit.facts import sessions as _sessions
from place_kit.facts import team_plans as _team_plans
from place_kit.facts.activities import theory as _theory
from place_kit.facts.activities import wheel as _wheels
from place_kit.show import cases, comparison, evidence, lists, loop, modules, percentages, way
from place_kit.show import facilitator as _facilitator
from place_kit.show import kept as _kept
from place_kit.show import methods as _methods
from place_kit.show import wheel as _wheel
from place_kit.show.card import Card, Table
from place_kit.show.lookup import in_words

__all__ = [
    "Card",
    "Table",
    "case",
    "claim",
    "compare_cases",
    "contribution_loop",
    "corrections",
    "equally_well",
    "evaluations",
    "evidence_grid",
    "facilitator_notes",
    "framework",
    "glossary",
    "kept",
    "module",
    "pitfalls",
    "place",
    "principles",
    "progress",
    "references",
    "reflective_questions",
    "since",
    "syllabus",
    "team_limits",
    "team_plans",
    "team_rules",
]


@in_words
def evidence_grid() -> Card:
    """Show which kinds of evidence each case has: activity, process, cost and outcome.

    Examples
    --------
    >>> evidence_grid().title
    'What kind of evidence there is for each case'
    """
    return evidence.grid(facts.load())


@in_words
def equally_well() -> Card:
    """Show the three percentages of Equally Well as separate bars."""
    return percentages.equally_well(facts.load())


@in_words
def compare_cases(first: str, second: str) -> Card:
    """Show two cases side by side.

    Parameters
    ----------
    first, second
        Ids of cases, such as ``"bradford"``.
    """
    return comparison.compare(facts.load(), first, second)


@in_words
def contribution_loop() -> Card:
    """Show the six steps of contribution analysis as a loop."""
    return loop.contribution_loop(facts.load())


@in_words
def evaluations() -> Card:
    """Show three ways to evaluate the same project, side by side."""
    return _methods.methods(facts.load(), _theory.load())


@in_words
def case(id: str) -> Card:
    """Show a case: what it aimed for, what was achieved, where it fell short."""
    return cases.case(facts.load(), id)


@in_words
def since(case: str) -> Card:
    """Show what has happened since the booklet, and how sure we are."""
    return cases.since(facts.load(), case)


@in_words
def corrections(case: str | None = None) -> Card:
    """Show slips of the booklet: what is printed, what the course does, and why.

    Parameters
    ----------
    case
        Only those that touch this case; without it, all.
    """
    return cases.corrections(facts.load(), case)


@in_words
def claim(case: str, kind: str) -> Card:
    """Show what is claimed of a case by one kind of evidence.

    Parameters
    ----------
    case
        A case's id.
    kind
        ``"activity"``, ``"process"``, ``"cost"`` or ``"outcome"``.
    """
    return evidence.claim(facts.load(), case, kind)


@in_words
def place(id: str) -> Card:
    """Show the wheel of a made-up place, such as ``"merrow_quay"``, with the views of it."""
    return _wheel.place(facts.load(), _wheels.load(), id)


@in_words
def principles() -> Card:
    """List the five principles."""
    return lists.principles(facts.load())


@in_words
def pitfalls() -> Card:
    """List the five pitfalls."""
    return lists.pitfalls(facts.load())


@in_words
def reflective_questions() -> Card:
    """List the seven reflective questions."""
    return lists.reflective_questions(facts.load())


@in_words
def framework(id: str) -> Card:
    """Show a framework, such as ``"arnstein"``."""
    return lists.framework(facts.load(), id)


@in_words
def glossary(*ids: str) -> Card:
    """Explain terms in plain words: those named, or all."""
    return lists.glossary(facts.load(), *ids)


@in_words
def references(*ids: str) -> Card:
    """List references in full: those named, or all."""
    return lists.references(facts.load(), *ids)


@in_words
def module(id: str) -> Card:
    """Show a module's outcomes, its minutes and what it needs.

    Reads ``modules.toml`` in the current folder, which is the notebook's.
    """
    return modules.module(facts.load(), modules.read(Path()), id)


@in_words
def progress() -> Card:
    """Show how far the reader is in the course, and what comes next.

    Reads the learner's folder around the current one, which is the notebook's.
    """
    return way.progress(_counted.of(*_counted.around(Path())), date.today())


@in_words
def syllabus() -> Card:
    """List the modules of ``modules.toml`` in the current folder, with links."""
    return modules.syllabus(modules.read(Path()), Path())


@in_words
def kept() -> Card:
    """List what the software keeps of a learner: the real files of the folder they are in."""
    from place_kit.answers import inventory
    from place_kit.answers.files import home_of
    from place_kit.facts import edition, keeping

    home = home_of(Path.cwd())
    found = inventory.look(home) if home else None
    folder = str(home) if home else ""
    return _kept.kept(keeping.load(), found, folder, edition=edition.here())


@in_words
def team_rules() -> Card:
    """Show a team session's ground rules, and who does what in it."""
    return _facilitator.rules(_team_plans.load())


@in_words
def team_plans() -> Card:
    """Show the plans of a team session for 60, 90 and 180 minutes, step by step."""
    return _facilitator.plans(facts.load(), _team_plans.load())


@in_words
def team_limits(session: str) -> Card:
    """Show what is said before anyone answers a session, such as ``"our_place"``."""
    return _facilitator.limits(_sessions.find(session))


@in_words
def facilitator_notes() -> Card:
    """Show the facilitator's notes of each module in the current folder, the notebook's."""
    return _facilitator.notes(_facilitating.notes(Path()))
