"""``place-kit team report``: the plan, the pictures, how it was and last time, in one document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from place_kit import facts
from place_kit.answers.files import write_whole
from place_kit.answers.places import RECORD
from place_kit.documents import (
    Block,
    BulletList,
    Document,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
    docx,
    pdf,
)
from place_kit.documents.origin import ORIGIN
from place_kit.facts import team_plans
from place_kit.learner import DEFAULT_FOLDER
from place_kit.learner.folder import find_root
from place_kit.problems import PlaceKitError
from place_kit.show.card import Table as ShownTable
from place_kit.show.drawing import TOP
from place_kit.team import plan as written_plan
from place_kit.team import taking
from place_kit.team.page import answered
from place_kit.team.pictures import pictures
from place_kit.team.plan import TeamPlan
from place_kit.team.pool import Line, Pooled, Spread, pool
from place_kit.team.session import Session, find

NAME = "team-report"
CALENDAR = "team-follow-up.ics"
OPEN = "Not filled in yet"
WIDE = 640
"""Pixels across of a picture in the report: its letters are about as large as the text's."""


def run(
    folder: Path | None, session: str, answers: Path | None = None, earlier: Path | None = None
) -> int:
    """Write the report and the follow-up, and say what they still lack.

    Parameters
    ----------
    folder
        The course folder in which the scribe wrote; by default the one we are in, or the usual one.
    session
        The session's id.
    answers, earlier
        Folders of team files: of this session, and of one before it.

    Returns
    -------
    int
        0 when all is written.
    """
    home = (folder or find_root(Path.cwd()) or Path(DEFAULT_FOLDER)).expanduser().resolve()
    if not (home / "course").is_dir():
        raise PlaceKitError(
            f"There is no course in {home}. Name the folder in which the scribe wrote the actions, "
            "on the page “A team session”."
        )
    asked = find(session)
    plan = written_plan.read(home)
    now, before = _pooled(answers, asked), _pooled(earlier, asked)
    made = document(plan, asked, now, before)
    ready = {f"{NAME}.docx": docx.write(made), f"{NAME}.pdf": pdf.write(made)}
    follow_up = written_plan.calendar(plan, home)
    if follow_up:
        ready[CALENDAR] = follow_up
    for name, raw in ready.items():
        write_whole(home / RECORD / name, raw)
        print(f"Made: {home / RECORD / name}")
    for line in plan.lacks():
        print(line)
    if now is None:
        print("Without pictures. To add them, name the folder of team files: --answers FOLDER")
    elif not now.enough:
        print(asked.few)
    return 0


def _pooled(folder: Path | None, session: Session) -> Pooled | None:
    return pool(taking.entries(taking.take(folder, session)), session) if folder else None


def document(
    plan: TeamPlan, session: Session, now: Pooled | None = None, before: Pooled | None = None
) -> Document:
    """The report as a document."""
    known = facts.load().references
    plans = team_plans.load()
    ids = dict.fromkeys((*session.references, *plans.references))
    return Document(
        title="Report of a team session",
        subtitle=plans.draft if plan.draft else "Shaped with residents, by the team’s own account.",
        blocks=(
            *_about(plan, plans.absent),
            *_actions(plan),
            *_seen(session, now),
            *_evaluation(plan),
            *_last_time(now, before),
            Heading(1, "Sources"),
            BulletList(tuple(known[id].text for id in ids)),
        ),
        footer=ORIGIN,
    )


def _about(plan: TeamPlan, absent: str) -> Iterator[Block]:
    yield Facts(
        (
            ("Team", plan.about.get("team") or OPEN),
            ("Place", plan.about.get("place") or OPEN),
            ("Day", _day(plan.day)),
            ("Took part", plan.about.get("people") or OPEN),
            ("We look again on", _day(plan.follow_up)),
        )
    )
    shaped = {option.id: option.text for option in facts.question("team_plan.shaped").options}
    yield Paragraph(
        (
            Run("Who has shaped this plan so far? ", strong=True),
            Run(f"{shaped.get(plan.shaped, OPEN)}."),
        )
    )
    if plan.draft:
        yield Paragraph(absent)


def _actions(plan: TeamPlan) -> Iterator[Block]:
    yield Heading(1, "What we will do")
    fields = facts.question("team_plan.actions").fields
    if plan.actions:
        yield Table(
            tuple(field.label for field in fields),
            tuple(
                tuple(_written(row.get(field.id, ""), field.type == "date") for field in fields)
                for row in plan.actions
            ),
            "Draft of the actions" if plan.draft else "Actions",
            widths=(3, 2, 1.7, 2.4, 2.4, 1.7),
        )
    if plan.lacks():
        yield BulletList(plan.lacks())


def _seen(session: Session, now: Pooled | None) -> Iterator[Block]:
    if now is None:
        return
    yield Heading(1, "What we answered")
    if not now.enough:
        yield Paragraph(session.few)
        return
    yield Paragraph(answered(now))
    for each in pictures(now):
        card = each.card
        yield PageBreak()  # the words, the picture and the table stay together
        yield Heading(2, card.title)
        yield Paragraph(card.takeaway)
        if card.drawing:
            svg = card.drawing.file(title=card.title, alt=card.alt, width=WIDE)
            yield Picture(svg, card.alt, WIDE, card.drawing.height + 2 * TOP)
        if card.table:
            table = card.table
            yield Table(table.columns, table.rows, table.caption, _widths(table))
    yield Heading(2, "How far this goes")
    yield BulletList(session.limits)


def _widths(table: ShownTable) -> tuple[float, ...]:
    """Room for the longest word of a header, and more for a column of long texts."""
    columns = zip(table.columns, *table.rows, strict=True)
    return tuple(
        max(max(map(len, head.split())) + 1, 2 * max(map(len, cells), default=0) ** 0.5, 3)
        for head, *cells in columns
    )


def _evaluation(plan: TeamPlan) -> Iterator[Block]:
    yield Heading(1, "How it was")
    fields = facts.question("team_plan.evaluation").fields
    if not plan.evaluation:
        yield Paragraph(OPEN)
        return
    yield Facts(
        tuple((each.label.rstrip("?"), plan.evaluation.get(each.id, OPEN)) for each in fields)
    )


def _last_time(now: Pooled | None, before: Pooled | None) -> Iterator[Block]:
    if now is None or before is None:
        return
    yield Heading(1, "Beside last time")
    if not (now.enough and before.enough):
        yield Paragraph("One of the two had fewer than five people, so nothing is compared.")
        return
    then = {line.id: line for line in (*before.lines, *before.wheel)}
    rows = tuple(
        (_asked(line), *_beside(then.get(line.id), line)) for line in (*now.lines, *now.wheel)
    )
    caption = "The answers before the talk, both times"
    yield Table(("Asked", "Last time", "This time"), rows, caption, widths=(4, 3, 3))
    yield Paragraph(
        "The people may not be the same. A change says that answers differ, and not why."
    )


def _beside(then: Line | None, now: Line) -> tuple[str, str]:
    return (_figures(then, then.rounds[0]) if then else "not asked"), _figures(now, now.rounds[0])


def _figures(line: Line, spread: Spread | None) -> str:
    if spread is None:
        return "fewer than five answers"
    if spread.median is not None and spread.quartiles:
        low, high = spread.quartiles
        return f"median {spread.median:g}, middle half {low:g} to {high:g}, n = {spread.n}"
    each = zip(line.values, spread.counts, strict=True)
    return "; ".join(f"{value.text}: {many}" for value, many in each if many) + f"; n = {spread.n}"


def _asked(line: Line) -> str:
    return f"{line.question.prompt} {line.text}" if line.item else line.text


def _written(text: str, is_date: bool) -> str:
    if not text:
        return OPEN
    try:
        return _day(date.fromisoformat(text)) if is_date else text
    except ValueError:
        return text


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else OPEN
