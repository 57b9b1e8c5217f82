"""What goes back to learners: a folder for each, an e-mail draft for each, and a list for a
mail merge.

``return/`` is made anew each time, and holds what the last run put together::

    return/learners/ada.l/feedback-03_cases.html    what Ada gets, and nothing of anybody else
    return/drafts/ada.l.eml                         an e-mail to Ada with that attached, unsent
    return/mail-merge.csv                           a row for each learner and assignment

Whose marking is stopped is not in it, nor whose work is not all marked. The columns of
``mail-merge.csv`` (UTF-8, as Excel, Word and Thunderbird read it):

==================  ============================================================
email               empty where none is known
first_name          to greet by; the name or id where no first name is known
last_name
learner             the id
assignment          ``03_cases``
title               ``Five cases``
points              in words: ``31.5 of 50 points``
level               in words: ``level 2 of 3, Reflection``; or why there is none
outcome             in words: whether it passed
since_last_time     ``new``, ``changed`` or ``as before``: filter by it to send none twice
attachment          the page's full path
attachment_pdf      the PDF's full path, where one was made
==================  ============================================================
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import Literal

from place_kit.documents import sheet
from place_kit.tutor.desk.marking_folder import MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.feedback import writing
from place_kit.tutor.feedback.page import Page, out_of
from place_kit.tutor.feedback.rubric import LEVELS
from place_kit.tutor.files import plain_words, same_bytes, write_whole
from place_kit.tutor.words import clean, number

MERGE = "mail-merge.csv"
COLUMNS = (
    "email",
    "first_name",
    "last_name",
    "learner",
    "assignment",
    "title",
    "points",
    "level",
    "outcome",
    "since_last_time",
    "attachment",
    "attachment_pdf",
)
SinceLastTime = Literal["new", "changed", "as before"]


@dataclass(frozen=True, slots=True)
class Returned:
    """One page that goes back: whose, of what, its files by name, and its result in words."""

    learner: Learner
    assignment: str
    title: str
    points: str
    level: str
    outcome: str
    since_last_time: SinceLastTime
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One page that does not go back yet, and why, as a sentence for the tutor."""

    learner: Learner
    assignment: str
    reason: str


@dataclass(slots=True)
class Return:
    """What a run put together; `run` tells of those that have no page at all."""

    returned: list[Returned] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    run: writing.Run = field(default_factory=writing.Run)


def run(
    folder: MarkingFolder,
    *,
    assignment: str = "",
    pdf: bool = False,
    progress: writing.Progress = lambda done, of: None,
) -> Return:
    """Write the pages as they are now, and put together what goes back.

    Run it in a locked folder; see `writing.run` for what it takes.
    """
    made = Return()
    folder.workshop.mkdir(exist_ok=True)
    with plain_words(folder.returns):
        new = Path(tempfile.mkdtemp(prefix="tmp", dir=folder.workshop))

    def each(written: writing.Written, page: Page) -> None:
        if page.waiting:
            made.left_out.append(LeftOut(written.learner, written.assignment, _reason(page)))
        else:
            made.returned.append(_take(folder.returns, new, written, page))

    try:
        made.run = writing.run(folder, assignment=assignment, pdf=pdf, each=each, progress=progress)
        made.returned.sort(key=lambda one: (one.learner.id, one.assignment))
        _write_drafts(new, made.returned)
        write_whole(new / MERGE, _merge(folder.returns, made.returned))
        with plain_words(folder.returns):
            if folder.returns.exists():  # set aside: on Windows nothing is renamed onto a folder
                aside = Path(tempfile.mkdtemp(prefix="tmp", dir=folder.workshop))
                folder.returns.rename(aside / folder.returns.name)
                shutil.rmtree(aside, ignore_errors=True)
            new.rename(folder.returns)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return made


def _reason(page: Page) -> str:
    faults = [page.name_of(part) for part in page.waiting if part.state == "fault"]
    if faults:
        return f"“{faults[0]}” could not be marked by rule: give its points in Formgrader."
    return "What was written has no mark yet."


def _take(before: Path, new: Path, written: writing.Written, page: Page) -> Returned:
    files = []
    for source in filter(None, (written.html, written.pdf)):
        name = f"feedback-{written.assignment}{source.suffix}"
        write_whole(new / "learners" / written.learner.id / name, source.read_bytes())
        files.append(name)
    last = before / "learners" / written.learner.id / files[0]
    since: SinceLastTime = "new"
    if last.exists():
        since = "as before" if same_bytes(last, written.html.read_bytes()) else "changed"
    earned, of = number(page.points), number(out_of(page.parts))
    return Returned(
        written.learner,
        written.assignment,
        page.title,
        f"{earned} of {of} points",
        _level(page),
        _outcome(page),
        since,
        tuple(files),
    )


def _level(page: Page) -> str:
    if page.returned:
        return "returned unmarked"
    level = page.level
    return f"level {level.number} of {len(LEVELS) - 1}, {level.name}" if level else ""


def _outcome(page: Page) -> str:
    if page.returned:
        return "Returned unmarked: a person could be known from it. The page says what to do."
    return page.verdict.words if page.verdict else ""


def _merge(place: Path, returned: list[Returned]) -> bytes:
    rows = []
    for one in returned:
        learner = one.learner
        words = (
            learner.email,
            learner.first_name or learner.name,
            learner.last_name,
            learner.id,
            one.assignment,
            one.title,
            one.points,
            one.level,
            one.outcome,
            one.since_last_time,
        )
        # A path stays as it is, however long.
        paths = [str(place / "learners" / learner.id / name) for name in one.files]
        rows.append([*(clean(text, 500) for text in words), *paths, *[""] * (2 - len(paths))])
    return sheet.write(COLUMNS, rows)


def _write_drafts(new: Path, returned: list[Returned]) -> None:
    by_learner: dict[str, list[Returned]] = {}
    for one in returned:
        by_learner.setdefault(one.learner.id, []).append(one)
    for id, pages in by_learner.items():
        write_whole(new / "drafts" / f"{id}.eml", _draft(new / "learners" / id, pages))


def _draft(place: Path, pages: list[Returned]) -> bytes:
    """An e-mail that is not sent yet. It names no mark: others may see its first lines."""
    learner = pages[0].learner
    titles = " and ".join((", ".join(one.title for one in pages[:-1]), pages[-1].title))
    titles = titles.removeprefix(" and ")
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"  # mail programs open it to be sent, not as one that arrived
    message["Subject"] = f"Your feedback: {titles}"
    to = _address(learner)
    if to:
        message["To"] = to
    message.set_content(
        f"Hello {learner.first_name or learner.name},\n\n"
        f"Here is your feedback on {titles}. Open the attached page in your web browser: it says "
        "what you did well, what is worth going back to, and what you can do next.\n\n"
        "To keep it with your course, save it in the folder “feedback” of your course folder.\n",
        cte="quoted-printable",
    )
    for one in pages:
        for name in one.files:
            kind = ("text", "html") if name.endswith(".html") else ("application", "pdf")
            message.add_attachment(
                (place / name).read_bytes(), maintype=kind[0], subtype=kind[1], filename=name
            )
    # The same draft for the same pages.
    message.set_boundary(f"=_{sha256(learner.id.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _address(learner: Learner) -> Address | None:
    try:
        return Address(learner.name, addr_spec=learner.email) if learner.email else None
    except (ValueError, IndexError, MessageError):
        return None  # what stands on the roster is no address
