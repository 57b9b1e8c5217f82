"""Deleting for good: one text, all of a module or exercise, or everything, wherever it is kept.

What is to go is first written down (never the words, only which), and struck out last. So an
interruption at any step is made good by running it again: `finish` goes on where it stopped.
Every step deletes, or puts a file without the words in place of one that held them.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from place_kit import facts
from place_kit.answers import bundle, places, store
from place_kit.answers.files import HOME, read_plain_file, write_whole
from place_kit.problems import PlaceKitError

UNDONE = f"{HOME}/forgetting.json"
LOG = f"{HOME}/forgotten.txt"
FORMAT = "place-kit forgetting"
PAGE = "privacy.ipynb"
"""The page this is asked from. It is open then, and shows nothing of what a learner said."""

_MOST = 60_000_000
_ENGINE = f"{HOME}/jupyter"
_RUNNING = (f"{HOME}/manifest.json", f"{HOME}/lock")
_KEPT_OF_HOME = {"manifest.json", "lock", "forgetting.json", "forgotten.txt"}

Kind = Literal["text", "set", "all"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be forgotten: a text (`of` is its question's id), a set of answers, or all."""

    kind: Kind
    of: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a learner wrote, to choose from; `first` are its first words."""

    id: str
    where: str
    at: str
    first: str
    versions: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done: files by their names in the folder, and what is left to the learner."""

    deleted: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def texts(home: Path) -> tuple[Text, ...]:
    """List the texts that are kept anywhere in a learner's folder, by module and question."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in _own_json(home):
        with suppress(PlaceKitError, ValueError, RecursionError):
            for id, value, at in _written(json.loads(_raw(path))):
                if value and (value, at) not in found.setdefault(id, []):
                    found[id].append((value, at))
    return tuple(
        Text(id, places.title(home, id.rpartition(".")[0]), at, _first(value), len(every))
        for id, every in sorted(found.items())
        if every
        for value, at in [max(every, key=lambda one: one[1])]
    )


def sets(home: Path) -> dict[str, str]:
    """The sets there is anything of, by what people call them."""
    found = set(places.answer_files(home))
    found |= {one.id.rpartition(".")[0] for one in texts(home)}
    return {name: places.title(home, name) for name in sorted(found)}


def described(home: Path, wish: Wish) -> str:
    """What a wish is about, in words: the end of the sentence “This deletes …”."""
    if wish.kind == "all":
        return "everything that you made in the course"
    if wish.kind == "set":
        return f"all your answers to “{places.title(home, wish.of)}”"
    first = [one.first for one in texts(home) if one.id == wish.of]
    return f"the text “{first[0]}”, and its earlier versions" if first else "any text left of it"


def forget(home: Path, wish: Wish, *, running: bool = False) -> Forgotten:
    """Delete for good what is wished, and all copies of it in the learner's folder.

    Parameters
    ----------
    home
        The learner's folder.
    wish
        What is to go.
    running
        The course is open: what JupyterLab itself runs on stays, as it holds no words.

    Raises
    ------
    PlaceKitError
        Something could not be deleted, and why. Running it again goes on from there.
    """
    if not _known(wish):
        raise PlaceKitError(f"There is nothing called “{wish.of[:80]}” to delete.")
    _note(home, [*_undone(home), wish])
    return finish(home, running=running)


def finish(home: Path, *, running: bool = False) -> Forgotten:
    """Go on with what was begun and interrupted; nothing to do is nothing done."""
    done = Forgotten()
    for wish in _undone(home):
        work = _Work(home, wish, running)
        try:
            work.run()
        except OSError as error:
            name = Path(error.filename).name if isinstance(error.filename, str) else "A file"
            raise PlaceKitError(
                f"{name} could not be deleted ({error.strerror or type(error).__name__}). Close "
                "what uses it, then do the same again: it goes on where it stopped."
            ) from error
        done = Forgotten(
            (*done.deleted, *work.deleted), (*done.changed, *work.changed), (*done.left, *work.left)
        )
    return done


class _Work:
    """One wish carried out; the order of the steps does not matter, for each can be repeated."""

    def __init__(self, home: Path, wish: Wish, running: bool) -> None:
        self.home, self.wish, self.running = home, wish, running
        self.set = wish.of.rpartition(".")[0] if wish.kind == "text" else wish.of
        self.words = _values(home, wish)  # gone once it is done; a later run may find none
        self.deleted: list[str] = []
        self.changed: list[str] = []
        self.left: list[str] = []

    def run(self) -> None:
        for path in self._answers():
            with store.AnswerFile(self.set or path.stem, path).alone():
                self._json(path)
                for left in path.parent.glob(f".{path.stem}.*.tmp"):
                    self._delete(left)
        for path in list(_own_json(self.home)):
            self._json(path)
        for path in list(self._unfinished()):
            self._delete(path)
        self._feedback()
        for path in self._exports():
            self._delete(path)
        self._notebooks()
        self._engine()
        if self.wish.kind == "all":
            self._rest()
            return
        self.left += self._still_there()
        _log(self.home, self.wish, places.title(self.home, self.set))
        _note(self.home, [one for one in _undone(self.home) if one != self.wish])

    # --- the steps ------------------------------------------------------------------------

    def _answers(self) -> list[Path]:
        found = places.answer_files(self.home)
        if self.wish.kind == "all":
            return list(found.values())
        return [found[self.set]] if self.set in found else []

    def _unfinished(self) -> Iterator[Path]:
        """What a save that was cut short leaves."""
        for path in places.files(self.home):
            inside = path.relative_to(self.home).parts
            ours = path.name.startswith(".") and path.suffix == ".tmp"
            if ours or inside[:2] == (HOME, "tmp"):
                yield path

    def _json(self, path: Path) -> None:
        """Take the words out of one file; where it cannot be read, take the file."""
        name = path.relative_to(self.home).as_posix()
        if not path.exists() or path.is_symlink():
            return
        if self.wish.kind == "all":
            self._delete(path)
            return
        concerned = _set_of(path) == self.set
        try:
            data = json.loads(_raw(path))
        except (ValueError, RecursionError, PlaceKitError):
            if concerned or self.set.encode() in _start(path):
                self._delete(path)  # nobody can tell what is in it
            return
        if self.wish.kind == "set" and (concerned or _about(data, self.set)):
            self._delete(path)
            return
        without = _without(data, self.wish)
        if without != data:
            write_whole(path, json.dumps(without, ensure_ascii=False, indent=1).encode())
            self.changed.append(name)

    def _feedback(self) -> None:
        """Feedback quotes what it is about: it goes with it."""
        exercise = store.assignment_of(self.set)
        for path in places.files(self.home / places.FEEDBACK):
            name = path.relative_to(self.home).as_posix()
            if self.wish.kind == "all":
                self._delete(path)
            elif not self.set.endswith(store.GRADED):
                continue
            elif exercise in name:
                self._delete(path)
            elif path.suffix.lower() in (".htm", ".html"):
                if exercise.encode() in _raw(path):
                    self._delete(path)
            else:
                self.left.append(f"{name} (it cannot be looked into: see for yourself)")

    def _exports(self) -> Iterator[Path]:
        """Exports and records in the folder: made from the answers, to be made again."""
        yield from places.files(self.home / places.RECORD)
        for path in self.home.glob("*.zip"):
            if path.is_file() and not path.is_symlink():
                with suppress(PlaceKitError):
                    bundle.parse(_raw(path))
                    yield path

    def _notebooks(self) -> None:
        """Pictures on a page can be drawn from answers: they go, and are drawn anew when opened."""
        for folder in ("course", "exercises"):
            for path in list(places.files(self.home / folder)):
                if places.CHECKPOINTS in path.parts:
                    self._delete(path)
                elif path.suffix == ".ipynb" and path.name != PAGE:
                    self._clear(path)

    def _clear(self, path: Path) -> None:
        try:
            content = json.loads(_raw(path))
            cells = [cell for cell in content["cells"] if cell.get("outputs")]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, PlaceKitError):
            return  # not a notebook that the course made; what it holds is looked at below
        if not cells:
            return
        for cell in cells:
            cell["outputs"], cell["execution_count"] = [], None
        write_whole(path, json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n")
        self.changed.append(path.relative_to(self.home).as_posix())

    def _engine(self) -> None:
        """JupyterLab's log may quote an error, and IPython would keep a history if it were on."""
        engine = self.home / _ENGINE
        for path in [engine / "log.txt", *engine.rglob("history.sqlite*")]:
            if path.is_file() and not path.is_symlink():
                if self.running:
                    with path.open("r+b") as file:
                        file.truncate(0)
                else:
                    path.unlink()

    def _rest(self) -> None:
        """After all that a learner made: what the course put there, and what it knows of them."""
        engine, hidden = self.home / _ENGINE, self.home / HOME
        shipped = _shipped(self.home)
        for path in list(places.files(self.home)):
            name = path.relative_to(self.home).as_posix()
            if path.is_relative_to(hidden):
                stays = self.running and (path.is_relative_to(engine) or name in _RUNNING)
                if not stays and name != UNDONE:
                    self._delete(path)
            elif path.name.endswith(".lock") or (name in shipped and not self.running):
                self._delete(path)
            elif name not in shipped:
                self.left.append(f"{name} (yours, so it was left)")
        if self.running:
            (self.home / UNDONE).unlink()
            return
        shutil.rmtree(hidden)  # the mark of the folder goes last
        for folder in sorted(self.home.rglob("*"), reverse=True):
            _remove_if_empty(folder)
        _remove_if_empty(self.home)

    def _still_there(self) -> list[str]:
        """Files of the learner's own in which the words stand too."""
        found = []
        for path in places.files(self.home):
            raw = _start(path, _MOST)
            if any(form in raw for word in self.words for form in _forms(word)):
                found.append(
                    f"{path.relative_to(self.home).as_posix()} (yours: the words stand in it too)"
                )
        return found

    def _delete(self, path: Path) -> None:
        if path.exists() or path.is_symlink():
            path.unlink()
            self.deleted.append(path.relative_to(self.home).as_posix())


# --- what stands in the files -------------------------------------------------------------


def _own_json(home: Path) -> Iterator[Path]:
    """Every JSON file that holds what a learner said, put-aside ones included."""
    for path in places.files(home):
        inside = path.relative_to(home).parts
        answers = inside[0] in ("course", "exercises") and (
            "answers" in inside[:-1] or path.name.startswith("answers.")
        )
        kept = inside[0] == HOME and inside[1] not in ("jupyter", "tmp")
        said = answers or kept or inside[0] in (places.HAND_IN, places.RECORD)
        if said and path.suffix == ".json" and path.name not in _KEPT_OF_HOME:
            yield path


def _raw(path: Path) -> bytes:
    return read_plain_file(path, _MOST) or b""


def _start(path: Path, most: int = 100_000) -> bytes:
    with suppress(PlaceKitError):
        return read_plain_file(path, most) or b""
    return b""


def _set_of(path: Path) -> str:
    """The set a file is of by its name, also one that was put aside as damaged or full."""
    stem = re.split(r"\.(?:damaged|full)-", path.stem.lstrip("."))[0]
    return path.parent.name + store.GRADED if stem.partition(".")[0] == "answers" else stem


def _about(data: Any, question_set: str) -> bool:
    """Whether a file of ours is of this set: its answers, its versions, or its hand-in."""
    if not isinstance(data, dict):
        return False
    graded = f"{data.get('assignment')}{store.GRADED}"
    return question_set in (data.get("set"), graded)


def _without(data: Any, wish: Wish) -> Any:
    """The same data with all that stands under a question's id left out, however deep."""
    if isinstance(data, dict):
        return {name: _without(part, wish) for name, part in data.items() if not _is(wish, name)}
    if isinstance(data, list):
        kept = (one for one in data if not isinstance(one, dict) or not _names(wish, one))
        return [_without(part, wish) for part in kept]
    return data


def _is(wish: Wish, id: Any) -> bool:
    if wish.kind == "text" or not isinstance(id, str):
        return bool(id == wish.of)
    return bundle.is_question(id) and id.rpartition(".")[0] == wish.of


def _names(wish: Wish, one: dict[str, Any]) -> bool:
    return any(_is(wish, value) for value in one.values())


def _written(data: Any) -> Iterator[tuple[str, str, str]]:
    """Every text under a question's id: as question, words and time."""
    questions = facts.load().questions
    if isinstance(data, dict):
        for name, part in data.items():
            question = questions.get(name)
            if question is None or question.kind in ("reflect", "plan"):
                known = bundle.is_question(name)
                yield from ((name, *one) for one in _versions(part)) if known else ()
                yield from () if known else _written(part)
    elif isinstance(data, list):
        for part in data:
            yield from _written(part)


def _versions(data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        if "value" in data:
            yield _flat(data["value"]), str(data.get("at", ""))
        else:
            for part in data.values():
                yield from _versions(part)
    elif isinstance(data, list):
        for part in data:
            yield from _versions(part)


def _flat(value: Any) -> str:
    """A text as it is; a plan as the texts in it; anything else is not written words."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return "\n".join(str(text) for row in value for text in row.values() if text)
    return ""


def _values(home: Path, wish: Wish) -> list[str]:
    """The words that are to go, to see afterwards where else they stand."""
    found = set()
    for path in _own_json(home):
        with suppress(PlaceKitError, ValueError, RecursionError):
            for id, value, _ in _written(json.loads(_raw(path))):
                if _is(wish, id):
                    found |= {line.strip() for line in value.splitlines()}
    return [line for line in found if len(line) >= 20]


def _forms(word: str) -> Iterator[bytes]:
    """A line as text, HTML and JSON write it."""
    for form in (word, html.escape(word), json.dumps(word), json.dumps(word, ensure_ascii=False)):
        yield form.strip('"').encode("utf-8", "replace")


def _first(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"


def _shipped(home: Path) -> Collection[str]:
    """What the course put into the folder, as it noted it."""
    try:
        files = json.loads(_raw(home / HOME / "manifest.json"))["files"]
        return {str(name) for name in files}
    except (ValueError, KeyError, TypeError, RecursionError, PlaceKitError):
        return ()


# --- what is under way, and that it was done --------------------------------------------------


def _known(wish: Wish) -> bool:
    if wish.kind == "text":
        return bundle.is_question(wish.of)
    if wish.kind == "all":
        return True
    return bundle.is_set(wish.of)


def _undone(home: Path) -> list[Wish]:
    try:
        data = json.loads(_raw(home / UNDONE))
        wishes = [Wish(one["kind"], one["of"]) for one in data["wishes"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [one for one in wishes if one.kind in get_args(Kind) and _known(one)]


def _note(home: Path, wishes: list[Wish]) -> None:
    path = home / UNDONE
    listed = [{"kind": one.kind, "of": one.of} for one in dict.fromkeys(wishes)]
    if listed:
        write_whole(path, json.dumps({"format": FORMAT, "version": 1, "wishes": listed}).encode())
    else:
        path.unlink(missing_ok=True)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        with suppress(OSError):  # not empty
            folder.rmdir()


def _log(home: Path, wish: Wish, title: str) -> None:
    """Only that it happened, never what it was."""
    what = "One text" if wish.kind == "text" else "All answers"
    before = (home / LOG).read_bytes() if (home / LOG).is_file() else b""
    line = f"{store.now()} {what} of “{title}” deleted for good.\n"
    write_whole(home / LOG, before + line.encode())
