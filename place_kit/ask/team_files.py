"""A participant's team file: the limits first, then a tick for each text, then one file."""

from __future__ import annotations

import html
import sys
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from place_kit.answers import store, teamcodes, teamfile, values
from place_kit.ask import _html, _personal
from place_kit.ask.form import BROKEN, STATIC, Watching, watch
from place_kit.facts import edition
from place_kit.facts.model import Question
from place_kit.facts.sessions import ROUNDS, Session
from place_kit.problems import PlaceKitError


class TeamFile(anywidget.AnyWidget, Watching):  # type: ignore[misc]
    """The form that makes the team file of one session.

    The page sets `answer` (``{"seq", "do": "make", "look" or "renew", "round", "show",
    "again"}``): `again` puts what stands from round one into a file for round two. Python
    sets `reply` (``{"seq", "ok", "notice", "said", "texts", "file"}``, and for each round how many
    questions are `answered`, `of` how many, and how many in an `old` form). The file is
    given to the page and not kept here: no second copy stays behind.

    Parameters
    ----------
    session
        What was asked.
    folder
        The folder of the session's notebook; by default the current one.
    """

    _esm = STATIC / "form.js"
    _css = STATIC / "form.css"

    spec = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True, echo_update=False)
    reply = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session, folder: Path | None = None) -> None:
        self.session = session
        self._folder = (folder or Path.cwd()).absolute()
        name = session.questions[0].set
        self._file = store.AnswerFile(name, store.file_for(name, self._folder))
        self.path = self._file.path
        super().__init__(
            spec={
                "form": "team_file",
                "title": f"Your team file: {session.title}",
                "limits": list(session.limits),
                "tick": session.tick,
                "again": edition.here().start_again,
            },
            reply={"seq": 0, "ok": True, "notice": "", **self._now()},
        )
        self.observe(self._on_answer, "answer")
        watch(self)

    def saved_elsewhere(self, question: Question, entry: store.Entry) -> None:
        made = self.reply.get("file") is not None or self.reply.get("changed", False)
        self.reply = {**self.reply, **self._now(), "said": "", "changed": made}

    def _on_answer(self, change: Any) -> None:
        sent = change["new"]
        head = {"seq": sent.get("seq", 0), "ok": True, "notice": ""}
        try:
            self.reply = {**head, **self._now(), **self._do(sent)}
        except PlaceKitError as error:
            self.reply = {**head, **self._now(), "ok": False, "notice": str(error)}
        except Exception as error:  # a fault of ours: the learner gets words, the log the rest
            print(f"place-kit: team file: {type(error).__name__}", file=sys.__stderr__)
            self.reply = {**head, "ok": False, "notice": BROKEN}

    def _now(self) -> dict[str, Any]:
        """How much is answered, and which texts there are to tick."""
        try:
            answers, old = self._answers()
        except PlaceKitError as error:
            return {"texts": [], "notice": str(error), "ok": False}
        rounds = [self.session.asked(round) for round in ROUNDS]
        return {
            "answered": [sum(self._holds(one, answers) for one in asked) for asked in rounds],
            "of": list(map(len, rounds)),
            "old": [sum(one.id in old for one in asked) for asked in rounds],
            "texts": [
                {
                    "id": one.id,
                    "round": round,
                    "prompt": one.prompt,
                    "text": _said(one, answers[one.id]),
                }
                for round, asked in zip(ROUNDS, rounds, strict=True)
                for one in asked
                if one.kind in teamfile.TEXTS and self._holds(one, answers)
            ],
            "file": None,
        }

    def _answers(self) -> tuple[dict[str, Any], set[str]]:
        """The answers that fit their questions, and the ids of those that no longer do."""
        kept, found, old = self._file.read(), {}, set()
        for question in self.session.questions:
            value = kept.value(question.id)
            try:
                if value is not None:
                    found[question.id] = values.check(question, value)
            except values.AnswerError:
                old.add(question.id)
        return found, old

    @staticmethod
    def _holds(question: Question, answers: dict[str, Any]) -> bool:
        value = answers.get(question.id)
        return bool(_said(question, value).strip() if question.kind in teamfile.TEXTS else value)

    def _do(self, sent: dict[str, Any]) -> dict[str, Any]:
        if sent.get("do") == "renew":
            teamcodes.renew(self._folder, self.session.id)
            return {"said": "A new code was made. It is not linked to your earlier files."}
        if sent.get("do") != "make":
            return {}
        round, show = sent.get("round"), sent.get("show")
        if type(round) is not int or round not in ROUNDS:
            raise PlaceKitError("Choose the round first.")
        ticked = [id for id in show if isinstance(id, str)] if isinstance(show, list) else []
        code = teamcodes.code_for(self._folder, self.session.id)
        answers, _ = self._answers()
        if round == 2 and sent.get("again") is not True:
            answers = {id: value for id, value in answers.items() if id in self.session.after}
            if not answers:
                raise PlaceKitError(
                    "There is nothing for round two yet. Say how it was, or tick that you looked "
                    "at the questions of round one once more."
                )
        raw = teamfile.make(self.session, round, code, answers, ticked)
        name = teamfile.file_name(teamfile.parse(raw, self.session))
        texts = "\n".join(
            _said(one, answers[one.id])
            for one in self.session.asked(round)
            if one.id in ticked and one.id in answers
        )
        return {
            "file": {"name": name, "content": raw.decode("utf-8")},
            "notice": _personal.warning(_personal.find(texts)),
            "said": "Your team file is ready.",
        }

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        plain = printed(self.session)
        return {**data, "text/html": plain.html, "text/plain": plain.text}, metadata


def printed(session: Session) -> _html.Printed:
    """The limits, and where the file is made."""
    where = "To make your team file, open this notebook in the course."
    limits = "".join(f"<li>{html.escape(limit)}</li>" for limit in session.limits)
    return _html.Printed(
        f"<div><p><strong>{html.escape(session.title)}.</strong> {where}</p>"
        f"<ul>{limits}</ul></div>",
        "\n".join([f"{session.title}. {where}", *(f"- {limit}" for limit in session.limits)]),
    )


def _said(question: Question, value: Any) -> str:
    """A text as it would be shown: a plan's fields one after the other."""
    if question.kind == "reflect":
        return value or ""
    labels = {field.id: field.label for field in question.fields}
    return "; ".join(
        f"{labels[id]}: {text}" for row in value or () for id, text in row.items() if text.strip()
    )
