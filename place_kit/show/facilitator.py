"""What a facilitator needs on the page: rules, roles, the plans in print, the modules' notes."""

from __future__ import annotations

from collections.abc import Iterable

from place_kit.facts.facilitating import Note
from place_kit.facts.model import Facts, Module
from place_kit.facts.sessions import Session
from place_kit.facts.team_plans import TeamPlans
from place_kit.show._html import details, items, join, pairs, tag
from place_kit.show.card import Card, Table
from place_kit.show.evidence import cited


def rules(plans: TeamPlans) -> Card:
    """Show the ground rules, and who does what."""
    body = join(
        (
            items(plans.rules),
            tag("p", tag("strong", "Roles")),
            pairs((role.title, role.text) for role in plans.roles),
            tag("p", plans.few),
        )
    )
    return Card(
        title="Ground rules", takeaway="Read these aloud, and ask what is missing.", body=body
    )


def limits(session: Session) -> Card:
    """Show what is said before anyone answers."""
    return Card(
        title="Before you answer",
        takeaway="No name is asked for. Still, nobody can promise that no one will guess.",
        body=items(session.limits),
    )


def plans(known: Facts, plans: TeamPlans) -> Card:
    """Show every plan as a table: when, what, who, and what to do and say."""
    parts = []
    for plan in plans.plan.values():
        rows = tuple(
            (
                f"{at} to {at + minutes}",
                f"{step.title} ({minutes} minutes)",
                step.who,
                " ".join(step.do),
                f"“{step.say}”",
            )
            for step, at, minutes in plans.steps_of(plan)
        )
        columns = ("Minute", "Step", "Who", "What to do", "What to say")
        table = Table(f"{plan.minutes} minutes", columns, rows)
        parts.append(
            join((tag("p", tag("strong", f"{plan.minutes} minutes. "), plan.about), table.html()))
        )
    return Card(
        title="Plans for 60, 90 and 180 minutes",
        takeaway=f"{plans.absent} {plans.prework}",
        source=cited(known, plans.references),
        body=join(parts),
    )


def notes(found: Iterable[tuple[Module, tuple[Note, ...]]]) -> Card:
    """Show the facilitator's notes of each module, to open one by one."""
    body = join(
        details(
            f"Module {module.number}: {module.title}",
            pairs((_where(note), note.text) for note in written),
        )
        for module, written in found
        if written
    )
    return Card(
        title="The facilitator’s notes of each module",
        takeaway="Each fits into a session in place of the case, or makes a session of its own.",
        body=body,
    )


def _where(note: Note) -> str:
    return f"{note.part} ({note.time})" if note.time else note.part
