"""Mark one submission after another of an assignment, with what they share made once.

These are nbgrader's own steps, in its order and with the folder's configuration. Three
things are done once for all: the notebook is made ready (nothing a learner sent is in it),
the gradebook is opened, the steps are set up. The cells are run in this process; see
`place_kit.tutor.marking.cells` for why. Marks, comments and outputs are those of plain
``nbgrader autograde``.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from ipykernel.ipkernel import IPythonKernel
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from place_kit.problems import PlaceKitError
from place_kit.tutor.desk.marking_folder import ANSWERS, TIMESTAMP, MarkingFolder
from place_kit.tutor.files import NotPlainError, plain_words, read_plain, write_whole
from place_kit.tutor.intake import validated
from place_kit.tutor.marking import cells
from place_kit.tutor.marking.one_session import LateOnly, OneSession, SaveMarks
from place_kit.tutor.times import nbgrader_time

_DONE_BEFORE = (
    "place_kit.tutor.marking.nbgrader_side.OwnExecute",  # by `cells`
    "nbgrader.preprocessors.CheckCellMetadata",  # once for all: a run changes no metadata
)
_IN_ONE_SESSION = {
    "nbgrader.preprocessors.SaveAutoGrades": SaveMarks,
    "nbgrader.preprocessors.AssignLatePenalties": LateOnly,
}
"""What stands in for steps of the configuration; the others are taken as they are."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One submission marked by rule. `unanswered` tells what is missing from what is wrong."""

    learner: str
    assignment: str
    points: float
    out_of: float
    unanswered: int


class Engine:
    """Marks the submissions of one assignment.

    Parameters
    ----------
    folder
        The marking folder, locked by whoever calls.
    config
        Its nbgrader configuration.
    assignment
        The assignment's id.
    book
        The gradebook, open.
    """

    def __init__(
        self, folder: MarkingFolder, config: Any, assignment: str, book: OneSession
    ) -> None:
        self.folder = folder
        self.assignment = assignment
        self.book = book
        self.released = folder.notebooks()[assignment]
        converter = Autograde(coursedir=CourseDirectory(config=config), config=config)
        self._config = converter.config
        self._exporter = self._with(self._steps(converter.autograde_preprocessors))
        self._ready = self._made_ready(converter.sanitize_preprocessors)
        self._code = [cell for cell in self._ready.cells if cell.cell_type == "code"]
        self._sources = [cell.source for cell in self._code]
        for count, cell in enumerate(self._code, start=1):
            cell.execution_count = count

    def mark(self, learner: str) -> Marked:
        """Mark the answers of a learner; the gradebook and ``autograded/`` change together.

        Raises
        ------
        PlaceKitError
            If the answers cannot be used, or there is no room to write.
        """
        sent = self.folder.submitted / learner / self.assignment
        answers = validated.read(sent / ANSWERS, self.assignment)
        files = {ANSWERS: validated.serialise(answers), **_timestamp(sent / TIMESTAMP)}
        self.folder.workshop.mkdir(exist_ok=True)
        built = Path(tempfile.mkdtemp(dir=self.folder.workshop))
        try:
            for name, raw in files.items():
                write_whole(built / name, raw)
            marked = self._marked(learner, built, files)
            points, out_of = self._by_rule(learner)
            write_whole(built / self.released.name, marked.encode("utf-8"))
            self.book.keep()
            self._put_in_place(built, self.folder.autograded / learner / self.assignment)
        except BaseException:
            self.book.drop()
            raise
        finally:
            shutil.rmtree(built, ignore_errors=True)
        missing = validated.unanswered(answers)
        return Marked(learner, self.assignment, points, out_of, missing)

    def _marked(self, learner: str, built: Path, files: Mapping[str, bytes]) -> str:
        """Run the notebook and put its marks into the gradebook; returns its text."""
        arrived = {"timestamp": files[TIMESTAMP].decode("ascii")} if TIMESTAMP in files else {}
        self.book.update_or_create_submission(self.assignment, learner, **arrived)
        for cell, outputs in zip(self._code, cells.run(self._sources, built), strict=True):
            cell.outputs = outputs
        # The steps work on a copy.
        text, _ = self._exporter.from_notebook_node(self._ready, self._resources(learner))
        return str(text)

    def _by_rule(self, learner: str) -> tuple[float, float]:
        marked = self.book.find_submission_notebook(self.released.stem, self.assignment, learner)
        self.book.db.refresh(marked)  # its sums are worked out by the database
        return float(marked.code_score), float(marked.max_code_score)

    def _put_in_place(self, built: Path, place: Path) -> None:
        with plain_words(place):
            for path in built.iterdir():
                path.chmod(0o444)  # as nbgrader leaves them
            built.chmod(0o755)
            place.parent.mkdir(parents=True, exist_ok=True)
            before = built.with_name(f"{built.name}-before")
            if place.exists():
                # Of a run stopped between these two steps nothing is lost: it is marked again.
                place.rename(before)
            built.rename(place)
            shutil.rmtree(before, ignore_errors=True)

    def _made_ready(self, steps: list[Any]) -> nbformat.NotebookNode:
        """The released notebook after nbgrader's first round of steps, ready to be run."""
        text, _ = self._with(steps).from_filename(str(self.released), self._resources(""))
        ready = nbformat.reads(text, as_version=4)
        ready.metadata["language_info"] = nbformat.from_dict(dict(IPythonKernel.language_info))
        return ready

    def _steps(self, named: Iterable[Any]) -> Iterator[Any]:
        for step in named:
            name = step if isinstance(step, str) else f"{step.__module__}.{step.__name__}"
            if name in _IN_ONE_SESSION:
                yield _IN_ONE_SESSION[name](self.book, config=self._config)
            elif name not in _DONE_BEFORE:
                yield step

    def _with(self, steps: Iterable[Any]) -> NotebookExporter:
        exporter = NotebookExporter(config=self._config)
        for step in steps:
            exporter.register_preprocessor(step)
        return exporter

    def _resources(self, learner: str) -> dict[str, Any]:
        info = {
            "student": learner,
            "assignment": self.assignment,
            "notebook": self.released.stem,
            "db_url": self.folder.db_url,
        }
        return {"nbgrader": info, "unique_key": self.released.stem}


def _timestamp(path: Path) -> dict[str, bytes]:
    if not path.exists():
        return {}
    try:
        raw = read_plain(path, 100)
    except NotPlainError as reason:
        raise PlaceKitError(f"its {path.name} cannot be used: {reason}") from None
    return {TIMESTAMP: nbgrader_time(raw.decode("ascii", "replace")).encode("ascii")}
