"""Handing in: what is still unanswered, the learner's name, and one file to send."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from place_kit import facts
from place_kit.answers import handin, store, values
from place_kit.ask import _html, _rules, _spec
from place_kit.ask.form import BROKEN, STATIC, Watching, watch
from place_kit.facts import edition
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError


class HandIn(anywidget.AnyWidget, Watching):  # type: ignore[misc]
    """The form that makes the hand-in file of one assignment.

    The page sets `answer` (``{"seq", "do": "make" or "refresh", "learner"}``); Python sets
    `reply` (``{"seq", "ok", "notice", "missing", "learner", "file"}``).

    Parameters
    ----------
    assignment
        For example ``03_cases``.
    folder
        The folder of the assignment's notebook; by default the current one.
    """

    _esm = STATIC / "form.js"
    _css = STATIC / "form.css"

    spec = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True, echo_update=False)
    reply = traitlets.Dict().tag(sync=True)

    def __init__(self, assignment: str, folder: Path | None = None) -> None:
        self.assignment = assignment
        self._folder = (folder or Path.cwd()).absolute()
        graded = assignment + store.GRADED
        self._questions = facts.questions_of(graded)
        if not self._questions:
            raise PlaceKitError(
                f"There is no assignment called {assignment}. Please check the name in this cell."
            )
        self._file = store.AnswerFile(graded, store.file_for(graded, self._folder))
        self.path = self._file.path
        self._handed: store.Answers | None = None
        self._made: dict[str, Any] | None = None
        self._count = 0
        super().__init__(
            spec={
                "form": "hand_in",
                "title": "Hand in your answers",
                "rules": list(_rules.RULES),
                "store": _spec.store_token(self.path),
                "again": edition.here().start_again,
            },
            reply=self._look(0, handin.recall(self._folder)),
        )
        self.observe(self._on_answer, "answer")
        watch(self)

    def saved_elsewhere(self, question: Question, entry: store.Entry) -> None:
        self.reply = self._look(self.reply["seq"], self.reply["learner"])

    def _on_answer(self, change: Any) -> None:
        sent = change["new"]
        seq, learner = sent.get("seq", 0), str(sent.get("learner", ""))
        try:
            notice = self._make(learner) if sent.get("do") == "make" else ""
            self.reply = self._look(seq, learner, notice)
        except PlaceKitError as error:
            self.reply = {**self.reply, "seq": seq, "ok": False, "notice": str(error)}
        except Exception as error:  # a fault of ours: the learner gets words, the log the rest
            print(f"place-kit: hand in {self.assignment}: {error!r}", file=sys.__stderr__)
            self.reply = {**self.reply, "seq": seq, "ok": False, "notice": BROKEN}

    def _look(self, seq: int, learner: str, notice: str = "") -> dict[str, Any]:
        """The reply that shows how things stand now."""
        told = {"seq": seq, "ok": True, "learner": learner, "file": self._made}
        try:
            answers = self._file.read()
        except PlaceKitError as error:
            return {**told, "ok": False, "missing": [], "notice": str(error)}
        if self._made is not None:
            told["file"] = {**self._made, "stale": answers.entries != self._handed_entries()}
        missing = [
            {"id": question.id, "text": " ".join(question.prompt.split()), "parts": parts}
            for question in self._questions
            if (parts := _unanswered(question, answers.value(question.id))) is not None
        ]
        notice = " ".join(filter(None, (answers.notice, notice)))
        return {**told, "missing": missing, "notice": notice}

    def _handed_entries(self) -> Any:
        return self._handed.entries if self._handed else {}

    def _make(self, typed: str) -> str:
        """Make the file; return what the learner must know beyond that it is there."""
        learner = handin.learner_id(typed)
        answers = self._file.read()
        raw = handin.make(self.assignment, learner, answers)
        path = handin.folder_for(self._folder) / handin.file_name(self.assignment, learner)
        before = path.exists()
        notice = ""
        try:
            store.write_whole(path, raw)
        except PlaceKitError as error:
            notice = f"{error} You can still download the file with the link below."
        self._count += 1
        self._handed = answers
        self._made = {
            "name": path.name,
            "path": "" if notice or not edition.here().paths else str(path),
            "made": store.now(),
            "again": "It takes the place of the one you made before." if before else "",
            "content": raw.decode("utf-8"),
            "count": self._count,
            "stale": False,
        }
        try:
            self._file.close_versions(self._questions)
        except PlaceKitError as error:
            notice = f"{notice} Your journal has no copy of this version. {error}".strip()
        with suppress(PlaceKitError):  # only a convenience: the learner types it again
            handin.remember(self._folder, learner)
        if learner != typed.strip():
            notice = f"{notice} The file names you as {learner}.".strip()
        return notice

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        plain: _html.Printed = _rules.printed(self.assignment)
        return {**data, "text/html": plain.html, "text/plain": plain.text}, metadata


def _unanswered(question: Question, value: Any) -> str | None:
    """None for a complete answer; otherwise what is lacking, where that is not all of it."""
    if value is not None:
        try:
            value = values.check(question, value)
        except PlaceKitError:
            value = None
    missing = values.missing(question, value)
    if not missing:
        unread = question.kind == "number" and values.parse_number(value) is None
        return "cannot be read as a number" if unread else None
    parts = len(question.items)
    return f"{missing} of {parts} parts left" if value and parts > missing else ""
