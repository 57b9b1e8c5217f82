"""One session of the gradebook for a whole run, and nbgrader's steps that use it.

nbgrader opens its gradebook nine times for a submission and commits after every mark. Here
it is opened once, and the rows of a submission are committed together: all or none. Only late
work is committed before its penalty is; stopped between the two, it is marked again.
"""

from __future__ import annotations

from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor, SaveAutoGrades
from sqlalchemy.orm import Session

from place_kit.tutor.desk.marking_folder import COURSE_ID


class OneSession(Gradebook):  # type: ignore[misc]
    """nbgrader's `Gradebook`, whose changes wait until they are kept, or dropped."""

    def __init__(self, db_url: str) -> None:
        super().__init__(db_url, COURSE_ID)
        self.db.remove()
        self.db: Any = _Waiting(self.engine)

    def keep(self) -> None:
        """Commit what was done since the last time; memory stays flat."""
        self.db.commit_all()
        self.db.expunge_all()

    def drop(self) -> None:
        """Undo what was done since the last time."""
        self.db.rollback()
        self.db.expunge_all()

    def close(self) -> None:
        """Let go of the database; what was not kept is dropped."""
        self.db.close()
        self.engine.dispose()


class _Waiting(Session):
    def commit(self) -> None:
        self.flush()

    def commit_all(self) -> None:
        super().commit()


class SaveMarks(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's step that writes marks and comments, in the session that is open."""

    def __init__(self, book: OneSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gradebook = book

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Save the marks of every cell."""
        info = resources["nbgrader"]
        self.notebook_id, self.assignment_id = info["notebook"], info["assignment"]
        self.student_id = info["student"]
        notebook, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
        return notebook, resources


class LateOnly(AssignLatePenalties):  # type: ignore[misc]
    """nbgrader's step for late work, left out where it would find nothing to do."""

    def __init__(self, book: OneSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.book = book

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Assign a penalty, or take one back."""
        info = resources["nbgrader"]
        submission = self.book.find_submission(info["assignment"], info["student"])
        had = any(one.late_submission_penalty is not None for one in submission.notebooks)
        if had or submission.total_seconds_late > 0:
            self.book.keep()  # it opens the gradebook itself, and must find the marks there
            nb, resources = super().preprocess(nb, resources)
        return nb, resources
