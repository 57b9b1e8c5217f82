"""The learner's record: a CPL / CPD record and a certificate, made on their own machine.

In a notebook, `record.files()` and `record.certificate()` are forms with a button for each
format; in a terminal it is ``place-kit record``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from place_kit.problems import PlaceKitError

if TYPE_CHECKING:
    from place_kit.record.making import Format, Kind

__all__ = ["certificate", "files"]


def files() -> Any:
    """Offer the record as files to keep, to edit and to paste from.

    Examples
    --------
    >>> record.files()  # doctest: +SKIP
    """
    return _offer("record")


def certificate() -> Any:
    """Offer the certificate, once the course is done; until then say what is missing.

    Examples
    --------
    >>> record.certificate()  # doctest: +SKIP
    """
    return _offer("certificate")


def _offer(kind: Kind) -> Any:
    from place_kit.ask import _front, _html
    from place_kit.record import form

    try:
        if not _front.is_live():
            return form.printed(kind)

        return form.Files(kind)
    except PlaceKitError as error:
        return _html.problem(str(error))


def write(folder: Path | None, formats: Sequence[Format] = (), *, certificate: bool = False) -> int:
    """Make the files, and say where they are and what they still lack.

    Parameters
    ----------
    folder
        The learner's folder; by default the one we are in, or else the usual one.
    formats
        Which formats; by default all.
    certificate
        The certificate instead of the record.

    Returns
    -------
    int
        0 when the files were made.
    """
    from place_kit.learner import DEFAULT_FOLDER
    from place_kit.learner.folder import find_root
    from place_kit.record import cpd, making

    chosen = folder or find_root(Path.cwd()) or Path(DEFAULT_FOLDER)
    kind: Kind = "certificate" if certificate else "record"
    made, known = making.make(chosen.expanduser().resolve(), kind, formats)
    for each in made:
        print(f"{'Made again' if each.again else 'Made'}: {each.path}")
    for line in (*known.notes, *(cpd.missing(known) if kind == "record" else ())):
        print(line)
    return 0
