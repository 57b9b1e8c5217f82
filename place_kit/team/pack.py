"""``place-kit team pack``: what a session needs on paper, as tagged PDF and as Word files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from place_kit import facts
from place_kit.documents import (
    Block,
    BulletList,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
    Together,
    docx,
    pdf,
)
from place_kit.documents.origin import ORIGIN
from place_kit.facts import facilitating, team_plans, team_sheets
from place_kit.facts.model import Question
from place_kit.facts.team_plans import Plan, TeamPlans
from place_kit.facts.team_sheets import Part, Sheet
from place_kit.learner import shipped
from place_kit.team.session import Session, find
from place_kit.team.writing import write_all

ROOM = "\n" * 3
"""What makes a cell high enough to write a few words in by hand."""
EVALUATION = "evaluation"
"""The sheet on which the session’s last questions stand."""


def run(folder: Path, session: str) -> int:
    """Write the pack into a folder, and say what lies there.

    Parameters
    ----------
    folder
        The folder that gets the files; made if need be.
    session
        The session's id.

    Returns
    -------
    int
        0 when all is written.
    """
    made = {
        f"{name}.{ending}": write(document)
        for name, document in documents(find(session)).items()
        for ending, write in (("pdf", pdf.write), ("docx", docx.write))
    }
    write_all(folder, made)
    print(f"{len(made)} files are in {folder}, each sheet as PDF to print and as Word to change:")
    for name in list(made)[::2]:
        print(f"  {name.removesuffix('.pdf')}")
    return 0


def documents(session: Session) -> dict[str, Document]:
    """Every document of the pack, by the name of its file, in the order of their use."""
    plans = team_plans.load()
    last = (block for each in session.asked(2) if each.id in session.after for block in _on(each))
    sheets = {
        each.id: sheet(each, last if each.id == EVALUATION else ()) for each in team_sheets.load()
    }
    made = {
        **{f"agenda-{plan.id}": agenda(plans, plan) for plan in plans.plan.values()},
        "notes": notes(),
        "data-protection": sheets.pop("data_protection"),
        "safeguarding": sheets.pop("safeguarding"),
        "cards": cards(session),
        "tally": tally(session),
        **{id.replace("_", "-"): each for id, each in sheets.items()},
    }
    return {f"{number:02}-{name}": each for number, (name, each) in enumerate(made.items(), 1)}


def agenda(plans: TeamPlans, plan: Plan) -> Document:
    """The agenda of a session, its rules and roles, and the facilitator's script."""
    steps = tuple(plans.steps_of(plan))
    rows = tuple(
        (f"{at} to {at + minutes}", step.title, str(minutes), step.who)
        for step, at, minutes in steps
    )
    blocks: list[Block] = [
        Paragraph(plan.about),
        Paragraph(f"{plans.prework} {plans.absent}"),
        Table(("Minute", "Step", "Minutes", "Who"), rows, "The steps"),
        Heading(1, "Ground rules"),
        BulletList(plans.rules),
        Paragraph(plans.few),
        Heading(1, "Roles"),
        Facts(tuple((role.title, role.text) for role in plans.roles)),
        PageBreak(),
        Heading(1, "The script"),
    ]
    for step, at, minutes in steps:
        blocks += [
            Heading(2, f"{step.title}: {minutes} minutes, from minute {at}"),
            Quote(step.say),
            BulletList(step.do),
        ]
    title = f"A team session of {plan.minutes} minutes"
    return _document(title, "Agenda and script", blocks, plans.references)


def notes() -> Document:
    """The facilitator's notes of each module."""
    blocks: list[Block] = []
    for module, written in facilitating.notes(shipped.root() / "course"):
        if written:
            blocks.append(Heading(1, f"Module {module.number}: {module.title}"))
        for note in written:
            time = f" ({note.time})" if note.time else ""
            blocks.append(Paragraph((Run(f"{note.part}{time}. ", strong=True), Run(note.text))))
    return _document("Notes for the facilitator", "By module", blocks, ("munro-2015",))


def cards(session: Session) -> Document:
    """Each question as a card to cut out, for those who prefer paper."""
    blocks: list[Block] = [
        Paragraph("Print one set for each person who would like paper. Cut along the outer lines."),
        BulletList(session.limits),
    ]
    for round, told in (
        (1, "Round one: before the talk"),
        (2, "Round two: after the talk. Print it on paper of another colour."),
    ):
        blocks += [PageBreak(), Heading(1, told)]
        asked = (each for each in session.asked(round) if each.id not in session.after)
        for number, question in enumerate(asked, start=1):
            blocks += _on(question, f"{number}. ")
    return _document("Cards to answer on", session.title, blocks, session.references)


def tally(session: Session) -> Document:
    """The sheet on which cards are counted, for the same picture without a phone."""
    blocks: list[Block] = [
        Paragraph(
            "Shuffle the cards of a round, or the forms. Read one out, and make a stroke for each "
            "answer. With fewer than five, count nothing: do a spoken round."
        ),
        Paragraph(
            "Then type the counts: run place-kit team host, and choose “count them here” on the "
            "facilitator’s page. The picture is the same as from phones. Destroy the cards after."
        ),
        Facts((("Round", "______"), ("Cards", "______"))),
    ]
    blocks += (
        Together((Heading(1, each.prompt), _card("Count", each, "\n")))
        for each in session.questions
        if each.kind in ("rate", "choose_one")
    )
    blocks.append(
        Paragraph(
            "Texts are not counted. Read one out only if its author has ticked it on the card."
        )
    )
    return _document("Tally sheet", session.title, blocks, session.references)


def sheet(given: Sheet, first: Iterable[Block] = ()) -> Document:
    """A sheet as a document; its parts follow what comes `first`."""
    parts = (block for part in given.part for block in _part(part))
    blocks = [Paragraph(given.use), *first, *parts]
    return _document(given.title, "", blocks, given.references)


def _part(part: Part) -> Iterator[Block]:
    if part.heading:
        yield Heading(1, part.heading)
    yield from map(Paragraph, part.text)
    if part.points:
        yield BulletList(part.points)
    if part.columns:
        names = (*part.rows, *(f"{n}" for n in range(len(part.rows) + 1, part.high + 1)))
        empty = ("",) * (len(part.columns) - 1)
        room = "\n" * part.room
        rows = tuple((name + room, *empty) for name in names)
        yield Table(part.columns, rows, widths=part.widths)


def _on(question: Question, number: str = "") -> Iterator[Block]:
    """A question to answer on paper, with what to do; no edge of a page cuts it."""
    card = _card(f"{number}{question.prompt}", question)
    yield Together((Paragraph(_how(question)), card))


def _card(title: str, question: Question, room: str = "") -> Table:
    """A question as a table: a box for each answer."""
    if question.scale:
        scale = question.scale
        steps = tuple(str(step) for step in range(scale.low, scale.high + 1))
        rows = tuple((item.text + room, *("" for _ in steps)) for item in question.items)
        return Table((title, *steps), rows, widths=(8, *(1 for _ in steps)))
    if question.options:
        rows = tuple((option.text + room, "") for option in question.options)
        return Table((title, "Strokes" if room else "Your cross"), rows, widths=(3, 1))
    asked = tuple(f"{field.label}{ROOM}" for field in question.fields) or (ROOM,)
    rows = (*((each, "") for each in asked), ("May be shown to the team", "Yes / No"))
    return Table((title, "Your words"), rows, widths=(1, 2))


def _how(question: Question) -> str:
    """What to do with a card, and what its numbers mean."""
    if question.scale:
        scale = question.scale
        return (
            f"One cross on each line, from {scale.low} ({scale.low_label.lower()}) to "
            f"{scale.high} ({scale.high_label.lower()}). Leave a line open if you do not know."
        )
    return "One cross." if question.options else question.help


def _document(
    title: str, subtitle: str, blocks: Iterable[Block], references: Iterable[str]
) -> Document:
    known = facts.load().references
    sources = Heading(1, "Sources"), BulletList(tuple(known[id].text for id in references))
    return Document(title, (*blocks, *sources), subtitle, footer=ORIGIN)
