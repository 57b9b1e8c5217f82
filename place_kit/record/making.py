"""Make the files of a record or a certificate, and put them into the learner's folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from place_kit.answers import store
from place_kit.documents import Document, docx, pdf, text
from place_kit.problems import PlaceKitError
from place_kit.record import completion, cpd
from place_kit.record.known import Known, LacksError, read

Format = Literal["docx", "pdf", "txt", "csv"]
FORMATS: tuple[Format, ...] = get_args(Format)
FOLDER = "record"
NAMES = {"record": "cpd-record", "certificate": "certificate"}
Kind = Literal["record", "certificate"]


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made. `again` says that it took an older one's place."""

    path: Path
    content: bytes
    again: bool


def formats_of(kind: Kind) -> tuple[Format, ...]:
    """The formats there are: a certificate is no log."""
    return FORMATS if kind == "record" else tuple(each for each in FORMATS if each != "csv")


def content(known: Known, kind: Kind, format: Format) -> bytes:
    """Make one file's content.

    Raises
    ------
    PlaceKitError
        If there is nothing to record yet, or the course is not done: what is missing.
    """
    if format not in formats_of(kind):
        raise PlaceKitError(f"A {kind} is made as {', '.join(formats_of(kind))}, not as {format}.")
    if kind == "record" and not known.begun:
        raise LacksError(
            "There is nothing to record yet: no question of any module is answered here. "
            "Answer a first question in the course, and ask again.",
            cpd.missing(known),
        )
    if format == "csv":
        return cpd.log(known)
    document = cpd.document(known) if kind == "record" else completion.document(known)
    return _WRITERS[format](document)


def _txt(document: Document) -> bytes:
    return text.write(document).encode("utf-8")


_WRITERS = {"docx": docx.write, "pdf": pdf.write, "txt": _txt}


def make(
    folder: Path, kind: Kind, formats: Iterable[Format] = ()
) -> tuple[tuple[Made, ...], Known]:
    """Make files in the learner's folder, all that are asked for or none.

    Parameters
    ----------
    folder
        The learner's folder.
    kind
        A record or a certificate.
    formats
        Which; by default all there are.

    Returns
    -------
    tuple
        What was made, and what it was made of.
    """
    known = read(folder)
    wanted = tuple(dict.fromkeys(formats)) or formats_of(kind)
    ready = [(each, content(known, kind, each)) for each in wanted]
    made = []
    for format, raw in ready:
        path = folder / FOLDER / f"{NAMES[kind]}.{format}"
        again = path.exists()
        store.write_whole(path, raw)
        made.append(Made(path, raw, again))
    return tuple(made), known
