"""``place-kit team report``: the plan, the pictures, how it was and last time, in one document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from place_kit import facts
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
    Together,
    docx,
    pdf,
)
from place_kit.documents.origin import ORIGIN
from place_kit.facts import team_plans
from place_kit.learner import DEFAULT_FOLDER
from place_kit.learner.folder import find_root
from place_kit.problems import PlaceKitError
from place_kit.show import words
from place_kit.show.card import Table as ShownTable
from place_kit.show.drawing import TOP
from place_kit.team import counts, pictures, taking
from place_kit.team import plan as written_plan
from place_kit.team.page import DISAGREEMENT_SAID, answered
from place_kit.team.pictures import LINE, PRINTED
from place_kit.team.pictures import Picture as Shown
from place_kit.team.plan import TeamPlan
from place_kit.team.pool import Line, Pooled, Spread, pool
from place_kit.team.pooling import said
from place_kit.team.session import Session, find
from place_kit.team.writing import write_all

NAME = "team-report"
CALENDAR = "team-follow-up.ics"
OPEN = "Not filled in yet"
WIDE = 740
"""Pixels across of a picture in the report: its letters are about as large as the text's."""
A_PAGE = 700
"""Pixels of a picture and its table, of those words beside, that surely fit on a page."""
SHORT = 12
"""Letters of an answer that can head a column."""


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
    answers
        The folder of this session's team files.
    earlier
        What there is of a session before it: what “place-kit team pool” wrote, or its team files.

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
    arrived = taking.take(answers, asked) if answers else ()
    now = pool(taking.entries(arrived), asked) if answers else None
    before = _before(earlier, asked, now) if earlier and now else None
    left = sum(one.outcome != "taken" for one in arrived)
    made = document(plan, asked, now, before, left_out=left)
    ready = {f"{NAME}.docx": docx.write(made), f"{NAME}.pdf": pdf.write(made)}
    follow_up = written_plan.calendar(plan, home)
    if follow_up:
        ready[CALENDAR] = follow_up
    write_all(home / RECORD, ready)
    if answers:
        print("\n".join(said(arrived)))
    for name in ready:
        print(f"Made: {home / RECORD / name}")
    for line in plan.lacks():
        print(line)
    if now is None:
        print("Without pictures. To add them, name the folder of team files: --answers FOLDER")
        if earlier:
            print("Last time is set beside this time only where both are named.")
    elif not now.enough:
        print(asked.few)
    return 0


def _before(earlier: Path, session: Session, now: Pooled) -> counts.Before:
    """The counts of a session before: as they were kept, or of its team files."""
    kept = earlier / counts.NAME if earlier.is_dir() else earlier
    if kept.is_file():
        return counts.read(kept, now)
    return counts.of(pool(taking.entries(taking.take(earlier, session)), session))


def document(
    plan: TeamPlan,
    session: Session,
    now: Pooled | None = None,
    before: counts.Before | None = None,
    *,
    left_out: int = 0,
) -> Document:
    """The report as a document; `left_out` is how many team files were not taken."""
    known = facts.load().references
    plans = team_plans.load()
    ids = dict.fromkeys((*session.references, *plans.references))
    return Document(
        title="Report of a team session",
        subtitle=plans.draft if plan.draft else "Shaped with residents, by the team’s own account.",
        blocks=(
            *_about(plan, plans.absent),
            *_actions(plan),
            *_seen(session, now, left_out),
            *_evaluation(plan, now),
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


def _seen(session: Session, now: Pooled | None, left_out: int) -> Iterator[Block]:
    if now is None:
        return
    yield Heading(1, "What we answered")
    if left_out:
        files = "file" if left_out == 1 else "files"
        yield Paragraph(
            f"{words.sentence(words.count(left_out))} {files} of the folder left out: each came "
            "twice, or was refused."
        )
    if not now.enough:
        yield Paragraph(session.few)
        return
    yield Paragraph(answered(now))
    yield Heading(2, "How far this goes")
    yield BulletList(session.limits)
    yield Paragraph(DISAGREEMENT_SAID)
    for each in pictures.answers(now, PRINTED):
        yield from _picture(each)


def _picture(shown: Shown) -> Iterator[Block]:
    """A picture between its words and its table; on one page, unless it may be too long for it."""
    card = shown.card
    blocks: list[Block] = [Heading(2, card.title), Paragraph(card.takeaway)]
    high = 0.0
    if card.drawing:
        svg = card.drawing.file(title=card.title, alt=card.alt, width=WIDE)
        high = card.drawing.height + 2 * TOP
        blocks.append(Picture(svg, card.alt, WIDE, high))
    if card.table:
        table = _turned(card.table)
        blocks.append(Table(table.columns, table.rows, table.caption, _widths(table)))
        high += 2 * LINE * len(table.rows)
    if high < A_PAGE:
        yield Together(tuple(blocks))
    else:
        yield from (PageBreak(), *blocks)


def _turned(table: ShownTable) -> ShownTable:
    """A table of counts with a row for each round; one with long answers stays as it is."""
    if table.columns[0] != "Answer" or any(len(row[0]) > SHORT for row in table.rows):
        return table
    columns, *rows = zip(table.columns, *table.rows, strict=True)
    return ShownTable(table.caption, columns, tuple(rows))


def _widths(table: ShownTable) -> tuple[float, ...]:
    """Room for the longest word of a header, and more for a column of long texts."""
    columns = list(zip(table.columns, *table.rows, strict=True))
    if max(len(cell) for column in columns for cell in column) <= 2 * SHORT:
        return tuple(max(map(len, column)) + 2 for column in columns)
    return tuple(
        max(max(map(len, head.split())) + 1, 2 * max(map(len, cells), default=0) ** 0.5, 3)
        for head, *cells in columns
    )


def _evaluation(plan: TeamPlan, now: Pooled | None) -> Iterator[Block]:
    yield Heading(1, "Evaluation")
    shown = pictures.evaluation(now, PRINTED) if now else ()
    for each in shown:
        yield from _picture(each)
    if plan.evaluation:
        if shown:
            yield Heading(2, "Counted by hand, from forms that are not in the pictures")
        fields = facts.question("team_plan.evaluation").fields
        yield Facts(
            tuple((each.label.rstrip("?"), plan.evaluation.get(each.id, OPEN)) for each in fields)
        )
    elif not shown:
        yield Paragraph(
            f"{OPEN}. What five people or more say in round two, of how it was, stands here."
        )


def _last_time(now: Pooled | None, before: counts.Before | None) -> Iterator[Block]:
    if now is None or before is None:
        return
    yield Heading(1, "Beside last time")
    if not (now.enough and before):
        yield Paragraph(
            "Nothing is compared: one of the two had fewer than five people, or nothing was asked "
            "in the same form both times."
        )
        return
    asked = (*now.lines, *now.wheel)
    beside = [(line, then) for line in asked if (then := before.get(line.id))]
    rows = tuple(
        (line.title, _figures(line, then), _figures(line, line.rounds[0])) for line, then in beside
    )
    if rows:
        caption = "The answers before the talk, both times"
        yield Table(("Asked", "Last time", "This time"), rows, caption, widths=(4, 3, 3))
    if alone := len(asked) - len(rows):
        yield Paragraph(
            f"{alone} of {len(asked)} are not compared: last time they were not asked, were asked "
            "in another form, or had fewer than five answers."
        )
    yield Paragraph(
        "The people may not be the same. A change says that answers differ, and not why."
    )


def _figures(line: Line, spread: Spread | None) -> str:
    if spread is None:
        return "fewer than five answers"
    if spread.median is not None and spread.quartiles:
        low, high = spread.quartiles
        return f"median {spread.median:g}, middle half {low:g} to {high:g}, n = {spread.n}"
    each = zip(line.values, spread.counts, strict=True)
    return "; ".join(f"{value.text}: {many}" for value, many in each if many) + f"; n = {spread.n}"


def _written(text: str, is_date: bool) -> str:
    if not text:
        return OPEN
    try:
        return _day(date.fromisoformat(text)) if is_date else text
    except ValueError:
        return text


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else OPEN
