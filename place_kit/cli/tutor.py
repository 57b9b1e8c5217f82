"""The tutor's commands."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from place_kit.cli._command import command, folder, serving

if TYPE_CHECKING:
    from place_kit.cli._command import Commands

HERE = "default: this folder, if it is a marking folder"
PLATFORMS = ("plain", "moodle", "canvas", "brightspace")


def add_to(commands: Commands) -> None:
    """Name the commands."""
    tutor = command(commands, "tutor", _tutor, "Make or update a marking folder, and open it.")
    folder(tutor, "where it is, or will be")
    tutor.add_argument("--roster", type=Path, help="a CSV file of learners: id, names, e-mail")
    tutor.add_argument("--no-open", dest="open", action="store_false", help="only make or update")
    serving(tutor)
    collect = command(commands, "collect", _collect, "Take in what learners handed in.")
    collect.add_argument("inbox", type=Path, help="a hand-in, a zip, e-mails, or a folder of them")
    collect.add_argument("--learner", default="", help="whose the one hand-in is, by their id")
    folder(collect, HERE, here=True)
    folder(command(commands, "mark", _mark, "Mark by rule, through nbgrader."), HERE, here=True)
    pages = command(commands, "feedback", _feedback, "Write feedback pages.")
    folder(pages, HERE, here=True)
    pages.add_argument("--pdf", action="store_true", help="write a PDF beside each page, too")
    back = command(commands, "return", _return, "Put together what goes back to each learner.")
    folder(back, HERE, here=True)
    back.add_argument("--assignment", default="", help="only this one, such as 03_cases")
    back.add_argument("--pdf", action="store_true", help="with a PDF of each page")
    moderate = command(commands, "moderate", _moderate, "Have some scripts marked a second time.")
    folder(moderate, HERE, here=True)
    moderate.add_argument("--assignment", help="draw from this one only, such as 03_cases")
    moderate.add_argument(
        "--sample", type=float, default=10, help="how many of 100 to draw at random (default: 10)"
    )
    moderate.add_argument("--seed", default="", help="what chance starts from, at the first draw")
    step = moderate.add_mutually_exclusive_group()
    step.add_argument("--read", type=Path, metavar="FILE", help="take in second-marks.csv")
    step.add_argument("--settle", type=Path, metavar="FILE", help="put settle.csv into the marks")
    moderate.add_argument("--by", help="who marked or settled (default: your name here)")
    folder(command(commands, "status", _status, "Say who has handed in what."), HERE, here=True)
    extend = command(commands, "extend", _extend, "Give one learner more time.")
    _submission(extend)
    folder(extend, HERE, here=True)
    time = extend.add_mutually_exclusive_group(required=True)
    time.add_argument("--until", default="", help="a date, or a date and time: 2026-12-08T17:00")
    time.add_argument("--days", type=_days, default=0, help="how many days after the deadline")
    time.add_argument("--take-back", action="store_true", help="end the extension")
    stop = command(commands, "stop", _stop, "Stop marking a submission that discloses harm.")
    _submission(stop)
    folder(stop, HERE, here=True)
    stop.add_argument("--by", default="", help="who stops it; default: your name on this computer")
    stop.add_argument("--note", default="", help="where the case is kept; no word of the work")
    stop.add_argument("--resume", action="store_true", help="let it be marked again")
    remove = command(commands, "remove", _remove, "Erase a learner's work for good.")
    remove.add_argument("learner", help="the learner's id")
    folder(remove, HERE, here=True)
    remove.add_argument("--assignment", default="", help="only this one; default: everything")
    remove.add_argument("--yes", action="store_true", help="do not ask")
    restore = command(commands, "restore", _restore, "Put a backup of the gradebook back.")
    folder(restore, HERE, here=True)
    restore.add_argument(
        "--from",
        dest="name",
        default="",
        help="a backup; default, if the gradebook is damaged: the newest",
    )
    grades = command(commands, "grades", _grades, "Write grades for a learning platform.")
    folder(grades, HERE, here=True)
    grades.add_argument(
        "--for", dest="platform", choices=PLATFORMS, default="plain", help="default: a plain table"
    )
    grades.add_argument("--assignment", default="", help="only this one, such as 03_cases")
    cohort = command(commands, "cohort", _cohort, "Show how the group did, without names.")
    folder(cohort, HERE, here=True)
    cohort.add_argument("--names", action="store_true", help="say who has not handed in")


def _submission(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("learner", help="the learner's id")
    sub.add_argument("assignment", help="such as 03_cases")


def _days(typed: str) -> int:
    if not typed.isdecimal() or not 0 < int(typed) <= 3660:
        raise argparse.ArgumentTypeError(f"{typed} is not a number of days from 1 on")
    return int(typed)


def _tutor(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    outcome = commands.make(given.folder, given.roster)
    if given.open:
        outcome |= commands.open(given.folder, port=given.port, open_browser=given.browser)
    return outcome


def _collect(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.collect(given.inbox, given.folder, given.learner)


def _mark(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.mark(given.folder)


def _feedback(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.feedback(given.folder, pdf=given.pdf)


def _return(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.give_back(given.folder, assignment=given.assignment, pdf=given.pdf)


def _moderate(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    if given.read:
        return commands.read_second_marks(given.folder, given.read, by=given.by)
    if given.settle:
        return commands.settle(given.folder, given.settle, by=given.by)
    return commands.moderate(
        given.folder, assignment=given.assignment, percent=given.sample, seed=given.seed
    )


def _status(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.status(given.folder)


def _grades(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.grades(given.folder, given.platform, given.assignment)


def _cohort(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.cohort(given.folder, given.names)


def _stop(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.stop(
        given.learner,
        given.assignment,
        given.folder,
        by=given.by,
        note=given.note,
        resume=given.resume,
    )


def _restore(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.restore(given.folder, given.name)


def _extend(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.extend(
        given.learner,
        given.assignment,
        given.folder,
        until=given.until,
        days=given.days,
        take_back=given.take_back,
    )


def _remove(given: argparse.Namespace) -> int:
    from place_kit.tutor import commands

    return commands.remove(given.learner, given.folder, assignment=given.assignment, sure=given.yes)
