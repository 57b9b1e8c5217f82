"""The files of a record or a certificate, offered on a page: what they still lack, and a button
for each format.
"""

from __future__ import annotations

import html
import sys
from pathlib import Path
from typing import Any, NamedTuple

import anywidget
import traitlets

from place_kit.answers import store
from place_kit.answers.files import home_of
from place_kit.answers.store import AnswerFile, Entry
from place_kit.ask._html import Printed
from place_kit.ask.form import STATIC, Watching, watch
from place_kit.facts import edition
from place_kit.facts.model import Question
from place_kit.problems import PlaceKitError
from place_kit.record import completion, cpd, known, making
from place_kit.record.making import Format, Kind

_OWN = Path(__file__).parent / "static"
BROKEN = (
    "Something in the course itself went wrong, so no file was made. Your answers are safe. "
    "Please tell whoever gave you the course."
)
_TITLES = {"record": "Make your record", "certificate": "Make your certificate"}


class _As(NamedTuple):
    label: str
    use: str
    mime: str


_AS: dict[Format, _As] = {
    "docx": _As(
        "Make a Word file",
        "to edit, and to take to supervision",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "pdf": _As("Make a PDF", "to keep, or to send", "application/pdf"),
    "txt": _As("Make plain text", "to paste into a form", "text/plain"),
    "csv": _As("Make a table (CSV)", "for a log of your learning", "text/csv"),
}
_COMPILED = ("docx", "pdf")
_USE: dict[tuple[Kind, Format], str] = {("certificate", "docx"): "to open in Word, and to print"}


class Files(anywidget.AnyWidget, Watching):  # type: ignore[misc]
    """A button for each format; the file goes to the learner's folder, and can be downloaded.

    The page sets `asked` (``{"seq", "format"}``); Python sets `content` and then `reply`
    (``{"seq", "ok", "notice", "missing", "file"}``).

    Parameters
    ----------
    kind
        A record or a certificate.
    folder
        The learner's folder; by default the one the notebook lies in.
    """

    _esm = _OWN / "record.js"
    _css = "\n".join(
        each.read_text(encoding="utf-8") for each in (STATIC / "form.css", _OWN / "record.css")
    )

    spec = traitlets.Dict().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True, echo_update=False)
    content = traitlets.Bytes(b"").tag(sync=True)
    reply = traitlets.Dict().tag(sync=True)

    def __init__(self, kind: Kind, folder: Path | None = None) -> None:
        here = Path.cwd()
        self._kind = kind
        self._folder = folder or home_of(here) or here.parent
        self._count = 0
        self.path = AnswerFile(known.SET, store.file_for(known.SET, self._folder / "course")).path
        said = edition.here()
        formats = [
            {"id": each, "label": _AS[each].label, "use": _USE.get((kind, each), _AS[each].use)}
            for each in making.formats_of(kind)
            if said.documents or each not in _COMPILED
        ]
        spec = {
            "title": _TITLES[kind],
            "formats": formats,
            "lacking": "" if said.documents else said.no_documents,
            "again": said.start_again,
        }
        super().__init__(spec=spec, reply=self._told(0))
        self.observe(self._on_asked, "asked")
        watch(self)

    def saved_elsewhere(self, question: Question, entry: Entry) -> None:
        self.reply = {**self.reply, "missing": self._told(0)["missing"]}

    def _on_asked(self, change: Any) -> None:
        seq = change["new"].get("seq", 0)
        try:
            self.reply = self._made(seq, change["new"].get("format"))
        except known.LacksError as error:  # what is missing stands on the page already
            self.reply = {**self._told(seq), "ok": False, "notice": error.why}
        except PlaceKitError as error:
            self.reply = {**self._told(seq), "ok": False, "notice": str(error)}
        except Exception as error:  # a fault of ours: the learner gets words, the log the rest
            print(f"place-kit: {self._kind}: {error!r}", file=sys.__stderr__)
            self.reply = {**self.reply, "seq": seq, "ok": False, "notice": BROKEN}

    def _made(self, seq: int, format: Format) -> dict[str, Any]:
        (made,), read = making.make(self._folder, self._kind, (format,))
        self.content = made.content
        self._count += 1
        file = {
            "name": made.path.name,
            "path": str(made.path) if edition.here().paths else "",
            "mime": _AS[format].mime,
            "count": self._count,
        }
        return {**self._told(seq), "notice": " ".join(read.notes), "file": file}

    def _told(self, seq: int) -> dict[str, Any]:
        """The reply that shows how things stand now."""
        told = {"seq": seq, "ok": True, "notice": "", "missing": [], "file": None}
        try:
            return {**told, "missing": list(_missing(self._kind, known.read(self._folder)))}
        except PlaceKitError as error:
            return {**told, "ok": False, "notice": str(error)}

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        plain = printed(self._kind)
        return {**data, "text/html": plain.html, "text/plain": plain.text}, metadata


def _missing(kind: Kind, read: known.Known) -> tuple[str, ...]:
    return cpd.missing(read) if kind == "record" else completion.missing(read)


def printed(kind: Kind) -> Printed:
    """What stands here where nobody can click."""
    words = f"{_TITLES[kind]}: open this notebook in the course, or run: place-kit record"
    return Printed(f"<p>{html.escape(words)}</p>", words)
