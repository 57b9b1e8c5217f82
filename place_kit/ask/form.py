"""The one form: a question on the page, its answer in a file, kept in step at every change."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import WeakSet

import anywidget
import traitlets

from place_kit import facts
from place_kit.answers import trial, values
from place_kit.answers.store import AnswerFile, Entry
from place_kit.ask import _feedback, _html, _personal, _spec
from place_kit.facts.model import Question
from place_kit.marking import UNREADABLE
from place_kit.problems import PlaceKitError

STATIC = Path(__file__).parent / "static"

BROKEN = (
    "Something in the course itself went wrong, so this was not saved. Your answer is still on "
    "this page. Please tell whoever gave you the course."
)

_LIVE: WeakSet[Watching] = WeakSet()


class Watching:
    """A form that is told when an answer of its file is saved by another form."""

    path: Path

    def saved_elsewhere(self, question: Question, entry: Entry) -> None:
        """Another form of this kernel has saved the answer to `question`."""
        raise NotImplementedError


def watch(form: Watching) -> None:
    """Tell `form` of what other forms save."""
    _LIVE.add(form)


class Form(anywidget.AnyWidget, Watching):  # type: ignore[misc]
    """A question as a form that saves itself.

    The page sets `answer` (``{"seq", "view", "value", "seen", "check"}``); Python saves it and
    sets `reply` (``{"seq", "view", "ok", "value", "saves", "at", "missing", "notice",
    "personal", "feedback", "read_only"}``), which is also what a page that opens later starts from.

    Parameters
    ----------
    question
        The question to ask.
    path
        The answer file; by default the one of the question's set in the current folder.
    """

    _esm = STATIC / "form.js"
    _css = STATIC / "form.css"

    spec = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True, echo_update=False)
    reply = traitlets.Dict().tag(sync=True)

    def __init__(self, question: Question, path: Path | None = None) -> None:
        self.question = question
        self._file = AnswerFile(question.set, path)
        self.path = self._file.path
        # The count of saves after each view's own last save: what a view has certainly seen.
        self._seen_by: dict[str, int] = {}
        super().__init__(spec=_spec.spec_of(question, self.path), reply=self._restored())
        self.observe(self._on_answer, "answer")
        watch(self)

    def saved_elsewhere(self, question: Question, entry: Entry) -> None:
        if question.id == self.question.id:
            self.reply = self._told(entry)

    def _restored(self) -> dict[str, Any]:
        """What a page starts from: the answer given before, if there is one."""
        try:
            answers = self._file.read()
        except PlaceKitError as error:
            return {**_NOTHING, "ok": False, "notice": str(error), "read_only": True}
        entry = answers.entries.get(self.question.id)
        brought = self._brought_on(entry)
        if brought:
            entry, notice = brought
            return self._told(entry, notice=f"{answers.notice} {notice}".strip())
        if entry is None:
            return {**_NOTHING, "notice": answers.notice}
        try:
            return self._told(entry, notice=f"{answers.notice} {self._reworded(entry)}".strip())
        except PlaceKitError:
            # No count of saves: the next save then keeps what is there now beside it.
            notice = (
                "Your earlier answer does not fit this question any more, so it is not shown. "
                "It stays in your answer file."
            )
            return {**_NOTHING, "notice": f"{answers.notice} {notice}".strip()}

    def _brought_on(self, own: Entry | None) -> tuple[Entry, str] | None:
        """The trial at work as another module has it, where it was last changed there.

        It is one thing, so each module shows it as it stands. Saved here, it is this
        module's answer too; until then, nothing here is changed.
        """
        if not trial.is_trial(self.question):
            return None
        course = self.path.parent.parent
        latest = trial.current(course)
        if latest is None or latest.module == self.question.set or (own and own.at >= latest.at):
            return None
        entry = replace(latest.entry, saves=own.saves if own else latest.entry.saves)
        where = facts.title_of(latest.module, course)
        return entry, f"This is what you chose in {where}. Keep it as it is, or change it here."

    def _reworded(self, entry: Entry) -> str:
        if entry.revision >= self.question.revision or not entry.value:
            return ""
        return (
            "The words of this question have changed a little since you answered. Your answer is "
            "as you left it: see whether it still says what you mean."
        )

    def _told(
        self,
        entry: Entry,
        *,
        notice: str = "",
        seq: int = 0,
        view: str = "",
        asked: bool = False,
    ) -> dict[str, Any]:
        """The reply that shows `entry`; with feedback if it is checked, or `asked` to be."""
        value = values.check(self.question, entry.value)
        checked = (entry.settled or asked) and _spec.has_check(self.question)
        advice = "" if checked else _advice(self.question, value)  # the feedback says it
        return {
            "seq": seq,
            "view": view,
            "ok": True,
            "value": value,
            "saves": entry.saves,
            "at": entry.at,
            "missing": values.missing(self.question, value),
            "notice": " ".join(filter(None, (notice, advice))),
            "personal": _personal.told(_words(self.question, value), graded=self.question.graded),
            "feedback": _feedback.feedback(self.question, value) if checked else None,
            "read_only": False,
        }

    def _on_answer(self, change: Any) -> None:
        sent = change["new"]
        seq, view = sent.get("seq", 0), sent.get("view", "")
        try:
            self.reply = self._saved(sent, seq, view)
        except PlaceKitError as error:
            self.reply = {**self.reply, "seq": seq, "view": view, "ok": False, "notice": str(error)}
        except Exception as error:  # a fault of ours: the learner gets words, the log the rest
            print(f"place-kit: {self.question.id}: {error!r}", file=sys.__stderr__)
            self.reply = {**self.reply, "seq": seq, "view": view, "ok": False, "notice": BROKEN}

    def _saved(self, sent: dict[str, Any], seq: int, view: str) -> dict[str, Any]:
        seen = sent.get("seen", self.reply["saves"])
        seen = max(seen if isinstance(seen, int) else 0, self._seen_by.get(view, 0))
        settle = self._stands_by(sent)
        saved = self._file.save(self.question, sent.get("value"), settle=settle, seen=seen)
        self._seen_by[view] = saved.entry.saves
        for other in list(_LIVE):
            if other is not self and other.path == self.path:
                other.saved_elsewhere(self.question, saved.entry)
        asked = bool(sent.get("check"))
        return self._told(saved.entry, notice=saved.notice, seq=seq, view=view, asked=asked)

    def _stands_by(self, sent: dict[str, Any]) -> bool:
        """Whether this is an answer to remember as the first: checked, or at least whole."""
        value = values.check(self.question, sent.get("value"))
        if _spec.has_check(self.question):
            return bool(sent.get("check")) and not _unread(self.question, value)
        if self.question.kind in ("reflect", "plan"):
            return False  # the first words typed are nobody's first answer
        return not values.missing(self.question, value)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The live view; and, for a reader without one, the question without the answer.

        An answer is kept in one place, the answer file: not in the notebook's outputs too.
        """
        data, metadata = super()._repr_mimebundle_(**kwargs)
        plain = _html.printed(self.question, _html.NOT_SHOWN)
        return {**data, "text/html": plain.html, "text/plain": plain.text}, metadata


_NOTHING: dict[str, Any] = {
    "seq": 0,
    "view": "",
    "ok": True,
    "value": None,
    "saves": 0,
    "at": "",
    "missing": 0,
    "notice": "",
    "personal": None,
    "feedback": None,
    "read_only": False,
}


def _unread(question: Question, value: Any) -> bool:
    """Whether something is typed where a number belongs, and it is not one."""
    return question.kind == "number" and bool(value.strip()) and values.parse_number(value) is None


def _advice(question: Question, value: Any) -> str:
    """What the learner should know about an answer that was saved all the same."""
    return f"This is saved. {UNREADABLE}" if _unread(question, value) else ""


def _words(question: Question, value: Any) -> str:
    """What an answer says in the learner's own words."""
    match question.kind:
        case "reflect":
            return str(value)
        case "plan":
            return "\n".join(text for row in value for text in row.values())
    return ""
