"""All feedback pages in one go: one opening of the gradebook, one reading of what they share.

What stands in feedback/ afterwards is, byte for byte, what ``nbgrader generate_feedback``
writes. A page that would be the same again is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk import gradebook, late, stopped
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP, MarkingFolder
from place_kit.tutor.desk.roster import Learner
from place_kit.tutor.feedback.as_html import render
from place_kit.tutor.feedback.page import Page
from place_kit.tutor.feedback.sources import Sources
from place_kit.tutor.files import NoRoomError, NotPlainError, read_plain, same_bytes, write_whole
from place_kit.tutor.marking import autograde

Progress = Callable[[int, int], None]
"""Called with how many are done, of how many."""
Each = Callable[["Written", Page], None]
"""Called with every page, once it stands in feedback/."""

_MODE = 0o644  # as nbgrader leaves it
_LIMIT = 2_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """A page that stands in feedback/: whose, of what, and where. `new` if it was not there so."""

    learner: Learner
    assignment: str
    html: Path
    pdf: Path | None = None
    new: bool = True


@dataclass(slots=True)
class Run:
    """What a run did. `failed` pairs a submission with the reason."""

    written: list[Written] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    stopped: list[tuple[str, str]] = field(default_factory=list)
    not_marked: list[tuple[str, str]] = field(default_factory=list)


def run(
    folder: MarkingFolder,
    *,
    assignment: str = "",
    pdf: bool = False,
    each: Each = lambda written, page: None,
    progress: Progress = lambda done, of: None,
) -> Run:
    """Write the page of every submission that is marked by rule. Run it in a locked folder.

    Parameters
    ----------
    folder
        The marking folder.
    assignment
        The one to write; by default all.
    pdf
        Whether to write a PDF beside each page.
    each, progress
        Called as the run goes on.
    """
    done = Run()
    notebooks = folder.notebooks()
    if assignment and assignment not in notebooks:
        raise PlaceKitError(
            f"There is no assignment {assignment} here. There is: {', '.join(notebooks)}."
        )
    late.apply_deadlines(folder)
    late.apply_penalties(folder)
    todo: dict[str, list[str]] = {}
    halted, marked = stopped.stopped(folder), autograde.marked(folder)
    for learner, name in autograde.submissions(folder):
        if assignment in ("", name):
            if (learner, name) in halted:
                done.stopped.append((learner, name))
            elif (learner, name) in marked:
                todo.setdefault(name, []).append(learner)
            else:
                done.not_marked.append((learner, name))
    total, count = sum(map(len, todo.values())), 0
    if not todo:
        return done
    with gradebook.opened(folder.db_url) as book:
        people = gradebook.roster_in(book)
        for name, learners in todo.items():
            sources = Sources.of(folder, name)
            scores = gradebook.scores_in(book, name, notebooks[name].stem)
            lost = gradebook.penalties_in(book, name, notebooks[name].stem)
            for learner in learners:
                progress(count, total)
                count += 1
                one = people.get(learner, Learner(learner))
                try:
                    place = folder.autograded / learner / name / notebooks[name].name
                    page = sources.page(place, one, scores.get(learner, {}), lost.get(learner, 0.0))
                    written = _write(folder, name, one, page, notebooks[name].stem, pdf)
                    each(written, page)
                except NoRoomError:
                    raise  # the next one would fare no better
                except PlaceKitError as reason:
                    done.failed.append((learner, name, str(reason).rstrip(".")))
                else:
                    done.written.append(written)
    progress(total, total)
    return done


def _write(
    folder: MarkingFolder, assignment: str, learner: Learner, page: Page, stem: str, pdf: bool
) -> Written:
    place = folder.feedback / learner.id / assignment
    # What nbgrader puts beside its page; by the time in it, it sees what is up to date.
    for name in (ANSWERS, TIMESTAMP):
        try:
            raw = read_plain(folder.autograded / learner.id / assignment / name, _LIMIT)
        except NotPlainError:
            (place / name).unlink(missing_ok=True)
        else:
            _put(place / name, raw)
    html, as_pdf = place / f"{stem}.html", place / f"{stem}.pdf"
    new = _put(html, render(page).encode("utf-8"))
    if new:
        as_pdf.unlink(missing_ok=True)  # of the page before
    if pdf and not as_pdf.is_file():
        _put(as_pdf, _as_pdf(page))
    return Written(learner, assignment, html, as_pdf if as_pdf.is_file() else None, new)


def _as_pdf(page: Page) -> bytes:
    from place_kit.documents import pdf
    from place_kit.tutor.feedback.as_document import document

    return pdf.write(document(page))


def _put(path: Path, raw: bytes) -> bool:
    """Write a file if it does not hold just this; returns whether it was written."""
    if same_bytes(path, raw):
        return False
    write_whole(path, raw)
    path.chmod(_MODE)
    return True
