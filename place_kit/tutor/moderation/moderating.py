"""Second marking, step by step: draw the scripts, read the second marks, settle what differs.

Each step may be taken again at any time: what was drawn stays drawn, what was read is not read
twice, and a settled level is put into the gradebook once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import backups, gradebook, stopped
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.feedback.rubric import level_of, points_of
from place_kit.tutor.files import same_bytes, write_whole
from place_kit.tutor.moderation import drawing, pages, sheets
from place_kit.tutor.moderation.agreement import Agreement, agreement
from place_kit.tutor.moderation.drawing import Piece
from place_kit.tutor.moderation.records import (
    Moderation,
    Script,
    Second,
    Settled,
    moderations,
    now,
)
from place_kit.tutor.words import number

SECOND_MARKS = "second-marks.csv"
_README = """\
Second marking
==============

Thank you for marking these again. You are not told whose they are or how they were marked,
so that your judgement is your own.

1. Open each script-NUMBER.html here in your browser. It holds the piece, and beside it the
   mark scheme with its samples.
2. Write one level (0, 1, 2 or 3) for the whole piece into second-marks.csv, in the line of
   its number, and a few words why. If there is more than one sheet, fill in each.
3. Save it as CSV, and send it back. Nothing else is needed.

If a piece shows who a person is, leave its level empty and say so in the comment. If it
discloses harm or unsafe practice, stop, and tell whoever sent you this at once. Delete this
folder when the marks are settled: what learners wrote is personal.
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw did for one assignment."""

    moderation: Moderation
    marked: int  # pieces a first tutor has marked
    waiting: int  # pieces still to be marked first
    at_random: int
    border: int  # of all drawn; a script may be both
    new: int
    sheet: Path | None = None  # where the new scripts are to be marked


@dataclass(frozen=True, slots=True)
class Compared:
    """Two tutors' marks of one script."""

    script: Script
    first: int
    first_points: float
    out_of: float
    second: int
    comment: str
    settled: int | None = None

    @property
    def to_settle(self) -> bool:
        """Whether a level is still to be settled: they differ, or the points are no level's."""
        on_border = drawing.on_a_border(self.first_points, self.out_of)
        return self.settled is None and (self.first != self.second or on_border)


@dataclass(slots=True)
class Report:
    """What a sheet changed, and how the two tutors' marks stand side by side."""

    moderation: Moderation
    taken: int = 0
    compared: tuple[Compared, ...] = ()
    at_random: Agreement = field(default_factory=lambda: agreement(()))
    border: Agreement = field(default_factory=lambda: agreement(()))  # those not at random
    to_come: int = 0  # scripts without a second mark

    @property
    def to_settle(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.compared if one.to_settle)


@dataclass(slots=True)
class Result:
    """What came of a sheet: a report for each assignment in it, and what was wrong."""

    reports: list[Report] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def draw(folder: MarkingFolder, assignment: str, *, percent: float, seed: str = "") -> Drawn:
    """Draw scripts of an assignment for second marking, and write what the second tutor gets.

    Parameters
    ----------
    percent
        How many of a hundred marked scripts are drawn at random.
    seed
        What chance starts from; the first draw's seed stays.
    """
    moderation = Moderation(folder, assignment)
    before = moderation.scripts()
    seed = moderation.seed() or seed or secrets.token_hex(4)
    tasks = pages.tasks(folder, assignment)
    left_out = {learner for learner, name in stopped.stopped(folder) if name == assignment}
    pieces = [
        Piece(learner, cell, score.points, score.out_of)
        for (learner, cell), score in gradebook.marked_by_hand(folder, assignment).items()
        if cell in tasks and not score.waiting and learner not in left_out
    ]
    wrote = {
        one.whose: pages.written(folder, one.learner, assignment, tasks[one.cell].question)
        for one in pieces
    }
    scripts = {
        one.number: one
        if one.whose not in wrote or one.digest == pages.digest(wrote[one.whose])
        else replace(one, replaced=True)
        for one in before.values()
    }
    current = {one.whose: one for one in scripts.values() if not one.replaced}
    chosen = drawing.at_random(
        pieces,
        {one.whose for one in scripts.values() if one.at_random},
        percent=percent,
        seed=f"{seed}/{assignment}",
    )
    taken = {one for each in moderations(folder) for one in each.scripts()}
    for piece in sorted(pieces):
        whose, border = piece.whose, drawing.on_a_border(piece.points, piece.out_of)
        script = current.get(whose)
        if script:
            border = border or script.border
            scripts[script.number] = replace(script, at_random=whose in chosen, border=border)
        elif border or whose in chosen:
            chance = f"{seed}/{assignment}"
            number = drawing.number(chance, whose, taken | scripts.keys())
            text = pages.digest(wrote[whose])
            scripts[number] = Script(number, *whose, whose in chosen, border, text, now())
    live = [one for one in scripts.values() if not one.replaced and one.learner not in left_out]
    if scripts != before:
        moderation.keep(seed, scripts.values())  # first: a page without its key is lost
    for one in live:
        # No page for a script whose piece waits to be marked anew: its words are not known here.
        if one.whose in wrote:
            page = pages.render(one.number, tasks[one.cell], wrote[one.whose]).encode("utf-8")
            path = moderation.for_second / _page_name(one.number)
            if not same_bytes(path, page):
                write_whole(path, page)
    for one in scripts.values():
        if one not in live:
            (moderation.for_second / _page_name(one.number)).unlink(missing_ok=True)
    return Drawn(
        moderation,
        marked=len(pieces),
        waiting=sum(one == assignment for _, one in gradebook.waiting(folder)),
        at_random=sum(one.at_random for one in live),
        border=sum(one.border for one in live),
        new=len(scripts.keys() - before.keys()),
        sheet=_write_sheet(moderation, live),
    )


def _page_name(script: int) -> str:
    return f"script-{script}.html"


def _write_sheet(moderation: Moderation, live: Iterable[Script]) -> Path | None:
    """A sheet of the scripts that are on none yet. One that may be filled in is never touched."""
    live = list(live)
    if not live:
        return None
    write_whole(moderation.for_second / "README.txt", _README.encode())
    listed: set[int] = set(moderation.seconds())
    for path in moderation.for_second.glob("second-marks*.csv"):
        try:
            listed |= sheets.read(path, "level", "comment").scripts
        except PlaceKitError:
            continue  # spoiled in a spreadsheet: its scripts get a new sheet
    missing = sorted(one.number for one in live if one.number not in listed)
    if not missing:
        return None
    path, turn = moderation.for_second / SECOND_MARKS, 1
    while path.exists():
        turn += 1
        path = path.with_name(f"second-marks-{turn}.csv")
    _write_marks(path, [(one, None, "") for one in missing])
    return path


def _write_marks(path: Path, rows: Iterable[tuple[int, int | None, str]]) -> None:
    filled = [(script, "" if level is None else level, text) for script, level, text in rows]
    sheets.write(path, ("script", "level", "comment"), filled)


def read(folder: MarkingFolder, path: Path, *, by: str) -> Result:
    """Take in a sheet of second marks, and set them beside the first tutor's."""
    sheet = sheets.read(path, "level", "comment")
    result = Result(problems=list(sheet.problems))
    for moderation, rows in _by_moderation(folder, sheet.rows, result.problems):
        report = Report(moderation)
        scores = gradebook.marked_by_hand(folder, moderation.assignment)
        scripts, before = moderation.scripts(), moderation.seconds()
        settled, new = moderation.settled(), []
        for row in rows:
            if row.level is None:
                if row.text:
                    said = f"it has no level, and the second tutor says: {row.text.rstrip('.')}"
                    result.problems.append(_line(row, said))
                continue
            script = scripts[row.script]
            score = scores.get(script.whose)
            old = before.get(row.script)
            if old and (old.second, old.comment) == (row.level, row.text):
                continue
            if row.script in settled:
                result.problems.append(_line(row, "it is settled already, and stays so"))
            elif not score or score.waiting:
                result.problems.append(_line(row, "it has no first mark now: give it one first"))
            else:
                first = level_of(score.points, score.out_of).number
                marks = (first, score.points, row.level, row.text)
                new.append(Second(row.script, *marks, by, now()))
        moderation.add(new)
        report.taken = len(new)
        result.reports.append(compare(report, scores))
    return result


def compare(report: Report, scores: Mapping[tuple[str, str], gradebook.Score]) -> Report:
    """Set all second marks of a moderation beside the first ones, and write what to settle."""
    moderation = report.moderation
    scripts, settled = moderation.scripts(), moderation.settled()
    seconds = moderation.seconds()
    live = {one.number: one for one in scripts.values() if not one.replaced}
    report.compared = tuple(
        Compared(
            live[one.script],
            one.first,
            one.first_points,
            scores[live[one.script].whose].out_of,
            one.second,
            one.comment,
            settled[one.script].settled if one.script in settled else None,
        )
        for one in sorted(seconds.values(), key=lambda one: one.script)
        if one.script in live and live[one.script].whose in scores
    )

    def agreed(kind: Callable[[Script], bool]) -> Agreement:
        return agreement([(one.first, one.second) for one in report.compared if kind(one.script)])

    report.at_random = agreed(lambda script: script.at_random)
    # Drawn because they are hard to mark: no coefficient of theirs would speak for the rest.
    report.border = replace(agreed(lambda script: not script.at_random), kappa=None)
    report.to_come = len(live.keys() - seconds.keys())
    _write_settle(moderation, report.to_settle)
    return report


def _write_settle(moderation: Moderation, open_ones: Iterable[Compared]) -> None:
    """The sheet of what is to be settled; what was typed into it before stays."""
    typed: dict[int, sheets.Row] = {}
    if moderation.settle.exists():
        try:
            rows = sheets.read(moderation.settle, "settled", "reason").rows
            typed = {row.script: row for row in rows}
        except PlaceKitError:
            moderation.settle.replace(moderation.settle.with_suffix(".spoiled.csv"))
    written = []
    for one in open_ones:
        row = typed.get(one.script.number)
        same = one.second if one.first == one.second else None
        level = row.level if row and row.level is not None else same
        written.append(
            (
                one.script.number,
                one.script.learner,
                number(one.first_points),
                one.first,
                one.second,
                one.comment,
                "" if level is None else level,
                row.text if row else "",
            )
        )
    headings = ("script", "learner", "first_points", "first", "second", "second_comment")
    if written or moderation.settle.exists():
        sheets.write(moderation.settle, (*headings, "settled", "reason"), written)


def settle(folder: MarkingFolder, path: Path, *, by: str) -> Result:
    """Put the levels that two tutors settled on into the gradebook, and keep how it came."""
    sheet = sheets.read(path, "settled", "reason")
    result = Result(problems=list(sheet.problems))
    backups.make(folder)
    for moderation, rows in _by_moderation(folder, sheet.rows, result.problems):
        report = Report(moderation)
        scores = gradebook.marked_by_hand(folder, moderation.assignment)
        for row in rows:
            if row.level is not None:
                try:
                    report.taken += _settle_one(moderation, scores, row, row.level, by)
                except PlaceKitError as reason:
                    result.problems.append(_line(row, str(reason)))
        result.reports.append(compare(report, scores))
    return result


def _settle_one(
    moderation: Moderation,
    scores: Mapping[tuple[str, str], gradebook.Score],
    row: sheets.Row,
    level: int,
    by: str,
) -> bool:
    """Settle one script; returns whether anything changed."""
    script, second = moderation.scripts()[row.script], moderation.seconds().get(row.script)
    before = moderation.settled().get(row.script)
    if before and before.settled == level:
        return False
    if not second:
        raise PlaceKitError("it has no second mark yet: read the second tutor's sheet first")
    score = scores.get(script.whose)
    if not score or score.waiting:
        raise PlaceKitError("it has no first mark now: the piece is to be looked at again")
    points = points_of(level, score.out_of)
    known = {second.first_points, points, before.points if before else points}
    if score.points not in known:
        raise PlaceKitError(
            f"the gradebook has {number(score.points)} points now, and had "
            f"{number(second.first_points)} when the second mark was read. Look at it again in "
            "Formgrader, put the points back or read the second marks anew"
        )
    if not row.text and {second.first, second.second} != {level}:
        raise PlaceKitError("say in a few words why you settled on this level")
    gradebook.give_mark(
        moderation.folder, moderation.assignment, script.learner, script.cell, points
    )
    marks = (second.first, second.second, level, points, row.text)
    moderation.add([Settled(script.number, *marks, by, now())])
    return True


def _by_moderation(
    folder: MarkingFolder, rows: Iterable[sheets.Row], problems: list[str]
) -> list[tuple[Moderation, list[sheets.Row]]]:
    """Whose moderation each row belongs to; a script that is none is said."""
    everything, left_out = moderations(folder), stopped.stopped(folder)
    scripts = {number: one for each in everything for number, one in each.scripts().items()}
    where = {number: each for each in everything for number in each.scripts()}
    found: dict[str, tuple[Moderation, list[sheets.Row]]] = {}
    for row in rows:
        moderation = where.get(row.script)
        if moderation is None:
            problems.append(_line(row, "there is no script of this number"))
        elif scripts[row.script].replaced:
            problems.append(
                _line(row, "the learner has handed in other words since. Draw again for a new one")
            )
        elif (scripts[row.script].learner, moderation.assignment) in left_out:
            problems.append(_line(row, "the marking of this submission was stopped"))
        else:
            found.setdefault(moderation.assignment, (moderation, []))[1].append(row)
    return list(found.values())


def _line(row: sheets.Row, reason: str) -> str:
    return f"Line {row.line}, script {row.script}: {reason}. Left out."


def forget(folder: MarkingFolder, learner: str, assignment: str = "") -> None:
    """Erase a learner's writing from moderations, and what second tutors said of it.

    The levels stay, and that something was erased shows in their empty words. Whose they were
    is erased last: stopped before that, it is run again.
    """
    for moderation in moderations(folder):
        if assignment not in ("", moderation.assignment):
            continue
        scripts = moderation.scripts()
        theirs = {one.number for one in scripts.values() if one.learner == learner}
        if not theirs:
            continue
        for script in theirs:
            (moderation.for_second / _page_name(script)).unlink(missing_ok=True)
            scripts[script] = replace(scripts[script], replaced=True, digest="")
        for path in moderation.for_second.glob("second-marks*.csv"):
            _forget_in(path, theirs)
        for path in moderation.place.glob("*.spoiled.csv"):
            path.unlink()
        moderation.keep(moderation.seed(), scripts.values())
        moderation.silence(theirs)
        scores = gradebook.marked_by_hand(folder, moderation.assignment)
        compare(Report(moderation), scores)
        nameless = (
            replace(one, learner="") if one.number in theirs else one for one in scripts.values()
        )
        moderation.keep(moderation.seed(), nameless)


def _forget_in(path: Path, theirs: Collection[int]) -> None:
    """Take scripts out of a second tutor's sheet; one that cannot be read is nobody's to change."""
    try:
        sheets.forget(path, theirs)
    except PlaceKitError as error:
        raise PlaceKitError(
            f"{path} may say something of this learner's work, and cannot be read. {error} "
            "Correct it or delete it, then run the same command again: it goes on from here."
        ) from None


def assignments(folder: MarkingFolder) -> list[str]:
    """The assignments with something that a tutor has marked by the rubric."""
    return [name for name in folder.notebooks() if gradebook.marked_by_hand(folder, name)]
