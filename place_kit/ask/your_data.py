"""A learner's own data, on the page: into one file and out of one, and deleted for good."""

from __future__ import annotations

import base64
import binascii
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from place_kit.answers import forgetting, moving, places
from place_kit.answers.forgetting import Forgotten, Text, Wish
from place_kit.ask import _html
from place_kit.ask.form import STATIC
from place_kit.facts import edition
from place_kit.problems import PlaceKitError

NAME = "place-based-working.zip"
CONFIRM = "DELETE"
MOST = 6_000_000
"""Bytes of a file that a page can hand to Python in one piece."""

BROKEN = (
    "Something in the course itself went wrong. Your saved answers are safe. Please tell whoever "
    "gave you the course."
)


class _Data(anywidget.AnyWidget):  # type: ignore[misc]
    """What both forms share: the page sets `answer`, Python does it and sets `reply`.

    What a learner wrote is in the reply alone, never in what is saved with the notebook.
    """

    _esm = STATIC / "form.js"
    _css = STATIC / "form.css"

    spec = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True, echo_update=False)
    reply = traitlets.Dict().tag(sync=True)
    command = ""

    def __init__(self, spec: dict[str, Any], folder: Path | None) -> None:
        self.home = places.home(folder)
        said = edition.here()
        told = {"again": said.start_again, "where": said.where, "too_large": said.too_large}
        super().__init__(
            spec={**spec, **told}, reply={"seq": 0, "ok": True, "notice": "", **self._now()}
        )
        self.observe(self._on_answer, "answer")

    def _now(self) -> dict[str, Any]:
        """What the page starts from."""
        return {}

    def _do(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Do what the page asks; return what it is to show."""
        raise NotImplementedError

    def _on_answer(self, change: Any) -> None:
        sent = change["new"]
        head = {"seq": sent.get("seq", 0), "ok": True, "notice": ""}
        try:
            self.reply = {**head, **self._do(sent)}
        except PlaceKitError as error:
            self.reply = {**head, **self._now(), "ok": False, "notice": str(error)}
        except Exception as error:  # a fault of ours: the learner gets words, the log the rest
            print(f"place-kit: your data: {type(error).__name__}", file=sys.__stderr__)
            self.reply = {**head, "ok": False, "notice": BROKEN}

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        plain = _html.elsewhere(self.command)
        return {**data, "text/html": plain.html, "text/plain": plain.text}, metadata


class Move(_Data):
    """The form that makes an export and takes one in.

    The page sets ``{"seq", "do": "export"}`` or ``{"seq", "do": "import", "content"}``; the reply
    holds ``file`` (``{"name", "content"}``) or ``rows`` under ``headings``. Files are in base64.

    Parameters
    ----------
    folder
        A folder in the learner's; by default the current one.
    """

    command = "place-kit export, place-kit import"

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__({"form": "move", "most": MOST}, folder)

    def _do(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        if sent.get("do") == "import":
            rows = moving.take(self.home, _decoded(sent.get("content")))
            failed = any(row.failed for row in rows)
            changed = any(row.new or row.newer for row in rows)
            words = "Nothing that was here is lost." if changed else "Nothing here had to change."
            return {
                "headings": list(moving.HEADINGS),
                "rows": [list(row.cells()) for row in rows],
                "said": "Not all of it could be taken." if failed else f"Brought in. {words}",
            }
        raw, problems = moving.export(self.home)
        file = {"name": NAME, "content": base64.b64encode(raw).decode(), "size": len(raw)}
        return {"file": file, "notice": " ".join(problems), "said": "Your file is ready."}


class Forget(_Data):
    """The form that deletes for good, in two steps.

    The page sets ``{"seq", "do": "ask", "kind", "of"}``, shows the words of the reply's
    ``asked``, and then sets ``{"seq", "do": "delete", "kind", "of", "typed"}``.

    Parameters
    ----------
    folder
        A folder in the learner's; by default the current one.
    """

    command = "place-kit forget"

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__({"form": "forget", "confirm": CONFIRM}, folder)

    def _now(self) -> dict[str, Any]:
        return {
            "texts": [_shown(one) for one in forgetting.texts(self.home)],
            "sets": [{"id": id, "name": name} for id, name in forgetting.sets(self.home).items()],
        }

    def _do(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        if sent.get("do") == "look":
            return self._now()
        kind, of = sent.get("kind"), str(sent.get("of") or "")
        if kind not in ("text", "set", "all") or (kind != "all" and not of):
            raise PlaceKitError("Choose first what is to be deleted.")
        wish = Wish(kind, of)
        if sent.get("do") != "delete":
            words = forgetting.described(self.home, wish)
            asked = {"kind": kind, "of": of, "words": f"This deletes {words}."}
            return {**self._now(), "asked": asked}
        if str(sent.get("typed", "")).strip() != CONFIRM:
            raise PlaceKitError(f"Nothing was deleted. To delete it, type {CONFIRM} in capitals.")
        done = forgetting.forget(self.home, wish, running=True)
        return {**self._now(), "done": _told(done), "said": "It is deleted for good."}


def _decoded(content: Any) -> bytes:
    try:
        return base64.b64decode(str(content), validate=True)
    except (binascii.Error, ValueError):
        raise PlaceKitError("The file did not arrive whole. Please choose it once more.") from None


def _shown(one: Text) -> dict[str, Any]:
    return {
        "id": one.id,
        "where": one.where,
        "at": one.at,
        "first": _html.clean(one.first),
        "versions": one.versions,
    }


def _told(done: Forgotten) -> dict[str, Any]:
    return {
        "deleted": list(done.deleted),
        "changed": list(done.changed),
        "left": list(done.left),
    }
